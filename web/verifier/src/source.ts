// SPDX-License-Identifier: Apache-2.0
//
// A bundle as something that hands out bytes by path. Nothing in it is trusted.

import { wrong } from "./bytes.js";
import { Sha256 } from "./sha256.js";

export interface Source {
  /** Sorted paths of all files. */
  readonly paths: readonly string[];
  size(path: string): Promise<number | undefined>; // nothing: there is no such file
  read(path: string, offset: number, size: number): Promise<Uint8Array>;
}

/** The bytes of a file, or nothing if it is not there. */
export async function fileOf(source: Source, path: string): Promise<Uint8Array | undefined> {
  const size = await source.size(path);
  if (size === undefined) return undefined;
  if (size > 1 << 30) wrong("is too large to be read whole");
  return source.read(path, 0, size);
}

/** Digest and size of a file, however large it is; nothing if it is not there. */
export async function hashOf(
  source: Source,
  path: string,
): Promise<{ digest: Uint8Array; size: number } | undefined> {
  const size = await source.size(path);
  if (size === undefined) return undefined;
  const hash = new Sha256();
  const piece = 1 << 20;
  for (let at = 0; at < size; at += piece)
    hash.add(await source.read(path, at, Math.min(piece, size - at)));
  return { digest: hash.finish(), size };
}
