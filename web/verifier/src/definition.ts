// SPDX-License-Identifier: Apache-2.0
//
// The definition of an election (docs/election-definition.md), as far as a count needs it. What only
// concerns how pictures are read or figures are shown is not looked at.

import { byBytes, hex, wrong } from "./bytes.js";
import { type Fraction, parseFraction } from "./fraction.js";
import { parseVkey, type Vkey } from "./note.js";
import { type Toml, type TomlTable, parseToml } from "./toml.js";

export interface Level {
  readonly id: string;
  readonly width: number;
}

export interface Option {
  readonly id: string;
  readonly name: string;
  readonly lines: readonly string[];
}

/** A number that somebody published. */
export interface Total {
  readonly id: string;
  readonly value: number;
  readonly what: Readonly<Record<string, string>>; // by language
  readonly source: string;
}

/** What happens to a return that breaks a rule. */
export type Remedy = "note" | "set-aside";

export interface Part {
  readonly kind: "literal" | "code" | "counts" | "figure";
  readonly text: string;
  readonly width: number; // digits; 0: as many as there are
  readonly separator: string;
}

export interface SheetFormat {
  readonly grammar: readonly Part[];
  readonly code: string;
  readonly station: string;
  readonly ballotOrder: readonly string[];
}

export interface Definition {
  readonly id: string;
  readonly countryId: string;
  readonly countryName: string;
  readonly levels: readonly Level[];
  readonly stationWidth: number;
  readonly options: readonly Option[];
  readonly electors: Total | undefined; // the one that is chosen
  readonly electorsKnown: readonly Total[];
  readonly stations: Total | undefined;
  readonly caps: readonly Fraction[]; // largest first
  readonly rules: Readonly<Record<(typeof RULES)[number], Remedy>>;
  readonly prefer: readonly string[];
  readonly alone: Remedy;
  readonly aloneJointly: Remedy;
  readonly aloneCompared: number;
  readonly mostPictures: boolean; // of pictures that differ, what most of them say
  readonly sheets: readonly SheetFormat[];
  readonly roster: string | undefined;
  readonly rosterComplete: boolean;
  readonly guardians: Guardians;
}

/** Who may declare a key bad; needed 0: nobody. */
export interface Guardians {
  readonly keys: readonly Vkey[];
  readonly needed: number;
}

const RULES = [
  "votes_sum_to_valid",
  "cast_within_registered",
  "zero_sheet",
  "unknown_station",
  "print_differs",
] as const;

// ---- reading tables

function table(value: Toml | undefined, key: string): TomlTable {
  return value instanceof Map ? value : wrong(`${key}: must be a table`);
}

function tables(root: TomlTable, key: string): TomlTable[] {
  const value = root.get(key);
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map((one) => table(one, key)) : wrong(`${key}: must be tables`);
}

function text(from: TomlTable, key: string): string {
  const value = from.get(key);
  return typeof value === "string" && value !== "" ? value : wrong(`${key}: must be a text`);
}

function textOr(from: TomlTable, key: string, otherwise: string): string {
  return from.has(key) ? text(from, key) : otherwise;
}

function whole(from: TomlTable, key: string, least: number, most: number): number {
  const value = from.get(key);
  return typeof value === "number" && value >= least && value <= most ? value : wrong(`${key}: must be a whole number`);
}

function texts(from: TomlTable, key: string): string[] {
  const value = from.get(key);
  if (value === undefined) return [];
  return Array.isArray(value) && value.every((one) => typeof one === "string" && one !== "")
    ? (value as string[])
    : wrong(`${key}: must be a list of texts`);
}

function flag(from: TomlTable, key: string): boolean {
  const value = from.get(key) ?? false;
  return typeof value === "boolean" ? value : wrong(`${key}: must be true or false`);
}

function once(list: readonly string[], what: string): void {
  if (new Set(list).size !== list.length) wrong(`${what}: one stands twice`);
}

// ---- the parts of a definition

function wordsIn(from: TomlTable, key: string, language: string): string {
  const value = from.get(key);
  if (!(value instanceof Map)) return text(from, key);
  for (const wanted of [language, "en", ...[...value.keys()].sort(byBytes)])
    if (value.has(wanted)) return text(value, wanted);
  return wrong(`${key}: says nothing in any language`);
}

