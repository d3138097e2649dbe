// SPDX-License-Identifier: Apache-2.0
//
// Bytes and their spellings. Everything here is strict: what parses prints back to the same text.

/** A bundle is not what it should be; the text says what. Anything else that is thrown is a bug. */
export class Wrong extends Error {}

export function wrong(what: string): never {
  throw new Wrong(what);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text, if the bytes are valid UTF-8. */
export function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return wrong("is not UTF-8");
  }
}

export function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

/** Of what isDigest accepts. */
export function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (byte) => parseInt(byte, 16));
}

export function isDigest(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const three = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += alphabet[three >> 18]! + alphabet[(three >> 12) & 63]!;
    text += i + 1 < bytes.length ? alphabet[(three >> 6) & 63]! : "=";
    text += i + 2 < bytes.length ? alphabet[three & 63]! : "=";
  }
  return text;
}

/** Standard base64, padded, without stray bits; nothing otherwise. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i += 4) {
    const four = [0, 1, 2, 3].map((k) => (text[i + k] === "=" ? 0 : alphabet.indexOf(text[i + k]!)));
    if (four.some((value) => value < 0)) return undefined;
    const three = (four[0]! << 18) | (four[1]! << 12) | (four[2]! << 6) | four[3]!;
    bytes.push(three >> 16);
    if (text[i + 2] !== "=") bytes.push((three >> 8) & 255);
    if (text[i + 3] !== "=") bytes.push(three & 255);
  }
  const decoded = Uint8Array.from(bytes);
  return toBase64(decoded) === text ? decoded : undefined;
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; ++i) if (a[i] !== b[i]) return false;
  return true;
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A decimal number from 0 to 2^53 - 1 without leading zeros; nothing otherwise. */
export function decimal(text: string): number | undefined {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

const BEYOND = /[\ud800-\udfff]/;

/** Order by code points, which is the order of the bytes of UTF-8. */
export function byBytes(a: string, b: string): number {
  // JavaScript compares by UTF-16, which is the same but for characters beyond U+FFFF.
  if (!BEYOND.test(a) && !BEYOND.test(b)) return a < b ? -1 : a > b ? 1 : 0;
  const x = [...a];
  const y = [...b];
  for (let i = 0; i < x.length && i < y.length; ++i) {
    const step = x[i]!.codePointAt(0)! - y[i]!.codePointAt(0)!;
    if (step !== 0) return step;
  }
  return x.length - y.length;
}
