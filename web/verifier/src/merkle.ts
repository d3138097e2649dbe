// SPDX-License-Identifier: Apache-2.0
//
// The tree of RFC 6962, section 2.1, and the tiles in which it is published (C2SP tlog-tiles).

import { Sha256, sha256 } from "./sha256.js";

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export function leafHash(entry: Uint8Array): Uint8Array {
  return new Sha256().add(LEAF).add(entry).finish();
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return new Sha256().add(NODE).add(left).add(right).finish();
}

/** Roots of ever longer beginnings of one list of leaves. */
export class Frontier {
  // Roots of full subtrees, largest first; sizes are the powers of two of `size`.
  private readonly roots: Uint8Array[] = [];
  size = 0;

  append(leaf: Uint8Array): void {
    let root = leaf;
    for (let n = this.size; n % 2 === 1; n = (n - 1) / 2) root = nodeHash(this.roots.pop()!, root);
    this.roots.push(root);
    ++this.size;
  }

  root(): Uint8Array {
    if (this.size === 0) return sha256(new Uint8Array(0));
    let root = this.roots.at(-1)!;
    for (let i = this.roots.length - 2; i >= 0; --i) root = nodeHash(this.roots[i]!, root);
    return root;
  }
}

/** The root over leaves, or over the roots of equal full subtrees. */
export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const frontier = new Frontier();
  for (const leaf of leaves) frontier.append(leaf);
  return frontier.root();
}

/** "x001/x234/067", and ".p/<width>" behind it where the tile is not full. */
export function tilePath(level: string, index: number, width: number): string {
  let rest = Math.floor(index / 1000);
  let path = String(index % 1000).padStart(3, "0");
  for (; rest > 0; rest = Math.floor(rest / 1000))
    path = `x${String(rest % 1000).padStart(3, "0")}/${path}`;
  return `log/tile/${level}/${path}${width < 256 ? `.p/${width}` : ""}`;
}
