// SPDX-License-Identifier: Apache-2.0
//
// Level 1: every entry hashed again, every tile compared with what the entries give, the root, and
// every older checkpoint that the bundle keeps.

import { decimal, equal, joined, Wrong, wrong } from "./bytes.js";
import { claimedKeys } from "./keys.js";
import { Frontier, leafHash, rootOf, tilePath } from "./merkle.js";
import { type Checkpoint, openCheckpointBy, type Vkey } from "./note.js";
import type { LevelReport } from "./report.js";
import { fileOf, type Source } from "./source.js";

const FULL = 256;

function splitBundle(bytes: Uint8Array, width: number): { entries: Uint8Array[]; end: number } {
  const entries: Uint8Array[] = [];
  let at = 0;
  for (let i = 0; i < width; ++i) {
    if (at + 2 > bytes.length) wrong("holds fewer entries than its path says");
    const size = bytes[at]! * 256 + bytes[at + 1]!;
    at += 2 + size;
    if (at > bytes.length) wrong("ends in the middle of an entry");
    entries.push(bytes.subarray(at - size, at));
  }
  return { entries, end: at };
}

// The partial tile or, where that is gone, the full one, of which its bytes are the beginning.
async function tileOrFull(source: Source, level: string, index: number, width: number): Promise<{ bytes: Uint8Array; full: boolean }> {
  const bytes = await fileOf(source, tilePath(level, index, width));
  if (bytes || width === FULL) return { bytes: bytes ?? wrong("is not there"), full: width === FULL };
  return { bytes: (await fileOf(source, tilePath(level, index, FULL))) ?? wrong("is not there"), full: true };
}

async function entriesOf(source: Source, index: number, width: number): Promise<Uint8Array[]> {
  const { bytes, full } = await tileOrFull(source, "entries", index, width);
  const { entries, end } = splitBundle(bytes, width);
  if (full && width < FULL) splitBundle(bytes, FULL);
  if ((!full || width === FULL) && end !== bytes.length) wrong("holds something behind its entries");
  return entries;
}

async function checkTile(source: Source, level: number, index: number, hashes: readonly Uint8Array[]): Promise<void> {
  const { bytes, full } = await tileOrFull(source, String(level), index, hashes.length);
  const size = 32 * hashes.length;
  if (full ? bytes.length < size : bytes.length !== size) wrong("is not of the length that its path says");
  if (!equal(bytes.subarray(0, size), joined(hashes))) wrong("does not hold the hashes of what lies below");
}

/** A checkpoint of the log that must be a beginning of the same tree. */
export interface Older {
  readonly path: string;
  readonly checkpoint: Checkpoint;
  readonly keys: readonly Vkey[]; // that signed it
  readonly kept: boolean; // by whoever verifies; else it lies in the bundle
}

async function olderOf(source: Source, newest: Checkpoint, keys: readonly Vkey[], known: Uint8Array | undefined, report: LevelReport): Promise<Older[]> {
  const older: Older[] = [];
  const take = (path: string, bytes: Uint8Array, name?: string): Promise<boolean> =>
    report.check(path, async () => {
      const { checkpoint, signed } = await openCheckpointBy(bytes, keys);
      if (name !== undefined && decimal(name) !== checkpoint.size) wrong("is not a checkpoint of this size");
      if (checkpoint.size > newest.size) wrong("is newer than log/checkpoint: the log was set back");
      older.push({ path, checkpoint, keys: signed, kept: name === undefined });
    });
  for (const path of source.paths) {
    const name = /^log\/checkpoints\/(.+)$/.exec(path)?.[1];
    if (name !== undefined) await take(path, (await fileOf(source, path))!, name);
  }
  // One that this log never signed says nothing, and accuses nobody.
  if (known && (await isSigned(known, keys))) await take("the checkpoint that was kept", known);
  return older.sort((a, b) => a.checkpoint.size - b.checkpoint.size);
}

async function isSigned(bytes: Uint8Array, keys: readonly Vkey[]): Promise<boolean> {
  try {
    await openCheckpointBy(bytes, keys);
    return true;
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    return false;
  }
}

/** That the log goes on from each of them, ascending by size. */
export function checkHistory(older: readonly Older[], leaves: readonly Uint8Array[], report: LevelReport): void {
  const frontier = new Frontier();
  for (const { path, checkpoint } of older) {
    while (frontier.size < checkpoint.size) frontier.append(leaves[frontier.size]!);
    if (!equal(frontier.root(), checkpoint.root))
      report.add(path, "signed for other entries: two histories were signed. Keep this file, it is proof");
  }
}

/** Entries of a bundle as they stand, unchecked; none if they are not all there. */
export async function rawEntries(source: Source, size: number): Promise<Uint8Array[]> {
  const entries: Uint8Array[] = [];
  try {
    for (let begin = 0; begin < size; begin += FULL)
      entries.push(...(await entriesOf(source, begin / FULL, Math.min(FULL, size - begin))));
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    return [];
  }
  return entries;
}

export interface Trusted {
  readonly key: Vkey;
  readonly known?: Uint8Array | undefined; // a checkpoint that somebody kept: the log must go on from it
}

export interface LogEntries {
  readonly entries: Uint8Array[];
  readonly leaves: Uint8Array[];
  readonly older: Older[];
}

/** The entries of the checkpoint, if the report has no problem afterwards. */
export async function checkTree(source: Source, checkpoint: Checkpoint, trust: Trusted, report: LevelReport, tell: (done: number, all: number) => void): Promise<LogEntries> {
  const entries: Uint8Array[] = [];
  const leaves: Uint8Array[] = [];
  for (let begin = 0; begin < checkpoint.size; begin += FULL) {
    const width = Math.min(FULL, checkpoint.size - begin);
    const index = begin / FULL;
    await report.check(tilePath("entries", index, width), async () => {
      const bundle = await entriesOf(source, index, width);
      const hashes = bundle.map(leafHash);
      await report.check(tilePath("0", index, width), () => checkTile(source, 0, index, hashes));
      entries.push(...bundle);
      leaves.push(...hashes);
    });
    tell(begin + width, checkpoint.size);
  }
  const whole = leaves.length === checkpoint.size;
  if (whole && !equal(rootOf(leaves), checkpoint.root))
    report.add("log/checkpoint", "the entries are not those that were signed: the root differs");
  // Entries that are not those that were signed say nothing about keys either.
  const claimed = whole && report.holds() ? claimedKeys(entries, trust.key.name) : [];
  const keys = [...claimed.filter((key) => key.text !== trust.key.text), trust.key];
  const older = await olderOf(source, checkpoint, keys, trust.known, report);
  let below = whole ? leaves : [];
  for (let level = 1; Math.floor(below.length / FULL) > 0; ++level) {
    const roots: Uint8Array[] = [];
    for (let begin = 0; begin + FULL <= below.length; begin += FULL) roots.push(rootOf(below.slice(begin, begin + FULL)));
    for (let begin = 0; begin < roots.length; begin += FULL) {
      const hashes = roots.slice(begin, begin + FULL);
      await report.check(tilePath(String(level), begin / FULL, hashes.length), () => checkTile(source, level, begin / FULL, hashes));
    }
    below = roots;
  }
  return { entries, leaves, older };
}

