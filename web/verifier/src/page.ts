// SPDX-License-Identifier: Apache-2.0
//
// The page: a bundle is dropped, a verdict is shown. Nothing leaves the machine; the page may not even
// ask for anything (its content policy forbids it).

import { utf8, wrong, Wrong } from "./bytes.js";
import { parsePolicy, parseVkey } from "./note.js";
import { exitOf, type Report } from "./report.js";
import type { Source } from "./source.js";
import { inFolder, listTar } from "./tar.js";
import { keyInside, verify } from "./verify.js";
import { type Language, LEVEL_WORDS, remarks, verdict, word } from "./words.js";

const PAGE_WORDS: Record<string, { en: string; es: string }> = {
  title: { en: "Check the count of an election", es: "Comprobar el recuento de una elección" },
  intro: {
    en: "This page checks a bundle on your own machine. It sends nothing anywhere, and needs no network.",
    es: "Esta página comprueba un paquete en su propia máquina. No envía nada y no necesita red.",
  },
  key: {
    en: "Public key of the log, as it was published elsewhere:",
    es: "Clave pública de la bitácora, como se publicó en otro lugar:",
  },
  policy: {
    en: "Policy of witnesses, if there is one (the text of log/policy, compared with what was published):",
    es: "Política de testigos, si la hay (el texto de log/policy, comparado con lo publicado):",
  },
  drop: { en: "Drop the folder of the bundle here, or its .tar file", es: "Suelte aquí la carpeta del paquete, o su archivo .tar" },
  folder: { en: "Choose a folder", es: "Elegir una carpeta" },
  tar: { en: "Choose a .tar file", es: "Elegir un archivo .tar" },
  whatTitle: { en: "What this shows, and what not", es: "Qué muestra esto y qué no" },
  what: {
    en: "If all levels hold, nothing was changed, removed or slipped in since the log was signed, and the count follows from what was received. It does not show that a sheet is authentic, that voting was free, nor why a figure is wrong.",
    es: "Si todos los niveles se sostienen, nada se cambió, quitó ni añadió desde que se firmó la bitácora, y el recuento se sigue de lo recibido. No muestra que un acta sea auténtica, que el voto fuera libre, ni por qué una cifra es falsa.",
  },
};

let language: Language = navigator.language.startsWith("es") ? "es" : "en";
let last: Report | undefined;

function element<T extends HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

function speak(): void {
  document.documentElement.lang = language;
  element("language").textContent = language === "es" ? "English" : "Español";
  for (const spoken of document.querySelectorAll<HTMLElement>("[data-word]"))
    spoken.textContent = PAGE_WORDS[spoken.dataset["word"]!]![language];
  if (last) show(last);
}

function show(report: Report): void {
  last = report;
  element("progress").hidden = true;
  const said = element("verdict");
  said.hidden = false;
  said.textContent = verdict(report, language);
  said.className = exitOf(report) === 0 ? "good" : "bad";
  said.dataset["exit"] = String(exitOf(report));
  const log = element("log");
  log.hidden = report.origin === "";
  log.textContent = `${word("log", language)} ${report.origin}, ${report.size} ${word("entries", language)}, ${word("root", language)} ${report.root}`;
  element("levels").replaceChildren(
    ...report.levels.map((level) => {
      const line = document.createElement("li");
      const mark = !level.reached ? "-" : level.holds() ? "\u2713" : "\u2717";
      const not = level.reached ? "" : ` (${word("notReached", language)})`;
      line.textContent = `${mark} ${level.level}  ${LEVEL_WORDS[level.level]![language]}${not}`;
      if (level.reached) line.className = level.holds() ? "good" : "bad";
      if (level.problems.length > 0) {
        const list = document.createElement("ul");
        list.append(...level.problems.map((one) => item(`${one.where}: ${one.what}`)));
        line.append(list);
      }
      return line;
    }),
  );
  element("remarks").replaceChildren(...remarks(report, language).map(item));
}

