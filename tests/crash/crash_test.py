#!/usr/bin/python3
"""The compiled program on a disk that fails at every single call, in every way.

    crash_test.py PROGRAM SHIM

After each fault: the record opens; whatever was acknowledged is there; the same command, run again on a
sound disk, ends well; fsck and verify find nothing.
"""
import io
import json
import os
import pathlib
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import unittest
import zipfile
import zlib

PROGRAM, SHIM = sys.argv[1], sys.argv[2]
KINDS = ["kill", "torn", "enospc", "eio", "powercut"]

DEFINITION = """
id = "crash"
title = "Crash"
languages = ["en"]
[country]
id = "XX"
name = "Nowhere"
[[option]]
id = "A"
name = "Anna"
[[option]]
id = "B"
name = "Ben"
[[electors]]
id = "roll"
value = 1000000
what = "roll"
source = "the test"
"""


def returns(count, first=0):
    rows = [f"S{first + i:05d},{i % 7 + 1},{i % 5},500" for i in range(count)]
    return "station,A,B,registered\n" + "\n".join(rows) + "\n"


def run(*words, env=None):
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, env={**os.environ, **(env or {})})


def undo_what_was_not_synced(journal):
    """A power cut: data that was not synced is cut off, names whose folder was not synced are gone."""
    data, names = {}, []
    for line in journal.read_text().splitlines() if journal.exists() else []:
        what, path, other = line.split("\t")
        if what == "data":
            data[path] = True
        elif what == "synced":
            data.pop(path, None)
        elif what == "all":
            data.clear()
            names.clear()
        elif what == "folder":
            names = [n for n in names if os.path.dirname(n[1]) != path]
        elif what in ("name", "renamed", "replaced"):
            names.append((what, path, other))
            if what == "renamed" and other in data:
                data[path] = data.pop(other)
    for path in data:
        if os.path.isfile(path):
            os.chmod(path, 0o644)
            os.truncate(path, os.path.getsize(path) // 3)
    for what, path, other in reversed(names):
        if what == "replaced":
            continue
        if what == "renamed":
            back = [n[2] for n in names if n[0] == "replaced" and n[1] == path]
            if os.path.exists(path):
                os.rename(path, other)
            if back and os.path.exists(back[-1]):
                os.link(back[-1], path)
        elif os.path.isdir(path):
            shutil.rmtree(path, ignore_errors=True)
        elif os.path.exists(path):
            os.unlink(path)


class Crash(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        (self.folder / "election.toml").write_text(DEFINITION)
        (self.folder / "first.csv").write_text(returns(250))
        (self.folder / "second.csv").write_text(returns(300, 1000))
        self.start = self.folder / "start"
        self.assertEqual(run("-C", self.start, "init", "--election", self.folder / "election.toml").returncode, 0)
        self.assertEqual(run("-C", self.start, "import", self.folder / "first.csv", "--source", "a").returncode, 0)

    def entries(self, record):
        said = run("-C", record, "tally", "--json")
        self.assertEqual(said.returncode, 0, said.stderr)
        return json.loads(said.stdout)["rows"][0]["stations"]["returned"]

    def under(self, record, fault, *words):
        env = {"LD_PRELOAD": SHIM, "FAULT_ROOT": str(record), **fault}
        return run("-C", record, *words, env=env)

    def sweep(self, kind, step):
        words = ("import", self.folder / "second.csv", "--source", "a")
        count_file = self.folder / "count"
        probe = self.folder / "probe"
        shutil.copytree(self.start, probe)
        self.assertEqual(self.under(probe, {"FAULT_COUNT": str(count_file)}, *words).returncode, 0)
        calls = int(count_file.read_text())
        self.assertGreater(calls, 15)
        # One beyond the last: the command ends, says that all is well, and then the power goes.
        for at in range(1, calls + 2, step):
            with self.subTest(kind=kind, at=at):
                self.one_fault(kind, at, words, at > calls)

    def one_fault(self, kind, at, words, after_the_end):
        record = self.folder / f"{kind}-{at}"
        journal = self.folder / f"{kind}-{at}.journal"
        shutil.copytree(self.start, record)
        said = self.under(record, {"FAULT_AT": str(at), "FAULT_KIND": kind, "FAULT_JOURNAL": str(journal)}, *words)
        if after_the_end:
            self.assertEqual(said.returncode, 0, said.stderr)
        elif kind in ("kill", "torn", "powercut"):
            self.assertEqual(said.returncode, -signal.SIGKILL, said.stderr)
        elif said.returncode != 0:
            self.assertEqual(said.returncode, 4, said.stderr)
            self.assertTrue(said.stderr.startswith("scrutineer import: "), said.stderr)
        if kind == "powercut":
            undo_what_was_not_synced(journal)
        before = self.entries(record)
        self.assertIn(before, (250, 550), "all of an import or nothing")
        if said.returncode == 0:
            self.assertEqual(before, 550, "what was acknowledged is there")
        again = run("-C", record, *words)
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(self.entries(record), 550)
        checked = run("-C", record, "fsck")
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        verified = run("verify", record, "--key", self.start / "log" / "log.vkey")
        self.assertEqual(verified.returncode, 0, verified.stdout)
        shutil.rmtree(record)


for _kind in KINDS:
    setattr(Crash, f"test_{_kind}_at_every_call", lambda self, kind=_kind: self.sweep(kind, 1))


def blank(width):
    """A grey PNG of its own: nothing is read off it, quickly."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = zlib.compress(b"".join(b"\0" + bytes([255]) * width for _ in range(8)))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, 8, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", rows) + chunk(b"IEND", b""))


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


class Add(unittest.TestCase):
    """Whatever cuts an add off, and wherever: the same again ends as if nothing had cut it off, but for times."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.start = self.folder / "start"
        made_up = pathlib.Path(__file__).resolve().parent.parent.parent / "elections" / "made-up" / "election.toml"
        self.assertEqual(run("-C", self.start, "init", "--election", made_up).returncode, 0)
        incoming = self.folder / "in"
        incoming.mkdir()
        # More than a batch, repeats, what is refused, and a container in a container.
        inner = zipped([(f"{i}", blank(10 + i)) for i in range(3)])
        members = [(f"{i}", blank(100 + i)) for i in range(150)] + [("text", b"no picture"), ("inner", inner)]
        (incoming / "a.zip").write_bytes(zipped(members + [("once-more", blank(100))]))
        for i in range(90):
            (incoming / f"b{i:02}.png").write_bytes(blank(300 + i))
        (incoming / "c.png").write_bytes(blank(300))
        (incoming / "d.zip").write_bytes(b"PK\3\4 damaged")
        self.words = ("add", incoming)
        whole = self.folder / "whole"
        shutil.copytree(self.start, whole)
        self.assertEqual(run("-C", whole, *self.words).returncode, 0)
        self.whole = self.entries(whole)
        self.assertGreater(len(self.whole), 2 * (150 + 90))

    def entries(self, record):
        """Every entry, without its time."""
        bundles = sorted((record / "log" / "tile" / "entries").rglob("*"), key=lambda p: (".p" in str(p), str(p)))
        found = {}
        for bundle in bundles:
            if not bundle.is_file():
                continue
            data, at, texts = bundle.read_bytes(), 0, []
            while at < len(data):
                size = int.from_bytes(data[at:at + 2], "big")
                if at + 2 + size > len(data):
                    break  # torn; state/staging has it whole
                texts.append(re.sub(rb'"at":\d+,', b"", data[at + 2:at + 2 + size]))
                at += 2 + size
            name = str(bundle.relative_to(record)).split(".p")[0]
            if len(texts) > len(found.get(name, [])):
                found[name] = texts
        return [text for name in sorted(found) for text in found[name]][1:]

    def under(self, record, fault):
        return run("-C", record, *self.words, env={"LD_PRELOAD": SHIM, "FAULT_ROOT": str(record), **fault})

    def sweep(self, kind):
        probe = self.folder / "probe"
        shutil.copytree(self.start, probe)
        count_file = self.folder / "count"
        self.assertEqual(self.under(probe, {"FAULT_COUNT": str(count_file)}).returncode, 0)
        self.assertEqual(self.entries(probe), self.whole)
        calls = int(count_file.read_text())
        self.assertGreater(calls, 700)
        # Evidence is written hundreds of times in the same way: a few of these, and all that is different.
        few = set(range(1, 10, 2)) | set(range(40, calls, calls // 12)) | set(range(calls - 48, calls + 2, 4))
        for at in sorted(few):
            with self.subTest(kind=kind, at=at):
                self.one_fault(kind, at)

    def one_fault(self, kind, at):
        record = self.folder / f"{kind}-{at}"
        journal = self.folder / f"{kind}-{at}.journal"
        shutil.copytree(self.start, record)
        said = self.under(record, {"FAULT_AT": str(at), "FAULT_KIND": kind, "FAULT_JOURNAL": str(journal)})
        if kind == "powercut":
            undo_what_was_not_synced(journal)
        if kind in ("enospc", "eio") and said.returncode != 0:
            self.assertEqual(said.returncode, 4, said.stderr)
            self.assertTrue(said.stderr.startswith("scrutineer add: "), said.stderr)
        before = self.entries(record)
        self.assertEqual(before, self.whole[:len(before)], "what is there is the beginning of the whole")
        again = run("-C", record, *self.words)
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(self.entries(record), self.whole)
        checked = run("-C", record, "fsck")
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        shutil.rmtree(record)


for _kind in KINDS:
    setattr(Add, f"test_{_kind}_here_and_there", lambda self, kind=_kind: self.sweep(kind))


class Init(unittest.TestCase):
    def test_cut_off_anywhere_leaves_no_half_made_record(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "election.toml").write_text(DEFINITION)
            for at in range(1, 200):
                record = folder / f"r{at}"
                said = run("-C", record, "init", "--election", folder / "election.toml",
                           env={"LD_PRELOAD": SHIM, "FAULT_ROOT": name, "FAULT_AT": str(at), "FAULT_KIND": "kill"})
                if said.returncode == 0:
                    return
                if not record.exists():
                    self.assertEqual(run("-C", record, "init", "--election", folder / "election.toml").returncode, 0)
                self.assertEqual(run("-C", record, "fsck").returncode, 0, "under its name it is whole or not there")
            self.fail("never ran to its end")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
