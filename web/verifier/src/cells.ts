// SPDX-License-Identifier: Apache-2.0
//
// Cells of pictures: which are hidden, and the proof that what is shown is what was committed to
// (docs/formats/redaction.md, "Tree and salts", "Mask", "Proof").

import { decimal, equal, fromBase64, joined, textOf, wrong } from "./bytes.js";
import { nodeHash } from "./merkle.js";
import { Sha256, sha256 } from "./sha256.js";

/** Which cells are hidden: ascending ranges, both ends included. */
export type Mask = readonly (readonly [number, number])[];

/** Of a mask that an entry has: its grammar was checked there. */
export function rangesOf(mask: string): Mask {
  if (mask === "none") return [];
  return mask.split(" ").map((range) => {
    const [first, last] = range.split("-").map(Number);
    return [first!, last ?? first!] as const;
  });
}

export function hides(mask: Mask, leaf: number): boolean {
  return mask.some(([first, last]) => first <= leaf && leaf <= last);
}

function hmac(key: Uint8Array, message: number): Uint8Array {
  const inner = new Uint8Array(64).fill(0x36);
  const outer = new Uint8Array(64).fill(0x5c);
  key.forEach((byte, i) => {
    inner[i]! ^= byte;
    outer[i]! ^= byte;
  });
  return sha256(joined([outer, sha256(joined([inner, Uint8Array.of(message)]))]));
}

function leafHash(salt: Uint8Array, leaf: number, content: Uint8Array): Uint8Array {
  const number = Uint8Array.of(leaf >>> 24, leaf >>> 16, leaf >>> 8, leaf);
  return new Sha256().add(Uint8Array.of(0)).add(salt).add(number).add(content).finish();
}

// The largest power of two below n > 1.
function halfOf(n: number): number {
  let half = 1;
  while (half * 2 < n) half *= 2;
  return half;
}

const MOST_BYTES = 1 << 20;

/** The nodes of a proof that says this of its picture, in the one spelling that it has. */
export function nodesOf(proof: Uint8Array, leaves: number, mask: string): Uint8Array[] {
  if (proof.length > MOST_BYTES) wrong("the proof is over 1 MiB");
  const lines = textOf(proof).split("\n");
  if (lines.length < 4 || lines[0] !== "scrutineer/redaction@v1" || lines.pop() !== "") wrong("is no proof");
  const said = decimal(/^leaves ([0-9]+)$/.exec(lines[1]!)?.[1] ?? "");
  if (said !== leaves) wrong("the proof is of a picture with another number of cells");
  if (lines[2] !== `hidden ${mask}`) wrong("the proof hides other cells than those that two people approved");
  return lines.slice(3).map((line) => {
    const node = fromBase64(line);
    return node?.length === 32 ? node : wrong("is no proof");
  });
}

/** The root that follows from a proof and what is shown. Throws if there are not just as many nodes as it takes. */
export function rootFrom(nodes: readonly Uint8Array[], leaves: number, mask: Mask, content: (leaf: number) => Uint8Array): Uint8Array {
  let next = 0;
  let range = 0; // the first that does not end before the leaf that is looked at
  const hidden = (first: number, count: number): number => {
    while (range < mask.length && mask[range]![1] < first) ++range;
    let sum = 0;
    for (let i = range; i < mask.length && mask[i]![0] < first + count; ++i)
      sum += Math.min(mask[i]![1], first + count - 1) - Math.max(mask[i]![0], first) + 1;
    return sum;
  };
  const take = (): Uint8Array => nodes[next++] ?? wrong("the proof has too few nodes");
  const shown = (seed: Uint8Array, first: number, count: number): Uint8Array => {
    if (count === 1) return leafHash(seed, first, content(first));
    const half = halfOf(count);
    return nodeHash(shown(hmac(seed, 0), first, half), shown(hmac(seed, 1), first + half, count - half));
  };
  const below = (first: number, count: number): Uint8Array => {
    const those = hidden(first, count);
    if (those === 0) return shown(take(), first, count);
    if (those === count) return take();
    const half = halfOf(count);
    return nodeHash(below(first, half), below(first + half, count - half));
  };
  const root = below(0, leaves);
  return next === nodes.length ? root : wrong("the proof has too many nodes");
}

/** A picture as leaves: 0 is its form, the others are its cells, row by row. */
export interface CellPicture {
  readonly width: number; // pixels, as stored
  readonly height: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly orientation: number; // of EXIF
  readonly leaves: number;
  content(leaf: number): Uint8Array;
  /** Whether a cell holds nothing but what stands in hidden ones. */
  isFiller(leaf: number): boolean;
}

/** Pixels of a cell's side. */
export function sideOf(width: number, height: number): number {
  const pixels = width * height;
  return pixels <= 1_000_000 ? 16 : pixels <= 5_000_000 ? 32 : 64;
}

/** Throws unless the picture is, but for its hidden cells, what was committed to. */
export function checkCells(picture: CellPicture, proof: Uint8Array, leaves: number, root: Uint8Array, mask: string): void {
  const nodes = nodesOf(proof, leaves, mask);
  if (picture.leaves !== leaves) wrong("the picture has another number of cells than the one received");
  const hidden = rangesOf(mask);
  for (const [first, last] of hidden)
    for (let leaf = first; leaf <= last; ++leaf)
      if (!picture.isFiller(leaf)) wrong(`a hidden cell holds something else than the filler: cell ${leaf}`);
  if (!equal(rootFrom(nodes, leaves, hidden, (leaf) => picture.content(leaf)), root))
    wrong("what is shown is not what was received, or the proof is another picture's");
}
