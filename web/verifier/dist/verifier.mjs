#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Made from src/ by build.mjs; read that instead.
// src/main.ts
import { webcrypto } from "node:crypto";
import { open, readdir, readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

// src/bytes.ts
var Wrong = class extends Error {
};
function wrong(what) {
  throw new Wrong(what);
}
var encoder = new TextEncoder();
var decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
function utf8(text6) {
  return encoder.encode(text6);
}
function textOf(bytes) {
  try {
    return decoder.decode(bytes);
  } catch {
    return wrong("is not UTF-8");
  }
}
function hex(bytes) {
  let text6 = "";
  for (const byte of bytes) text6 += byte.toString(16).padStart(2, "0");
  return text6;
}
function fromHex(text6) {
  return Uint8Array.from(text6.match(/../g) ?? [], (byte) => parseInt(byte, 16));
}
function isDigest(text6) {
  return /^[0-9a-f]{64}$/.test(text6);
}
var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
function toBase64(bytes) {
  let text6 = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const three = (bytes[i] ?? 0) << 16 | (bytes[i + 1] ?? 0) << 8 | (bytes[i + 2] ?? 0);
    text6 += alphabet[three >> 18] + alphabet[three >> 12 & 63];
    text6 += i + 1 < bytes.length ? alphabet[three >> 6 & 63] : "=";
    text6 += i + 2 < bytes.length ? alphabet[three & 63] : "=";
  }
  return text6;
}
function fromBase64(text6) {
  if (text6.length % 4 !== 0) return void 0;
  const bytes = [];
  for (let i = 0; i < text6.length; i += 4) {
    const four = [0, 1, 2, 3].map((k) => text6[i + k] === "=" ? 0 : alphabet.indexOf(text6[i + k]));
    if (four.some((value) => value < 0)) return void 0;
    const three = four[0] << 18 | four[1] << 12 | four[2] << 6 | four[3];
    bytes.push(three >> 16);
    if (text6[i + 2] !== "=") bytes.push(three >> 8 & 255);
    if (text6[i + 3] !== "=") bytes.push(three & 255);
  }
  const decoded2 = Uint8Array.from(bytes);
  return toBase64(decoded2) === text6 ? decoded2 : void 0;
}
function equal(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; ++i) if (a[i] !== b[i]) return false;
  return true;
}
function joined(parts) {
  const whole3 = new Uint8Array(parts.reduce((sum3, part) => sum3 + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole3.set(part, at);
    at += part.length;
  }
  return whole3;
}
function decimal(text6) {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text6)) return void 0;
  const value = Number(text6);
  return Number.isSafeInteger(value) ? value : void 0;
}
var BEYOND = /[\ud800-\udfff]/;
function byBytes(a, b) {
  if (!BEYOND.test(a) && !BEYOND.test(b)) return a < b ? -1 : a > b ? 1 : 0;
  const x = [...a];
  const y2 = [...b];
  for (let i = 0; i < x.length && i < y2.length; ++i) {
    const step = x[i].codePointAt(0) - y2[i].codePointAt(0);
    if (step !== 0) return step;
  }
  return x.length - y2.length;
}

// src/ed25519.ts
var P = (1n << 255n) - 19n;
var ORDER = (1n << 252n) + 27742317777372353535851937790883648493n;
function littleEndian(bytes) {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; --i) value = value << 8n | BigInt(bytes[i]);
  return value;
}
function power(base, exponent) {
  let result = 1n;
  for (base %= P; exponent > 0n; exponent >>= 1n, base = base * base % P)
    if (exponent & 1n) result = result * base % P;
  return result;
}
var SMALL = smallOrder();
function smallOrder() {
  const d = (P - 121665n * power(121666n, P - 2n) % P) % P;
  const small = /* @__PURE__ */ new Set([0n, 1n, P - 1n]);
  const root = squareRoot((1n + d) % P);
  for (const sign of root === void 0 ? [] : [root, P - root]) {
    const y2 = squareRoot((sign + P - 1n) * power(d, P - 2n) % P);
    if (y2 !== void 0) small.add(y2).add(P - y2);
  }
  return small;
}
function squareRoot(value) {
  const root = power(value, (P + 3n) / 8n);
  for (const candidate of [root, root * power(2n, (P - 1n) / 4n) % P])
    if (candidate * candidate % P === value % P) return candidate;
  return void 0;
}
function y(point) {
  return littleEndian(point) & (1n << 255n) - 1n;
}
function isSoundKey(key) {
  return key.length === 32 && y(key) < P && !SMALL.has(y(key));
}
async function verifies(key, message, signature2) {
  if (!isSoundKey(key) || signature2.length !== 64) return false;
  const r = y(signature2.subarray(0, 32));
  if (SMALL.has(r % P) || littleEndian(signature2.subarray(32)) >= ORDER) return false;
  try {
    const known = await crypto.subtle.importKey("raw", copy(key), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", known, copy(signature2), copy(message));
  } catch (error) {
    if (error.name !== "NotSupportedError") return false;
    throw new Error(
      "this browser or Node cannot check Ed25519 signatures; use a newer one (Node 18, Chrome 137, Firefox 129, Safari 17 or later)"
    );
  }
}
function copy(bytes) {
  return new Uint8Array(bytes);
}

// src/sha256.ts
var K = constants();
function constants() {
  const k = new Int32Array(64);
  for (let n = 2, found = 0; found < 64; ++n) {
    let prime = true;
    for (let d = 2; d * d <= n; ++d) prime &&= n % d !== 0;
    if (prime) k[found++] = fraction(n, 3);
  }
  return k;
}
function fraction(n, degree) {
  const target = BigInt(n) << BigInt(32 * degree);
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = low + high >> 1n;
    if (middle ** BigInt(degree) <= target) low = middle;
    else high = middle;
  }
  return Number(low & 0xffffffffn) | 0;
}
var START = Int32Array.from([2, 3, 5, 7, 11, 13, 17, 19].map((n) => fraction(n, 2)));
var Sha256 = class {
  h = Int32Array.from(START);
  w = new Int32Array(64);
  block = new Uint8Array(64);
  held = 0;
  length = 0;
  add(bytes) {
    this.length += bytes.length;
    let at = 0;
    if (this.held > 0) {
      at = Math.min(64 - this.held, bytes.length);
      this.block.set(bytes.subarray(0, at), this.held);
      this.held += at;
      if (this.held < 64) return this;
      this.compress(this.block, 0);
      this.held = 0;
    }
    for (; at + 64 <= bytes.length; at += 64) this.compress(bytes, at);
    this.block.set(bytes.subarray(at));
    this.held = bytes.length - at;
    return this;
  }
  /** The digest; the object is then of no further use. */
  finish() {
    const bits = this.length * 8;
    const tail = new Uint8Array(this.held < 56 ? 64 : 128);
    tail.set(this.block.subarray(0, this.held));
    tail[this.held] = 128;
    const view = new DataView(tail.buffer);
    view.setUint32(tail.length - 8, Math.floor(bits / 4294967296));
    view.setUint32(tail.length - 4, bits >>> 0);
    for (let at = 0; at < tail.length; at += 64) this.compress(tail, at);
    const digest2 = new Uint8Array(32);
    const out = new DataView(digest2.buffer);
    for (let i = 0; i < 8; ++i) out.setInt32(4 * i, this.h[i]);
    return digest2;
  }
  compress(bytes, at) {
    const w = this.w;
    for (let i = 0; i < 16; ++i, at += 4)
      w[i] = bytes[at] << 24 | bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3];
    for (let i = 16; i < 64; ++i) {
      const x = w[i - 15];
      const y2 = w[i - 2];
      const s0 = (x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3;
      const s1 = (y2 >>> 17 | y2 << 15) ^ (y2 >>> 19 | y2 << 13) ^ y2 >>> 10;
      w[i] = w[i - 16] + s0 + w[i - 7] + s1 | 0;
    }
    let [a, b, c, d, e, f, g, h] = this.h;
    for (let i = 0; i < 64; ++i) {
      const s1 = (e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7);
      const t1 = h + s1 + (e & f ^ ~e & g) + K[i] + w[i] | 0;
      const s0 = (a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10);
      const t2 = s0 + (a & b ^ a & c ^ b & c) | 0;
      h = g;
      g = f;
      f = e;
      e = d + t1 | 0;
      d = c;
      c = b;
      b = a;
      a = t1 + t2 | 0;
    }
    const state = this.h;
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
  }
};
function sha256(bytes) {
  return new Sha256().add(bytes).finish();
}

// src/note.ts
var FORBIDDEN_IN_NAME = (
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0020+\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/
);
function checkName(name) {
  if (name === "" || FORBIDDEN_IN_NAME.test(name)) wrong("is no name of a key");
  return name;
}
function parseVkey(text6) {
  const first = text6.indexOf("+");
  const second = text6.indexOf("+", first + 1);
  if (first < 0 || second < 0) wrong("a key is written name+id+base64");
  const name = checkName(text6.slice(0, first));
  const typed = fromBase64(text6.slice(second + 1));
  if (!typed || typed.length !== 33) wrong("the last part of the key is not 33 bytes of base64");
  const type = typed[0];
  if (type !== 1 && type !== 4) wrong("the key is not of type 0x01 or 0x04");
  const key = typed.subarray(1);
  if (!isSoundKey(key)) wrong("the key is one for which anybody can sign");
  const id = hex(sha256(joined([utf8(name), Uint8Array.of(10), typed])).subarray(0, 4));
  if (text6.slice(first + 1, second) !== id) wrong("the key's id is not that of its name and bytes");
  return { text: text6, name, id, type, key };
}
function parseNote(bytes) {
  if (bytes.length > 1 << 20) wrong("the note is over 1 MiB");
  const whole3 = textOf(bytes);
  if (!whole3.endsWith("\n") || /[\u0000-\u0009\u000b-\u001f]/.test(whole3))
    wrong("a note has no control characters and ends with a newline");
  const blank = whole3.lastIndexOf("\n\n");
  if (blank < 0) wrong("the note has no blank line before its signatures");
  const rest = whole3.slice(blank + 2);
  if (rest === "") wrong("the note is not signed");
  const lines = rest.slice(0, -1).split("\n").map(parseLine);
  if (lines.length > 100) wrong("the note has more than 100 signature lines");
  return { text: whole3.slice(0, blank + 1), lines };
}
function parseLine(line) {
  const parts = /^\u2014 ([^ ]+) ([A-Za-z0-9+/=]+)$/u.exec(line);
  const bytes = parts ? fromBase64(parts[2]) : void 0;
  if (!parts || !bytes || bytes.length < 5) wrong("a line of the note is no signature");
  return { name: checkName(parts[1]), id: hex(bytes.subarray(0, 4)), payload: bytes.subarray(4) };
}
async function holds(text6, line, key) {
  if (key.type === 1) return verifies(key.key, utf8(text6), line.payload);
  if (line.payload.length !== 72) return false;
  const time2 = new DataView(line.payload.buffer, line.payload.byteOffset).getBigUint64(0);
  if (time2 >= 1n << 63n) return false;
  const signed = utf8(`cosignature/v1
time ${time2}
${text6}`);
  return verifies(key.key, signed, line.payload.subarray(8));
}
async function signers(note, keys) {
  const seen = /* @__PURE__ */ new Set();
  for (const line of note.lines) {
    const matching = keys.filter((key) => key.name === line.name && key.id === line.id);
    if (matching.some((key) => !equal(key.key, matching[0].key) || key.type !== matching[0].type))
      wrong("two keys have the same name and id");
    const place = matching[0] ? keys.indexOf(matching[0]) : -1;
    if (place < 0 || seen.has(place)) continue;
    if (!await holds(note.text, line, keys[place])) wrong(`${line.name}: the signature does not verify`);
    seen.add(place);
  }
  if (seen.size === 0) wrong("the note is not signed by a known key");
  return seen;
}
var EMPTY = hex(sha256(new Uint8Array(0)));
function parseCheckpoint(text6) {
  const lines = text6.slice(0, -1).split("\n");
  const [origin, sizeText, rootText] = lines;
  const size = decimal(sizeText ?? "");
  const root = fromBase64(rootText ?? "");
  if (!origin || size === void 0 || root?.length !== 32 || lines.slice(3).includes(""))
    wrong("is no checkpoint");
  if (size === 0 && hex(root) !== EMPTY) wrong("the root of no entries is another");
  return { origin, size, root, extensions: lines.length - 3 };
}
async function openCheckpoint(bytes, key) {
  return (await openCheckpointBy(bytes, [key])).checkpoint;
}
async function openCheckpointBy(bytes, keys) {
  const note = parseNote(bytes);
  const checkpoint = parseCheckpoint(note.text);
  if (keys.some((key) => key.type !== 1)) wrong("the key is not one that a log signs with");
  if (keys.some((key) => key.name !== checkpoint.origin)) wrong("is of another log");
  if (checkpoint.extensions > 0) wrong("has extension lines");
  const good = await signers(note, keys);
  return { checkpoint, signed: keys.filter((_, place) => good.has(place)) };
}
function withLogKey(policy, old, next) {
  return { ...policy, logs: policy.logs.map((log) => log.text === old.text ? next : log) };
}
function parsePolicy(bytes) {
  const text6 = textOf(bytes);
  if (bytes.length > 1 << 20 || /[\u0000-\u0008\u000b-\u001f\u007f]/.test(text6))
    wrong("the policy is over 1 MiB or holds a control character");
  if (!text6.endsWith("\n")) wrong("the policy does not end with a newline");
  const logs = [];
  const witnesses = [];
  const named = [];
  const taken = /* @__PURE__ */ new Set();
  let quorum;
  let quorums = 0;
  const place = (name) => {
    const found = named.findIndex((one) => one.name === name);
    return found < 0 ? wrong(`no witness or group above has the name ${name}`) : found;
  };
  const newName = (name) => {
    if (name === "none" || named.some((one) => one.name === name)) wrong(`${name} cannot be defined`);
    return name;
  };
  const newKey = (written, type) => {
    const key = parseVkey(written);
    if (key.type !== type) wrong("a key of another type is due here");
    for (const known of [...logs, ...witnesses.map((one) => one.key)])
      if (equal(known.key, key.key) || known.name === key.name && known.id === key.id)
        wrong("the same key twice");
    return key;
  };
  const threshold = (word3, count2) => {
    const needed = word3 === "all" ? count2 : word3 === "any" ? 1 : decimal(word3);
    if (needed === void 0 || needed < 1 || needed > count2) wrong("a group's number is wrong");
    return needed;
  };
  for (const line of text6.split("\n")) {
    const words2 = line.split(/[ \t]+/);
    if (words2.at(-1) === "") words2.pop();
    if (line === "" || words2.length === 0 || words2[0].startsWith("#")) continue;
    const [kind, ...rest] = words2;
    if (kind === "log" && (rest.length === 1 || rest.length === 2)) {
      logs.push(newKey(rest[0], 1));
    } else if (kind === "witness" && (rest.length === 2 || rest.length === 3)) {
      const name = newName(rest[0]);
      const key = newKey(rest[1], 4);
      named.push({ name, witness: witnesses.length, needed: 1, members: [] });
      witnesses.push({ name, key });
    } else if (kind === "group" && rest.length >= 3) {
      const name = newName(rest[0]);
      const needed = threshold(rest[1], rest.length - 2);
      const members = rest.slice(2).map(place);
      for (const member of members) {
        if (taken.has(member)) wrong(`${named[member].name} is in a group already`);
        taken.add(member);
      }
      named.push({ name, needed, members });
    } else if (kind === "quorum" && rest.length === 1 && quorums++ === 0) {
      quorum = rest[0] === "none" ? void 0 : place(rest[0]);
    } else {
      wrong(`is no line of a policy: ${line}`);
    }
  }
  if (quorums === 0) wrong("the policy has no quorum line");
  return { logs, witnesses, named, quorum };
}
async function cosigners(bytes, policy) {
  const note = parseNote(bytes);
  const { origin } = parseCheckpoint(note.text);
  const keys = [...policy.logs, ...policy.witnesses.map((one) => one.key)];
  const good = await signers(note, keys);
  if (!policy.logs.some((log, place) => log.name === origin && good.has(place)))
    wrong("no log of the policy signed it under its own name");
  const met = [];
  for (const one of policy.named) {
    met.push(
      one.witness !== void 0 ? good.has(policy.logs.length + one.witness) : one.members.filter((member) => met[member]).length >= one.needed
    );
  }
  if (policy.quorum !== void 0 && !met[policy.quorum])
    wrong("the witnesses that cosigned it are not a quorum");
  return policy.witnesses.filter((_, place) => good.has(policy.logs.length + place)).map((one) => one.name).sort();
}

// src/report.ts
var LEVELS = ["signature", "tree", "grammar", "evidence", "readings", "result"];
var LevelReport = class {
  constructor(level, name) {
    this.level = level;
    this.name = name;
  }
  level;
  name;
  reached = false;
  checked = 0;
  problems = [];
  further = 0;
  holds() {
    return this.reached && this.problems.length === 0;
  }
  add(where, what) {
    if (this.problems.length < 100) this.problems.push({ where, what });
    else ++this.further;
  }
  /** Counts one thing that is looked at; what it finds wrong becomes a problem. */
  async check(where, look) {
    ++this.checked;
    try {
      await look();
      return true;
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      this.add(where, error.message);
      return false;
    }
  }
};
function newReport() {
  return {
    origin: "",
    size: 0,
    root: "",
    keyGiven: false,
    policyGiven: false,
    cosignedBy: [],
    levels: LEVELS.map((name, level) => new LevelReport(level, name)),
    results: [],
    unknownTypes: [],
    keys: [],
    voided: [],
    voidCheckpoints: [],
    withheld: [],
    sealed: void 0,
    knownIsForeign: false,
    picturesWithheld: 0,
    picturesRedacted: 0,
    picturesNotRead: 0,
    leftOut: /* @__PURE__ */ new Set()
  };
}
function exitOf(report) {
  const failing = report.levels.find((level) => !level.holds());
  return failing ? 10 + failing.level : 0;
}

// src/source.ts
async function fileOf(source, path) {
  const size = await source.size(path);
  if (size === void 0) return void 0;
  if (size > 1 << 30) wrong("is too large to be read whole");
  return source.read(path, 0, size);
}
async function hashOf(source, path) {
  const size = await source.size(path);
  if (size === void 0) return void 0;
  const hash = new Sha256();
  const piece = 1 << 20;
  for (let at = 0; at < size; at += piece)
    hash.add(await source.read(path, at, Math.min(piece, size - at)));
  return { digest: hash.finish(), size };
}

