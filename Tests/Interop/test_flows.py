"""MSAL Python and azure-identity, unmodified: device code, password, on-behalf-of."""

import threading
import urllib.parse

import msal
import pytest
import requests
from azure.core.pipeline.transport import RequestsTransport
from azure.identity import (
    CertificateCredential, ClientSecretCredential, DeviceCodeCredential, OnBehalfOfCredential)
from requests.adapters import HTTPAdapter

import people
from browser import Browser, forms
from simulator import Simulator, copied_tenant
from test_msal import api_scope, certificate
from tokens import validated

LEGACY_API = "Contoso Legacy API"
MIDDLE_SECRET = "interop-middle-tier-secret"


@pytest.fixture(scope="module")
def flows(tmp_path_factory):
    """A simulator whose API may call the older one for its callers, and whose daemon has a
    certificate; the certificate's key."""
    folder = tmp_path_factory.mktemp("flows")
    key, public = certificate()

    def add(fixture):
        apps = {app["displayName"]: app for app in fixture["applications"]}
        apps[people.API]["passwordCredentials"] = [
            {"displayName": "interop", "secretText": MIDDLE_SECRET}]
        apps[people.API]["oauth2PermissionGrants"] = [
            {"resource": LEGACY_API, "scope": "user_impersonation"}]
        apps[people.DAEMON_APP].setdefault("keyCredentials", []).append(
            {"displayName": "interop", "key": public})

    with Simulator(folder / "sim", tenants=copied_tenant(folder, add)) as simulator:
        yield simulator, (key + public).encode()


def desktop(sim, **options):
    return msal.PublicClientApplication(
        sim.app(people.DESKTOP_APP)["clientId"], authority=f"{sim.base}/{sim.tenant['id']}",
        instance_discovery=False, **({"verify": sim.ca} | options))


def let_in(sim, address, user_code):
    """Enters a user code, signs in, and continues. Returns the last page's text."""
    account, password, _ = people.employee(sim)
    session = requests.Session()
    session.verify = sim.ca
    page = session.get(address)
    for _ in range(8):
        found = forms(page.text, page.url)
        if not found:
            return page.text
        if any(form.fields.get("otc") is not None for form in found):
            form = found[0]
            form.fields["otc"] = user_code
            page = session.post(form.action, data=form.fields)
            continue
        _, action, fields = Browser.filled(page, account, password)
        submits = [name for form in found for name, _ in form.submits if name]
        if "continue" in submits:
            fields.pop("cancel", None)
            fields["continue"] = "1"
        page = session.post(action, data=fields)
    raise AssertionError(page.text[:2000])


def test_device_flow(flows):
    sim, _ = flows
    application = desktop(sim)
    flow = application.initiate_device_flow(api_scope(sim, people.API_SCOPE))
    assert flow["verification_uri"].startswith(sim.base), flow
    pending = application.acquire_token_by_device_flow(flow, exit_condition=lambda _: True)
    assert pending["error"] == "authorization_pending"
    assert pending["error_codes"] == [70016]
    last = let_in(sim, flow["verification_uri"], flow["user_code"])
    assert "You have signed in" in last
    result = application.acquire_token_by_device_flow(flow)
    assert "access_token" in result, result
    assert validated(sim, result["access_token"])["oid"] == people.employee(sim)[2]
    assert application.get_accounts()
    again = application.acquire_token_by_device_flow(flow, exit_condition=lambda _: True)
    assert again["error_codes"] == [54005]


class OnTheSimulatorsPort(HTTPAdapter):
    """Connects to the simulator what is meant for port 443 of its host, as a port forward would:
    MSAL drops the port of the authority when it looks for the user's realm."""

    def __init__(self, base):
        super().__init__()
        self.base = urllib.parse.urlsplit(base)

    def send(self, request, **options):
        request.url = urllib.parse.urlsplit(request.url)._replace(
            netloc=self.base.netloc).geturl()
        return super().send(request, **options)