// The same words in several languages; of one text the English.
function words(from: TomlTable, key: string): Record<string, string> {
  const value = from.get(key);
  if (!(value instanceof Map)) return { en: text(from, key) };
  if (value.size === 0) wrong(`${key}: says nothing in any language`);
  return Object.fromEntries([...value.keys()].map((language) => [language, text(value, language)]));
}

function totalsOf(root: TomlTable, key: string): { chosen: Total | undefined; known: Total[] } {
  const chosen: Total[] = [];
  const known = tables(root, key).map((one) => {
    const total = {
      id: text(one, "id"),
      value: whole(one, "value", 0, Number.MAX_SAFE_INTEGER),
      what: words(one, "what"),
      source: text(one, "source"),
    };
    if (flag(one, "chosen")) chosen.push(total);
    return total;
  });
  once(known.map((one) => one.id), key);
  if (known.length > 1 && chosen.length !== 1) wrong(`${key}: exactly one must say chosen = true`);
  return { chosen: chosen[0] ?? known[0], known };
}

function capsOf(root: TomlTable): Fraction[] {
  const written = root.has("turnout_caps") ? texts(root, "turnout_caps") : ["9/10", "4/5", "7/10", "3/5"];
  const caps = [...written, "1"].map((each) => {
    const cap = parseFraction(each);
    const sound = cap && cap.p > 0n && cap.p <= cap.q && cap.q <= 1_000_000n;
    return sound ? cap : wrong(`turnout_caps: "${each}" is no share`);
  });
  caps.sort((a, b) => Number(b.p * a.q - a.p * b.q));
  return caps.filter((cap, i) => i === 0 || cap.p * caps[i - 1]!.q !== caps[i - 1]!.p * cap.q);
}

function remedy(from: TomlTable, key: string, otherwise: string, fallback: Remedy): Remedy {
  const said = textOr(from, key, fallback === "note" ? otherwise : "set-aside");
  if (said === "set-aside") return "set-aside";
  return said === otherwise ? "note" : wrong(`${key}: must be "set-aside" or "${otherwise}"`);
}

const FIGURES = ["valid", "null", "invalid", "registered"];

function partOf(inside: string): Part {
  const [, name, form] = /^([^:]*)(?::(.+))?$/s.exec(inside) ?? wrong(`{${inside}} says nothing behind its colon`);
  if (name === "code" && !form) return { kind: "code", text: "code", width: 0, separator: "" };
  const kind = name === "counts" ? "counts" : FIGURES.includes(name!) ? "figure" : wrong(`{${inside}} is not known`);
  const parts = (kind === "counts" ? /^([1-9]?)([^0-9]?)$/s : /^([1-9]?)()$/).exec(form ?? "");
  if (!parts || (kind === "counts" && !form)) wrong(`{${inside}}: has no sound width or separator`);
  return { kind, text: name!, width: Number(parts[1] || "0"), separator: parts[2]! };
}

/** The grammar of a payload (docs/election-definition.md, "Sheets"). */
export function parseGrammar(pattern: string): Part[] {
  if (pattern === "code!counts!null!invalid") pattern = "{code}!{counts:,}!{null}!{invalid}";
  const grammar: Part[] = [];
  for (let at = 0; at < pattern.length; ) {
    if (pattern[at] === "{") {
      const close = pattern.indexOf("}", at + 2);
      if (close < 0) wrong("payload: a brace that nothing closes");
      grammar.push(partOf(pattern.slice(at + 1, close)));
      at = close + 1;
      continue;
    }
    const end = pattern.indexOf("{", at) < 0 ? pattern.length : pattern.indexOf("{", at);
    const literal = pattern.slice(at, end);
    if (literal.includes("}")) wrong("payload: a brace that nothing opens");
    grammar.push({ kind: "literal", text: literal, width: 0, separator: "" });
    at = end;
  }
  const named = grammar.filter((part) => part.kind !== "literal").map((part) => part.text);
  once(named, "payload");
  grammar.forEach((part, i) => {
    const next = grammar[i + 1];
    const open = (part.kind === "counts" || part.kind === "figure") && part.width === 0 && next;
    if (open && (next.kind !== "literal" || /^[0-9]/.test(next.text) || next.text[0] === part.separator))
      wrong(`payload: where {${part.text}} ends cannot be seen`);
  });
  if (!named.includes("code")) wrong("payload: {code} is missing");
  if (named.length > 1 && !named.includes("counts")) wrong("payload: {counts} is missing");
  return grammar;
}

