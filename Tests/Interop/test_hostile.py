"""What somebody who means harm sends to a running simulator: markup, foreign addresses, forged
tokens, other people's forms, broken HTTP. Nothing may come of it, and it goes on answering."""

import base64
import hashlib
import hmac
import json
import re
import socket
import ssl
import time
import urllib.parse

import jwt
import pytest
import requests

import people
from browser import Browser, forms
from simulator import Simulator, copied_tenant
from test_msal import api_scope, certificate
from tokens import discovery
from visitor import Visitor

MARK = "\"'><i id=x7q>"
EVIL = "https://evil.example"


@pytest.fixture(scope="module")
def target(tmp_path_factory):
    """A simulator that only this file attacks, with a certified daemon; its key and certificate."""
    folder = tmp_path_factory.mktemp("hostile")
    key, public = certificate()

    def add(fixture):
        app = next(
            app for app in fixture["applications"] if app["displayName"] == people.DAEMON_APP)
        app.setdefault("keyCredentials", []).append({"displayName": "interop", "key": public})

    with Simulator(folder / "sim", tenants=copied_tenant(folder, add)) as simulator:
        yield simulator, key, public
        # Whatever was sent: it is alive, and the next person signs in.
        assert simulator.control("GET", "health")
        url, redirect = authorize(simulator)
        assert "code" in Visitor(simulator).answer({"auth_uri": url, "redirect_uri": redirect})


@pytest.fixture
def sim(target):
    return target[0]


def authorize(sim, **changes):
    app = sim.app(people.SIGN_IN_APP)
    fields = {
        "client_id": app["clientId"], "response_type": "code", "scope": "openid",
        "redirect_uri": app["redirectUris"][0], "state": "s", "nonce": "n"} | changes
    query = urllib.parse.urlencode(fields)
    return f"{sim.base}/{sim.tenant['id']}/oauth2/v2.0/authorize?{query}", fields["redirect_uri"]


def token_request(sim, **fields):
    return sim.session.post(
        f"{sim.base}/{sim.tenant['id']}/oauth2/v2.0/token", data=fields, timeout=30)


def is_harmless(response):
    """No markup of ours on a page, and nothing that a browser would take for a page."""
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("text/html"):
        assert "<i id=x7q>" not in response.text, response.url
        assert "Content-Security-Policy" in response.headers, response.url
    elif response.content and response.status_code < 300:
        assert response.headers.get("X-Content-Type-Options") == "nosniff", response.url
    location = response.headers.get("Location", "")
    assert not location.startswith(("https://evil", "//", "javascript:")), location


PARAMETERS = {
    "{tenant}/oauth2/v2.0/authorize": [
        "client_id", "response_type", "redirect_uri", "scope", "state", "nonce", "response_mode",
        "prompt", "login_hint", "domain_hint", "claims", "code_challenge", "max_age", "sid", "x"],
    "{tenant}/oauth2/authorize": ["client_id", "resource", "state", "prompt"],
    "{tenant}/oauth2/v2.0/logout": [
        "post_logout_redirect_uri", "state", "id_token_hint", "logout_hint", "client_id"],
    "{tenant}/v2.0/adminconsent": ["client_id", "scope", "redirect_uri", "state"],
    "{tenant}/adminconsent": ["client_id", "redirect_uri", "state"],
    "common/oauth2/deviceauth": ["user_code", "otc"],
    "device": ["user_code", "otc"],
    "error": ["code"],
    "getuserrealm.srf": ["login", "json", "xml"],
    "common/discovery/instance": ["authorization_endpoint", "api-version"],
    "{tenant}/v2.0/.well-known/openid-configuration": ["appid"],
    "{tenant}/discovery/v2.0/keys": ["appid"],
    "portal": ["q", "tenant"],
    "apps/claresia/": ["q", "saved", "error"],
}


