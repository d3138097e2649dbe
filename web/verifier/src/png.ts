// SPDX-License-Identifier: Apache-2.0
//
// The pixels of a PNG as a redacted picture is one: 8 bits, grey or colour, nothing but the picture
// (ISO 15948; docs/formats/redaction.md, "The redacted file").

import { equal, joined, utf8, wrong } from "./bytes.js";
import { type CellPicture, sideOf } from "./cells.js";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const MOST_PIXELS = 100_000_000;
const GREY = 128;

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let k = 0; k < 8; ++k) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = CRC[(value ^ byte) & 255]! ^ (value >>> 8);
  return ~value >>> 0;
}

function word(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0);
}

// Exactly `size` bytes come out, or it is not what it says.
async function inflated(packed: Uint8Array, size: number): Promise<Uint8Array> {
  const out = new Uint8Array(size);
  let at = 0;
  const stream = new Blob([packed as BlobPart]).stream().pipeThrough(new DecompressionStream("deflate"));
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (at + value.length > size) wrong("the picture: more pixels than it says");
      out.set(value, at);
      at += value.length;
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    return wrong(error instanceof Error && error.message.startsWith("the picture") ? error.message : "the picture: its pixels cannot be unpacked");
  }
  return at === size ? out : wrong("the picture ends too early");
}

function paeth(a: number, b: number, c: number): number {
  const p = a + b - c;
  const [x, y, z] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  return x <= y && x <= z ? a : y <= z ? b : c;
}

// Undoes what stands before each row (clause 9); in place, the first byte of each row left out.
function unfiltered(data: Uint8Array, stride: number, rows: number, step: number): Uint8Array {
  const out = new Uint8Array(stride * rows);
  for (let row = 0; row < rows; ++row) {
    const from = row * (stride + 1) + 1;
    const to = row * stride;
    const kind = data[from - 1]!;
    for (let i = 0; i < stride; ++i) {
      const a = i >= step ? out[to + i - step]! : 0;
      const b = row > 0 ? out[to + i - stride]! : 0;
      const value = data[from + i]!;
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
          out[to + i] = value + ((a + b) >> 1);
          break;
        case 4:
          out[to + i] = value + paeth(a, b, row > 0 && i >= step ? out[to + i - stride - step]! : 0);
          break;
        default:
          wrong("the picture: a row of another kind");
      }
    }
  }
  return out;
}

export class Png implements CellPicture {
  readonly orientation = 1;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly leaves: number;
  private readonly columns: number;

  private constructor(
    readonly width: number,
    readonly height: number,
    private readonly channels: number,
    private readonly pixels: Uint8Array,
  ) {
    this.cellWidth = this.cellHeight = sideOf(width, height);
    this.columns = Math.ceil(width / this.cellWidth);
    this.leaves = 1 + this.columns * Math.ceil(height / this.cellHeight);
  }

  static async open(file: Uint8Array): Promise<Png> {
    if (!equal(file.subarray(0, 8), SIGNATURE)) wrong("is no PNG");
    let header: Uint8Array | undefined;
    const packed: Uint8Array[] = [];
    let order = "";
    for (let at = 8; order !== "IEND"; ) {
      if (at + 12 > file.length || word(file, at) > file.length - at - 12) wrong("has a chunk that does not end");
      const size = word(file, at);
      const named = file.subarray(at + 4, at + 8 + size);
      const chunk = named.subarray(4);
      const type = String.fromCharCode(...named.subarray(0, 4));
      if (word(file, at + 8 + size) !== crc32(named)) wrong("has a chunk whose sum is wrong");
      at += 12 + size;
      const follows: Record<string, boolean> = {
        IHDR: order === "", sRGB: order === "IHDR" && equal(chunk, Uint8Array.of(0)), IDAT: order === "sRGB" || order === "IDAT",
        IEND: order === "IDAT" && size === 0 && at === file.length,
      };
      if (!follows[type]) wrong("has something else in it than a picture");
      if (type === "IHDR") header = chunk;
      if (type === "IDAT") packed.push(chunk);
      order = type;
    }
    return Png.of(header!, joined(packed));
  }

  private static async of(header: Uint8Array, packed: Uint8Array): Promise<Png> {
    if (header.length !== 13 || header[8] !== 8 || (header[9] !== 0 && header[9] !== 2) || header[10] !== 0 || header[11] !== 0 || header[12] !== 0)
      wrong("is a PNG of another kind");
    const width = word(header, 0);
    const height = word(header, 4);
    if (width === 0 || height === 0 || width * height > MOST_PIXELS) wrong("is too large, or has no pixels");
    const channels = header[9] === 2 ? 3 : 1;
    const stride = width * channels;
    const data = await inflated(packed, (stride + 1) * height);
    return new Png(width, height, channels, unfiltered(data, stride, height, channels));
  }

  content(leaf: number): Uint8Array {
    if (leaf === 0) return utf8(`scrutineer/cells@v1\npixels ${this.width} ${this.height}\ncell ${this.cellWidth} ${this.cellHeight}\n`);
    const left = ((leaf - 1) % this.columns) * this.cellWidth;
    const top = Math.floor((leaf - 1) / this.columns) * this.cellHeight;
    const right = Math.min(left + this.cellWidth, this.width);
    const foot = Math.min(top + this.cellHeight, this.height);
    const bytes = new Uint8Array(3 * (right - left) * (foot - top));
    let at = 0;
    for (let y = top; y < foot; ++y) {
      const row = this.pixels.subarray((y * this.width + left) * this.channels, (y * this.width + right) * this.channels);
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

  isFiller(leaf: number): boolean {
    return this.content(leaf).every((value) => value === GREY);
  }
}
