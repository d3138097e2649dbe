// SPDX-License-Identifier: Apache-2.0
//
// Somebody's CSV of returns, read again by its mapping (or by convention), into the entries that
// stand behind an import.

import { textOf, utf8, wrong } from "./bytes.js";
import { type Json, write } from "./canon.js";
import { type Row, rowsOf } from "./csv.js";
import type { Definition } from "./definition.js";
import type { Import } from "./state.js";
import { type Toml, type TomlTable, parseToml } from "./toml.js";

type Piece = { readonly literal: string } | { readonly column: string; readonly pad: number };

interface Mapping {
  readonly encoding: string;
  readonly delimiter: string;
  readonly station: readonly Piece[];
  readonly places: readonly {
    readonly code: readonly Piece[];
    readonly whole: boolean;
    readonly name: string | undefined;
  }[];
  readonly registered: string | undefined;
  readonly valid: string | undefined;
  readonly null: string | undefined;
  readonly invalid: string | undefined;
  readonly votes: readonly (readonly string[])[]; // by option
}

// ---- mappings

function knownKeys(table: TomlTable, ...keys: string[]): void {
  for (const key of table.keys()) if (!keys.includes(key)) wrong(`unknown key "${key}"`);
}

function columnName(table: TomlTable, key: string): string | undefined {
  const value = table.get(key);
  if (value === undefined) return undefined;
  return typeof value === "string" && value !== "" ? value : wrong(`${key}: must be the name of a column`);
}

function pieceOf(value: Toml): Piece {
  if (typeof value === "string") return { literal: value };
  if (!(value instanceof Map)) return wrong("each part is a text or {column = ..., pad = ...}");
  knownKeys(value, "column", "pad");
  const given = value.get("pad");
  const pad = typeof given === "number" ? given : 0;
  if (pad < 0 || pad > 32) wrong("pad: must be 0 to 32");
  return { column: columnName(value, "column") ?? wrong("column: is missing"), pad };
}

function piecesOf(table: TomlTable, key: string): Piece[] {
  const value = table.get(key);
  if (typeof value === "string") return [{ column: value, pad: 0 }];
  if (!Array.isArray(value) || value.length === 0) return wrong(`${key}: must be a column, or a list`);
  return value.map(pieceOf);
}

function placesOf(root: TomlTable, definition: Definition): Mapping["places"] {
  const list = root.get("place") ?? [];
  if (!Array.isArray(list)) return wrong("place: must be tables");
  return list.map((one, i) => {
    if (!(one instanceof Map)) return wrong("place: must be tables");
    knownKeys(one, "level", "code", "whole", "name");
    const due = definition.levels[i]?.id;
    if (due === undefined || one.get("level") !== due) wrong("level: the places follow the levels of the definition");
    return { code: piecesOf(one, "code"), whole: one.get("whole") === true, name: columnName(one, "name") };
  });
}

function votesOf(root: TomlTable, definition: Definition): string[][] {
  const table = root.get("votes");
  if (!(table instanceof Map)) return wrong("votes: is missing");
  knownKeys(table, ...definition.options.map((option) => option.id));
  const votes = definition.options.map((option) => {
    const value = table.get(option.id);
    if (typeof value === "string") return [value];
    const list = Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string");
    return list ? (value as string[]) : wrong(`votes: no line for the option ${option.id}`);
  });
  const all = votes.flat();
  if (new Set(all).size !== all.length) wrong("votes: a column would be counted twice");
  return votes;
}

