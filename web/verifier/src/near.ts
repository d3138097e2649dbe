// SPDX-License-Identifier: Apache-2.0
//
// How many different photographs there are among some: fingerprints that differ in at most 15 of 256
// bits are the same one again (docs/findings.md, "Near repeats").

const NEAR = 15;

function distance(a: string, b: string): number {
  let bits = 0;
  for (let i = 0; i < 64; ++i) {
    let differ = parseInt(a[i]!, 16) ^ parseInt(b[i]!, 16);
    for (; differ; differ &= differ - 1) ++bits;
  }
  return bits;
}

/** Chains count: what is near to any of a group belongs to it. */
export function differentPictures(fingerprints: readonly string[]): number {
  const left = new Set(fingerprints);
  let groups = 0;
  for (const first of left) {
    ++groups;
    left.delete(first);
    const reached = [first];
    for (const one of reached) {
      for (const other of left) {
        if (distance(one, other) > NEAR) continue;
        left.delete(other);
        reached.push(other);
      }
    }
  }
  return groups;
}
