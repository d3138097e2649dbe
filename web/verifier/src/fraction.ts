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

/** "51.2": at most 15 digits. */
export function parseDecimal(text: string): Fraction | undefined {
  const parts = /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(text);
  if (!parts) return undefined;
  const digits = parts[2]! + (parts[3] ?? "");
  if (digits.length > 15) return undefined;
  const value = BigInt(digits) * (parts[1] ? -1n : 1n);
  return fraction(value, 10n ** BigInt((parts[3] ?? "").length));
}

/** "4/5", or a decimal number. */
export function parseFraction(text: string): Fraction | undefined {
  const parts = /^([0-9]{1,15})\/([0-9]{1,15})$/.exec(text);
  if (!parts) return parseDecimal(text);
  return BigInt(parts[2]!) === 0n ? undefined : fraction(BigInt(parts[1]!), BigInt(parts[2]!));
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return fraction(a.p * b.q + b.p * a.q, a.q * b.q);
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return plus(a, { p: -b.p, q: b.q });
}

export function times(a: Fraction, b: Fraction): Fraction {
  return fraction(a.p * b.p, a.q * b.q);
}

/** Below, at or above 0 as a is to b. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.p * b.q - b.p * a.q;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function least(a: Fraction, b: Fraction): Fraction {
  return compare(b, a) < 0 ? b : a;
}

export function most(a: Fraction, b: Fraction): Fraction {
  return compare(b, a) > 0 ? b : a;
}

/** "3/5", or "2" where it is whole. */
export function fractionText(value: Fraction): string {
  return value.q === 1n ? String(value.p) : `${value.p}/${value.q}`;
}

/** A number where it is whole. */
export function fractionJson(value: Fraction): Json {
  return value.q === 1n ? Number(value.p) : fractionText(value);
}