@pytest.mark.parametrize("path", PARAMETERS)
def test_markup_in_a_parameter(sim, path):
    address = f"{sim.base}/{path.format(tenant=sim.tenant['id'])}"
    usual = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(authorize(sim)[0]).query))
    for name in PARAMETERS[path]:
        for value in (MARK, "javascript:alert(1)//" + MARK, EVIL + "/" + MARK, "\x00" + MARK):
            for fields in ({name: value}, usual | {name: value}):
                is_harmless(sim.session.get(
                    address, params=fields, allow_redirects=False, timeout=30))
                is_harmless(sim.session.post(
                    address, data=fields, allow_redirects=False, timeout=30))


def test_markup_in_paths_and_headers(sim):
    mark = urllib.parse.quote(MARK)
    for path in (
            f"/{mark}", f"/{mark}/oauth2/v2.0/authorize", f"/{mark}/v2.0/.well-known/openid-configuration",
            f"/{mark}/login", f"/common/userrealm/{mark}@{mark}", f"/portal/{mark}", f"/apps/{mark}",
            f"/apps/claresia/{mark}", f"/sim/v1/{mark}", f"/v1.0/users/{mark}/getMemberObjects"):
        is_harmless(sim.session.get(sim.base + path, allow_redirects=False, timeout=30))
    url, _ = authorize(sim)
    for name in (
            "User-Agent", "Referer", "Origin", "X-Forwarded-For", "X-Forwarded-Host",
            "client-request-id", "Accept-Language", "Authorization", "Cookie"):
        response = sim.session.get(
            url, headers={name: MARK + EVIL}, allow_redirects=False, timeout=30)
        is_harmless(response)
        assert "evil.example" not in response.text, name


def test_markup_that_is_stored_in_the_directory(own_sim):
    """Names reach pages long after they were typed: sign-in, consent, team page, portal, logs."""
    sim = own_sim
    name = f"Robin {MARK}"
    sim.directory("POST", "users", {
        "userPrincipalName": "robin@contoso.example", "displayName": name, "givenName": MARK,
        "surname": MARK, "jobTitle": MARK, "mail": "robin@contoso.example",
        "passwordProfile": {"password": "Interop-Only-2026!"}})
    sim.directory("POST", "groups", {"displayName": f"Group {MARK}"})
    sim.directory("POST", "apps/Claresia/assignments", {"user": "robin@contoso.example"})
    app = sim.directory("POST", "apps", {
        "displayName": f"App {MARK}", "web": {"redirectUris": ["http://localhost/stored"]}})
    sim.directory("POST", "apps/Claresia/provisioning/run", {})
    pages = [
        sim.session.get(sim.base + path, timeout=30)
        for path in ("/", "/portal", "/apps/claresia/", "/apps/claras/")]
    pages.append(sim.session.get(
        authorize(sim, client_id=app["appId"], redirect_uri="http://localhost/stored")[0],
        timeout=30))
    person = Browser(sim.ca)
    page = person.session.get(authorize(
        sim, client_id=app["appId"], redirect_uri="http://localhost/stored",
        scope="openid profile User.Read")[0], timeout=30)
    for _ in range(4):
        pages.append(page)
        if not forms(page.text, page.url):
            break
        _, action, fields = Browser.filled(page, "robin@contoso.example", "Interop-Only-2026!")
        if "cancel" in fields or "ucaccept" in page.text:
            break
        page = person.session.post(action, data=fields, timeout=30)
    assert any("Permissions requested" in page.text for page in pages)
    seen = 0
    for page in pages:
        is_harmless(page)
        seen += page.text.count("&lt;i id=x7q&gt;")
    assert seen >= 3


