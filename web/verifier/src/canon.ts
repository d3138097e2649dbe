// SPDX-License-Identifier: Apache-2.0
//
// Canonical JSON (docs/formats/canonical-json.md): parsed with what every JavaScript has, written
// anew by the rules, and accepted only if the same bytes come out.

import { byBytes, textOf, wrong } from "./bytes.js";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const SHORT: Record<string, string> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
};

function quoted(text: string): string {
  // eslint-disable-next-line no-control-regex
  return `"${text.replace(/["\\\u0000-\u001f]/g, (c) => SHORT[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;
}

export function write(value: Json): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) wrong("is no whole number below 2^53");
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
  const object = value as JsonObject;
  const keys = Object.keys(object).sort(byBytes);
  // eslint-disable-next-line no-control-regex
  if (keys.some((key) => /["\\\u0000-\u001f]/.test(key))) wrong("has a key with escapes");
  return `{${keys.map((key) => `"${key}":${write(object[key]!)}`).join(",")}}`;
}

/** What the bytes say, if they are the one spelling of it. */
export function parse(bytes: Uint8Array): Json {
  const text = textOf(bytes);
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return wrong("is not JSON");
  }
  if (write(value) !== text) wrong("is not canonical JSON");
  return value;
}

function checkEntryRules(value: Json, depth: number): void {
  if (value === null || typeof value === "boolean") wrong("holds null, true or false");
  if (typeof value === "number" && value < 0) wrong("holds a negative number");
  // eslint-disable-next-line no-control-regex
  if (typeof value === "string" && /[\u0000-\u001f]/.test(value)) wrong("holds a control character");
  if (typeof value !== "object") return;
  if (depth === 4) wrong("is nested too deep");
  if (isObject(value) && Object.keys(value).some((key) => !/^[a-z0-9_.]+$/.test(key)))
    wrong("has a key beyond a-z 0-9 _ .");
  for (const inner of Object.values(value)) checkEntryRules(inner as Json, depth + 1);
}

/** The same by the stricter rules for entries of the log. */
export function parseEntry(bytes: Uint8Array): Json {
  if (bytes.length > 16 * 1024) wrong("has more than 16 KiB");
  const value = parse(bytes);
  checkEntryRules(value, 0);
  return value;
}
