// SPDX-License-Identifier: Apache-2.0
//
// Ed25519 by one rule, that of libsodium 1.0.18: what WebCrypto accepts, but for keys and signatures
// whose points have small order, for which anybody can make signatures that some programs accept
// (docs/formats/checkpoint.md). The scalar must be below the group's order; a key must be written
// in its one spelling.

const P = (1n << 255n) - 19n;
const ORDER = (1n << 252n) + 27742317777372353535851937790883648493n;

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; --i) value = (value << 8n) | BigInt(bytes[i]!);
  return value;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (base %= P; exponent > 0n; exponent >>= 1n, base = (base * base) % P)
    if (exponent & 1n) result = (result * base) % P;
  return result;
}

// The y of the eight points of small order: 1, -1, 0, and the two of order eight, whose y^2 are the
// roots of d y^4 + 2 y^2 - 1 = 0 (from 2 P = (a, 0) on -x^2 + y^2 = 1 + d x^2 y^2, where x^2 = -y^2).
const SMALL = smallOrder();

function smallOrder(): Set<bigint> {
  const d = (P - ((121665n * power(121666n, P - 2n)) % P)) % P;
  const small = new Set([0n, 1n, P - 1n]);
  // y^2 = (-1 +- sqrt(1 + d)) / d
  const root = squareRoot((1n + d) % P);
  for (const sign of root === undefined ? [] : [root, P - root]) {
    const y = squareRoot(((sign + P - 1n) * power(d, P - 2n)) % P);
    if (y !== undefined) small.add(y).add(P - y);
  }
  return small;
}

// P = 5 mod 8.
function squareRoot(value: bigint): bigint | undefined {
  const root = power(value, (P + 3n) / 8n);
  for (const candidate of [root, (root * power(2n, (P - 1n) / 4n)) % P])
    if ((candidate * candidate) % P === value % P) return candidate;
  return undefined;
}

function y(point: Uint8Array): bigint {
  return littleEndian(point) & ((1n << 255n) - 1n);
}

/** False also for a key that must not be trusted, whatever was signed with it. */
export function isSoundKey(key: Uint8Array): boolean {
  return key.length === 32 && y(key) < P && !SMALL.has(y(key));
}

export async function verifies(
  key: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (!isSoundKey(key) || signature.length !== 64) return false;
  const r = y(signature.subarray(0, 32));
  if (SMALL.has(r % P) || littleEndian(signature.subarray(32)) >= ORDER) return false;
  try {
    const known = await crypto.subtle.importKey("raw", copy(key), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", known, copy(signature), copy(message));
  } catch (error) {
    // Bytes that are no point of the curve are one kind of error, a missing algorithm is another.
    if ((error as { name?: string }).name !== "NotSupportedError") return false;
    throw new Error(
      "this browser or Node cannot check Ed25519 signatures; use a newer one (Node 18, Chrome 137, " +
        "Firefox 129, Safari 17 or later)",
    );
  }
}

function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