REDIRECTS = [
    "{0}/", "{0}/..", "{0}?x=1", "{0}#f", "{0}%2e", "{0};x", "{0}\\", "{0}%00", "{0}%0d%0aX:y",
    "{0} ", "{0}//", "HTTP://LOCALHOST.evil.example/callback", "http://localhost.evil.example/callback",
    "http://localhost@evil.example/callback", "http://evil.example@localhost/callback",
    "http://evil.example#localhost/callback", "http://evil.example\\@localhost/callback",
    "http://localhost%2eevil.example/callback", "http://127.0.0.1/callback", "https://localhost/callback",
    "http://[::1]/callback", "//localhost/callback", "http:localhost/callback", "http:///callback",
    "javascript:alert(1)", "data:text/html,x", "http://localhost/Callback", "http://localhost/%63allback",
    "http://localhost/x/../callback", "http://localhost:80:90/callback", "http://*.localhost/callback",
    "*", "http://localhost\u3002evil.example/callback", "http://localhost\t/callback",
]


@pytest.mark.parametrize("form", REDIRECTS)
def test_a_redirect_address_that_is_almost_the_registered_one(sim, form):
    address = form.format("http://localhost/callback")
    url, _ = authorize(sim, redirect_uri=address, prompt="none")
    response = sim.session.get(url, allow_redirects=False, timeout=30)
    assert response.status_code == 200 and "Location" not in response.headers
    assert re.search("AADSTS(50011|90102)", response.text), response.text[:300]
    # And at the token endpoint, with a code that is fine.
    good, redirect = authorize(sim)
    answer = Visitor(sim).answer({"auth_uri": good, "redirect_uri": redirect})
    app = sim.app(people.SIGN_IN_APP)
    refused = token_request(
        sim, grant_type="authorization_code", client_id=app["clientId"],
        client_secret=app["clientSecret"], code=answer["code"], redirect_uri=address)
    assert refused.json()["error_codes"][0] in (50011, 500112), refused.text


@pytest.mark.parametrize("address", [
    EVIL, "//evil.example", "https:evil.example", "/\\evil.example", "javascript:alert(1)",
    "http://localhost@evil.example/", "http://localhost.evil.example/callback", "data:text/html,x",
    "http://localhost/callback\r\nSet-Cookie: x=y", "\thttps://evil.example",
])
def test_sign_out_leads_to_registered_addresses_alone(sim, address):
    for path in ("oauth2/v2.0/logout", "oauth2/logout"):
        for fields in ({}, {"client_id": sim.app(people.SIGN_IN_APP)["clientId"]}):
            response = sim.session.get(
                f"{sim.base}/{sim.tenant['id']}/{path}", allow_redirects=False, timeout=30,
                params=fields | {"post_logout_redirect_uri": address})
            assert response.status_code == 200 and "Location" not in response.headers
            assert "Set-Cookie: x=y" not in str(response.headers)
            assert "evil.example" not in response.text


def test_another_host_name_changes_no_document(sim):
    url, _ = authorize(sim)
    for path in (
            f"/{sim.tenant['id']}/v2.0/.well-known/openid-configuration", "/device",
            urllib.parse.urlsplit(url).path + "?" + urllib.parse.urlsplit(url).query):
        response = sim.session.get(
            sim.base + path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
            allow_redirects=False, timeout=30)
        assert "evil.example" not in response.text + str(response.headers)


# Forged tokens


def encoded(value):
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def forgeries(token, key_text):
    """The token with its signature worth nothing, in the well-known ways."""
    head, payload, signature = token.split(".")
    header = json.loads(base64.urlsafe_b64decode(head + "=="))
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    for name in ("none", "None", "NONE", ""):
        yield f"{encoded(header | {'alg': name})}.{payload}."
        yield f"{encoded(header | {'alg': name})}.{payload}.{signature}"
    for alg in ("HS256", "HS512", "ES256", "PS256"):
        start = f"{encoded(header | {'alg': alg})}.{payload}"
        mac = hmac.new(key_text.encode(), start.encode(), hashlib.sha256).digest()
        yield f"{start}.{encoded(mac)}"
    own = jwt.encode(claims, certificate()[0], algorithm="RS256", headers=header)
    yield own
    jwk = {"kty": "RSA", "n": "AQAB", "e": "AQAB"}
    for extra in ({"jwk": jwk}, {"jku": EVIL}, {"x5u": EVIL}, {"kid": "../../dev/null"}):
        yield f"{encoded(header | extra)}.{own.split('.')[1]}.{own.split('.')[2]}"
    yield f"{head}.{encoded(claims | {'oid': claims['sub']})}.{signature}"
    yield f"{head}.{payload}.{encoded(b'')}"
    yield f"{head}.{payload}"
    yield f"{head}.{payload}.{signature}.{signature}"


