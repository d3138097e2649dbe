// SPDX-License-Identifier: Apache-2.0
//
// The quantised coefficients of a JPEG as a redacted picture is one: sequential, Huffman-coded, one
// scan, nothing but the picture (ITU-T T.81; docs/formats/redaction.md, "The redacted file").

import { equal, utf8, wrong } from "./bytes.js";
import { type CellPicture, sideOf } from "./cells.js";

const JFIF = Uint8Array.of(0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0);
const ADOBE_RGB = Uint8Array.of(0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 0);
const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
const MOST_PIXELS = 100_000_000;
const BLOCK = 64;

// Row by row, at each place the number that the zigzag gives it (figure A.6), turned round.
const ZIGZAG = Uint8Array.of(
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
);

/** A Huffman table: a code of up to 9 bits is looked up, a longer one found by its length (annex F.2.2.3). */
class Codes {
  private readonly quick = new Int16Array(512).fill(-1); // length * 256 + symbol
  private readonly last = new Int32Array(18).fill(-1); // [length]: the largest code of that length
  private readonly offset = new Int32Array(18); // [length]: symbol's place minus code

  constructor(
    counts: Uint8Array,
    private readonly symbols: Uint8Array,
  ) {
    let code = 0;
    let place = 0;
    for (let length = 1; length <= 16; ++length) {
      this.offset[length] = place - code;
      for (let i = 0; i < counts[length - 1]!; ++i, ++code, ++place) {
        if (code >= 1 << length) wrong("the picture: a table of codes that is none");
        if (length > 9) continue;
        const from = code << (9 - length);
        this.quick.fill((length << 8) | symbols[place]!, from, from + (1 << (9 - length)));
      }
      if (counts[length - 1]! > 0) this.last[length] = code - 1;
      code <<= 1;
    }
  }

  next(bits: Bits): number {
    const found = this.quick[bits.peek(9)]!;
    if (found >= 0) {
      bits.skip(found >> 8);
      return found & 255;
    }
    const ahead = bits.peek(16);
    for (let length = 10; length <= 16; ++length) {
      const code = ahead >> (16 - length);
      if (code > this.last[length]!) continue;
      bits.skip(length);
      return this.symbols[code + this.offset[length]!]!;
    }
    return wrong("the picture: a code that means nothing");
  }
}

/** Bits of coded data, highest first. Reads zeros behind the end, but does not go there. */
class Bits {
  private window = 0; // the next bits are its lowest `held`
  private held = 0;
  private at = 0;

  constructor(private readonly data: Uint8Array) {}

  private fill(): void {
    while (this.held <= 16) {
      this.window = ((this.window & 0xffff) << 8) | (this.data[this.at++] ?? 0);
      this.held += 8;
    }
  }

  /** At most 16. */
  peek(count: number): number {
    if (this.held < count) this.fill();
    return (this.window >>> (this.held - count)) & ((1 << count) - 1);
  }

  skip(count: number): void {
    if (this.held < count) this.fill();
    this.held -= count;
    if (this.left() < 0) wrong("the picture ends too early");
  }

  /** A number of so many bits with its sign (annex F, EXTEND). */
  signed(size: number): number {
    if (size === 0) return 0;
    const value = this.peek(size);
    this.skip(size);
    return value >> (size - 1) ? value : value - (1 << size) + 1;
  }

  left(): number {
    return 8 * (this.data.length - this.at) + this.held;
  }
}

interface Component {
  readonly id: number;
  readonly across: number; // sampling factors
  readonly down: number;
  readonly table: number; // of quantisation
  steps: readonly number[];
  columns: number; // blocks that have a pixel of the picture
  rows: number;
  blocks: Int16Array;
}

function number(bytes: Uint8Array, at: number): number {
  return at + 1 < bytes.length ? bytes[at]! * 256 + bytes[at + 1]! : wrong("the picture: a segment is cut off");
}

// Which segments come, in this order: whose colours, how it is turned, steps, frame, codes, scan.
const ORDER = new Map([[0xe0, 0], [0xee, 0], [0xe1, 1], [0xdb, 2], [0xc0, 3], [0xc1, 3], [0xc4, 4], [0xda, 5]]);
const ONCE = new Set([0, 1, 3, 5]);

export class Jpeg implements CellPicture {
  width = 0;
  height = 0;
  orientation = 1;
  cellWidth = 0;
  cellHeight = 0;
  leaves = 0;
  private colours = "";
  private across = 1; // the largest sampling factors
  private down = 1;
  private components: Component[] = [];
  private readonly steps = new Map<number, number[]>();
  private readonly codes = new Map<number, Codes>(); // by class * 16 + number