// src/tar.ts
var BLOCK = 512;
function octal(header, at, size) {
  const match = /^ *([0-7]+)[ \0]*$/.exec(latin(header.subarray(at, at + size)));
  const value = match ? parseInt(match[1], 8) : NaN;
  return Number.isSafeInteger(value) && value < 2 ** 33 ? value : void 0;
}
function latin(bytes) {
  return String.fromCharCode(...bytes);
}
function text(header, at, size) {
  const field = header.subarray(at, at + size);
  const end = field.indexOf(0);
  return textOf(end < 0 ? field : field.subarray(0, end));
}
function isSound(path) {
  return path.split("/").every((part) => part !== "" && part !== "." && part !== ".." && !/[\u0000-\u001f\u007f\\]/.test(part));
}
function sum(header) {
  let total = 8 * 32;
  header.forEach((byte, at) => total += at >= 148 && at < 156 ? 0 : byte);
  return total;
}
function memberOf(header) {
  if (octal(header, 148, 8) !== sum(header)) wrong("is no tar header");
  const magic = latin(header.subarray(257, 265));
  const ustar = magic.startsWith("ustar\0");
  if (!ustar && magic !== "ustar  \0") wrong("is a tar header of another kind than ustar");
  const prefix = ustar ? text(header, 345, 155) : "";
  const path = `${prefix}${prefix ? "/" : ""}${text(header, 0, 100)}`.replace(/^\.\//, "");
  const size = octal(header, 124, 12);
  if (size === void 0) wrong(`${path}: has no size`);
  const type = String.fromCharCode(header[156]);
  if (type === "5" && size === 0) return void 0;
  if (type !== "0" && type !== "\0") wrong(`${path}: is neither a plain file nor a folder`);
  if (!isSound(path)) wrong(`${path}: is no name for a file`);
  return { path, offset: 0, size };
}
async function listTar(size, read) {
  const members = /* @__PURE__ */ new Map();
  for (let at = 0; ; ) {
    if (size - at < BLOCK) wrong("the tar ends before its end mark: it was cut off");
    const header = await read(at, BLOCK);
    at += BLOCK;
    if (header.every((byte) => byte === 0)) return inFolder(members);
    const member = memberOf(header);
    if (!member) continue;
    const padded = Math.ceil(member.size / BLOCK) * BLOCK;
    if (size - at < padded) wrong("the tar is cut off in the middle of a file");
    if (members.has(member.path)) wrong(`${member.path}: stands twice`);
    members.set(member.path, { ...member, offset: at });
    at += padded;
  }
}
function inFolder(members) {
  const logs = [...members.keys()].filter((path) => /(^|\/)log\/checkpoint$/.test(path));
  if (logs.length !== 1) wrong(logs.length ? "holds more than one log" : "holds no log/checkpoint: it is no bundle");
  const folder = logs[0].slice(0, -"log/checkpoint".length);
  return new Map(
    [...members].filter(([path]) => path.startsWith(folder)).map(([path, value]) => [path.slice(folder.length), value])
  );
}

// src/near.ts
var NEAR = 15;
function distance(a, b) {
  let bits = 0;
  for (let i = 0; i < 64; ++i) {
    let differ = parseInt(a[i], 16) ^ parseInt(b[i], 16);
    for (; differ; differ &= differ - 1) ++bits;
  }
  return bits;
}
function differentPictures(fingerprints) {
  const left = new Set(fingerprints);
  let groups2 = 0;
  for (const first of left) {
    ++groups2;
    left.delete(first);
    const reached = [first];
    for (const one of reached) {
      for (const other of left) {
        if (distance(one, other) > NEAR) continue;
        left.delete(other);
        reached.push(other);
      }
    }
  }
  return groups2;
}

// src/accept.ts
function sameCount(a, b) {
  return a.valid === b.valid && a.null === b.null && a.invalid === b.invalid && a.votes.every((n, i) => n === b.votes[i]);
}
function cast(figures) {
  return figures.valid + figures.null + figures.invalid;
}
function isZero(figures) {
  return cast(figures) === 0 && figures.votes.every((n) => n === 0);
}
function obeysRules(state, figures) {
  const { rules } = state.definition;
  const listed = state.roster?.get(figures.station);
  const votes2 = figures.votes.reduce((all, one) => all + BigInt(one), 0n);
  const registered = listed?.registered ?? figures.registered;
  const broken = {
    unknown_station: state.roster !== void 0 && state.definition.rosterComplete && !listed,
    zero_sheet: cast(figures) === 0 && votes2 === 0n,
    votes_sum_to_valid: votes2 !== BigInt(figures.valid),
    cast_within_registered: registered !== void 0 && cast(figures) > registered
  };
  return Object.keys(broken).every((rule) => !broken[rule] || rules[rule] === "note");
}
function voiceOf(state, ofSource) {
  let voices = [];
  for (const one of ofSource) {
    const known = voices.find((voice) => sameCount(voice.same[0], one));
    if (known) known.same.push(one);
    else voices.push({ source: one.source, same: [one], pictures: 0 });
  }
  for (const voice of voices)
    voice.pictures = differentPictures(voice.same.flatMap((one) => one.picture ? [one.picture.fingerprint] : []));
  if (voices.length > 1) voices = voices.filter((voice) => voice.pictures === 0 || !isZero(voice.same[0]));
  if (voices.length === 1) return voices[0];
  const pictures = voices.reduce((sum3, voice) => sum3 + voice.pictures, 0);
  return state.definition.mostPictures ? voices.find((voice) => 2 * voice.pictures > pictures) : void 0;
}
function isTooWeak(state, voice) {
  if (voice.pictures !== 1) return false;
  const rule = state.definition;
  const jointly = voice.same.every((one) => one.picture.jointly);
  const compared = Math.max(...voice.same.filter((one) => one.picture.jointly === jointly).map((one) => one.picture.compared));
  return rule.alone === "set-aside" || jointly && rule.aloneJointly === "set-aside" || compared < rule.aloneCompared;
}
function choose(state, voices) {
  const same = (a, b) => sameCount(a.same[0], b.same[0]);
  const stands = (voice) => voices.filter((other) => same(voice, other)).length > 1 || !isTooWeak(state, voice);
  if (voices.every((voice) => same(voice, voices[0]))) return stands(voices[0]) ? voices[0] : void 0;
  for (const source of state.definition.prefer) {
    const found = voices.find((voice) => state.sources[voice.source] === source && stands(voice));
    if (found) return found;
  }
  return void 0;
}
function returnOf(state, chosen, voices) {
  const figures = chosen.same[0];
  const agreeing = voices.filter((voice) => sameCount(voice.same[0], figures));
  const listed = state.roster?.get(figures.station);
  let unit = listed?.unit ?? figures.unit;
  let registered = listed?.registered ?? figures.registered;
  for (const voice of voices) {
    if (unit === 0) unit = voice.same[0].unit;
    registered ??= voice.same[0].registered;
  }
  return {
    station: figures.station,
    unit,
    registered,
    valid: figures.valid,
    null: figures.null,
    invalid: figures.invalid,
    votes: figures.votes,
    entry: figures.entry,
    agreeing: agreeing.length,
    borneBy: agreeing.flatMap((voice) => voice.same.map((one) => one.entry)).sort((a, b) => a - b)
  };
}
function accept(state) {
  const byStation = /* @__PURE__ */ new Map();
  for (const one of state.transcripts) {
    const list = byStation.get(one.station);
    if (list) list.push(one);
    else byStation.set(one.station, [one]);
  }
  const returns = [];
  for (const station of [...byStation.keys()].sort(byBytes)) {
    const candidates = byStation.get(station).filter((one) => obeysRules(state, one));
    const voices = [];
    for (let source = 0; source < state.sources.length; ++source) {
      const of = candidates.filter((one) => one.source === source).sort((a, b) => a.entry - b.entry);
      const voice = of.length > 0 ? voiceOf(state, of) : void 0;
      if (voice) voices.push(voice);
    }
    const chosen = voices.length > 0 ? choose(state, voices) : void 0;
    if (chosen) returns.push(returnOf(state, chosen, voices));
  }
  return returns;
}

// src/fraction.ts
function gcd(a, b) {
  if (a < 0n) a = -a;
  while (b) [a, b] = [b, a % b];
  return a;
}
function fraction2(p, q) {
  const common = gcd(p, q);
  return { p: p / common, q: q / common };
}
function parseDecimal(text6) {
  const parts = /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(text6);
  if (!parts) return void 0;
  const digits = parts[2] + (parts[3] ?? "");
  if (digits.length > 15) return void 0;
  const value = BigInt(digits) * (parts[1] ? -1n : 1n);
  return fraction2(value, 10n ** BigInt((parts[3] ?? "").length));
}
function parseFraction(text6) {
  const parts = /^([0-9]{1,15})\/([0-9]{1,15})$/.exec(text6);
  if (!parts) return parseDecimal(text6);
  return BigInt(parts[2]) === 0n ? void 0 : fraction2(BigInt(parts[1]), BigInt(parts[2]));
}
function plus(a, b) {
  return fraction2(a.p * b.q + b.p * a.q, a.q * b.q);
}
function minus(a, b) {
  return plus(a, { p: -b.p, q: b.q });
}
function times(a, b) {
  return fraction2(a.p * b.p, a.q * b.q);
}
function compare(a, b) {
  const difference = a.p * b.q - b.p * a.q;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
function least(a, b) {
  return compare(b, a) < 0 ? b : a;
}
function most(a, b) {
  return compare(b, a) > 0 ? b : a;
}
function fractionText(value) {
  return value.q === 1n ? String(value.p) : `${value.p}/${value.q}`;
}
function fractionJson(value) {
  return value.q === 1n ? Number(value.p) : fractionText(value);
}

// src/toml.ts
var Decimal = class {
  constructor(value) {
    this.value = value;
  }
  value;
};
var Moment = class {
  constructor(text6) {
    this.text = text6;
  }
  text;
};
var ESCAPES = {
  b: "\b",
  t: "	",
  n: "\n",
  f: "\f",
  r: "\r",
  '"': '"',
  "\\": "\\"
};
var Reader = class {
  // inline tables and lists of values: whole as they are
  constructor(text6) {
    this.text = text6;
  }
  text;
  at = 0;
  root = /* @__PURE__ */ new Map();
  headers = /* @__PURE__ */ new Set();
  // tables that a [header] made
  closed = /* @__PURE__ */ new Set();
  read() {
    let table2 = this.root;
    for (; ; ) {
      this.blanks(true);
      if (this.at === this.text.length) return this.root;
      if (this.text.startsWith("[[", this.at)) table2 = this.listHeader();
      else if (this.peek() === "[") table2 = this.header();
      else this.pair(table2);
      this.lineEnd();
    }
  }
  fail(what) {
    return wrong(`line ${this.text.slice(0, this.at).split("\n").length}: ${what}`);
  }
  peek() {
    return this.text[this.at] ?? "";
  }
  take(token) {
    if (!this.text.startsWith(token, this.at)) this.fail(`"${token}" is due`);
    this.at += token.length;
  }
  match(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== void 0) this.at += found.length;
    return found;
  }
  // Spaces; with `lines` also line ends and comments.
  blanks(lines) {
    this.match(lines ? /(?:[ \t\n]|\r\n|#[^\n]*)*/y : /[ \t]*/y);
  }
  lineEnd() {
    this.match(/[ \t]*(?:#[^\n]*)?/y);
    if (this.at < this.text.length && this.match(/\r?\n/y) === void 0) this.fail("something stands behind a value");
  }
  key() {
    const parts = [];
    do {
      this.blanks(false);
      const quote = this.peek();
      parts.push(
        quote === '"' || quote === "'" ? this.string() : this.match(/[A-Za-z0-9_-]+/y) ?? this.fail("a key is due")
      );
      this.blanks(false);
    } while (this.match(/\./y) !== void 0);
    return parts;
  }
  // The table at the end of a path, made where it is missing; of a list the last.
  descend(from, path) {
    let table2 = from;
    for (const part of path) {
      let next = table2.get(part);
      if (next === void 0) table2.set(part, next = /* @__PURE__ */ new Map());
      if (this.closed.has(next)) this.fail(`${part} is whole already`);
      if (Array.isArray(next)) next = next.at(-1);
      if (!(next instanceof Map)) this.fail(`${part} is no table`);
      table2 = next;
    }
    return table2;
  }
  header() {
    this.take("[");
    const path = this.key();
    this.take("]");
    const above = this.descend(this.root, path.slice(0, -1));
    if (Array.isArray(above.get(path.at(-1)))) this.fail("is a list already");
    const table2 = this.descend(above, path.slice(-1));
    if (this.headers.has(table2)) this.fail("the table stands twice");
    this.headers.add(table2);
    return table2;
  }
  listHeader() {
    this.take("[[");
    const path = this.key();
    this.take("]]");
    const above = this.descend(this.root, path.slice(0, -1));
    const name = path.at(-1);
    let list = above.get(name);
    if (list === void 0) above.set(name, list = []);
    if (!Array.isArray(list) || this.closed.has(list)) this.fail("is no list of tables");
    const table2 = /* @__PURE__ */ new Map();
    list.push(table2);
    this.headers.add(table2);
    return table2;
  }
  pair(table2) {
    const path = this.key();
    this.take("=");
    this.blanks(false);
    const into = this.descend(table2, path.slice(0, -1));
    if (path.length > 1 && this.headers.has(into)) this.fail("adds to a table that stands elsewhere");
    if (into.has(path.at(-1))) this.fail("the key stands twice");
    into.set(path.at(-1), this.value());
  }
  value() {
    const first = this.peek();
    if (first === '"' || first === "'") return this.string();
    if (first === "[") return this.list();
    if (first === "{") return this.inlineTable();
    if (this.match(/true(?![A-Za-z0-9_-])/y)) return true;
    if (this.match(/false(?![A-Za-z0-9_-])/y)) return false;
    const word3 = this.match(/[0-9+-][0-9A-Za-z_:.+-]*(?: [0-9]{2}:[0-9:.]+(?:Z|[+-][0-9:]+)?)?/y);
    return word3 === void 0 ? this.fail("a value is due") : this.number(word3);
  }
  number(word3) {
    if (/^\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)?)?$/.test(word3))
      return new Moment(word3);
    const plain = /^[+-]?(?:0|[1-9](?:_?[0-9])*)$/.test(word3);
    const digits = word3.replace(/_/g, "").replace(/^\+/, "");
    if (plain) {
      const whole3 = decimal(digits.replace(/^-/, ""));
      if (whole3 !== void 0) return digits.startsWith("-") ? 0 - whole3 : whole3;
      const large = BigInt(digits);
      if (large < -(1n << 63n) || large >= 1n << 63n) this.fail("the number is too large");
      return large;
    }
    if (/^[+-]?(?:0|[1-9](?:_?[0-9])*)\.[0-9](?:_?[0-9])*$/.test(word3)) return new Decimal(Number(digits));
    return this.fail(`"${word3}" is not a number, date or time that is known here`);
  }
  string() {
    const quote = this.peek();
    if (this.text.startsWith(quote.repeat(3), this.at)) this.fail("texts of several lines are not known here");
    ++this.at;
    let text6 = "";
    for (; ; ) {
      const c = this.peek();
      if (c === "" || c === "\n" || c < " " && c !== "	") this.fail("a text that does not end");
      ++this.at;
      if (c === quote) return text6;
      text6 += quote === '"' && c === "\\" ? this.escape() : c;
    }
  }
  escape() {
    const code = this.match(/u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}/y);
    if (code !== void 0) {
      const point = parseInt(code.slice(1), 16);
      if (point > 1114111 || point >= 55296 && point < 57344) this.fail("is no character");
      return String.fromCodePoint(point);
    }
    const c = ESCAPES[this.peek()];
    if (c === void 0) this.fail("is no escape");
    ++this.at;
    return c;
  }
  list() {
    this.take("[");
    const list = [];
    for (; ; ) {
      this.blanks(true);
      if (this.peek() === "]") break;
      list.push(this.value());
      this.blanks(true);
      if (this.match(/,/y) === void 0) break;
    }
    this.take("]");
    this.closed.add(list);
    return list;
  }
  inlineTable() {
    this.take("{");
    const table2 = /* @__PURE__ */ new Map();
    this.blanks(false);
    if (this.peek() !== "}") {
      do
        this.pair(table2);
      while ((this.blanks(false), this.match(/,/y)) !== void 0);
    }
    this.blanks(false);
    this.take("}");
    this.closed.add(table2);
    return table2;
  }
};
function parseToml(bytes) {
  const text6 = textOf(bytes).replace(/^\ufeff/, "");
  if (text6 === "") wrong("is empty");
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text6)) wrong("holds a control character");
  return new Reader(text6).read();
}

// src/claim.ts
var KEYS = [
  "id",
  "by",
  "announced",
  "published",
  "tables",
  "tables_percent",
  "valid",
  "null",
  "cast",
  "turnout_percent",
  "votes",
  "percent"
];
function votes(table2, key) {
  const value = table2.get(key);
  if (value === void 0) return void 0;
  return typeof value === "number" && value >= 0 ? value : wrong(`${key}: must be a whole number`);
}
function percent(table2, key) {
  const text6 = table2.get(key);
  if (text6 === void 0) return void 0;
  const value = typeof text6 === "string" ? parseDecimal(text6) : void 0;
  const digits = typeof text6 === "string" && text6.includes(".") ? text6.length - text6.indexOf(".") - 1 : 0;
  if (typeof text6 !== "string" || !value || value.p < 0n || value.p > 100n * value.q || digits > 6)
    return wrong(`${key}: must be a percentage in quotes`);
  return { text: text6, value, halfUnit: fraction2(1n, 2n * 10n ** BigInt(digits)) };
}
function groups(root, key, definition, of) {
  const table2 = root.get(key);
  if (table2 === void 0) return [];
  if (!(table2 instanceof Map)) return wrong(`${key}: must be a table`);
  const known = definition.options.map((option) => option.id);
  for (const name of table2.keys()) if (name !== "others" && !known.includes(name)) wrong(`no option "${name}"`);
  const rest = known.filter((id) => !table2.has(id));
  if (table2.has("others") && rest.length === 0) wrong("others: nothing is left");
  const labels = known.filter((id) => table2.has(id)).map((id) => [id, [id]]);
  if (table2.has("others")) labels.push(["others", rest]);
  return labels.map(([label, options]) => ({ label, options, value: of(table2, label) }));
}
function time(root) {
  const value = root.get("announced");
  if (value === void 0) return "";
  const parts = value instanceof Moment ? /^(.{10})[Tt ]([0-9:]{8})(?:\.([0-9]+?)0*)?([Zz]|[+-]\d\d:\d\d)$/.exec(value.text) : null;
  if (!parts) return wrong("announced: must be a time with its zone");
  const zone = /^(?:[Zz]|[+-]00:00)$/.test(parts[4]) ? "Z" : parts[4];
  return `${parts[1]}T${parts[2]}${parts[3] && parts[3] !== "0" ? `.${parts[3]}` : ""}${zone}`;
}
function parseClaim(bytes, definition) {
  const root = parseToml(bytes);
  for (const key of root.keys()) if (!KEYS.includes(key)) wrong(`unknown key "${key}"`);
  const text6 = (key) => {
    const value = root.get(key);
    return typeof value === "string" && value !== "" ? value : wrong(`${key}: must be a text`);
  };
  if (!/^[a-z0-9-]{1,64}$/.test(text6("id"))) wrong("id: has lower-case letters, digits and '-'");
  if (root.has("published")) text6("published");
  const claim = {
    id: text6("id"),
    by: text6("by"),
    announced: time(root),
    tables: votes(root, "tables"),
    tablesPercent: percent(root, "tables_percent"),
    valid: votes(root, "valid"),
    null: votes(root, "null"),
    cast: votes(root, "cast"),
    turnoutPercent: percent(root, "turnout_percent"),
    votes: groups(root, "votes", definition, votes),
    percent: groups(root, "percent", definition, percent)
  };
  if (claim.tables !== void 0 && claim.tablesPercent) wrong("tables and tables_percent: give one");
  const says = claim.votes.length + claim.percent.length > 0 || claim.valid !== void 0 || claim.cast !== void 0;
  return says ? claim : wrong("says no figure at all");
}
function earlierClaim(claims, i) {
  const zone = (time2) => time2.endsWith("Z") ? "Z" : time2.length < 6 ? "" : time2.slice(-6);
  const claim = claims[i];
  let latest;
  for (const other of claims) {
    const before = other.by === claim.by && other.announced !== "" && zone(other.announced) === zone(claim.announced) && other.announced < claim.announced;
    if (before && (!latest || latest.announced < other.announced)) latest = other;
  }
  return latest;
}

