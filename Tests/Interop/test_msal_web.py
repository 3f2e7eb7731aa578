"""MSAL Python, unmodified, as a web app and as a desktop app: prompts, ages, claims, codes and
refresh tokens by hand, sign-out, and a browser opened by MSAL itself."""

import urllib.parse

import msal
import pytest
import requests

import apache
import people
from simulator import Simulator
from test_msal import GRAPH_SCOPE, api_scope, client, desktop, signed_in
from tokens import discovery, validated
from visitor import Visitor

LOGOUT = "http://localhost/callback"


@pytest.fixture(scope="module")
def web(sim):
    """The web app, and the person who uses it."""
    account, password, object_id = people.employee(sim)
    return sim.app(people.SIGN_IN_APP), account, password, object_id


def begun(application, app, **options):
    return application.initiate_auth_code_flow(
        GRAPH_SCOPE, redirect_uri=app["redirectUris"][0], **options)


def test_a_code_redeemed_by_hand(sim, web):
    app, _, _, object_id = web
    application = client(sim, app, app["clientSecret"])
    redirect = app["redirectUris"][0]
    address = application.get_authorization_request_url(
        GRAPH_SCOPE, redirect_uri=redirect, state="by-hand", nonce="n-0S6")
    assert "code_challenge" not in address
    answer = Visitor(sim).answer({"auth_uri": address, "redirect_uri": redirect})
    assert answer["state"] == "by-hand"
    result = application.acquire_token_by_authorization_code(
        answer["code"], GRAPH_SCOPE, redirect_uri=redirect, nonce="n-0S6")
    assert result.get("id_token_claims", {}).get("oid") == object_id, result
    again = application.acquire_token_by_authorization_code(
        answer["code"], GRAPH_SCOPE, redirect_uri=redirect, nonce="n-0S6")
    assert again["error"] == "invalid_grant" and again["error_codes"] == [54005]
    elsewhere = application.acquire_token_by_authorization_code(
        answer["code"] + "x", GRAPH_SCOPE, redirect_uri=redirect)
    assert elsewhere["error_codes"] == [9002313]


def test_a_foreign_nonce_is_msals_to_refuse(sim, web):
    app, _, _, _ = web
    application = client(sim, app, app["clientSecret"])
    redirect = app["redirectUris"][0]
    address = application.get_authorization_request_url(
        GRAPH_SCOPE, redirect_uri=redirect, nonce="mine")
    answer = Visitor(sim).answer({"auth_uri": address, "redirect_uri": redirect})
    with pytest.raises(ValueError, match="nonce"):
        application.acquire_token_by_authorization_code(
            answer["code"], GRAPH_SCOPE, redirect_uri=redirect, nonce="another")


def test_an_answer_to_another_flow_is_msals_to_refuse(sim, web):
    app, _, _, _ = web
    application = client(sim, app, app["clientSecret"])
    visitor = Visitor(sim)
    first, second = begun(application, app), begun(application, app)
    answer = visitor.answer(first)
    with pytest.raises(ValueError, match="state"):
        application.acquire_token_by_auth_code_flow(second, answer)
    # With the state put right, the verifier of the other flow does not fit the code.
    mixed = application.acquire_token_by_auth_code_flow(
        second, answer | {"state": second["state"]})
    assert mixed["error_codes"] == [501481]
    assert "access_token" in application.acquire_token_by_auth_code_flow(first, answer)


def test_a_refresh_token_by_hand_and_for_another_resource(sim):
    app, application = desktop(sim)
    first = signed_in(sim, application, app, GRAPH_SCOPE)
    moved = application.acquire_token_by_refresh_token(
        first["refresh_token"], api_scope(sim, people.API_SCOPE))
    assert "access_token" in moved, moved
    claims = validated(sim, moved["access_token"], sim.app(people.API)["clientId"])
    assert people.API_SCOPE in claims["scp"].split()
    # The older token stays good: rotation adds one and revokes none.
    assert "access_token" in application.acquire_token_by_refresh_token(
        first["refresh_token"], GRAPH_SCOPE)
    web = sim.app(people.SIGN_IN_APP)
    stolen = client(sim, web, web["clientSecret"]).acquire_token_by_refresh_token(
        first["refresh_token"], GRAPH_SCOPE)
    assert stolen["error"] == "invalid_grant" and stolen["error_codes"] == [700007]


