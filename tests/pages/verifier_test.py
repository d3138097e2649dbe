#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The second verifier's page in a real browser: takes a bundle as folder or tar, says the verdict in both languages, sends nothing.

    verifier_test.py PROGRAM
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

from in_a_browser import CONTRAST, chromium

PROGRAM = sys.argv[1]
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MADE_UP = ROOT / "elections" / "made-up"


class VerifierPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        record = cls.folder / "record"
        for step in [("init", "--election", MADE_UP / "election.toml"),
                     ("import", MADE_UP / "returns.csv", "--source", "volunteers"),
                     ("publish", cls.folder / "bundle", "--bundle"), ("publish", cls.folder / "bundle.tar")]:
            subprocess.run([PROGRAM, "-C", record, *map(str, step)], check=True, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
        cls.key = (record / "log" / "log.vkey").read_text().strip()
        # As somebody finds it: the page that came along with the bundle.
        cls.page = cls.folder / "bundle" / "verifier" / "dist" / "verifier.html"
        altered = cls.folder / "altered"
        shutil.copytree(cls.folder / "bundle", altered)
        table = altered / "data" / "returns.csv"
        table.write_bytes(table.read_bytes().replace(b",275,", b",975,", 1))
        cls.browser = chromium(cls.folder)

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()
        shutil.rmtree(cls.folder, ignore_errors=True)

    def js(self, code, *words):
        return self.browser.execute_script(code, *words)

    def open(self, width=1200, scheme="light"):
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                     {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600})
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia",
                                     {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
        self.browser.get(self.page.as_uri())

    def verdict(self, which, path, key=None):
        """Exit code that the page shows for what is chosen there."""
        self.js("document.getElementById('key').value = arguments[0]", key or "")
        self.js("document.getElementById(arguments[0]).hidden = false", which)
        self.browser.find_element("id", which).send_keys(str(path))
        for _ in range(200):
            shown = self.js("const v = document.getElementById('verdict'); return v.hidden ? null : v.dataset.exit")
            if shown is not None:
                return int(shown)
            time.sleep(0.05)
        self.fail("no verdict in ten seconds")

    def test_folder_and_tar_hold(self):
        for which, path in (("folder", self.folder / "bundle"), ("tar", self.folder / "bundle.tar")):
            self.open()
            self.assertEqual(self.verdict(which, path, self.key), 0, self.js("return document.body.innerText"))

    def test_altered_table_does_not_hold_and_it_says_so_in_both_languages(self):
        self.open()
        self.assertEqual(self.verdict("folder", self.folder / "altered", self.key), 15)
        self.js("if (document.documentElement.lang !== 'en') document.getElementById('language').click()")
        text = self.js("return document.body.innerText")
        self.assertIn("It does NOT hold: level 5.", text)
        self.assertIn("data/returns.csv", text)
        self.js("document.getElementById('language').click()")
        self.assertIn("NO se sostiene: nivel 5.", self.js("return document.body.innerText"))

    def test_another_key_does_not_hold_and_nonsense_is_no_key(self):
        self.open()
        other = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
        self.assertEqual(self.verdict("tar", self.folder / "bundle.tar", other), 10)
        self.open()
        self.assertEqual(self.verdict("tar", self.folder / "bundle.tar", "nonsense"), 3)

    def test_without_a_key_it_says_that_this_proves_little(self):
        self.open()
        self.assertEqual(self.verdict("tar", self.folder / "bundle.tar"), 0)
        self.js("if (document.documentElement.lang !== 'en') document.getElementById('language').click()")
        self.assertIn("the key was taken from the bundle itself", self.js("return document.body.innerText"))

    def test_asks_for_nothing_and_complains_of_nothing(self):
        self.open()
        self.verdict("tar", self.folder / "bundle.tar", self.key)
        self.assertEqual(self.js("return performance.getEntriesByType('resource').map(r => r.name)"), [])
        self.assertEqual([e for e in self.browser.get_log("browser") if e["level"] in ("SEVERE", "WARNING")], [])

    def test_fits_a_phone_and_can_be_read_in_the_dark_and_in_the_light(self):
        for scheme in ("light", "dark"):
            self.open(360, scheme)
            self.verdict("folder", self.folder / "altered", self.key)
            self.assertLessEqual(self.js("return document.documentElement.scrollWidth - innerWidth"), 0)
            self.assertEqual(self.js(CONTRAST), [], scheme)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
