"""MSAL Python, unmodified: client credentials, code with PKCE by the form, silent refresh."""

import datetime

import msal
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

import people
from browser import Browser
from simulator import Simulator, copied_tenant
from tokens import validated

UNREGISTERED = "https://localhost/interop/unregistered"


def client(sim, app, credential, **options):
    return msal.ConfidentialClientApplication(
        app["clientId"], authority=f"{sim.base}/{sim.tenant['id']}",
        client_credential=credential, instance_discovery=False, verify=sim.ca, **options)


def api_scope(sim, scope=".default"):
    return [f"api://{sim.app(people.API)['clientId']}/{scope}"]


def test_client_credentials_by_secret(sim):
    app = sim.app(people.DAEMON_APP)
    result = client(sim, app, app["clientSecret"]).acquire_token_for_client(api_scope(sim))
    assert "access_token" in result, result
    claims = validated(sim, result["access_token"], sim.app(people.API)["clientId"])
    assert claims["tid"] == sim.tenant["id"]
    assert claims["azp"] == app["clientId"] and claims["azpacr"] == "1"
    assert claims["oid"] == claims["sub"] == app["servicePrincipalId"]
    assert claims["roles"] == [people.API_ROLE]
    assert 0 < result["expires_in"] <= 3599


def test_a_wrong_secret_is_refused_with_the_number_entra_gives(sim):
    app = sim.app(people.DAEMON_APP)
    result = client(sim, app, "wrong").acquire_token_for_client(api_scope(sim))
    assert result["error"] == "invalid_client"
    assert result["error_codes"] == [7000215]
    assert result["error_description"].startswith("AADSTS7000215: ")


def certificate():
    """A key and a self-signed certificate as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "interop")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30)).sign(key, hashes.SHA256()))
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption())
    return pem.decode(), made.public_bytes(serialization.Encoding.PEM).decode()


@pytest.fixture(scope="module")
def certified(tmp_path_factory):
    """A simulator whose daemon also has a certificate, and the certificate's key."""
    folder = tmp_path_factory.mktemp("certified")
    key, public = certificate()

    def add(fixture):
        app = next(
            app for app in fixture["applications"]
            if app["displayName"] == people.DAEMON_APP)
        app.setdefault("keyCredentials", []).append({"displayName": "interop", "key": public})

    with Simulator(folder / "sim", tenants=copied_tenant(folder, add)) as simulator:
        yield simulator, {"private_key": key, "public_certificate": public}


def test_client_credentials_by_certificate(certified):
    sim, credential = certified
    app = sim.app(people.DAEMON_APP)
    result = client(sim, app, credential).acquire_token_for_client(api_scope(sim))
    assert "access_token" in result, result
    assert validated(sim, result["access_token"])["azpacr"] == "2"


def test_an_assertion_by_another_key_is_refused(certified):
    sim, _ = certified
    app = sim.app(people.DAEMON_APP)
    key, public = certificate()
    credential = {"private_key": key, "public_certificate": public}
    result = client(sim, app, credential).acquire_token_for_client(api_scope(sim))
    assert result["error"] == "invalid_client"
    assert result["error_codes"] == [700027]


def desktop(sim):
    app = sim.app(people.DESKTOP_APP)
    return app, msal.PublicClientApplication(
        app["clientId"], authority=f"{sim.base}/{sim.tenant['id']}", instance_discovery=False,
        verify=sim.ca)


def signed_in(sim, application, app, scopes, **options):
    """The answer of MSAL after a person has filled in the sign-in form."""
    account, password, _ = people.employee(sim)
    redirect = app["redirectUris"][0]
    flow = application.initiate_auth_code_flow(
        scopes, redirect_uri=redirect, login_hint=account, **options)
    received = Browser(sim.ca).sign_in(
        flow["auth_uri"], redirect, account=account, password=password)
    return application.acquire_token_by_auth_code_flow(flow, received)


@pytest.mark.parametrize("mode", [None, "query", "fragment", "form_post"])
def test_code_with_pkce_by_filling_in_the_form(sim, mode):
    app = sim.app(people.SIGN_IN_APP)
    options = {"response_mode": mode} if mode else {}
    result = signed_in(sim, client(sim, app, app["clientSecret"]), app, ["User.Read"], **options)
    assert "access_token" in result, result
    account, _, object_id = people.employee(sim)
    claims = result["id_token_claims"]
    assert claims["preferred_username"] == account
    assert claims["oid"] == object_id
    assert claims["aud"] == app["clientId"]
    assert validated(sim, result["id_token"], app["clientId"])["oid"] == object_id


def test_a_public_client_needs_no_secret(sim):
    app, application = desktop(sim)
    result = signed_in(sim, application, app, api_scope(sim, people.API_SCOPE))
    assert "access_token" in result, result
    assert people.API_SCOPE in validated(sim, result["access_token"])["scp"].split()


def test_silent_refresh_redeems_the_refresh_token(sim):
    app = sim.app(people.SIGN_IN_APP)
    application = client(sim, app, app["clientSecret"])
    first = signed_in(sim, application, app, ["User.Read"])
    assert "access_token" in first, first
    account = application.get_accounts()[0]
    cached = application.acquire_token_silent(["User.Read"], account)
    assert cached["access_token"] == first["access_token"]
    fresh = application.acquire_token_silent(["User.Read"], account, force_refresh=True)
    assert fresh and fresh.get("access_token"), fresh
    assert fresh["access_token"] != first["access_token"]
    assert fresh["id_token_claims"]["oid"] == first["id_token_claims"]["oid"]


def test_an_unregistered_redirect_is_refused_on_the_page(sim):
    app = sim.app(people.SIGN_IN_APP)
    application = client(sim, app, app["clientSecret"])
    flow = application.initiate_auth_code_flow(["User.Read"], redirect_uri=UNREGISTERED)
    response = sim.session.get(flow["auth_uri"], allow_redirects=False)
    assert "Location" not in response.headers
    assert "AADSTS50011" in response.text
