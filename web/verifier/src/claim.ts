// SPDX-License-Identifier: Apache-2.0
//
// The file of a claim: what somebody announced.

import { wrong } from "./bytes.js";
import type { Definition } from "./definition.js";
import { fraction, type Fraction, parseDecimal } from "./fraction.js";
import { Moment, type TomlTable, parseToml } from "./toml.js";

const KEYS = [
  "id", "by", "announced", "published", "tables", "tables_percent", "valid", "null", "cast",
  "turnout_percent", "votes", "percent",
];

/** A percentage with the digits as they were announced. */
export interface Announced {
  readonly text: string;
  readonly value: Fraction;
  readonly halfUnit: Fraction; // of the last digit
}

/** What is announced of an option, or of several together. */
export interface Group<T> {
  readonly label: string;
  readonly options: readonly string[];
  readonly value: T;
}

export interface Claim {
  readonly id: string;
  readonly by: string;
  readonly announced: string; // a time in one spelling; empty: it does not say
  readonly tables: number | undefined;
  readonly tablesPercent: Announced | undefined;
  readonly valid: number | undefined;
  readonly null: number | undefined;
  readonly cast: number | undefined;
  readonly turnoutPercent: Announced | undefined;
  readonly votes: readonly Group<number>[];
  readonly percent: readonly Group<Announced>[];
}

function votes(table: TomlTable, key: string): number | undefined {
  const value = table.get(key);
  if (value === undefined) return undefined;
  return typeof value === "number" && value >= 0 ? value : wrong(`${key}: must be a whole number`);
}

function percent(table: TomlTable, key: string): Announced | undefined {
  const text = table.get(key);
  if (text === undefined) return undefined;
  const value = typeof text === "string" ? parseDecimal(text) : undefined;
  const digits = typeof text === "string" && text.includes(".") ? text.length - text.indexOf(".") - 1 : 0;
  if (typeof text !== "string" || !value || value.p < 0n || value.p > 100n * value.q || digits > 6)
    return wrong(`${key}: must be a percentage in quotes`);
  return { text, value, halfUnit: fraction(1n, 2n * 10n ** BigInt(digits)) };
}

function groups<T>(root: TomlTable, key: string, definition: Definition, of: (table: TomlTable, label: string) => T | undefined): Group<T>[] {
  const table = root.get(key);
  if (table === undefined) return [];
  if (!(table instanceof Map)) return wrong(`${key}: must be a table`);
  const known = definition.options.map((option) => option.id);
  for (const name of table.keys()) if (name !== "others" && !known.includes(name)) wrong(`no option "${name}"`);
  const rest = known.filter((id) => !table.has(id));
  if (table.has("others") && rest.length === 0) wrong("others: nothing is left");
  const labels: [string, string[]][] = known.filter((id) => table.has(id)).map((id) => [id, [id]]);
  if (table.has("others")) labels.push(["others", rest]);
  return labels.map(([label, options]) => ({ label, options, value: of(table, label)! }));
}

// "2024-07-29T00:09:00-04:00": times of one zone compare as texts.
function time(root: TomlTable): string {
  const value = root.get("announced");
  if (value === undefined) return "";
  const parts = value instanceof Moment ? /^(.{10})[Tt ]([0-9:]{8})(?:\.([0-9]+?)0*)?([Zz]|[+-]\d\d:\d\d)$/.exec(value.text) : null;
  if (!parts) return wrong("announced: must be a time with its zone");
  const zone = /^(?:[Zz]|[+-]00:00)$/.test(parts[4]!) ? "Z" : parts[4]!;
  return `${parts[1]}T${parts[2]}${parts[3] && parts[3] !== "0" ? `.${parts[3]}` : ""}${zone}`;
}

export function parseClaim(bytes: Uint8Array, definition: Definition): Claim {
  const root = parseToml(bytes);
  for (const key of root.keys()) if (!KEYS.includes(key)) wrong(`unknown key "${key}"`);
  const text = (key: string): string => {
    const value = root.get(key);
    return typeof value === "string" && value !== "" ? value : wrong(`${key}: must be a text`);
  };
  if (!/^[a-z0-9-]{1,64}$/.test(text("id"))) wrong("id: has lower-case letters, digits and '-'");
  if (root.has("published")) text("published");
  const claim: Claim = {
    id: text("id"),
    by: text("by"),
    announced: time(root),
    tables: votes(root, "tables"),
    tablesPercent: percent(root, "tables_percent"),
    valid: votes(root, "valid"),
    null: votes(root, "null"),
    cast: votes(root, "cast"),
    turnoutPercent: percent(root, "turnout_percent"),
    votes: groups(root, "votes", definition, votes),
    percent: groups(root, "percent", definition, percent),
  };
  if (claim.tables !== undefined && claim.tablesPercent) wrong("tables and tables_percent: give one");
  const says = claim.votes.length + claim.percent.length > 0 || claim.valid !== undefined || claim.cast !== undefined;
  return says ? claim : wrong("says no figure at all");
}

/** The latest claim before claims[i] of the same author, by times of one zone. */
export function earlierClaim(claims: readonly Claim[], i: number): Claim | undefined {
  const zone = (time: string): string => (time.endsWith("Z") ? "Z" : time.length < 6 ? "" : time.slice(-6));
  const claim = claims[i]!;
  let latest: Claim | undefined;
  for (const other of claims) {
    const before =
      other.by === claim.by && other.announced !== "" && zone(other.announced) === zone(claim.announced) &&
      other.announced < claim.announced;
    if (before && (!latest || latest.announced < other.announced)) latest = other;
  }
  return latest;
}
