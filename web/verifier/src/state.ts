// SPDX-License-Identifier: Apache-2.0
//
// What the log says, entry by entry. An entry that is malformed or refers to what is not there counts
// for nothing, in every verifier (docs/formats/entries.md).

import { hex, Wrong, wrong } from "./bytes.js";
import { type JsonObject } from "./canon.js";
import { type Definition, parseDefinition } from "./definition.js";
import { decodeEntry } from "./entries.js";
import { Geography, parseRoster, type RosterStation } from "./geography.js";
import { isVoid, Keys, type LogKey, type Voided } from "./keys.js";
import { People } from "./people.js";
import { Plans } from "./plans.js";
import { sha256 } from "./sha256.js";
import { parseSheet, type Sheet } from "./sheet.js";

export interface Evidence {
  readonly index: number;
  readonly kind: string;
  readonly sha256: string;
  readonly size: number;
}

export interface Import {
  readonly index: number;
  readonly fields: JsonObject;
  readonly evidence: Evidence;
  readonly mapping: Evidence | undefined;
  names: number;
  rows: number;
  refused: number;
}

interface Container {
  parts: number;
  closed: boolean;
}

/** Figures of one station, by one source. */
export interface Transcript {
  readonly station: string;
  readonly source: number; // place among the sources
  readonly entry: number;
  readonly unit: number;
  readonly registered: number | undefined;
  readonly valid: number;
  readonly null: number;
  readonly invalid: number;
  readonly votes: readonly number[];
  readonly picture?: { readonly fingerprint: string; readonly compared: number; readonly jointly: boolean };
}

/** A picture that may be shown in part: two people approved which, of one that was committed to. */
export interface ApprovedPicture {
  readonly sha256: string; // of the original
  readonly kind: string; // "jpeg" or "pixels"
  readonly leaves: number;
  readonly root: string; // hex
  readonly mask: string;
}

export const SHEETS = "sheets"; // the source that readings of pictures count as

export class State {
  size = 0;
  readonly geography: Geography;
  roster: Map<string, RosterStation> | undefined;
  readonly sources: string[] = [];
  readonly evidence = new Map<number, Evidence>();
  readonly imports: Import[] = [];
  readonly transcripts: Transcript[] = [];
  readonly pictures: { readonly index: number; readonly sha256: string; readonly corners?: readonly number[] }[] = [];
  readonly approved: ApprovedPicture[] = [];
  /** Pictures that are not handed out, and an entry says why. */
  readonly withheld = new Set<string>();
  logKeys: readonly LogKey[] = []; // none: the log has had one since it began
  voided: readonly Voided[] = [];
  sealed: number | undefined;
  readonly claims: { readonly index: number; readonly id: string; readonly evidence: Evidence }[] = [];
  readonly results: { readonly index: number; readonly size: number; readonly sha256: string }[] = [];
  readonly malformed: { readonly index: number; readonly why: string }[] = [];
  readonly unknown: { readonly index: number; readonly type: string }[] = [];

  constructor(
    readonly genesis: JsonObject,
    readonly definition: Definition,
  ) {
    this.geography = new Geography(definition);
  }

  source(name: string): number {
    const place = this.sources.indexOf(name);
    return place >= 0 ? place : this.sources.push(name) - 1;
  }
}

export type FilesByName = (name: string) => Promise<Uint8Array | undefined>;

/** The state before the second entry. Throws if the first is no genesis, or its files are not there. */
async function begin(bytes: Uint8Array, files: FilesByName): Promise<State> {
  const first = decodeEntry(bytes);
  if (first.type !== "log.genesis") wrong("entry 0: is not a genesis");
  const named = first.fields["files"] as [string, string][];
  if (named[0]?.[0] !== "election.toml") wrong("entry 0: names no election.toml");
  const texts = new Map<string, Uint8Array>();
  for (const [name, digest] of named) {
    if (name === "" || name.startsWith(".") || name.includes("/")) wrong(`${name}: is not a plain file name`);
    const text = (await files(name)) ?? wrong(`${name}: the record names this file, and it is not there`);
    if (hex(sha256(text)) !== digest) wrong(`${name}: is not the file that the log's first entry names`);
    texts.set(name, text);
  }
  const definition = parseDefinition(texts.get("election.toml")!);
  const state = new State(first.fields, definition);
  if (definition.roster !== undefined) {
    const text = texts.get(definition.roster) ?? wrong("the roster is not among the files that the log names");
    state.roster = parseRoster(text, definition, state.geography);
  }
  return state;
}