function item(text: string): HTMLLIElement {
  const line = document.createElement("li");
  line.textContent = text;
  return line;
}

function fail(error: unknown): void {
  last = undefined;
  element("progress").hidden = true;
  const said = element("verdict");
  said.hidden = false;
  said.className = "bad";
  said.dataset["exit"] = error instanceof Wrong ? "3" : "70";
  said.textContent = (error as Error).message;
  element("levels").replaceChildren();
  element("remarks").replaceChildren();
}

async function slice(file: File, offset: number, size: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(offset, offset + size).arrayBuffer());
}

function folderSource(files: Map<string, File>): Source {
  const within = inFolder(files);
  return {
    paths: [...within.keys()].sort(),
    size: async (path) => within.get(path)?.size,
    read: async (path, offset, size) => slice(within.get(path)!, offset, size),
  };
}

async function tarSource(file: File): Promise<Source> {
  const members = await listTar(file.size, (offset, size) => slice(file, offset, size));
  return {
    paths: [...members.keys()].sort(),
    size: async (path) => members.get(path)?.size,
    read: async (path, offset, size) => slice(file, members.get(path)!.offset + offset, size),
  };
}

async function run(open: () => Source | Promise<Source>): Promise<void> {
  const progress = element("progress");
  progress.hidden = false;
  element("verdict").hidden = true;
  try {
    const source = await open();
    const said = element<HTMLTextAreaElement>("key").value.trim();
    const policyText = element<HTMLTextAreaElement>("policy").value;
    const policy = policyText.trim() === "" ? undefined : parsePolicy(utf8(`${policyText.trimEnd()}\n`));
    const only = policy?.logs.length === 1 ? policy.logs[0] : undefined;
    const key = said === "" && only ? only : parseVkey(said === "" ? await keyInside(source) : said);
    let next = 0;
    const report = await verify(source, { key, given: said !== "" || only !== undefined, policy }, (level, done, all) => {
      if (performance.now() < next) return;
      next = performance.now() + 100;
      progress.textContent = `${level}: ${done} / ${all}`;
    });
    show(report);
  } catch (error) {
    fail(error);
  }
}

// ---- what is dropped

async function filesOf(entry: FileSystemEntry): Promise<[string, File][]> {
  if (entry.isFile)
    return new Promise((done, failed) =>
      (entry as FileSystemFileEntry).file((file) => done([[entry.fullPath.slice(1), file]]), failed),
    );
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: [string, File][] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0) return found;
    for (const one of some) found.push(...(await filesOf(one)));
  }
}

function dropped(event: DragEvent): void {
  event.preventDefault();
  element("drop").classList.remove("over");
  const entries = [...(event.dataTransfer?.items ?? [])]
    .map((one) => one.webkitGetAsEntry())
    .filter((entry): entry is FileSystemEntry => entry !== null);
  void run(async () => {
    const files = (await Promise.all(entries.map(filesOf))).flat();
    if (files.length === 0) wrong("nothing was dropped");
    return files.length === 1 ? tarSource(files[0]![1]) : folderSource(new Map(files));
  });
}

function chosen(event: Event): void {
  const input = event.target as HTMLInputElement;
  const files = [...(input.files ?? [])];
  if (files.length === 0) return;
  void run(() =>
    input.id === "tar"
      ? tarSource(files[0]!)
      : folderSource(new Map(files.map((file) => [file.webkitRelativePath, file]))),
  );
}

element("language").addEventListener("click", () => {
  language = language === "es" ? "en" : "es";
  speak();
});
element("choose-folder").addEventListener("click", () => element("folder").click());
element("choose-tar").addEventListener("click", () => element("tar").click());
element("folder").addEventListener("change", chosen);
element("tar").addEventListener("change", chosen);
for (const kind of ["dragenter", "dragover"])
  element("drop").addEventListener(kind, (event) => {
    event.preventDefault();
    element("drop").classList.add("over");
  });
element("drop").addEventListener("dragleave", () => element("drop").classList.remove("over"));
element("drop").addEventListener("drop", dropped);
speak();
