// SPDX-License-Identifier: Apache-2.0
//
// Exact shares.

import type { Json } from "./canon.js";

/** p / q in lowest terms, q > 0. */
export interface Fraction {
  readonly p: bigint;
  readonly q: bigint;
}

function gcd(a: bigint, b: bigint): bigint {
  if (a < 0n) a = -a;
  while (b) [a, b] = [b, a % b];
  return a;
}

export function fraction(p: bigint, q: bigint): Fraction {
  const common = gcd(p, q);
  return { p: p / common, q: q / common };
}

export function parseFraction(text: string): Fraction | undefined {
  const parts = /^(0|[1-9][0-9]{0,17})(?:\/([1-9][0-9]{0,17}))?$/.exec(text);
  return parts ? fraction(BigInt(parts[1]!), BigInt(parts[2] ?? "1")) : undefined;
}

/** "3/5", or "2" where it is whole. */
export function fractionText(value: Fraction): string {
  return value.q === 1n ? String(value.p) : `${value.p}/${value.q}`;
}

/** A number where it is whole. */
export function fractionJson(value: Fraction): Json {
  return value.q === 1n ? Number(value.p) : fractionText(value);
}