def test_prompts(sim, web):
    app, account, _, object_id = web
    application = client(sim, app, app["clientSecret"])
    visitor = Visitor(sim)
    nobody = visitor.silently(begun(application, app, prompt="none")["auth_uri"])
    assert nobody["error"] == "login_required"
    refused = application.acquire_token_by_auth_code_flow(
        flow := begun(application, app, prompt="none"), visitor.silently(flow["auth_uri"]))
    assert refused["error"] == "login_required"
    visitor.answer(begun(application, app))
    flow = begun(application, app, prompt="none")
    silent = application.acquire_token_by_auth_code_flow(
        flow, visitor.silently(flow["auth_uri"]))
    assert silent["id_token_claims"]["oid"] == object_id
    for prompt in ("login", "select_account", "consent"):
        flow = begun(application, app, prompt=prompt)
        assert visitor.silently(flow["auth_uri"]) is None, prompt
    flow = begun(application, app, prompt="login", login_hint=account)
    assert "access_token" in application.acquire_token_by_auth_code_flow(
        flow, visitor.answer(flow))


def test_the_age_of_a_sign_in_is_told_to_who_asks(sim, web):
    app, _, _, _ = web
    application = client(sim, app, app["clientSecret"])
    flow = begun(application, app, max_age=60)
    # MSAL raises when auth_time is missing or older.
    result = application.acquire_token_by_auth_code_flow(flow, Visitor(sim).answer(flow))
    assert result["id_token_claims"]["auth_time"] <= result["id_token_claims"]["exp"]


def test_a_client_capability_comes_back_in_the_token(sim, web):
    app, _, _, _ = web
    application = client(sim, app, app["clientSecret"], client_capabilities=["CP1"])
    flow = begun(application, app, domain_hint="contoso.example")
    assert "xms_cc" in urllib.parse.unquote(flow["auth_uri"])
    result = application.acquire_token_by_auth_code_flow(flow, Visitor(sim).answer(flow))
    assert "access_token" in result, result


def test_removed_and_signed_out(sim, web):
    app, _, _, _ = web
    application = client(sim, app, app["clientSecret"])
    visitor = Visitor(sim)
    flow = begun(application, app)
    application.acquire_token_by_auth_code_flow(flow, visitor.answer(flow))
    account = application.get_accounts()[0]
    application.remove_account(account)
    assert application.get_accounts() == []
    assert application.acquire_token_silent(GRAPH_SCOPE, account) is None
    # The browser is still signed in, until it goes to the address of the discovery document.
    assert "code" in visitor.silently(begun(application, app, prompt="none")["auth_uri"])
    away = visitor.session.get(
        discovery(sim)["end_session_endpoint"], allow_redirects=False, timeout=30,
        params={"post_logout_redirect_uri": LOGOUT, "state": "bye"})
    assert away.headers["Location"] == f"{LOGOUT}?state=bye"
    assert visitor.silently(
        begun(application, app, prompt="none")["auth_uri"])["error"] == "login_required"


@pytest.mark.parametrize("segment", ["contoso.example", "contoso.onmicrosoft.com", "guid"])
def test_an_authority_by_domain_is_the_tenant(sim, web, segment):
    app, _, _, object_id = web
    name = sim.tenant["id"] if segment == "guid" else segment
    application = msal.ConfidentialClientApplication(
        app["clientId"], authority=f"{sim.base}/{name}", client_credential=app["clientSecret"],
        instance_discovery=False, verify=sim.ca)
    flow = begun(application, app)
    result = application.acquire_token_by_auth_code_flow(flow, Visitor(sim).answer(flow))
    assert result["id_token_claims"]["tid"] == sim.tenant["id"]
    assert application.get_accounts()[0]["home_account_id"] == f"{object_id}.{sim.tenant['id']}"
    assert application.acquire_token_silent(GRAPH_SCOPE, application.get_accounts()[0])


def test_oidc_authority_checks_the_issuer(sim, web):
    app, _, _, _ = web
    address = f"{sim.base}/{sim.tenant['id']}/v2.0"
    application = msal.ConfidentialClientApplication(
        app["clientId"], oidc_authority=address, client_credential=app["clientSecret"],
        verify=sim.ca)
    flow = begun(application, app)
    result = application.acquire_token_by_auth_code_flow(flow, Visitor(sim).answer(flow))
    assert result["id_token_claims"]["iss"] == address