function parseMapping(bytes: Uint8Array, definition: Definition): Mapping {
  const root = parseToml(bytes);
  knownKeys(root, "delimiter", "encoding", "station", "place", "registered", "valid", "null", "invalid", "votes");
  const said = (key: string, otherwise: string): string => {
    const value = root.get(key);
    return typeof value === "string" ? value : otherwise;
  };
  const encoding = said("encoding", "utf-8");
  if (!["utf-8", "latin-1", "windows-1252"].includes(encoding)) wrong("encoding: is not known");
  const delimiter = said("delimiter", ",");
  if (utf8(delimiter).length !== 1 || delimiter === '"' || delimiter === "\n") wrong("delimiter: must be one character");
  return {
    encoding,
    delimiter,
    station: piecesOf(root, "station"),
    places: placesOf(root, definition),
    registered: columnName(root, "registered"),
    valid: columnName(root, "valid"),
    null: columnName(root, "null"),
    invalid: columnName(root, "invalid"),
    votes: votesOf(root, definition),
  };
}

function byConvention(header: readonly string[], definition: Definition): Mapping {
  const present = (name: string): string | undefined => (header.includes(name) ? name : undefined);
  const places: { code: Piece[]; whole: boolean; name: string | undefined }[] = [];
  for (const level of definition.levels) {
    if (!present(level.id)) break;
    places.push({ code: [{ column: level.id, pad: level.width }], whole: true, name: present(`${level.id}_name`) });
  }
  return {
    encoding: "utf-8",
    delimiter: ",",
    station: [{ column: "station", pad: 0 }],
    places,
    registered: present("registered"),
    valid: present("valid"),
    null: present("null"),
    invalid: present("invalid"),
    votes: definition.options.map((option) => [option.id]),
  };
}

// ---- rows

// Windows-1252, 0x80 to 0x9F; 0 where it has no character.
const WINDOWS = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0,
  0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
];

function decoded(bytes: Uint8Array, encoding: string): string {
  if (encoding === "utf-8") return textOf(bytes);
  let text = "";
  for (const byte of bytes) {
    const high = encoding === "windows-1252" && byte >= 0x80 && byte <= 0x9f;
    const point = high ? WINDOWS[byte - 0x80]! : byte;
    if (high && point === 0) wrong("is not windows-1252");
    text += String.fromCharCode(point);
  }
  return text;
}

// At most 200 bytes of whole characters, control characters as spaces.
function tidy(field: string): string {
  let size = 0;
  let name = "";
  for (const c of field) {
    size += utf8(c).length;
    if (size > 200) break;
    // eslint-disable-next-line no-control-regex
    name += /[\u0000-\u001f\u007f]/.test(c) ? " " : c;
  }
  return name;
}

class Refused extends Error {
  constructor(
    readonly code: string,
    readonly column?: string,
  ) {
    super(code);
  }
}

class Reader {
  readonly names: Json[] = [];
  readonly rows: Json[] = [];
  readonly refused: Json[] = [];
  private readonly named = new Set<string>();

  constructor(
    private readonly mapping: Mapping,
    private readonly header: readonly string[],
    private readonly definition: Definition,
    private readonly head: number,
  ) {
    const used = [
      ...mapping.station,
      ...mapping.places.flatMap((place) => place.code),
      ...[mapping.registered, mapping.valid, mapping.null, mapping.invalid, ...mapping.places.map((p) => p.name)]
        .filter((name) => name !== undefined)
        .map((column) => ({ column, pad: 0 })),
      ...mapping.votes.flat().map((column) => ({ column, pad: 0 })),
    ];
    for (const piece of used) {
      if (!("column" in piece)) continue;
      const count = header.filter((name) => name === piece.column).length;
      if (count !== 1) wrong(`the file has ${count} columns "${piece.column}"`);
    }
  }

  read(row: Row): void {
    try {
      this.rows.push(this.entry(row));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused.push({
        code: error.code,
        column: error.column === undefined ? "" : tidy(error.column),
        import: this.head,
        row: row.line,
        t: "scrutineer/row.refused/v1",
      });
    }
  }

  private field(row: Row, column: string): string {
    return row.fields[this.header.indexOf(column)]!;
  }

  // What a recipe makes of the row; nothing if a column of it is empty.
  private cook(pieces: readonly Piece[], row: Row): string | undefined {
    let made = "";
    for (const piece of pieces) {
      if ("literal" in piece) {
        made += piece.literal;
        continue;
      }
      const field = this.field(row, piece.column);
      if (field === "") return undefined;
      const size = utf8(field).length;
      made += "0".repeat(Math.max(0, piece.pad - size)) + field;
    }
    return made;
  }

