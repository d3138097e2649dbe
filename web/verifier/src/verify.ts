// SPDX-License-Identifier: Apache-2.0
//
// Checks a bundle from the signature up to the result, trusting nothing but a key and a policy. A
// second implementation of docs/verifying.md: it shares no code with the first, in C++.
//
// What it does not do: read what pictures of sheets say (a part of level 4). The report says so where
// there are any.

import { accept, type Return } from "./accept.js";
import { decimal, equal, hex, textOf, utf8, wrong, Wrong } from "./bytes.js";
import { type Claim, parseClaim } from "./claim.js";
import { claimedKeys, isVoidSize, keyAt, type LogKey } from "./keys.js";
import { type Checkpoint, cosigners, openCheckpoint, type Policy, type Vkey, withLogKey } from "./note.js";
import { checkProofs } from "./proofs.js";
import { checkRedacted } from "./redacted.js";
import { LevelReport, newReport, type Report } from "./report.js";
import { resultOf } from "./result.js";
import { importEntries } from "./returns.js";
import { sha256 } from "./sha256.js";
import { fileOf, hashOf, type Source } from "./source.js";
import { type Evidence, fold, type State } from "./state.js";
import { columnsOf, csv, parquet } from "./tables.js";
import { checkHistory, checkTree, type Older, rawEntries } from "./tree.js";

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
  report.voided.push(...state.voided);
  report.sealed = state.sealed;
  report.withheld.push(...state.withheld);
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
  let head: Head | undefined;
  const signed = await signature.check("log/checkpoint", async () => {
    head = await signedHead(source, trust.key);
    if (trust.policy)
      report.cosignedBy = await cosigners(head.bytes, withLogKey(trust.policy, trust.key, head.signer));
    report.origin = head.checkpoint.origin;
    report.size = head.checkpoint.size;
    report.root = hex(head.checkpoint.root);
  });
  if (!signed || !head) return report;

  const tree = reach(1);
  const log = await checkTree(source, head.checkpoint, trust, tree, (done, all) => tell(1, done, all));
  if (!tree.holds()) return report;
  const { entries } = log;

  let state: State | undefined;
  let unsaid = "";
  try {
    state = await fold(entries, (name) => fileOf(source, name));
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    unsaid = error.message;
  }
  const keys: LogKey[] = state && state.logKeys.length > 0 ? [...state.logKeys] : [{ key: trust.key, since: 0 }];
  const older = inForce(log.older, keys, state, tree, report);
  checkHistory(older, log.leaves, tree);
  checkSuccession(keys, trust.key, head.signer, older, signature);
  if (!tree.holds() || !signature.holds()) return report;
  if (state && state.logKeys.length > 0) report.keys = keys.map((one) => one.key.text);
  report.knownIsForeign = trust.known !== undefined && !log.older.some((one) => one.kept);

  const grammar = reach(2);
  if (!state) {
    grammar.add("log", unsaid);
    return report;
  }
  checkGrammar(state, report, grammar);
  const files = await checkEvidence(source, state, report, reach(3), tell);
  await checkRedacted(source, state, report, report.levels[3]!, (done, all) => tell(3, done, all));
  await checkReadings(source, state, files, entries, report, reach(4));
  await checkResults(source, state, files, entries, report, reach(5));
  await checkProofs(source, entries, head.checkpoint, head.signer, report.levels[5]!);
  return report;
}

interface Head {
  readonly bytes: Uint8Array;
  readonly checkpoint: Checkpoint;
  readonly signer: Vkey;
}

/** By the key that is trusted, or one that the entries, unchecked, say followed it. */
async function signedHead(source: Source, trusted: Vkey): Promise<Head> {
  const bytes = (await fileOf(source, "log/checkpoint")) ?? wrong("is not there");
  try {
    return { bytes, checkpoint: await openCheckpoint(bytes, trusted), signer: trusted };
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    const size = decimal(textOf(bytes).split("\n")[1] ?? "") ?? wrong(error.message);
    for (const signer of claimedKeys(await rawEntries(source, size), trusted.name)) {
      try {
        return { bytes, checkpoint: await openCheckpoint(bytes, signer), signer };
      } catch (another) {
        if (!(another instanceof Wrong)) throw another;
      }
    }
    throw error;
  }
}

/** Those that the key signed which the log had by then. Of a bad key: said, and left out. */
function inForce(all: readonly Older[], keys: readonly LogKey[], state: State | undefined, tree: LevelReport, report: Report): Older[] {
  return all.filter(({ path, checkpoint, keys: signed, kept }) => {
    const bad = state !== undefined && isVoidSize(state.voided, checkpoint.size);
    const due = signed.some((key) => key.text === keyAt(keys, checkpoint.size).text);
    if (bad || (!due && kept)) report.voidCheckpoints.push(path);
    else if (!due) tree.add(path, "is not signed by the key that the log had by then");
    return !bad && due;
  });
}

/** That `signer` is what the log has, and that it follows from the key that is trusted. */
function checkSuccession(keys: readonly LogKey[], trusted: Vkey, signer: Vkey, older: readonly Older[], level: LevelReport): void {
  const first = keys.findIndex((one) => one.key.text === trusted.text);
  if (first < 0) return level.add("log/checkpoint", "the log never had the key that is trusted");
  if (keys.at(-1)!.key.text !== signer.text)
    return level.add("log/checkpoint", `is signed by a key that the log had replaced by then: ${signer.text}`);
  for (let next = first + 1; next < keys.length; ++next) {
    const { badBefore, key } = keys[next]!;
    if (badBefore === undefined) continue;
    // Entry 0 says who the guardians are: somebody who is believed must have signed for it.
    const believed = keys.slice(first, next).map((one) => one.key.text);
    const vouched = older.some(
      ({ checkpoint: { size }, keys: signed }) => size > 0 && size <= badBefore && signed.some((one) => believed.includes(one.text)),
    );
    if (!vouched) level.add("log/checkpoints", `no checkpoint by the key that is trusted says who may declare it bad: ${key.text}`);
  }
}

/** The key beside the log, which proves only that the bundle agrees with itself. */
export async function keyInside(source: Source): Promise<string> {
  return textOf((await fileOf(source, "log/log.vkey")) ?? wrong("log/log.vkey: is not there")).trim();
}
