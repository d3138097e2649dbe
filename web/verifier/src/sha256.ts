// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 (FIPS 180-4). WebCrypto has it too, but only for bytes that are all in memory and only as
// a promise each: a tree over 200,000 entries needs 400,000 of them, and a picture may be large.

const K = constants();

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes, worked out
// rather than copied.
function constants(): Int32Array {
  const k = new Int32Array(64);
  for (let n = 2, found = 0; found < 64; ++n) {
    let prime = true;
    for (let d = 2; d * d <= n; ++d) prime &&= n % d !== 0;
    if (prime) k[found++] = fraction(n, 3);
  }
  return k;
}

// 32 bits behind the point of the root: floor(root(n * 2^(32 * degree))) mod 2^32.
function fraction(n: number, degree: number): number {
  const target = BigInt(n) << BigInt(32 * degree);
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(degree) <= target) low = middle;
    else high = middle;
  }
  return Number(low & 0xffffffffn) | 0;
}

const START = Int32Array.from([2, 3, 5, 7, 11, 13, 17, 19].map((n) => fraction(n, 2)));

export class Sha256 {
  private readonly h = Int32Array.from(START);
  private readonly w = new Int32Array(64);
  private readonly block = new Uint8Array(64);
  private held = 0;
  private length = 0;

  add(bytes: Uint8Array): this {
    this.length += bytes.length;
    let at = 0;
    if (this.held > 0) {
      at = Math.min(64 - this.held, bytes.length);
      this.block.set(bytes.subarray(0, at), this.held);
      this.held += at;
      if (this.held < 64) return this;
      this.compress(this.block, 0);
      this.held = 0;
    }
    for (; at + 64 <= bytes.length; at += 64) this.compress(bytes, at);
    this.block.set(bytes.subarray(at));
    this.held = bytes.length - at;
    return this;
  }

  /** The digest; the object is then of no further use. */
  finish(): Uint8Array {
    const bits = this.length * 8;
    const tail = new Uint8Array(this.held < 56 ? 64 : 128);
    tail.set(this.block.subarray(0, this.held));
    tail[this.held] = 0x80;
    const view = new DataView(tail.buffer);
    view.setUint32(tail.length - 8, Math.floor(bits / 0x100000000));
    view.setUint32(tail.length - 4, bits >>> 0);
    for (let at = 0; at < tail.length; at += 64) this.compress(tail, at);
    const digest = new Uint8Array(32);
    const out = new DataView(digest.buffer);
    for (let i = 0; i < 8; ++i) out.setInt32(4 * i, this.h[i]!);
    return digest;
  }

  private compress(bytes: Uint8Array, at: number): void {
    const w = this.w;
    for (let i = 0; i < 16; ++i, at += 4)
      w[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
    for (let i = 16; i < 64; ++i) {
      const x = w[i - 15]!;
      const y = w[i - 2]!;
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = this.h as unknown as [
      number, number, number, number, number, number, number, number,
    ];
    for (let i = 0; i < 64; ++i) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    const state = this.h;
    state[0]! += a;
    state[1]! += b;
    state[2]! += c;
    state[3]! += d;
    state[4]! += e;
    state[5]! += f;
    state[6]! += g;
    state[7]! += h;
  }
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return new Sha256().add(bytes).finish();
}
