#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The compiled program and all that people hand in: containers, repeats, hostile files.

    intake_test.py PROGRAM SHEETFORGE
"""
import gzip
import io
import json
import lzma
import pathlib
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile
import zlib

PROGRAM, SHEETFORGE = sys.argv[1], sys.argv[2]
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CORPUS = ROOT / "fuzz" / "corpus"
ELECTION = ROOT / "elections" / "made-up" / "election.toml"


def run(*words):
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True)


def zipped(members, how=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (2024, 7, 28, 20, 0, 0)), data, how)
    return out.getvalue()


def tarred(members, mode):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in members:
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def jpeg_size(jpeg):
    at = 2
    while True:
        marker, length = jpeg[at + 1], struct.unpack(">H", jpeg[at + 2:at + 4])[0]
        if 0xC0 <= marker <= 0xC2:
            return struct.unpack(">HH", jpeg[at + 5:at + 9])
        at += 2 + length


def pdf_of(jpegs, drawn=b""):
    """One page for each JPEG; `drawn`: operators that draw something over it."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>",
               b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(jpegs), b" ".join(b"%d 0 R" % (3 + 3 * i) for i in range(len(jpegs))))]
    for i, jpeg in enumerate(jpegs):
        height, width = jpeg_size(jpeg)
        points = b"%d %d" % (width * 72 // 200, height * 72 // 200)
        content = b"q %s 0 0 %s 0 0 cm /I Do Q" % tuple(points.split()) + drawn
        objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Contents %d 0 R/Resources<</XObject<</I %d 0 R>>>>>>"
                    % (points, 4 + 3 * i, 5 + 3 * i),
                    b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
                    b"<</Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceRGB"
                    b"/Filter/DCTDecode/Length %d>>stream\n%s\nendstream" % (width, height, len(jpeg), jpeg)]
    out, offsets = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    return out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)