def test_a_tenant_nobody_made_is_msals_value_error(sim, web):
    app, _, _, _ = web
    with pytest.raises(ValueError, match="(?s)invalid_tenant|AADSTS90002|tenant"):
        msal.ConfidentialClientApplication(
            app["clientId"], authority=f"{sim.base}/nowhere.example",
            client_credential=app["clientSecret"], instance_discovery=False, verify=sim.ca
        ).get_authorization_request_url(GRAPH_SCOPE)


def test_interactive_with_msals_own_listener(sim, screen):
    _, application = desktop(sim)
    shown = screen(sim)
    result = application.acquire_token_interactive(
        api_scope(sim, people.API_SCOPE), timeout=60, login_hint=shown.visitor.account)
    assert "access_token" in result, result
    assert result["id_token_claims"]["oid"] == people.employee(sim)[2]
    assert shown.last.status_code == 200
    again = application.acquire_token_interactive(
        api_scope(sim, people.API_SCOPE), timeout=60, prompt="none")
    assert "access_token" in again, again


def test_interactive_hears_of_a_refusal_at_its_listener(sim, screen):
    _, application = desktop(sim)
    screen(sim, decline=True)
    result = application.acquire_token_interactive(api_scope(sim, people.API_SCOPE), timeout=60)
    assert result["error"] == "login_required"
    assert result["error_description"].startswith("AADSTS50058: ")


@pytest.fixture(scope="module")
def roads(tmp_path_factory):
    """A simulator that calls itself login.microsoftonline.com, as behind a hosts file."""
    folder, port = tmp_path_factory.mktemp("roads"), apache.free_port()
    options = (
        "--public-origin", "https://login.microsoftonline.com", "--also-port", str(port))
    with Simulator(folder / "sim", options=options) as simulator:
        simulator.base = f"https://localhost:{port}"
        yield simulator


class HostsFile(requests.adapters.HTTPAdapter):
    """What a hosts file and a forwarded port 443 do: the name stays, the machine is ours."""

    def __init__(self, base):
        super().__init__()
        self.netloc = urllib.parse.urlsplit(base).netloc

    def send(self, request, **options):
        parts = urllib.parse.urlsplit(request.url)
        request.headers["Host"] = parts.netloc
        request.url = parts._replace(netloc=self.netloc).geturl()
        return super().send(request, **options)


def test_behind_a_hosts_file_nothing_is_configured_but_trust(roads):
    """Instance discovery stays on: MSAL asks login.microsoftonline.com about itself."""
    session = requests.Session()
    session.verify = roads.ca
    session.mount("https://login.microsoftonline.com/", HostsFile(roads.base))
    app = roads.app(people.DAEMON_APP)
    application = msal.ConfidentialClientApplication(
        app["clientId"], client_credential=app["clientSecret"], http_client=session,
        authority=f"https://login.microsoftonline.com/{roads.tenant['id']}")
    result = application.acquire_token_for_client(api_scope(roads))
    assert "access_token" in result, result
    again = application.acquire_token_for_client(api_scope(roads))
    assert again["token_source"] == "cache"
    account, password, object_id = people.employee(roads)
    public = msal.PublicClientApplication(
        roads.app(people.DESKTOP_APP)["clientId"], http_client=session,
        authority="https://login.microsoftonline.com/organizations")
    signed = public.acquire_token_by_username_password(
        account, password, api_scope(roads, people.API_SCOPE))
    # The desktop app of the shipped tenant is for that tenant alone.
    assert signed.get("error_codes") == [50194], {k: v for k, v in signed.items() if "token" not in k}
    own = msal.PublicClientApplication(
        roads.app(people.DESKTOP_APP)["clientId"], http_client=session,
        authority=f"https://login.microsoftonline.com/{roads.tenant['id']}")
    signed = own.acquire_token_by_username_password(
        account, password, api_scope(roads, people.API_SCOPE))
    assert signed["id_token_claims"]["oid"] == object_id, signed
    silent = own.acquire_token_silent(
        api_scope(roads, people.API_SCOPE), own.get_accounts()[0], force_refresh=True)
    assert "access_token" in silent, silent