type Take = (index: number, fields: JsonObject) => void | Promise<void>;

class Fold {
  private readonly names: { unit: string; name: string }[] = [];
  private readonly containers = new Map<number, Container>();

  private readonly people: People;
  private readonly plans: Plans;
  private readonly keys: Keys;

  /** `voided`: what a fold of the same entries found to count for nothing. */
  constructor(
    private readonly state: State,
    private readonly voided: readonly Voided[],
  ) {
    const origin = state.genesis["origin"] as string;
    this.people = new People(
      origin,
      (index) => state.evidence.get(index)?.kind === "picture",
      (index, person) => isVoid(voided, index, person),
    );
    this.plans = new Plans(state.definition);
    this.keys = new Keys(origin, state.definition.guardians, this.people);
  }

  async take(index: number, bytes: Uint8Array): Promise<void> {
    if (isVoid(this.voided, index, "")) return;
    try {
      const entry = decodeEntry(bytes);
      if (this.keys.sealed !== undefined && entry.type !== "key.revoked")
        wrong(`the log was sealed by entry ${this.keys.sealed}, and ends there`);
      if (entry.unknown) return void this.state.unknown.push({ index, type: entry.unknown });
      const take: Take =
        this.takers[entry.type] ??
        this.people.takers[entry.type] ??
        this.keys.takers[entry.type] ??
        this.plans.takers[entry.type] ??
        (() => wrong("a second genesis"));
      await take(index, entry.fields);
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      this.state.malformed.push({ index, why: error.message });
    }
  }

  finish(): void {
    for (const { unit, name } of this.names) this.state.geography.name(unit, name);
    for (const { picture, ...approved } of this.people.approved())
      this.state.approved.push({ ...approved, sha256: this.state.evidence.get(picture)!.sha256 });
  }

  settle(): void {
    this.state.logKeys = this.keys.logKeys;
    this.state.voided = this.keys.voided;
    this.state.sealed = this.keys.sealed;
    for (const index of this.people.withheld) this.state.withheld.add(this.state.evidence.get(index)!.sha256);
  }

  private evidence(index: number, fields: JsonObject, key: string, ...kinds: string[]): Evidence {
    const at = fields[key] as number;
    const found = at < index ? this.state.evidence.get(at) : undefined;
    return found && kinds.includes(found.kind) ? found : wrong(`${key}: no ${kinds.join(" or ")} was received there`);
  }

  private container(fields: JsonObject, part: number): Container {
    const found = this.containers.get(fields["container"] as number);
    if (!found) wrong("container: no container was received there");
    if (found.closed) wrong("container: nothing of it comes after its end");
    if (found.parts + 1 !== part) wrong("part: not the next of its container");
    return found;
  }

  private import(index: number, fields: JsonObject): Import {
    const last = this.state.imports.at(-1);
    return last && last.index === fields["import"] && last.index < index
      ? last
      : wrong("import: not the import that this entry stands behind");
  }

