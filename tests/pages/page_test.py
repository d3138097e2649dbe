#!/usr/bin/python3
"""The pages in a real browser: loads alone, fits a phone, speaks both languages, can be read by everybody.

    page_test.py PROGRAM
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from in_a_browser import CONTRAST, chromium

PROGRAM = sys.argv[1]
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MADE_UP = ROOT / "elections" / "made-up"


class Page(unittest.TestCase):
    # What makes the page, once the returns and claims are on record.
    making = [("judge", "--lang", "en", "--page")]

    pictures = 6  # more than so many
    before = []  # what is done before any return is known

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        record = cls.folder / "record"
        cls.page = cls.folder / "page.html"
        steps = [("init", "--election", MADE_UP / "election.toml"),
                 *cls.before, ("import", MADE_UP / "returns.csv", "--source", "volunteers"),
                 ("import", MADE_UP / "returns-observers.csv", "--source", "observers"),
                 *(("claim", c) for c in sorted((MADE_UP / "claims").glob("*.toml"))),
                 *cls.making[:-1], (*cls.making[-1], cls.page)]
        for step in steps:
            subprocess.run([PROGRAM, "-C", record, *map(str, step)], check=True, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
        cls.browser = chromium(cls.folder)

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()
        shutil.rmtree(cls.folder, ignore_errors=True)

    def open(self, width=1200, scheme="light"):
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                     {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600})
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia",
                                     {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
        self.browser.get(self.page.as_uri())

    def js(self, code):
        return self.browser.execute_script(code)

    def test_loads_alone_and_without_complaint(self):
        self.open()
        self.assertEqual([e for e in self.browser.get_log("browser") if e["level"] in ("SEVERE", "WARNING")], [])
        self.assertEqual(self.js("return performance.getEntriesByType('resource').map(r => r.name)"), [])

    def test_fits_every_width(self):
        for width in (360, 600, 1200):
            self.open(width)
            over = self.js("return document.documentElement.scrollWidth - innerWidth")
            self.assertLessEqual(over, 0, f"{width} px wide: scrolls sideways")

    def test_has_a_verdict_in_both_languages(self):
        self.open()
        shown = "return document.body.innerText"
        self.assertIn("Alba Rey is ahead by at least 10,526 votes", self.js(shown))
        self.assertNotIn("va adelante", self.js(shown))
        clicked = self.js("const e = [...document.querySelectorAll('a, label, button')].find(e => e.textContent.trim() "
                          "=== 'Español'); e.click(); return e.tagName")
        self.assertTrue(clicked)
        self.assertIn("va adelante por al menos 10.526 votos", self.js(shown))
        self.assertNotIn("is ahead by at least", self.js(shown))

    def test_pictures_say_what_they_show(self):
        self.open()
        unnamed = self.js("return [...document.querySelectorAll('svg')].filter(s => !s.querySelector('title') && "
                          "!s.getAttribute('aria-label') && s.getAttribute('aria-hidden') !== 'true').length")
        self.assertEqual(unnamed, 0)
        self.assertGreater(self.js("return document.querySelectorAll('svg').length"), self.pictures)

    def test_headings_do_not_skip_a_level(self):
        self.open()
        levels = self.js("return [...document.querySelectorAll('h1,h2,h3,h4')].filter(h => h.getClientRects().length)"
                         ".map(h => +h.tagName[1])")
        self.assertEqual(levels[0], 1)
        self.assertEqual(levels.count(1), 1)
        for before, after in zip(levels, levels[1:]):
            self.assertLessEqual(after - before, 1, levels)

    def test_can_be_read_in_the_dark_and_in_the_light(self):
        for scheme in ("light", "dark"):
            self.open(scheme=scheme)
            self.js("document.querySelectorAll('details').forEach(d => d.open = true)")
            self.assertEqual(self.js(CONTRAST), [], scheme)


class ExplainedPage(Page):
    making = [("forensics", "register", "--past", MADE_UP / "past-returns.csv"), ("forensics", "--lang", "en", "--page")]
    pictures = 6

    def test_has_a_verdict_in_both_languages(self):
        self.open()
        shown = "return document.body.innerText"
        self.assertIn("What it cannot tell", self.js(shown))
        self.assertNotIn("Qué no puede decir", self.js(shown))
        self.js("[...document.querySelectorAll('label')].find(e => e.textContent.trim() === 'Español').click()")
        self.assertIn("Qué no puede decir", self.js(shown))
        self.assertNotIn("What it cannot tell", self.js(shown))

    def test_no_words_of_a_plot_leave_it(self):
        for width, language in ((360, "en"), (360, "es"), (1200, "en")):
            self.open(width)
            self.js(f"document.getElementById('show-{language}').click()")
            cut = self.js("return [...document.querySelectorAll('figure svg text')].filter(t => { const r = t.getBoundingClientRect();"
                          " return r.width && (r.left < -1 || r.right > innerWidth + 1); }).map(t => t.textContent)")
            self.assertEqual(cut, [], f"{width} px wide, {language}")


class AuditPlanPage(ExplainedPage):
    making = [("audit", "plan", "--of", "ballots", "--trials", "50", "--lang", "en", "--page")]
    pictures = 1


class AuditTrialsPage(ExplainedPage):
    making = [("audit", "simulate", "--errors", "0.02", "--trials", "50", "--lang", "en", "--page")]
    pictures = 3


class AuditRiskPage(ExplainedPage):
    making = [("audit", "plan", "apart", "--of", "ballots", "--method", "product", "--strata", "region", "--trials", "20"),
              ("audit", "draw", "apart", "--seed", "516324", "--draws", "40"), ("audit", "report", "apart", "--lang", "en", "--page")]
    pictures = 1


class QuickCountPage(ExplainedPage):
    before = [("quick-count", "plan", "night", "--size", "60"), ("quick-count", "draw", "night", "--seed", "4711")]
    making = [("quick-count", "report", "night", "--lang", "en", "--page")]
    pictures = 3


class FoundPage(ExplainedPage):
    making = [("quick-count", "report", "--lang", "en", "--page")]
    pictures = 4


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
