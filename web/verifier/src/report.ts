// SPDX-License-Identifier: Apache-2.0
//
// What a verification found, level by level (docs/verifying.md).

import { Wrong } from "./bytes.js";
import { type Voided } from "./keys.js";

export const LEVELS = ["signature", "tree", "grammar", "evidence", "readings", "result"] as const;

export interface Problem {
  readonly where: string;
  readonly what: string;
}

export class LevelReport {
  reached = false;
  checked = 0;
  readonly problems: Problem[] = [];
  further = 0;

  constructor(
    readonly level: number,
    readonly name: string,
  ) {}

  holds(): boolean {
    return this.reached && this.problems.length === 0;
  }

  add(where: string, what: string): void {
    if (this.problems.length < 100) this.problems.push({ where, what });
    else ++this.further;
  }

  /** Counts one thing that is looked at; what it finds wrong becomes a problem. */
  async check(where: string, look: () => void | Promise<void>): Promise<boolean> {
    ++this.checked;
    try {
      await look();
      return true;
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      this.add(where, error.message);
      return false;
    }
  }
}

export interface Report {
  origin: string;
  size: number;
  root: string; // hex
  keyGiven: boolean;
  policyGiven: boolean;
  cosignedBy: string[];
  readonly levels: readonly LevelReport[];
  results: { readonly entry: number; readonly sha256: string; readonly follows: boolean }[];
  unknownTypes: Problem[];
  keys: readonly string[]; // of the log, the first first; none: it had one all along
  voided: Voided[]; // what counts for nothing, since its key was declared bad
  voidCheckpoints: string[]; // kept ones that a key signed when it was not the log's
  readonly withheld: string[]; // pictures that an entry says are not handed out, by SHA-256
  sealed: number | undefined; // the log ends with this entry
  knownIsForeign: boolean; // the checkpoint that somebody kept is none of this log
  picturesWithheld: number;
  picturesRedacted: number; // shown in part, and they hold
  picturesNotRead: number; // at hand, but this verifier does not read pictures
  /** What this verifier does not look at in this bundle, by a short name. */
  leftOut: Set<"pictures" | "redactions" | "no-result">;
}

export function newReport(): Report {
  return {
    origin: "",
    size: 0,
    root: "",
    keyGiven: false,
    policyGiven: false,
    cosignedBy: [],
    levels: LEVELS.map((name, level) => new LevelReport(level, name)),
    results: [],
    unknownTypes: [],
    keys: [],
    voided: [],
    voidCheckpoints: [],
    withheld: [],
    sealed: undefined,
    knownIsForeign: false,
    picturesWithheld: 0,
    picturesRedacted: 0,
    picturesNotRead: 0,
    leftOut: new Set(),
  };
}

/** 0 if all levels hold, else 10 + the lowest that does not. */
export function exitOf(report: Report): number {
  const failing = report.levels.find((level) => !level.holds());
  return failing ? 10 + failing.level : 0;
}