def png(width, height, rows, cut=None):
    """A grey PNG; `rows` of zeros, packed."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(width + 1)) for _ in range(rows)) + packer.flush()
    whole = (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
             + chunk(b"IDAT", data) + chunk(b"IEND", b""))
    return whole[:cut]


class Intake(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shared = pathlib.Path(tempfile.mkdtemp())
        sheets = cls.shared / "sheets"
        subprocess.run([SHEETFORGE, "--election", ELECTION, "--returns", ELECTION.parent / "returns.csv", "--classes",
                        "A", "--count", "3", sheets], check=True, capture_output=True)
        cls.sheets = [path.read_bytes() for path in sorted(sheets.glob("*.jpg"))]

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.shared)

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.record = self.folder / "record"
        self.assertEqual(run("-C", self.record, "init", "--election", ELECTION).returncode, 0)

    def file(self, name, data):
        path = self.folder / "in" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        return path

    def add(self, *paths):
        said = run("-C", self.record, "add", "--json", *paths)
        self.assertEqual(said.returncode, 0, said.stderr)
        return json.loads(said.stdout)

    def findings(self, code):
        said = run("-C", self.record, "findings", "--code", code, "--json")
        return [finding["details"] for finding in json.loads(said.stdout)["findings"]]

    def evidence(self):
        return {path.read_bytes() for path in (self.record / "evidence").rglob("*") if path.is_file()}

    def sound(self):
        for words in (("-C", self.record, "fsck"), ("verify", self.record, "--key", self.record / "log" / "log.vkey")):
            said = run(*words)
            self.assertEqual(said.returncode, 0, said.stdout + said.stderr)

    def entries(self):
        text = b"".join(path.read_bytes() for path in sorted((self.record / "log").rglob("entries/*")) + sorted(
            (self.record / "log").rglob("entries/*/*")) if path.is_file())
        return text

    def test_every_container_gives_the_very_bytes_of_its_pictures(self):
        members = [(f"../../x/Juan Pérez {i}.jpg", sheet) for i, sheet in enumerate(self.sheets)]
        containers = {"a.zip": zipped(members), "a.tar": tarred(members, "w"), "a.tgz": tarred(members, "w:gz"),
                      "a.txz": tarred(members, "w:xz"), "a.pdf": pdf_of(self.sheets)}
        for name, data in containers.items():
            with self.subTest(name):
                self.record = self.folder / f"record-{name}"
                self.assertEqual(run("-C", self.record, "init", "--election", ELECTION).returncode, 0)
                added = self.add(self.file(name, data))
                self.assertEqual((added["read"], added["parts"], added["containers"]), (3, 3, 1), added)
                self.assertEqual(self.evidence(), {data, *self.sheets})
                self.assertNotIn(b"Juan", self.entries())
                self.sound()
                tally = json.loads(run("-C", self.record, "tally", "--json").stdout)
                self.assertEqual(tally["rows"][0]["stations"]["returned"], 3)

    def test_a_page_with_more_than_a_picture_is_drawn_and_read(self):
        added = self.add(self.file("a.pdf", pdf_of(self.sheets[:2], b" 1 0 0 RG 2 w 20 20 m 60 60 l S")))
        self.assertEqual((added["read"], added["parts"]), (2, 2), added)
        self.assertIn(b'"how":"rendered"', self.entries())
        self.sound()

    def test_containers_in_containers_are_gone_through_once(self):
        inner = zipped([("1.jpg", self.sheets[0]), ("deep.zip", zipped([("2.jpg", self.sheets[1])]))])
        outer = zipped([("a.zip", inner), ("again.zip", inner), ("3.pdf", pdf_of([self.sheets[2]]))])
        added = self.add(self.file("outer.zip", outer))
        self.assertEqual((added["read"], added["containers"], added["repeated"]), (2, 3, 1), added)
        self.assertEqual(added["refused"], {"nested-too-deep": 1})
        self.sound()

    def test_the_same_bytes_again_are_noted_once_for_each_time(self):
        one = self.file("1.jpg", self.sheets[0])
        self.file("2.jpg", self.sheets[0])
        self.file("3.jpg", self.sheets[0])
        folder = one.parent
        self.assertEqual(self.add(folder)["repeated"], 2)
        self.assertEqual([(f["as_file"], f["as_part"]) for f in self.findings("received_again")], [(3, 0)])
        size = self.add(folder)["tree_size"]
        again = self.add(folder)
        self.assertEqual((again["tree_size"], again["already_there"], again["repeated"]), (size, 3, 0))
        # In a container that was not here before they did come again, and every time.
        packed = self.file("a.zip", zipped([("x.jpg", self.sheets[0])]))
        self.assertEqual(self.add(packed)["repeated"], 1)
        self.assertEqual(self.add(packed)["repeated"], 0)
        self.assertEqual([(f["as_file"], f["as_part"]) for f in self.findings("received_again")], [(3, 1)])
        self.sound()

    def test_every_hostile_picture_has_its_own_reason(self):
        frame = self.sheets[0].index(b"\xff\xc0")  # Its tenth byte says how many colours there are.
        hostile = {
            "text.jpg": (b"not a picture at all", "not-a-picture"),
            "empty.jpg": (b"", "not-a-picture"),
            "cut.jpg": (self.sheets[0][:len(self.sheets[0]) // 3], "truncated"),
            "head.jpg": (self.sheets[0][:300], "truncated"),
            "bad.jpg": (self.sheets[0][:frame + 9] + b"\0" + self.sheets[0][frame + 10:], "corrupt"),
            "huge.png": (png(60000, 60000, 4), "too-large"),
            "bomb.png": (png(20000, 20000, 20000)[:-20], "too-large"),
            "cut.png": (png(400, 400, 400, cut=80), "truncated"),
            "bad.tif": (b"II*\0\x08\0\0\0\x02\0" + b"\xff" * 40, "corrupt"),
            "blank.png": (png(400, 400, 400), "no-code"),
        }
        for name, (data, _) in hostile.items():
            self.file(name, data)
        self.add(self.folder / "in")
        import hashlib
        reasons = {finding["picture"]: finding["reason"] for finding in self.findings("unread_picture")}
        for name, (data, reason) in hostile.items():
            self.assertEqual(reasons.get(hashlib.sha256(data).hexdigest()), reason, name)
        for language, words in (("en", "ask for the original"), ("es", "pida el original")):
            self.assertIn(words, run("-C", self.record, "--lang", language, "findings").stdout.replace("\n", " "))
            self.assertIn(words, run("-C", self.record, "--lang", language, "status").stdout.replace("\n", " "))
        self.sound()

    def test_every_hostile_container_has_its_own_reason(self):
        zeros = io.BytesIO()
        with gzip.GzipFile(fileobj=zeros, mode="wb", mtime=0) as out:
            head = tarfile.TarInfo("zeros.jpg")
            head.size = 3 << 30
            out.write(head.tobuf())
            piece = b"\xff\xd8\xff" + bytes((1 << 20) - 3)
            for _ in range(1400):
                out.write(piece)
        cases = {
            "none.zip": ((CORPUS / "archive_members" / "none.zip").read_bytes(), "empty"),
            "cut.tgz": ((CORPUS / "archive_members" / "cut.tar.gz").read_bytes(), "damaged"),
            "locked.7z": ((CORPUS / "archive_members" / "locked.7z").read_bytes(), "encrypted"),
            "locked.pdf": ((CORPUS / "pdf_pages" / "locked.pdf").read_bytes(), "encrypted"),
            "text.gz": (gzip.compress(b"no tar at all", mtime=0), "damaged"),
            "bomb.tgz": (zeros.getvalue(), "expands-too-much"),
        }
        import hashlib
        for name, (data, _) in cases.items():
            self.file(name, data)
        self.file("mixed.zip", zipped([("readme.txt", b"hello"), ("empty.jpg", b""), ("1.jpg", self.sheets[0])]))
        added = self.add(self.folder / "in")
        self.assertEqual(added["read"], 1)
        reasons = {finding["container"]: finding["reason"] for finding in self.findings("container_cut")}
        for name, (data, reason) in cases.items():
            self.assertEqual(reasons.get(hashlib.sha256(data).hexdigest()), reason, name)
        parts = {(finding["part"], finding["reason"]) for finding in self.findings("part_refused")}
        self.assertLessEqual({(1, "not-a-picture"), (2, "empty"), (1, "too-large")}, parts)
        self.sound()

    def test_a_page_that_is_a_bomb_costs_that_page(self):
        # 1.1 GiB of nothing, packed twice: more than may be held. It may be drawn as the blank page that it is.
        packer = zlib.compressobj(9)
        once = b"".join(packer.compress(bytes(1 << 20)) for _ in range(1126)) + packer.flush()
        bomb = zlib.compress(once, 9)
        pdf = pdf_of(self.sheets[:2])
        content = pdf[pdf.index(b"4 0 obj"):pdf.index(b"5 0 obj")]
        hostile = pdf.replace(content, b"4 0 obj\n<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%s\nendstream\nendobj\n"
                              % (len(bomb), bomb))
        added = self.add(self.file("a.pdf", hostile))
        self.assertEqual((added["parts"], added["read"], added["cut"]), (2, 1, {}), added)
        self.assertEqual(sum(added["refused"].values()) + sum(added["unread"].values()), 1)
        self.sound()

    def test_nothing_of_a_progress_line_where_there_is_no_terminal(self):
        said = run("-C", self.record, "add", self.file("1.jpg", self.sheets[0]))
        self.assertNotIn("\r", said.stderr)
        self.assertNotIn("\x1b", said.stderr)

    def test_pictures_and_containers_are_not_published(self):
        self.add(self.file("a.zip", zipped([("1.jpg", self.sheets[0])])))
        out = self.folder / "bundle"
        self.assertEqual(run("-C", self.record, "publish", out).returncode, 0)
        self.assertEqual([path for path in (out / "evidence").rglob("*") if path.is_file()] if (out / "evidence").exists() else [], [])
        said = run("verify", out, "--key", self.record / "log" / "log.vkey")
        self.assertEqual(said.returncode, 0, said.stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
