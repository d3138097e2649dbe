#!/usr/bin/python3
"""From photographs to returns: what counts, what waits for a person, and what verify notices.

    pictures_test.py PROGRAM SHEETFORGE FORGE_LOG
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import jsonschema

PROGRAM, SHEETFORGE, FORGE = sys.argv[1:4]
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MADE_UP = ROOT / "elections" / "made-up"
STATIONS = [line.split(",")[0] for line in (MADE_UP / "returns.csv").read_text().splitlines()[1:]]


def run(*words, code=0):
    said = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True)
    assert said.returncode == code, (words, said.returncode, said.stdout, said.stderr)
    return said.stdout


def forge(out, first, *words, count=1, kind="A"):
    """Sheets of the stations in lines first, first + 1, ... of the returns; their files."""
    subprocess.run([SHEETFORGE, "--election", MADE_UP / "election.toml", "--returns", MADE_UP / "returns.csv",
                    "--classes", kind, "--first", str(first), "--count", str(count), "--seed", "5", *words, out],
                   check=True, capture_output=True)
    return [out / f"{p.stem}.jpg" for p in sorted(out.glob("*.json")) if first <= int(p.stem[-5:]) < first + count]


class Pictures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.base = pathlib.Path(tempfile.mkdtemp())
        cls.record = cls.base / "record"
        run("-C", cls.record, "init", "--election", MADE_UP / "election.toml")
        cls.key = (cls.record / "log" / "log.vkey").read_text().strip()
        made = cls.base / "made"
        cls.good = forge(made / "good", 0, count=2)
        cls.forged = forge(made / "forged", 4, "--forgery", "digit")
        cls.zero = forge(made / "zero", 6, "--zero-report")
        cls.blank = forge(made / "blank", 8, "--no-code")
        # The same photograph in another file.
        cls.copy = made / "copy.jpg"
        cls.copy.write_bytes(cls.good[0].read_bytes() + b"\n")
        for file in (*cls.good, cls.copy, *cls.forged, *cls.zero, *cls.blank):
            run("-C", cls.record, "add", file)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.base)

    def answer(self, *words, record=None, code=0):
        answer = json.loads(run("-C", record or self.record, *words, "--json", code=code))
        schema = ROOT / "schema" / f"{answer['schema'].split('.')[1].split('/')[0]}.json"
        jsonschema.validate(answer, json.loads(schema.read_text()))
        return answer

    def codes(self, answer):
        return [finding["code"] for finding in answer["findings"]["findings"]]

    def test_a_sheet_goes_from_picture_to_total(self):
        shown = self.answer("show", STATIONS[1])
        self.assertTrue(shown["accepted"])
        picture, = shown["pictures"]
        self.assertTrue(picture["bears"])
        self.assertEqual(shown["borne_by"], [picture["entry"]])
        self.assertEqual(shown["basis"], picture["entry"])
        self.assertEqual(picture["compared"], picture["agree"])
        self.assertGreaterEqual(picture["compared"], 6)
        self.assertEqual(shown["sums"][-1], "IC")
        self.assertEqual(len(shown["sums"]), 4, "centre, province, region, country")
        counted, = (row for row in self.answer("tally", "--by", "station")["rows"] if row["unit"] == STATIONS[1])
        self.assertEqual(counted["borne_by"], shown["borne_by"])
        # The same by entry and by the picture's hash.
        self.assertEqual(self.answer("show", picture["entry"]), shown)
        self.assertEqual(self.answer("show", picture["sha256"][:12]), shown)
        text = run("-C", self.record, "show", STATIONS[1])
        self.assertIn(picture["sha256"], text)

    def test_a_copy_is_no_second_picture(self):
        shown = self.answer("show", STATIONS[0])
        self.assertEqual([p["repeats"] for p in shown["pictures"]],
                         [[shown["pictures"][1]["entry"]], [shown["pictures"][0]["entry"]]])
        self.assertEqual(self.codes(shown), ["near_repeat"])
        self.assertEqual(len(shown["borne_by"]), 2)

    def test_print_and_code_that_differ_are_shown_side_by_side(self):
        page = self.base / "page.html"
        shown = self.answer("show", STATIONS[4], "--page", page)
        self.assertFalse(shown["accepted"])
        self.assertEqual(self.codes(shown), ["print_differs"])
        contradiction, = shown["pictures"][0]["contradictions"]
        html = page.read_text()
        self.assertIn("img-src data:", html)
        self.assertNotIn("<script", html)
        # In each language: the strip, the code, the whole.
        self.assertEqual(html.count("data:image/jpeg;base64,"), 6)
        self.assertIn(f"printed as {contradiction['printed']}, {contradiction['row']}", html)
        self.assertIn(f"el código, que dice {contradiction['coded']}", html)

    def test_a_zero_report_is_known_as_one(self):
        shown = self.answer("show", STATIONS[6])
        self.assertTrue(shown["pictures"][0]["zero_report"])
        self.assertFalse(shown["accepted"])
        self.assertEqual(self.codes(shown), ["zero_sheet"])

    def test_print_is_found_in_strong_perspective(self):
        # The table's rows stand a tenth and more further apart than the code would have it.
        venezuela = ROOT / "elections" / "ve-2024" / "election.toml"
        for number in (47, 52):
            out = self.base / "steep" / str(number)
            subprocess.run([SHEETFORGE, "--election", venezuela, "--classes", "C", "--first", str(number), "--count", "1",
                            "--seed", "1", out], check=True, capture_output=True)
            answer = json.loads(run("read", "--json", "--election", venezuela, next(out.glob("*.jpg"))))
            self.assertEqual((answer["status"], answer["print"]["agree"]), ("read", 42), number)

    def test_what_no_machine_reads_waits_for_a_person(self):
        waiting, = self.answer("show", "--unread")["pictures"]
        self.assertEqual(waiting["reason"], "no-code")
        self.assertEqual(len(waiting["fingerprint"]), 64)
        page = self.base / "unread.html"
        self.assertIn(waiting["sha256"], run("-C", self.record, "show", "--unread", "--page", page))
        self.assertEqual(page.read_text().count("data:image/jpeg;base64,"), 2)
        self.assertEqual(self.answer("show", waiting["sha256"][:10])["pictures"], [waiting])
        status = self.answer("status")
        self.assertEqual(status["pictures"], {"total": 6, "read": 5, "zero_reports": 1})
        self.assertEqual(status["needs_a_person"], {"pictures_unread": 1, "stations_undecided": 2})

    def test_asking_for_nothing_or_for_what_is_not_there(self):
        run("-C", self.record, "show", code=3)
        run("-C", self.record, "show", "abcdefab", code=3)
        run("-C", self.record, "show", STATIONS[20], code=3)

    def entries(self, kind):
        """Entries of a kind, as they stand in the log."""
        bytes_ = b"".join(p.read_bytes() for p in sorted((self.record / "log" / "tile" / "entries").rglob("*"))
                          if p.is_file())
        return re.findall(r'\{"a[^{]*?"t":"scrutineer/' + kind + r'/v1"\}', bytes_.decode("latin-1"))

    def verified_with(self, entry):
        folder = pathlib.Path(tempfile.mkdtemp()) / "record"
        self.addCleanup(shutil.rmtree, folder.parent, ignore_errors=True)
        shutil.copytree(self.record, folder)
        if entry:
            subprocess.run([FORGE, folder], input=entry + "\n", text=True, check=True, capture_output=True)
        said = subprocess.run([PROGRAM, "verify", folder, "--key", self.key, "--json"], capture_output=True, text=True)
        return said.returncode, json.loads(said.stdout)

    def test_verify_reads_the_pictures_again(self):
        code, report = self.verified_with(None)
        self.assertEqual(code, 0, report)
        self.assertEqual(report["pictures_read_again"], 6)
        self.assertEqual(report["pictures_legible_now"], 0)

    def test_verify_notices_what_the_picture_does_not_say(self):
        honest = max(self.entries("sheet.read"), key=len)
        for name, altered in {
            "print that was not compared": re.sub(r'"agree":\d+', '"agree":0', honest),
            "contradictions left out": re.sub(r'"contradictions":\[\[.*?\]\]', '"contradictions":[]', honest),
            "another fingerprint": re.sub(r'"fingerprint":"..', '"fingerprint":"00', honest),
            "another margin": re.sub(r'"margin":\d+', '"margin":99', honest),
        }.items():
            with self.subTest(name):
                self.assertNotEqual(altered, honest)
                code, report = self.verified_with(altered)
                self.assertEqual(code, 14, report)
                self.assertIn("otherwise another reading", report["levels"][4]["problems"][0]["what"])

    def test_verify_counts_sheets_that_are_hidden_as_unread(self):
        unread, = self.entries("picture.unread")
        read = self.entries("sheet.read")[0]
        evidence = re.search(r'"evidence":\d+', read).group()
        fingerprint = re.search(r'"fingerprint":"\w+"', read).group()
        hidden = re.sub(r'"evidence":\d+', evidence, re.sub(r'"fingerprint":"\w+"', fingerprint, unread))
        code, report = self.verified_with(hidden)
        self.assertEqual(code, 0, report)
        self.assertEqual(report["pictures_legible_now"], 1)
        code, report = self.verified_with(re.sub(r'"evidence":\d+', evidence, unread))
        self.assertEqual(code, 14, "the fingerprint of another picture")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
