"""Sites with a log-in, unmodified: mozilla-django-oidc, the `identity` package of MSAL's makers, and
a script with requests-oauthlib. From nobody to a protected page, refreshed, and out again."""

import html
import os
import pathlib
import re
import signal
import subprocess
import sys
import urllib.parse

import pytest
import requests
from oauthlib.oauth2 import InvalidClientError, InvalidGrantError, MismatchingStateError
from requests_oauthlib import OAuth2Session

import apache
import people
from simulator import Simulator, copied_tenant
from test_msal import GRAPH_SCOPE
from tokens import discovery, validated
from visitor import Visitor

HERE = pathlib.Path(__file__).parent
APP, SECRET = "Interop Site", "interop-site-secret"
STEP_LIMIT = 15


class Site:
    """The Django site as a child process."""

    def __init__(self, sim, folder, port):
        app = sim.app(APP)
        self.base = f"http://localhost:{port}"
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "django_parties.py"), str(port),
             f"{sim.base}/{sim.tenant['id']}", app["clientId"], SECRET, str(folder)],
            cwd=HERE, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
            stderr=open(folder / "site.log", "w"),
            # The usual way to make a Python program trust a CA.
            env=os.environ | {"REQUESTS_CA_BUNDLE": sim.ca})
        self.folder = folder

    def __enter__(self):
        assert "ready" in self.process.stdout.readline(), self.log()
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        self.process.stdout.close()

    def log(self):
        return (self.folder / "site.log").read_text()[-4000:]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder, port = tmp_path_factory.mktemp("site"), apache.free_port()

    def add(fixture):
        fixture["applications"].append({
            "displayName": APP,
            "web": {"redirectUris": [
                f"http://localhost:{port}/{path}"
                for path in ("oidc/callback/", "identity/back", "script", "")]},
            "passwordCredentials": [{"displayName": "interop", "secretText": SECRET}],
            "oauth2PermissionGrants": [{
                "resource": "Microsoft Graph",
                "scope": "openid profile email offline_access User.Read"}]})

    with Simulator(folder / "sim", tenants=copied_tenant(folder, add)) as simulator:
        with Site(simulator, folder, port) as running:
            yield simulator, running


class Surfer(Visitor):
    """Follows redirects and the refreshing pages of sites, and signs in on the way."""

    def visit(self, address):
        """The page of the site that an address ends on, and the addresses on the way."""
        request, seen = ("get", address, None), []
        for _ in range(STEP_LIMIT):
            method, address, fields = request
            seen.append(address)
            page = self.session.request(
                method, address, data=fields, allow_redirects=False, timeout=30)
            refresh = re.search(r"http-equiv='refresh' content='0; URL=([^']*)'", page.text)
            if page.is_redirect:
                request = ("get", urllib.parse.urljoin(address, page.headers["Location"]), None)
            elif refresh:
                request = ("get", html.unescape(refresh.group(1)), None)
            elif address.startswith("http://"):
                return page, seen
            else:
                request = self.filled(page, self.account, self.password)
        raise AssertionError(seen)


def test_mozilla_django_oidc_signs_in_renews_and_signs_out(site):
    sim, running = site
    surfer = Surfer(sim)
    page, seen = surfer.visit(f"{running.base}/private")
    assert page.status_code == 200, running.log()
    assert page.json()["email"] == sim.user(surfer.account)["mail"]
    assert seen[-1] == f"{running.base}/private"
    # The session has grown old: the middleware asks with prompt=none, and nobody is asked.
    surfer.session.get(f"{running.base}/expire", timeout=30)
    page, seen = surfer.visit(f"{running.base}/private")
    assert page.status_code == 200
    assert any("prompt=none" in address for address in seen)
    assert not any("/login" in address for address in seen)
    token = surfer.session.cookies.get("csrftoken")
    out = surfer.session.post(
        f"{running.base}/oidc/logout/", data={"csrfmiddlewaretoken": token},
        allow_redirects=False, timeout=30)
    page, _ = surfer.visit(out.headers["Location"])
    assert page.json() == {"user": False}
    # Out at both: the next visit asks for the name again.
    first = surfer.session.get(f"{running.base}/private", timeout=30)
    assert 'name="login"' in first.text


