#!/usr/bin/python3
"""The bundled example is what its generator makes of its seed, byte for byte."""
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class MadeUp(unittest.TestCase):
    def test_comes_out_of_its_seed(self):
        with tempfile.TemporaryDirectory() as name:
            subprocess.run([ROOT / "tools" / "made_up_election", name], check=True)
            kept = ROOT / "elections" / "made-up"
            made = sorted(p.relative_to(name) for p in pathlib.Path(name).rglob("*") if p.is_file())
            self.assertEqual(made, sorted(p.relative_to(kept) for p in kept.rglob("*")
                                          if p.is_file() and p.name != "README.md"))
            for file in made:
                self.assertEqual((pathlib.Path(name) / file).read_bytes(), (kept / file).read_bytes(), file)


if __name__ == "__main__":
    unittest.main()
