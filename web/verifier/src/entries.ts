// SPDX-License-Identifier: Apache-2.0
//
// What can stand in the log (docs/formats/entries.md): each type with its fields, no more and no
// fewer.

import { byBytes, fromBase64, isDigest, utf8, wrong } from "./bytes.js";
import { type Json, type JsonObject, isObject, parseEntry } from "./canon.js";

type Check = (value: Json) => boolean;

const count: Check = (value) => typeof value === "number" && value >= 0;
const text: Check = (value) => typeof value === "string";
const digest: Check = (value) => typeof value === "string" && isDigest(value);
const oneOf =
  (...names: string[]): Check =>
  (value) =>
    typeof value === "string" && names.includes(value);
const listOf =
  (item: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((one) => item(one as Json));
const tuple =
  (...items: Check[]): Check =>
  (value) =>
    Array.isArray(value) && value.length === items.length && items.every((item, i) => item(value[i] as Json));
const eight: Check = (value) => listOf(count)(value) && (value as Json[]).length === 8;

// [name, x, y, value, millionths, value, millionths ...]
const printedRow: Check = (value) =>
  Array.isArray(value) &&
  value.length >= 5 &&
  value.length % 2 === 1 &&
  value.every((one, i) => (i === 0 ? text(one as Json) : count(one as Json))) &&
  value.every((one, i) => i < 4 || i % 2 === 1 || (one as number) <= 1_000_000);

const fromOne: Check = (value) => typeof value === "number" && value >= 1;
const someContests: Check = (value) =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((one) => {
    if (!isObject(one as Json)) return false;
    const fields = one as JsonObject;
    return (
      Object.keys(fields).join() === "origin,root,size,winners" &&
      text(fields["origin"] as Json) &&
      digest(fields["root"] as Json) &&
      count(fields["size"] as Json) &&
      count(fields["winners"] as Json)
    );
  });
const plainId: Check = (value) => typeof value === "string" && /^[a-z0-9-]{1,64}$/.test(value);
const leaves: Check = (value) => typeof value === "number" && value >= 2 && value <= MOST_LEAVES;
const signature: Check = (value) => typeof value === "string" && fromBase64(value)?.length === 64;
// [[name, signature]...], ascending by name.
const guardians: Check = (value) =>
  listOf(tuple(text, signature))(value) &&
  (value as [string, string][]).every((one, i, all) => i === 0 || byBytes(all[i - 1]![0], one[0]) < 0);
const mask: Check = (value) => typeof value === "string" && lastOfMask(value) !== undefined;

function isSetOfNames(names: readonly string[]): boolean {
  return names.length > 0 && !names.includes("") && new Set(names).size === names.length;
}

const MOST_LEAVES = 1 << 20;

/** The last cell of a mask (docs/formats/redaction.md), 0 of "none"; nothing if it is no mask. */
export function lastOfMask(text: string): number | undefined {
  if (text === "none") return 0;
  if (text.length > 12 * 1024) return undefined;
  let last = -1;
  for (const range of text.split(" ")) {
    const parts = /^([1-9][0-9]*)(?:-([1-9][0-9]*))?$/.exec(range);
    const first = Number(parts?.[1]);
    const end = Number(parts?.[2] ?? parts?.[1]);
    if (!parts || first <= last + 1 || (parts[2] !== undefined && end <= first) || end >= MOST_LEAVES) return undefined;
    last = end;
  }
  return last;
}

// A field whose name ends in "?" may be absent.
const TYPES: Record<string, Record<string, Check>> = {
  "log.genesis": { at: count, election: text, files: listOf(tuple(text, digest)), origin: text, program: text },
  "evidence.received": {
    at: count,
    kind: oneOf("returns", "mapping", "claim", "picture", "container", "definition"),
    sha256: digest,
    size: count,
  },
  "evidence.repeated": { at: count, evidence: count },
  "part.taken": { at: count, container: count, evidence: count, how: oneOf("member", "embedded", "rendered"), part: count },
  "part.refused": { at: count, container: count, part: count, reason: text },
  "container.closed": { at: count, container: count, ending: text, parts: count },
  "returns.imported": {
    at: count, evidence: count, "mapping?": count, names: count, refused: count, rows: count, source: text,
  },
  "unit.named": { import: count, level: text, name: text, unit: text },
  "return.transcribed": {
    import: count, invalid: count, null: count, place: listOf(text), "registered?": count, row: count,
    station: text, valid: count, votes: listOf(count),
  },
  "row.refused": { code: text, column: text, import: count, row: count },
  "sheet.read": {
    agree: count, at: count, compared: count,
    contradictions: listOf(tuple(text, count, count, count, count)),
    corners: eight, erasures: count, errors: count, evidence: count, fingerprint: digest, margin: count,
    method: text, payload: text, stage: text,
  },
  "picture.unread": { at: count, evidence: count, "fingerprint?": digest, printed: listOf(printedRow), reason: text },
  "claim.made": { at: count, claim: text, evidence: count },
  "picture.committed": { at: count, evidence: count, file: digest, kind: oneOf("jpeg", "pixels", "none"), "leaves?": leaves, "root?": digest },
  "person.named": { at: count, key: text },
  "person.withdrawn": { at: count, name: text },
  "key.rotated": { at: count, log: text, next: text, next_sig: signature, old: text, sig: signature },
  "key.revoked": { at: count, from: count, key: text, log: text, "next?": text, "next_sig?": signature, sigs: guardians },
  "log.sealed": { at: count, size: count },
  "picture.withheld": { at: count, evidence: count, reason: oneOf("court-order", "personal-safety", "unlawful-content") },
  "redaction.approved": { at: count, by: text, commitment: count, log: text, mask, sig: signature },
  "audit.planned": {
    at: count, audit: plainId, kind: text, "majority?": text, method: text, risk: text, sampler: text, "source?": text,
    "strata?": text, winners: count, "with?": someContests,
  },
  "seed.drawn": { at: count, plan: count, seed: (value) => typeof value === "string" && /^[0-9A-Za-z-]{1,200}$/.test(value) },
  "audit.drawn": { at: count, draws: count, plan: count },
  "audit.found": {
    at: count, by: plainId, invalid: count, null: count, "of?": fromOne, plan: count, unit: text, valid: count, votes: listOf(count),
    what: oneOf("figures", "not-found"),
  },
  "quickcount.planned": { at: count, count: plainId, level: text, size: count },
  "forensics.plan": {
    at: count,
    past: listOf((value) => tuple(count, count)(value) || tuple(count, count, count)(value)),
    seed: (value) => typeof value === "string" && value !== "" && utf8(value).length <= 200,
    tests: (value) => listOf(text)(value) && isSetOfNames(value as string[]),
  },
  "result.stated": { at: count, schema: text, sha256: digest, size: count },
};

export interface Entry {
  readonly type: string; // "sheet.read"; empty: of an unknown type, whose name is:
  readonly unknown: string;
  readonly fields: JsonObject;
}

/** Throws Wrong if the bytes are no entry, or not of the form that their type has. */
export function decodeEntry(bytes: Uint8Array): Entry {
  const fields = parseEntry(bytes);
  if (!isObject(fields)) wrong("not an object");
  const named = fields["t"];
  if (typeof named !== "string") wrong("t: missing, or not a text");
  const type = /^scrutineer\/([a-z.]+)\/v1$/.exec(named)?.[1] ?? "";
  const form = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (!form) return { type: "", unknown: named, fields };
  let there = 1; // t
  for (const [name, check] of Object.entries(form)) {
    const key = name.replace("?", "");
    const value = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (value === undefined && name.endsWith("?")) continue;
    if (value === undefined || !check(value)) wrong(`${key}: missing, or not of the form of ${type}`);
    ++there;
  }
  // Only a picture that has cells says how many, and their root.
  if (type === "picture.committed" && there !== (fields["kind"] === "none" ? 5 : 7))
    wrong("leaves, root: are there exactly where there are cells");
  if (type === "key.revoked" && "next" in fields !== "next_sig" in fields)
    wrong("next, next_sig: one without the other");
  if (there !== Object.keys(fields).length) wrong(`not the exact form of ${type}: a field too many`);
  return { type, unknown: "", fields };
}
