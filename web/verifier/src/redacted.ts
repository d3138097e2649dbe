// SPDX-License-Identifier: Apache-2.0
//
// Level 3: pictures that are shown in part. Nothing of them but what two people approved is hidden,
// nothing else was changed, and no piece of the code (docs/formats/redaction.md, "To be checked").

import { type CellPicture, checkCells, rangesOf } from "./cells.js";
import { fromHex, wrong } from "./bytes.js";
import { Jpeg } from "./jpeg.js";
import { Png } from "./png.js";
import type { LevelReport, Report } from "./report.js";
import { fileOf, type Source } from "./source.js";
import type { ApprovedPicture, State } from "./state.js";

interface Point {
  readonly x: number;
  readonly y: number;
}

// A point of the picture as people see it, in the picture as stored (CIPA DC-008, 4.6.4).
function stored(picture: CellPicture, at: Point): Point {
  const turn = picture.orientation;
  const x = turn >= 5 ? at.y : at.x;
  const y = turn >= 5 ? at.x : at.y;
  return {
    x: [2, 3, 7, 8].includes(turn) ? picture.width - x : x,
    y: [3, 4, 6, 7].includes(turn) ? picture.height - y : y,
  };
}

function extent(shape: readonly Point[], along: Point): [number, number] {
  const values = shape.map((point) => point.x * along.x + point.y * along.y);
  return [Math.min(...values), Math.max(...values)];
}

// Whether two convex shapes have more in common than an edge: they do not if they lie apart along
// the normal of a side.
function overlap(a: readonly Point[], b: readonly Point[]): boolean {
  for (const shape of [a, b]) {
    for (let i = 0; i < shape.length; ++i) {
      const from = shape[i]!;
      const to = shape[(i + 1) % shape.length]!;
      const normal = { x: from.y - to.y, y: to.x - from.x };
      if (normal.x === 0 && normal.y === 0) continue;
      const [lowA, highA] = extent(a, normal);
      const [lowB, highB] = extent(b, normal);
      if (highA <= lowB || highB <= lowA) return false;
    }
  }
  return true;
}

function boxOf(picture: CellPicture, leaf: number): Point[] {
  const columns = Math.ceil(picture.width / picture.cellWidth);
  const left = ((leaf - 1) % columns) * picture.cellWidth;
  const top = Math.floor((leaf - 1) / columns) * picture.cellHeight;
  const right = Math.min(left + picture.cellWidth, picture.width);
  const foot = Math.min(top + picture.cellHeight, picture.height);
  return [{ x: left, y: top }, { x: right, y: top }, { x: right, y: foot }, { x: left, y: foot }];
}

// `corners`: x, y of the four corners of the code, as people see the picture.
function hidesCode(picture: CellPicture, mask: string, corners: readonly number[]): boolean {
  const code = [0, 2, 4, 6].map((i) => stored(picture, { x: corners[i]!, y: corners[i + 1]! }));
  for (const [first, last] of rangesOf(mask))
    for (let leaf = first; leaf <= last; ++leaf) if (overlap(code, boxOf(picture, leaf))) return true;
  return false;
}

function basePath(digest: string): string {
  return `redacted/${digest.slice(0, 2)}/${digest}`;
}

async function checkPicture(source: Source, path: string, approved: ApprovedPicture, state: State): Promise<void> {
  const file = (await fileOf(source, path))!;
  const proof = (await fileOf(source, `${basePath(approved.sha256)}.redaction`)) ?? wrong("its proof is not there");
  const picture = approved.kind === "jpeg" ? new Jpeg(file) : await Png.open(file);
  checkCells(picture, proof, approved.leaves, fromHex(approved.root), approved.mask);
  const reading = state.pictures.find((one) => one.sha256 === approved.sha256);
  if (reading?.corners && hidesCode(picture, approved.mask, reading.corners)) wrong("hides a piece of the code");
}

export async function checkRedacted(source: Source, state: State, report: Report, level: LevelReport, tell: (done: number, all: number) => void): Promise<void> {
  const known = new Set<string>();
  const shown = new Map<string, ApprovedPicture>();
  for (const approved of state.approved) {
    const path = `${basePath(approved.sha256)}${approved.kind === "jpeg" ? ".jpg" : ".png"}`;
    known.add(path).add(`${basePath(approved.sha256)}.redaction`);
    if ((await source.size(path)) !== undefined) shown.set(path, approved);
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
