// SPDX-License-Identifier: Apache-2.0
//
// The file of a claim: whether it says one, and which. What follows from it is judged elsewhere.

import { wrong } from "./bytes.js";
import type { Definition } from "./definition.js";
import { Moment, type TomlTable, parseToml } from "./toml.js";

const KEYS = [
  "id", "by", "announced", "published", "tables", "tables_percent", "valid", "null", "cast",
  "turnout_percent", "votes", "percent",
];

function checkVotes(table: TomlTable, key: string): void {
  const value = table.get(key);
  if (value !== undefined && (typeof value !== "number" || value < 0)) wrong(`${key}: must be a whole number`);
}

function checkPercent(table: TomlTable, key: string): void {
  const value = table.get(key);
  if (value === undefined) return;
  const text = typeof value === "string" ? value : "";
  if (!/^(0|[1-9][0-9]{0,2})(\.[0-9]{1,6})?$/.test(text) || Number(text) > 100)
    wrong(`${key}: must be a percentage in quotes`);
}

function group(root: TomlTable, key: string, definition: Definition): TomlTable | undefined {
  const table = root.get(key);
  if (table === undefined) return undefined;
  if (!(table instanceof Map)) return wrong(`${key}: must be a table`);
  const known = definition.options.map((option) => option.id);
  for (const name of table.keys()) if (name !== "others" && !known.includes(name)) wrong(`no option "${name}"`);
  if (table.has("others") && known.every((name) => table.has(name))) wrong("others: nothing is left");
  return table.size > 0 ? table : undefined;
}

/** The id of the claim that the file makes. */
export function claimId(bytes: Uint8Array, definition: Definition): string {
  const root = parseToml(bytes);
  for (const key of root.keys()) if (!KEYS.includes(key)) wrong(`unknown key "${key}"`);
  const id = root.get("id");
  if (typeof id !== "string" || !/^[a-z0-9-]{1,64}$/.test(id)) wrong("id: is missing or wrong");
  for (const key of ["by", ...(root.has("published") ? ["published"] : [])]) {
    const text = root.get(key);
    if (typeof text !== "string" || text === "") wrong(`${key}: must be a text`);
  }
  const announced = root.get("announced");
  if (announced !== undefined && !(announced instanceof Moment && /(?:[Zz]|[+-]\d\d:\d\d)$/.test(announced.text)))
    wrong("announced: must be a time with its zone");
  for (const key of ["tables", "valid", "null", "cast"]) checkVotes(root, key);
  for (const key of ["tables_percent", "turnout_percent"]) checkPercent(root, key);
  if (root.has("tables") && root.has("tables_percent")) wrong("tables and tables_percent: give one");
  const votes = group(root, "votes", definition);
  const percent = group(root, "percent", definition);
  for (const key of votes?.keys() ?? []) checkVotes(votes!, key);
  for (const key of percent?.keys() ?? []) checkPercent(percent!, key);
  if (!votes && !percent && !root.has("valid") && !root.has("cast")) wrong("says no figure at all");
  return id;
}
