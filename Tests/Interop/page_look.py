"""What must hold of every page, in every size and both colour schemes; pictures for people."""

import os
import pathlib
import re

import axe_playwright_python

AXE = pathlib.Path(axe_playwright_python.__file__).with_name("axe.min.js")
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
SCHEMES = ("light", "dark")
# The narrowest a page is read at: a phone of 320 px, or 1280 px at 400 %. WCAG 2.2 §1.4.10.
NARROW = (320, 640)
# Least size of what a finger or a pointer must hit, in px. WCAG 2.2 §2.5.8 and §2.5.5.
TARGET = {"desktop": 24, "phone": 44}

MEASURE = """least => {
  const found = [];
  const name = element => element.localName + (element.id ? "#" + element.id : "")
    + " " + JSON.stringify((element.innerText || element.value || "").trim().slice(0, 40));
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} px wide`);
  const scrolls = element => {
    for (let up = element.parentElement; up; up = up.parentElement)
      if (/auto|scroll|hidden/.test(getComputedStyle(up).overflowX) && up !== root
          && up !== document.body) return true;
    return false;
  };
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height || element.closest(".hidden, .skip, svg")) continue;
    if ((box.right > innerWidth + 1 || box.left < -1) && !scrolls(element))
      found.push(`${name(element)} reaches from ${box.left} to ${box.right}`);
    if (element.children.length === 0 && element.scrollWidth > element.clientWidth + 1
        && getComputedStyle(element).display !== "inline" && element.clientWidth > 0
        && !element.matches("input, select, option") && !scrolls(element))
      found.push(`${name(element)} is cut`);
  }
  for (const element of document.querySelectorAll(
      "a[href], button, summary, select, input:not([type=hidden])")) {
    const inText = element.localName === "a" && getComputedStyle(element).display === "inline";
    const box = (element.closest("label") || element).getBoundingClientRect();
    if (inText || !box.width || element.closest(".skip")) continue;
    if (box.height < least || box.width < Math.min(least, 24))
      found.push(`${name(element)} is ${box.width} x ${box.height} px, less than ${least}`);
  }
  return found;
}"""

OUTLINE = """() => ({
  language: document.documentElement.lang,
  title: document.title,
  headings: [...document.querySelectorAll("h1")].map(heading => heading.innerText),
  alerts: [...document.querySelectorAll("[role=alert]")].map(alert => alert.innerText),
  scripts: [...document.querySelectorAll("[onclick], [onload], [onsubmit]")].length,
  positive: [...document.querySelectorAll("[tabindex]")].filter(each => each.tabIndex > 0).length,
  stops: [...document.querySelectorAll(
      "a[href], button, summary, select, textarea, input:not([type=hidden]), [tabindex='0']")]
    .filter(each => !each.disabled && each.checkVisibility()).length,
})"""


