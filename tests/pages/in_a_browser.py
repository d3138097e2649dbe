# SPDX-License-Identifier: Apache-2.0
"""What tests of pages share: a real browser that touches no network, and how well a page can be read."""
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

# Contrast of every text with what lies behind it, by WCAG 2.1; returns those below 4.5 (3 for large text).
CONTRAST = """
const light = ([r, g, b]) => { const f = c => { c /= 255; return c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; };
  return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
const rgb = s => (s.match(/[\\d.]+/g) || []).map(Number);
const behind = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
  if (c.length === 3 || c[3] > 0.99) return c; } return [255, 255, 255]; };
const bad = [];
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const text = walk.currentNode, e = text.parentElement;
  if (!text.data.trim() || e.closest('svg, script, style') || !e.getClientRects().length) continue;
  const style = getComputedStyle(e), a = light(rgb(style.color)), b = light(behind(e));
  const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
  if (ratio < (large ? 3 : 4.5)) bad.push(text.data.trim().slice(0, 40) + ' ' + ratio.toFixed(2));
}
return bad;
"""


def chromium(folder):
    """A browser whose profile lies in `folder`. To be quit."""
    options = webdriver.ChromeOptions()
    for flag in ("headless=new", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run",
                 "disable-background-networking", "disable-component-update", "disable-sync",
                 "disable-dev-shm-usage", f"user-data-dir={folder}/profile"):
        options.add_argument("--" + flag)
    options.binary_location = "/usr/bin/chromium"
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
