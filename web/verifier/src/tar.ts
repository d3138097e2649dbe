// SPDX-License-Identifier: Apache-2.0
//
// Where each file of a ustar archive lies. Plain files and folders only; everything else, and what
// two programs could understand differently, is refused (docs/formats/bundle.md).

import { textOf, wrong } from "./bytes.js";

export interface Member {
  readonly path: string;
  readonly offset: number;
  readonly size: number;
}

const BLOCK = 512;

function octal(header: Uint8Array, at: number, size: number): number | undefined {
  const match = /^ *([0-7]+)[ \0]*$/.exec(latin(header.subarray(at, at + size)));
  const value = match ? parseInt(match[1]!, 8) : NaN;
  return Number.isSafeInteger(value) && value < 2 ** 33 ? value : undefined;
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function text(header: Uint8Array, at: number, size: number): string {
  const field = header.subarray(at, at + size);
  const end = field.indexOf(0);
  return textOf(end < 0 ? field : field.subarray(0, end));
}

function isSound(path: string): boolean {
  return path
    .split("/")
    // eslint-disable-next-line no-control-regex
    .every((part) => part !== "" && part !== "." && part !== ".." && !/[\u0000-\u001f\u007f\\]/.test(part));
}

function sum(header: Uint8Array): number {
  let total = 8 * 32;
  header.forEach((byte, at) => (total += at >= 148 && at < 156 ? 0 : byte));
  return total;
}

function memberOf(header: Uint8Array): Member | undefined {
  if (octal(header, 148, 8) !== sum(header)) wrong("is no tar header");
  const magic = latin(header.subarray(257, 265));
  const ustar = magic.startsWith("ustar\0");
  if (!ustar && magic !== "ustar  \0") wrong("is a tar header of another kind than ustar");
  const prefix = ustar ? text(header, 345, 155) : "";
  const path = `${prefix}${prefix ? "/" : ""}${text(header, 0, 100)}`.replace(/^\.\//, "");
  const size = octal(header, 124, 12);
  if (size === undefined) wrong(`${path}: has no size`);
  const type = String.fromCharCode(header[156]!);
  if (type === "5" && size === 0) return undefined;
  if (type !== "0" && type !== "\0") wrong(`${path}: is neither a plain file nor a folder`);
  if (!isSound(path)) wrong(`${path}: is no name for a file`);
  return { path, offset: 0, size };
}

/** Members by path. `read` gives `size` bytes from an offset. */
export async function listTar(
  size: number,
  read: (offset: number, size: number) => Promise<Uint8Array>,
): Promise<Map<string, Member>> {
  const members = new Map<string, Member>();
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

/** Many tars, and folders that are dropped on a page, hold everything in one folder. */
export function inFolder<T>(members: Map<string, T>): Map<string, T> {
  const logs = [...members.keys()].filter((path) => /(^|\/)log\/checkpoint$/.test(path));
  if (logs.length !== 1) wrong(logs.length ? "holds more than one log" : "holds no log/checkpoint: it is no bundle");
  const folder = logs[0]!.slice(0, -"log/checkpoint".length);
  return new Map(
    [...members].filter(([path]) => path.startsWith(folder)).map(([path, value]) => [path.slice(folder.length), value]),
  );
}