def test_forged_access_tokens(sim):
    url, redirect = authorize(sim, scope="openid profile")
    answer = Visitor(sim).answer({"auth_uri": url, "redirect_uri": redirect})
    app = sim.app(people.SIGN_IN_APP)
    token = token_request(
        sim, grant_type="authorization_code", client_id=app["clientId"],
        client_secret=app["clientSecret"], code=answer["code"], redirect_uri=redirect,
    ).json()["access_token"]
    where = discovery(sim)["userinfo_endpoint"]
    assert sim.session.get(where, headers={"Authorization": f"Bearer {token}"}).ok
    public = sim.session.get(discovery(sim)["jwks_uri"]).text
    for forged in forgeries(token, public):
        response = sim.session.get(
            where, headers={"Authorization": f"Bearer {forged}"}, timeout=30)
        assert response.status_code == 401, forged
        refused = token_request(
            sim, grant_type="urn:ietf:params:oauth:grant-type:jwt-bearer",
            client_id=app["clientId"], client_secret=app["clientSecret"], assertion=forged,
            requested_token_use="on_behalf_of", scope="https://graph.microsoft.com/.default")
        assert refused.status_code == 400 and "access_token" not in refused.text


def test_forged_client_assertions(target):
    sim, key, public = target
    app = sim.app(people.DAEMON_APP)
    now = int(time.time())
    claims = {
        "aud": discovery(sim)["token_endpoint"], "iss": app["clientId"], "sub": app["clientId"],
        "jti": "1", "nbf": now, "exp": now + 300}
    thumb = hashlib.sha1(ssl.PEM_cert_to_DER_cert(public)).digest()
    good = jwt.encode(claims, key, algorithm="RS256", headers={"x5t": encoded(thumb)})

    def ask(assertion):
        return token_request(
            sim, grant_type="client_credentials", client_id=app["clientId"],
            scope=api_scope(sim)[0], client_assertion=assertion,
            client_assertion_type="urn:ietf:params:oauth:client-assertion-type:jwt-bearer")

    assert ask(good).ok, ask(good).text
    for forged in forgeries(good, public):
        refused = ask(forged)
        assert refused.status_code in (400, 401) and "access_token" not in refused.text, forged
    for changes in (
            {"aud": EVIL}, {"aud": []}, {"aud": None}, {"iss": "x"}, {"sub": "x"}, {"exp": 1},
            {"exp": "never"}, {"exp": 1e300}, {"exp": -1}, {"nbf": now + 3600}, {"exp": None}):
        refused = ask(jwt.api_jws.encode(
            json.dumps(claims | changes).encode(), key, "RS256",
            headers={"x5t": encoded(thumb), "typ": "JWT"}))
        assert refused.status_code in (400, 401), changes


# Forms


def first_forms(sim, scope="openid"):
    """Each page of a sign-in with its form, in the order a person meets them."""
    url, _ = authorize(sim, scope=scope)
    person = Visitor(sim)
    page = person.session.get(url, timeout=30)
    for _ in range(5):
        found = forms(page.text, page.url)
        if not found:
            return
        yield person, found[0]
        method, action, fields = person.filled(page, person.account, person.password)
        page = person.session.request(method, action, data=fields, allow_redirects=False, timeout=30)
        if page.is_redirect:
            return


