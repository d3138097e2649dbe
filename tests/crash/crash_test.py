#!/usr/bin/python3
"""The compiled program on a disk that fails at every single call, in every way.

    crash_test.py PROGRAM SHIM SHEETFORGE [CLASS...]

Of the classes that are Swept a point meets one kind of fault, in turn; with CRASH=wide in the environment, every kind.

After each fault: the record opens; whatever was acknowledged is there; the same command, run again on a
sound disk, ends well; fsck and verify find nothing.
"""
import functools
import hashlib
import http.server
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
import threading
import unittest
import zipfile
import zlib

PROGRAM, SHIM, SHEETFORGE = sys.argv[1:4]
WIDE = os.environ.get("CRASH") == "wide"
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


class Swept(unittest.TestCase):
    """One command on copies of a folder, with a fault at each call or at some; then what must be true."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.start = self.folder / "start"
        self.start.mkdir()
        self.record = self.start / "record"
        (self.folder / "election.toml").write_text(DEFINITION)
        (self.folder / "first.csv").write_text(returns(250))
        self.good("-C", self.record, "init", "--election", self.folder / "election.toml")
        self.good("-C", self.record, "import", self.folder / "first.csv", "--source", "a")
        self.first_key = self.folder / "first.key"
        shutil.copy(self.record / "log" / "log.vkey", self.first_key)

    def good(self, *words):
        said = run(*words)
        self.assertEqual(said.returncode, 0, (words, said.stdout, said.stderr))
        return said.stdout

    def sweep(self, command, check, at_most=24):
        """`command(folder)`: the words. `check(folder, acknowledged)`: after the fault, on a sound disk."""
        probe, count_file = self.folder / "probe", self.folder / "count"
        shutil.copytree(self.start, probe)
        said = run(*command(probe), env={"LD_PRELOAD": SHIM, "FAULT_ROOT": str(probe), "FAULT_COUNT": str(count_file)})
        self.assertEqual(said.returncode, 0, said.stderr)
        calls = int(count_file.read_text())
        # The beginning and the end, call by call, and of what is much the same in between a few.
        edge = at_most // 2
        points = set(range(1, min(edge, calls) + 1)) | set(range(max(1, calls - edge), calls + 2))
        points |= set(range(1, calls, max(1, calls // 8)))
        for number, at in enumerate(sorted(points)):
            for kind in KINDS if WIDE or calls < 10 else [KINDS[number % len(KINDS)]]:
                with self.subTest(at=at, of=calls, kind=kind):
                    self.one_fault(command, check, at, kind, at > calls)

    def one_fault(self, command, check, at, kind, after_the_end):
        folder = self.folder / f"{kind}-{at}"
        journal = self.folder / f"{kind}-{at}.journal"
        shutil.copytree(self.start, folder)
        words = command(folder)
        said = run(*words, env={"LD_PRELOAD": SHIM, "FAULT_ROOT": str(folder), "FAULT_AT": str(at), "FAULT_KIND": kind,
                                "FAULT_JOURNAL": str(journal)})
        if after_the_end:
            self.assertEqual(said.returncode, 0, said.stderr)
        elif kind in ("enospc", "eio") and said.returncode != 0:
            self.assertEqual(said.returncode, 4, said.stderr)
            self.assertTrue(said.stderr.startswith("scrutineer ") or said.stdout, "it says so")
        if kind == "powercut":
            undo_what_was_not_synced(journal)
        check(folder, said.returncode == 0)
        shutil.rmtree(folder)

    def holds(self, path, key=None):
        said = run("verify", path, "--key", key or self.first_key)
        self.assertEqual(said.returncode, 0, said.stdout + said.stderr)
        return said.stdout


class Keys(Swept):
    def key_in(self, folder):
        return (folder / "record" / "log" / "log.vkey").read_text()

    def test_a_key_is_replaced_whole_or_not_at_all(self):
        before = self.first_key.read_text()

        def check(folder, acknowledged):
            record = folder / "record"
            # Whoever reads meanwhile can.
            self.good("-C", record, "tally", "--json")
            # The next that writes finishes what was begun.
            self.good("-C", record, "import", self.folder / "first.csv", "--source", "b")
            self.assertFalse(acknowledged and self.key_in(folder) == before, "what was acknowledged is so")
            self.holds(record)
            self.holds(record, record / "log" / "log.vkey")
            listed = self.good("-C", record, "key", "list").splitlines()
            self.assertEqual(len(listed), 1 if self.key_in(folder) == before else 2, "once")
            self.good("-C", record, "key", "rotate")
            self.assertEqual(len(self.good("-C", record, "key", "list").splitlines()), len(listed) + 1)
            self.holds(record)
            checked = run("-C", record, "fsck")
            self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

        self.sweep(lambda folder: ("-C", folder / "record", "key", "rotate"), check)

    def test_a_record_is_closed_whole_or_not_at_all(self):
        def check(folder, acknowledged):
            record = folder / "record"
            again = run("-C", record, "seal")
            self.assertEqual(again.returncode == 3, acknowledged or "sealed" in again.stderr, again.stderr)
            self.assertIn("is sealed", self.holds(record))
            self.assertEqual(run("-C", record, "import", self.folder / "first.csv", "--source", "b").returncode, 3)

        self.sweep(lambda folder: ("-C", folder / "record", "seal"), check, at_most=12)


class Publishing(Swept):
    def setUp(self):
        super().setUp()
        self.good("-C", self.record, "publish", self.folder / "known")  # the result is stated

    def swept(self, name, *more):
        def check(folder, acknowledged):
            out = folder / name
            self.assertTrue(out.exists() or not acknowledged)
            if out.exists():
                self.holds(out)  # under its name it is whole
            else:
                self.good("-C", folder / "record", "publish", out, *more)
                self.holds(out)
            left = sorted(p.name for p in folder.iterdir())
            self.assertEqual(left, sorted([name, "record"]), "nothing half-made lies about")

        self.sweep(lambda folder: ("-C", folder / "record", "publish", folder / name, *more), check)

    def test_a_bundle_is_there_whole_or_not_at_all(self):
        self.swept("out", "--bundle")

    def test_a_tar_is_there_whole_or_not_at_all(self):
        self.swept("out.tar")


class Mirroring(Swept):
    def test_a_mirror_goes_on_whatever_cut_it_off(self):
        # It holds a part already, and fetches full and partial bundles.
        self.good("-C", self.start / "copy", "mirror", self.record, "--key", self.first_key)
        source = self.folder / "source"
        shutil.move(self.record, source)
        (self.folder / "second.csv").write_text(returns(300, 1000))
        self.good("-C", source, "import", self.folder / "second.csv", "--source", "a")

        def check(folder, acknowledged):
            copy = folder / "copy"
            self.assertIn(run("compare-logs", source, copy, "--key", self.first_key).returncode, (0,))
            size = json.loads(self.good("compare-logs", source, copy, "--key", self.first_key, "--json"))["size_b"]
            whole = int((source / "log" / "checkpoint").read_text().splitlines()[1])
            self.assertTrue(size == whole or not acknowledged)
            self.good("-C", copy, "mirror", source, "--key", self.first_key)
            self.assertEqual((copy / "log" / "checkpoint").read_bytes(), (source / "log" / "checkpoint").read_bytes())
            for file in (source / "log" / "tile").rglob("*"):
                there = copy / "log" / "tile" / file.relative_to(source / "log" / "tile")
                if file.is_file() and ".p/" not in str(file):
                    self.assertEqual(there.read_bytes(), file.read_bytes(), file)
            self.assertFalse((copy / "incoming").exists())

        self.sweep(lambda folder: ("-C", folder / "copy", "mirror", source, "--key", self.first_key), check)


class Pulling(Swept):
    def test_a_witness_that_pulls_never_goes_back_and_says_so_twice(self):
        source = self.folder / "source"
        shutil.move(self.record, source)
        handler = functools.partial(Quiet, directory=str(source / "log"))
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            witness = self.start / "witness"
            self.good("-C", witness, "witness", "init", "--name", "w.example")
            self.good("-C", witness, "witness", "follow", self.first_key.read_text().strip(), "--url",
                      f"http://127.0.0.1:{server.server_port}")
            self.good("-C", witness, "witness", "pull")
            before = self.cosigned(self.start)
            (self.folder / "second.csv").write_text(returns(300, 1000))
            self.good("-C", source, "import", self.folder / "second.csv", "--source", "a")

            def check(folder, acknowledged):
                now = self.cosigned(folder)
                self.assertGreaterEqual(now, before, "what it cosigned it remembers")
                # What was not synced to the shown file may be gone; the notebook has it, and shows it again.
                self.good("-C", folder / "witness", "witness", "pull")
                self.assertGreater(self.cosigned(folder), before)
                shown = list((folder / "witness" / "cosigned").rglob("checkpoint"))
                self.assertEqual([int(f.read_text().splitlines()[1]) for f in shown], [self.cosigned(folder)])
                self.assertFalse(list((folder / "witness" / "forks").iterdir()))

            self.sweep(lambda folder: ("-C", folder / "witness", "witness", "pull"), check)
            server.shutdown()

    def cosigned(self, folder):
        """The largest size of which the witness keeps a note that is whole."""
        sizes = [0]
        for segment in sorted((folder / "witness" / "notes").iterdir()):
            sizes += [int(n) for n in re.findall(r"^scrutineer/crash/\w+\n(\d+)\n", segment.read_text(errors="replace"), re.M)]
        return max(sizes)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Redacting(Swept):
    """The second person approves, so that the redacted picture is made; or a picture is withheld, so that it goes."""

    def setUp(self):
        super().setUp()
        shutil.rmtree(self.record)
        made_up = pathlib.Path(__file__).resolve().parent.parent.parent / "elections" / "made-up"
        sheets = self.folder / "sheets"
        subprocess.run([SHEETFORGE, "--election", made_up / "election.toml", "--returns", made_up / "returns.csv", "--classes", "A",
                        "--count", "1", sheets], check=True, capture_output=True)
        (picture,) = [f for f in sheets.iterdir() if f.suffix in (".jpg", ".png")]
        self.picture = hashlib.sha256(picture.read_bytes()).hexdigest()
        self.good("-C", self.record, "init", "--election", made_up / "election.toml")
        shutil.copy(self.record / "log" / "log.vkey", self.first_key)
        self.good("-C", self.record, "add", "--commit", picture)
        self.mask = self.folder / "mask.toml"
        self.good("-C", self.record, "redact", "propose", self.picture, "--mask", self.mask)
        for name in ("ana", "luis"):
            key = self.folder / f"{name}.key"
            vkey = json.loads(self.good("redact", "key", name, "--key", key, "--json"))["vkey"]
            self.good("-C", self.record, "redact", "person", vkey)
        self.good("-C", self.record, *self.approval("ana"))

    def approval(self, name):
        return ("redact", "approve", self.picture, "--mask", self.mask, "--key", self.folder / f"{name}.key")

    def published(self, folder):
        out = folder / "out"
        self.good("-C", folder / "record", "publish", out)
        self.holds(out)
        return sorted(p.suffix for p in out.rglob("redacted/*/*"))

    def test_what_two_people_approved_is_shown_whole_or_made_again(self):
        def check(folder, acknowledged):
            record = folder / "record"
            approved = json.loads(self.good("-C", record, "redact", "status", "--json"))["approved"]
            self.assertTrue(approved == 1 or not acknowledged)
            if approved == 0:
                self.good("-C", record, *self.approval("luis"))
            self.good("-C", record, "redact", "make")
            self.assertEqual(self.published(folder), [".jpg", ".redaction"])

        self.sweep(lambda folder: ("-C", folder / "record", *self.approval("luis")), check)

    def test_a_picture_that_is_withheld_is_never_handed_out_again(self):
        self.good("-C", self.record, *self.approval("luis"))

        def check(folder, acknowledged):
            record = folder / "record"
            again = run("-C", record, "withhold", self.picture, "--reason", "court-order")
            self.assertEqual(again.returncode, 3 if acknowledged or "already" in again.stderr else 0, again.stderr)
            self.assertEqual(self.published(folder), [])

        self.sweep(lambda folder: ("-C", folder / "record", "withhold", self.picture, "--reason", "court-order"), check)


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
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]])
