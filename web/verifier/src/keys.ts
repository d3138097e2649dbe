// SPDX-License-Identifier: Apache-2.0
//
// Which key the log had when, what counts for nothing since a key was declared bad, and where the log
// ends (docs/formats/keys.md).

import { fromBase64, utf8, Wrong, wrong } from "./bytes.js";
import { type JsonObject, write } from "./canon.js";
import { type Guardians } from "./definition.js";
import { verifies } from "./ed25519.js";
import { decodeEntry } from "./entries.js";
import { parseVkey, type Vkey } from "./note.js";
import { type People } from "./people.js";

export interface LogKey {
  readonly key: Vkey;
  readonly since: number; // the entry that brought it; 0: the first
  readonly badBefore?: number; // brought by guardians: the one before is bad from this entry on
}

/** Entries from .. by-1: all of them, or what a person approved. */
export interface Voided {
  readonly from: number;
  readonly by: number;
  readonly person: string; // empty: all
}

function signingKey(text: string): Vkey {
  const key = parseVkey(text);
  return key.type === 1 ? key : wrong("is no key that signs");
}

async function mustHaveSigned(key: Vkey, said: Uint8Array, signature: string, what: string): Promise<void> {
  if (!(await verifies(key.key, said, fromBase64(signature)!))) wrong(`${what}: the signature does not hold`);
}

/** What is signed: the entry without these fields. */
function saidWithout(fields: JsonObject, ...left: string[]): Uint8Array {
  const said = Object.fromEntries(Object.entries(fields).filter(([name]) => !left.includes(name)));
  return utf8(`scrutineer/entry/v1\n${write(said as JsonObject)}`);
}

export class Keys {
  readonly voided: Voided[] = [];
  logKeys: LogKey[] = []; // none: the log has had one since it began
  sealed: number | undefined;

  constructor(
    private readonly origin: string,
    private readonly guardians: Guardians,
    private readonly people: People,
  ) {}

  readonly takers: Record<string, (index: number, fields: JsonObject) => void | Promise<void>> = {
    "key.rotated": async (index, fields) => {
      if (fields["log"] !== this.origin) wrong("log: said in another log");
      const old = signingKey(fields["old"] as string);
      const next = signingKey(fields["next"] as string);
      if (old.name !== next.name) wrong("old, next: keys of two names");
      const said = saidWithout(fields, "sig", "next_sig");
      await mustHaveSigned(old, said, fields["sig"] as string, "sig");
      await mustHaveSigned(next, said, fields["next_sig"] as string, "next_sig");
      if (old.name !== this.origin) return this.people.rotate(old, next);
      // The first of these entries says which key the log began with.
      const keys = this.logKeys.length > 0 ? this.logKeys : [{ key: old, since: 0 }];
      if (this.logKeys.length === 0) this.logKeys = keys;
      if (keys.at(-1)!.key.text !== old.text) wrong("old: not the key of the log by then");
      this.mustBeNew(keys, next);
      keys.push({ key: next, since: index });
    },
    "key.revoked": async (index, fields) => {
      if (fields["log"] !== this.origin) wrong("log: said in another log");
      const key = signingKey(fields["key"] as string);
      const from = fields["from"] as number;
      if (from === 0 || from > index) wrong("from: not an entry after the first and up to this one");
      if (this.sealed !== undefined && from > this.sealed) wrong("from: comes after the end of the log");
      const said = saidWithout(fields, "sigs", "next_sig");
      const signatures = fields["sigs"] as [string, string][];
      if (this.guardians.needed === 0) wrong("sigs: the definition names no guardians");
      for (const [name, signature] of signatures) {
        const guardian = this.guardians.keys.find((one) => one.name === name) ?? wrong("sigs: no guardian has that name");
        await mustHaveSigned(guardian, said, signature, "sigs");
      }
      if (signatures.length < this.guardians.needed) wrong("sigs: fewer than the definition demands");
      if (key.name !== this.origin) {
        if (this.sealed !== undefined) wrong("the log was sealed, and ends there");
        if ("next" in fields) wrong("next: only the key of the log is followed by another");
        this.people.revoke(key);
        this.voided.push({ from, by: index, person: key.name });
        return;
      }
      const next = signingKey((fields["next"] as string | undefined) ?? wrong("next: has to follow"));
      if (next.name !== key.name) wrong("next: of another name");
      await mustHaveSigned(next, said, fields["next_sig"] as string, "next_sig");
      if (this.logKeys.some((one) => one.badBefore !== undefined && one.since >= from))
        wrong("from: not after what guardians said before");
      // What its thief replaced it by is bad too.
      let keys: LogKey[] = this.logKeys.filter((one) => one.since < from);
      // Only what is bad, or nothing, said which key the log began with.
      if (keys.length < 2) keys = [{ key, since: 0 }];
      if (keys.at(-1)!.key.text !== key.text) wrong("key: not the key of the log by then");
      this.mustBeNew(keys, next);
      keys.push({ key: next, since: index, badBefore: from });
      this.logKeys = keys;
      this.voided.push({ from, by: index, person: "" });
      this.sealed = undefined; // by whoever had the bad key
    },
    "log.sealed": (index, fields) => {
      if (fields["size"] !== index) wrong("size: a seal closes all entries before it");
      this.sealed = index;
    },
  };

  private mustBeNew(keys: readonly LogKey[], next: Vkey): void {
    const same = keys.some((one) => one.key.text === next.text);
    if (same) wrong("next: was a key of the log before");
  }
}

export function isVoid(voided: readonly Voided[], index: number, person: string): boolean {
  return voided.some((one) => one.person === person && one.from <= index && index < one.by);
}

/** A checkpoint of that size was signed by a key that was bad by then: it says nothing. */
export function isVoidSize(voided: readonly Voided[], size: number): boolean {
  return voided.some((one) => one.person === "" && one.from < size && size <= one.by);
}

/** The key for checkpoints of that size. */
export function keyAt(keys: readonly LogKey[], size: number): Vkey {
  return keys.filter((one, i) => i === 0 || one.since < size).at(-1)!.key;
}

/** Keys that entries name as those of the log, whether they are or not. */
export function claimedKeys(entries: readonly Uint8Array[], origin: string): Vkey[] {
  const keys = new Map<string, Vkey>();
  for (const bytes of entries) {
    let named: string[] = [];
    try {
      const { type, fields } = decodeEntry(bytes);
      if (type === "key.rotated") named = [fields["old"] as string, fields["next"] as string];
      if (type === "key.revoked" && "next" in fields) named = [fields["key"] as string, fields["next"] as string];
      for (const text of named) {
        const key = parseVkey(text);
        if (key.type === 1 && key.name === origin) keys.set(text, key);
      }
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
    }
  }
  return [...keys.values()].sort((a, b) => (a.text < b.text ? -1 : 1));
}
