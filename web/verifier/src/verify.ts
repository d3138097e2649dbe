// SPDX-License-Identifier: Apache-2.0
//
// Checks a bundle from the signature up to the result, trusting nothing but a key and a policy. A
// second implementation of docs/verifying.md: it shares no code with the first, in C++.
//
// What it does not do: read what pictures of sheets say (a part of level 4). The report says so where
// there are any.

import { accept, type Return } from "./accept.js";
import { equal, hex, textOf, utf8, wrong, Wrong } from "./bytes.js";
import { type Claim, parseClaim } from "./claim.js";
import { cosigners, openCheckpoint, type Policy, type Vkey } from "./note.js";
import { checkProofs } from "./proofs.js";
import { checkRedacted } from "./redacted.js";
import { LevelReport, newReport, type Report } from "./report.js";
import { resultOf } from "./result.js";
import { importEntries } from "./returns.js";
import { sha256 } from "./sha256.js";
import { fileOf, hashOf, type Source } from "./source.js";
import { type Evidence, fold, type State } from "./state.js";
import { columnsOf, csv, parquet } from "./tables.js";
import { checkTree } from "./tree.js";

export interface Trust {
  readonly key: Vkey;
  readonly given: boolean; // false: the key lay in the bundle
  readonly policy?: Policy | undefined;
  readonly known?: Uint8Array | undefined; // a checkpoint kept from earlier
}

export type Tell = (level: number, done: number, all: number) => void;

function evidencePath(digest: string): string {
  return `evidence/${digest.slice(0, 2)}/${digest}`;
}

function isWithheld(kind: string): boolean {
  return kind === "picture" || kind === "container";
}

function checkGrammar(state: State, report: Report, level: LevelReport): void {
  level.checked += state.size;
  if (state.genesis["origin"] !== report.origin) level.add("entry 0", "names another log");
  if (state.genesis["election"] !== state.definition.id) level.add("entry 0", "names another election");
  for (const { index, why } of state.malformed) level.add(`entry ${index}`, why);
  for (const { index, type } of state.unknown)
    report.unknownTypes.push({ where: `entry ${index}`, what: `unknown type ${type}` });
  for (const { index, fields, names, rows, refused } of state.imports)
    if (fields["names"] !== names || fields["rows"] !== rows || fields["refused"] !== refused)
      level.add(`entry ${index}`, "is not followed by the names, rows and refusals that it announces");
}

// The files that are what their entries name, by digest; of pictures none.
async function checkEvidence(source: Source, state: State, report: Report, level: LevelReport, tell: Tell): Promise<Map<string, Uint8Array>> {
  const sound = new Map<string, Uint8Array>();
  const seen = new Set<string>();
  let done = 0;
  for (const one of state.evidence.values()) {
    tell(3, ++done, state.evidence.size);
    if (seen.has(one.sha256)) {
      ++level.checked;
      continue;
    }
    seen.add(one.sha256);
    const path = evidencePath(one.sha256);
    await level.check(path, async () => {
      const found = await hashOf(source, path);
      if (!found && isWithheld(one.kind)) return void ++report.picturesWithheld;
      if (!found) wrong("is not there");
      if (hex(found.digest) !== one.sha256) wrong("is not the file that was received: its hash differs");
      if (found.size !== one.size) wrong("is of another size than its entry says");
      if (!isWithheld(one.kind)) sound.set(one.sha256, (await fileOf(source, path))!);
    });
  }
  return sound;
}

function atHand(files: Map<string, Uint8Array>, evidence: Evidence): Uint8Array {
  return files.get(evidence.sha256) ?? wrong("its file is not at hand");
}

function claimOf(state: State, files: Map<string, Uint8Array>, claim: State["claims"][number]): Claim {
  const parsed = parseClaim(atHand(files, claim.evidence), state.definition);
  return parsed.id === claim.id ? parsed : wrong(`the file says another claim: ${parsed.id}`);
}

