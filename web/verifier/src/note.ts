// SPDX-License-Identifier: Apache-2.0
//
// Signed notes, checkpoints, cosignatures and policies of C2SP (docs/formats/checkpoint.md).

import { decimal, equal, fromBase64, hex, joined, textOf, utf8, wrong } from "./bytes.js";
import { isSoundKey, verifies } from "./ed25519.js";
import { sha256 } from "./sha256.js";

export interface Vkey {
  readonly text: string;
  readonly name: string;
  readonly id: string; // eight hex digits
  readonly type: number; // 1: Ed25519, 4: cosignature/v1
  readonly key: Uint8Array;
}

const FORBIDDEN_IN_NAME =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0020+\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

function checkName(name: string): string {
  if (name === "" || FORBIDDEN_IN_NAME.test(name)) wrong("is no name of a key");
  return name;
}

export function parseVkey(text: string): Vkey {
  const first = text.indexOf("+");
  const second = text.indexOf("+", first + 1);
  if (first < 0 || second < 0) wrong("a key is written name+id+base64");
  const name = checkName(text.slice(0, first));
  const typed = fromBase64(text.slice(second + 1));
  if (!typed || typed.length !== 33) wrong("the last part of the key is not 33 bytes of base64");
  const type = typed[0]!;
  if (type !== 1 && type !== 4) wrong("the key is not of type 0x01 or 0x04");
  const key = typed.subarray(1);
  if (!isSoundKey(key)) wrong("the key is one for which anybody can sign");
  const id = hex(sha256(joined([utf8(name), Uint8Array.of(10), typed])).subarray(0, 4));
  if (text.slice(first + 1, second) !== id) wrong("the key's id is not that of its name and bytes");
  return { text, name, id, type, key };
}

interface Line {
  readonly name: string;
  readonly id: string;
  readonly payload: Uint8Array;
}

interface Note {
  readonly text: string;
  readonly lines: readonly Line[];
}

export function parseNote(bytes: Uint8Array): Note {
  if (bytes.length > 1 << 20) wrong("the note is over 1 MiB");
  const whole = textOf(bytes);
  // eslint-disable-next-line no-control-regex
  if (!whole.endsWith("\n") || /[\u0000-\u0009\u000b-\u001f]/.test(whole))
    wrong("a note has no control characters and ends with a newline");
  const blank = whole.lastIndexOf("\n\n");
  if (blank < 0) wrong("the note has no blank line before its signatures");
  const rest = whole.slice(blank + 2);
  if (rest === "") wrong("the note is not signed");
  const lines = rest.slice(0, -1).split("\n").map(parseLine);
  if (lines.length > 100) wrong("the note has more than 100 signature lines");
  return { text: whole.slice(0, blank + 1), lines };
}

function parseLine(line: string): Line {
  const parts = /^\u2014 ([^ ]+) ([A-Za-z0-9+/=]+)$/u.exec(line);
  const bytes = parts ? fromBase64(parts[2]!) : undefined;
  if (!parts || !bytes || bytes.length < 5) wrong("a line of the note is no signature");
  return { name: checkName(parts[1]!), id: hex(bytes.subarray(0, 4)), payload: bytes.subarray(4) };
}

async function holds(text: string, line: Line, key: Vkey): Promise<boolean> {
  if (key.type === 1) return verifies(key.key, utf8(text), line.payload);
  if (line.payload.length !== 72) return false;
  const time = new DataView(line.payload.buffer, line.payload.byteOffset).getBigUint64(0);
  if (time >= 1n << 63n) return false;
  const signed = utf8(`cosignature/v1\ntime ${time}\n${text}`);
  return verifies(key.key, signed, line.payload.subarray(8));
}

/** Places in `keys` whose signatures hold. A known key whose signature fails spoils the note. */
async function signers(note: Note, keys: readonly Vkey[]): Promise<Set<number>> {
  const seen = new Set<number>();
  for (const line of note.lines) {
    const matching = keys.filter((key) => key.name === line.name && key.id === line.id);
    if (matching.some((key) => !equal(key.key, matching[0]!.key) || key.type !== matching[0]!.type))
      wrong("two keys have the same name and id");
    const place = matching[0] ? keys.indexOf(matching[0]) : -1;
    if (place < 0 || seen.has(place)) continue;
    if (!(await holds(note.text, line, keys[place]!))) wrong(`${line.name}: the signature does not verify`);
    seen.add(place);
  }
  if (seen.size === 0) wrong("the note is not signed by a known key");
  return seen;
}

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

const EMPTY = hex(sha256(new Uint8Array(0)));

function parseCheckpoint(text: string): Checkpoint & { extensions: number } {
  const lines = text.slice(0, -1).split("\n");
  const [origin, sizeText, rootText] = lines;
  const size = decimal(sizeText ?? "");
  const root = fromBase64(rootText ?? "");
  if (!origin || size === undefined || root?.length !== 32 || lines.slice(3).includes(""))
    wrong("is no checkpoint");
  if (size === 0 && hex(root) !== EMPTY) wrong("the root of no entries is another");
  return { origin, size, root, extensions: lines.length - 3 };
}

/** A checkpoint as this log signs it: the origin is the key's name, no extension lines. */
export async function openCheckpoint(bytes: Uint8Array, key: Vkey): Promise<Checkpoint> {
  return (await openCheckpointBy(bytes, [key])).checkpoint;
}