// src/canon.ts
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
var SHORT = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "	": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r"
};
function quoted(text6) {
  return `"${text6.replace(/["\\\u0000-\u001f]/g, (c) => SHORT[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;
}
function write(value) {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) wrong("is no whole number below 2^53");
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
  const object = value;
  const keys = Object.keys(object).sort(byBytes);
  if (keys.some((key) => /["\\\u0000-\u001f]/.test(key))) wrong("has a key with escapes");
  return `{${keys.map((key) => `"${key}":${write(object[key])}`).join(",")}}`;
}
function parse(bytes) {
  const text6 = textOf(bytes);
  let value;
  try {
    value = JSON.parse(text6);
  } catch {
    return wrong("is not JSON");
  }
  if (write(value) !== text6) wrong("is not canonical JSON");
  return value;
}
function checkEntryRules(value, depth) {
  if (value === null || typeof value === "boolean") wrong("holds null, true or false");
  if (typeof value === "number" && value < 0) wrong("holds a negative number");
  if (typeof value === "string" && /[\u0000-\u001f]/.test(value)) wrong("holds a control character");
  if (typeof value !== "object") return;
  if (depth === 4) wrong("is nested too deep");
  if (isObject(value) && Object.keys(value).some((key) => !/^[a-z0-9_.]+$/.test(key)))
    wrong("has a key beyond a-z 0-9 _ .");
  for (const inner of Object.values(value)) checkEntryRules(inner, depth + 1);
}
function parseEntry(bytes) {
  if (bytes.length > 16 * 1024) wrong("has more than 16 KiB");
  const value = parse(bytes);
  checkEntryRules(value, 0);
  return value;
}

// src/entries.ts
var count = (value) => typeof value === "number" && value >= 0;
var text2 = (value) => typeof value === "string";
var digest = (value) => typeof value === "string" && isDigest(value);
var oneOf = (...names) => (value) => typeof value === "string" && names.includes(value);
var listOf = (item) => (value) => Array.isArray(value) && value.every((one) => item(one));
var tuple = (...items) => (value) => Array.isArray(value) && value.length === items.length && items.every((item, i) => item(value[i]));
var eight = (value) => listOf(count)(value) && value.length === 8;
var printedRow = (value) => Array.isArray(value) && value.length >= 5 && value.length % 2 === 1 && value.every((one, i) => i === 0 ? text2(one) : count(one)) && value.every((one, i) => i < 4 || i % 2 === 1 || one <= 1e6);
var fromOne = (value) => typeof value === "number" && value >= 1;
var someContests = (value) => Array.isArray(value) && value.length > 0 && value.every((one) => {
  if (!isObject(one)) return false;
  const fields = one;
  return Object.keys(fields).join() === "origin,root,size,winners" && text2(fields["origin"]) && digest(fields["root"]) && count(fields["size"]) && count(fields["winners"]);
});
var plainId = (value) => typeof value === "string" && /^[a-z0-9-]{1,64}$/.test(value);
var leaves = (value) => typeof value === "number" && value >= 2 && value <= MOST_LEAVES;
var signature = (value) => typeof value === "string" && fromBase64(value)?.length === 64;
var guardians = (value) => listOf(tuple(text2, signature))(value) && value.every((one, i, all) => i === 0 || byBytes(all[i - 1][0], one[0]) < 0);
var mask = (value) => typeof value === "string" && lastOfMask(value) !== void 0;
function isSetOfNames(names) {
  return names.length > 0 && !names.includes("") && new Set(names).size === names.length;
}
var MOST_LEAVES = 1 << 20;
function lastOfMask(text6) {
  if (text6 === "none") return 0;
  if (text6.length > 12 * 1024) return void 0;
  let last = -1;
  for (const range of text6.split(" ")) {
    const parts = /^([1-9][0-9]*)(?:-([1-9][0-9]*))?$/.exec(range);
    const first = Number(parts?.[1]);
    const end = Number(parts?.[2] ?? parts?.[1]);
    if (!parts || first <= last + 1 || parts[2] !== void 0 && end <= first || end >= MOST_LEAVES) return void 0;
    last = end;
  }
  return last;
}
var TYPES = {
  "log.genesis": { at: count, election: text2, files: listOf(tuple(text2, digest)), origin: text2, program: text2 },
  "evidence.received": {
    at: count,
    kind: oneOf("returns", "mapping", "claim", "picture", "container", "definition"),
    sha256: digest,
    size: count
  },
  "evidence.repeated": { at: count, evidence: count },
  "part.taken": { at: count, container: count, evidence: count, how: oneOf("member", "embedded", "rendered"), part: count },
  "part.refused": { at: count, container: count, part: count, reason: text2 },
  "container.closed": { at: count, container: count, ending: text2, parts: count },
  "returns.imported": {
    at: count,
    evidence: count,
    "mapping?": count,
    names: count,
    refused: count,
    rows: count,
    source: text2
  },
  "unit.named": { import: count, level: text2, name: text2, unit: text2 },
  "return.transcribed": {
    import: count,
    invalid: count,
    null: count,
    place: listOf(text2),
    "registered?": count,
    row: count,
    station: text2,
    valid: count,
    votes: listOf(count)
  },
  "row.refused": { code: text2, column: text2, import: count, row: count },
  "sheet.read": {
    agree: count,
    at: count,
    compared: count,
    contradictions: listOf(tuple(text2, count, count, count, count)),
    corners: eight,
    erasures: count,
    errors: count,
    evidence: count,
    fingerprint: digest,
    margin: count,
    method: text2,
    payload: text2,
    stage: text2
  },
  "picture.unread": { at: count, evidence: count, "fingerprint?": digest, printed: listOf(printedRow), reason: text2 },
  "claim.made": { at: count, claim: text2, evidence: count },
  "picture.committed": { at: count, evidence: count, file: digest, kind: oneOf("jpeg", "pixels", "none"), "leaves?": leaves, "root?": digest },
  "person.named": { at: count, key: text2 },
  "person.withdrawn": { at: count, name: text2 },
  "key.rotated": { at: count, log: text2, next: text2, next_sig: signature, old: text2, sig: signature },
  "key.revoked": { at: count, from: count, key: text2, log: text2, "next?": text2, "next_sig?": signature, sigs: guardians },
  "log.sealed": { at: count, size: count },
  "picture.withheld": { at: count, evidence: count, reason: oneOf("court-order", "personal-safety", "unlawful-content") },
  "redaction.approved": { at: count, by: text2, commitment: count, log: text2, mask, sig: signature },
  "audit.planned": {
    at: count,
    audit: plainId,
    kind: text2,
    "majority?": text2,
    method: text2,
    risk: text2,
    sampler: text2,
    "source?": text2,
    "strata?": text2,
    winners: count,
    "with?": someContests
  },
  "seed.drawn": { at: count, plan: count, seed: (value) => typeof value === "string" && /^[0-9A-Za-z-]{1,200}$/.test(value) },
  "audit.drawn": { at: count, draws: count, plan: count },
  "audit.found": {
    at: count,
    by: plainId,
    invalid: count,
    null: count,
    "of?": fromOne,
    plan: count,
    unit: text2,
    valid: count,
    votes: listOf(count),
    what: oneOf("figures", "not-found")
  },
  "quickcount.planned": { at: count, count: plainId, level: text2, size: count },
  "forensics.plan": {
    at: count,
    past: listOf((value) => tuple(count, count)(value) || tuple(count, count, count)(value)),
    seed: (value) => typeof value === "string" && value !== "" && utf8(value).length <= 200,
    tests: (value) => listOf(text2)(value) && isSetOfNames(value)
  },
  "result.stated": { at: count, schema: text2, sha256: digest, size: count }
};
function decodeEntry(bytes) {
  const fields = parseEntry(bytes);
  if (!isObject(fields)) wrong("not an object");
  const named = fields["t"];
  if (typeof named !== "string") wrong("t: missing, or not a text");
  const type = /^scrutineer\/([a-z.]+)\/v1$/.exec(named)?.[1] ?? "";
  const form = Object.hasOwn(TYPES, type) ? TYPES[type] : void 0;
  if (!form) return { type: "", unknown: named, fields };
  let there = 1;
  for (const [name, check2] of Object.entries(form)) {
    const key = name.replace("?", "");
    const value = Object.hasOwn(fields, key) ? fields[key] : void 0;
    if (value === void 0 && name.endsWith("?")) continue;
    if (value === void 0 || !check2(value)) wrong(`${key}: missing, or not of the form of ${type}`);
    ++there;
  }
  if (type === "picture.committed" && there !== (fields["kind"] === "none" ? 5 : 7))
    wrong("leaves, root: are there exactly where there are cells");
  if (type === "key.revoked" && "next" in fields !== "next_sig" in fields)
    wrong("next, next_sig: one without the other");
  if (there !== Object.keys(fields).length) wrong(`not the exact form of ${type}: a field too many`);
  return { type, unknown: "", fields };
}

// src/keys.ts
function signingKey(text6) {
  const key = parseVkey(text6);
  return key.type === 1 ? key : wrong("is no key that signs");
}
async function mustHaveSigned(key, said, signature2, what) {
  if (!await verifies(key.key, said, fromBase64(signature2))) wrong(`${what}: the signature does not hold`);
}
function saidWithout(fields, ...left) {
  const said = Object.fromEntries(Object.entries(fields).filter(([name]) => !left.includes(name)));
  return utf8(`scrutineer/entry/v1
${write(said)}`);
}
var Keys = class {
  constructor(origin, guardians2, people) {
    this.origin = origin;
    this.guardians = guardians2;
    this.people = people;
  }
  origin;
  guardians;
  people;
  voided = [];
  logKeys = [];
  // none: the log has had one since it began
  sealed;
  takers = {
    "key.rotated": async (index, fields) => {
      if (fields["log"] !== this.origin) wrong("log: said in another log");
      const old = signingKey(fields["old"]);
      const next = signingKey(fields["next"]);
      if (old.name !== next.name) wrong("old, next: keys of two names");
      const said = saidWithout(fields, "sig", "next_sig");
      await mustHaveSigned(old, said, fields["sig"], "sig");
      await mustHaveSigned(next, said, fields["next_sig"], "next_sig");
      if (old.name !== this.origin) return this.people.rotate(old, next);
      const keys = this.logKeys.length > 0 ? this.logKeys : [{ key: old, since: 0 }];
      if (this.logKeys.length === 0) this.logKeys = keys;
      if (keys.at(-1).key.text !== old.text) wrong("old: not the key of the log by then");
      this.mustBeNew(keys, next);
      keys.push({ key: next, since: index });
    },
    "key.revoked": async (index, fields) => {
      if (fields["log"] !== this.origin) wrong("log: said in another log");
      const key = signingKey(fields["key"]);
      const from = fields["from"];
      if (from === 0 || from > index) wrong("from: not an entry after the first and up to this one");
      if (this.sealed !== void 0 && from > this.sealed) wrong("from: comes after the end of the log");
      const said = saidWithout(fields, "sigs", "next_sig");
      const signatures = fields["sigs"];
      if (this.guardians.needed === 0) wrong("sigs: the definition names no guardians");
      for (const [name, signature2] of signatures) {
        const guardian = this.guardians.keys.find((one) => one.name === name) ?? wrong("sigs: no guardian has that name");
        await mustHaveSigned(guardian, said, signature2, "sigs");
      }
      if (signatures.length < this.guardians.needed) wrong("sigs: fewer than the definition demands");
      if (key.name !== this.origin) {
        if (this.sealed !== void 0) wrong("the log was sealed, and ends there");
        if ("next" in fields) wrong("next: only the key of the log is followed by another");
        this.people.revoke(key);
        this.voided.push({ from, by: index, person: key.name });
        return;
      }
      const next = signingKey(fields["next"] ?? wrong("next: has to follow"));
      if (next.name !== key.name) wrong("next: of another name");
      await mustHaveSigned(next, said, fields["next_sig"], "next_sig");
      if (this.logKeys.some((one) => one.badBefore !== void 0 && one.since >= from))
        wrong("from: not after what guardians said before");
      let keys = this.logKeys.filter((one) => one.since < from);
      if (keys.length < 2) keys = [{ key, since: 0 }];
      if (keys.at(-1).key.text !== key.text) wrong("key: not the key of the log by then");
      this.mustBeNew(keys, next);
      keys.push({ key: next, since: index, badBefore: from });
      this.logKeys = keys;
      this.voided.push({ from, by: index, person: "" });
      this.sealed = void 0;
    },
    "log.sealed": (index, fields) => {
      if (fields["size"] !== index) wrong("size: a seal closes all entries before it");
      this.sealed = index;
    }
  };
  mustBeNew(keys, next) {
    const same = keys.some((one) => one.key.text === next.text);
    if (same) wrong("next: was a key of the log before");
  }
};
function isVoid(voided, index, person) {
  return voided.some((one) => one.person === person && one.from <= index && index < one.by);
}
function isVoidSize(voided, size) {
  return voided.some((one) => one.person === "" && one.from < size && size <= one.by);
}
function keyAt(keys, size) {
  return keys.filter((one, i) => i === 0 || one.since < size).at(-1).key;
}
function claimedKeys(entries, origin) {
  const keys = /* @__PURE__ */ new Map();
  for (const bytes of entries) {
    let named = [];
    try {
      const { type, fields } = decodeEntry(bytes);
      if (type === "key.rotated") named = [fields["old"], fields["next"]];
      if (type === "key.revoked" && "next" in fields) named = [fields["key"], fields["next"]];
      for (const text6 of named) {
        const key = parseVkey(text6);
        if (key.type === 1 && key.name === origin) keys.set(text6, key);
      }
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
    }
  }
  return [...keys.values()].sort((a, b) => a.text < b.text ? -1 : 1);
}

// src/merkle.ts
var LEAF = Uint8Array.of(0);
var NODE = Uint8Array.of(1);
function leafHash(entry) {
  return new Sha256().add(LEAF).add(entry).finish();
}
function nodeHash(left, right) {
  return new Sha256().add(NODE).add(left).add(right).finish();
}
var Frontier = class {
  // Roots of full subtrees, largest first; sizes are the powers of two of `size`.
  roots = [];
  size = 0;
  append(leaf) {
    let root = leaf;
    for (let n = this.size; n % 2 === 1; n = (n - 1) / 2) root = nodeHash(this.roots.pop(), root);
    this.roots.push(root);
    ++this.size;
  }
  root() {
    if (this.size === 0) return sha256(new Uint8Array(0));
    let root = this.roots.at(-1);
    for (let i = this.roots.length - 2; i >= 0; --i) root = nodeHash(this.roots[i], root);
    return root;
  }
};
function rootOf(leaves2) {
  const frontier = new Frontier();
  for (const leaf of leaves2) frontier.append(leaf);
  return frontier.root();
}
function tilePath(level, index, width) {
  let rest = Math.floor(index / 1e3);
  let path = String(index % 1e3).padStart(3, "0");
  for (; rest > 0; rest = Math.floor(rest / 1e3))
    path = `x${String(rest % 1e3).padStart(3, "0")}/${path}`;
  return `log/tile/${level}/${path}${width < 256 ? `.p/${width}` : ""}`;
}

// src/proofs.ts
var Subtrees = class {
  levels;
  constructor(leaves2) {
    this.levels = [leaves2];
    for (let below = leaves2; below.length > 1; this.levels.push(below)) {
      const above = [];
      for (let i = 0; i + 1 < below.length; i += 2) above.push(nodeHash(below[i], below[i + 1]));
      below = above;
    }
  }
  // Of `count` leaves from `begin`, which stand together in the tree of RFC 6962.
  hash(begin2, count2) {
    const level = Math.round(Math.log2(count2));
    if (2 ** level === count2) return this.levels[level][begin2 / count2];
    const half = halfOf(count2);
    return nodeHash(this.hash(begin2, half), this.hash(begin2 + half, count2 - half));
  }
  /** RFC 6962 2.1.1: the siblings on the way up from a leaf. */
  path(index, begin2 = 0, count2 = this.levels[0].length) {
    if (count2 === 1) return [];
    const half = halfOf(count2);
    return index < begin2 + half ? [...this.path(index, begin2, half), this.hash(begin2 + half, count2 - half)] : [...this.path(index, begin2 + half, count2 - half), this.hash(begin2, half)];
  }
};
function halfOf(n) {
  let half = 1;
  while (half * 2 < n) half *= 2;
  return half;
}
function proofPath(index) {
  return `proofs/${String(Math.floor(index / 1e3)).padStart(3, "0")}/${index}.tlog-proof`;
}
function indexOf(path, size) {
  const index = decimal(/\/([0-9]+)\.tlog-proof$/.exec(path)?.[1] ?? "");
  return index !== void 0 && index < size && proofPath(index) === path ? index : wrong("is named after no entry of the log");
}
function headOf(entry, index, path) {
  const extra = toBase64(joined([Uint8Array.of(0), entry]));
  const lines = ["c2sp.org/tlog-proof@v1", `extra ${extra}`, `index ${index}`, ...path.map(toBase64), "", ""];
  return utf8(lines.join("\n"));
}
async function checkProofs(source, entries, checkpoint, key, level) {
  const paths = source.paths.filter((path) => path.startsWith("proofs/"));
  if (paths.length === 0) return;
  const tree = new Subtrees(entries.map(leafHash));
  const published = await fileOf(source, "log/checkpoint");
  for (const path of paths) {
    await level.check(path, async () => {
      const index = indexOf(path, entries.length);
      const file = await fileOf(source, path) ?? wrong("is not there");
      const head = headOf(entries[index], index, tree.path(index));
      if (!equal(file.subarray(0, head.length), head)) wrong("does not prove the entry that it is named after");
      const note = file.subarray(head.length);
      if (equal(note, published)) return;
      const opened = await openCheckpoint(note, key);
      if (opened.size !== checkpoint.size || !equal(opened.root, checkpoint.root)) wrong("is no proof for the checkpoint of this log");
    });
  }
}

// src/cells.ts
function rangesOf(mask2) {
  if (mask2 === "none") return [];
  return mask2.split(" ").map((range) => {
    const [first, last] = range.split("-").map(Number);
    return [first, last ?? first];
  });
}
function hmac(key, message) {
  const inner = new Uint8Array(64).fill(54);
  const outer = new Uint8Array(64).fill(92);
  key.forEach((byte, i) => {
    inner[i] ^= byte;
    outer[i] ^= byte;
  });
  return sha256(joined([outer, sha256(joined([inner, Uint8Array.of(message)]))]));
}
function leafHash2(salt, leaf, content) {
  const number2 = Uint8Array.of(leaf >>> 24, leaf >>> 16, leaf >>> 8, leaf);
  return new Sha256().add(Uint8Array.of(0)).add(salt).add(number2).add(content).finish();
}
function halfOf2(n) {
  let half = 1;
  while (half * 2 < n) half *= 2;
  return half;
}
var MOST_BYTES = 1 << 20;
function nodesOf(proof, leaves2, mask2) {
  if (proof.length > MOST_BYTES) wrong("the proof is over 1 MiB");
  const lines = textOf(proof).split("\n");
  if (lines.length < 4 || lines[0] !== "scrutineer/redaction@v1" || lines.pop() !== "") wrong("is no proof");
  const said = decimal(/^leaves ([0-9]+)$/.exec(lines[1])?.[1] ?? "");
  if (said !== leaves2) wrong("the proof is of a picture with another number of cells");
  if (lines[2] !== `hidden ${mask2}`) wrong("the proof hides other cells than those that two people approved");
  return lines.slice(3).map((line) => {
    const node = fromBase64(line);
    return node?.length === 32 ? node : wrong("is no proof");
  });
}
function rootFrom(nodes, leaves2, mask2, content) {
  let next = 0;
  let range = 0;
  const hidden = (first, count2) => {
    while (range < mask2.length && mask2[range][1] < first) ++range;
    let sum3 = 0;
    for (let i = range; i < mask2.length && mask2[i][0] < first + count2; ++i)
      sum3 += Math.min(mask2[i][1], first + count2 - 1) - Math.max(mask2[i][0], first) + 1;
    return sum3;
  };
  const take = () => nodes[next++] ?? wrong("the proof has too few nodes");
  const shown = (seed, first, count2) => {
    if (count2 === 1) return leafHash2(seed, first, content(first));
    const half = halfOf2(count2);
    return nodeHash(shown(hmac(seed, 0), first, half), shown(hmac(seed, 1), first + half, count2 - half));
  };
  const below = (first, count2) => {
    const those = hidden(first, count2);
    if (those === 0) return shown(take(), first, count2);
    if (those === count2) return take();
    const half = halfOf2(count2);
    return nodeHash(below(first, half), below(first + half, count2 - half));
  };
  const root = below(0, leaves2);
  return next === nodes.length ? root : wrong("the proof has too many nodes");
}
function sideOf(width, height) {
  const pixels = width * height;
  return pixels <= 1e6 ? 16 : pixels <= 5e6 ? 32 : 64;
}
function checkCells(picture, proof, leaves2, root, mask2) {
  const nodes = nodesOf(proof, leaves2, mask2);
  if (picture.leaves !== leaves2) wrong("the picture has another number of cells than the one received");
  const hidden = rangesOf(mask2);
  for (const [first, last] of hidden)
    for (let leaf = first; leaf <= last; ++leaf)
      if (!picture.isFiller(leaf)) wrong(`a hidden cell holds something else than the filler: cell ${leaf}`);
  if (!equal(rootFrom(nodes, leaves2, hidden, (leaf) => picture.content(leaf)), root))
    wrong("what is shown is not what was received, or the proof is another picture's");
}

// src/jpeg.ts
var JFIF = Uint8Array.of(74, 70, 73, 70, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0);
var ADOBE_RGB = Uint8Array.of(65, 100, 111, 98, 101, 0, 100, 0, 0, 0, 0, 0);
var EXIF = [69, 120, 105, 102, 0, 0, 77, 77, 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
var MOST_PIXELS = 1e8;
var BLOCK2 = 64;
var ZIGZAG = Uint8Array.of(
  0,
  1,
  8,
  16,
  9,
  2,
  3,
  10,
  17,
  24,
  32,
  25,
  18,
  11,
  4,
  5,
  12,
  19,
  26,
  33,
  40,
  48,
  41,
  34,
  27,
  20,
  13,
  6,
  7,
  14,
  21,
  28,
  35,
  42,
  49,
  56,
  57,
  50,
  43,
  36,
  29,
  22,
  15,
  23,
  30,
  37,
  44,
  51,
  58,
  59,
  52,
  45,
  38,
  31,
  39,
  46,
  53,
  60,
  61,
  54,
  47,
  55,
  62,
  63
);
var Codes = class {
  // [length]: symbol's place minus code
  constructor(counts2, symbols) {
    this.symbols = symbols;
    let code = 0;
    let place = 0;
    for (let length = 1; length <= 16; ++length) {
      this.offset[length] = place - code;
      for (let i = 0; i < counts2[length - 1]; ++i, ++code, ++place) {
        if (code >= 1 << length) wrong("the picture: a table of codes that is none");
        if (length > 9) continue;
        const from = code << 9 - length;
        this.quick.fill(length << 8 | symbols[place], from, from + (1 << 9 - length));
      }
      if (counts2[length - 1] > 0) this.last[length] = code - 1;
      code <<= 1;
    }
  }
  symbols;
  quick = new Int16Array(512).fill(-1);
  // length * 256 + symbol
  last = new Int32Array(18).fill(-1);
  // [length]: the largest code of that length
  offset = new Int32Array(18);
  next(bits) {
    const found = this.quick[bits.peek(9)];
    if (found >= 0) {
      bits.skip(found >> 8);
      return found & 255;
    }
    const ahead = bits.peek(16);
    for (let length = 10; length <= 16; ++length) {
      const code = ahead >> 16 - length;
      if (code > this.last[length]) continue;
      bits.skip(length);
      return this.symbols[code + this.offset[length]];
    }
    return wrong("the picture: a code that means nothing");
  }
};
var Bits = class {
  constructor(data) {
    this.data = data;
  }
  data;
  window = 0;
  // the next bits are its lowest `held`
  held = 0;
  at = 0;
  fill() {
    while (this.held <= 16) {
      this.window = (this.window & 65535) << 8 | (this.data[this.at++] ?? 0);
      this.held += 8;
    }
  }
  /** At most 16. */
  peek(count2) {
    if (this.held < count2) this.fill();
    return this.window >>> this.held - count2 & (1 << count2) - 1;
  }
  skip(count2) {
    if (this.held < count2) this.fill();
    this.held -= count2;
    if (this.left() < 0) wrong("the picture ends too early");
  }
  /** A number of so many bits with its sign (annex F, EXTEND). */
  signed(size) {
    if (size === 0) return 0;
    const value = this.peek(size);
    this.skip(size);
    return value >> size - 1 ? value : value - (1 << size) + 1;
  }
  left() {
    return 8 * (this.data.length - this.at) + this.held;
  }
};
function number(bytes, at) {
  return at + 1 < bytes.length ? bytes[at] * 256 + bytes[at + 1] : wrong("the picture: a segment is cut off");
}
var ORDER2 = /* @__PURE__ */ new Map([[224, 0], [238, 0], [225, 1], [219, 2], [192, 3], [193, 3], [196, 4], [218, 5]]);
var ONCE = /* @__PURE__ */ new Set([0, 1, 3, 5]);
var Jpeg = class {
  width = 0;
  height = 0;
  orientation = 1;
  cellWidth = 0;
  cellHeight = 0;
  leaves = 0;
  colours = "";
  across = 1;
  // the largest sampling factors
  down = 1;
  components = [];
  steps = /* @__PURE__ */ new Map();
  codes = /* @__PURE__ */ new Map();
  // by class * 16 + number
  constructor(file) {
    if (number(file, 0) !== 65496) wrong("is no JPEG");
    let at = 2;
    let order = -1;
    for (let scan = false; !scan; ) {
      const marker = number(file, at) - 65280;
      const length = number(file, at + 2);
      const place = ORDER2.get(marker);
      if (length < 2 || at + 2 + length > file.length) wrong("has a segment that does not end");
      if (place === void 0) wrong(`has a segment that does not belong there: ${marker.toString(16)}`);
      if (place < order || place === order && ONCE.has(place) || order === -1 && place !== 0)
        wrong("has its segments in another order");
      order = place;
      const segment = file.subarray(at + 4, at + 2 + length);
      at += 2 + length;
      if (place === 5) this.decode(segment, file.subarray(at));
      else this.take(marker, segment);
      scan = place === 5;
    }
  }
  take(marker, segment) {
    switch (marker) {
      case 224:
        if (!equal(segment, JFIF)) wrong("has words of its own in its first segment");
        break;
      case 238:
        if (!equal(segment, ADOBE_RGB)) wrong("has words of its own in its first segment");
        this.colours = "rgb";
        break;
      case 225: {
        const turned = segment[25] ?? 0;
        if (!equal(segment, Uint8Array.from(EXIF.map((byte, i) => i === 25 ? turned : byte))) || turned < 2 || turned > 8)
          wrong("has more in its EXIF than how it is turned");
        this.orientation = turned;
        break;
      }
      case 219:
        return this.takeSteps(segment);
      case 196:
        return this.takeCodes(segment);
      default:
        this.takeFrame(segment);
    }
  }
  takeSteps(segment) {
    for (let at = 0; at < segment.length; ) {
      const wide = segment[at] >> 4;
      const size = wide === 1 ? 128 : 64;
      if (wide > 1 || (segment[at] & 15) > 3 || at + 1 + size > segment.length) wrong("the picture: steps that are none");
      const steps = new Array(BLOCK2);
      for (let k = 0; k < BLOCK2; ++k) steps[ZIGZAG[k]] = wide ? number(segment, at + 1 + 2 * k) : segment[at + 1 + k];
      this.steps.set(segment[at] & 15, steps);
      at += 1 + size;
    }
  }
  takeCodes(segment) {
    for (let at = 0; at < segment.length; ) {
      const counts2 = segment.subarray(at + 1, at + 17);
      const sum3 = counts2.reduce((all, count2) => all + count2, 0);
      const symbols = segment.subarray(at + 17, at + 17 + sum3);
      const which = segment[at];
      if (counts2.length < 16 || symbols.length < sum3 || sum3 > 256 || which >> 4 > 1 || (which & 15) > 3) wrong("the picture: a table of codes that is none");
      if (which >> 4 === 0 && symbols.some((symbol) => symbol > 15)) wrong("the picture: a table of codes that is none");
      this.codes.set(which, new Codes(counts2, symbols));
      at += 17 + sum3;
    }
  }
  takeFrame(segment) {
    this.height = number(segment, 1);
    this.width = number(segment, 3);
    const count2 = segment[5];
    if (segment[0] !== 8 || count2 !== 1 && count2 !== 3 || segment.length !== 6 + 3 * count2) wrong("is a JPEG of another kind");
    if (this.width === 0 || this.height === 0 || this.width * this.height > MOST_PIXELS) wrong("is too large, or has no pixels");
    for (let i = 0; i < count2; ++i) {
      const [id, sampling, table2] = segment.subarray(6 + 3 * i);
      const across = sampling >> 4;
      const down = sampling & 15;
      if (across < 1 || across > 4 || down < 1 || down > 4 || this.components.some((other) => other.id === id))
        wrong("is a JPEG of another kind");
      this.components.push({ id, across, down, table: table2, steps: [], columns: 0, rows: 0, blocks: new Int16Array(0) });
    }
    if (this.colours === "rgb" && count2 === 1) wrong("is a JPEG of another kind");
    this.colours ||= count2 === 1 ? "grey" : "ycc";
    this.across = Math.max(...this.components.map((one) => one.across));
    this.down = Math.max(...this.components.map((one) => one.down));
    const side = sideOf(this.width, this.height);
    this.cellWidth = Math.max(1, Math.floor(side / (8 * this.across))) * 8 * this.across;
    this.cellHeight = Math.max(1, Math.floor(side / (8 * this.down))) * 8 * this.down;
    this.leaves = 1 + this.cellColumns() * Math.ceil(this.height / this.cellHeight);
    for (const one of this.components) {
      one.columns = Math.ceil(this.width * one.across / (8 * this.across));
      one.rows = Math.ceil(this.height * one.down / (8 * this.down));
      one.blocks = new Int16Array(one.columns * one.rows * BLOCK2);
      one.steps = this.steps.get(one.table) ?? wrong("the picture: a component has no steps");
    }
  }
  cellColumns() {
    return Math.ceil(this.width / this.cellWidth);
  }
  // Which codes the scan gives each component: [mean, the others].
  codesOf(segment) {
    const count2 = this.components.length;
    const end = 1 + 2 * count2;
    if (count2 === 0 || segment[0] !== count2 || segment.length !== end + 3) wrong("the picture: not one scan of all");
    if (segment[end] !== 0 || segment[end + 1] !== 63 || segment[end + 2] !== 0) wrong("the picture: not one scan of all");
    return this.components.map((one, i) => {
      const which = segment[2 + 2 * i];
      const mean = this.codes.get(which >> 4);
      const others = this.codes.get(16 + (which & 15));
      if (segment[1 + 2 * i] !== one.id || !mean || !others) wrong("the picture: a component has no codes");
      return [mean, others];
    });
  }
  decode(segment, rest) {
    const codes = this.codesOf(segment);
    const bits = new Bits(unstuffed(rest));
    const means = this.components.map(() => 0);
    const padding = new Int16Array(BLOCK2);
    const block = (i, column, row) => {
      const one = this.components[i];
      const there = column < one.columns && row < one.rows;
      const at = (row * one.columns + column) * BLOCK2;
      const to = there ? one.blocks.subarray(at, at + BLOCK2) : padding;
      means[i] = readBlock(bits, codes[i], means[i], to);
    };
    const alone = this.components.length === 1;
    const unitRows = alone ? this.components[0].rows : Math.ceil(this.height / (8 * this.down));
    const units = alone ? this.components[0].columns : Math.ceil(this.width / (8 * this.across));
    for (let row = 0; row < unitRows; ++row)
      for (let unit = 0; unit < units; ++unit)
        this.components.forEach((one, i) => {
          const across = alone ? 1 : one.across;
          const down = alone ? 1 : one.down;
          for (let y2 = 0; y2 < down; ++y2) for (let x = 0; x < across; ++x) block(i, unit * across + x, row * down + y2);
        });
    if (bits.left() >= 8) wrong("has something behind its picture");
  }
  form() {
    const lines = [
      "scrutineer/cells@v1",
      `jpeg ${this.width} ${this.height}`,
      `orientation ${this.orientation}`,
      `cell ${this.cellWidth} ${this.cellHeight}`,
      `colours ${this.colours}`,
      ...this.components.map((one) => `component ${one.across} ${one.down} ${one.steps.join(" ")}`)
    ];
    return utf8(`${lines.join("\n")}
`);
  }
  // Calls `take` with the coefficients of a cell, a row of blocks of a component at a time.
  rowsOf(leaf, take) {
    const cell = leaf - 1;
    const column = cell % this.cellColumns();
    const row = Math.floor(cell / this.cellColumns());
    for (const one of this.components) {
      const across = this.cellWidth / (8 * this.across) * one.across;
      const down = this.cellHeight / (8 * this.down) * one.down;
      const left = Math.min(column * across, one.columns);
      const right = Math.min(left + across, one.columns);
      for (let y2 = row * down; y2 < Math.min((row + 1) * down, one.rows); ++y2)
        take(one.blocks.subarray((y2 * one.columns + left) * BLOCK2, (y2 * one.columns + right) * BLOCK2));
    }
  }
  content(leaf) {
    if (leaf === 0) return this.form();
    const values = [];
    let count2 = 0;
    this.rowsOf(leaf, (row) => {
      values.push(row);
      count2 += row.length;
    });
    const bytes = new Uint8Array(2 * count2);
    let at = 0;
    for (const row of values)
      for (let i = 0; i < row.length; ++i) {
        bytes[at++] = row[i] >> 8;
        bytes[at++] = row[i];
      }
    return bytes;
  }
  isFiller(leaf) {
    let all = true;
    this.rowsOf(leaf, (row) => {
      all = all && row.every((value) => value === 0);
    });
    return all;
  }
};
function unstuffed(rest) {
  const data = new Uint8Array(rest.length);
  let size = 0;
  let at = 0;
  for (; at < rest.length; ++at) {
    data[size++] = rest[at];
    if (rest[at] !== 255) continue;
    if (rest[at + 1] !== 0) break;
    ++at;
  }
  if (at + 2 !== rest.length || rest[at + 1] !== 217) wrong("has something behind its one scan");
  return data.subarray(0, size - 1);
}
function readBlock(bits, [means, others], before, to) {
  const mean = before + bits.signed(means.next(bits));
  to[0] = mean;
  for (let k = 1; k < BLOCK2; ++k) {
    const symbol = others.next(bits);
    const size = symbol & 15;
    const run2 = symbol >> 4;
    if (size === 0 && run2 !== 15) break;
    k += run2;
    if (k >= BLOCK2) wrong("the picture: a block that is too long");
    if (size > 0) to[ZIGZAG[k]] = bits.signed(size);
  }
  return mean;
}

// src/png.ts
var SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
var MOST_PIXELS2 = 1e8;
var GREY = 128;
var CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let k = 0; k < 8; ++k) value = value & 1 ? 3988292384 ^ value >>> 1 : value >>> 1;
  return value;
});
function crc32(bytes) {
  let value = 4294967295;
  for (const byte of bytes) value = CRC[(value ^ byte) & 255] ^ value >>> 8;
  return ~value >>> 0;
}
function word(bytes, at) {
  return new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0);
}
async function inflated(packed, size) {
  const out = new Uint8Array(size);
  let at = 0;
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  const reader = stream.getReader();
  try {
    for (; ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      if (at + value.length > size) wrong("the picture: more pixels than it says");
      out.set(value, at);
      at += value.length;
    }
  } catch (error) {
    await reader.cancel().catch(() => void 0);
    return wrong(error instanceof Error && error.message.startsWith("the picture") ? error.message : "the picture: its pixels cannot be unpacked");
  }
  return at === size ? out : wrong("the picture ends too early");
}
function paeth(a, b, c) {
  const p = a + b - c;
  const [x, y2, z] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  return x <= y2 && x <= z ? a : y2 <= z ? b : c;
}
function unfiltered(data, stride, rows, step) {
  const out = new Uint8Array(stride * rows);
  for (let row = 0; row < rows; ++row) {
    const from = row * (stride + 1) + 1;
    const to = row * stride;
    const kind = data[from - 1];
    for (let i = 0; i < stride; ++i) {
      const a = i >= step ? out[to + i - step] : 0;
      const b = row > 0 ? out[to + i - stride] : 0;
      const value = data[from + i];
      switch (kind) {
        case 0:
          out[to + i] = value;
          break;
        case 1:
          out[to + i] = value + a;
          break;
        case 2:
          out[to + i] = value + b;
          break;
        case 3:
          out[to + i] = value + (a + b >> 1);
          break;
        case 4:
          out[to + i] = value + paeth(a, b, row > 0 && i >= step ? out[to + i - stride - step] : 0);
          break;
        default:
          wrong("the picture: a row of another kind");
      }
    }
  }
  return out;
}
var Png = class _Png {
  constructor(width, height, channels, pixels) {
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.pixels = pixels;
    this.cellWidth = this.cellHeight = sideOf(width, height);
    this.columns = Math.ceil(width / this.cellWidth);
    this.leaves = 1 + this.columns * Math.ceil(height / this.cellHeight);
  }
  width;
  height;
  channels;
  pixels;
  orientation = 1;
  cellWidth;
  cellHeight;
  leaves;
  columns;
  static async open(file) {
    if (!equal(file.subarray(0, 8), SIGNATURE)) wrong("is no PNG");
    let header;
    const packed = [];
    let order = "";
    for (let at = 8; order !== "IEND"; ) {
      if (at + 12 > file.length || word(file, at) > file.length - at - 12) wrong("has a chunk that does not end");
      const size = word(file, at);
      const named = file.subarray(at + 4, at + 8 + size);
      const chunk = named.subarray(4);
      const type = String.fromCharCode(...named.subarray(0, 4));
      if (word(file, at + 8 + size) !== crc32(named)) wrong("has a chunk whose sum is wrong");
      at += 12 + size;
      const follows = {
        IHDR: order === "",
        sRGB: order === "IHDR" && equal(chunk, Uint8Array.of(0)),
        IDAT: order === "sRGB" || order === "IDAT",
        IEND: order === "IDAT" && size === 0 && at === file.length
      };
      if (!follows[type]) wrong("has something else in it than a picture");
      if (type === "IHDR") header = chunk;
      if (type === "IDAT") packed.push(chunk);
      order = type;
    }
    return _Png.of(header, joined(packed));
  }
  static async of(header, packed) {
    if (header.length !== 13 || header[8] !== 8 || header[9] !== 0 && header[9] !== 2 || header[10] !== 0 || header[11] !== 0 || header[12] !== 0)
      wrong("is a PNG of another kind");
    const width = word(header, 0);
    const height = word(header, 4);
    if (width === 0 || height === 0 || width * height > MOST_PIXELS2) wrong("is too large, or has no pixels");
    const channels = header[9] === 2 ? 3 : 1;
    const stride = width * channels;
    const data = await inflated(packed, (stride + 1) * height);
    return new _Png(width, height, channels, unfiltered(data, stride, height, channels));
  }
  content(leaf) {
    if (leaf === 0) return utf8(`scrutineer/cells@v1
pixels ${this.width} ${this.height}
cell ${this.cellWidth} ${this.cellHeight}
`);
    const left = (leaf - 1) % this.columns * this.cellWidth;
    const top = Math.floor((leaf - 1) / this.columns) * this.cellHeight;
    const right = Math.min(left + this.cellWidth, this.width);
    const foot = Math.min(top + this.cellHeight, this.height);
    const bytes = new Uint8Array(3 * (right - left) * (foot - top));
    let at = 0;
    for (let y2 = top; y2 < foot; ++y2) {
      const row = this.pixels.subarray((y2 * this.width + left) * this.channels, (y2 * this.width + right) * this.channels);
      if (this.channels === 3) {
        bytes.set(row, at);
        at += row.length;
      } else {
        for (const value of row) {
          bytes.fill(value, at, at + 3);
          at += 3;
        }
      }
    }
    return bytes;
  }
  isFiller(leaf) {
    return this.content(leaf).every((value) => value === GREY);
  }
};

// src/redacted.ts
function stored(picture, at) {
  const turn = picture.orientation;
  const x = turn >= 5 ? at.y : at.x;
  const y2 = turn >= 5 ? at.x : at.y;
  return {
    x: [2, 3, 7, 8].includes(turn) ? picture.width - x : x,
    y: [3, 4, 6, 7].includes(turn) ? picture.height - y2 : y2
  };
}
function extent(shape, along) {
  const values = shape.map((point) => point.x * along.x + point.y * along.y);
  return [Math.min(...values), Math.max(...values)];
}
function overlap(a, b) {
  for (const shape of [a, b]) {
    for (let i = 0; i < shape.length; ++i) {
      const from = shape[i];
      const to = shape[(i + 1) % shape.length];
      const normal = { x: from.y - to.y, y: to.x - from.x };
      if (normal.x === 0 && normal.y === 0) continue;
      const [lowA, highA] = extent(a, normal);
      const [lowB, highB] = extent(b, normal);
      if (highA <= lowB || highB <= lowA) return false;
    }
  }
  return true;
}
function boxOf(picture, leaf) {
  const columns = Math.ceil(picture.width / picture.cellWidth);
  const left = (leaf - 1) % columns * picture.cellWidth;
  const top = Math.floor((leaf - 1) / columns) * picture.cellHeight;
  const right = Math.min(left + picture.cellWidth, picture.width);
  const foot = Math.min(top + picture.cellHeight, picture.height);
  return [{ x: left, y: top }, { x: right, y: top }, { x: right, y: foot }, { x: left, y: foot }];
}
function hidesCode(picture, mask2, corners) {
  const code = [0, 2, 4, 6].map((i) => stored(picture, { x: corners[i], y: corners[i + 1] }));
  for (const [first, last] of rangesOf(mask2))
    for (let leaf = first; leaf <= last; ++leaf) if (overlap(code, boxOf(picture, leaf))) return true;
  return false;
}
function basePath(digest2) {
  return `redacted/${digest2.slice(0, 2)}/${digest2}`;
}
async function checkPicture(source, path, approved, state) {
  const file = await fileOf(source, path);
  const proof = await fileOf(source, `${basePath(approved.sha256)}.redaction`) ?? wrong("its proof is not there");
  const picture = approved.kind === "jpeg" ? new Jpeg(file) : await Png.open(file);
  checkCells(picture, proof, approved.leaves, fromHex(approved.root), approved.mask);
  const reading = state.pictures.find((one) => one.sha256 === approved.sha256);
  if (reading?.corners && hidesCode(picture, approved.mask, reading.corners)) wrong("hides a piece of the code");
}
async function checkRedacted(source, state, report, level, tell) {
  const known = /* @__PURE__ */ new Set();
  const shown = /* @__PURE__ */ new Map();
  for (const approved of state.approved) {
    const path = `${basePath(approved.sha256)}${approved.kind === "jpeg" ? ".jpg" : ".png"}`;
    known.add(path).add(`${basePath(approved.sha256)}.redaction`);
    if (await source.size(path) !== void 0) shown.set(path, approved);
  }
  for (const path of source.paths)
    if (path.startsWith("redacted/") && !known.has(path))
      await level.check(path, () => wrong("is no picture that two people approved, nor its proof"));
  const there = new Set(source.paths);
  for (const path of known) if (!there.has(path)) level.add(path, "is not there, though two people approved it, and no entry withholds it");
  let done = 0;
  for (const [path, approved] of shown) {
    if (await level.check(path, () => checkPicture(source, path, approved, state))) ++report.picturesRedacted;
    tell(++done, shown.size);
  }
  if (shown.size > 0) report.leftOut.add("redactions");
}

// src/judge.ts
var SHEETS = "sheets-true";
var ONE_VOTE = "one-vote-per-elector";
var ELECTORS = "electors-total";
var STATIONS = "stations-total";
var TABLES = "tables-claimed";
var ZERO = fraction2(0n, 1n);
var HUNDRED = fraction2(100n, 1n);
var whole = (n) => ({ p: BigInt(n), q: 1n });
function check(code, subject, assumptions, contradicted, more = {}) {
  const status = contradicted ? "contradicted" : "consistent";
  return { code, subject, status, assumptions, details: {}, reason: "", ...more };
}
function notApplicable(code, subject, reason) {
  return { code, subject, status: "not-applicable", assumptions: [], details: {}, reason };
}
function rangeOf(percent2) {
  return [most(minus(percent2.value, percent2.halfUnit), ZERO), least(plus(percent2.value, percent2.halfUnit), HUNDRED)];
}
function ceil(share, total, divisor) {
  const unit = share.q * divisor;
  return Number((share.p * BigInt(total) + unit - 1n) / unit);
}
function floor(share, total, divisor) {
  return Number(share.p * BigInt(total) / (share.q * divisor));
}
function votesUnder(claim, label) {
  return claim.votes.find((group) => group.label === label)?.value;
}
function votesOfOptions(claim, options) {
  const inside = claim.votes.filter((group) => group.options.every((option) => options.includes(option)));
  const found = new Set(inside.flatMap((group) => group.options));
  return found.size === options.length ? inside.reduce((sum3, group) => sum3 + group.value, 0) : void 0;
}
var clamp = (n, low, high) => Math.min(Math.max(n, low), high);
function tablesClaimed(claim, stations) {
  if (claim.tables !== void 0) return [claim.tables, claim.tables];
  if (!claim.tablesPercent || !stations) return void 0;
  const [low, high] = rangeOf(claim.tablesPercent);
  const edges = [ceil(low, stations.value, 100n), floor(high, stations.value, 100n)].sort((a, b) => a - b);
  return [clamp(edges[0], 0, stations.value), clamp(edges[1], 0, stations.value)];
}
function checkSum(definition, claim) {
  if (claim.valid === void 0) return notApplicable("sum-of-votes", "", "no-valid-claimed");
  const covered = new Set(claim.votes.flatMap((group) => group.options));
  if (covered.size !== definition.options.length) return notApplicable("sum-of-votes", "", "votes-incomplete");
  const sum3 = claim.votes.reduce((all, group) => all + group.value, 0);
  return check("sum-of-votes", "", ["none"], sum3 !== claim.valid, { bound: whole(sum3), claimed: whole(claim.valid) });
}
function checkCast(claim) {
  if (claim.valid === void 0 || claim.null === void 0 || claim.cast === void 0)
    return notApplicable("cast", "", "no-cast-claimed");
  const sum3 = claim.valid + claim.null;
  return check("cast", "", ["none"], sum3 !== claim.cast, { bound: whole(sum3), claimed: whole(claim.cast) });
}
function checkPercentages(claim) {
  return claim.percent.map(({ label, value }) => {
    const votes2 = votesUnder(claim, label);
    if (votes2 === void 0 || !claim.valid) return notApplicable("percentage", label, "no-count-claimed");
    const bound = fraction2(100n * BigInt(votes2), BigInt(claim.valid));
    const [low, high] = rangeOf(value);
    const rounds = compare(bound, low) >= 0 && compare(bound, high) <= 0;
    return check("percentage", label, ["none"], !rounds, { bound, claimed: value.value });
  });
}
function checkTurnout(definition, claim, electors) {
  const all = claim.cast ?? (claim.valid !== void 0 && claim.null !== void 0 ? claim.valid + claim.null : void 0);
  if (all === void 0 || !claim.turnoutPercent) return notApplicable("turnout", "", "no-turnout-claimed");
  const parts = [["", HUNDRED, HUNDRED]];
  if (claim.tablesPercent) parts.push([` x ${claim.tablesPercent.text} %`, ...rangeOf(claim.tablesPercent)]);
  const [low, high] = rangeOf(claim.turnoutPercent);
  let fits = "";
  for (const total of [...definition.electorsKnown, electors]) {
    for (const [name, partLow, partHigh] of parts) {
      const fit = ceil(times(low, partLow), total.value, 10000n) <= all && all <= floor(times(high, partHigh), total.value, 10000n);
      const denominator = total.id + name;
      if (fit && !fits.includes(denominator)) fits += (fits === "" ? "" : ", ") + denominator;
    }
  }
  return check("turnout", "", [], fits === "", {
    claimed: claim.turnoutPercent.value,
    bound: electors.value > 0 ? fraction2(100n * BigInt(all), BigInt(electors.value)) : void 0,
    details: { fits, cast: String(all) }
  });
}
function votesOf(definition, options, returns) {
  const places = options.map((id) => definition.options.findIndex((option) => option.id === id));
  return returns.map((one) => places.reduce((sum3, place) => sum3 + one.votes[place], 0));
}
function subjectsOf(definition, claim, returns) {
  const subjects = claim.votes.map(({ label, options, value }) => ({
    name: label,
    values: votesOf(definition, options, returns),
    claimed: value
  }));
  const add = (name, claimed, of) => {
    if (claimed !== void 0) subjects.push({ name, values: returns.map(of), claimed });
  };
  add("valid", claim.valid, (one) => one.valid);
  add("null", claim.null, (one) => one.null);
  add("cast", claim.cast, cast);
  return subjects;
}
var sum2 = (values) => values.reduce((all, one) => all + one, 0);
function checkOverlap({ name, values, claimed }, overlap2) {
  const fewest = [...values].sort((a, b) => a - b).slice(0, overlap2);
  const bound = sum2(fewest);
  let left = bound;
  let sheetsFalse = 0;
  while (left > claimed) left -= fewest[overlap2 - ++sheetsFalse];
  return check("overlap", name, [SHEETS, STATIONS, TABLES], claimed < bound, {
    bound: whole(bound),
    claimed: whole(claimed),
    sheetsFalse,
    details: { sheets_counted_at_least: String(overlap2) }
  });
}
function checkCeiling({ name, values, claimed }, claim, tables2, missing) {
  const assumptions = [SHEETS, ONE_VOTE, ELECTORS];
  let counted = values;
  if (tables2 && tables2[1] < values.length) {
    counted = [...values].sort((a, b) => b - a).slice(0, tables2[1]);
    if (claim.tables === void 0) assumptions.push(STATIONS);
    assumptions.push(TABLES);
  }
  const bound = missing + sum2(counted);
  return check("ceiling", name, assumptions, claimed > bound, { bound: whole(bound), claimed: whole(claimed) });
}
function claimedShare(claim, label) {
  const votes2 = votesUnder(claim, label);
  if (votes2 !== void 0 && claim.valid) {
    const share = fraction2(BigInt(votes2), BigInt(claim.valid));
    return [share, share];
  }
  const percent2 = claim.percent.find((group) => group.label === label);
  if (!percent2) return void 0;
  const [low, high] = rangeOf(percent2.value);
  return [times(low, fraction2(1n, 100n)), times(high, fraction2(1n, 100n))];
}
function extremeShare(votes2, valid, overlap2, missing, largest) {
  let share = whole(largest ? 0 : 1);
  for (; ; ) {
    const sign = largest ? 1n : -1n;
    const scored = votes2.map((n, i) => ({ i, score: sign * (share.q * BigInt(n) - share.p * BigInt(valid[i])) })).sort((a, b) => a.score > b.score ? -1 : a.score < b.score ? 1 : 0);
    const set = scored.filter(({ score }, place) => place < overlap2 || score > 0n);
    const below = sum2(set.map(({ i }) => valid[i])) + missing;
    if (below === 0) return void 0;
    const next = fraction2(BigInt(sum2(set.map(({ i }) => votes2[i])) + (largest ? missing : 0)), BigInt(below));
    if (largest ? compare(next, share) <= 0 : compare(next, share) >= 0) return share;
    share = next;
  }
}
function checkShares(definition, claim, returns, overlap2, whyNot, missing, code) {
  const upper = code === "share-most";
  const valid = returns.map((one) => one.valid);
  const labels = /* @__PURE__ */ new Map();
  for (const { label, options } of [...claim.votes, ...claim.percent]) if (!labels.has(label)) labels.set(label, options);
  return [...labels].map(([label, options]) => {
    const share = claimedShare(claim, label);
    if (!share || whyNot !== "") return notApplicable(code, label, share ? whyNot : "no-share-claimed");
    const bound = extremeShare(votesOf(definition, options, returns), valid, overlap2, missing, upper);
    if (!bound) return notApplicable(code, label, "no-votes");
    const contradicted = upper ? compare(share[0], bound) > 0 : compare(share[1], bound) < 0;
    return check(code, label, [SHEETS, ONE_VOTE, ELECTORS, STATIONS, TABLES], contradicted, {
      bound,
      claimed: upper ? share[0] : share[1]
    });
  });
}
function checkNulls(claim, returns, missing) {
  if (claim.null === void 0) return notApplicable("null-votes", "null", "no-null-claimed");
  const onSheets = sum2(returns.map((one) => one.null));
  const castOnSheets = sum2(returns.map(cast));
  const elsewhere = Math.max(0, claim.null - onSheets);
  const details = {
    nulls_on_sheets: String(onSheets),
    nulls_needed_elsewhere: String(elsewhere),
    missing_registered: String(missing)
  };
  if (castOnSheets > 0) details["rate_on_sheets"] = fractionText(fraction2(BigInt(onSheets), BigInt(castOnSheets)));
  if (missing > 0) details["rate_needed_elsewhere"] = fractionText(fraction2(BigInt(elsewhere), BigInt(missing)));
  return check("null-votes", "null", [SHEETS, ONE_VOTE, ELECTORS], elsewhere > missing, {
    claimed: whole(claim.null),
    bound: whole(onSheets + missing),
    details
  });
}
function sharesOf(definition, claim) {
  if (claim.valid === void 0 || claim.percent.length === 0) return "no-percentages";
  const total = claim.valid;
  const shares = [];
  let rest = HUNDRED;
  let restCount = total;
  let finest = ZERO;
  let options = 0;
  for (const group of claim.percent) {
    const count2 = votesUnder(claim, group.label);
    if (count2 === void 0) return "no-count-claimed";
    shares.push({ count: count2, percent: group.value.value, half: group.value.halfUnit });
    rest = minus(rest, group.value.value);
    restCount -= count2;
    finest = most(finest, group.value.halfUnit);
    options += group.options.length;
  }
  if (options < definition.options.length) shares.push({ count: restCount, percent: rest, half: finest });
  if (shares.length < 2 || shares.length > 3) return "too-many-groups";
  if (compare(rest, ZERO) < 0 || restCount < 0 || options === definition.options.length && rest.p !== 0n)
    return "percentages-not-100";
  return shares.map(({ count: count2, percent: percent2, half }) => ({
    count: count2,
    percent: percent2,
    low: ceil(most(minus(percent2, half), ZERO), total, 100n),
    high: floor(least(plus(percent2, half), HUNDRED), total, 100n)
  }));
}
function splits(shares, total) {
  const [first, second] = [shares[0], shares[1]];
  const last = shares.at(-1);
  let ways = 0;
  for (let a = first.low; a <= first.high; ++a) {
    const low = shares.length === 2 ? total - a : Math.max(second.low, total - a - last.high);
    const high = shares.length === 2 ? total - a : Math.min(second.high, total - a - last.low);
    if (shares.length === 2) ways += low >= last.low && low <= last.high ? 1 : 0;
    else ways += Math.max(0, high - low + 1);
  }
  return ways;
}
function checkDerived(definition, claim) {
  const code = "derived-from-percent";
  const shares = sharesOf(definition, claim);
  if (typeof shares === "string") return notApplicable(code, "", shares);
  const total = claim.valid;
  const [a, b] = [shares[0], shares[1]];
  if (a.high - a.low > 5e7) return notApplicable(code, "", "too-coarse");
  let exact = true;
  let largest = 0n;
  for (const share of shares) {
    const unit = share.percent.q * 100n;
    const offset = 2n * (BigInt(share.count) * unit - share.percent.p * BigInt(total));
    const size = offset < 0n ? -offset : offset;
    exact &&= size <= unit;
    const rounded = (size + unit) / (2n * unit);
    if (rounded > largest) largest = rounded;
  }
  return check(code, "", ["counts-not-from-percent"], false, {
    details: {
      exact_match: exact && sum2(shares.map((share) => share.count)) === total ? "yes" : "no",
      largest_offset: String(largest),
      compatible: String(splits(shares, total)),
      compatible_two_shares: String(BigInt(a.high - a.low + 1) * BigInt(b.high - b.low + 1)),
      caveats: "not-a-probability-of-fraud, pattern-chosen-after-the-fact, intermediary-could-explain"
    }
  });
}
function checkIncrement(claim, earlier) {
  const details = { earlier: earlier.id };
  let down = false;
  const step = (name, before, after) => {
    if (before === void 0 || after === void 0) return;
    details[`increment.${name}`] = String(after - before);
    down ||= after < before;
  };
  for (const group of earlier.votes) step(group.label, group.value, votesOfOptions(claim, group.options));
  for (const key of ["valid", "null", "cast"]) step(key, earlier[key], claim[key]);
  return check("increment", "", ["none"], down, { details });
}
function detailJson(text6) {
  const negative = text6.startsWith("-");
  const n = decimal(negative ? text6.slice(1) : text6);
  return n === void 0 || negative && n === 0 ? text6 : negative ? -n : n;
}
function checkJson(one) {
  return {
    assumptions: one.assumptions,
    bound: one.bound ? fractionJson(one.bound) : null,
    claimed: one.claimed ? fractionJson(one.claimed) : null,
    code: one.code,
    details: Object.fromEntries(Object.entries(one.details).map(([name, text6]) => [name, detailJson(text6)])),
    option: one.subject,
    reason: one.reason === "" ? null : one.reason,
    sheets_false_at_least: one.sheetsFalse ?? null,
    status: one.status
  };
}
function judgeClaim(definition, claim, earlier, returns, electors, stations) {
  const tables2 = tablesClaimed(claim, stations);
  const overlap2 = tables2 && stations ? clamp(tables2[0] + returns.length - stations.value, 0, Math.min(returns.length, tables2[0])) : void 0;
  const missing = Math.max(0, electors.value - sum2(returns.map(electorsOf)));
  const whyNot = !tables2 ? stations ? "no-tables-claimed" : "no-stations-total" : overlap2 === void 0 ? "no-stations-total" : overlap2 === 0 ? "no-overlap" : "";
  const subjects = subjectsOf(definition, claim, returns);
  const checks = [
    checkSum(definition, claim),
    checkCast(claim),
    ...checkPercentages(claim),
    checkTurnout(definition, claim, electors),
    ...subjects.map((one) => whyNot === "" ? checkOverlap(one, overlap2) : notApplicable("overlap", one.name, whyNot)),
    ...subjects.map((one) => checkCeiling(one, claim, tables2, missing)),
    ...["share-most", "share-least"].flatMap(
      (code) => checkShares(definition, claim, returns, overlap2 ?? 0, whyNot, missing, code)
    ),
    checkNulls(claim, returns, missing),
    checkDerived(definition, claim),
    ...earlier ? [checkIncrement(claim, earlier)] : []
  ];
  return {
    by: claim.by,
    checks: checks.map(checkJson),
    contradicted: checks.filter((one) => one.status === "contradicted").length,
    id: claim.id,
    overlap_at_least: overlap2 ?? null,
    tables: { least: tables2?.[0] ?? null, most: tables2?.[1] ?? null }
  };
}
function judgeClaims(definition, claims, returns, electors, stations) {
  return claims.map((claim, i) => judgeClaim(definition, claim, earlierClaim(claims, i), returns, electors, stations));
}

// src/sheet.ts
function sumOf(numbers) {
  let sum3 = 0;
  for (const number2 of numbers) {
    sum3 += number2;
    if (!Number.isSafeInteger(sum3)) wrong("more votes than can be counted");
  }
  return sum3;
}
var Cursor = class {
  constructor(rest) {
    this.rest = rest;
  }
  rest;
  take(size) {
    const taken = this.rest.slice(0, size);
    this.rest = this.rest.slice(size);
    return taken;
  }
  number(width) {
    const digits = /^[0-9]*/.exec(width > 0 ? this.rest.slice(0, width) : this.rest)[0];
    if (digits === "" || width > 0 && digits.length < width) wrong("a count is missing");
    this.take(digits.length);
    const plain = width > 0 ? digits.replace(/^0+(?=.)/, "") : digits;
    return decimal(plain) ?? wrong(`"${digits}" is no count`);
  }
};
function codeParts(pattern) {
  return [...pattern.matchAll(/\{([^:}]*):([0-9]+)\}|[^{]/gs)].map(
    (found) => found[1] === void 0 ? { literal: found[0], width: found[0].length } : { name: found[1], width: Number(found[2]) }
  );
}
function codeLength(format) {
  return codeParts(format.code).reduce((sum3, part) => sum3 + part.width, 0);
}
function stationOfCode(code, format) {
  const named = /* @__PURE__ */ new Map();
  const cursor = new Cursor(code);
  for (const part of codeParts(format.code)) {
    const taken = cursor.take(part.width);
    if (part.name === void 0 ? taken !== part.literal : !new RegExp(`^[0-9]{${part.width}}$`).test(taken))
      wrong(`"${code}" is no code of the form ${format.code}`);
    if (part.name !== void 0) named.set(part.name, taken);
  }
  if (cursor.rest !== "") wrong(`"${code}" is no code of the form ${format.code}`);
  return format.station.replace(/\{([^}]*)\}/g, (_, name) => named.get(name) ?? wrong("unknown part"));
}
function countsOf(cursor, part, lines) {
  const counts2 = [];
  for (let i = 0; i < lines; ++i) {
    if (i > 0 && part.separator && cursor.take(1) !== part.separator) wrong("has too few counts");
    counts2.push(cursor.number(part.width));
  }
  return counts2;
}
function parseWith(text6, definition, format) {
  const cursor = new Cursor(text6);
  const figures = /* @__PURE__ */ new Map();
  let station = "";
  let counts2;
  for (const part of format.grammar) {
    if (part.kind === "literal") {
      if (cursor.take(part.text.length) !== part.text) wrong(`"${part.text}" is due`);
    } else if (part.kind === "code") {
      station = stationOfCode(cursor.take(codeLength(format)), format);
    } else if (part.kind === "counts") {
      counts2 = countsOf(cursor, part, format.ballotOrder.length);
    } else {
      figures.set(part.text, cursor.number(part.width));
    }
  }
  if (cursor.rest !== "") wrong("something stands behind the end");
  const byLine = new Map(format.ballotOrder.map((line, i) => [line, counts2?.[i] ?? 0]));
  return {
    station,
    counted: counts2 !== void 0,
    valid: figures.get("valid") ?? sumOf(counts2 ?? []),
    null: figures.get("null") ?? 0,
    invalid: figures.get("invalid") ?? 0,
    registered: figures.get("registered"),
    votes: definition.options.map((option) => sumOf(option.lines.map((line) => byLine.get(line) ?? 0)))
  };
}
function parseSheet(text6, definition) {
  let last;
  for (const format of definition.sheets) {
    try {
      return parseWith(text6, definition, format);
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      last = error;
    }
  }
  throw last ?? new Wrong("the definition has no sheet format");
}

// src/result.ts
function electorsOf(one) {
  return one.registered ?? cast(one);
}
function votesJson(state, votes2) {
  return Object.fromEntries(state.definition.options.map((option, i) => [option.id, votes2[i]]));
}
function rosterSum(state) {
  let sum3 = 0;
  for (const station of state.roster?.values() ?? []) {
    if (station.registered === void 0) return void 0;
    sum3 += station.registered;
  }
  return Number.isSafeInteger(sum3) ? sum3 : void 0;
}
function totals(state) {
  const complete = state.roster !== void 0 && state.definition.rosterComplete;
  const ofRoster = (value, en, es) => !complete || value === void 0 ? void 0 : { id: "roster", value, what: { en, es }, source: state.definition.roster };
  return {
    electors: state.definition.electors ?? ofRoster(rosterSum(state), "sum of the roster", "suma del padrón de mesas"),
    stations: state.definition.stations ?? ofRoster(state.roster?.size, "stations of the roster", "mesas del padrón")
  };
}
function tally(state, returns) {
  const { units } = state.geography;
  const complete = state.roster !== void 0 && state.definition.rosterComplete;
  const sums = units.map(() => ({
    returned: 0,
    covered: 0,
    valid: 0,
    null: 0,
    invalid: 0,
    votes: state.definition.options.map(() => 0),
    expected: complete ? 0 : void 0,
    registered: complete ? 0 : void 0
  }));
  for (const one of returns) {
    const into = sums[one.unit];
    into.returned += 1;
    into.covered += electorsOf(one);
    into.valid += one.valid;
    into.null += one.null;
    into.invalid += one.invalid;
    one.votes.forEach((n, i) => into.votes[i] += n);
  }
  if (complete) {
    for (const station of state.roster.values()) {
      const into = sums[station.unit];
      into.expected += 1;
      if (into.registered !== void 0)
        into.registered = station.registered === void 0 ? void 0 : into.registered + station.registered;
    }
  }
  for (let place = units.length - 1; place > 0; --place) {
    const from = sums[place];
    const into = sums[units[place].parent];
    for (const key of ["returned", "covered", "valid", "null", "invalid"]) into[key] += from[key];
    from.votes.forEach((n, i) => into.votes[i] += n);
    if (!complete) continue;
    into.expected += from.expected;
    into.registered = into.registered === void 0 || from.registered === void 0 ? void 0 : into.registered + from.registered;
  }
  for (const one of sums)
    sumOf([0, one.covered, one.valid, one.null, one.invalid, ...one.votes].map((n) => Number.isSafeInteger(n) ? 0 : wrong("a sum passes 2^53")));
  const { electors, stations } = totals(state);
  if (stations !== void 0) sums[0].expected = stations.value;
  if (electors !== void 0) sums[0].registered = electors.value;
  return sums;
}
function document(state, rows) {
  return {
    election: state.definition.id,
    options: state.definition.options.map((option) => ({ id: option.id, name: option.name })),
    rows,
    schema: "scrutineer.tally/1"
  };
}
function unitRow(state, place, sums) {
  const unit = state.geography.units[place];
  const level = unit.depth === 0 ? "country" : state.definition.levels[unit.depth - 1].id;
  return {
    invalid: sums.invalid,
    level,
    name: unit.name === "" ? null : unit.name,
    null: sums.null,
    parent: unit.depth === 0 ? null : state.geography.units[unit.parent].id,
    registered: { covered: sums.covered, total: sums.registered ?? null },
    stations: { expected: sums.expected ?? null, returned: sums.returned },
    unit: unit.id,
    valid: sums.valid,
    votes: votesJson(state, sums.votes)
  };
}
function stationRow(state, one) {
  return {
    agreeing: one.agreeing,
    borne_by: one.borneBy,
    entry: one.entry,
    invalid: one.invalid,
    level: "station",
    name: null,
    null: one.null,
    parent: state.geography.units[one.unit].id,
    registered: { covered: one.registered ?? null, total: one.registered ?? null },
    stations: { expected: 1, returned: 1 },
    unit: one.station,
    valid: one.valid,
    votes: votesJson(state, one.votes)
  };
}
function counts(state, returns) {
  const sums = tally(state, returns);
  const documents = [];
  for (let depth = 0; depth <= state.definition.levels.length; ++depth)
    documents.push(document(state, state.geography.at(depth).map((place) => unitRow(state, place, sums[place]))));
  documents.push(document(state, returns.map((one) => stationRow(state, one))));
  return documents;
}
function sheetsToOpen(margin, scores) {
  let sheets = 0;
  for (const score of scores) {
    if (margin <= 0n) return sheets;
    if (score <= 0n) return void 0;
    margin -= score;
    ++sheets;
  }
  return margin <= 0n ? sheets : void 0;
}
function underCap(votes2, leader, cap, missing, returns) {
  const rivals = votes2.map((_, i) => i).filter((i) => i !== leader);
  const marginTo = (rival) => cap.q * BigInt(votes2[leader] - votes2[rival]) - cap.p * BigInt(missing);
  const worst = rivals.map(marginTo).reduce((a, b) => b < a ? b : a);
  let sheets;
  for (const rival of worst > 0n ? rivals : []) {
    const scores = returns.map(
      (one) => cap.q * BigInt(one.votes[leader] - one.votes[rival]) + cap.p * BigInt(electorsOf(one))
    );
    scores.sort((a, b) => a < b ? 1 : a > b ? -1 : 0);
    const fewest = sheetsToOpen(marginTo(rival), scores);
    if (fewest !== void 0 && (sheets === void 0 || fewest < sheets)) sheets = fewest;
  }
  return { cap, margin: fraction2(worst, cap.q), decided: worst > 0n, sheets };
}
function outcome(state, returns) {
  const { electors, stations } = totals(state);
  if (electors === void 0) return void 0;
  const { options, caps } = state.definition;
  const votes2 = options.map((_, i) => sumOf(returns.map((one) => one.votes[i])));
  const covered = sumOf(returns.map(electorsOf));
  const missing = electors.value - covered;
  if (missing < 0) wrong("the returns hold more electors than there are");
  const order = votes2.map((_, i) => i).sort((a, b) => votes2[b] - votes2[a] || a - b);
  const [leader, runnerUp] = [order[0], order[1]];
  const any = votes2[leader] > 0;
  const under = caps.map((cap) => underCap(votes2, leader, cap, missing, returns));
  const margin = votes2[leader] - votes2[runnerUp];
  const all = BigInt(sumOf(returns.map((one) => one.valid)) + missing);
  const share = (n) => fractionText(fraction2(BigInt(n), all));
  return {
    breakdown: under.map((one) => ({
      decided: one.decided,
      sheets: one.sheets ?? null,
      turnout_cap: fractionText(one.cap),
      worst_case_margin: fractionJson(one.margin)
    })),
    decided: any && under[0].decided,
    lead_needed: any && missing > 0 ? fractionText(fraction2(BigInt(margin), BigInt(missing))) : null,
    leader: any ? options[leader].id : null,
    margin: any ? margin : null,
    missing_registered: missing,
    registered_covered: covered,
    runner_up: any ? options[runnerUp].id : null,
    shares: all > 0n ? options.map((option, i) => ({
      least: share(votes2[i]),
      most: share(votes2[i] + missing),
      option: option.id,
      votes: votes2[i]
    })) : [],
    stations_counted: returns.length,
    stations_missing: stations === void 0 ? null : Math.max(0, stations.value - returns.length),
    tie: any && margin === 0,
    turnout_cap: any ? fractionText(under[0].cap) : null,
    worst_case_margin: any ? fractionJson(under[0].margin) : null
  };
}
function totalJson(total) {
  return { id: total.id, source: total.source, value: total.value, what: total.what };
}
function resultOf(state, returns, claims) {
  const { electors, stations } = totals(state);
  const decided = outcome(state, returns);
  const result = {
    counts: counts(state, returns),
    schema: "scrutineer.result/1",
    size: state.size
  };
  if (electors !== void 0 && decided !== void 0) {
    result["judgement"] = {
      basis: {
        origin: state.genesis["origin"],
        program: "",
        root: "0".repeat(64),
        sources: state.sources,
        sources_dropped: [],
        stations_dropped: 0,
        tree_size: state.size
      },
      claims: judgeClaims(state.definition, claims, returns, electors, stations),
      election: state.definition.id,
      outcome: decided,
      premises: {
        electors: totalJson(electors),
        stations: stations ? totalJson(stations) : null,
        turnout_caps: state.definition.caps.map(fractionText)
      },
      schema: "scrutineer.judgement/1"
    };
  }
  return write(result);
}

// src/csv.ts
function* rowsOf(text6, delimiter) {
  let at = text6.startsWith("\uFEFF") ? 1 : 0;
  let line = 1;
  const lineEnd = () => text6[at] === "\n" ? 1 : text6.startsWith("\r\n", at) ? 2 : 0;
  const quoted3 = () => {
    const first = line;
    let field = "";
    for (++at; ; ) {
      const quote = text6.indexOf('"', at);
      if (quote < 0) wrong(`line ${first}: a quote is opened here and never closed`);
      const part = text6.slice(at, quote);
      line += part.split("\n").length - 1;
      field += part;
      at = quote + 1;
      if (text6[at] !== '"') return field;
      field += '"';
      ++at;
    }
  };
  const plain = () => {
    const begin2 = at;
    while (at < text6.length && text6[at] !== delimiter && text6[at] !== "\n") ++at;
    if (at > begin2 && text6[at] === "\n" && text6[at - 1] === "\r") --at;
    return text6.slice(begin2, at);
  };
  for (; ; ) {
    for (let size = lineEnd(); size > 0; size = lineEnd()) {
      at += size;
      ++line;
    }
    if (at >= text6.length) return;
    const row = { line, fields: [] };
    for (; ; ) {
      row.fields.push(text6[at] === '"' ? quoted3() : plain());
      const size = lineEnd();
      if (size > 0 || at >= text6.length) {
        if (size > 0) ++line;
        at += size;
        break;
      }
      if (text6[at] !== delimiter) wrong(`line ${line}: something stands behind a closing quote`);
      ++at;
      if (at >= text6.length) {
        row.fields.push("");
        break;
      }
    }
    yield row;
  }
}

// src/returns.ts
function knownKeys(table2, ...keys) {
  for (const key of table2.keys()) if (!keys.includes(key)) wrong(`unknown key "${key}"`);
}
function columnName(table2, key) {
  const value = table2.get(key);
  if (value === void 0) return void 0;
  return typeof value === "string" && value !== "" ? value : wrong(`${key}: must be the name of a column`);
}
function pieceOf(value) {
  if (typeof value === "string") return { literal: value };
  if (!(value instanceof Map)) return wrong("each part is a text or {column = ..., pad = ...}");
  knownKeys(value, "column", "pad");
  const given = value.get("pad");
  const pad = typeof given === "number" ? given : 0;
  if (pad < 0 || pad > 32) wrong("pad: must be 0 to 32");
  return { column: columnName(value, "column") ?? wrong("column: is missing"), pad };
}
function piecesOf(table2, key) {
  const value = table2.get(key);
  if (typeof value === "string") return [{ column: value, pad: 0 }];
  if (!Array.isArray(value) || value.length === 0) return wrong(`${key}: must be a column, or a list`);
  return value.map(pieceOf);
}
function placesOf(root, definition) {
  const list = root.get("place") ?? [];
  if (!Array.isArray(list)) return wrong("place: must be tables");
  return list.map((one, i) => {
    if (!(one instanceof Map)) return wrong("place: must be tables");
    knownKeys(one, "level", "code", "whole", "name");
    const due = definition.levels[i]?.id;
    if (due === void 0 || one.get("level") !== due) wrong("level: the places follow the levels of the definition");
    return { code: piecesOf(one, "code"), whole: one.get("whole") === true, name: columnName(one, "name") };
  });
}
function votesOf2(root, definition) {
  const table2 = root.get("votes");
  if (!(table2 instanceof Map)) return wrong("votes: is missing");
  knownKeys(table2, ...definition.options.map((option) => option.id));
  const votes2 = definition.options.map((option) => {
    const value = table2.get(option.id);
    if (typeof value === "string") return [value];
    const list = Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string");
    return list ? value : wrong(`votes: no line for the option ${option.id}`);
  });
  const all = votes2.flat();
  if (new Set(all).size !== all.length) wrong("votes: a column would be counted twice");
  return votes2;
}
function parseMapping(bytes, definition) {
  const root = parseToml(bytes);
  knownKeys(root, "delimiter", "encoding", "station", "place", "registered", "valid", "null", "invalid", "votes");
  const said = (key, otherwise) => {
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
    votes: votesOf2(root, definition)
  };
}
function byConvention(header, definition) {
  const present = (name) => header.includes(name) ? name : void 0;
  const places = [];
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
    votes: definition.options.map((option) => [option.id])
  };
}
var WINDOWS = [
  8364,
  0,
  8218,
  402,
  8222,
  8230,
  8224,
  8225,
  710,
  8240,
  352,
  8249,
  338,
  0,
  381,
  0,
  0,
  8216,
  8217,
  8220,
  8221,
  8226,
  8211,
  8212,
  732,
  8482,
  353,
  8250,
  339,
  0,
  382,
  376
];
function decoded(bytes, encoding) {
  if (encoding === "utf-8") return textOf(bytes);
  let text6 = "";
  for (const byte of bytes) {
    const high = encoding === "windows-1252" && byte >= 128 && byte <= 159;
    const point = high ? WINDOWS[byte - 128] : byte;
    if (high && point === 0) wrong("is not windows-1252");
    text6 += String.fromCharCode(point);
  }
  return text6;
}
function tidy(field) {
  let size = 0;
  let name = "";
  for (const c of field) {
    size += utf8(c).length;
    if (size > 200) break;
    name += /[\u0000-\u001f\u007f]/.test(c) ? " " : c;
  }
  return name;
}
var Refused = class extends Error {
  constructor(code, column) {
    super(code);
    this.code = code;
    this.column = column;
  }
  code;
  column;
};
var Reader2 = class {
  constructor(mapping, header, definition, head) {
    this.mapping = mapping;
    this.header = header;
    this.definition = definition;
    this.head = head;
    const used = [
      ...mapping.station,
      ...mapping.places.flatMap((place) => place.code),
      ...[mapping.registered, mapping.valid, mapping.null, mapping.invalid, ...mapping.places.map((p) => p.name)].filter((name) => name !== void 0).map((column) => ({ column, pad: 0 })),
      ...mapping.votes.flat().map((column) => ({ column, pad: 0 }))
    ];
    for (const piece of used) {
      if (!("column" in piece)) continue;
      const count2 = header.filter((name) => name === piece.column).length;
      if (count2 !== 1) wrong(`the file has ${count2} columns "${piece.column}"`);
    }
  }
  mapping;
  header;
  definition;
  head;
  names = [];
  rows = [];
  refused = [];
  named = /* @__PURE__ */ new Set();
  read(row) {
    try {
      this.rows.push(this.entry(row));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused.push({
        code: error.code,
        column: error.column === void 0 ? "" : tidy(error.column),
        import: this.head,
        row: row.line,
        t: "scrutineer/row.refused/v1"
      });
    }
  }
  field(row, column) {
    return row.fields[this.header.indexOf(column)];
  }
  // What a recipe makes of the row; nothing if a column of it is empty.
  cook(pieces, row) {
    let made = "";
    for (const piece of pieces) {
      if ("literal" in piece) {
        made += piece.literal;
        continue;
      }
      const field = this.field(row, piece.column);
      if (field === "") return void 0;
      const size = utf8(field).length;
      made += "0".repeat(Math.max(0, piece.pad - size)) + field;
    }
    return made;
  }
  code(made, above) {
    const code = made === void 0 ? void 0 : above + made;
    return code !== void 0 && /^[\x21\x23-\x2b\x2d-\x7e]{1,64}$/.test(code) ? code : void 0;
  }
  figure(row, column) {
    const field = this.field(row, column);
    const value = /^[0-9]{1,16}$/.test(field) ? Number(field) : NaN;
    if (!Number.isSafeInteger(value)) throw new Refused(field === "" ? "missing-field" : "bad-number", column);
    return value;
  }
  sum(numbers, column) {
    const sum3 = numbers.reduce((all, one) => all + one, 0);
    if (!Number.isSafeInteger(sum3)) throw new Refused("bad-number", column);
    return sum3;
  }
  entry(row) {
    const { mapping } = this;
    if (row.fields.length < this.header.length) throw new Refused("too-few-fields");
    if (row.fields.length > this.header.length) throw new Refused("too-many-fields");
    const station = this.code(this.cook(mapping.station, row), "");
    if (station === void 0 || station.length < this.definition.stationWidth) throw new Refused("bad-station");
    const place = [];
    for (const one of mapping.places) {
      const unit = this.code(this.cook(one.code, row), one.whole ? "" : place.at(-1) ?? "");
      if (unit === void 0) throw new Refused("bad-unit");
      place.push(unit);
    }
    const votes2 = [];
    for (const columns of mapping.votes) {
      let sum3 = 0;
      for (const column of columns) sum3 = this.sum([sum3, this.figure(row, column)], column);
      votes2.push(sum3);
      this.sum(votes2, columns[0]);
    }
    const valid = mapping.valid === void 0 ? this.sum(votes2, "") : this.figure(row, mapping.valid);
    const none = mapping.null === void 0 ? 0 : this.figure(row, mapping.null);
    const invalid = mapping.invalid === void 0 ? 0 : this.figure(row, mapping.invalid);
    const said = mapping.registered !== void 0 && this.field(row, mapping.registered) !== "";
    const registered = said ? { registered: this.figure(row, mapping.registered) } : {};
    this.noteNames(row, place);
    return {
      import: this.head,
      invalid,
      null: none,
      place,
      ...registered,
      row: row.line,
      station,
      t: "scrutineer/return.transcribed/v1",
      valid,
      votes: votes2
    };
  }
  noteNames(row, place) {
    this.mapping.places.forEach((one, i) => {
      const field = one.name === void 0 ? "" : this.field(row, one.name);
      if (field === "" || this.named.has(place[i])) return;
      this.named.add(place[i]);
      this.names.push({
        import: this.head,
        level: this.definition.levels[i].id,
        name: tidy(field),
        t: "scrutineer/unit.named/v1",
        unit: place[i]
      });
    });
  }
};
function importEntries(head, file, mappingFile, definition) {
  let mapping = mappingFile && parseMapping(mappingFile, definition);
  const encoding = mapping?.encoding ?? "utf-8";
  const rows = rowsOf(decoded(file, encoding), mapping?.delimiter ?? ",");
  const header = rows.next().value?.fields ?? wrong("is empty: not even a header");
  mapping ??= byConvention(header, definition);
  const reader = new Reader2(mapping, header, definition, head.index);
  for (const row of rows) reader.read(row);
  const first = {
    ...head.fields,
    names: reader.names.length,
    rows: reader.rows.length,
    refused: reader.refused.length
  };
  return [first, ...reader.names, ...reader.rows, ...reader.refused].map((entry) => write(entry));
}

// src/definition.ts
function table(value, key) {
  return value instanceof Map ? value : wrong(`${key}: must be a table`);
}
function tables(root, key) {
  const value = root.get(key);
  if (value === void 0) return [];
  return Array.isArray(value) ? value.map((one) => table(one, key)) : wrong(`${key}: must be tables`);
}
function text3(from, key) {
  const value = from.get(key);
  return typeof value === "string" && value !== "" ? value : wrong(`${key}: must be a text`);
}
function textOr(from, key, otherwise) {
  return from.has(key) ? text3(from, key) : otherwise;
}
function whole2(from, key, least2, most2) {
  const value = from.get(key);
  return typeof value === "number" && value >= least2 && value <= most2 ? value : wrong(`${key}: must be a whole number`);
}
function texts(from, key) {
  const value = from.get(key);
  if (value === void 0) return [];
  return Array.isArray(value) && value.every((one) => typeof one === "string" && one !== "") ? value : wrong(`${key}: must be a list of texts`);
}
function flag(from, key) {
  const value = from.get(key) ?? false;
  return typeof value === "boolean" ? value : wrong(`${key}: must be true or false`);
}
function once(list, what) {
  if (new Set(list).size !== list.length) wrong(`${what}: one stands twice`);
}
function wordsIn(from, key, language) {
  const value = from.get(key);
  if (!(value instanceof Map)) return text3(from, key);
  for (const wanted of [language, "en", ...[...value.keys()].sort(byBytes)])
    if (value.has(wanted)) return text3(value, wanted);
  return wrong(`${key}: says nothing in any language`);
}
function words(from, key) {
  const value = from.get(key);
  if (!(value instanceof Map)) return { en: text3(from, key) };
  if (value.size === 0) wrong(`${key}: says nothing in any language`);
  return Object.fromEntries([...value.keys()].map((language) => [language, text3(value, language)]));
}
function totalsOf(root, key) {
  const chosen = [];
  const known = tables(root, key).map((one) => {
    const total = {
      id: text3(one, "id"),
      value: whole2(one, "value", 0, Number.MAX_SAFE_INTEGER),
      what: words(one, "what"),
      source: text3(one, "source")
    };
    if (flag(one, "chosen")) chosen.push(total);
    return total;
  });
  once(known.map((one) => one.id), key);
  if (known.length > 1 && chosen.length !== 1) wrong(`${key}: exactly one must say chosen = true`);
  return { chosen: chosen[0] ?? known[0], known };
}
function capsOf(root) {
  const written = root.has("turnout_caps") ? texts(root, "turnout_caps") : ["9/10", "4/5", "7/10", "3/5"];
  const caps = [...written, "1"].map((each) => {
    const cap = parseFraction(each);
    const sound = cap && cap.p > 0n && cap.p <= cap.q && cap.q <= 1000000n;
    return sound ? cap : wrong(`turnout_caps: "${each}" is no share`);
  });
  caps.sort((a, b) => Number(b.p * a.q - a.p * b.q));
  return caps.filter((cap, i) => i === 0 || cap.p * caps[i - 1].q !== caps[i - 1].p * cap.q);
}
function remedy(from, key, otherwise, fallback) {
  const said = textOr(from, key, fallback === "note" ? otherwise : "set-aside");
  if (said === "set-aside") return "set-aside";
  return said === otherwise ? "note" : wrong(`${key}: must be "set-aside" or "${otherwise}"`);
}
var FIGURES = ["valid", "null", "invalid", "registered"];
function partOf(inside) {
  const [, name, form] = /^([^:]*)(?::(.+))?$/s.exec(inside) ?? wrong(`{${inside}} says nothing behind its colon`);
  if (name === "code" && !form) return { kind: "code", text: "code", width: 0, separator: "" };
  const kind = name === "counts" ? "counts" : FIGURES.includes(name) ? "figure" : wrong(`{${inside}} is not known`);
  const parts = (kind === "counts" ? /^([1-9]?)([^0-9]?)$/s : /^([1-9]?)()$/).exec(form ?? "");
  if (!parts || kind === "counts" && !form) wrong(`{${inside}}: has no sound width or separator`);
  return { kind, text: name, width: Number(parts[1] || "0"), separator: parts[2] };
}
function parseGrammar(pattern) {
  if (pattern === "code!counts!null!invalid") pattern = "{code}!{counts:,}!{null}!{invalid}";
  const grammar = [];
  for (let at = 0; at < pattern.length; ) {
    if (pattern[at] === "{") {
      const close = pattern.indexOf("}", at + 2);
      if (close < 0) wrong("payload: a brace that nothing closes");
      grammar.push(partOf(pattern.slice(at + 1, close)));
      at = close + 1;
      continue;
    }
    const end = pattern.indexOf("{", at) < 0 ? pattern.length : pattern.indexOf("{", at);
    const literal = pattern.slice(at, end);
    if (literal.includes("}")) wrong("payload: a brace that nothing opens");
    grammar.push({ kind: "literal", text: literal, width: 0, separator: "" });
    at = end;
  }
  const named = grammar.filter((part) => part.kind !== "literal").map((part) => part.text);
  once(named, "payload");
  grammar.forEach((part, i) => {
    const next = grammar[i + 1];
    const open2 = (part.kind === "counts" || part.kind === "figure") && part.width === 0 && next;
    if (open2 && (next.kind !== "literal" || /^[0-9]/.test(next.text) || next.text[0] === part.separator))
      wrong(`payload: where {${part.text}} ends cannot be seen`);
  });
  if (!named.includes("code")) wrong("payload: {code} is missing");
  if (named.length > 1 && !named.includes("counts")) wrong("payload: {counts} is missing");
  return grammar;
}
function sheetOf(one, lines) {
  const grammar = parseGrammar(text3(one, "payload"));
  const ballotOrder = texts(one, "ballot_order");
  once(ballotOrder, "ballot_order");
  const needed = grammar.some((part) => part.kind === "counts") || one.has("print") || one.has("ballot_order");
  if (needed && (ballotOrder.length !== lines.length || !ballotOrder.every((line) => lines.includes(line))))
    wrong("ballot_order: must name every line of every option once");
  const sheet = { grammar, code: text3(one, "code"), station: text3(one, "station"), ballotOrder };
  const named = [...sheet.code.matchAll(/\{([^:}]*):([0-9]+)\}/g)].map((found) => found[1]);
  for (const used of sheet.station.matchAll(/\{([^}]*)\}/g))
    if (!named.includes(used[1])) wrong("station: may name only what the code has");
  return sheet;
}
function guardiansOf(root) {
  if (!root.has("guardians")) return { keys: [], needed: 0 };
  const from = table(root.get("guardians"), "guardians");
  const keys = texts(from, "keys").map(parseVkey);
  if (keys.length === 0 || keys.some((key) => key.type !== 1)) wrong("guardians: must be public keys that sign");
  once(keys.map((key) => key.name), "guardians");
  once(keys.map((key) => hex(key.key)), "guardians");
  return { keys, needed: whole2(from, "needed", 1, keys.length) };
}
var TOP_KEYS = [
  "id",
  "title",
  "languages",
  "date",
  "station_width",
  "turnout_caps",
  "country",
  "level",
  "contest",
  "option",
  "electors",
  "stations",
  "rules",
  "acceptance",
  "guardians",
  "sheet",
  "roster",
  "mapping"
];
function parseDefinition(bytes) {
  const root = parseToml(bytes);
  for (const key of root.keys()) if (!TOP_KEYS.includes(key)) wrong(`unknown key "${key}"`);
  const languages = texts(root, "languages");
  if (languages.length === 0) wrong("languages: must name at least one");
  const country = table(root.get("country"), "country");
  const levels = tables(root, "level").map((one) => ({
    id: text3(one, "id"),
    width: one.has("width") ? whole2(one, "width", 1, 64) : 0
  }));
  once(["country", "station", ...levels.map((level) => level.id)], "level");
  const options = tables(root, "option").map((one) => ({
    id: text3(one, "id"),
    name: text3(one, "name"),
    lines: texts(one, "lines")
  }));
  if (options.length < 2) wrong("option: an election has at least two");
  once(["valid", "null", "cast", "others", "rest", ...options.map((option) => option.id)], "option");
  const lines = options.flatMap((option) => option.lines);
  once(lines, "lines");
  const electors = totalsOf(root, "electors");
  const rules = root.has("rules") ? table(root.get("rules"), "rules") : /* @__PURE__ */ new Map();
  const acceptance = root.has("acceptance") ? table(root.get("acceptance"), "acceptance") : /* @__PURE__ */ new Map();
  const roster = root.has("roster") ? table(root.get("roster"), "roster") : void 0;
  return {
    id: text3(root, "id"),
    countryId: text3(country, "id"),
    countryName: wordsIn(country, "name", languages[0]),
    levels,
    stationWidth: root.has("station_width") ? whole2(root, "station_width", 1, 64) : 0,
    options,
    electors: electors.chosen,
    electorsKnown: electors.known,
    stations: totalsOf(root, "stations").chosen,
    caps: capsOf(root),
    rules: {
      votes_sum_to_valid: remedy(rules, "votes_sum_to_valid", "note", "set-aside"),
      cast_within_registered: remedy(rules, "cast_within_registered", "note", "note"),
      zero_sheet: remedy(rules, "zero_sheet", "note", "set-aside"),
      unknown_station: remedy(rules, "unknown_station", "note", "set-aside"),
      print_differs: remedy(rules, "print_differs", "note", "set-aside")
    },
    prefer: texts(acceptance, "prefer"),
    alone: remedy(acceptance, "alone", "accept", "note"),
    aloneJointly: remedy(acceptance, "alone_jointly", "accept", "set-aside"),
    aloneCompared: acceptance.has("alone_compared") ? whole2(acceptance, "alone_compared", 0, 1e3) : 0,
    mostPictures: remedy(acceptance, "pictures_differ", "most", "set-aside") === "note",
    sheets: tables(root, "sheet").map((one) => sheetOf(one, lines)),
    roster: roster && text3(roster, "file"),
    guardians: guardiansOf(root),
    rosterComplete: roster !== void 0 && flag(roster, "complete")
  };
}

// src/geography.ts
var Geography = class {
  units = [];
  byId = /* @__PURE__ */ new Map();
  constructor(definition) {
    this.units.push({ id: definition.countryId, name: definition.countryName, depth: 0, parent: 0 });
    this.byId.set(definition.countryId, 0);
  }
  /** The lowest unit of the path, largest first; nothing, and no change, if it contradicts. */
  add(path) {
    let parent = 0;
    let known = 0;
    for (; known < path.length; ++known) {
      const found = this.byId.get(path[known]);
      if (found === void 0) break;
      const unit = this.units[found];
      if (unit.parent !== parent || unit.depth !== known + 1 || found === 0) return void 0;
      parent = found;
    }
    const fresh = path.slice(known);
    if (new Set(fresh).size !== fresh.length || fresh.some((id) => this.byId.has(id))) return void 0;
    fresh.forEach((id, i) => {
      this.units.push({ id, name: "", depth: known + i + 1, parent });
      parent = this.units.length - 1;
      this.byId.set(id, parent);
    });
    return parent;
  }
  name(id, name) {
    const unit = this.units[this.byId.get(id) ?? -1];
    if (unit && unit.name === "") unit.name = name;
  }
  /** The unit itself or the one above it at that depth; nothing if it lies higher. */
  ancestor(unit, depth) {
    while (this.units[unit].depth > depth) unit = this.units[unit].parent;
    return this.units[unit].depth === depth ? this.units[unit] : void 0;
  }
  /** Places of the units at a depth, in the order in which they are shown. */
  at(depth) {
    const places = this.units.map((_, place) => place).filter((place) => this.units[place].depth === depth);
    return places.sort((a, b) => byBytes(this.units[a].id, this.units[b].id));
  }
};
function isCode(code) {
  return /^[\x21\x23-\x2b\x2d-\x7e]{1,64}$/.test(code);
}
function parseRoster(bytes, definition, geography) {
  const rows = rowsOf(textOf(bytes), ",");
  const header = rows.next().value?.fields ?? wrong("is empty");
  const column = (name) => header.indexOf(name);
  const levels = [];
  for (const level of definition.levels) {
    if (column(level.id) < 0) break;
    levels.push({ code: column(level.id), name: column(`${level.id}_name`) });
  }
  const used = 1 + levels.length + levels.filter((one) => one.name >= 0).length + (column("registered") >= 0 ? 1 : 0);
  if (column("station") < 0 || used !== header.length) wrong("the header of the roster is not as it should be");
  const stations = /* @__PURE__ */ new Map();
  for (const { line, fields } of rows) {
    const where = `line ${line}`;
    if (fields.length !== header.length) wrong(`${where}: has another number of fields than the header`);
    const id = fields[column("station")];
    const path = levels.map((one) => fields[one.code]);
    if (![id, ...path].every(isCode)) wrong(`${where}: a code is empty, or holds a space or worse`);
    const unit = geography.add(path);
    if (unit === void 0) wrong(`${where}: a unit lies elsewhere already`);
    levels.forEach((one, i) => {
      const name = one.name >= 0 ? fields[one.name] : "";
      if (name !== "") geography.name(path[i], name);
    });
    const said = column("registered") >= 0 ? fields[column("registered")] : "";
    const registered = said === "" ? void 0 : decimal(said) ?? wrong(`${where}: registered is no number`);
    if (stations.has(id)) wrong(`${where}: the station stands twice`);
    stations.set(id, { unit, registered });
  }
  return stations;
}

// src/people.ts
var People = class {
  /**
   * `origin`: the log's. `isPicture`: whether a picture was received at an index. `isVoid`: whether what the person approved
   * there counts for nothing, since their key was declared bad.
   */
  constructor(origin, isPicture, isVoid2) {
    this.origin = origin;
    this.isPicture = isPicture;
    this.isVoid = isVoid2;
  }
  origin;
  isPicture;
  isVoid;
  people = [];
  commitments = /* @__PURE__ */ new Map();
  committed = /* @__PURE__ */ new Set();
  // pictures
  /** Pictures that are not handed out, by the index of their evidence. */
  withheld = /* @__PURE__ */ new Set();
  /** Throws Wrong if nobody has the key. */
  owner(key) {
    const found = this.person(key.name);
    return found.key.text === key.text ? found : wrong("nobody has that key");
  }
  isTaken(key) {
    return this.people.some((one) => [one.key, ...one.former].some((had) => equal(had.key, key.key)));
  }
  rotate(old, next) {
    const person = this.owner(old);
    if (this.isTaken(next)) wrong("next: somebody has it already");
    person.former.push(person.key);
    person.key = next;
  }
  revoke(key) {
    this.owner(key).withdrawn = true;
  }
  person(name) {
    const found = this.people.find((one) => one.key.name === name);
    return found && !found.withdrawn ? found : wrong("nobody has that name");
  }
  /** Pictures of which two people at least stand by one mask; of several, by the one that was approved last. */
  approved() {
    return [...this.commitments.values()].flatMap(({ picture, kind, leaves: leaves2, root, approvals }) => {
      if (this.withheld.has(picture)) return [];
      const all = [...approvals.values()].sort((a, b) => b.index - a.index);
      const last = all.find(({ mask: mask2 }) => all.filter((other) => other.mask === mask2).length >= 2);
      return last ? [{ picture, kind, leaves: leaves2, root, mask: last.mask }] : [];
    });
  }
  takers = {
    "picture.committed": (index, fields) => {
      const picture = fields["evidence"];
      if (picture >= index || !this.isPicture(picture)) wrong("evidence: no picture was received there");
      if (this.committed.has(picture)) wrong("evidence: a commitment to it stands already");
      this.committed.add(picture);
      const leaves2 = fields["leaves"] ?? 0;
      this.commitments.set(index, { picture, kind: fields["kind"], leaves: leaves2, root: fields["root"] ?? "", approvals: /* @__PURE__ */ new Map() });
    },
    "person.named": (_, fields) => {
      const key = parseVkey(fields["key"]);
      if (key.type !== 1) wrong("key: not a public key that signs");
      if (this.people.some((one) => one.key.name === key.name) || this.isTaken(key))
        wrong("key: it or its name is taken");
      this.people.push({ key, withdrawn: false, former: [] });
    },
    "person.withdrawn": (_, fields) => {
      this.person(fields["name"]).withdrawn = true;
    },
    "picture.withheld": (index, fields) => {
      const picture = fields["evidence"];
      if (picture >= index || !this.isPicture(picture)) wrong("evidence: no picture was received there");
      if (this.withheld.has(picture)) wrong("evidence: it is withheld already");
      this.withheld.add(picture);
    },
    "redaction.approved": async (index, fields) => {
      if (this.isVoid(index, fields["by"])) return;
      if (fields["log"] !== this.origin) wrong("log: said in another log");
      const { sig, ...said } = fields;
      const person = this.person(fields["by"]);
      const signed = utf8(`scrutineer/entry/v1
${write(said)}`);
      if (!await verifies(person.key.key, signed, fromBase64(sig))) wrong("sig: not that person's signature");
      const commitment = this.commitments.get(fields["commitment"]);
      if (!commitment || lastOfMask(fields["mask"]) >= commitment.leaves)
        wrong("commitment: no picture with such cells was committed to there");
      const at = fields["at"];
      const before = commitment.approvals.get(person);
      if (before && at <= before.at) wrong("at: not later than what this person approved before");
      commitment.approvals.set(person, { index, at, mask: fields["mask"] });
    }
  };
};

// src/plans.ts
var OF_STATIONS = ["kaplan-markov", "alpha-stations", "product-stations"];
var OF_BALLOTS = ["alpha", "kelly", "bravo", "minerva", "oneaudit", "product"];
var BALLOT_SAMPLERS = ["cryptorandom", "rivest", "consistent-sampler"];
function checkAudit(plan) {
  const word3 = (key) => plan[key];
  const stations = ["transcription", "breakdown", "boxes"].includes(word3("kind"));
  if (!stations && word3("kind") !== "ballots") wrong("kind: no such kind");
  if (!(stations ? OF_STATIONS : OF_BALLOTS).includes(word3("method"))) wrong("method: none for what is drawn");
  if (stations ? word3("sampler") !== "weighted" : !BALLOT_SAMPLERS.includes(word3("sampler")))
    wrong("sampler: none for what is drawn");
  const risk = parseFraction(word3("risk"));
  if (!risk || risk.p <= 0n || compare(risk, fraction2(1n, 2n)) > 0) wrong("risk: must be above 0 and at most 1/2");
  const winners = plan["winners"];
  if (winners < 1 || winners > 1e3) wrong("winners: must be at least 1");
  if ("strata" in plan !== ["product", "product-stations"].includes(word3("method")))
    wrong("strata: for the products, and only for them");
  const others = plan["with"] ?? [];
  if (others.length > 0 && (!stations || "strata" in plan)) wrong("with: not with this method");
  if (others.length > 100 || others.some((one) => one["winners"] < 1 || one["winners"] > 1e3))
    wrong("with: too many contests, or none wins");
  if (!("majority" in plan)) return;
  const majority = parseFraction(word3("majority"));
  if (!majority || majority.p <= 0n || majority.p >= majority.q) wrong("majority: must be a share between 0 and 1");
  if (stations || ["bravo", "minerva"].includes(word3("method"))) wrong("majority: not with this method");
}
var Plans = class {
  constructor(definition) {
    this.definition = definition;
  }
  definition;
  plans = /* @__PURE__ */ new Map();
  names = /* @__PURE__ */ new Set();
  add(index, kind, name, others = 0) {
    const full = `${kind} ${name}`;
    if (this.names.has(full)) wrong(`${kind}: its name is taken`);
    this.names.add(full);
    this.plans.set(index, { audit: kind === "audit", seed: false, draws: 0, others });
  }
  audit(fields) {
    const plan = this.plans.get(fields["plan"]);
    return plan?.audit ? plan : wrong("plan: no audit is there");
  }
  takers = {
    "audit.planned": (index, fields) => {
      checkAudit(fields);
      if ("strata" in fields && !this.definition.levels.some((one) => one.id === fields["strata"]))
        wrong("strata: the definition has no such level");
      this.add(index, "audit", fields["audit"], (fields["with"] ?? []).length);
    },
    "quickcount.planned": (index, fields) => {
      const level = fields["level"];
      if (level !== "country" && !this.definition.levels.some((one) => one.id === level))
        wrong("level: the definition has no such level");
      if (fields["size"] === 0) wrong("size: no station");
      this.add(index, "count", fields["count"]);
    },
    "seed.drawn": (_, fields) => {
      const plan = this.plans.get(fields["plan"]) ?? wrong("plan: nothing was planned there");
      if (plan.seed) wrong("plan: it has its seed");
      plan.seed = true;
    },
    "audit.drawn": (_, fields) => {
      const plan = this.audit(fields);
      const draws = fields["draws"];
      if (!plan.seed) wrong("plan: no audit with a seed is there");
      if (draws <= plan.draws || draws > 1e6) wrong("draws: not more than there were, or too many");
      plan.draws = draws;
    },
    "audit.found": (_, fields) => {
      const plan = this.audit(fields);
      if (plan.draws === 0) wrong("plan: no audit was drawn there");
      const of = fields["of"] ?? 0;
      if (of > plan.others) wrong("of: the plan names no such contest");
      const found = fields["what"] === "figures";
      const votes2 = fields["votes"].length;
      const fits = of === 0 ? votes2 === (found ? this.definition.options.length : 0) : votes2 > 0 === found;
      if (!fits) wrong("votes: not one count for each option");
    }
  };
};

// src/state.ts
var SHEETS2 = "sheets";
var State = class {
  constructor(genesis, definition) {
    this.genesis = genesis;
    this.definition = definition;
    this.geography = new Geography(definition);
  }
  genesis;
  definition;
  size = 0;
  geography;
  roster;
  sources = [];
  evidence = /* @__PURE__ */ new Map();
  imports = [];
  transcripts = [];
  pictures = [];
  approved = [];
  /** Pictures that are not handed out, and an entry says why. */
  withheld = /* @__PURE__ */ new Set();
  logKeys = [];
  // none: the log has had one since it began
  voided = [];
  sealed;
  claims = [];
  results = [];
  malformed = [];
  unknown = [];
  source(name) {
    const place = this.sources.indexOf(name);
    return place >= 0 ? place : this.sources.push(name) - 1;
  }
};
async function begin(bytes, files) {
  const first = decodeEntry(bytes);
  if (first.type !== "log.genesis") wrong("entry 0: is not a genesis");
  const named = first.fields["files"];
  if (named[0]?.[0] !== "election.toml") wrong("entry 0: names no election.toml");
  const texts2 = /* @__PURE__ */ new Map();
  for (const [name, digest2] of named) {
    if (name === "" || name.startsWith(".") || name.includes("/")) wrong(`${name}: is not a plain file name`);
    const text6 = await files(name) ?? wrong(`${name}: the record names this file, and it is not there`);
    if (hex(sha256(text6)) !== digest2) wrong(`${name}: is not the file that the log's first entry names`);
    texts2.set(name, text6);
  }
  const definition = parseDefinition(texts2.get("election.toml"));
  const state = new State(first.fields, definition);
  if (definition.roster !== void 0) {
    const text6 = texts2.get(definition.roster) ?? wrong("the roster is not among the files that the log names");
    state.roster = parseRoster(text6, definition, state.geography);
  }
  return state;
}
var Fold = class {
  /** `voided`: what a fold of the same entries found to count for nothing. */
  constructor(state, voided) {
    this.state = state;
    this.voided = voided;
    const origin = state.genesis["origin"];
    this.people = new People(
      origin,
      (index) => state.evidence.get(index)?.kind === "picture",
      (index, person) => isVoid(voided, index, person)
    );
    this.plans = new Plans(state.definition);
    this.keys = new Keys(origin, state.definition.guardians, this.people);
  }
  state;
  voided;
  names = [];
  containers = /* @__PURE__ */ new Map();
  people;
  plans;
  keys;
  async take(index, bytes) {
    if (isVoid(this.voided, index, "")) return;
    try {
      const entry = decodeEntry(bytes);
      if (this.keys.sealed !== void 0 && entry.type !== "key.revoked")
        wrong(`the log was sealed by entry ${this.keys.sealed}, and ends there`);
      if (entry.unknown) return void this.state.unknown.push({ index, type: entry.unknown });
      const take = this.takers[entry.type] ?? this.people.takers[entry.type] ?? this.keys.takers[entry.type] ?? this.plans.takers[entry.type] ?? (() => wrong("a second genesis"));
      await take(index, entry.fields);
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      this.state.malformed.push({ index, why: error.message });
    }
  }
  finish() {
    for (const { unit, name } of this.names) this.state.geography.name(unit, name);
    for (const { picture, ...approved } of this.people.approved())
      this.state.approved.push({ ...approved, sha256: this.state.evidence.get(picture).sha256 });
  }
  settle() {
    this.state.logKeys = this.keys.logKeys;
    this.state.voided = this.keys.voided;
    this.state.sealed = this.keys.sealed;
    for (const index of this.people.withheld) this.state.withheld.add(this.state.evidence.get(index).sha256);
  }
  evidence(index, fields, key, ...kinds) {
    const at = fields[key];
    const found = at < index ? this.state.evidence.get(at) : void 0;
    return found && kinds.includes(found.kind) ? found : wrong(`${key}: no ${kinds.join(" or ")} was received there`);
  }
  container(fields, part) {
    const found = this.containers.get(fields["container"]);
    if (!found) wrong("container: no container was received there");
    if (found.closed) wrong("container: nothing of it comes after its end");
    if (found.parts + 1 !== part) wrong("part: not the next of its container");
    return found;
  }
  import(index, fields) {
    const last = this.state.imports.at(-1);
    return last && last.index === fields["import"] && last.index < index ? last : wrong("import: not the import that this entry stands behind");
  }
  takers = {
    "evidence.received": (index, fields) => {
      const one = { index, kind: fields["kind"], sha256: fields["sha256"], size: fields["size"] };
      this.state.evidence.set(index, one);
      if (one.kind === "container") this.containers.set(index, { parts: 0, closed: false });
    },
    "evidence.repeated": (index, fields) => {
      this.evidence(index, fields, "evidence", "picture", "container");
    },
    "part.taken": (index, fields) => {
      const part = this.evidence(index, fields, "evidence", "picture", "container");
      if (part.index === fields["container"]) wrong("evidence: no picture or container was received there");
      ++this.container(fields, fields["part"]).parts;
    },
    "part.refused": (_, fields) => {
      ++this.container(fields, fields["part"]).parts;
    },
    "container.closed": (_, fields) => {
      this.container(fields, fields["parts"] + 1).closed = true;
    },
    "returns.imported": (index, fields) => {
      const evidence = this.evidence(index, fields, "evidence", "returns");
      const mapping = "mapping" in fields ? this.evidence(index, fields, "mapping", "mapping") : void 0;
      const source = fields["source"];
      if (source === "" || source === SHEETS2) wrong("source: empty, or the name for readings of pictures");
      this.state.source(source);
      this.state.imports.push({ index, fields, evidence, mapping, names: 0, rows: 0, refused: 0 });
    },
    "unit.named": (index, fields) => {
      ++this.import(index, fields).names;
      this.names.push({ unit: fields["unit"], name: fields["name"] });
    },
    "return.transcribed": (index, fields) => {
      const head = this.import(index, fields);
      ++head.rows;
      const votes2 = fields["votes"];
      if (votes2.length !== this.state.definition.options.length) wrong("votes: not one count for each option");
      if (fields["station"] === "") wrong("station: empty");
      this.state.transcripts.push({
        station: fields["station"],
        source: this.state.source(head.fields["source"]),
        entry: index,
        unit: this.state.geography.add(fields["place"]) ?? 0,
        registered: fields["registered"],
        valid: fields["valid"],
        null: fields["null"],
        invalid: fields["invalid"],
        votes: votes2
      });
    },
    "row.refused": (index, fields) => {
      ++this.import(index, fields).refused;
    },
    "sheet.read": (index, fields) => {
      const picture = this.evidence(index, fields, "evidence", "picture");
      const sheet = parseSheet(fields["payload"], this.state.definition);
      this.state.pictures.push({ index, sha256: picture.sha256, corners: fields["corners"] });
      const differs = fields["contradictions"].length > 0;
      if (differs && this.state.definition.rules.print_differs === "set-aside") return;
      if (!sheet.counted) return;
      this.state.transcripts.push({
        ...sheet,
        source: this.state.source(SHEETS2),
        entry: index,
        unit: 0,
        picture: {
          fingerprint: fields["fingerprint"],
          compared: fields["compared"],
          jointly: fields["method"].startsWith("joint")
        }
      });
    },
    "picture.unread": (index, fields) => {
      const picture = this.evidence(index, fields, "evidence", "picture");
      this.state.pictures.push({ index, sha256: picture.sha256 });
    },
    "claim.made": (index, fields) => {
      const evidence = this.evidence(index, fields, "evidence", "claim");
      const id = fields["claim"];
      if (this.state.claims.some((claim) => claim.id === id)) wrong("claim: its id is taken");
      this.state.claims.push({ index, id, evidence });
    },
    "forensics.plan": (_, fields) => {
      const is = (index, kind) => this.state.evidence.get(index)?.kind === kind;
      for (const past of fields["past"]) {
        const mapped = past.length === 2 || is(past[1], "mapping");
        if (!is(past[0], "definition") || !mapped || !is(past.at(-1), "returns"))
          wrong("past: no such files were received there");
      }
    },
    "result.stated": (index, fields) => {
      if (fields["size"] !== index) wrong("size: a result rests on all entries before it");
      this.state.results.push({ index, size: index, sha256: fields["sha256"] });
    }
  };
};
async function fold(entries, files) {
  if (entries.length === 0) wrong("the log is empty: not even its first entry");
  for (let voided = []; ; ) {
    const state = await begin(entries[0], files);
    const folding = new Fold(state, voided);
    for (let index = 1; index < entries.length; ++index) await folding.take(index, entries[index]);
    folding.finish();
    folding.settle();
    state.size = entries.length;
    if (JSON.stringify(state.voided) === JSON.stringify(voided)) return state;
    voided = state.voided;
  }
}