  private code(made: string | undefined, above: string): string | undefined {
    const code = made === undefined ? undefined : above + made;
    return code !== undefined && /^[\x21\x23-\x2b\x2d-\x7e]{1,64}$/.test(code) ? code : undefined;
  }

  private figure(row: Row, column: string): number {
    const field = this.field(row, column);
    const value = /^[0-9]{1,16}$/.test(field) ? Number(field) : NaN;
    if (!Number.isSafeInteger(value)) throw new Refused(field === "" ? "missing-field" : "bad-number", column);
    return value;
  }

  private sum(numbers: readonly number[], column: string): number {
    const sum = numbers.reduce((all, one) => all + one, 0);
    if (!Number.isSafeInteger(sum)) throw new Refused("bad-number", column);
    return sum;
  }

  private entry(row: Row): Json {
    const { mapping } = this;
    if (row.fields.length < this.header.length) throw new Refused("too-few-fields");
    if (row.fields.length > this.header.length) throw new Refused("too-many-fields");
    const station = this.code(this.cook(mapping.station, row), "");
    if (station === undefined || station.length < this.definition.stationWidth) throw new Refused("bad-station");
    const place: string[] = [];
    for (const one of mapping.places) {
      const unit = this.code(this.cook(one.code, row), one.whole ? "" : (place.at(-1) ?? ""));
      if (unit === undefined) throw new Refused("bad-unit");
      place.push(unit);
    }
    const votes: number[] = [];
    for (const columns of mapping.votes) {
      let sum = 0;
      for (const column of columns) sum = this.sum([sum, this.figure(row, column)], column);
      votes.push(sum);
      this.sum(votes, columns[0]!);
    }
    const valid = mapping.valid === undefined ? this.sum(votes, "") : this.figure(row, mapping.valid);
    const none = mapping.null === undefined ? 0 : this.figure(row, mapping.null);
    const invalid = mapping.invalid === undefined ? 0 : this.figure(row, mapping.invalid);
    const said = mapping.registered !== undefined && this.field(row, mapping.registered) !== "";
    const registered = said ? { registered: this.figure(row, mapping.registered!) } : {};
    this.noteNames(row, place);
    return {
      import: this.head, invalid, null: none, place, ...registered, row: row.line, station,
      t: "scrutineer/return.transcribed/v1", valid, votes,
    };
  }

  private noteNames(row: Row, place: readonly string[]): void {
    this.mapping.places.forEach((one, i) => {
      const field = one.name === undefined ? "" : this.field(row, one.name);
      if (field === "" || this.named.has(place[i]!)) return;
      this.named.add(place[i]!);
      this.names.push({
        import: this.head,
        level: this.definition.levels[i]!.id,
        name: tidy(field),
        t: "scrutineer/unit.named/v1",
        unit: place[i]!,
      });
    });
  }
}

/** The entries of an import, its head first, as its file gives them. */
export function importEntries(
  head: Import,
  file: Uint8Array,
  mappingFile: Uint8Array | undefined,
  definition: Definition,
): string[] {
  let mapping = mappingFile && parseMapping(mappingFile, definition);
  const encoding = mapping?.encoding ?? "utf-8";
  const rows = rowsOf(decoded(file, encoding), mapping?.delimiter ?? ",");
  const header = rows.next().value?.fields ?? wrong("is empty: not even a header");
  mapping ??= byConvention(header, definition);
  const reader = new Reader(mapping, header, definition, head.index);
  for (const row of rows) reader.read(row);
  const first = {
    ...head.fields,
    names: reader.names.length,
    rows: reader.rows.length,
    refused: reader.refused.length,
  };
  return [first, ...reader.names, ...reader.rows, ...reader.refused].map((entry) => write(entry));
}

