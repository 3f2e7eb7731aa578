"""The binary with a clock that stands still in another year: every stamp that leaves it follows
that clock, and the same commands give the same bytes twice."""

import base64
import datetime
import json
import re
import shutil
import socket
import time

import pytest

import people
from browser import Browser
from simulator import Simulator

CLOCK = "2031-03-04T05:06:07Z"
HTTP_DATE = "Tue, 04 Mar 2031 05:06:07 GMT"
SCIM = {"Authorization": "Bearer claresia-demo-scim-token"}


def machine_stamps(text):
    """What in a text tells the machine's time: dates of three days, seconds and milliseconds."""
    now = datetime.datetime.now(datetime.timezone.utc)
    days = [now + datetime.timedelta(days=offset) for offset in (-1, 0, 1)]
    words = [day.strftime(form) for day in days for form in ("%Y-%m-%d", "%d %b %Y")]
    found = [word for word in words if word in text]
    for digits in re.findall(r"(?<![\w.-])\d{10}(?:\d{3})?(?![\w-])", text):
        if abs(int(digits[:10]) - time.time()) < 2 * 86_400:
            found.append(digits)
    return found


def opened(text):
    """The text, and the readable parts of the tokens in it."""
    for token in re.findall(r"eyJ[\w-]+\.eyJ[\w-]+", text):
        for part in token.split("."):
            text += "\n" + base64.urlsafe_b64decode(part + "===").decode("utf-8", "replace")
    return text


def token_request(sim, **fields):
    app = sim.app(people.DAEMON_APP)
    form = {
        "grant_type": "client_credentials", "client_id": app["clientId"],
        "client_secret": app["clientSecret"], "scope": "https://graph.microsoft.com/.default",
    } | fields
    return sim.session.post(f"{sim.base}/{sim.tenant['id']}/oauth2/v2.0/token", data=form)


def authorize(sim):
    app = sim.app(people.SIGN_IN_APP)
    redirect = app["redirectUris"][0]
    url = (f"{sim.base}/{sim.tenant['id']}/oauth2/v2.0/authorize?client_id={app['clientId']}"
           f"&response_type=code&scope=openid%20offline_access&redirect_uri={redirect}&state=s")
    return url, redirect


def signed_in(sim):
    """The answer of the token endpoint after a person has filled in the form."""
    url, redirect = authorize(sim)
    account, password, _ = people.employee(sim)
    received = Browser(sim.ca).sign_in(url, redirect, account=account, password=password)
    app = sim.app(people.SIGN_IN_APP)
    return token_request(
        sim, grant_type="authorization_code", code=received["code"], redirect_uri=redirect,
        client_id=app["clientId"], client_secret=app["clientSecret"], scope="openid offline_access")


@pytest.fixture(scope="module")
def frozen(tmp_path_factory):
    folder = tmp_path_factory.mktemp("frozen")
    with Simulator(folder / "sim", in_memory=False, options=["--clock", f"frozen@{CLOCK}"]) as sim:
        sim.control("POST", "clock/advance", {"by": "1s"})
        sim.control("POST", "clock/freeze", {"at": CLOCK})
        yield sim


def test_the_machine_stamps_are_recognised():
    now = time.time()
    assert machine_stamps(f'"iat":{int(now)},') and machine_stamps(f"{int(now * 1000)}")
    assert machine_stamps(datetime.datetime.now(datetime.timezone.utc).isoformat())
    assert not machine_stamps('"2031-03-04T05:06:07Z" 1930367167 Tue, 04 Mar 2031')


