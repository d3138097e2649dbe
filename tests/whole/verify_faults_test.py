#!/usr/bin/python3
"""Every way of altering a record, and the level that catches it: verify and fsck, by exit code.

    verify_faults_test.py PROGRAM FORGE_LOG
"""
import hashlib
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zipfile
import zlib

PROGRAM, FORGE = sys.argv[1], sys.argv[2]
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MADE_UP = ROOT / "elections" / "made-up"


def run(*words):
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True)


def flip(file, at=-1):
    os.chmod(file, 0o644)
    bytes_ = bytearray(file.read_bytes())
    bytes_[at if at >= 0 else len(bytes_) // 2] ^= 1
    file.write_bytes(bytes_)


class Whole(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.base = pathlib.Path(tempfile.mkdtemp())
        record = cls.base / "record"
        cls.must("-C", record, "init", "--election", MADE_UP / "election.toml")
        cls.must("-C", record, "import", MADE_UP / "returns.csv", "--source", "volunteers")
        cls.must("-C", record, "import", MADE_UP / "returns-observers.csv", "--source", "observers")
        for claim in sorted((MADE_UP / "claims").glob("*.toml")):
            cls.must("-C", record, "claim", claim)
        cls.must("-C", record, "publish", cls.base / "bundle")
        cls.key = (record / "log" / "log.vkey").read_text().strip()

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.base)

    @staticmethod
    def must(*words):
        said = run(*words)
        assert said.returncode == 0, said.stderr

    def copy(self, what):
        folder = pathlib.Path(tempfile.mkdtemp()) / what
        self.addCleanup(shutil.rmtree, folder.parent, ignore_errors=True)
        shutil.copytree(self.base / what, folder)
        return folder

    def verify(self, folder, key=None):
        said = run("verify", folder, "--key", key or self.key, "--json")
        return said.returncode, json.loads(said.stdout) if said.stdout else said.stderr

    def fails(self, level, alter, what="bundle"):
        folder = self.copy(what)
        alter(folder)
        code, report = self.verify(folder)
        self.assertEqual(code, 10 + level, report)
        self.assertFalse(report["holds"])
        self.assertTrue(report["levels"][level]["problems"], "it says what and where")
        if what == "record":
            self.assertEqual(run("-C", folder, "fsck").returncode, 10 + level)

    def forged(self, level, *entries):
        def alter(folder):
            said = subprocess.run([FORGE, folder], input="\n".join(entries) + "\n", capture_output=True, text=True)
            self.assertEqual(said.returncode, 0, said.stderr)
        self.fails(level, alter, "record")

    def size(self):
        return int((self.base / "record" / "log" / "checkpoint").read_text().splitlines()[1])


class TheSound(Whole):
    def test_bundle_and_record_hold(self):
        for what in ("bundle", "record"):
            code, report = self.verify(self.copy(what))
            self.assertEqual(code, 0, report)
            self.assertTrue(all(level["holds"] for level in report["levels"]))
            self.assertTrue(report["results"][0]["follows"])

    def test_bundle_has_no_key_and_no_index(self):
        names = [p.name for p in (self.base / "bundle").rglob("*") if p.is_file()]
        self.assertNotIn("log.key", names)
        self.assertNotIn("view.sqlite", names)
        self.assertFalse((self.base / "bundle" / "state").exists())
        for file in (self.base / "bundle").rglob("*"):
            if file.is_file():
                self.assertNotIn(b"PRIVATE+KEY", file.read_bytes())

    def test_without_a_key_it_says_that_this_proves_little(self):
        said = run("verify", self.base / "bundle")
        self.assertEqual(said.returncode, 0)
        self.assertIn("key was taken from the folder itself", said.stdout)


class Level0(Whole):
    def test_signature(self):
        self.fails(0, lambda f: flip(f / "log" / "checkpoint", 120))

    def test_size_in_the_checkpoint(self):
        def alter(folder):
            file = folder / "log" / "checkpoint"
            file.write_text(re.sub(r"\n\d+\n", f"\n{self.size() - 1}\n", file.read_text(), count=1))
        self.fails(0, alter)

    def test_another_key(self):
        other = self.base / "other"
        if not other.exists():
            self.must("-C", other, "init", "--election", MADE_UP / "election.toml")
        code, _ = self.verify(self.copy("bundle"), (other / "log" / "log.vkey").read_text().strip())
        self.assertEqual(code, 10)

    def test_key_that_others_can_read(self):
        folder = self.copy("record")
        os.chmod(folder / "keys" / "log.key", 0o644)
        self.assertEqual(run("-C", folder, "fsck").returncode, 10)

    def test_commit_point_set_back(self):
        folder = self.copy("record")
        shutil.copy(folder / "log" / "checkpoints" / "1", folder / "state" / "signed")
        self.assertEqual(run("-C", folder, "fsck").returncode, 10)
        said = run("-C", folder, "claim", MADE_UP / "claims" / "first-bulletin.toml")
        self.assertEqual(said.returncode, 0, "nothing to write: it is on record")
        (folder.parent / "new.toml").write_text('id = "new"\nby = "x"\nvalid = 1\n')
        said = run("-C", folder, "claim", folder.parent / "new.toml")
        self.assertEqual(said.returncode, 3)
        self.assertIn("set back", said.stderr)


class Level1(Whole):
    def entries(self, folder):
        return sorted((folder / "log" / "tile" / "entries").rglob("*"), key=str)

    def test_any_byte_of_the_entries(self):
        file = [f for f in self.entries(self.base / "bundle") if f.is_file()][0]
        name = file.relative_to(self.base / "bundle")
        size = file.stat().st_size
        for at in (0, 1, 2, 50, size // 3, size // 2, size - 1):
            with self.subTest(at=at):
                self.fails(1, lambda f: flip(f / name, at))

    def test_one_vote_moved(self):
        def alter(folder):
            for file in self.entries(folder):
                if file.is_file() and b'"votes":[' in file.read_bytes():
                    data = file.read_bytes()
                    start = data.index(b'"votes":[') + 9
                    first, second = (int(n) for n in re.match(rb"(\d+),(\d+)", data[start:]).groups())
                    old, new = f"{first},{second}".encode(), f"{first - 1},{second + 1}".encode()
                    self.assertEqual(len(old), len(new))
                    os.chmod(file, 0o644)
                    file.write_bytes(data[:start] + new + data[start + len(old):])
                    return
        self.fails(1, alter)

    def test_altered_copy_accuses_nobody_of_two_histories(self):
        folder = self.copy("bundle")
        file = [f for f in self.entries(folder) if f.is_file()][0]
        flip(file, 50)
        _, report = self.verify(folder)
        self.assertFalse([p for p in report["levels"][1]["problems"] if "two histories" in p["what"]])

    def test_tile_of_hashes(self):
        for level in ("0", "1"):
            file = next(f for f in sorted((self.base / "bundle" / "log" / "tile" / level).rglob("*")) if f.is_file())
            self.fails(1, lambda f: flip(f / file.relative_to(self.base / "bundle")))

    def test_tile_cut_or_gone(self):
        file = next(f for f in sorted((self.base / "bundle" / "log" / "tile" / "0").rglob("*")) if f.is_file())
        name = file.relative_to(self.base / "bundle")

        def cut(folder):
            os.chmod(folder / name, 0o644)
            os.truncate(folder / name, 100)
        self.fails(1, cut)
        self.fails(1, lambda f: (f / name).unlink())

    def test_older_checkpoint_of_other_entries(self):
        def alter(folder):
            file = folder / "log" / "checkpoints" / "1"
            os.chmod(file, 0o644)
            shutil.copy(folder / "log" / "checkpoints" / "0", file)
        self.fails(1, alter)


class Level2(Whole):
    def test_definition_altered(self):
        def alter(folder):
            file = folder / "election.toml"
            file.write_text(file.read_text().replace("Anna", "Berta") + "# more\n")
        self.fails(2, alter)

    def test_roster_gone(self):
        self.fails(2, lambda f: (f / "roster.csv").unlink())

    def test_entry_that_is_no_json(self):
        self.forged(2, "not an entry")

    def test_entry_with_a_key_too_many(self):
        self.forged(2, '{"at":1,"claim":"x","evidence":1,"more":1,"t":"scrutineer/claim.made/v1"}')

    def test_reference_to_what_is_not_there(self):
        self.forged(2, '{"at":1,"claim":"x","evidence":99999,"t":"scrutineer/claim.made/v1"}')

    def test_import_without_the_rows_that_it_announces(self):
        self.forged(2, '{"at":1,"evidence":1,"names":0,"refused":0,"rows":5,"source":"x",'
                       '"t":"scrutineer/returns.imported/v1"}')

    def test_unknown_type_is_listed_and_counts_for_nothing(self):
        folder = self.copy("record")
        subprocess.run([FORGE, folder], input='{"t":"scrutineer/of.tomorrow/v9"}\n', text=True, check=True,
                       capture_output=True)
        code, report = self.verify(folder)
        self.assertEqual(code, 0, report)
        self.assertEqual(len(report["unknown_types"]), 1)


class Level3(Whole):
    def evidence(self, folder):
        return sorted(f for f in (folder / "evidence").rglob("*") if f.is_file())[0]

    def test_evidence_altered(self):
        self.fails(3, lambda f: flip(self.evidence(f)))

    def test_evidence_gone(self):
        self.fails(3, lambda f: self.evidence(f).unlink())


class Level4(Whole):
    def test_returns_that_the_file_does_not_say(self):
        # The keeper signs an import of the real file whose only row says something else.
        folder = self.base / "record"
        text = (MADE_UP / "returns.csv").read_text().splitlines()[1].split(",")
        head = self.size()
        votes = ",".join(text[7:])
        place = ",".join(f'"{p}"' for p in text[1:4])
        row = (f'{{"import":{head},"invalid":0,"null":{int(text[6]) + 1},"place":[{place}],"registered":{text[4]},"row":2,'
               f'"station":"{text[0]}","t":"scrutineer/return.transcribed/v1","valid":{text[5]},"votes":[{votes}]}}')
        self.forged(4, f'{{"at":1,"evidence":1,"names":0,"refused":0,"rows":1,"source":"x",'
                       f'"t":"scrutineer/returns.imported/v1"}}', row)
        self.assertTrue(folder.exists())


def png(grey):
    """A picture of 40 x 40 pixels of one grey."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 40, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress((b"\0" + bytes([grey]) * 40) * 40)) + chunk(b"IEND", b""))


class Level4Containers(Whole):
    """The keeper says of a container what is not so, and signs it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with zipfile.ZipFile(cls.base / "sheets.zip", "w") as archive:
            for grey in (10, 200):
                archive.writestr(f"{grey}.png", png(grey))
        (cls.base / "other.png").write_bytes(png(99))
        cls.must("-C", cls.base / "record", "add", cls.base / "sheets.zip", cls.base / "other.png")

    def received(self, file):
        bytes_ = (self.base / file).read_bytes()
        kind = "container" if file.endswith("zip") else "picture"
        return f'{{"at":1,"kind":"{kind}","sha256":"{hashlib.sha256(bytes_).hexdigest()}","size":{len(bytes_)},' \
               f'"t":"scrutineer/evidence.received/v1"}}'

    def forged_parts(self, level, parts, ending="whole"):
        """The zip once more, with other.png as each of so many parts."""
        head = self.size()
        taken = [f'{{"at":1,"container":{head},"evidence":{head + 1},"how":"member","part":{part},'
                 f'"t":"scrutineer/part.taken/v1"}}' for part in range(1, parts + 1)]
        closed = f'{{"at":1,"container":{head},"ending":"{ending}","parts":{parts},"t":"scrutineer/container.closed/v1"}}'
        self.forged(level, self.received("sheets.zip"), self.received("other.png"), *taken, closed)

    def test_sound_ones_are_taken_apart_again(self):
        code, report = self.verify(self.copy("record"))
        self.assertEqual(code, 0, report)
        self.assertEqual(report["containers_opened_again"], 1)

    def test_picture_that_was_not_in_its_container(self):
        self.forged_parts(4, 2)

    def test_parts_that_are_hidden(self):
        self.forged_parts(4, 0)

    def test_container_that_was_altered(self):
        def alter(folder):
            name = hashlib.sha256((self.base / "sheets.zip").read_bytes()).hexdigest()
            flip(folder / "evidence" / name[:2] / name)
        self.fails(3, alter, "record")


class Level5(Whole):
    def test_result_that_does_not_follow(self):
        size = self.size()
        self.forged(5, f'{{"at":1,"schema":"scrutineer.result/1","sha256":"{hashlib.sha256(b"x").hexdigest()}",'
                       f'"size":{size},"t":"scrutineer/result.stated/v1"}}')


class Upkeep(Whole):
    def test_index_comes_out_the_same(self):
        folder = self.copy("record")
        index = folder / "view.sqlite"
        self.must("-C", folder, "reindex")
        first = index.read_bytes()
        self.must("-C", folder, "reindex")
        self.assertEqual(index.read_bytes(), first)
        index.unlink()
        self.must("-C", folder, "reindex")
        self.assertEqual(index.read_bytes(), first)
        elsewhere = self.copy("record")
        self.must("-C", elsewhere, "reindex")
        self.assertEqual((elsewhere / "view.sqlite").read_bytes(), first)

    def test_index_says_what_the_log_says(self):
        import sqlite3
        folder = self.copy("record")
        self.must("-C", folder, "reindex")
        row = json.loads(run("-C", folder, "tally", "--json").stdout)["rows"][0]
        db = sqlite3.connect(folder / "view.sqlite")
        sums = db.execute("SELECT option.option, sum(votes) FROM return_votes JOIN option ON option.position = "
                          "return_votes.option GROUP BY 1").fetchall()
        self.assertEqual(dict(sums), row["votes"])

    def test_two_writers_at_once(self):
        folder = self.copy("record")
        text = (MADE_UP / "returns-observers.csv").read_text()
        files = []
        for i in range(4):
            file = folder.parent / f"{i}.csv"
            file.write_text(text.rsplit("\n", 2 + i)[0] + "\n")
            files.append(file)
        writers = [subprocess.Popen([PROGRAM, "-C", folder, "import", file, "--source", "s"], stderr=subprocess.PIPE,
                                    stdout=subprocess.DEVNULL, text=True) for file in files]
        for writer in writers:
            _, err = writer.communicate()
            self.assertIn(writer.returncode, (0, 4), err)
            if writer.returncode:
                self.assertIn("another program is writing", err)
        self.assertEqual(run("-C", folder, "fsck").returncode, 0)

    def test_same_file_twice_does_nothing(self):
        folder = self.copy("record")
        before = (folder / "log" / "checkpoint").read_text()
        said = run("-C", folder, "import", MADE_UP / "returns.csv", "--source", "volunteers", "--json")
        self.assertTrue(json.loads(said.stdout)["already_there"])
        self.assertEqual((folder / "log" / "checkpoint").read_text(), before)

    def test_publishing_again_states_the_same_result(self):
        folder = self.copy("record")
        first = json.loads(run("-C", folder, "publish", folder.parent / "a", "--json").stdout)
        again = json.loads(run("-C", folder, "publish", folder.parent / "b", "--json").stdout)
        self.assertFalse(again["stated_now"])
        self.assertEqual(first["result_sha256"], again["result_sha256"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
