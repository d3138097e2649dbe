// SPDX-License-Identifier: Apache-2.0
//
// The returns as tables, CSV and Parquet, made again to be compared (docs/formats/bundle.md).

import type { Return } from "./accept.js";
import { joined, utf8 } from "./bytes.js";
import type { State } from "./state.js";

interface Column {
  readonly name: string;
  readonly texts?: readonly string[];
  readonly counts?: readonly (number | undefined)[];
}

export function columnsOf(state: State, returns: readonly Return[]): Column[] {
  const texts = (name: string, of: (one: Return) => string): Column => ({ name, texts: returns.map(of) });
  const counts = (name: string, of: (one: Return) => number | undefined): Column => ({ name, counts: returns.map(of) });
  const levels = state.definition.levels.flatMap((level, i) => [
    texts(level.id, (one) => state.geography.ancestor(one.unit, i + 1)?.id ?? ""),
    texts(`${level.id}_name`, (one) => state.geography.ancestor(one.unit, i + 1)?.name ?? ""),
  ]);
  return [
    texts("station", (one) => one.station),
    ...levels,
    counts("registered", (one) => one.registered),
    counts("valid", (one) => one.valid),
    counts("null", (one) => one.null),
    counts("invalid", (one) => one.invalid),
    ...state.definition.options.map((option, i) => counts(option.id, (one) => one.votes[i])),
    counts("log_entry", (one) => one.entry),
    counts("sources_agreeing", (one) => one.agreeing),
    texts("borne_by_entries", (one) => one.borneBy.join(" ")),
  ];
}

function quoted(field: string): string {
  return /[,"\r\n]/.test(field) ? `"${field.replace(/"/g, '""')}"` : field;
}

export function csv(columns: readonly Column[]): Uint8Array {
  const rows = (columns[0]!.texts ?? []).map((_, row) =>
    columns.map((column) => quoted(column.texts?.[row] ?? String(column.counts?.[row] ?? ""))).join(","),
  );
  return utf8([columns.map((column) => quoted(column.name)).join(","), ...rows].map((line) => `${line}\n`).join(""));
}

// ---- Parquet: one row group, one plain page a column, headers in Thrift's compact protocol

type Field = [id: number, value: Thrift];
type Thrift =
  | { i32: number }
  | { i64: number }
  | { text: string }
  | { list: readonly Thrift[]; of: number }
  | { struct: readonly Field[] };

const I32 = 5;
const BINARY = 8;
const STRUCT = 12;

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return [...bytes, value];
}

function typeOf(value: Thrift): number {
  return "i32" in value ? I32 : "i64" in value ? 6 : "text" in value ? BINARY : "list" in value ? 9 : STRUCT;
}

function thrift(value: Thrift): number[] {
  if ("i32" in value) return varint(value.i32 * 2);
  if ("i64" in value) return varint(value.i64 * 2);
  if ("text" in value) return [...varint(utf8(value.text).length), ...utf8(value.text)];
  if ("list" in value) {
    const size = value.list.length;
    return [...(size < 15 ? [size * 16 + value.of] : [0xf0 + value.of, ...varint(size)]), ...value.list.flatMap(thrift)];
  }
  let last = 0;
  const fields = value.struct.flatMap(([id, inner]) => {
    const step = id - last;
    last = id;
    return [step * 16 + typeOf(inner), ...thrift(inner)];
  });
  return [...fields, 0];
}

const i32 = (value: number): Thrift => ({ i32: value });
const i64 = (value: number): Thrift => ({ i64: value });
const text = (value: string): Thrift => ({ text: value });
const struct = (...fields: Field[]): Thrift => ({ struct: fields });

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

function pageOf(column: Column): Uint8Array {
  if (column.texts) {
    return joined(
      column.texts.flatMap((one) => {
        const bytes = utf8(one);
        return [uint32(bytes.length), bytes];
      }),
    );
  }
  const counts = column.counts!;
  const runs: number[] = [];
  for (let begin = 0, end = 0; begin < counts.length; begin = end) {
    const there = counts[begin] !== undefined;
    while (end < counts.length && (counts[end] !== undefined) === there) ++end;
    runs.push(...varint((end - begin) * 2), there ? 1 : 0);
  }
  const known = counts.filter((one) => one !== undefined);
  const values = new DataView(new ArrayBuffer(8 * known.length));
  known.forEach((one, i) => values.setBigInt64(8 * i, BigInt(one), true));
  return joined([uint32(runs.length), Uint8Array.from(runs), new Uint8Array(values.buffer)]);
}

export function parquet(columns: readonly Column[]): Uint8Array {
  const rows = (columns[0]!.texts ?? []).length;
  const parts: Uint8Array[] = [utf8("PAR1")];
  let at = 4;
  const chunks = columns.map((column) => {
    const page = pageOf(column);
    const header = Uint8Array.from(
      thrift(
        struct([1, i32(0)], [2, i32(page.length)], [3, i32(page.length)],
          [5, struct([1, i32(rows)], [2, i32(0)], [3, i32(3)], [4, i32(3)])]),
      ),
    );
    parts.push(header, page);
    const chunk = { at, size: header.length + page.length };
    at += chunk.size;
    return chunk;
  });
  const type = (column: Column): Thrift => i32(column.texts ? 6 : 2);
  const schema = [
    struct([4, text("schema")], [5, i32(columns.length)]),
    ...columns.map((column) =>
      struct([1, type(column)], [3, i32(column.texts ? 0 : 1)], [4, text(column.name)],
        ...(column.texts ? [[6, i32(0)] as Field] : [])),
    ),
  ];
  const groups = columns.map((column, i) => {
    const { at: offset, size } = chunks[i]!;
    return struct([2, i64(offset)], [3, struct(
      [1, type(column)], [2, { list: [i32(0), i32(3)], of: I32 }], [3, { list: [text(column.name)], of: BINARY }],
      [4, i32(0)], [5, i64(rows)], [6, i64(size)], [7, i64(size)], [9, i64(offset)])]);
  });
  const all = chunks.reduce((sum, chunk) => sum + chunk.size, 0);
  const footer = Uint8Array.from(
    thrift(
      struct([1, i32(1)], [2, { list: schema, of: STRUCT }], [3, i64(rows)],
        [4, { list: [struct([1, { list: groups, of: STRUCT }], [2, i64(all)], [3, i64(rows)])], of: STRUCT }],
        [6, text("scrutineer")]),
    ),
  );
  return joined([...parts, footer, uint32(footer.length), utf8("PAR1")]);
}
