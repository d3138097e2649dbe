#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""From paper to a bundle that a stranger checks: a few sheets of the bundled example, printed, photographed, taken in, read,
counted, published, verified; and one vote changed afterwards.

    from_pictures_test.py PROGRAM SHEETFORGE
"""
import csv
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM, SHEETFORGE = sys.argv[1:3]
MADE_UP = pathlib.Path(__file__).resolve().parent.parent.parent / "elections" / "made-up"
GOOD = 8  # numbers 0 .. 7 of the returns
FORGED, TORN, BARE = 8, 9, 10


def run(*words):
    said = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True)
    return said.returncode, said.stdout


class FromPictures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.pictures = cls.folder / "pictures"
        cls.pictures.mkdir()
        cls.forge("good", 0, GOOD)
        cls.forge("forged", FORGED, 1, "--forgery", "digit")
        cls.forge("torn", TORN, 1)
        cls.forge("bare", BARE, 1, "--no-code")
        torn = next(cls.pictures.glob("torn*"))
        torn.write_bytes(torn.read_bytes()[:9000])
        cls.record = cls.folder / "record"
        assert run("-C", cls.record, "init", "--election", MADE_UP / "election.toml")[0] == 0
        code, said = run("-C", cls.record, "add", cls.pictures, "--json")
        assert code == 0, said
        cls.added = json.loads(said)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    @classmethod
    def forge(cls, name, first, count, *more):
        made = cls.folder / name
        subprocess.run([SHEETFORGE, "--election", MADE_UP / "election.toml", "--returns", MADE_UP / "returns.csv", "--classes", "D",
                        "--first", str(first), "--count", str(count), *more, made], check=True, capture_output=True)
        for picture in made.glob("*.jpg"):
            picture.rename(cls.pictures / f"{name}-{picture.name}")

    def test_what_can_be_read_is_read_and_the_rest_waits_for_people(self):
        self.assertEqual(self.added["read"], GOOD + 1)
        self.assertEqual(self.added["disagree"], 1)
        self.assertEqual(sum(self.added["unread"].values()), 2)

    def test_the_count_is_that_of_the_returns_that_were_printed(self):
        with open(MADE_UP / "returns.csv", encoding="utf-8") as file:
            printed = list(csv.DictReader(file))[:GOOD]
        country = json.loads(run("-C", self.record, "tally", "--json")[1])["rows"][0]
        self.assertEqual(country["stations"]["returned"], GOOD, "the forged sheet is set aside")
        for option in ("ALBA", "BREZO", "CEDRO", "DALIA"):
            self.assertEqual(country["votes"][option], sum(int(row[option]) for row in printed), option)

    def test_the_forged_sheet_is_named(self):
        found = json.loads(run("-C", self.record, "findings", "--code", "print_differs", "--json")[1])["findings"]
        self.assertEqual(len(found), 1)

    def test_a_stranger_verifies_it_and_one_vote_changed_is_noticed(self):
        bundle, key = self.folder / "bundle", self.record / "log" / "log.vkey"
        self.assertEqual(run("-C", self.record, "publish", bundle)[0], 0)
        self.assertEqual(run("verify", bundle, "--key", key)[0], 0)
        self.assertEqual(self.second_verifier(bundle, key), 0)
        changed = 0
        for tile in (bundle / "log" / "tile" / "entries").rglob("*"):
            if tile.is_file():
                bytes_there = tile.read_bytes()
                altered = re.sub(rb"(1010001\.01\.1\.0001!)(\d)", lambda m: m[1] + (b"2" if m[2] == b"1" else b"1"), bytes_there)
                changed += altered != bytes_there
                tile.write_bytes(altered)
        self.assertGreater(changed, 0, "the entry of the first station is in the bundle")
        self.assertEqual(run("verify", bundle, "--key", key)[0], 11)
        self.assertEqual(self.second_verifier(bundle, key), 11)

    def verified(self, *words):
        code, said = run("verify", self.record, "--key", self.record / "log" / "log.vkey", "--json", *words)
        self.assertEqual(code, 0, said)
        return json.loads(said)

    def test_a_sample_of_pictures_is_the_same_for_everybody_who_has_the_seed(self):
        everything = self.verified()
        self.assertEqual(everything["pictures_read_again"], GOOD + 3)
        sample = self.verified("--sample", "4", "--seed", "dice of the day")
        self.assertEqual((sample["pictures_read_again"], sample["pictures_not_in_sample"]), (4, GOOD - 1))
        noted = [self.folder / name for name in ("first", "again", "other")]
        for file, seed in zip(noted, ("dice of the day", "dice of the day", "other dice")):
            self.verified("--sample", "4", "--seed", seed, "--resume", file)
        drawn = [sorted(file.read_text().splitlines()[1:]) for file in noted]
        self.assertEqual(drawn[0], drawn[1])
        self.assertNotEqual(drawn[0], drawn[2])
        self.assertEqual(run("verify", self.record, "--sample", "4")[0], 3, "a sample without its seed is none")

    def test_a_verification_that_was_cut_off_goes_on(self):
        notes = self.folder / "notes"
        first = self.verified("--resume", notes)
        self.assertEqual((first["pictures_read_again"], first["pictures_done_before"]), (GOOD + 3, 0))
        lines = notes.read_text().splitlines(keepends=True)
        notes.write_text("".join(lines[:4]) + lines[4][:20])
        second = self.verified("--resume", notes)
        self.assertEqual((second["pictures_read_again"], second["pictures_done_before"]), (GOOD, 3))
        self.assertEqual(sorted(notes.read_text().splitlines()), sorted(line.strip() for line in lines))
        notes.write_text("something else\n")
        self.assertEqual(run("verify", self.record, "--resume", notes)[0], 3)

    def test_a_report_says_in_whole_sentences_what_was_found(self):
        for language, words in (("en", "ALL THAT WAS CHECKED HOLDS."), ("es", "TODO LO COMPROBADO SE SOSTIENE.")):
            file = self.folder / f"report-{language}.txt"
            self.verified("--report", file, "--lang", language)
            self.assertIn(words, file.read_text())
        text = file.read_text()
        self.assertIn(f"{GOOD + 3} imágenes de actas se leyeron de nuevo.", text)
        run("verify", self.record, "--report", file, "--lang", "en")
        self.assertIn("a forger could do as much", file.read_text())

    @staticmethod
    def second_verifier(bundle, key):
        program = MADE_UP.parent.parent / "web" / "verifier" / "dist" / "verifier.mjs"
        return subprocess.run(["node", program, bundle, "--key", key], capture_output=True).returncode


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