class Looks:
    """Looks at pages, remembers which, and collects what is wrong with them."""

    def __init__(self, browser):
        folder = os.environ.get("PAGES_DIR")
        self.folder = pathlib.Path(folder) if folder else None
        if self.folder:
            self.folder.mkdir(parents=True, exist_ok=True)
        # axe-core needs scripts; the pages it judges were rendered without.
        self.context = browser.new_context(ignore_https_errors=True)
        self.judge = self.context.new_page()
        self.seen = {}
        self.problems = []

    def close(self):
        self.context.close()

    def verdict(self):
        problems, self.problems = self.problems, []
        assert not problems, "\n".join(problems)

    def wrong(self, name, found):
        self.problems += [f"{name}: {each}" for each in found]

    def check(self, name, holds, otherwise):
        if not holds:
            self.wrong(name, [otherwise])

    def at(self, keys, page, state="", *, heading, focus=None, error=None, alert=None):
        """Judges the page on show.

        focus: name of the control that must have the focus as the page opens.
        error: what a field is wrong about; it must be announced and bound to the focused field.
        alert: what else must be announced.
        """
        name = f"{page}-{state}" if state else page
        assert name not in self.seen, f"{name} is looked at twice"
        self.seen[name] = page
        outline = keys.page.evaluate(OUTLINE)
        self.outline(outline, name, heading, error or alert)
        first = keys.focused()
        if focus is not None:
            self.check(name, first and first["name"].startswith(focus) and first["ring"],
                       f"the focus should be seen on {focus!r}, not {first}")
        if error is not None:
            self.check(name, first and first["invalid"] and error in first["described"],
                       f"{error!r} is not bound to {first}")
        self.sizes(keys.page, name)
        self.order(keys, name, outline["stops"])
        self.axe(keys, name)
        if focus is not None:
            keys.reach(focus)

    def outline(self, found, name, heading, announced):
        self.check(name, found["language"] == "en" and found["title"], found)
        self.check(name, found["headings"] == [heading], f"headings {found['headings']}")
        self.check(name, not found["scripts"] and not found["positive"], found)
        alerts = found["alerts"]
        if announced is None:
            self.check(name, not alerts, f"alerts {alerts}")
        else:
            self.check(name, any(announced in alert for alert in alerts), f"alerts {alerts}")

    def sizes(self, page, name):
        """Measured in every size, the narrowest and with enlarged letters; pictures of four."""
        for size in SIZES:
            self.resize(page, SIZES[size])
            self.wrong(f"{name}, {size}", page.evaluate(MEASURE, TARGET[size]))
            for scheme in SCHEMES:
                self.picture(page, f"{name}-{size}", scheme)
        self.resize(page, NARROW)
        self.wrong(f"{name}, {NARROW[0]} px", page.evaluate(MEASURE, 24))
        self.picture(page, f"{name}-narrow", "light")
        self.resize(page, SIZES["desktop"])
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        self.check(name, size >= 32, f"letters stay at {size} px when the reader enlarges them")
        self.wrong(f"{name}, letters of 200 %", page.evaluate(MEASURE, 24))
        self.picture(page, f"{name}-large", "light")
        page.evaluate("document.documentElement.removeAttribute('style')")

    def picture(self, page, name, scheme):
        if not self.folder:
            return
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=self.folder / f"{name}-{scheme}.png", full_page=True)

    @staticmethod
    def resize(page, size):
        page.set_viewport_size({"width": size[0], "height": size[1]})

    def order(self, keys, name, expected):
        """A round of Tab meets everything once, in the order of the page, and shows where it is."""
        stops = keys.walk()
        numbers = [stop["number"] for stop in stops]
        names = [stop["name"] for stop in stops]
        self.check(name, numbers == sorted(set(numbers)), f"the order of Tab is {names}")
        self.check(name, len(stops) == expected, f"Tab meets {len(stops)} of {expected}: {names}")
        for stop in stops:
            self.check(name, stop["name"] and stop["ring"] and stop["seen"],
                       f"nobody sees the focus: {stop}")

    def axe(self, keys, name):
        """axe-core finds nothing to complain about, in either scheme."""
        markup = re.sub(r"<script.*?</script>", "", keys.page.content(), flags=re.DOTALL)
        markup = markup.replace("noscript>", "div>")
        address = keys.page.url.partition("#")[0]
        self.judge.route(
            address, lambda route: route.fulfill(content_type="text/html", body=markup))
        self.judge.goto(address)
        self.judge.unroute(address)
        self.judge.evaluate(AXE.read_text() + ";0")
        for scheme in SCHEMES:
            self.judge.emulate_media(color_scheme=scheme)
            chosen = ("tag", AXE_RULES) if scheme == "light" else ("rule", ["color-contrast"])
            found = self.judge.evaluate(
                "options => axe.run(document, options)", {
                    "runOnly": {"type": chosen[0], "values": chosen[1]},
                    "resultTypes": ["violations"]})
            self.wrong(f"{name}, {scheme}", [
                f"{each['id']}: {node['html']} {node['failureSummary']}"
                for each in found["violations"] for node in each["nodes"]])
