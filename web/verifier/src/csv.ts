// SPDX-License-Identifier: Apache-2.0
//
// RFC 4180, as people's files have it: LF or CRLF, a byte order mark, empty lines passed over, a
// quote in the middle of a field a character like others.

import { wrong } from "./bytes.js";

export interface Row {
  readonly line: number; // of its first character, the first being 1
  readonly fields: readonly string[];
}

export function* rowsOf(text: string, delimiter: string): Generator<Row> {
  let at = text.startsWith("\ufeff") ? 1 : 0;
  let line = 1;
  const lineEnd = (): number => (text[at] === "\n" ? 1 : text.startsWith("\r\n", at) ? 2 : 0);

  const quoted = (): string => {
    const first = line;
    let field = "";
    for (++at; ; ) {
      const quote = text.indexOf('"', at);
      if (quote < 0) wrong(`line ${first}: a quote is opened here and never closed`);
      const part = text.slice(at, quote);
      line += part.split("\n").length - 1;
      field += part;
      at = quote + 1;
      if (text[at] !== '"') return field;
      field += '"';
      ++at;
    }
  };
  const plain = (): string => {
    const begin = at;
    while (at < text.length && text[at] !== delimiter && text[at] !== "\n") ++at;
    if (at > begin && text[at] === "\n" && text[at - 1] === "\r") --at;
    return text.slice(begin, at);
  };

  for (;;) {
    for (let size = lineEnd(); size > 0; size = lineEnd()) {
      at += size;
      ++line;
    }
    if (at >= text.length) return;
    const row = { line, fields: [] as string[] };
    for (;;) {
      row.fields.push(text[at] === '"' ? quoted() : plain());
      const size = lineEnd();
      if (size > 0 || at >= text.length) {
        if (size > 0) ++line;
        at += size;
        break;
      }
      if (text[at] !== delimiter) wrong(`line ${line}: something stands behind a closing quote`);
      ++at;
      if (at >= text.length) {
        row.fields.push("");
        break;
      }
    }
    yield row;
  }
}
