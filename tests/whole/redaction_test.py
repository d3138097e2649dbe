#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A picture from the telephone to the web, without the names on it: committed to, hidden by two people, published with proof;
what its sender and a court can check; and what is caught when somebody tampers.

    redaction_test.py PROGRAM SHEETFORGE
"""
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM, SHEETFORGE = sys.argv[1:3]
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MADE_UP = ROOT / "elections" / "made-up"


def run(*words):
    said = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True)
    return said.returncode, said.stdout, said.stderr


class Redaction(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        made = cls.folder / "made"
        subprocess.run([SHEETFORGE, "--election", MADE_UP / "election.toml", "--returns", MADE_UP / "returns.csv", "--classes", "C",
                        "--count", "2", made], check=True, capture_output=True)
        for truth in made.glob("*.json"):
            truth.unlink()
        cls.pictures = sorted(made.glob("*.jpg"))
        cls.record = cls.folder / "record"
        cls.key = cls.record / "log" / "log.vkey"
        cls.must("init", "--election", MADE_UP / "election.toml")
        cls.must("add", made)
        (cls.folder / "damaged").mkdir()
        (cls.folder / "damaged" / "x.jpg").write_bytes(cls.pictures[0].read_bytes()[:20_000])
        cls.must("add", cls.folder / "damaged")
        cls.hashes = [hashlib.sha256(p.read_bytes()).hexdigest() for p in cls.pictures]
        cls.committed = cls.ask("redact", "commit")
        for name in ("ana", "luis"):
            vkey = cls.ask("redact", "key", name, "--key", cls.folder / f"{name}.key")["vkey"]
            cls.ask("redact", "person", vkey)
        cls.mask = cls.folder / "mask.toml"
        cls.proposed = cls.ask("redact", "propose", cls.hashes[0], "--mask", cls.mask, "--out", cls.folder / "preview.jpg")
        cls.first = cls.approve(cls.hashes[0], "ana", cls.mask)
        cls.second = cls.approve(cls.hashes[0], "luis", cls.mask)
        cls.bundle = cls.folder / "bundle"
        cls.published = cls.ask("publish", cls.bundle)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    @classmethod
    def must(cls, *words):
        code, out, err = run("-C", cls.record, *words)
        assert code == 0, (words, code, out, err)
        return out

    @classmethod
    def ask(cls, *words):
        return json.loads(cls.must(*words, "--json"))

    @classmethod
    def approve(cls, picture, name, mask):
        return cls.ask("redact", "approve", picture, "--mask", mask, "--key", cls.folder / f"{name}.key")

    def refused(self, *words):
        code, _, err = run("-C", self.record, *words)
        self.assertEqual(code, 3, err)
        return err

    def test_pictures_can_be_committed_to_as_they_come_in(self):
        fresh = self.folder / "fresh"
        self.assertEqual(run("-C", fresh, "init", "--election", MADE_UP / "election.toml")[0], 0)
        for committed in (2, 0):
            code, out, err = run("-C", fresh, "add", "--commit", *self.pictures, "--json")
            self.assertEqual((code, json.loads(out)["committed"]), (0, committed), err)

    def test_every_picture_is_committed_to_once(self):
        self.assertEqual((self.committed["pictures"], self.committed["without_cells"]), (3, 1), "the damaged one has no cells")
        again = self.ask("redact", "commit")
        self.assertEqual((again["pictures"], again["before"]), (0, 3))

    def test_what_the_definition_says_of_people_is_proposed_and_covers_no_figure(self):
        self.assertEqual(self.proposed["covers"], [])
        self.assertGreater(self.proposed["hidden"], self.proposed["cells"] // 20)
        self.assertIn("names and signatures", self.mask.read_text())

    def test_two_people_may_approve_at_once(self):
        record = self.folder / "at-once"
        shutil.copytree(self.record, record)
        approving = [subprocess.Popen([PROGRAM, "-C", record, "redact", "approve", self.hashes[0], "--mask", self.mask, "--key",
                                       self.folder / f"{name}.key"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                     for name in ("ana", "luis", "ana", "luis")]
        for one in approving:
            out, err = one.communicate()
            self.assertTrue(one.returncode == 0 or "another" in err, (one.returncode, out, err))
        self.assertIn(0, [one.returncode for one in approving])
        code, out, _ = run("verify", record, "--key", self.key, "--json")
        self.assertEqual((code, json.loads(out)["pictures_redacted"]), (0, 1))

    def test_it_takes_two_people(self):
        self.assertEqual((self.first["approved"], self.first["people"]), (False, 1))
        self.assertEqual((self.second["approved"], self.second["people"]), (True, 2))
        self.assertEqual(self.published["pictures_redacted"], 1)
        self.assertEqual(self.published["pictures_withheld"], 3)

    def test_the_bundle_has_the_redacted_picture_and_no_original(self):
        below = self.bundle / "redacted" / self.hashes[0][:2]
        self.assertEqual(sorted(p.name for p in below.iterdir()), [f"{self.hashes[0]}.jpg", f"{self.hashes[0]}.redaction"])
        all_bytes = {hashlib.sha256(p.read_bytes()).hexdigest() for p in self.bundle.rglob("*") if p.is_file()}
        self.assertFalse(all_bytes & set(self.hashes))
        self.assertEqual((below / f"{self.hashes[0]}.jpg").read_bytes(), (self.folder / "preview.jpg").read_bytes(),
                         "what was published is what was looked at")
        code, out, _ = run("verify", self.bundle, "--key", self.key, "--json")
        self.assertEqual((code, json.loads(out)["pictures_redacted"], json.loads(out)["pictures_read_again"]), (0, 1, 1))

    def tampered(self, name, change):
        """What verify says of a copy of the bundle after change(copy, path of the picture)."""
        copy = self.folder / name
        shutil.copytree(self.bundle, copy)
        change(copy, copy / "redacted" / self.hashes[0][:2] / f"{self.hashes[0]}.jpg")
        code, out, _ = run("verify", copy, "--key", self.key, "--json")
        return code, [p["what"] for p in json.loads(out)["levels"][3]["problems"]]

    def test_a_redacted_picture_that_was_tampered_with_is_named(self):
        def one_byte(_, picture):
            there = bytearray(picture.read_bytes())
            there[len(there) // 2] ^= 1
            picture.write_bytes(there)

        def more_hidden(copy, picture):
            proof = picture.with_suffix(".redaction")
            text = proof.read_text()
            proof.write_text(re.sub(r"hidden \d+", lambda m: "hidden " + str(int(m[0].split()[1]) - 1), text))

        def a_comment(_, picture):
            there = picture.read_bytes()
            picture.write_bytes(there[:2] + b"\xff\xfe\x00\x06NAME" + there[2:])

        def the_original(_, picture):
            picture.write_bytes(self.pictures[0].read_bytes())

        def another_original(copy, _):
            (copy / "redacted" / "aa").mkdir()
            (copy / "redacted" / "aa" / "x.jpg").write_bytes(self.pictures[1].read_bytes())

        for change in (one_byte, more_hidden, a_comment, the_original, another_original):
            code, problems = self.tampered(change.__name__, change)
            self.assertEqual((code, len(problems)), (13, 1), (change.__name__, problems))

    def test_a_picture_that_was_approved_is_not_just_left_out(self):
        def gone(_, picture):
            picture.unlink()
            picture.with_suffix(".redaction").unlink()

        code, problems = self.tampered("gone", gone)
        self.assertEqual((code, len(problems)), (13, 1), problems)
        self.assertIn("no entry says that it is withheld", problems[0])
        self.assertEqual(self.second_verifier(self.folder / "gone")[0], 13)

    def second_verifier(self, bundle):
        """What the second verifier says."""
        said = subprocess.run(["node", ROOT / "web" / "verifier" / "dist" / "verifier.mjs", bundle, "--key", self.key, "--json"],
                              capture_output=True, text=True)
        return said.returncode, json.loads(said.stdout)

    def test_a_picture_is_withheld_by_an_entry_that_says_why(self):
        copy = self.folder / "withholding"
        shutil.copytree(self.record, copy)
        approved, unshown = self.hashes
        for words in (("withhold", approved), ("withhold", approved, "--reason", "shame"), ("withhold", "00000000", "--reason", "court-order")):
            self.assertEqual(run("-C", copy, *words)[0], 3, words)
        for picture, reason in ((approved, "court-order"), (unshown, "personal-safety")):
            code, out, err = run("-C", copy, "withhold", picture, "--reason", reason, "--json")
            self.assertEqual((code, json.loads(out)["picture"]), (0, picture), err)
            self.assertEqual(run("-C", copy, "withhold", picture, "--reason", reason)[0], 3, "once")
        self.assertFalse(any((copy / "redacted").rglob("*.jpg")), "nothing is left of what was shown of it")
        self.assertEqual(run("-C", copy, "redact", "approve", approved, "--mask", self.mask, "--key", self.folder / "ana.key")[0], 3)
        self.assertEqual(json.loads(run("-C", copy, "redact", "status", "--json")[1])["waiting"], [])
        out = self.folder / "withheld-bundle"
        self.assertEqual(run("-C", copy, "publish", out)[0], 0)
        code, said, _ = run("verify", out, "--key", self.key, "--json")
        said = json.loads(said)
        self.assertEqual((code, said["pictures_withheld"], said["pictures_redacted"]), (0, 3, 0))
        self.assertEqual({w["picture"]: w["reason"] for w in said["withheld"]}, {approved: "court-order", unshown: "personal-safety"})
        code, theirs = self.second_verifier(out)
        self.assertEqual((code, sorted(theirs["withheld"])), (0, sorted(self.hashes)))
        # Whoever has the picture from before may not slip it into what is handed out now.
        shutil.copytree(self.bundle / "redacted", out / "redacted", dirs_exist_ok=True)
        self.assertEqual((run("verify", out, "--key", self.key)[0], self.second_verifier(out)[0]), (13, 13))
        # The station's page says it, and shows nothing.
        station = json.loads(run("-C", copy, "show", approved, "--json")[1])
        self.assertEqual([p["withheld"] for p in station["pictures"]], ["court-order"])
        self.assertEqual(run("-C", copy, "show", approved, "--page", self.folder / "w.html")[0], 0)
        page = (self.folder / "w.html").read_text()
        self.assertIn("orden de un tribunal", page)
        self.assertNotIn("data:image/jpeg", page)
        # Its bytes may go; another's may not.
        (copy / "evidence" / approved[:2] / approved).unlink()
        code, kept, _ = run("-C", copy, "fsck", "--json")
        self.assertEqual((code, json.loads(kept)["upkeep"]), (0, []))
        damaged = next(f for f in (copy / "evidence").rglob("*") if f.is_file() and f.name not in self.hashes)
        damaged.unlink()
        self.assertIn("1 pictures that the log names", json.loads(run("-C", copy, "fsck", "--json")[1])["upkeep"][0]["what"])

    def test_nothing_is_published_while_an_approved_picture_is_not_made(self):
        copy = self.folder / "unmade"
        shutil.copytree(self.record, copy)
        shutil.rmtree(copy / "redacted")
        code, _, err = run("-C", copy, "publish", self.folder / "unmade-bundle")
        self.assertEqual(code, 3)
        self.assertIn("redact make", err)
        self.assertFalse((self.folder / "unmade-bundle").exists())

    def test_a_file_that_no_entry_accounts_for_is_not_published(self):
        copy = self.folder / "cut-off"
        shutil.copytree(self.record, copy)
        (copy / "evidence" / "ab").mkdir(exist_ok=True)
        (copy / "evidence" / "ab" / ("ab" + 62 * "0")).write_bytes(self.pictures[0].read_bytes() + b"x")
        self.assertEqual(run("-C", copy, "publish", self.folder / "cut-off-bundle")[0], 0)
        self.assertFalse(list((self.folder / "cut-off-bundle").rglob("ab" + 62 * "0")))

    def test_the_redacted_picture_reads_as_the_original(self):
        """A scan, of which the print is read too."""
        scans, record = self.folder / "scans", self.folder / "scan-record"
        subprocess.run([SHEETFORGE, "--election", MADE_UP / "election.toml", "--returns", MADE_UP / "returns.csv", "--classes", "A",
                        "--count", "1", scans], check=True, capture_output=True)
        scan = next(scans.glob("*.jpg"))
        for words in (("init", "--election", MADE_UP / "election.toml"), ("add", scan), ("redact", "commit"),
                      ("redact", "propose", hashlib.sha256(scan.read_bytes()).hexdigest(), "--mask", self.folder / "scan.toml",
                       "--out", self.folder / "scan-shown.jpg")):
            code, _, err = run("-C", record, *words)
            self.assertEqual(code, 0, err)
        for original, shown in ((scan, self.folder / "scan-shown.jpg"),
                                (self.pictures[0], self.bundle / "redacted" / self.hashes[0][:2] / f"{self.hashes[0]}.jpg")):
            said = [json.loads(run("read", "--election", MADE_UP / "election.toml", picture, "--json")[1]) for picture in (original, shown)]
            self.assertEqual(said[0]["payload"], said[1]["payload"])
            if original == scan:
                self.assertEqual(said[0]["print"]["compared"], 11)
                self.assertEqual(said[0]["print"]["compared"], said[1]["print"]["compared"])

    def test_a_mask_over_the_code_or_a_number_is_refused(self):
        width_and_more = "[0, 0, 5000, 5000]"
        bad = self.folder / "bad.toml"
        bad.write_text(f'picture = "{self.hashes[1]}"\n\n[[hide]]\nwhat = "all"\nbox = {width_and_more}\n')
        seen = self.ask("redact", "preview", self.hashes[1], "--mask", bad)
        self.assertIn("code", seen["covers"])
        self.assertIn("valid", seen["covers"])
        self.assertIn("code", self.refused("redact", "approve", self.hashes[1], "--mask", bad, "--key", self.folder / "ana.key"))

    def test_a_mask_that_hides_nothing_is_approved_only_if_it_says_so(self):
        copy = self.folder / "nothing"
        shutil.copytree(self.record, copy)
        nothing = self.folder / "nothing.toml"
        nothing.write_text(f'picture = "{self.hashes[1]}"\n')
        words = ("-C", copy, "redact", "approve", self.hashes[1], "--mask", nothing, "--key", self.folder / "ana.key")
        code, _, err = run(*words)
        self.assertEqual(code, 3)
        self.assertIn("all_may_be_seen", err)
        nothing.write_text(nothing.read_text() + "all_may_be_seen = true\n")
        self.assertEqual(run(*words)[0], 0)

    def test_a_mask_of_another_picture_and_a_key_of_nobody_are_refused(self):
        self.assertIn("another picture", self.refused("redact", "approve", self.hashes[1], "--mask", self.mask, "--key",
                                                      self.folder / "ana.key"))
        self.must("redact", "key", "eva", "--key", self.folder / "eva.key")
        self.assertIn("nobody with this key", self.refused("redact", "approve", self.hashes[0], "--mask", self.mask, "--key",
                                                           self.folder / "eva.key"))

    def test_a_receipt_of_the_sender_holds_for_this_file_and_no_other(self):
        receipt = self.folder / "sender.receipt"
        self.must("receipt", self.hashes[0], "--out", receipt)
        self.assertEqual(run("verify-receipt", receipt, self.pictures[0], "--key", self.key)[0], 0)
        self.assertEqual(run("verify-receipt", receipt, "--key", self.key)[0], 0)
        code, out, _ = run("verify-receipt", receipt, self.pictures[1], "--key", self.key, "--json")
        self.assertEqual((code, json.loads(out)["flaw"]), (13, "file"))
        lines = receipt.read_text().splitlines(keepends=True)
        index = next(i for i, line in enumerate(lines) if line.startswith("index "))
        moved = self.folder / "moved.receipt"
        moved.write_text("".join(lines[:index] + ["index 0\n"] + lines[index + 1:]))
        self.assertEqual(run("verify-receipt", moved, self.pictures[0], "--key", self.key)[0], 11)
        other = self.folder / "other"
        origin = self.key.read_text().split("+")[0]
        self.assertEqual(run("-C", other, "init", "--election", MADE_UP / "election.toml", "--origin", origin)[0], 0)
        self.assertEqual(run("verify-receipt", receipt, self.pictures[0], "--key", other / "log" / "log.vkey")[0], 10)
        self.assertEqual(run("verify-original", self.pictures[0], receipt, "--key", self.key)[0], 13, "it holds no secret of the picture")

    def test_a_court_checks_the_original_cell_by_cell(self):
        receipt = self.folder / "court.receipt"
        self.must("receipt", self.hashes[0], "--court", "--out", receipt)
        code, out, _ = run("verify-original", self.pictures[0], receipt, "--key", self.key, "--json")
        self.assertEqual(code, 0)
        self.assertEqual(json.loads(out)["cells"], self.proposed["cells"])
        altered = self.folder / "altered.jpg"
        altered.write_bytes(self.pictures[0].read_bytes() + b"x")
        self.assertEqual(run("verify-original", altered, receipt, "--key", self.key)[0], 13)

    def test_a_proof_of_each_sheet_holds_by_itself(self):
        proofs = self.folder / "proofs"
        self.assertEqual(self.ask("proof", "--all", proofs)["files"], 2)
        for proof in proofs.iterdir():
            code, out, _ = run("verify-receipt", proof, "--key", self.key, "--json")
            self.assertEqual((code, json.loads(out)["type"]), (0, "scrutineer/sheet.read/v1"))

    def test_what_is_missing_is_made_again_byte_for_byte(self):
        copy = self.folder / "copy"
        shutil.copytree(self.record, copy)
        below = copy / "redacted" / self.hashes[0][:2]
        before = {p.name: p.read_bytes() for p in below.iterdir()}
        shutil.rmtree(copy / "redacted")
        code, out, err = run("-C", copy, "redact", "make", "--json")
        self.assertEqual((code, json.loads(out)["made"]), (0, 1), err)
        self.assertEqual({p.name: p.read_bytes() for p in below.iterdir()}, before)

    def test_whoever_sees_more_to_hide_withdraws_the_picture_at_once(self):
        copy = self.folder / "wider"
        shutil.copytree(self.record, copy)
        wider = self.folder / "wider.toml"
        wider.write_text(self.mask.read_text() + '\n[[hide]]\nwhat = "a note in the margin"\nbox = [1, 1, 40, 40]\n')
        code, out, err = run("-C", copy, "redact", "approve", self.hashes[0], "--mask", wider, "--key", self.folder / "ana.key", "--json")
        self.assertEqual((code, json.loads(out)["approved"]), (0, False), err)
        code, out, err = run("-C", copy, "publish", self.folder / "bundle-2", "--json")
        self.assertEqual((code, json.loads(out)["pictures_redacted"]), (0, 0), err)
        self.assertEqual(run("-C", copy, "fsck")[0], 0, "nothing is left of the first one")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