/** The same by one of several keys of one log; with those that signed it. */
export async function openCheckpointBy(bytes: Uint8Array, keys: readonly Vkey[]): Promise<{ checkpoint: Checkpoint; signed: Vkey[] }> {
  const note = parseNote(bytes);
  const checkpoint = parseCheckpoint(note.text);
  if (keys.some((key) => key.type !== 1)) wrong("the key is not one that a log signs with");
  if (keys.some((key) => key.name !== checkpoint.origin)) wrong("is of another log");
  if (checkpoint.extensions > 0) wrong("has extension lines");
  const good = await signers(note, keys);
  return { checkpoint, signed: keys.filter((_, place) => good.has(place)) };
}

/** The policy with another key for a log. */
export function withLogKey(policy: Policy, old: Vkey, next: Vkey): Policy {
  return { ...policy, logs: policy.logs.map((log) => (log.text === old.text ? next : log)) };
}

// ---- policies

interface Named {
  readonly name: string;
  readonly witness?: number; // place among the witnesses, or it is a group:
  readonly needed: number;
  readonly members: readonly number[]; // places above
}

export interface Policy {
  readonly logs: readonly Vkey[];
  readonly witnesses: readonly { readonly name: string; readonly key: Vkey }[];
  readonly named: readonly Named[];
  readonly quorum: number | undefined; // place in `named`; nothing: none is needed
}

export function parsePolicy(bytes: Uint8Array): Policy {
  const text = textOf(bytes);
  // eslint-disable-next-line no-control-regex
  if (bytes.length > 1 << 20 || /[\u0000-\u0008\u000b-\u001f\u007f]/.test(text))
    wrong("the policy is over 1 MiB or holds a control character");
  if (!text.endsWith("\n")) wrong("the policy does not end with a newline");
  const logs: Vkey[] = [];
  const witnesses: { name: string; key: Vkey }[] = [];
  const named: Named[] = [];
  const taken = new Set<number>();
  let quorum: number | undefined;
  let quorums = 0;

  const place = (name: string): number => {
    const found = named.findIndex((one) => one.name === name);
    return found < 0 ? wrong(`no witness or group above has the name ${name}`) : found;
  };
  const newName = (name: string): string => {
    if (name === "none" || named.some((one) => one.name === name)) wrong(`${name} cannot be defined`);
    return name;
  };
  const newKey = (written: string, type: number): Vkey => {
    const key = parseVkey(written);
    if (key.type !== type) wrong("a key of another type is due here");
    for (const known of [...logs, ...witnesses.map((one) => one.key)])
      if (equal(known.key, key.key) || (known.name === key.name && known.id === key.id))
        wrong("the same key twice");
    return key;
  };
  const threshold = (word: string, count: number): number => {
    const needed = word === "all" ? count : word === "any" ? 1 : decimal(word);
    if (needed === undefined || needed < 1 || needed > count) wrong("a group's number is wrong");
    return needed;
  };

  for (const line of text.split("\n")) {
    const words = line.split(/[ \t]+/);
    if (words.at(-1) === "") words.pop();
    if (line === "" || words.length === 0 || words[0]!.startsWith("#")) continue;
    const [kind, ...rest] = words as [string, ...string[]];
    if (kind === "log" && (rest.length === 1 || rest.length === 2)) {
      logs.push(newKey(rest[0]!, 1));
    } else if (kind === "witness" && (rest.length === 2 || rest.length === 3)) {
      const name = newName(rest[0]!);
      const key = newKey(rest[1]!, 4);
      named.push({ name, witness: witnesses.length, needed: 1, members: [] });
      witnesses.push({ name, key });
    } else if (kind === "group" && rest.length >= 3) {
      const name = newName(rest[0]!);
      const needed = threshold(rest[1]!, rest.length - 2);
      const members = rest.slice(2).map(place);
      for (const member of members) {
        if (taken.has(member)) wrong(`${named[member]!.name} is in a group already`);
        taken.add(member);
      }
      named.push({ name, needed, members });
    } else if (kind === "quorum" && rest.length === 1 && quorums++ === 0) {
      quorum = rest[0] === "none" ? undefined : place(rest[0]!);
    } else {
      wrong(`is no line of a policy: ${line}`);
    }
  }
  if (quorums === 0) wrong("the policy has no quorum line");
  return { logs, witnesses, named, quorum };
}

/** Names of the witnesses that cosigned, if the policy believes the checkpoint. */
export async function cosigners(bytes: Uint8Array, policy: Policy): Promise<string[]> {
  const note = parseNote(bytes);
  const { origin } = parseCheckpoint(note.text);
  const keys = [...policy.logs, ...policy.witnesses.map((one) => one.key)];
  const good = await signers(note, keys);
  if (!policy.logs.some((log, place) => log.name === origin && good.has(place)))
    wrong("no log of the policy signed it under its own name");
  const met: boolean[] = [];
  for (const one of policy.named) {
    met.push(
      one.witness !== undefined
        ? good.has(policy.logs.length + one.witness)
        : one.members.filter((member) => met[member]).length >= one.needed,
    );
  }
  if (policy.quorum !== undefined && !met[policy.quorum])
    wrong("the witnesses that cosigned it are not a quorum");
  return policy.witnesses
    .filter((_, place) => good.has(policy.logs.length + place))
    .map((one) => one.name)
    .sort();
}