def test_mozilla_django_oidc_ends_a_session_that_the_login_endpoint_no_longer_has(site):
    sim, running = site
    surfer = Surfer(sim)
    surfer.visit(f"{running.base}/private")
    surfer.session.get(f"{running.base}/expire", timeout=30)
    surfer.session.get(discovery(sim)["end_session_endpoint"], timeout=30)
    page, seen = surfer.visit(f"{running.base}/private")
    assert any("error=login_required" in address for address in seen)
    assert page.status_code == 403 and page.json() == {"failed": True}


def test_identity_signs_in_gets_a_token_and_signs_out(site):
    sim, running = site
    surfer = Surfer(sim)
    page, _ = surfer.visit(f"{running.base}/own")
    assert page.status_code == 200, running.log()
    assert page.json()["oid"] == people.employee(sim)[2]
    assert validated(sim, page.json()["token"], version="")["scp"].count("User.Read")
    again, seen = surfer.visit(f"{running.base}/own")
    assert again.json() == page.json() and len(seen) == 1
    page, seen = surfer.visit(f"{running.base}/identity/logout")
    assert any("/oauth2/logout" in address for address in seen), seen
    first = surfer.session.get(f"{running.base}/own", timeout=30)
    assert "refresh" in first.text


def test_identity_shows_what_the_login_endpoint_refused(site):
    sim, running = site
    surfer = Surfer(sim)
    first = surfer.session.get(f"{running.base}/own", timeout=30)
    address = html.unescape(re.search(r"URL=([^']*)'", first.text).group(1))
    page, _ = surfer.visit(address + "&prompt=none")
    assert "login_required" in page.text and "AADSTS50058" in page.text


def script(sim, running, **options):
    return OAuth2Session(
        sim.app(APP)["clientId"], redirect_uri=f"{running.base}/script",
        scope=["openid", "offline_access", *GRAPH_SCOPE], **options)


def authorized(sim, running, session):
    address, state = session.authorization_url(discovery(sim)["authorization_endpoint"])
    answer = Visitor(sim).answer({"auth_uri": address, "redirect_uri": session.redirect_uri})
    # What a server receives is the address, which the library takes apart.
    return f"https://localhost/script?{urllib.parse.urlencode(answer)}", state


def test_requests_oauthlib_with_a_basic_header_and_pkce(site, monkeypatch):
    sim, running = site
    # The answer's scopes are spelled as Entra spells them, in another order: its well-known remedy.
    monkeypatch.setenv("OAUTHLIB_RELAX_TOKEN_SCOPE", "1")
    session = script(sim, running, pkce="S256")
    address, _ = authorized(sim, running, session)
    token = session.fetch_token(
        discovery(sim)["token_endpoint"], authorization_response=address, client_secret=SECRET,
        include_client_id=None, verify=sim.ca)
    assert token["expires_in"] > 0
    assert validated(sim, token["id_token"], sim.app(APP)["clientId"])
    profile = session.get(discovery(sim)["userinfo_endpoint"], verify=sim.ca).json()
    assert profile["sub"]
    newer = session.refresh_token(
        discovery(sim)["token_endpoint"], verify=sim.ca,
        auth=(sim.app(APP)["clientId"], SECRET))
    assert newer["access_token"] != token["access_token"]
    with pytest.raises(InvalidGrantError, match="AADSTS54005"):
        session.fetch_token(
            discovery(sim)["token_endpoint"], authorization_response=address,
            client_secret=SECRET, verify=sim.ca)


def test_requests_oauthlib_hears_of_refusals(site):
    sim, running = site
    session = script(sim, running, pkce="S256")
    address, _ = authorized(sim, running, session)
    with pytest.raises(InvalidClientError, match="AADSTS7000215"):
        session.fetch_token(
            discovery(sim)["token_endpoint"], authorization_response=address,
            client_secret="wrong", verify=sim.ca)
    with pytest.raises(MismatchingStateError):
        session.fetch_token(
            discovery(sim)["token_endpoint"], verify=sim.ca, client_secret=SECRET,
            authorization_response=re.sub("state=[^&]*", "state=foreign", address))
    with pytest.raises(requests.exceptions.SSLError):
        session.get(discovery(sim)["userinfo_endpoint"])
