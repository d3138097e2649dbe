// SPDX-License-Identifier: Apache-2.0
//
//   node verifier.mjs PATH --key KEY [--policy FILE] [--known FILE] [--lang es|en] [--json]
//
// PATH is a bundle, folder or tar. Ends with 0, or 10 + the lowest level that does not hold; 2 if the
// command line is wrong, 3 if something that was named cannot be used.

import { webcrypto } from "node:crypto";
import { type FileHandle, open, readdir, readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

import { textOf, wrong, Wrong } from "./bytes.js";
import { type Policy, parsePolicy, parseVkey, type Vkey } from "./note.js";
import { exitOf, type Report } from "./report.js";
import { fileOf, type Source } from "./source.js";
import { listTar } from "./tar.js";
import { keyInside, verify } from "./verify.js";
import { type Language, text } from "./words.js";

// Node 18 has it, but not yet under its own name.
globalThis.crypto ??= webcrypto as unknown as Crypto;

async function readAt(file: FileHandle, offset: number, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  for (let done = 0; done < size; ) {
    const { bytesRead } = await file.read(bytes, done, size - done, offset + done);
    if (bytesRead === 0) wrong("a file ends too early");
    done += bytesRead;
  }
  return bytes;
}

async function filesBelow(folder: string, prefix = ""): Promise<string[]> {
  const paths: string[] = [];
  for (const entry of await readdir(join(folder, prefix), { withFileTypes: true })) {
    const path = prefix + entry.name;
    if (entry.isDirectory()) paths.push(...(await filesBelow(folder, `${path}/`)));
    else if (!entry.name.startsWith(".")) paths.push(path);
  }
  return paths.sort();
}

async function folderSource(folder: string): Promise<Source> {
  const paths = await filesBelow(folder);
  const known = new Set(paths);
  return {
    paths,
    size: async (path) => (known.has(path) ? (await stat(join(folder, path))).size : undefined),
    read: async (path, offset, size) => {
      const file = await open(join(folder, path));
      try {
        return await readAt(file, offset, size);
      } finally {
        await file.close();
      }
    },
  };
}

async function tarSource(file: FileHandle): Promise<Source> {
  const members = await listTar((await file.stat()).size, (offset, size) => readAt(file, offset, size));
  return {
    paths: [...members.keys()].sort(),
    size: async (name) => members.get(name)?.size,
    read: async (name, offset, size) => readAt(file, members.get(name)!.offset + offset, size),
  };
}

async function withSource<T>(path: string, use: (source: Source) => Promise<T>): Promise<T> {
  if ((await stat(path)).isDirectory()) return use(await folderSource(path));
  const file = await open(path);
  try {
    return await use(await tarSource(file));
  } finally {
    await file.close();
  }
}

async function trusted(source: Source, said: string | undefined, policy: Policy | undefined): Promise<{ key: Vkey; given: boolean }> {
  if (said !== undefined)
    return { key: parseVkey((said.includes("+") ? said : await readFile(said, "utf8")).trim()), given: true };
  if (policy === undefined) return { key: parseVkey(await keyInside(source)), given: false };
  const checkpoint = await fileOf(source, "log/checkpoint");
  const origin = checkpoint ? textOf(checkpoint).split("\n")[0] : "";
  const only = policy.logs.length === 1 ? policy.logs[0] : undefined;
  const key = policy.logs.find((log) => log.name === origin) ?? only;
  return { key: key ?? wrong("the policy names several logs, and none of them is that of the bundle"), given: true };
}

function json(report: Report): string {
  return JSON.stringify({
    schema: "scrutineer.second-verification/1",
    holds: exitOf(report) === 0,
    exit: exitOf(report),
    origin: report.origin,
    tree_size: report.size,
    root: report.root,
    key: report.keyGiven ? "given" : "from-the-folder",
    policy: report.policyGiven ? "given" : "none",
    cosigned_by: report.cosignedBy,
    levels: report.levels.map((level) => ({
      level: level.level,
      name: level.name,
      holds: level.holds(),
      reached: level.reached,
      checked: level.checked,
      problems: level.problems,
      further_problems: level.further,
    })),
    results: report.results,
    unknown_types: report.unknownTypes,
    keys: report.keys,
    voided: report.voided,
    void_checkpoints: report.voidCheckpoints,
    sealed: report.sealed,
    withheld: report.withheld,
    pictures_withheld: report.picturesWithheld,
    pictures_redacted: report.picturesRedacted,
    pictures_not_read: report.picturesNotRead,
    left_out: [...report.leftOut],
  });
}

async function main(args: string[], say: (text: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      key: { type: "string" },
      policy: { type: "string" },
      known: { type: "string" },
      lang: { type: "string" },
      json: { type: "boolean" },
    },
  });
  if (positionals.length !== 1 || (values.lang !== undefined && !["es", "en"].includes(values.lang))) {
    process.stderr.write("node verifier.mjs PATH --key KEY [--policy FILE] [--known FILE] [--lang es|en] [--json]\n");
    return 2;
  }
  const policy = values.policy === undefined ? undefined : parsePolicy(await readFile(values.policy));
  const report = await withSource(positionals[0]!, async (source) => {
    const trust = await trusted(source, values.key, policy);
    const known = values.known === undefined ? undefined : await readFile(values.known);
    const found = await verify(source, { ...trust, policy, known });
    // It says nothing of the bundle, so it must not accuse it.
    if (found.knownIsForeign) wrong(`${values.known}: is no checkpoint signed with a key of this log`);
    return found;
  });
  const spoken: Language = values.lang === "es" ? "es" : "en";
  say(values.json ? `${json(report)}\n` : text(report, spoken));
  return exitOf(report);
}

/** The program, for a command line without its own name. */
export async function run(args: string[], say: (text: string) => void, complain: (text: string) => void): Promise<number> {
  try {
    return await main(args, say);
  } catch (error) {
    const code = (error as { code?: string }).code ?? "";
    const usage = code.startsWith("ERR_PARSE_ARGS");
    const known = error instanceof Wrong || code === "ENOENT" || usage;
    complain(`${known ? (error as Error).message : String((error as Error).stack)}\n`);
    return usage ? 2 : known ? 3 : 70;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(await realpath(process.argv[1])).href)
  process.exitCode = await run(
    process.argv.slice(2),
    (text) => process.stdout.write(text),
    (text) => process.stderr.write(text),
  );