def test_every_stamp_follows_the_clock(frozen):
    sim = frozen
    tenant, name = sim.tenant["id"], sim.tenant["name"]
    sim.control("POST", "faults", {"name": "f", "where": "jwks", "when": {
        "times": 1, "expiresIn": "1h"}, "what": {"status": 503, "retryAfter": "2m",
                                                 "retryAfterForm": "date"}})
    sim.directory("POST", f"apps/{people.SIGN_IN_APP}/provisioning/run")
    url, _ = authorize(sim)
    control = {"Authorization": f"Bearer {sim.ready['controlToken']}"}
    answers = {
        "sign-in": signed_in(sim), "refusal": token_request(sim, client_secret="wrong"),
        "token": token_request(sim), "authorize": sim.session.get(url),
        "devicecode": sim.session.post(
            f"{sim.base}/{tenant}/oauth2/v2.0/devicecode",
            data={"client_id": sim.app(people.DESKTOP_APP)["clientId"], "scope": "openid"}),
    }
    assert answers["sign-in"].status_code == 200, answers["sign-in"].text
    gets = [
        f"/{tenant}/discovery/v2.0/keys", f"/{tenant}/v2.0/.well-known/openid-configuration",
        "/common/discovery/instance?api-version=1.1&authorization_endpoint="
        "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
        "/oidc/userinfo", f"/{tenant}/oauth2/v2.0/logout", f"/{tenant}/saml2", "/v1.0/users",
        "/portal", "/apps/claresia/", "/apps/claresia/defects", "/apps/claresia/scim/v2/Users",
        "/apps/claresia/scim/v2/Groups", "/apps/claresia/scim/v2/ServiceProviderConfig",
        "/apps/claresia/scim/v2/Users/none", "/nothing/here",
    ] + [f"/sim/v1/{path}" for path in (
        "health", "metrics", "journal?limit=500", "faults", "tenants", f"tenants/{name}",
        f"tenants/{name}/users", f"tenants/{name}/groups", f"tenants/{name}/apps",
        f"tenants/{name}/export", f"tenants/{name}/provisioning", f"tenants/{name}/snapshots",
        f"tenants/{name}/apps/{people.SIGN_IN_APP}/provisioning/logs", "targets/claresia/defects",
        f"tenants/{name}/users/{people.employee(sim)[0]}", "errors", "nothing")]
    for path in gets:
        headers = control if path.startswith("/sim") else SCIM if "/scim/" in path else {}
        answers[path] = sim.session.get(sim.base + path, headers=headers, allow_redirects=False)
    assert answers[gets[0]].headers["Retry-After"] == "Tue, 04 Mar 2031 05:08:07 GMT"
    for where, answer in answers.items():
        assert answer.headers["Date"] == HTTP_DATE, where
        text = opened(f"{answer.headers}\n{answer.text}")
        assert machine_stamps(text) == [], where
    assert "2031-03-04" in answers["/apps/claresia/scim/v2/Users"].text
    claims = opened(answers["token"].text)
    assert '"exp":19303' in claims
    warning = sim.control("GET", "clock")["warning"]
    assert "ahead of the machine's" in warning and machine_stamps(warning) == []


def test_files_and_log_lines_follow_the_clock(frozen):
    sim = frozen
    sim.control("POST", "faults", {"where": "scim", "what": {"status": 401}})
    sim.directory("POST", f"apps/Claras/provisioning/run")
    sim.control("DELETE", "faults")
    lines = [line for line in sim.output().splitlines() if re.match(r"\d\d:\d\d:\d\d ", line)]
    assert lines and all(line.startswith("05:06:07 ") for line in lines), lines[-3:]
    files = [path for path in (sim.folder / "data").rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert machine_stamps(path.read_bytes().decode("utf-8", "replace")) == [], path
        assert machine_stamps(path.name) == []


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def one_run(folder, keys, port, seed):
    """Everything that leaves one process: tokens, journal, provisioning log, hits, log lines."""
    shutil.copytree(keys, folder / "keys")
    sim = Simulator(folder, seed=seed, options=["--clock", f"frozen@{CLOCK}"])
    sim.command[sim.command.index("--port") + 1] = str(port)
    with sim:
        sim.control("POST", "faults", {
            "where": {"site": "scim", "operation": "create"}, "when": {"probability": 0.3},
            "what": {"status": 429, "retryAfter": "5s"}})
        sim.control("POST", "faults", {
            "where": "token", "when": {"probability": 0.5}, "what": {"aadsts": 50196}})
        sim.directory("POST", "users", {
            "userPrincipalName": "kim.akers@contoso.example", "displayName": "Kim Akers"})
        sim.directory("POST", "groups/claresia-users/members", {"user": "kim.akers@contoso.example"})
        trace = {"ran": [sim.control("POST", "clock/advance", {"by": "3h"})]}
        trace["tokens"] = [token_request(sim).text for _ in range(6)]
        sim.control("POST", "clock/advance", {"by": "1d"})
        trace["sign-in"] = [signed_in(sim).text for _ in range(3)]
        trace["log"] = [
            sim.directory("GET", f"apps/{app}/provisioning/logs", limit=1000)
            for app in (people.SIGN_IN_APP, "Claras")]
        trace["journal"] = sim.control("GET", "journal", limit=1000)["value"]
        trace["hits"] = sim.control("GET", "faults")["hits"]
        lines = (sim.folder / "serve.log").read_text().splitlines()
        trace["lines"] = [line for line in lines if re.match(r"\d\d:\d\d:\d\d ", line)]
    return trace


def test_the_same_seed_and_commands_give_the_same_bytes(frozen, tmp_path):
    port = free_port()
    keys = frozen.folder / "keys"
    first = one_run(tmp_path / "a", keys, port, 42)
    second = one_run(tmp_path / "b", keys, port, 42)
    for part in first:
        for number, (one, other) in enumerate(zip(first[part], second[part])):
            assert json.dumps(one) == json.dumps(other), f"{part} {number}"
        assert len(first[part]) == len(second[part]), part
    assert len(first["journal"]) > 50 and len(first["lines"]) > 20 and len(first["hits"]) > 3
    assert any('"access_token"' in text for text in first["tokens"])
    other = one_run(tmp_path / "c", keys, port, 43)
    assert other["hits"] != first["hits"] and other["tokens"] != first["tokens"]
