"""A person who has no mouse and whose browser runs no script: a real Chromium, driven by keys."""

import http.server
import threading
import urllib.parse

STOP_LIMIT = 400

# What has the focus, as the person meets it; null while nothing has.
FOCUSED = """() => {
  const shown = text => (text || "").replace(/\\s+/g, " ").trim();
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const labels = [...(element.labels || [])].map(label => label.innerText).join(" ");
  const all = [...document.querySelectorAll("*")];
  return {
    number: all.indexOf(element), tag: element.localName, type: element.type || "",
    name: shown(element.getAttribute("aria-label") || labels || element.innerText
                || element.value || element.placeholder || element.id),
    value: element.value || "",
    invalid: element.getAttribute("aria-invalid") === "true",
    described: (element.getAttribute("aria-describedby") || "").split(" ").filter(Boolean)
      .map(id => shown(document.getElementById(id)?.innerText)).join(" "),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
      && style.outlineColor !== "rgba(0, 0, 0, 0)",
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
      && box.width > 0 && box.height > 0,
  };
}"""


class Apps:
    """Every app of the tenant, at one address. Greets whoever comes and notes what they bring."""

    def __init__(self):
        self.received = []
        apps = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                size = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(size).decode()
                if self.path == "/favicon.ico":
                    return self.send_error(404)
                apps.received.append((self.command, self.path, body))
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(b"<!doctype html><title>The app</title>")

            do_POST = do_GET

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("localhost", 0), Handler)
        self.address = f"http://localhost:{self.server.server_port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def last(self, path):
        """The method and parameters of the last request, which must be for this path."""
        method, target, body = self.received[-1]
        parts = urllib.parse.urlsplit(target)
        assert parts.path == path, self.received[-1]
        return method, dict(urllib.parse.parse_qsl(body or parts.query))


class Keyboard:
    """One browser window; its cookies live as long as it does."""

    def __init__(self, browser):
        self.context = browser.new_context(
            java_script_enabled=False, ignore_https_errors=True, reduced_motion="reduce")
        self.context.set_default_timeout(15_000)
        self.page = self.context.new_page()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()

    def open(self, url):
        return self.page.goto(url)

    def focused(self):
        return self.page.evaluate(FOCUSED)

    def press(self, key):
        self.page.keyboard.press(key)

    def reach(self, name, tags=("a", "button", "summary", "input", "select")):
        """Tabs on until the control of this name has the focus."""
        met = []
        for _ in range(STOP_LIMIT):
            stop = self.focused()
            if stop and stop["name"].startswith(name) and stop["tag"] in tags:
                return stop
            if stop and met.count(stop["number"]) > 1:
                break
            met.append(stop and stop["number"])
            self.press("Tab")
        raise AssertionError(f"no way to {name!r} by Tab at {self.page.url}")

    def write(self, name, text):
        """Into the field of this name, over what stands there."""
        self.reach(name, tags=("input",))
        self.press("Control+A")
        self.page.keyboard.insert_text(text)

    def enter(self, key="Enter"):
        """Presses a key that leads to another page."""
        with self.page.expect_navigation():
            self.press(key)

    def choose(self, name):
        """Reaches a button or link and presses it."""
        self.reach(name)
        self.enter()

    def answer(self, name, text):
        """Fills in a field and sends its form from there."""
        self.write(name, text)
        self.enter()

    def heading(self):
        return self.page.evaluate("document.querySelector('h1')?.innerText ?? ''")

    def text(self, selector):
        return self.page.locator(selector).inner_text()

    def walk(self):
        """Every stop of a round of Tab, from the first one on the page."""
        stops = []
        for step in range(STOP_LIMIT):
            self.press("Tab")
            stop = self.focused()
            if (stop["number"] == stops[0]["number"]) if stop and stops else step > 2 and not stops:
                break
            if stop:
                stops.append(stop)
        else:
            raise AssertionError(f"Tab does not come round at {self.page.url}")
        first = min(range(len(stops)), key=lambda index: stops[index]["number"], default=0)
        return stops[first:] + stops[:first]
