// SPDX-License-Identifier: Apache-2.0
//
// TOML as definitions, mappings and claims are written: tables, lists of tables, texts, whole and
// decimal numbers, booleans, dates, lists, inline tables, dotted keys. What it does not know it
// refuses, rather than guess: texts of several lines, hexadecimal numbers, exponents.

import { decimal, textOf, wrong } from "./bytes.js";

export class Decimal {
  constructor(readonly value: number) {}
}
export class Moment {
  constructor(readonly text: string) {}
}
export type Toml = string | number | bigint | boolean | Decimal | Moment | Toml[] | TomlTable;
export type TomlTable = Map<string, Toml>;

const ESCAPES: Record<string, string> = {
  b: "\b", t: "\t", n: "\n", f: "\f", r: "\r", '"': '"', "\\": "\\",
};

class Reader {
  private at = 0;
  private readonly root: TomlTable = new Map();
  private readonly headers = new Set<TomlTable>(); // tables that a [header] made
  private readonly closed = new Set<Toml>(); // inline tables and lists of values: whole as they are

  constructor(private readonly text: string) {}

  read(): TomlTable {
    let table = this.root;
    for (;;) {
      this.blanks(true);
      if (this.at === this.text.length) return this.root;
      if (this.text.startsWith("[[", this.at)) table = this.listHeader();
      else if (this.peek() === "[") table = this.header();
      else this.pair(table);
      this.lineEnd();
    }
  }

  private fail(what: string): never {
    return wrong(`line ${this.text.slice(0, this.at).split("\n").length}: ${what}`);
  }

  private peek(): string {
    return this.text[this.at] ?? "";
  }

  private take(token: string): void {
    if (!this.text.startsWith(token, this.at)) this.fail(`"${token}" is due`);
    this.at += token.length;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  // Spaces; with `lines` also line ends and comments.
  private blanks(lines: boolean): void {
    this.match(lines ? /(?:[ \t\n]|\r\n|#[^\n]*)*/y : /[ \t]*/y);
  }

  private lineEnd(): void {
    this.match(/[ \t]*(?:#[^\n]*)?/y);
    if (this.at < this.text.length && this.match(/\r?\n/y) === undefined) this.fail("something stands behind a value");
  }

  private key(): string[] {
    const parts: string[] = [];
    do {
      this.blanks(false);
      const quote = this.peek();
      parts.push(
        quote === '"' || quote === "'"
          ? this.string()
          : (this.match(/[A-Za-z0-9_-]+/y) ?? this.fail("a key is due")),
      );
      this.blanks(false);
    } while (this.match(/\./y) !== undefined);
    return parts;
  }

  // The table at the end of a path, made where it is missing; of a list the last.
  private descend(from: TomlTable, path: readonly string[]): TomlTable {
    let table = from;
    for (const part of path) {
      let next = table.get(part);
      if (next === undefined) table.set(part, (next = new Map<string, Toml>()));
      if (this.closed.has(next)) this.fail(`${part} is whole already`);
      if (Array.isArray(next)) next = next.at(-1)!;
      if (!(next instanceof Map)) this.fail(`${part} is no table`);
      table = next;
    }
    return table;
  }

  private header(): TomlTable {
    this.take("[");
    const path = this.key();
    this.take("]");
    const above = this.descend(this.root, path.slice(0, -1));
    if (Array.isArray(above.get(path.at(-1)!))) this.fail("is a list already");
    const table = this.descend(above, path.slice(-1));
    if (this.headers.has(table)) this.fail("the table stands twice");
    this.headers.add(table);
    return table;
  }

  private listHeader(): TomlTable {
    this.take("[[");
    const path = this.key();
    this.take("]]");
    const above = this.descend(this.root, path.slice(0, -1));
    const name = path.at(-1)!;
    let list = above.get(name);
    if (list === undefined) above.set(name, (list = []));
    if (!Array.isArray(list) || this.closed.has(list)) this.fail("is no list of tables");
    const table: TomlTable = new Map();
    list.push(table);
    this.headers.add(table);
    return table;
  }

  private pair(table: TomlTable): void {
    const path = this.key();
    this.take("=");
    this.blanks(false);
    const into = this.descend(table, path.slice(0, -1));
    if (path.length > 1 && this.headers.has(into)) this.fail("adds to a table that stands elsewhere");
    if (into.has(path.at(-1)!)) this.fail("the key stands twice");
    into.set(path.at(-1)!, this.value());
  }

  private value(): Toml {
    const first = this.peek();
    if (first === '"' || first === "'") return this.string();
    if (first === "[") return this.list();
    if (first === "{") return this.inlineTable();
    if (this.match(/true(?![A-Za-z0-9_-])/y)) return true;
    if (this.match(/false(?![A-Za-z0-9_-])/y)) return false;
    const word = this.match(/[0-9+-][0-9A-Za-z_:.+-]*(?: [0-9]{2}:[0-9:.]+(?:Z|[+-][0-9:]+)?)?/y);
    return word === undefined ? this.fail("a value is due") : this.number(word);
  }

  private number(word: string): Toml {
    if (/^\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)?)?$/.test(word))
      return new Moment(word);
    const plain = /^[+-]?(?:0|[1-9](?:_?[0-9])*)$/.test(word);
    const digits = word.replace(/_/g, "").replace(/^\+/, "");
    if (plain) {
      const whole = decimal(digits.replace(/^-/, ""));
      if (whole !== undefined) return digits.startsWith("-") ? 0 - whole : whole;
      const large = BigInt(digits);
      if (large < -(1n << 63n) || large >= 1n << 63n) this.fail("the number is too large");
      return large;
    }
    if (/^[+-]?(?:0|[1-9](?:_?[0-9])*)\.[0-9](?:_?[0-9])*$/.test(word)) return new Decimal(Number(digits));
    return this.fail(`"${word}" is not a number, date or time that is known here`);
  }

  private string(): string {
    const quote = this.peek();
    if (this.text.startsWith(quote.repeat(3), this.at)) this.fail("texts of several lines are not known here");
    ++this.at;
    let text = "";
    for (;;) {
      const c = this.peek();
      if (c === "" || c === "\n" || (c < " " && c !== "\t")) this.fail("a text that does not end");
      ++this.at;
      if (c === quote) return text;
      text += quote === '"' && c === "\\" ? this.escape() : c;
    }
  }

  private escape(): string {
    const code = this.match(/u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}/y);
    if (code !== undefined) {
      const point = parseInt(code.slice(1), 16);
      if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) this.fail("is no character");
      return String.fromCodePoint(point);
    }
    const c = ESCAPES[this.peek()];
    if (c === undefined) this.fail("is no escape");
    ++this.at;
    return c;
  }

  private list(): Toml[] {
    this.take("[");
    const list: Toml[] = [];
    for (;;) {
      this.blanks(true);
      if (this.peek() === "]") break;
      list.push(this.value());
      this.blanks(true);
      if (this.match(/,/y) === undefined) break;
    }
    this.take("]");
    this.closed.add(list);
    return list;
  }

  private inlineTable(): TomlTable {
    this.take("{");
    const table: TomlTable = new Map();
    this.blanks(false);
    if (this.peek() !== "}") {
      do this.pair(table);
      while ((this.blanks(false), this.match(/,/y)) !== undefined);
    }
    this.blanks(false);
    this.take("}");
    this.closed.add(table);
    return table;
  }
}

export function parseToml(bytes: Uint8Array): TomlTable {
  const text = textOf(bytes).replace(/^\ufeff/, "");
  if (text === "") wrong("is empty");
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)) wrong("holds a control character");
  return new Reader(text).read();
}
