#!/usr/bin/python3
"""Every --json against its schema in schema/, and the fixed parts of the contract by name.

    schema_test.py PROGRAM
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import jsonschema

PROGRAM = sys.argv[1]
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
        jsonschema.validate(answer, json.loads((ROOT / "schema" / f"{schema}.json").read_text()))
        self.assertEqual(json.dumps(answer, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n", text,
                         "canonical, one line")
        return answer

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

    def test_verify(self):
        self.answer("verification", "verify")
        (self.empty / "roster.csv").write_text("station\n")
        self.answer("verification", "verify", record=self.empty, code=12)

    def test_an_empty_record_has_no_leader(self):
        fresh = self.folder / "fresh"
        self.assertEqual(run("-C", fresh, "init", "--election", MADE_UP / "election.toml")[0], 0)
        judged = self.answer("judgement", "judge", record=fresh)
        self.assertFalse(judged["outcome"]["decided"])
        self.answer("tally", "tally", record=fresh)
        self.answer("status", "status", record=fresh)
        self.answer("findings", "findings", record=fresh)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