  private readonly takers: Record<string, Take> = {
    "evidence.received": (index, fields) => {
      const one = { index, kind: fields["kind"], sha256: fields["sha256"], size: fields["size"] } as Evidence;
      this.state.evidence.set(index, one);
      if (one.kind === "container") this.containers.set(index, { parts: 0, closed: false });
    },
    "evidence.repeated": (index, fields) => {
      this.evidence(index, fields, "evidence", "picture", "container");
    },
    "part.taken": (index, fields) => {
      const part = this.evidence(index, fields, "evidence", "picture", "container");
      if (part.index === fields["container"]) wrong("evidence: no picture or container was received there");
      ++this.container(fields, fields["part"] as number).parts;
    },
    "part.refused": (_, fields) => {
      ++this.container(fields, fields["part"] as number).parts;
    },
    "container.closed": (_, fields) => {
      this.container(fields, (fields["parts"] as number) + 1).closed = true;
    },
    "returns.imported": (index, fields) => {
      const evidence = this.evidence(index, fields, "evidence", "returns");
      const mapping = "mapping" in fields ? this.evidence(index, fields, "mapping", "mapping") : undefined;
      const source = fields["source"] as string;
      if (source === "" || source === SHEETS) wrong("source: empty, or the name for readings of pictures");
      this.state.source(source);
      this.state.imports.push({ index, fields, evidence, mapping, names: 0, rows: 0, refused: 0 });
    },
    "unit.named": (index, fields) => {
      ++this.import(index, fields).names;
      this.names.push({ unit: fields["unit"] as string, name: fields["name"] as string });
    },
    "return.transcribed": (index, fields) => {
      const head = this.import(index, fields);
      ++head.rows;
      const votes = fields["votes"] as number[];
      if (votes.length !== this.state.definition.options.length) wrong("votes: not one count for each option");
      if (fields["station"] === "") wrong("station: empty");
      this.state.transcripts.push({
        station: fields["station"] as string,
        source: this.state.source(head.fields["source"] as string),
        entry: index,
        unit: this.state.geography.add(fields["place"] as string[]) ?? 0,
        registered: fields["registered"] as number | undefined,
        valid: fields["valid"] as number,
        null: fields["null"] as number,
        invalid: fields["invalid"] as number,
        votes,
      });
    },
    "row.refused": (index, fields) => {
      ++this.import(index, fields).refused;
    },
    "sheet.read": (index, fields) => {
      const picture = this.evidence(index, fields, "evidence", "picture");
      const sheet: Sheet = parseSheet(fields["payload"] as string, this.state.definition);
      this.state.pictures.push({ index, sha256: picture.sha256, corners: fields["corners"] as number[] });
      const differs = (fields["contradictions"] as unknown[]).length > 0;
      if (differs && this.state.definition.rules.print_differs === "set-aside") return;
      if (!sheet.counted) return;
      this.state.transcripts.push({
        ...sheet,
        source: this.state.source(SHEETS),
        entry: index,
        unit: 0,
        picture: {
          fingerprint: fields["fingerprint"] as string,
          compared: fields["compared"] as number,
          jointly: (fields["method"] as string).startsWith("joint"),
        },
      });
    },
    "picture.unread": (index, fields) => {
      const picture = this.evidence(index, fields, "evidence", "picture");
      this.state.pictures.push({ index, sha256: picture.sha256 });
    },
    "claim.made": (index, fields) => {
      const evidence = this.evidence(index, fields, "evidence", "claim");
      const id = fields["claim"] as string;
      if (this.state.claims.some((claim) => claim.id === id)) wrong("claim: its id is taken");
      this.state.claims.push({ index, id, evidence });
    },
    "forensics.plan": (_, fields) => {
      const is = (index: number, kind: string): boolean => this.state.evidence.get(index)?.kind === kind;
      for (const past of fields["past"] as number[][]) {
        const mapped = past.length === 2 || is(past[1]!, "mapping");
        if (!is(past[0]!, "definition") || !mapped || !is(past.at(-1)!, "returns"))
          wrong("past: no such files were received there");
      }
    },
    "result.stated": (index, fields) => {
      if (fields["size"] !== index) wrong("size: a result rests on all entries before it");
      this.state.results.push({ index, size: index, sha256: fields["sha256"] as string });
    },
  };
}

/** The state after the entries. Throws Wrong if not even the genesis holds. */
export async function fold(entries: readonly Uint8Array[], files: FilesByName): Promise<State> {
  if (entries.length === 0) wrong("the log is empty: not even its first entry");
  // Only the end of a log says what of its beginning counts for nothing.
  for (let voided: readonly Voided[] = []; ; ) {
    const state = await begin(entries[0]!, files);
    const folding = new Fold(state, voided);
    for (let index = 1; index < entries.length; ++index) await folding.take(index, entries[index]!);
    folding.finish();
    folding.settle();
    state.size = entries.length;
    if (JSON.stringify(state.voided) === JSON.stringify(voided)) return state;
    voided = state.voided;
  }
}
