"""A person whose browser stays open, and the browser that a desktop opens for an application."""

import re
import threading
import urllib.parse
import webbrowser

import requests

import people
from browser import Browser, forms

STEP_LIMIT = 12


class Visitor(Browser):
    """A person who keeps the browser open between sign-ins."""

    def __init__(self, sim):
        super().__init__(sim.ca)
        self.account, self.password, _ = people.employee(sim)

    def answer(self, flow):
        """The answer to a flow of MSAL's, by the pages if there are any."""
        return self.sign_in(
            flow["auth_uri"], flow["redirect_uri"], account=self.account, password=self.password)

    @staticmethod
    def filled(response, account, password):
        """As anybody fills in a page, and accepts what an application asks for."""
        assert forms(response.text, response.url), re.findall(r"AADSTS\d+", response.text)
        method, action, fields = Browser.filled(response, account, password)
        submits = {name for form in forms(response.text, response.url) for name, _ in form.submits}
        if "ucaccept" in submits:
            fields.pop("cancel", None)
            fields["ucaccept"] = "1"
        return method, action, fields

    def silently(self, address):
        """Where an authorization URL leads without anybody being asked; None for a page."""
        response = self.session.get(address, allow_redirects=False, timeout=30)
        if not response.is_redirect:
            return None
        parts = urllib.parse.urlsplit(response.headers["Location"])
        return dict(urllib.parse.parse_qsl(parts.query or parts.fragment))


class Screen(webbrowser.BaseBrowser):
    """What the standard library opens for an application: the person signs in on another thread,
    and the answer goes to the listener the application has opened on this machine."""

    def __init__(self, sim, decline=False):
        super().__init__("interop")
        self.visitor = Visitor(sim)
        self.decline = decline
        self.threads = []
        self.last = None

    def open(self, url, new=0, autoraise=True):
        address = url + "&prompt=none" if self.decline else url
        thread = threading.Thread(target=self.walk, args=(address,), daemon=True)
        thread.start()
        self.threads.append(thread)
        return True

    def walk(self, url):
        visitor, request = self.visitor, ("get", url, None)
        for _ in range(STEP_LIMIT):
            method, address, fields = request
            if address.startswith("http://localhost"):
                self.last = requests.request(method, address, data=fields, timeout=30)
                return
            response = visitor.session.request(
                method, address, data=fields, allow_redirects=False, timeout=30)
            if response.is_redirect:
                request = ("get", response.headers["Location"], None)
                continue
            found = forms(response.text, response.url)
            if found and found[0].action.startswith("http://localhost"):
                request = (found[0].method, found[0].action, found[0].fields)
            else:
                request = visitor.filled(response, visitor.account, visitor.password)


def shows(monkeypatch, screen):
    """Makes a screen the only browser of this process, as a desktop registers its own."""
    monkeypatch.setattr(webbrowser, "_browsers", {"interop": [None, screen]})
    monkeypatch.setattr(webbrowser, "_tryorder", ["interop"])
    return screen
