#!/usr/bin/python3
"""Every --json against its schema in schema/, and the fixed parts of the contract by name.

    schema_test.py PROGRAM SHEETFORGE
"""
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import jsonschema

PROGRAM = sys.argv[1]
SHEETFORGE = sys.argv[2]
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MADE_UP = ROOT / "elections" / "made-up"


def run(*words):
    said = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True)
    return said.returncode, said.stdout


class Schemas(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.record = cls.folder / "record"
        cls.empty = cls.folder / "empty"
        for record in (cls.record, cls.empty):
            assert run("-C", record, "init", "--election", MADE_UP / "election.toml")[0] == 0
        for source, name in (("volunteers", "returns.csv"), ("observers", "returns-observers.csv")):
            assert run("-C", cls.record, "import", MADE_UP / name, "--source", source)[0] == 0
        for claim in (MADE_UP / "claims").glob("*.toml"):
            assert run("-C", cls.record, "claim", claim)[0] == 0

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def answer(self, schema, *words, record=None, code=0):
        exit_code, text = run("-C", record or self.record, *words, "--json")
        self.assertEqual(exit_code, code, text)
        answer = json.loads(text)
        form = json.loads((ROOT / "schema" / f"{schema}.json").read_text())
        form.pop("$id", None)  # no address: older versions of the library would look for it on the network
        jsonschema.validate(answer, form)
        self.assertEqual(json.dumps(answer, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n", text,
                         "canonical, one line")
        return answer

    def test_audit(self):
        plan = self.answer("audit", "audit", "plan", "sheets", "--method", "kaplan-markov", "--trials", "50")
        self.assertEqual({m["method"] for m in plan["methods"]}, {"kaplan-markov", "alpha-stations"})
        self.answer("audit", "audit", "plan", "--of", "ballots", "--trials", "20")
        self.answer("audit", "audit", "simulate", "sheets", "--trials", "20")
        waiting = self.answer("audit", "audit", "report", "sheets")
        self.assertEqual((waiting["p"], waiting["confirmed"], waiting["seed"]), ("1", False, None))
        sample = self.answer("audit", "audit", "draw", "sheets", "--seed", "12345", "--draws", "6")["sample"]
        self.assertEqual(len(sample), 6)
        figures = self.folder / "found.csv"
        figures.write_text("unit,null,ALBA,BREZO,CEDRO,DALIA,what\n" + "".join(
            f"{unit},{'0,5,4,3,2,' if i else ',,,,,not-found'}\n" for i, unit in enumerate(sorted(set(sample)))))
        for by in "ab":
            entered = self.answer("audit", "audit", "enter", "sheets", figures, "--by", by)
            self.assertEqual(entered["units"], len(set(sample)))
        report = self.answer("audit", "audit", "report", "sheets")
        self.assertEqual({u["state"] for u in report["units"]}, {"settled"})
        self.assertEqual(report["weighed"], 6)
        self.assertEqual(len(report["history"]), 6)

    def test_audit_of_strata_and_of_two_contests(self):
        apart = self.answer("audit", "audit", "plan", "apart", "--method", "product-stations", "--strata", "region", "--trials", "20")
        self.assertEqual(apart["strata"], {"level": "region", "units": ["1", "2", "3"]})
        self.answer("audit", "audit", "simulate", "--of", "ballots", "--method", "product", "--strata", "region", "--trials", "20")
        other = self.folder / "other"
        for step in (("init", "--election", MADE_UP / "election.toml"), ("import", MADE_UP / "returns-observers.csv", "--source", "observers")):
            self.assertEqual(run("-C", other, *step)[0], 0)
        both = self.answer("audit", "audit", "plan", "both", "--method", "kaplan-markov", "--with", f"2:{other}", "--trials", "20")
        self.assertEqual(len(both["others"]), 1)
        self.assertEqual(len(both["assertions"]), 3 + 4)
        self.answer("audit", "audit", "draw", "both", "--seed", "12345", "--draws", "4", "--with", other)
        report = self.answer("audit", "audit", "report", "both", "--with", other)
        self.assertEqual({len(u["others"]) for u in report["units"]}, {1})

    def test_quick_count(self):
        self.answer("quick-count", "quick-count", "plan", "night", "--size", "30", "--by", "region")
        self.answer("quick-count", "quick-count", "report", "night")
        drawn = self.answer("quick-count", "quick-count", "draw", "night", "--seed", "7")
        self.assertEqual(drawn["size"], sum(len(s["sample"]) for s in drawn["strata"]))
        late = self.answer("quick-count", "quick-count", "report", "night")
        self.assertFalse(late["by_chance"], "its returns were known before the seed")
        self.assertEqual(late["options"], [])
        self.assertIsNotNone(late["found"])
        self.answer("quick-count", "quick-count", "report")

    def test_tally(self):
        for level in ("country", "region", "province", "centre", "station"):
            rows = self.answer("tally", "tally", "--by", level)["rows"]
            self.assertEqual(sum(r["votes"]["ALBA"] for r in rows), 76619, level)
            self.assertEqual({r["level"] for r in rows}, {level})
        country = self.answer("tally", "tally")["rows"][0]
        self.assertEqual(country["stations"], {"expected": 300, "returned": 249})
        self.assertEqual(set(country) >= {"unit", "name", "level", "stations", "registered", "valid", "null", "votes"}, True)

    def test_judge(self):
        judged = self.answer("judgement", "judge")
        self.assertEqual(judged["outcome"]["leader"], "ALBA")
        self.assertEqual(judged["outcome"]["worst_case_margin"], 10526)
        self.assertEqual(judged["outcome"]["breakdown"][0], {"turnout_cap": "1", "sheets": 10, "worst_case_margin": 10526,
                                                             "decided": True})
        by_claim = {c["id"]: sum(k["status"] == "contradicted" for k in c["checks"]) for c in judged["claims"]}
        self.assertEqual(by_claim["first-bulletin"], 0, "the honest claim")
        self.assertGreater(by_claim["second-bulletin"], 3, "the dishonest one")
        self.answer("judgement", "judge", "--cap", "2/3", "--electors", "200000")

    def test_compare_findings_status_show(self):
        compared = self.answer("comparison", "compare", "volunteers", "observers")
        self.assertEqual(compared["joined"], compared["equal"] + len(compared["differ"]))
        self.assertEqual(compared["differ"], [{"station": "1040005.04", "fields": {"ALBA": [282, 182], "BREZO": [125, 225]}}])
        self.answer("findings", "findings")
        self.answer("status", "status")
        self.answer("station", "show", "1040005.04")
        self.answer("unread", "show", "--unread")

    def test_read(self):
        sheets = self.folder / "sheets"
        for name, extra in (("plain", []), ("forged", ["--forgery", "digit"]), ("bare", ["--no-code"])):
            subprocess.run([SHEETFORGE, "--election", MADE_UP / "election.toml", "--classes", "D", *extra, sheets / name],
                           check=True, capture_output=True)
            (sheets / name / "D-lowres-00000.json").unlink()
        (sheets / "words.jpg").write_text("no picture")
        exit_code, text = run("read", "--election", MADE_UP / "election.toml", sheets, "--json")
        self.assertEqual(exit_code, 0)
        schema = json.loads((ROOT / "schema" / "reading.json").read_text())
        lines = [json.loads(line) for line in text.splitlines()]
        for line in lines:
            jsonschema.validate(line, schema)
        seen = {str(pathlib.Path(line["file"]).relative_to(sheets)).split("/")[0]: line for line in lines}
        self.assertEqual({name: line["status"] for name, line in seen.items()},
                         {"plain": "read", "forged": "disagree", "bare": "not-a-sheet", "words.jpg": "not-a-sheet"})
        self.assertGreater(seen["plain"]["grey_decodes"], 1, "a reading decodes the picture, and reads it")
        self.assertGreater(seen["plain"]["ms"], 0)
        self.assertEqual(seen["plain"]["print"]["agree"], seen["plain"]["print"]["compared"])
        self.assertEqual(len(seen["plain"]["print"]["values"]), seen["plain"]["print"]["numbers"])
        self.assertEqual(seen["words.jpg"]["reason"], "not-a-picture")
        self.assertIsNone(seen["words.jpg"]["votes"])

    def test_add(self):
        fresh = self.folder / "added"
        self.assertEqual(run("-C", fresh, "init", "--election", MADE_UP / "election.toml")[0], 0)
        corpus = ROOT / "fuzz" / "corpus"
        added = self.answer("add", "add", corpus / "archive_members", corpus / "pdf_pages", record=fresh)
        self.assertGreater(added["parts"], 20)
        self.assertGreater(sum(added["cut"].values()), 3)
        status = self.answer("status", "status", record=fresh)
        self.assertEqual(status["waiting"]["part_refused"], added["refused"])
        self.assertEqual(status["waiting"]["container_cut"], added["cut"])
        self.assertEqual(status["waiting"]["unread_picture"], added["unread"])
        self.answer("findings", "findings", record=fresh)

    def test_verify(self):
        self.answer("verification", "verify")
        (self.empty / "roster.csv").write_text("station\n")
        self.answer("verification", "verify", record=self.empty, code=12)

    def test_fsck(self):
        mine = self.folder / "mine"
        self.assertEqual(run("-C", mine, "init", "--election", MADE_UP / "election.toml")[0], 0)
        self.assertEqual(self.answer("fsck", "fsck", record=mine)["exit"], 0)
        (mine / "state" / "signed").unlink()
        broken = self.answer("fsck", "fsck", record=mine, code=10)
        self.assertEqual(broken["exit"], 10)
        self.assertTrue(broken["upkeep"])

    def test_what_writes(self):
        kept = self.folder / "kept"
        new = self.answer("init", "init", "--election", MADE_UP / "election.toml", record=kept)
        self.assertEqual(new["vkey"], (kept / "log" / "log.vkey").read_text().strip())
        for there in (False, True):
            imported = self.answer("import", "import", MADE_UP / "returns.csv", "--source", "volunteers", record=kept)
            self.assertEqual((imported["rows"], imported["already_there"]), (252, there))
            claimed = self.answer("claim", "claim", MADE_UP / "claims" / "first-bulletin.toml", record=kept)
            self.assertEqual((claimed["id"], claimed["already_there"]), ("first-bulletin", there))
        for n in (1, 2):
            published = self.answer("publish", "publish", self.folder / f"out{n}", record=kept)
            self.assertEqual(published["stated_now"], n == 1)
            self.assertEqual(published["files"], sum(f.is_file() for f in (self.folder / f"out{n}").rglob("*")))
        self.assertEqual([self.answer("reindex", "reindex", record=kept)["changed"] for _ in (1, 2)], [True, False])
        (self.folder / "note.txt").write_text("not a picture")
        added = self.answer("add", "add", self.folder / "note.txt", record=kept)
        self.assertEqual((added["files"], added["read"], sum(added["unread"].values())), (1, 0, 1))

    def test_witnesses(self):
        kept = self.folder / "cosigned"
        self.assertEqual(run("-C", kept, "init", "--election", MADE_UP / "election.toml")[0], 0)
        vkey = (kept / "log" / "log.vkey").read_text().strip()
        witness = self.folder / "witness"
        key = self.answer("witness", "witness", "init", "--name", "w.example", record=witness)["vkey"]
        self.assertTrue(key.startswith("w.example/witness+"))
        self.answer("witness", "witness", "follow", vkey, "--url", "http://127.0.0.1:1/", record=witness)
        pulled = self.answer("witness", "witness", "pull", record=witness, code=4)
        self.assertFalse(pulled["logs"][0]["cosigned"])
        note = self.folder / "note"
        seen = self.answer("witness", "witness", "stick", kept, "--out", note, record=witness)
        self.assertTrue(seen["logs"][0]["cosigned"])
        policy = self.folder / "policy"
        policy.write_text(f"log {vkey}\nwitness w {key}\nquorum w\n")
        waits = self.answer("cosign", "cosign", "--policy", policy, record=kept, code=4)
        self.assertEqual((waits["quorum"], waits["replies"][0]["outcome"]), (False, "silent"))
        done = self.answer("cosign", "cosign", "--take", note, record=kept)
        self.assertEqual((done["quorum"], done["cosigned"]), (True, ["w"]))
        mirrored = self.answer("mirror", "mirror", kept, record=self.folder / "mirror")
        self.assertEqual(mirrored["tree_size"], 1)
        self.assertEqual(self.answer("fingerprint", "fingerprint", record=kept)["signatures"], 2)
        proof = self.folder / "checkpoint.ots"
        head = b"\0OpenTimestamps\0\0Proof\0\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08"
        proof.write_bytes(head + hashlib.sha256((kept / "log" / "checkpoints" / "1").read_bytes()).digest() + b"\xf0")
        kept_stamps = self.answer("timestamp", "timestamp", proof, record=kept)["stamps"]
        self.assertEqual([(s["tree_size"], s["verified"]) for s in kept_stamps], [(1, False)])
        compared = self.answer("compare-logs", "compare-logs", kept, self.folder / "mirror")
        self.assertEqual(compared["relation"], "consistent")
    def test_redact_and_receipts(self):
        hiding = self.folder / "hiding"
        sheets = self.folder / "to-hide"
        subprocess.run([SHEETFORGE, "--election", MADE_UP / "election.toml", "--classes", "D", sheets], check=True, capture_output=True)
        picture = sheets / "D-lowres-00000.jpg"
        self.assertEqual(run("-C", hiding, "init", "--election", MADE_UP / "election.toml")[0], 0)
        self.assertEqual(run("-C", hiding, "add", picture)[0], 0)
        sha256 = hashlib.sha256(picture.read_bytes()).hexdigest()

        def redact(*words):
            answer = self.answer("redaction", "redact", *words, record=hiding)
            self.assertEqual(answer["action"], words[0])
            return answer

        self.assertEqual(redact("commit")["pictures"], 1)
        for name in ("ana", "luis"):
            redact("person", redact("key", name, "--key", self.folder / name)["vkey"])
        mask = self.folder / "mask.toml"
        proposed = redact("propose", sha256, "--mask", mask)
        self.assertEqual(redact("preview", sha256, "--mask", mask)["mask"], proposed["mask"])
        self.assertEqual(redact("status")["waiting"], [sha256])
        for name in ("ana", "luis"):
            approved = redact("approve", sha256, "--mask", mask, "--key", self.folder / name)
            self.assertEqual((approved["approved"], approved["mask"]), (name == "luis", proposed["mask"]))
        self.assertEqual(redact("make")["there"], 1)
        self.assertEqual(redact("status")["made"], 1)
        subprocess.run([SHEETFORGE, "--election", MADE_UP / "election.toml", "--classes", "D", "--first", "1", sheets], check=True,
                       capture_output=True)
        self.assertEqual(run("-C", hiding, "add", sheets / "D-lowres-00001.jpg")[0], 0)
        redact("commit")
        to_do = self.folder / "to-do"

        def of_all(action, *words):
            answer = self.answer("redaction", "redact", action, "--all", to_do, *words, record=hiding)
            self.assertEqual(answer["action"], f"{action}-all")
            return answer

        self.assertEqual([of_all("propose")["done"] for _ in (1, 2)], [1, 0], "what people may have corrected stays")
        self.assertEqual(sorted(p.suffix for p in to_do.iterdir()), [".jpg", ".toml"])
        (to_do / "other.toml").write_text("hide = 1\n")
        self.assertEqual([of_all("approve", "--key", self.folder / name)["approved"] for name in ("ana", "luis")], [0, 1])
        self.assertEqual([p["file"] for p in of_all("approve", "--key", self.folder / "ana")["passed_over"]], ["other.toml"])
        redact("withdraw", "ana")
        receipt, key = self.folder / "court.receipt", hiding / "log" / "log.vkey"
        given = self.answer("proof", "receipt", sha256, "--court", "--out", receipt, record=hiding)
        self.assertEqual(given["text"], receipt.read_text())
        self.answer("proof", "proof", "0", record=hiding)
        self.answer("proof", "proof", "--all", self.folder / "proofs", record=hiding)
        checked = self.answer("receipt", "verify-receipt", receipt, picture, "--key", key)
        self.assertEqual((checked["holder"], checked["file"]), ("court", True))
        self.assertEqual(self.answer("receipt", "verify-original", picture, receipt, "--key", key)["cells"], proposed["cells"])
        self.assertEqual(self.answer("receipt", "verify-receipt", receipt, mask, "--key", key, code=13)["flaw"], "file")

    def test_keys_seal_and_withhold(self):
        keyed, keys = self.folder / "keyed", [self.folder / "g1.key", self.folder / "g2.key"]
        shown = [self.answer("key", "key", "new", f"g{i}", "--key", file)["vkey"] for i, file in enumerate(keys)]
        definition = self.folder / "keyed-definition"
        definition.mkdir()
        shutil.copy(MADE_UP / "roster.csv", definition)
        (definition / "election.toml").write_text(
            (MADE_UP / "election.toml").read_text() + f"\n[guardians]\nneeded = 2\nkeys = {json.dumps(shown)}\n")
        self.assertEqual(run("-C", keyed, "init", "--election", definition / "election.toml")[0], 0)
        sheets = self.folder / "keyed-sheets"
        subprocess.run([SHEETFORGE, "--election", MADE_UP / "election.toml", "--returns", MADE_UP / "returns.csv", "--classes", "A",
                        "--count", "1", sheets], check=True, capture_output=True)
        (picture,) = [f for f in sheets.iterdir() if f.suffix in (".png", ".jpg")]
        self.assertEqual(run("-C", keyed, "add", picture)[0], 0)
        digest = hashlib.sha256(picture.read_bytes()).hexdigest()
        self.assertEqual(self.answer("withhold", "withhold", digest, "--reason", "court-order", record=keyed)["picture"], digest)
        self.answer("station", "show", digest, record=keyed)
        rotated = self.answer("key", "key", "rotate", record=keyed)
        self.assertNotEqual(rotated["old"], rotated["next"])
        self.answer("key", "key", "revoke", "--from", str(rotated["tree_size"]), "--out", self.folder / "statement", record=keyed)
        for file in keys:
            self.answer("key", "key", "sign", self.folder / "statement", "--key", file)
        taken = self.answer("key", "key", "take", self.folder / "statement", record=keyed)
        self.assertEqual(taken["old"], rotated["next"])
        listed = self.answer("key", "key", "list", record=keyed)["keys"]
        self.assertEqual([k["standing"] for k in listed], ["replaced", "bad", "in-force", "in-force", "in-force"])
        sealed = self.answer("seal", "seal", record=keyed)
        verified = self.answer("verification", "verify", keyed)
        self.assertEqual((verified["sealed"], verified["root"]), (sealed["tree_size"] - 1, sealed["root"]))
        self.assertEqual((len(verified["keys"]), len(verified["withheld"])), (3, 1))

    def test_every_schema_is_held_against_an_answer(self):
        here = pathlib.Path(__file__).read_text()
        for schema in (ROOT / "schema").glob("*.json"):
            self.assertRegex(here, f'"{schema.stem}([.]json)?"', f"{schema.name}: no test here")

    def test_an_empty_record_has_no_leader(self):
        fresh = self.folder / "fresh"
        self.assertEqual(run("-C", fresh, "init", "--election", MADE_UP / "election.toml")[0], 0)
        judged = self.answer("judgement", "judge", record=fresh)
        self.assertFalse(judged["outcome"]["decided"])
        self.answer("tally", "tally", record=fresh)
        self.answer("status", "status", record=fresh)
        self.answer("findings", "findings", record=fresh)

    def test_model_of_the_missing(self):
        self.assertNotIn("model", self.answer("judgement", "judge"))
        model = self.answer("judgement", "judge", "--model")["model"]
        self.assertEqual(model["stations_missing"], 51)
        self.assertLessEqual(sum(model["votes"].values()), model["valid"] + 4)

    def test_forensics(self):
        record = self.folder / "forensics"
        shutil.copytree(self.record, record)
        self.assertEqual(run("-C", record, "forensics", "--json")[0], 3, "nothing runs that was not registered")
        first = self.answer("forensics-plan", "forensics", "register", "--test", "ties", record=record)
        self.assertEqual(first["tests"], ["ties"])
        plan = self.answer("forensics-plan", "forensics", "register", "--seed", "dice", "--past", MADE_UP / "past-returns.csv",
                           record=record)
        self.assertEqual((plan["past"], plan["seed"], plan["returns_before"]), (1, "dice", 322))
        answer = self.answer("forensics", "forensics", record=record)
        self.assertEqual(answer["plan"]["earlier_plans"], 1)
        self.assertEqual(answer["plan"]["past"][0]["stations"], 300)
        self.assertEqual(answer["hypotheses"], 14)
        by_test = {(r["test"], r["option"]): r for r in answer["results"]}
        self.assertEqual(by_test["first-digit", None]["reason"], "sizes-are-capped")
        self.assertEqual(by_test["last-digit", "ALBA"]["reason"], "machine-made-counts")
        whole = by_test["integer-percent", "ALBA"]
        self.assertTrue(whole["stands_out"], "the generator lays turnouts down as whole percentages")
        self.assertLessEqual(float(whole["p"]), float(whole["adjusted_p"]))
        even = by_test["homogeneity", "ALBA"]
        self.assertEqual((even["standing"], len(even["past"]), even["p"]), ("tested", 1, even["past"][0]["p"]))
        self.assertIsNone(by_test["second-digit", "ALBA"]["p"])
        self.assertEqual(answer, self.answer("forensics", "forensics", record=record), "the same again")
        only = self.answer("forensics", "forensics", "--plan", first["entry"], record=record)
        self.assertEqual({r["test"] for r in only["results"]}, {"ties"})

    def read_as(self, election, picture, *words):
        code, text = run("read", "--json", "--election", ROOT / "elections" / election / "election.toml", picture, *words)
        self.assertEqual(code, 0, text)
        answer = json.loads(text)
        jsonschema.validate(answer, json.loads((ROOT / "schema" / "reading.json").read_text()))
        return answer

    def test_read_of_a_form(self):
        form = ROOT / "elections" / "hn-2025" / "generated-form.jpg"
        cut = self.folder / "cut"
        answer = self.read_as("hn-2025", form, "--boxes", cut)
        self.assertEqual(answer["status"], "identified")
        self.assertEqual(answer["station"], answer["payload"][:4] + "." + answer["payload"][4:9])
        self.assertIsNone(answer["votes"], "what the code does not say is unknown, not zero")
        rows = answer["form"]["rows"]
        self.assertEqual([len(row["boxes"]) for row in rows], [3] * 8)
        for row in rows:
            for file in (row["boxes_file"], row["words_file"]):
                self.assertEqual((cut / file).read_bytes()[:8], b"\x89PNG\r\n\x1a\n")
        self.assertEqual(len(list(cut.iterdir())), 16)
        self.assertNotIn("boxes_file", self.read_as("hn-2025", form)["form"]["rows"][0])
        self.assertEqual(self.read_as("made-up", form)["status"], "not-a-sheet")
        self.assertEqual(self.read_as("hn-2025", MADE_UP / "roster.csv")["reason"], "not-a-picture")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
