// SPDX-License-Identifier: Apache-2.0
//
// What the printed code of a sheet says, by the definition's sheet formats.

import { decimal, wrong, Wrong } from "./bytes.js";
import type { Definition, Part, SheetFormat } from "./definition.js";

export interface Sheet {
  readonly station: string;
  readonly counted: boolean; // it says figures, not only which station it is of
  readonly valid: number;
  readonly null: number;
  readonly invalid: number;
  readonly registered: number | undefined;
  readonly votes: readonly number[]; // by option
}

export function sumOf(numbers: readonly number[]): number {
  let sum = 0;
  for (const number of numbers) {
    sum += number;
    if (!Number.isSafeInteger(sum)) wrong("more votes than can be counted");
  }
  return sum;
}

class Cursor {
  constructor(public rest: string) {}

  take(size: number): string {
    const taken = this.rest.slice(0, size);
    this.rest = this.rest.slice(size);
    return taken;
  }

  number(width: number): number {
    const digits = /^[0-9]*/.exec(width > 0 ? this.rest.slice(0, width) : this.rest)![0];
    if (digits === "" || (width > 0 && digits.length < width)) wrong("a count is missing");
    this.take(digits.length);
    const plain = width > 0 ? digits.replace(/^0+(?=.)/, "") : digits;
    return decimal(plain) ?? wrong(`"${digits}" is no count`);
  }
}

// The parts of "{centre:7}.{table:2}": literals, and names with their widths.
function codeParts(pattern: string): { literal?: string; name?: string; width: number }[] {
  return [...pattern.matchAll(/\{([^:}]*):([0-9]+)\}|[^{]/gs)].map((found) =>
    found[1] === undefined ? { literal: found[0], width: found[0].length } : { name: found[1], width: Number(found[2]) },
  );
}

export function codeLength(format: SheetFormat): number {
  return codeParts(format.code).reduce((sum, part) => sum + part.width, 0);
}

export function stationOfCode(code: string, format: SheetFormat): string {
  const named = new Map<string, string>();
  const cursor = new Cursor(code);
  for (const part of codeParts(format.code)) {
    const taken = cursor.take(part.width);
    if (part.name === undefined ? taken !== part.literal : !new RegExp(`^[0-9]{${part.width}}$`).test(taken))
      wrong(`"${code}" is no code of the form ${format.code}`);
    if (part.name !== undefined) named.set(part.name, taken);
  }
  if (cursor.rest !== "") wrong(`"${code}" is no code of the form ${format.code}`);
  return format.station.replace(/\{([^}]*)\}/g, (_, name: string) => named.get(name) ?? wrong("unknown part"));
}

function countsOf(cursor: Cursor, part: Part, lines: number): number[] {
  const counts: number[] = [];
  for (let i = 0; i < lines; ++i) {
    if (i > 0 && part.separator && cursor.take(1) !== part.separator) wrong("has too few counts");
    counts.push(cursor.number(part.width));
  }
  return counts;
}

function parseWith(text: string, definition: Definition, format: SheetFormat): Sheet {
  const cursor = new Cursor(text);
  const figures = new Map<string, number>();
  let station = "";
  let counts: number[] | undefined;
  for (const part of format.grammar) {
    if (part.kind === "literal") {
      if (cursor.take(part.text.length) !== part.text) wrong(`"${part.text}" is due`);
    } else if (part.kind === "code") {
      station = stationOfCode(cursor.take(codeLength(format)), format);
    } else if (part.kind === "counts") {
      counts = countsOf(cursor, part, format.ballotOrder.length);
    } else {
      figures.set(part.text, cursor.number(part.width));
    }
  }
  if (cursor.rest !== "") wrong("something stands behind the end");
  const byLine = new Map(format.ballotOrder.map((line, i) => [line, counts?.[i] ?? 0]));
  return {
    station,
    counted: counts !== undefined,
    valid: figures.get("valid") ?? sumOf(counts ?? []),
    null: figures.get("null") ?? 0,
    invalid: figures.get("invalid") ?? 0,
    registered: figures.get("registered"),
    votes: definition.options.map((option) => sumOf(option.lines.map((line) => byLine.get(line) ?? 0))),
  };
}

/** Of several formats the first that fits. */
export function parseSheet(text: string, definition: Definition): Sheet {
  let last: Wrong | undefined;
  for (const format of definition.sheets) {
    try {
      return parseWith(text, definition, format);
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      last = error;
    }
  }
  throw last ?? new Wrong("the definition has no sheet format");
}