def by_password(sim, account, password):
    session = requests.Session()
    session.verify = sim.ca
    session.mount(f"https://{urllib.parse.urlsplit(sim.base).hostname}/",
                  OnTheSimulatorsPort(sim.base))
    # MSAL refuses `verify` beside a client of one's own.
    application = desktop(sim, http_client=session, verify=None)
    return application.acquire_token_by_username_password(
        account, password, api_scope(sim, people.API_SCOPE))


def test_password(flows):
    sim, _ = flows
    account, password, object_id = people.employee(sim)
    result = by_password(sim, account, password)
    assert "access_token" in result, result
    assert result["id_token_claims"]["oid"] == object_id
    wrong = by_password(sim, account, "wrong")
    assert wrong["error"] == "invalid_grant"
    assert wrong["error_codes"] == [50126]


def middle_tier(sim):
    return msal.ConfidentialClientApplication(
        sim.app(people.API)["clientId"], authority=f"{sim.base}/{sim.tenant['id']}",
        client_credential=MIDDLE_SECRET, instance_discovery=False, verify=sim.ca)


def legacy_scope():
    return "https://legacy.contoso.example/user_impersonation"


def test_on_behalf_of(flows):
    sim, _ = flows
    account, password, object_id = people.employee(sim)
    inbound = by_password(sim, account, password)["access_token"]
    result = middle_tier(sim).acquire_token_on_behalf_of(inbound, [legacy_scope()])
    assert "access_token" in result, result
    claims = validated(sim, result["access_token"], version="")
    assert claims["oid"] == object_id
    assert claims["appid"] == sim.app(people.API)["clientId"]
    assert claims["scp"] == "user_impersonation"
    app = sim.app(people.DAEMON_APP)
    daemon = msal.ConfidentialClientApplication(
        app["clientId"], authority=f"{sim.base}/{sim.tenant['id']}",
        client_credential=app["clientSecret"], instance_discovery=False, verify=sim.ca)
    app_only = daemon.acquire_token_for_client(api_scope(sim))["access_token"]
    refused = middle_tier(sim).acquire_token_on_behalf_of(app_only, [legacy_scope()])
    assert refused["error_codes"] == [7000114]


def azure(sim, **options):
    return {
        "authority": sim.base, "disable_instance_discovery": True,
        "transport": RequestsTransport(connection_verify=sim.ca), **options}


def test_azure_identity_by_secret_and_certificate(flows):
    sim, pem = flows
    app = sim.app(people.DAEMON_APP)
    scope = api_scope(sim)[0]
    by_secret = ClientSecretCredential(
        sim.tenant["id"], app["clientId"], app["clientSecret"], **azure(sim))
    assert validated(sim, by_secret.get_token(scope).token)["azpacr"] == "1"
    by_certificate = CertificateCredential(
        sim.tenant["id"], app["clientId"], certificate_data=pem, **azure(sim))
    assert validated(sim, by_certificate.get_token(scope).token)["azpacr"] == "2"


def test_azure_identity_by_device_code(flows):
    sim, _ = flows
    helpers = []

    def prompt(address, user_code, _):
        helper = threading.Thread(target=let_in, args=(sim, address, user_code))
        helper.start()
        helpers.append(helper)

    credential = DeviceCodeCredential(
        sim.app(people.DESKTOP_APP)["clientId"], tenant_id=sim.tenant["id"],
        prompt_callback=prompt, timeout=60, **azure(sim))
    token = credential.get_token(*api_scope(sim, people.API_SCOPE)).token
    helpers[0].join(10)
    assert validated(sim, token)["oid"] == people.employee(sim)[2]


def test_azure_identity_on_behalf_of(flows):
    sim, _ = flows
    account, password, object_id = people.employee(sim)
    credential = OnBehalfOfCredential(
        sim.tenant["id"], sim.app(people.API)["clientId"], client_secret=MIDDLE_SECRET,
        user_assertion=by_password(sim, account, password)["access_token"], **azure(sim))
    token = credential.get_token(legacy_scope()).token
    assert validated(sim, token, version="")["oid"] == object_id