def test_a_form_belongs_to_its_browser_and_its_page(sim):
    other = next(first_forms(sim))[1]
    seen = []
    for person, form in first_forms(sim):
        seen.append(urllib.parse.urlsplit(form.action).path.rsplit("/", 1)[-1])
        stranger = requests.Session()
        stranger.verify = sim.ca
        attempts = [
            stranger.post(form.action, data=form.fields, allow_redirects=False),
            person.session.post(form.action, data={}, allow_redirects=False),
            person.session.post(form.action, data={"flowtoken": "x"}, allow_redirects=False),
            person.session.post(form.action, data=other.fields, allow_redirects=False),
        ]
        for path in ("kmsi", "consent/set", "reprocess", "sas/processauth", "changepassword"):
            action = f"{sim.base}/{sim.tenant['id']}/{path}"
            if action.lower() != form.action.lower():
                attempts.append(
                    person.session.post(action, data=form.fields, allow_redirects=False))
        for answer in attempts:
            assert answer.status_code == 200 and "Location" not in answer.headers
            assert re.search("AADSTS(165000|50089)", answer.text), (form.action, answer.text[:200])
            assert not any(
                cookie.startswith("ESTSAUTH=") for cookie in answer.headers.get("Set-Cookie", "")
                .split(", "))
    assert seen[:2] == ["login", "login"] and "kmsi" in seen


def test_a_session_cookie_of_ones_own_making(sim):
    person = Visitor(sim)
    url, redirect = authorize(sim)
    person.answer({"auth_uri": url, "redirect_uri": redirect})
    good = person.session.cookies["ESTSAUTH"]
    changed = [
        good[:-4], good[::-1], good[:20] + ("A" if good[20] != "A" else "B") + good[21:],
        "A" * 5_000, "", "null", "e30", "%00", good + good]
    for value in changed:
        response = sim.session.get(
            url + "&prompt=none", headers={"Cookie": f"ESTSAUTH={value}"}, allow_redirects=False)
        assert "error=login_required" in response.headers["Location"], value
    # A flow token is no session, and a refresh token is no code.
    flow = next(first_forms(sim))[1].fields["flowtoken"]
    response = sim.session.get(
        url + "&prompt=none", headers={"Cookie": f"ESTSAUTH={flow}"}, allow_redirects=False)
    assert "error=login_required" in response.headers["Location"]


# The control API and the sample apps from a page the developer happens to visit


def test_a_web_page_cannot_use_the_control_api(sim):
    token = sim.ready["controlToken"]
    address = f"{sim.base}/sim/v1/tenants/contoso/users"
    for headers in (
            {}, {"Authorization": "Bearer x"}, {"Authorization": token},
            {"Authorization": f"Bearer {token}", "Origin": EVIL},
            {"Authorization": f"Bearer {token}", "Host": "evil.example"},
            {"Authorization": f"Bearer {token}", "Origin": "null"}):
        response = sim.session.get(address, headers=headers, timeout=30)
        assert response.status_code in (401, 403, 421), headers
        assert "Access-Control-Allow-Origin" not in response.headers
    deep = "[" * 100_000
    for body in (deep, '{"a":' * 50_000, "\x00", "{", '{"displayName":"' + "a" * 3_000_000 + '"}'):
        response = sim.session.post(
            address, data=body, headers={"Authorization": f"Bearer {token}"}, timeout=60)
        assert 400 <= response.status_code < 500, response.status_code


def test_a_web_page_cannot_send_the_sample_apps_forms(sim):
    page = sim.session.get(f"{sim.base}/apps/claresia/", timeout=30)
    assert page.headers["Content-Security-Policy"]
    for form in forms(page.text, page.url):
        if form.method != "post":
            continue
        stranger = requests.Session()
        stranger.verify = sim.ca
        bare = {name: value for name, value in form.fields.items() if form.kinds[name] != "hidden"}
        answer = stranger.post(
            form.action, data=bare, headers={"Origin": EVIL}, allow_redirects=False, timeout=30)
        assert answer.status_code in (400, 403), (form.action, answer.status_code)


# Broken HTTP


