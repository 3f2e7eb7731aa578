"""A person with a browser that runs no JavaScript."""

import html.parser
import urllib.parse

import requests

STEP_LIMIT = 10


class Form:
    def __init__(self, attributes, page_url):
        self.action = urllib.parse.urljoin(page_url, attributes.get("action") or page_url)
        self.method = (attributes.get("method") or "get").lower()
        self.fields = {}
        self.kinds = {}
        self.submits = []


class FormReader(html.parser.HTMLParser):
    """Collects the forms of a page with the values their fields start with."""

    def __init__(self, page_url):
        super().__init__()
        self.page_url = page_url
        self.forms = []
        self.open = None

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "form":
            self.open = Form(attributes, self.page_url)
            self.forms.append(self.open)
        elif self.open is not None and tag in ("input", "button"):
            self.field(tag, attributes)

    def field(self, tag, attributes):
        kind = (attributes.get("type") or ("submit" if tag == "button" else "text")).lower()
        name, value = attributes.get("name"), attributes.get("value") or ""
        if kind == "submit":
            self.open.submits.append((name, value))
        elif name and (kind not in ("checkbox", "radio") or "checked" in attributes):
            self.open.fields[name] = value
            self.open.kinds[name] = kind

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None


def forms(text, page_url):
    reader = FormReader(page_url)
    reader.feed(text)
    return reader.forms


class Browser:
    """Keeps cookies, follows redirects, and fills in what a page asks for."""

    def __init__(self, ca):
        self.session = requests.Session()
        self.session.verify = ca
        self.pages = []

    def sign_in(self, url, redirect_uri, *, account, password):
        """Walks from an authorization URL to the app.

        Returns the parameters the app receives, by query, fragment or form post.
        """
        request = ("get", url, None)
        for _ in range(STEP_LIMIT):
            method, address, fields = request
            if address.startswith(redirect_uri):
                return dict(fields or received(address))
            response = self.session.request(
                method, address, data=fields if method == "post" else None,
                params=fields if method == "get" else None, allow_redirects=False, timeout=30)
            self.pages.append((address, response.status_code))
            if response.is_redirect:
                request = ("get", urllib.parse.urljoin(address, response.headers["Location"]), None)
                continue
            assert response.status_code == 200, f"{response.status_code}: {response.text[:2000]}"
            request = self.filled(response, account, password)
        raise AssertionError(f"no end after {STEP_LIMIT} pages: {self.pages}")

    @staticmethod
    def filled(response, account, password):
        found = forms(response.text, response.url)
        assert found, f"a page without a form: {response.text[:2000]}"
        # The form that asks for something; a page may also offer to go back or to another account.
        form = next(
            (form for kind in ("password", "email", "text") for form in found
             if kind in form.kinds.values()), found[0])
        for name, kind in form.kinds.items():
            if kind in ("text", "email"):
                form.fields[name] = account
            elif kind == "password":
                form.fields[name] = password
        named = [submit for submit in form.submits if submit[0]]
        if named:
            form.fields[named[0][0]] = named[0][1]
        return form.method, form.action, form.fields


def received(address):
    parts = urllib.parse.urlsplit(address)
    return urllib.parse.parse_qsl(parts.query or parts.fragment, keep_blank_values=True)
