#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A second verifier of redacted pictures, written from docs/formats/redaction.md alone, in plain Python: its own JPEG and PNG
reader, its own trees. Held against tests/vectors/redaction.json, as it is and tampered with.

    redaction_second.py
"""
import base64
import hashlib
import hmac
import json
import pathlib
import re
import struct
import unittest
import zlib

VECTORS = json.loads((pathlib.Path(__file__).resolve().parent.parent / "vectors" / "redaction.json").read_text())

ZIGZAG = [0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
          35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63]


class Wrong(Exception):
    pass


def need(condition, what):
    if not condition:
        raise Wrong(what)


class Bits:
    def __init__(self, coded):
        self.bits = "".join(f"{b:08b}" for b in coded.replace(b"\xff\x00", b"\xff"))
        self.at = 0

    def take(self, n):
        need(self.at + n <= len(self.bits), "the scan ends early")
        value = int(self.bits[self.at:self.at + n] or "0", 2)
        self.at += n
        return value

    def code(self, table):
        code = ""
        while code not in table:
            need(len(code) < 16, "no such code")
            code += str(self.take(1))
        return table[code]

    def signed(self, n):
        value = self.take(n)
        return value if n == 0 or value >> (n - 1) else value - (1 << n) + 1


def huffman(segment):
    """Tables by class and number (ITU-T T.81, annex C)."""
    tables = {}
    while segment:
        counts, segment_rest = segment[1:17], segment[17:]
        code, table, k = 0, {}, 0
        for length, count in enumerate(counts, 1):
            for _ in range(count):
                table[f"{code:0{length}b}"] = segment_rest[k]
                code, k = code + 1, k + 1
            code <<= 1
        tables[segment[0]] = table
        segment = segment_rest[k:]
    return tables


class Jpeg:
    """Baseline or extended sequential Huffman, one scan: all that a redacted file may be."""
    def __init__(self, file):
        need(file[:2] == b"\xff\xd8", "no JPEG")
        at, steps, codes, self.orientation, self.colours = 2, {}, {}, 1, None
        while True:
            marker, length = file[at + 1], struct.unpack(">H", file[at + 2:at + 4])[0]
            need(file[at] == 0xFF, "no marker")
            segment = file[at + 4:at + 2 + length]
            at += 2 + length
            if marker == 0xE0:
                need(segment == b"JFIF\0\1\1\0\0\1\0\1\0\0", "another APP0")
            elif marker == 0xEE:
                need(segment == b"Adobe\0\x64\0\0\0\0\0", "another APP14")
                self.colours = "rgb"
            elif marker == 0xE1:
                self.orientation = segment[25] if len(segment) == 32 else 0
                exif = b"Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0" + bytes([self.orientation]) + bytes(6)
                need(segment == exif and 2 <= self.orientation <= 8, "another APP1")
            elif marker == 0xDB:
                while segment:
                    wide, number = segment[0] >> 4, segment[0] & 15
                    values = struct.unpack(">64H", segment[1:129]) if wide else tuple(segment[1:65])
                    steps[number] = values
                    segment = segment[129 if wide else 65:]
            elif marker in (0xC0, 0xC1):
                _, self.height, self.width, n = struct.unpack(">BHHB", segment[:6])
                self.components = [dict(id=segment[6 + 3 * i], across=segment[7 + 3 * i] >> 4, down=segment[7 + 3 * i] & 15,
                                        table=segment[8 + 3 * i]) for i in range(n)]
            elif marker == 0xC4:
                codes.update(huffman(segment))
            elif marker == 0xDA:
                break
            else:
                raise Wrong(f"a segment that does not belong there: {marker:02X}")
        need(file[-2:] == b"\xff\xd9" and not re.search(rb"\xff[^\0]", file[at:-2]), "something behind the one scan")
        self.colours = self.colours or ("grey" if len(self.components) == 1 else "ycc")
        self.across = max(c["across"] for c in self.components)
        self.down = max(c["down"] for c in self.components)
        for i, c in enumerate(self.components):
            c["steps"] = [0] * 64
            for k, value in enumerate(steps[c["table"]]):
                c["steps"][ZIGZAG[k]] = value
            c["columns"] = -(-self.width * c["across"] // (8 * self.across))
            c["rows"] = -(-self.height * c["down"] // (8 * self.down))
            dc, ac = segment[2 + 2 * i] >> 4, segment[2 + 2 * i] & 15
            c["dc"], c["ac"], c["last"], c["blocks"] = codes[dc], codes[16 | ac], 0, {}
        self.decode(Bits(file[at:-2]))

    def block(self, bits, c):
        coefficients = [0] * 64
        c["last"] += bits.signed(bits.code(c["dc"]))
        coefficients[0] = c["last"]
        k = 1
        while k < 64:
            run, size = divmod(bits.code(c["ac"]), 16)
            if size == 0 and run != 15:
                break
            k += run
            if size:
                coefficients[ZIGZAG[k]] = bits.signed(size)
            k += 1
        return coefficients

    def decode(self, bits):
        if len(self.components) == 1:  # not interleaved: no padding to a unit
            c = self.components[0]
            for row in range(c["rows"]):
                for column in range(c["columns"]):
                    c["blocks"][row, column] = self.block(bits, c)
            return
        for unit_row in range(-(-self.height // (8 * self.down))):
            for unit in range(-(-self.width // (8 * self.across))):
                for c in self.components:
                    for v in range(c["down"]):
                        for h in range(c["across"]):
                            c["blocks"][unit_row * c["down"] + v, unit * c["across"] + h] = self.block(bits, c)

    def cells(self):
        side = side_of(self.width, self.height)
        width = max(1, side // (8 * self.across)) * 8 * self.across
        height = max(1, side // (8 * self.down)) * 8 * self.down
        form = (f"scrutineer/cells@v1\njpeg {self.width} {self.height}\norientation {self.orientation}\ncell {width} {height}\n"
                f"colours {self.colours}\n")
        for c in self.components:
            form += f"component {c['across']} {c['down']} {' '.join(map(str, c['steps']))}\n"
        leaves = [form.encode()]
        for row in range(-(-self.height // height)):
            for column in range(-(-self.width // width)):
                content = b""
                for c in self.components:
                    across, down = width // (8 * self.across) * c["across"], height // (8 * self.down) * c["down"]
                    for y in range(row * down, min((row + 1) * down, c["rows"])):
                        for x in range(column * across, min((column + 1) * across, c["columns"])):
                            content += struct.pack(">64h", *c["blocks"][y, x])
                leaves.append(content)
        return leaves, lambda content: not any(content)


class Png:
    """8 bits, grey or colour, as redacted files are."""
    def __init__(self, file):
        need(file[:8] == b"\x89PNG\r\n\x1a\n", "no PNG")
        at, packed = 8, b""
        while True:
            length, kind = struct.unpack(">I4s", file[at:at + 8])
            chunk, at = file[at + 8:at + 8 + length], at + 12 + length
            if kind == b"IHDR":
                self.width, self.height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", chunk)
                need(depth == 8 and colour in (0, 2) and not interlaced, "not as redacted files are")
                self.channels = 3 if colour == 2 else 1
            elif kind == b"IDAT":
                packed += chunk
            elif kind == b"IEND":
                break
            else:
                need((kind, chunk) == (b"sRGB", b"\0"), f"a chunk that does not belong there: {kind}")
        need(at == len(file), "something behind the end")
        self.rows = self.unfiltered(zlib.decompress(packed))

    def unfiltered(self, data):
        n, stride, rows = self.channels, self.width * self.channels, []
        before = bytearray(stride)
        for y in range(self.height):
            kind, row = data[y * (stride + 1)], bytearray(data[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
            for x in range(stride):
                a, b, c = (row[x - n] if x >= n else 0), before[x], (before[x - n] if x >= n else 0)
                p = a + b - c
                paeth = a if abs(p - a) <= abs(p - b) and abs(p - a) <= abs(p - c) else b if abs(p - b) <= abs(p - c) else c
                row[x] = row[x] + (0, a, b, (a + b) // 2, paeth)[kind] & 255
            rows.append(bytes(row) if n == 3 else bytes(v for v in row for _ in range(3)))
            before = row
        return rows

    def cells(self):
        side = side_of(self.width, self.height)
        leaves = [f"scrutineer/cells@v1\npixels {self.width} {self.height}\ncell {side} {side}\n".encode()]
        for top in range(0, self.height, side):
            for left in range(0, self.width, side):
                leaves.append(b"".join(row[3 * left:3 * (left + side)] for row in self.rows[top:top + side]))
        return leaves, lambda content: set(content) == {128}


def side_of(width, height):
    return 16 if width * height <= 1_000_000 else 32 if width * height <= 5_000_000 else 64


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def mac(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def half_of(n):
    return 1 << (n - 1).bit_length() - 1


def hidden_leaves(mask):
    hidden = set()
    for part in [] if mask == "none" else mask.split(" "):
        first, _, last = part.partition("-")
        hidden.update(range(int(first), int(last or first) + 1))
    return hidden


def root_by(proof, leaves, mask):
    """The root that follows from the proof and the contents of the leaves that are shown."""
    lines = proof.split("\n")
    need(lines[:3] == ["scrutineer/redaction@v1", f"leaves {len(leaves)}", f"hidden {mask}"] and lines[-1] == "", "another head")
    nodes, hidden = [base64.b64decode(line) for line in lines[3:-1]], hidden_leaves(mask)

    def shown(seed, first, n):
        if n == 1:
            return sha(b"\0", seed, struct.pack(">I", first), leaves[first])
        half = half_of(n)
        return sha(b"\1", shown(mac(seed, b"\0"), first, half), shown(mac(seed, b"\1"), first + half, n - half))

    def below(first, n):
        those = sum(leaf in hidden for leaf in range(first, first + n))
        if those in (0, n):
            need(nodes, "too few nodes")
            return nodes.pop(0) if those else shown(nodes.pop(0), first, n)
        half = half_of(n)
        return sha(b"\1", below(first, half), below(first + half, n - half))

    root = below(0, len(leaves))
    need(not nodes, "too many nodes")
    return root


def check(file, proof, kind, count, root, mask):
    leaves, is_filler = (Jpeg if kind == "jpeg" else Png)(file).cells()
    need(len(leaves) == count, "another number of cells")
    need(all(is_filler(leaves[leaf]) for leaf in hidden_leaves(mask)), "a hidden cell holds something")
    need(root_by(proof, leaves, mask).hex() == root, "another root")


class Second(unittest.TestCase):
    def every(self):
        for v in VECTORS["pictures"]:
            with self.subTest(v["what"]):
                yield v

    def test_secrets_follow_from_the_vault_key(self):
        for v in self.every():
            original = base64.b64decode(v["original"])
            self.assertEqual(sha(original).hex(), v["sha256"])
            secret = mac(bytes.fromhex(VECTORS["vault_key"]), b"scrutineer/picture/v1\0" + sha(original))
            salt, seed = mac(secret, b"scrutineer/file/v1"), mac(secret, b"scrutineer/cells/v1")
            self.assertEqual((secret.hex(), salt.hex(), seed.hex()), (v["secret"], v["file_salt"], v["cell_seed"]))
            self.assertEqual(sha(b"scrutineer/blob/v1\0", salt, sha(original)).hex(), v["file"])

    def test_every_redacted_picture_holds(self):
        for v in self.every():
            check(base64.b64decode(v["redacted"]), v["proof"], v["kind"], v["leaves"], v["root"], v["mask"])

    def test_the_redacted_file_shows_the_original_where_that_can_be_read_here(self):
        for v in self.every():
            if v["what"].startswith("4:4:4, progressive"):
                continue  # this reader knows sequential files only
            kind = Jpeg if v["kind"] == "jpeg" else Png
            before, _ = kind(base64.b64decode(v["original"])).cells()
            after, _ = kind(base64.b64decode(v["redacted"])).cells()
            hidden = hidden_leaves(v["mask"])
            self.assertEqual([i for i in range(v["leaves"]) if before[i] != after[i]], sorted(hidden))

    def test_no_byte_of_a_redacted_file_or_proof_can_be_changed_unnoticed(self):
        for v in self.every():
            file, proof = base64.b64decode(v["redacted"]), v["proof"]
            good, _ = (Jpeg if v["kind"] == "jpeg" else Png)(file).cells()
            for at in range(0, len(file), 17):
                bad = file[:at] + bytes([file[at] ^ 1]) + file[at + 1:]
                try:
                    check(bad, proof, v["kind"], v["leaves"], v["root"], v["mask"])
                except Exception:
                    continue
                # What is left are bytes that say nothing: a checksum, padding. The picture is the same.
                self.assertEqual((Jpeg if v["kind"] == "jpeg" else Png)(bad).cells()[0], good, at)
            for at in range(proof.index("\n", proof.index("hidden")) + 1, len(proof), 17):
                bad = proof[:at] + ("A" if proof[at] != "A" else "B") + proof[at + 1:]
                if base64.b64decode(bad.split("\n", 3)[3]) == base64.b64decode(proof.split("\n", 3)[3]):
                    continue
                with self.assertRaises(Exception):
                    check(file, bad, v["kind"], v["leaves"], v["root"], v["mask"])

    def test_another_mask_does_not_hold(self):
        for v in self.every():
            for mask in ("none", "1", "1-2", v["mask"] + " 1000"):
                if mask != v["mask"]:
                    with self.assertRaises(Exception):
                        check(base64.b64decode(v["redacted"]), v["proof"], v["kind"], v["leaves"], v["root"], mask)


if __name__ == "__main__":
    unittest.main()