def raw(sim, data, wait=5.0, ends=False):
    """What comes back for bytes of one's own, until the peer closes or, where it may, falls silent."""
    parts = urllib.parse.urlsplit(sim.base)
    context = ssl.create_default_context(cafile=sim.ca)
    with socket.create_connection((parts.hostname, parts.port), 10) as plain:
        with context.wrap_socket(plain, server_hostname=parts.hostname) as secure:
            secure.settimeout(wait)
            secure.sendall(data)
            received = b""
            try:
                while chunk := secure.recv(65_536):
                    received += chunk
            except TimeoutError:
                assert not ends, "the connection stays open"
            except (ConnectionError, ssl.SSLError):
                pass
            return received


def request(sim, *lines, path="/portal", body=b""):
    host = urllib.parse.urlsplit(sim.base).netloc
    head = [f"POST {path} HTTP/1.1", f"Host: {host}", *lines, "", ""]
    return "\r\n".join(head).encode("latin-1") + body


@pytest.mark.parametrize("lines, body", [
    (["Content-Length: 5", "Transfer-Encoding: chunked"], b"0\r\n\r\n"),
    (["Content-Length: 5", "Content-Length: 6"], b"hello!"),
    (["Content-Length: +5"], b"hello"), (["Content-Length: -1"], b""),
    (["Content-Length: 5, 5"], b"hello"), (["Content-Length: 0x5"], b"hello"),
    (["Content-Length: 99999999999999999999"], b""),
    (["Transfer-Encoding: xchunked"], b"0\r\n\r\n"),
    (["Transfer-Encoding: chunked, identity"], b"0\r\n\r\n"),
    (["Transfer-Encoding: chunked"], b"FFFFFFFFFFFFFFFFF\r\n"),
    (["Transfer-Encoding: chunked"], b"-1\r\n\r\n"),
    (["X-A : b"], b""), (["X-A: b\r\n folded"], b""), (["X\x00A: b"], b""), (["X-A: b\x00c"], b""),
    (["Host: evil.example"], b""), ([" X-A: b"], b""), (["X-A: b\rSet-Cookie: c"], b""),
    (["X-A: " + "b" * 70_000], b""), ([f"X-{i}: b" for i in range(2_000)], b""),
])
def test_requests_that_two_servers_would_read_differently(sim, lines, body):
    follower = b"GET /portal HTTP/1.1\r\nHost: x\r\n\r\n"
    answer = raw(sim, request(sim, *lines, body=body + follower), ends=True)
    statuses = re.findall(rb"HTTP/1\.1 (\d{3})", answer)
    assert statuses in ([b"400"], [b"413"], [b"431"], [b"501"]), answer[:200]


@pytest.mark.parametrize("data", [
    b"GET / HTTP/3.0\r\n\r\n", b"GET /\r\n\r\n", b"\r\n\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET  / HTTP/1.1\r\nHost: x\r\n\r\n", b"G\x00T / HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01" * 50,
    b"GET /\x80\xff HTTP/1.1\r\nHost: x\r\n\r\n", b"CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
])
def test_request_lines_nobody_sends(sim, data):
    answer = raw(sim, data, wait=2.0)
    assert not answer or re.match(rb"HTTP/1\.1 [45]\d\d", answer), answer[:100]


def test_a_body_without_end_is_cut_off(sim):
    big = 64 * 1024 * 1024
    head = request(
        sim, f"Content-Length: {big}", "Content-Type: application/x-www-form-urlencoded",
        path=f"/{sim.tenant['id']}/oauth2/v2.0/token")
    answer = raw(sim, head + b"a=" + b"b" * 200_000)
    assert re.match(rb"HTTP/1\.1 4(00|13)", answer), answer[:100]
    many = "&".join(f"a{i}=b" for i in range(5_000))
    refused = sim.session.post(
        f"{sim.base}/{sim.tenant['id']}/oauth2/v2.0/token", data=many, timeout=30,
        headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert refused.status_code == 400