  constructor(file: Uint8Array) {
    if (number(file, 0) !== 0xffd8) wrong("is no JPEG");
    let at = 2;
    let order = -1;
    for (let scan = false; !scan; ) {
      const marker = number(file, at) - 0xff00;
      const length = number(file, at + 2);
      const place = ORDER.get(marker);
      if (length < 2 || at + 2 + length > file.length) wrong("has a segment that does not end");
      if (place === undefined) wrong(`has a segment that does not belong there: ${marker.toString(16)}`);
      if (place < order || (place === order && ONCE.has(place)) || (order === -1 && place !== 0))
        wrong("has its segments in another order");
      order = place;
      const segment = file.subarray(at + 4, at + 2 + length);
      at += 2 + length;
      if (place === 5) this.decode(segment, file.subarray(at));
      else this.take(marker, segment);
      scan = place === 5;
    }
  }

  private take(marker: number, segment: Uint8Array): void {
    switch (marker) {
      case 0xe0:
        if (!equal(segment, JFIF)) wrong("has words of its own in its first segment");
        break;
      case 0xee:
        if (!equal(segment, ADOBE_RGB)) wrong("has words of its own in its first segment");
        this.colours = "rgb";
        break;
      case 0xe1: {
        const turned = segment[25] ?? 0;
        if (!equal(segment, Uint8Array.from(EXIF.map((byte, i) => (i === 25 ? turned : byte)))) || turned < 2 || turned > 8)
          wrong("has more in its EXIF than how it is turned");
        this.orientation = turned;
        break;
      }
      case 0xdb:
        return this.takeSteps(segment);
      case 0xc4:
        return this.takeCodes(segment);
      default:
        this.takeFrame(segment);
    }
  }

  private takeSteps(segment: Uint8Array): void {
    for (let at = 0; at < segment.length; ) {
      const wide = segment[at]! >> 4;
      const size = wide === 1 ? 128 : 64;
      if (wide > 1 || (segment[at]! & 15) > 3 || at + 1 + size > segment.length) wrong("the picture: steps that are none");
      const steps = new Array<number>(BLOCK);
      for (let k = 0; k < BLOCK; ++k) steps[ZIGZAG[k]!] = wide ? number(segment, at + 1 + 2 * k) : segment[at + 1 + k]!;
      this.steps.set(segment[at]! & 15, steps);
      at += 1 + size;
    }
  }

  private takeCodes(segment: Uint8Array): void {
    for (let at = 0; at < segment.length; ) {
      const counts = segment.subarray(at + 1, at + 17);
      const sum = counts.reduce((all, count) => all + count, 0);
      const symbols = segment.subarray(at + 17, at + 17 + sum);
      const which = segment[at]!;
      if (counts.length < 16 || symbols.length < sum || sum > 256 || which >> 4 > 1 || (which & 15) > 3) wrong("the picture: a table of codes that is none");
      // A size of more than 15 bits: of a mean, there is none.
      if (which >> 4 === 0 && symbols.some((symbol) => symbol > 15)) wrong("the picture: a table of codes that is none");
      this.codes.set(which, new Codes(counts, symbols));
      at += 17 + sum;
    }
  }

  private takeFrame(segment: Uint8Array): void {
    this.height = number(segment, 1);
    this.width = number(segment, 3);
    const count = segment[5];
    if (segment[0] !== 8 || (count !== 1 && count !== 3) || segment.length !== 6 + 3 * count) wrong("is a JPEG of another kind");
    if (this.width === 0 || this.height === 0 || this.width * this.height > MOST_PIXELS) wrong("is too large, or has no pixels");
    for (let i = 0; i < count; ++i) {
      const [id, sampling, table] = segment.subarray(6 + 3 * i);
      const across = sampling! >> 4;
      const down = sampling! & 15;
      if (across < 1 || across > 4 || down < 1 || down > 4 || this.components.some((other) => other.id === id))
        wrong("is a JPEG of another kind");
      this.components.push({ id: id!, across, down, table: table!, steps: [], columns: 0, rows: 0, blocks: new Int16Array(0) });
    }
    if (this.colours === "rgb" && count === 1) wrong("is a JPEG of another kind");
    this.colours ||= count === 1 ? "grey" : "ycc";
    this.across = Math.max(...this.components.map((one) => one.across));
    this.down = Math.max(...this.components.map((one) => one.down));
    const side = sideOf(this.width, this.height);
    this.cellWidth = Math.max(1, Math.floor(side / (8 * this.across))) * 8 * this.across;
    this.cellHeight = Math.max(1, Math.floor(side / (8 * this.down))) * 8 * this.down;
    this.leaves = 1 + this.cellColumns() * Math.ceil(this.height / this.cellHeight);
    for (const one of this.components) {
      one.columns = Math.ceil((this.width * one.across) / (8 * this.across));
      one.rows = Math.ceil((this.height * one.down) / (8 * this.down));
      one.blocks = new Int16Array(one.columns * one.rows * BLOCK);
      one.steps = this.steps.get(one.table) ?? wrong("the picture: a component has no steps");
    }
  }

  private cellColumns(): number {
    return Math.ceil(this.width / this.cellWidth);
  }