// src/tables.ts
function columnsOf(state, returns) {
  const texts2 = (name, of) => ({ name, texts: returns.map(of) });
  const counts2 = (name, of) => ({ name, counts: returns.map(of) });
  const levels = state.definition.levels.flatMap((level, i) => [
    texts2(level.id, (one) => state.geography.ancestor(one.unit, i + 1)?.id ?? ""),
    texts2(`${level.id}_name`, (one) => state.geography.ancestor(one.unit, i + 1)?.name ?? "")
  ]);
  return [
    texts2("station", (one) => one.station),
    ...levels,
    counts2("registered", (one) => one.registered),
    counts2("valid", (one) => one.valid),
    counts2("null", (one) => one.null),
    counts2("invalid", (one) => one.invalid),
    ...state.definition.options.map((option, i) => counts2(option.id, (one) => one.votes[i])),
    counts2("log_entry", (one) => one.entry),
    counts2("sources_agreeing", (one) => one.agreeing),
    texts2("borne_by_entries", (one) => one.borneBy.join(" "))
  ];
}
function quoted2(field) {
  return /[,"\r\n]/.test(field) ? `"${field.replace(/"/g, '""')}"` : field;
}
function csv(columns) {
  const rows = (columns[0].texts ?? []).map(
    (_, row) => columns.map((column) => quoted2(column.texts?.[row] ?? String(column.counts?.[row] ?? ""))).join(",")
  );
  return utf8([columns.map((column) => quoted2(column.name)).join(","), ...rows].map((line) => `${line}
`).join(""));
}
var I32 = 5;
var BINARY = 8;
var STRUCT = 12;
function varint(value) {
  const bytes = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push(value % 128 + 128);
  return [...bytes, value];
}
function typeOf(value) {
  return "i32" in value ? I32 : "i64" in value ? 6 : "text" in value ? BINARY : "list" in value ? 9 : STRUCT;
}
function thrift(value) {
  if ("i32" in value) return varint(value.i32 * 2);
  if ("i64" in value) return varint(value.i64 * 2);
  if ("text" in value) return [...varint(utf8(value.text).length), ...utf8(value.text)];
  if ("list" in value) {
    const size = value.list.length;
    return [...size < 15 ? [size * 16 + value.of] : [240 + value.of, ...varint(size)], ...value.list.flatMap(thrift)];
  }
  let last = 0;
  const fields = value.struct.flatMap(([id, inner]) => {
    const step = id - last;
    last = id;
    return [step * 16 + typeOf(inner), ...thrift(inner)];
  });
  return [...fields, 0];
}
var i32 = (value) => ({ i32: value });
var i64 = (value) => ({ i64: value });
var text4 = (value) => ({ text: value });
var struct = (...fields) => ({ struct: fields });
function uint32(value) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
function pageOf(column) {
  if (column.texts) {
    return joined(
      column.texts.flatMap((one) => {
        const bytes = utf8(one);
        return [uint32(bytes.length), bytes];
      })
    );
  }
  const counts2 = column.counts;
  const runs = [];
  for (let begin2 = 0, end = 0; begin2 < counts2.length; begin2 = end) {
    const there = counts2[begin2] !== void 0;
    while (end < counts2.length && counts2[end] !== void 0 === there) ++end;
    runs.push(...varint((end - begin2) * 2), there ? 1 : 0);
  }
  const known = counts2.filter((one) => one !== void 0);
  const values = new DataView(new ArrayBuffer(8 * known.length));
  known.forEach((one, i) => values.setBigInt64(8 * i, BigInt(one), true));
  return joined([uint32(runs.length), Uint8Array.from(runs), new Uint8Array(values.buffer)]);
}
function parquet(columns) {
  const rows = (columns[0].texts ?? []).length;
  const parts = [utf8("PAR1")];
  let at = 4;
  const chunks = columns.map((column) => {
    const page = pageOf(column);
    const header = Uint8Array.from(
      thrift(
        struct(
          [1, i32(0)],
          [2, i32(page.length)],
          [3, i32(page.length)],
          [5, struct([1, i32(rows)], [2, i32(0)], [3, i32(3)], [4, i32(3)])]
        )
      )
    );
    parts.push(header, page);
    const chunk = { at, size: header.length + page.length };
    at += chunk.size;
    return chunk;
  });
  const type = (column) => i32(column.texts ? 6 : 2);
  const schema = [
    struct([4, text4("schema")], [5, i32(columns.length)]),
    ...columns.map(
      (column) => struct(
        [1, type(column)],
        [3, i32(column.texts ? 0 : 1)],
        [4, text4(column.name)],
        ...column.texts ? [[6, i32(0)]] : []
      )
    )
  ];
  const groups2 = columns.map((column, i) => {
    const { at: offset, size } = chunks[i];
    return struct([2, i64(offset)], [3, struct(
      [1, type(column)],
      [2, { list: [i32(0), i32(3)], of: I32 }],
      [3, { list: [text4(column.name)], of: BINARY }],
      [4, i32(0)],
      [5, i64(rows)],
      [6, i64(size)],
      [7, i64(size)],
      [9, i64(offset)]
    )]);
  });
  const all = chunks.reduce((sum3, chunk) => sum3 + chunk.size, 0);
  const footer = Uint8Array.from(
    thrift(
      struct(
        [1, i32(1)],
        [2, { list: schema, of: STRUCT }],
        [3, i64(rows)],
        [4, { list: [struct([1, { list: groups2, of: STRUCT }], [2, i64(all)], [3, i64(rows)])], of: STRUCT }],
        [6, text4("scrutineer")]
      )
    )
  );
  return joined([...parts, footer, uint32(footer.length), utf8("PAR1")]);
}

// src/tree.ts
var FULL = 256;
function splitBundle(bytes, width) {
  const entries = [];
  let at = 0;
  for (let i = 0; i < width; ++i) {
    if (at + 2 > bytes.length) wrong("holds fewer entries than its path says");
    const size = bytes[at] * 256 + bytes[at + 1];
    at += 2 + size;
    if (at > bytes.length) wrong("ends in the middle of an entry");
    entries.push(bytes.subarray(at - size, at));
  }
  return { entries, end: at };
}
async function tileOrFull(source, level, index, width) {
  const bytes = await fileOf(source, tilePath(level, index, width));
  if (bytes || width === FULL) return { bytes: bytes ?? wrong("is not there"), full: width === FULL };
  return { bytes: await fileOf(source, tilePath(level, index, FULL)) ?? wrong("is not there"), full: true };
}
async function entriesOf(source, index, width) {
  const { bytes, full } = await tileOrFull(source, "entries", index, width);
  const { entries, end } = splitBundle(bytes, width);
  if (full && width < FULL) splitBundle(bytes, FULL);
  if ((!full || width === FULL) && end !== bytes.length) wrong("holds something behind its entries");
  return entries;
}
async function checkTile(source, level, index, hashes) {
  const { bytes, full } = await tileOrFull(source, String(level), index, hashes.length);
  const size = 32 * hashes.length;
  if (full ? bytes.length < size : bytes.length !== size) wrong("is not of the length that its path says");
  if (!equal(bytes.subarray(0, size), joined(hashes))) wrong("does not hold the hashes of what lies below");
}
async function olderOf(source, newest, keys, known, report) {
  const older = [];
  const take = (path, bytes, name) => report.check(path, async () => {
    const { checkpoint, signed } = await openCheckpointBy(bytes, keys);
    if (name !== void 0 && decimal(name) !== checkpoint.size) wrong("is not a checkpoint of this size");
    if (checkpoint.size > newest.size) wrong("is newer than log/checkpoint: the log was set back");
    older.push({ path, checkpoint, keys: signed, kept: name === void 0 });
  });
  for (const path of source.paths) {
    const name = /^log\/checkpoints\/(.+)$/.exec(path)?.[1];
    if (name !== void 0) await take(path, await fileOf(source, path), name);
  }
  if (known && await isSigned(known, keys)) await take("the checkpoint that was kept", known);
  return older.sort((a, b) => a.checkpoint.size - b.checkpoint.size);
}
async function isSigned(bytes, keys) {
  try {
    await openCheckpointBy(bytes, keys);
    return true;
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    return false;
  }
}
function checkHistory(older, leaves2, report) {
  const frontier = new Frontier();
  for (const { path, checkpoint } of older) {
    while (frontier.size < checkpoint.size) frontier.append(leaves2[frontier.size]);
    if (!equal(frontier.root(), checkpoint.root))
      report.add(path, "signed for other entries: two histories were signed. Keep this file, it is proof");
  }
}
async function rawEntries(source, size) {
  const entries = [];
  try {
    for (let begin2 = 0; begin2 < size; begin2 += FULL)
      entries.push(...await entriesOf(source, begin2 / FULL, Math.min(FULL, size - begin2)));
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    return [];
  }
  return entries;
}
async function checkTree(source, checkpoint, trust, report, tell) {
  const entries = [];
  const leaves2 = [];
  for (let begin2 = 0; begin2 < checkpoint.size; begin2 += FULL) {
    const width = Math.min(FULL, checkpoint.size - begin2);
    const index = begin2 / FULL;
    await report.check(tilePath("entries", index, width), async () => {
      const bundle = await entriesOf(source, index, width);
      const hashes = bundle.map(leafHash);
      await report.check(tilePath("0", index, width), () => checkTile(source, 0, index, hashes));
      entries.push(...bundle);
      leaves2.push(...hashes);
    });
    tell(begin2 + width, checkpoint.size);
  }
  const whole3 = leaves2.length === checkpoint.size;
  if (whole3 && !equal(rootOf(leaves2), checkpoint.root))
    report.add("log/checkpoint", "the entries are not those that were signed: the root differs");
  const claimed = whole3 && report.holds() ? claimedKeys(entries, trust.key.name) : [];
  const keys = [...claimed.filter((key) => key.text !== trust.key.text), trust.key];
  const older = await olderOf(source, checkpoint, keys, trust.known, report);
  let below = whole3 ? leaves2 : [];
  for (let level = 1; Math.floor(below.length / FULL) > 0; ++level) {
    const roots = [];
    for (let begin2 = 0; begin2 + FULL <= below.length; begin2 += FULL) roots.push(rootOf(below.slice(begin2, begin2 + FULL)));
    for (let begin2 = 0; begin2 < roots.length; begin2 += FULL) {
      const hashes = roots.slice(begin2, begin2 + FULL);
      await report.check(tilePath(String(level), begin2 / FULL, hashes.length), () => checkTile(source, level, begin2 / FULL, hashes));
    }
    below = roots;
  }
  return { entries, leaves: leaves2, older };
}

// src/verify.ts
function evidencePath(digest2) {
  return `evidence/${digest2.slice(0, 2)}/${digest2}`;
}
function isWithheld(kind) {
  return kind === "picture" || kind === "container";
}
function checkGrammar(state, report, level) {
  level.checked += state.size;
  if (state.genesis["origin"] !== report.origin) level.add("entry 0", "names another log");
  if (state.genesis["election"] !== state.definition.id) level.add("entry 0", "names another election");
  for (const { index, why } of state.malformed) level.add(`entry ${index}`, why);
  for (const { index, type } of state.unknown)
    report.unknownTypes.push({ where: `entry ${index}`, what: `unknown type ${type}` });
  report.voided.push(...state.voided);
  report.sealed = state.sealed;
  report.withheld.push(...state.withheld);
  for (const { index, fields, names, rows, refused } of state.imports)
    if (fields["names"] !== names || fields["rows"] !== rows || fields["refused"] !== refused)
      level.add(`entry ${index}`, "is not followed by the names, rows and refusals that it announces");
}
async function checkEvidence(source, state, report, level, tell) {
  const sound = /* @__PURE__ */ new Map();
  const seen = /* @__PURE__ */ new Set();
  let done = 0;
  for (const one of state.evidence.values()) {
    tell(3, ++done, state.evidence.size);
    if (seen.has(one.sha256)) {
      ++level.checked;
      continue;
    }
    seen.add(one.sha256);
    const path = evidencePath(one.sha256);
    await level.check(path, async () => {
      const found = await hashOf(source, path);
      if (!found && isWithheld(one.kind)) return void ++report.picturesWithheld;
      if (!found) wrong("is not there");
      if (hex(found.digest) !== one.sha256) wrong("is not the file that was received: its hash differs");
      if (found.size !== one.size) wrong("is of another size than its entry says");
      if (!isWithheld(one.kind)) sound.set(one.sha256, await fileOf(source, path));
    });
  }
  return sound;
}
function atHand(files, evidence) {
  return files.get(evidence.sha256) ?? wrong("its file is not at hand");
}
function claimOf(state, files, claim) {
  const parsed = parseClaim(atHand(files, claim.evidence), state.definition);
  return parsed.id === claim.id ? parsed : wrong(`the file says another claim: ${parsed.id}`);
}
async function checkReadings(source, state, files, entries, report, level) {
  for (const head of state.imports) {
    await level.check(`entry ${head.index}`, () => {
      const mapping = head.mapping && atHand(files, head.mapping);
      importEntries(head, atHand(files, head.evidence), mapping, state.definition).forEach((text6, i) => {
        const there = entries[head.index + i];
        if (!there || !equal(there, utf8(text6))) wrong(`entry ${head.index + i}: is not what the file says`);
      });
    });
  }
  for (const claim of state.claims) {
    await level.check(`entry ${claim.index}`, () => void claimOf(state, files, claim));
  }
  for (const picture of state.pictures)
    if (await source.size(evidencePath(picture.sha256)) !== void 0) ++report.picturesNotRead;
  if (report.picturesNotRead > 0) report.leftOut.add("pictures");
}
async function checkDerived2(source, state, returns, result, level) {
  const columns = columnsOf(state, returns);
  const made = [
    ["result.json", () => utf8(`${result}
`)],
    ["data/returns.csv", () => csv(columns)],
    ["data/returns.parquet", () => parquet(columns)]
  ];
  for (const [path, make] of made) {
    const there = await fileOf(source, path);
    if (!there) continue;
    await level.check(path, () => {
      if (!equal(there, make())) wrong("is not what the log gives");
    });
  }
}
async function checkResults(source, whole3, files, entries, report, level) {
  if (whole3.results.length === 0) report.leftOut.add("no-result");
  for (const stated of whole3.results) {
    const follows = await level.check(`entry ${stated.index}`, async () => {
      const state = await fold(entries.slice(0, stated.size), (name) => fileOf(source, name));
      const returns = accept(state);
      const claims = state.claims.map((claim) => claimOf(state, files, claim));
      const result = resultOf(state, returns, claims);
      if (stated === whole3.results.at(-1)) await checkDerived2(source, state, returns, result, level);
      if (hex(sha256(utf8(result))) !== stated.sha256) wrong("states a result that does not follow from the log");
    });
    report.results.push({ entry: stated.index, sha256: stated.sha256, follows });
  }
}
async function verify(source, trust, tell = () => void 0) {
  const report = newReport();
  report.keyGiven = trust.given;
  report.policyGiven = trust.policy !== void 0;
  const reach = (number2) => {
    report.levels[number2].reached = true;
    return report.levels[number2];
  };
  const signature2 = reach(0);
  let head;
  const signed = await signature2.check("log/checkpoint", async () => {
    head = await signedHead(source, trust.key);
    if (trust.policy)
      report.cosignedBy = await cosigners(head.bytes, withLogKey(trust.policy, trust.key, head.signer));
    report.origin = head.checkpoint.origin;
    report.size = head.checkpoint.size;
    report.root = hex(head.checkpoint.root);
  });
  if (!signed || !head) return report;
  const tree = reach(1);
  const log = await checkTree(source, head.checkpoint, trust, tree, (done, all) => tell(1, done, all));
  if (!tree.holds()) return report;
  const { entries } = log;
  let state;
  let unsaid = "";
  try {
    state = await fold(entries, (name) => fileOf(source, name));
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    unsaid = error.message;
  }
  const keys = state && state.logKeys.length > 0 ? [...state.logKeys] : [{ key: trust.key, since: 0 }];
  const older = inForce(log.older, keys, state, tree, report);
  checkHistory(older, log.leaves, tree);
  checkSuccession(keys, trust.key, head.signer, older, signature2);
  if (!tree.holds() || !signature2.holds()) return report;
  if (state && state.logKeys.length > 0) report.keys = keys.map((one) => one.key.text);
  report.knownIsForeign = trust.known !== void 0 && !log.older.some((one) => one.kept);
  const grammar = reach(2);
  if (!state) {
    grammar.add("log", unsaid);
    return report;
  }
  checkGrammar(state, report, grammar);
  const files = await checkEvidence(source, state, report, reach(3), tell);
  await checkRedacted(source, state, report, report.levels[3], (done, all) => tell(3, done, all));
  await checkReadings(source, state, files, entries, report, reach(4));
  await checkResults(source, state, files, entries, report, reach(5));
  await checkProofs(source, entries, head.checkpoint, head.signer, report.levels[5]);
  return report;
}
async function signedHead(source, trusted2) {
  const bytes = await fileOf(source, "log/checkpoint") ?? wrong("is not there");
  try {
    return { bytes, checkpoint: await openCheckpoint(bytes, trusted2), signer: trusted2 };
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    const size = decimal(textOf(bytes).split("\n")[1] ?? "") ?? wrong(error.message);
    for (const signer of claimedKeys(await rawEntries(source, size), trusted2.name)) {
      try {
        return { bytes, checkpoint: await openCheckpoint(bytes, signer), signer };
      } catch (another) {
        if (!(another instanceof Wrong)) throw another;
      }
    }
    throw error;
  }
}
function inForce(all, keys, state, tree, report) {
  return all.filter(({ path, checkpoint, keys: signed, kept }) => {
    const bad = state !== void 0 && isVoidSize(state.voided, checkpoint.size);
    const due = signed.some((key) => key.text === keyAt(keys, checkpoint.size).text);
    if (bad || !due && kept) report.voidCheckpoints.push(path);
    else if (!due) tree.add(path, "is not signed by the key that the log had by then");
    return !bad && due;
  });
}
function checkSuccession(keys, trusted2, signer, older, level) {
  const first = keys.findIndex((one) => one.key.text === trusted2.text);
  if (first < 0) return level.add("log/checkpoint", "the log never had the key that is trusted");
  if (keys.at(-1).key.text !== signer.text)
    return level.add("log/checkpoint", `is signed by a key that the log had replaced by then: ${signer.text}`);
  for (let next = first + 1; next < keys.length; ++next) {
    const { badBefore, key } = keys[next];
    if (badBefore === void 0) continue;
    const believed = keys.slice(first, next).map((one) => one.key.text);
    const vouched = older.some(
      ({ checkpoint: { size }, keys: signed }) => size > 0 && size <= badBefore && signed.some((one) => believed.includes(one.text))
    );
    if (!vouched) level.add("log/checkpoints", `no checkpoint by the key that is trusted says who may declare it bad: ${key.text}`);
  }
}
async function keyInside(source) {
  return textOf(await fileOf(source, "log/log.vkey") ?? wrong("log/log.vkey: is not there")).trim();
}

// src/words.ts
var LEVEL_WORDS = [
  { en: "signed by those who are trusted", es: "firmado por quienes son de confianza" },
  { en: "every entry and tile is what was signed", es: "cada entrada y losa es lo que se firmó" },
  { en: "every entry follows its grammar", es: "cada entrada cumple su gramática" },
  { en: "every file of evidence is the one received", es: "cada archivo de evidencia es el recibido" },
  { en: "read again, the evidence says the same", es: "leída de nuevo, la evidencia dice lo mismo" },
  { en: "the result and the tables follow from the log", es: "el resultado y las tablas se siguen de la bitácora" }
];
var LEFT_OUT = {
  pictures: {
    en: "Pictures of sheets are at hand; this verifier does not read them. The program scrutineer does.",
    es: "Hay imágenes de actas; este verificador no las lee. El programa scrutineer sí."
  },
  redactions: {
    en: "What the pictures that are shown in part say, this verifier does not read. The program scrutineer does.",
    es: "Lo que dicen las imágenes que se muestran en parte no lo lee este verificador. El programa scrutineer sí."
  },
  "no-result": {
    en: "No result was stated: the rest was checked.",
    es: "No hay resultado declarado: se comprobó lo demás."
  }
};
var WORDS = {
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
    es: "No dice nada, porque la bitácora ya no tenía esa clave"
  },
  withheldBy: { en: "Withheld, by an entry that says why", es: "Retenida, por una entrada que dice por qué" },
  sealed: { en: "The log is sealed: it ends with entry", es: "La bitácora está sellada: termina con la entrada" },
  withheld: {
    en: "pictures are not in this copy: their reading could not be repeated.",
    es: "imágenes no están en esta copia: su lectura no se pudo repetir."
  },
  redacted: {
    en: "pictures are shown in part: what two people approved is hidden, and nothing else was changed.",
    es: "imágenes se muestran en parte: se ocultó lo que dos personas aprobaron y nada más cambió."
  },
  keyInside: {
    en: "NOTE: the key was taken from the bundle itself, so this proves only that it agrees with itself. Hold it against the key that was published.",
    es: "CUIDADO: la clave se tomó del propio paquete, así que esto solo prueba que concuerda consigo mismo. Compárela con la clave que se publicó."
  }
};
function word2(key, language) {
  return WORDS[key][language];
}
function remarks(report, language) {
  const lines = report.unknownTypes.map((one) => `${word2("unknown", language)}: ${one.where}: ${one.what}`);
  if (report.keys.length > 0) lines.push(`${word2("keys", language)}: ${report.keys.join(", ")}`);
  for (const { from, by, person } of report.voided)
    lines.push(`${word2("voided", language)}: ${from}-${by - 1}${person === "" ? "" : ` (${person})`}`);
  for (const path of report.voidCheckpoints) lines.push(`${word2("voidCheckpoint", language)}: ${path}`);
  for (const picture of report.withheld) lines.push(`${word2("withheldBy", language)}: ${picture}`);
  if (report.sealed !== void 0) lines.push(`${word2("sealed", language)} ${report.sealed}.`);
  const withheld = report.picturesWithheld - report.picturesRedacted;
  if (withheld > 0) lines.push(`${withheld} ${word2("withheld", language)}`);
  if (report.picturesRedacted > 0) lines.push(`${report.picturesRedacted} ${word2("redacted", language)}`);
  if (report.policyGiven && report.levels[0].holds())
    lines.push(`${word2("cosigned", language)}: ${report.cosignedBy.join(", ") || "-"}`);
  for (const left of report.leftOut) {
    const text6 = LEFT_OUT[left];
    if (text6) lines.push(text6[language]);
  }
  if (!report.keyGiven) lines.push(word2("keyInside", language));
  return lines;
}
function verdict(report, language) {
  const exit = exitOf(report);
  return exit === 0 ? word2("holds", language) : `${word2("fails", language)}${exit - 10}.`;
}
function text5(report, language) {
  let out = "";
  if (report.origin)
    out += `${word2("log", language)} ${report.origin}, ${report.size} ${word2("entries", language)}, ${word2("root", language)} ${report.root}
`;
  for (const level of report.levels) {
    const mark = !level.reached ? "-" : level.holds() ? "✓" : "✗";
    out += `  ${mark} ${level.level}  ${LEVEL_WORDS[level.level][language]}`;
    out += level.reached ? "\n" : ` (${word2("notReached", language)})
`;
    for (const problem of level.problems) out += `      ${problem.where}: ${problem.what}
`;
    if (level.further > 0) out += `      ${level.further} ${word2("more", language)}
`;
  }
  for (const line of remarks(report, language)) out += `  ${line}
`;
  return `${out}${verdict(report, language)}
`;
}

// src/main.ts
globalThis.crypto ??= webcrypto;
async function readAt(file, offset, size) {
  const bytes = new Uint8Array(size);
  for (let done = 0; done < size; ) {
    const { bytesRead } = await file.read(bytes, done, size - done, offset + done);
    if (bytesRead === 0) wrong("a file ends too early");
    done += bytesRead;
  }
  return bytes;
}
async function filesBelow(folder, prefix = "") {
  const paths = [];
  for (const entry of await readdir(join(folder, prefix), { withFileTypes: true })) {
    const path = prefix + entry.name;
    if (entry.isDirectory()) paths.push(...await filesBelow(folder, `${path}/`));
    else if (!entry.name.startsWith(".")) paths.push(path);
  }
  return paths.sort();
}
async function folderSource(folder) {
  const paths = await filesBelow(folder);
  const known = new Set(paths);
  return {
    paths,
    size: async (path) => known.has(path) ? (await stat(join(folder, path))).size : void 0,
    read: async (path, offset, size) => {
      const file = await open(join(folder, path));
      try {
        return await readAt(file, offset, size);
      } finally {
        await file.close();
      }
    }
  };
}
async function tarSource(file) {
  const members = await listTar((await file.stat()).size, (offset, size) => readAt(file, offset, size));
  return {
    paths: [...members.keys()].sort(),
    size: async (name) => members.get(name)?.size,
    read: async (name, offset, size) => readAt(file, members.get(name).offset + offset, size)
  };
}
async function withSource(path, use) {
  if ((await stat(path)).isDirectory()) return use(await folderSource(path));
  const file = await open(path);
  try {
    return await use(await tarSource(file));
  } finally {
    await file.close();
  }
}
async function trusted(source, said, policy) {
  if (said !== void 0)
    return { key: parseVkey((said.includes("+") ? said : await readFile(said, "utf8")).trim()), given: true };
  if (policy === void 0) return { key: parseVkey(await keyInside(source)), given: false };
  const checkpoint = await fileOf(source, "log/checkpoint");
  const origin = checkpoint ? textOf(checkpoint).split("\n")[0] : "";
  const only = policy.logs.length === 1 ? policy.logs[0] : void 0;
  const key = policy.logs.find((log) => log.name === origin) ?? only;
  return { key: key ?? wrong("the policy names several logs, and none of them is that of the bundle"), given: true };
}
function json(report) {
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
      further_problems: level.further
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
    left_out: [...report.leftOut]
  });
}
async function main(args, say) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      key: { type: "string" },
      policy: { type: "string" },
      known: { type: "string" },
      lang: { type: "string" },
      json: { type: "boolean" }
    }
  });
  if (positionals.length !== 1 || values.lang !== void 0 && !["es", "en"].includes(values.lang)) {
    process.stderr.write("node verifier.mjs PATH --key KEY [--policy FILE] [--known FILE] [--lang es|en] [--json]\n");
    return 2;
  }
  const policy = values.policy === void 0 ? void 0 : parsePolicy(await readFile(values.policy));
  const report = await withSource(positionals[0], async (source) => {
    const trust = await trusted(source, values.key, policy);
    const known = values.known === void 0 ? void 0 : await readFile(values.known);
    const found = await verify(source, { ...trust, policy, known });
    if (found.knownIsForeign) wrong(`${values.known}: is no checkpoint signed with a key of this log`);
    return found;
  });
  const spoken = values.lang === "es" ? "es" : "en";
  say(values.json ? `${json(report)}
` : text5(report, spoken));
  return exitOf(report);
}
async function run(args, say, complain) {
  try {
    return await main(args, say);
  } catch (error) {
    const code = error.code ?? "";
    const usage = code.startsWith("ERR_PARSE_ARGS");
    const known = error instanceof Wrong || code === "ENOENT" || usage;
    complain(`${known ? error.message : String(error.stack)}
`);
    return usage ? 2 : known ? 3 : 70;
  }
}
if (process.argv[1] !== void 0 && import.meta.url === pathToFileURL(await realpath(process.argv[1])).href)
  process.exitCode = await run(
    process.argv.slice(2),
    (text6) => process.stdout.write(text6),
    (text6) => process.stderr.write(text6)
  );
export {
  run
};
