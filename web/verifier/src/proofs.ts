// SPDX-License-Identifier: Apache-2.0
//
// Level 5: the proofs that a bundle carries (docs/formats/bundle.md, "Proofs"), each made again from
// the entries.

import { decimal, equal, joined, toBase64, utf8, wrong } from "./bytes.js";
import { leafHash, nodeHash } from "./merkle.js";
import { type Checkpoint, openCheckpoint, type Vkey } from "./note.js";
import type { LevelReport } from "./report.js";
import { fileOf, type Source } from "./source.js";

/** A whole tree, each complete subtree hashed once: [k] are the roots of those of 2^k leaves. */
class Subtrees {
  private readonly levels: Uint8Array[][];

  constructor(leaves: Uint8Array[]) {
    this.levels = [leaves];
    for (let below = leaves; below.length > 1; this.levels.push(below)) {
      const above: Uint8Array[] = [];
      for (let i = 0; i + 1 < below.length; i += 2) above.push(nodeHash(below[i]!, below[i + 1]!));
      below = above;
    }
  }

  // Of `count` leaves from `begin`, which stand together in the tree of RFC 6962.
  private hash(begin: number, count: number): Uint8Array {
    const level = Math.round(Math.log2(count));
    if (2 ** level === count) return this.levels[level]![begin / count]!;
    const half = halfOf(count);
    return nodeHash(this.hash(begin, half), this.hash(begin + half, count - half));
  }

  /** RFC 6962 2.1.1: the siblings on the way up from a leaf. */
  path(index: number, begin = 0, count = this.levels[0]!.length): Uint8Array[] {
    if (count === 1) return [];
    const half = halfOf(count);
    return index < begin + half
      ? [...this.path(index, begin, half), this.hash(begin + half, count - half)]
      : [...this.path(index, begin + half, count - half), this.hash(begin, half)];
  }
}

// The largest power of two below n > 1.
function halfOf(n: number): number {
  let half = 1;
  while (half * 2 < n) half *= 2;
  return half;
}

/** Where the proof of an entry lies. */
export function proofPath(index: number): string {
  return `proofs/${String(Math.floor(index / 1000)).padStart(3, "0")}/${index}.tlog-proof`;
}

function indexOf(path: string, size: number): number {
  const index = decimal(/\/([0-9]+)\.tlog-proof$/.exec(path)?.[1] ?? "");
  return index !== undefined && index < size && proofPath(index) === path ? index : wrong("is named after no entry of the log");
}

// What stands before the checkpoint: for anybody, so without a secret.
function headOf(entry: Uint8Array, index: number, path: readonly Uint8Array[]): Uint8Array {
  const extra = toBase64(joined([Uint8Array.of(0), entry]));
  const lines = ["c2sp.org/tlog-proof@v1", `extra ${extra}`, `index ${index}`, ...path.map(toBase64), "", ""];
  return utf8(lines.join("\n"));
}

/** Every file below proofs/ proves the entry that it is named after; none need be there. */
export async function checkProofs(source: Source, entries: readonly Uint8Array[], checkpoint: Checkpoint, key: Vkey, level: LevelReport): Promise<void> {
  const paths = source.paths.filter((path) => path.startsWith("proofs/"));
  if (paths.length === 0) return;
  const tree = new Subtrees(entries.map(leafHash));
  const published = (await fileOf(source, "log/checkpoint"))!;
  for (const path of paths) {
    await level.check(path, async () => {
      const index = indexOf(path, entries.length);
      const file = (await fileOf(source, path)) ?? wrong("is not there");
      const head = headOf(entries[index]!, index, tree.path(index));
      if (!equal(file.subarray(0, head.length), head)) wrong("does not prove the entry that it is named after");
      const note = file.subarray(head.length);
      if (equal(note, published)) return;
      // Two copies of one checkpoint may carry different cosignatures: what the log signed is the same.
      const opened = await openCheckpoint(note, key);
      if (opened.size !== checkpoint.size || !equal(opened.root, checkpoint.root)) wrong("is no proof for the checkpoint of this log");
    });
  }
}