function sheetOf(one: TomlTable, lines: readonly string[]): SheetFormat {
  const grammar = parseGrammar(text(one, "payload"));
  const ballotOrder = texts(one, "ballot_order");
  once(ballotOrder, "ballot_order");
  const needed =
    grammar.some((part) => part.kind === "counts") || one.has("print") || one.has("ballot_order");
  if (needed && (ballotOrder.length !== lines.length || !ballotOrder.every((line) => lines.includes(line))))
    wrong("ballot_order: must name every line of every option once");
  const sheet = { grammar, code: text(one, "code"), station: text(one, "station"), ballotOrder };
  const named = [...sheet.code.matchAll(/\{([^:}]*):([0-9]+)\}/g)].map((found) => found[1]!);
  for (const used of sheet.station.matchAll(/\{([^}]*)\}/g))
    if (!named.includes(used[1]!)) wrong("station: may name only what the code has");
  return sheet;
}

function guardiansOf(root: TomlTable): Guardians {
  if (!root.has("guardians")) return { keys: [], needed: 0 };
  const from = table(root.get("guardians"), "guardians");
  const keys = texts(from, "keys").map(parseVkey);
  if (keys.length === 0 || keys.some((key) => key.type !== 1)) wrong("guardians: must be public keys that sign");
  once(keys.map((key) => key.name), "guardians");
  once(keys.map((key) => hex(key.key)), "guardians");
  return { keys, needed: whole(from, "needed", 1, keys.length) };
}

const TOP_KEYS = [
  "id", "title", "languages", "date", "station_width", "turnout_caps", "country", "level", "contest",
  "option", "electors", "stations", "rules", "acceptance", "guardians", "sheet", "roster", "mapping",
];

export function parseDefinition(bytes: Uint8Array): Definition {
  const root = parseToml(bytes);
  for (const key of root.keys()) if (!TOP_KEYS.includes(key)) wrong(`unknown key "${key}"`);
  const languages = texts(root, "languages");
  if (languages.length === 0) wrong("languages: must name at least one");
  const country = table(root.get("country"), "country");
  const levels = tables(root, "level").map((one) => ({
    id: text(one, "id"),
    width: one.has("width") ? whole(one, "width", 1, 64) : 0,
  }));
  once(["country", "station", ...levels.map((level) => level.id)], "level");
  const options = tables(root, "option").map((one) => ({
    id: text(one, "id"),
    name: text(one, "name"),
    lines: texts(one, "lines"),
  }));
  if (options.length < 2) wrong("option: an election has at least two");
  once(["valid", "null", "cast", "others", "rest", ...options.map((option) => option.id)], "option");
  const lines = options.flatMap((option) => option.lines);
  once(lines, "lines");
  const electors = totalsOf(root, "electors");
  const rules = root.has("rules") ? table(root.get("rules"), "rules") : new Map<string, Toml>();
  const acceptance = root.has("acceptance") ? table(root.get("acceptance"), "acceptance") : new Map<string, Toml>();
  const roster = root.has("roster") ? table(root.get("roster"), "roster") : undefined;
  return {
    id: text(root, "id"),
    countryId: text(country, "id"),
    countryName: wordsIn(country, "name", languages[0]!),
    levels,
    stationWidth: root.has("station_width") ? whole(root, "station_width", 1, 64) : 0,
    options,
    electors: electors.chosen,
    electorsKnown: electors.known,
    stations: totalsOf(root, "stations").chosen,
    caps: capsOf(root),
    rules: {
      votes_sum_to_valid: remedy(rules, "votes_sum_to_valid", "note", "set-aside"),
      cast_within_registered: remedy(rules, "cast_within_registered", "note", "note"),
      zero_sheet: remedy(rules, "zero_sheet", "note", "set-aside"),
      unknown_station: remedy(rules, "unknown_station", "note", "set-aside"),
      print_differs: remedy(rules, "print_differs", "note", "set-aside"),
    },
    prefer: texts(acceptance, "prefer"),
    alone: remedy(acceptance, "alone", "accept", "note"),
    aloneJointly: remedy(acceptance, "alone_jointly", "accept", "set-aside"),
    aloneCompared: acceptance.has("alone_compared") ? whole(acceptance, "alone_compared", 0, 1000) : 0,
    mostPictures: remedy(acceptance, "pictures_differ", "most", "set-aside") === "note",
    sheets: tables(root, "sheet").map((one) => sheetOf(one, lines)),
    roster: roster && text(roster, "file"),
    guardians: guardiansOf(root),
    rosterComplete: roster !== undefined && flag(roster, "complete"),
  };
}

