// SPDX-License-Identifier: Apache-2.0
//
// What is said to people, in both languages.

import { exitOf, type Report } from "./report.js";

export type Language = "en" | "es";

interface Text {
  readonly en: string;
  readonly es: string;
}

export const LEVEL_WORDS: readonly Text[] = [
  { en: "signed by those who are trusted", es: "firmado por quienes son de confianza" },
  { en: "every entry and tile is what was signed", es: "cada entrada y losa es lo que se firmó" },
  { en: "every entry follows its grammar", es: "cada entrada cumple su gramática" },
  { en: "every file of evidence is the one received", es: "cada archivo de evidencia es el recibido" },
  { en: "read again, the evidence says the same", es: "leída de nuevo, la evidencia dice lo mismo" },
  { en: "the result and the tables follow from the log", es: "el resultado y las tablas se siguen de la bitácora" },
];

const LEFT_OUT: Record<string, Text> = {
  pictures: {
    en: "Pictures of sheets are at hand; this verifier does not read them. The program scrutineer does.",
    es: "Hay imágenes de actas; este verificador no las lee. El programa scrutineer sí.",
  },
  redactions: {
    en: "What the pictures that are shown in part say, this verifier does not read. The program scrutineer does.",
    es: "Lo que dicen las imágenes que se muestran en parte no lo lee este verificador. El programa scrutineer sí.",
  },
  "no-result": {
    en: "No result was stated: the rest was checked.",
    es: "No hay resultado declarado: se comprobó lo demás.",
  },
};

const WORDS = {
  log: { en: "Log", es: "Bitácora" },
  entries: { en: "entries", es: "entradas" },
  root: { en: "root", es: "raíz" },
  notReached: { en: "not reached", es: "no se llegó a ver" },
  more: { en: "more", es: "más" },
  holds: { en: "All that was checked holds.", es: "Todo lo comprobado se sostiene." },
  fails: { en: "It does NOT hold: level ", es: "NO se sostiene: nivel " },
  cosigned: { en: "Cosigned by", es: "Cofirmado por" },
  unknown: { en: "Not counted, of a later program", es: "Sin contar, de un programa posterior" },
  keys: { en: "Keys of the log, the first first", es: "Claves de la bitácora, la primera primero" },
  voided: { en: "Counts for nothing, since its key was declared bad", es: "No cuenta, porque su clave fue declarada mala" },
  voidCheckpoint: {
    en: "Says nothing, since the log did not have that key by then",
    es: "No dice nada, porque la bitácora ya no tenía esa clave",
  },
  withheldBy: { en: "Withheld, by an entry that says why", es: "Retenida, por una entrada que dice por qué" },
  sealed: { en: "The log is sealed: it ends with entry", es: "La bitácora está sellada: termina con la entrada" },
  withheld: {
    en: "pictures are not in this copy: their reading could not be repeated.",
    es: "imágenes no están en esta copia: su lectura no se pudo repetir.",
  },
  redacted: {
    en: "pictures are shown in part: what two people approved is hidden, and nothing else was changed.",
    es: "imágenes se muestran en parte: se ocultó lo que dos personas aprobaron y nada más cambió.",
  },
  keyInside: {
    en: "NOTE: the key was taken from the bundle itself, so this proves only that it agrees with itself. Hold it against the key that was published.",
    es: "CUIDADO: la clave se tomó del propio paquete, así que esto solo prueba que concuerda consigo mismo. Compárela con la clave que se publicó.",
  },
} satisfies Record<string, Text>;

export type Word = keyof typeof WORDS;

export function word(key: Word, language: Language): string {
  return WORDS[key][language];
}

/** Remarks below the levels. */
export function remarks(report: Report, language: Language): string[] {
  const lines = report.unknownTypes.map((one) => `${word("unknown", language)}: ${one.where}: ${one.what}`);
  if (report.keys.length > 0) lines.push(`${word("keys", language)}: ${report.keys.join(", ")}`);
  for (const { from, by, person } of report.voided)
    lines.push(`${word("voided", language)}: ${from}-${by - 1}${person === "" ? "" : ` (${person})`}`);
  for (const path of report.voidCheckpoints) lines.push(`${word("voidCheckpoint", language)}: ${path}`);
  for (const picture of report.withheld) lines.push(`${word("withheldBy", language)}: ${picture}`);
  if (report.sealed !== undefined) lines.push(`${word("sealed", language)} ${report.sealed}.`);
  const withheld = report.picturesWithheld - report.picturesRedacted;
  if (withheld > 0) lines.push(`${withheld} ${word("withheld", language)}`);
  if (report.picturesRedacted > 0) lines.push(`${report.picturesRedacted} ${word("redacted", language)}`);
  if (report.policyGiven && report.levels[0]!.holds())
    lines.push(`${word("cosigned", language)}: ${report.cosignedBy.join(", ") || "-"}`);
  for (const left of report.leftOut) {
    const text = LEFT_OUT[left];
    if (text) lines.push(text[language]);
  }
  if (!report.keyGiven) lines.push(word("keyInside", language));
  return lines;
}

export function verdict(report: Report, language: Language): string {
  const exit = exitOf(report);
  return exit === 0 ? word("holds", language) : `${word("fails", language)}${exit - 10}.`;
}

export function text(report: Report, language: Language): string {
  let out = "";
  if (report.origin)
    out += `${word("log", language)} ${report.origin}, ${report.size} ${word("entries", language)}, ${word("root", language)} ${report.root}\n`;
  for (const level of report.levels) {
    const mark = !level.reached ? "-" : level.holds() ? "\u2713" : "\u2717";
    out += `  ${mark} ${level.level}  ${LEVEL_WORDS[level.level]![language]}`;
    out += level.reached ? "\n" : ` (${word("notReached", language)})\n`;
    for (const problem of level.problems) out += `      ${problem.where}: ${problem.what}\n`;
    if (level.further > 0) out += `      ${level.further} ${word("more", language)}\n`;
  }
  for (const line of remarks(report, language)) out += `  ${line}\n`;
  return `${out}${verdict(report, language)}\n`;
}