  // Which codes the scan gives each component: [mean, the others].
  private codesOf(segment: Uint8Array): [Codes, Codes][] {
    const count = this.components.length;
    const end = 1 + 2 * count;
    if (count === 0 || segment[0] !== count || segment.length !== end + 3) wrong("the picture: not one scan of all");
    if (segment[end] !== 0 || segment[end + 1] !== 63 || segment[end + 2] !== 0) wrong("the picture: not one scan of all");
    return this.components.map((one, i) => {
      const which = segment[2 + 2 * i]!;
      const mean = this.codes.get(which >> 4);
      const others = this.codes.get(16 + (which & 15));
      if (segment[1 + 2 * i] !== one.id || !mean || !others) wrong("the picture: a component has no codes");
      return [mean, others];
    });
  }

  private decode(segment: Uint8Array, rest: Uint8Array): void {
    const codes = this.codesOf(segment);
    const bits = new Bits(unstuffed(rest));
    const means = this.components.map(() => 0);
    const padding = new Int16Array(BLOCK);
    const block = (i: number, column: number, row: number): void => {
      const one = this.components[i]!;
      const there = column < one.columns && row < one.rows;
      const at = (row * one.columns + column) * BLOCK;
      const to = there ? one.blocks.subarray(at, at + BLOCK) : padding;
      means[i] = readBlock(bits, codes[i]!, means[i]!, to);
    };
    // A scan of one component is not interleaved: it has no padding (A.2.2).
    const alone = this.components.length === 1;
    const unitRows = alone ? this.components[0]!.rows : Math.ceil(this.height / (8 * this.down));
    const units = alone ? this.components[0]!.columns : Math.ceil(this.width / (8 * this.across));
    for (let row = 0; row < unitRows; ++row)
      for (let unit = 0; unit < units; ++unit)
        this.components.forEach((one, i) => {
          const across = alone ? 1 : one.across;
          const down = alone ? 1 : one.down;
          for (let y = 0; y < down; ++y) for (let x = 0; x < across; ++x) block(i, unit * across + x, row * down + y);
        });
    if (bits.left() >= 8) wrong("has something behind its picture");
  }

  private form(): Uint8Array {
    const lines = [
      "scrutineer/cells@v1", `jpeg ${this.width} ${this.height}`, `orientation ${this.orientation}`,
      `cell ${this.cellWidth} ${this.cellHeight}`, `colours ${this.colours}`,
      ...this.components.map((one) => `component ${one.across} ${one.down} ${one.steps.join(" ")}`),
    ];
    return utf8(`${lines.join("\n")}\n`);
  }

  // Calls `take` with the coefficients of a cell, a row of blocks of a component at a time.
  private rowsOf(leaf: number, take: (row: Int16Array) => void): void {
    const cell = leaf - 1;
    const column = cell % this.cellColumns();
    const row = Math.floor(cell / this.cellColumns());
    for (const one of this.components) {
      const across = (this.cellWidth / (8 * this.across)) * one.across;
      const down = (this.cellHeight / (8 * this.down)) * one.down;
      const left = Math.min(column * across, one.columns);
      const right = Math.min(left + across, one.columns);
      for (let y = row * down; y < Math.min((row + 1) * down, one.rows); ++y)
        take(one.blocks.subarray((y * one.columns + left) * BLOCK, (y * one.columns + right) * BLOCK));
    }
  }

  content(leaf: number): Uint8Array {
    if (leaf === 0) return this.form();
    const values: Int16Array[] = [];
    let count = 0;
    this.rowsOf(leaf, (row) => {
      values.push(row);
      count += row.length;
    });
    const bytes = new Uint8Array(2 * count);
    let at = 0;
    for (const row of values)
      for (let i = 0; i < row.length; ++i) {
        bytes[at++] = row[i]! >> 8;
        bytes[at++] = row[i]!;
      }
    return bytes;
  }

  isFiller(leaf: number): boolean {
    let all = true;
    this.rowsOf(leaf, (row) => {
      all = all && row.every((value) => value === 0);
    });
    return all;
  }
}

// The coded data up to the end of the picture, which must be the end of the file; without the zeros
// that stand behind each byte FF.
function unstuffed(rest: Uint8Array): Uint8Array {
  const data = new Uint8Array(rest.length);
  let size = 0;
  let at = 0;
  for (; at < rest.length; ++at) {
    data[size++] = rest[at]!;
    if (rest[at] !== 0xff) continue;
    if (rest[at + 1] !== 0) break;
    ++at;
  }
  if (at + 2 !== rest.length || rest[at + 1] !== 0xd9) wrong("has something behind its one scan");
  return data.subarray(0, size - 1);
}

// Reads a block; gives its mean, from which the next one's is told.
function readBlock(bits: Bits, [means, others]: [Codes, Codes], before: number, to: Int16Array): number {
  const mean = before + bits.signed(means.next(bits));
  to[0] = mean;
  for (let k = 1; k < BLOCK; ++k) {
    const symbol = others.next(bits);
    const size = symbol & 15;
    const run = symbol >> 4;
    if (size === 0 && run !== 15) break;
    k += run;
    if (k >= BLOCK) wrong("the picture: a block that is too long");
    if (size > 0) to[ZIGZAG[k]!] = bits.signed(size);
  }
  return mean;
}