async function checkReadings(source: Source, state: State, files: Map<string, Uint8Array>, entries: readonly Uint8Array[], report: Report, level: LevelReport): Promise<void> {
  for (const head of state.imports) {
    await level.check(`entry ${head.index}`, () => {
      const mapping = head.mapping && atHand(files, head.mapping);
      importEntries(head, atHand(files, head.evidence), mapping, state.definition).forEach((text, i) => {
        const there = entries[head.index + i];
        if (!there || !equal(there, utf8(text))) wrong(`entry ${head.index + i}: is not what the file says`);
      });
    });
  }
  for (const claim of state.claims) {
    await level.check(`entry ${claim.index}`, () => void claimOf(state, files, claim));
  }
  for (const picture of state.pictures)
    if ((await source.size(evidencePath(picture.sha256))) !== undefined) ++report.picturesNotRead;
  if (report.picturesNotRead > 0) report.leftOut.add("pictures");
}

// Files of the bundle that follow from the log, made again.
async function checkDerived(source: Source, state: State, returns: readonly Return[], result: string, level: LevelReport): Promise<void> {
  const columns = columnsOf(state, returns);
  const made: [string, () => Uint8Array][] = [
    ["result.json", () => utf8(`${result}\n`)],
    ["data/returns.csv", () => csv(columns)],
    ["data/returns.parquet", () => parquet(columns)],
  ];
  for (const [path, make] of made) {
    const there = await fileOf(source, path);
    if (!there) continue;
    await level.check(path, () => {
      if (!equal(there, make())) wrong("is not what the log gives");
    });
  }
}

// Each stated result, worked out again from the entries before it.
async function checkResults(source: Source, whole: State, files: Map<string, Uint8Array>, entries: readonly Uint8Array[], report: Report, level: LevelReport): Promise<void> {
  if (whole.results.length === 0) report.leftOut.add("no-result");
  for (const stated of whole.results) {
    const follows = await level.check(`entry ${stated.index}`, async () => {
      const state = await fold(entries.slice(0, stated.size), (name) => fileOf(source, name));
      const returns = accept(state);
      const claims = state.claims.map((claim) => claimOf(state, files, claim));
      const result = resultOf(state, returns, claims);
      if (stated === whole.results.at(-1)) await checkDerived(source, state, returns, result, level);
      if (hex(sha256(utf8(result))) !== stated.sha256) wrong("states a result that does not follow from the log");
    });
    report.results.push({ entry: stated.index, sha256: stated.sha256, follows });
  }
}

export async function verify(source: Source, trust: Trust, tell: Tell = () => undefined): Promise<Report> {
  const report = newReport();
  report.keyGiven = trust.given;
  report.policyGiven = trust.policy !== undefined;
  const reach = (number: number): LevelReport => {
    report.levels[number]!.reached = true;
    return report.levels[number]!;
  };

  const signature = reach(0);
  const signed = await signature.check("log/checkpoint", async () => {
    const bytes = (await fileOf(source, "log/checkpoint")) ?? wrong("is not there");
    const checkpoint = await openCheckpoint(bytes, trust.key);
    if (trust.policy) report.cosignedBy = await cosigners(bytes, trust.policy);
    report.origin = checkpoint.origin;
    report.size = checkpoint.size;
    report.root = hex(checkpoint.root);
  });
  if (!signed) return report;
  const checkpoint = await openCheckpoint((await fileOf(source, "log/checkpoint"))!, trust.key);

  const tree = reach(1);
  const entries = await checkTree(source, checkpoint, trust, tree, (done, all) => tell(1, done, all));
  if (!tree.holds()) return report;

  const grammar = reach(2);
  let state: State;
  try {
    state = await fold(entries, (name) => fileOf(source, name));
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    grammar.add("log", error.message);
    return report;
  }
  checkGrammar(state, report, grammar);
  const files = await checkEvidence(source, state, report, reach(3), tell);
  await checkRedacted(source, state, report, report.levels[3]!, (done, all) => tell(3, done, all));
  await checkReadings(source, state, files, entries, report, reach(4));
  await checkResults(source, state, files, entries, report, reach(5));
  await checkProofs(source, entries, checkpoint, trust.key, report.levels[5]!);
  return report;
}

/** The key beside the log, which proves only that the bundle agrees with itself. */
export async function keyInside(source: Source): Promise<string> {
  return textOf((await fileOf(source, "log/log.vkey")) ?? wrong("log/log.vkey: is not there")).trim();
}
