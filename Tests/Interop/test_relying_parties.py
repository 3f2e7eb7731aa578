"""Stock relying parties and resource servers, unmodified: Authlib, fastapi-azure-auth,
mod_auth_openidc, joserfc. Only the authority and the CA differ from a real tenant."""

import ssl
import urllib.parse

import pytest
import requests
from authlib.integrations.starlette_client import OAuth, OAuthError
from fastapi import FastAPI, Security
from fastapi.testclient import TestClient
from fastapi_azure_auth.auth import AzureAuthorizationCodeBearerBase
from joserfc import jwt as jose
from joserfc.errors import BadSignatureError, InvalidClaimError
from joserfc.jwk import KeySet
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route

import apache
import people
from browser import Browser
from simulator import Simulator, copied_tenant
from test_msal import api_scope, desktop, signed_in
from tokens import discovery, validated
from visitor import Visitor

SECRET = "interop-relying-party-secret"
AUTHLIB_BACK = "https://portal.interop.example/auth/callback"


@pytest.fixture(scope="module")
def party(tmp_path_factory):
    """A simulator with a web app for each relying party."""
    folder = tmp_path_factory.mktemp("parties")
    port = apache.free_port()

    def add(fixture):
        for name, back in (
                ("Interop Portal", AUTHLIB_BACK),
                ("Interop Gateway", f"http://localhost:{port}/private/back")):
            fixture["applications"].append({
                "displayName": name, "web": {"redirectUris": [back]},
                "passwordCredentials": [{"displayName": "interop", "secretText": SECRET}],
                "servicePrincipal": {"appRoleAssignmentRequired": False},
                "oauth2PermissionGrants": [{
                    "resource": "Microsoft Graph",
                    "scope": "openid profile email offline_access User.Read"}]})

    with Simulator(folder / "sim", tenants=copied_tenant(folder, add)) as simulator:
        yield simulator, port


def metadata_address(sim):
    return f"{sim.base}/{sim.tenant['id']}/v2.0/.well-known/openid-configuration"


def authlib_site(sim):
    """A site with a log-in by Authlib, as its documentation writes one for Microsoft."""
    oauth = OAuth()
    oauth.register(
        "entra", client_id=sim.app("Interop Portal")["clientId"], client_secret=SECRET,
        server_metadata_url=metadata_address(sim),
        client_kwargs={
            "scope": "openid profile email offline_access", "code_challenge_method": "S256",
            "verify": ssl.create_default_context(cafile=sim.ca)})

    async def login(request):
        return await oauth.entra.authorize_redirect(request, AUTHLIB_BACK)

    async def callback(request):
        try:
            token = await oauth.entra.authorize_access_token(request)
        except OAuthError as error:
            return JSONResponse({"error": error.error, "text": error.description}, 401)
        profile = await oauth.entra.userinfo(token=token)
        return JSONResponse({
            "claims": token["userinfo"], "profile": profile, "refresh": token["refresh_token"]})

    async def renew(request):
        token = await oauth.entra.fetch_access_token(
            grant_type="refresh_token", refresh_token=request.query_params["with"])
        return JSONResponse(await oauth.entra.userinfo(token=token))

    async def logout(request):
        request.session.clear()
        metadata = await oauth.entra.load_server_metadata()
        return RedirectResponse(
            metadata["end_session_endpoint"] + "?post_logout_redirect_uri=" + AUTHLIB_BACK)

    site = Starlette(
        routes=[
            Route("/auth/login", login), Route("/auth/callback", callback),
            Route("/auth/renew", renew), Route("/auth/logout", logout)],
        middleware=[Middleware(SessionMiddleware, secret_key="interop")])
    return TestClient(site, base_url="https://portal.interop.example", follow_redirects=False)


def test_authlib_signs_a_person_in(party):
    sim, _ = party
    account, password, object_id = people.employee(sim)
    site = authlib_site(sim)
    address = site.get("/auth/login").headers["location"]
    answer = Browser(sim.ca).sign_in(address, AUTHLIB_BACK, account=account, password=password)
    page = site.get("/auth/callback", params=answer)
    assert page.status_code == 200, page.text
    claims = page.json()["claims"]
    assert claims["oid"] == object_id and claims["tid"] == sim.tenant["id"]
    assert claims["nonce"] and claims["preferred_username"] == account
    assert page.json()["profile"]["sub"]
    # The same answer a second time: Authlib has forgotten its state.
    assert site.get("/auth/callback", params=answer).status_code == 401


def test_authlib_renews_its_token_and_signs_the_person_out(party):
    sim, _ = party
    visitor = Visitor(sim)
    site = authlib_site(sim)
    address = site.get("/auth/login").headers["location"]
    answer = visitor.answer({"auth_uri": address, "redirect_uri": AUTHLIB_BACK})
    page = site.get("/auth/callback", params=answer).json()
    renewed = site.get("/auth/renew", params={"with": page["refresh"]})
    assert renewed.json() == page["profile"]
    silent = site.get("/auth/login").headers["location"] + "&prompt=none"
    assert "code" in visitor.silently(silent)
    away = site.get("/auth/logout").headers["location"]
    gone = visitor.session.get(away, allow_redirects=False, timeout=30)
    assert gone.headers["Location"] == AUTHLIB_BACK
    assert visitor.silently(silent)["error"] == "login_required"


def test_authlib_refuses_a_foreign_state_and_hears_of_a_refused_sign_in(party):
    sim, _ = party
    account, password, _ = people.employee(sim)
    site = authlib_site(sim)
    address = site.get("/auth/login").headers["location"]
    answer = Browser(sim.ca).sign_in(address, AUTHLIB_BACK, account=account, password=password)
    foreign = site.get("/auth/callback", params={**answer, "state": "somebody-else"})
    assert foreign.status_code == 401 and foreign.json()["error"] == "mismatching_state"
    address = site.get("/auth/login").headers["location"]
    silent = requests.get(
        address + "&prompt=none", verify=sim.ca, allow_redirects=False, timeout=30)
    back = urllib.parse.urlsplit(silent.headers["location"])
    page = site.get("/auth/callback", params=urllib.parse.parse_qs(back.query))
    assert page.json()["error"] == "login_required"
    assert page.json()["text"].startswith("AADSTS50058: ")


@pytest.fixture(scope="module")
def api(sim):
    """An API guarded by fastapi-azure-auth."""
    guard = AzureAuthorizationCodeBearerBase(
        app_client_id=sim.app(people.API)["clientId"], tenant_id=sim.tenant["id"],
        scopes={api_scope(sim, people.API_SCOPE)[0]: people.API_SCOPE},
        openid_config_url=metadata_address(sim),
        http_client_config={"verify": ssl.create_default_context(cafile=sim.ca)})
    app = FastAPI()

    @app.get("/read")
    def read(user=Security(guard, scopes=[people.API_SCOPE])):
        return {"oid": user.claims["oid"], "scp": user.scp, "guest": user.is_guest}

    @app.get("/manage")
    def manage(user=Security(guard, scopes=["Tasks.Manage"])):
        return {"oid": user.claims["oid"]}

    @app.get("/daemon")
    def daemon(user=Security(guard)):
        return {"roles": user.roles}

    return TestClient(app)


@pytest.fixture(scope="module")
def person(sim):
    app, application = desktop(sim)
    return signed_in(sim, application, app, api_scope(sim, people.API_SCOPE))


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def test_fastapi_azure_auth_lets_a_person_in_by_scope(sim, api, person):
    answer = api.get("/read", headers=bearer(person["access_token"]))
    assert answer.status_code == 200, answer.text
    assert answer.json()["oid"] == people.employee(sim)[2] and not answer.json()["guest"]
    assert api.get("/manage", headers=bearer(person["access_token"])).status_code == 403
    assert api.get("/read").status_code == 401


def test_fastapi_azure_auth_refuses_what_is_not_for_the_api(sim, api, person):
    # Right signer, wrong audience.
    assert api.get("/daemon", headers=bearer(person["id_token"])).status_code == 401
    head, payload, signature = person["access_token"].split(".")
    changed = "A" if signature[10] != "A" else "B"
    forged = ".".join([head, payload, signature[:10] + changed + signature[11:]])
    assert api.get("/read", headers=bearer(forged)).status_code == 401


def test_fastapi_azure_auth_reads_the_roles_of_a_daemon(sim, api):
    app = sim.app(people.DAEMON_APP)
    token = requests.post(
        f"{sim.base}/{sim.tenant['id']}/oauth2/v2.0/token", verify=sim.ca, timeout=30,
        data={"grant_type": "client_credentials", "client_id": app["clientId"],
              "client_secret": app["clientSecret"], "scope": api_scope(sim)[0]}).json()
    answer = api.get("/daemon", headers=bearer(token["access_token"]))
    assert answer.json() == {"roles": [people.API_ROLE]}


needs_apache = pytest.mark.skipif(
    not (apache.MODULES / "mod_auth_openidc.so").exists(),
    reason="libapache2-mod-auth-openidc is not installed")


@needs_apache
def test_mod_auth_openidc_signs_a_person_in_and_out(party, tmp_path):
    sim, port = party
    account, password, object_id = people.employee(sim)
    with apache.Gateway(
            tmp_path, port, metadata=metadata_address(sim), ca=sim.ca,
            client_id=sim.app("Interop Gateway")["clientId"], secret=SECRET) as gateway:
        visitor = requests.Session()
        first = visitor.get(gateway.address, allow_redirects=False, timeout=30)
        assert first.status_code == 302, gateway.log()
        address = first.headers["Location"]
        assert address.startswith(discovery(sim)["authorization_endpoint"])
        back = f"http://localhost:{port}/private/back"
        answer = Browser(sim.ca).sign_in(address, back, account=account, password=password)
        landed = visitor.get(back, params=answer, timeout=30)
        assert landed.status_code == 200, gateway.log()
        seen = dict(line.split("=", 1) for line in landed.text.splitlines() if "=" in line)
        assert seen["oid"] == object_id
        assert seen["tid"] == sim.tenant["id"]
        assert seen["user"] == account
        # The gateway renews its access token where the site asks it to.
        renewed = visitor.get(
            back, params={"refresh": gateway.address, "access_token": seen["token"]}, timeout=30)
        newer = dict(line.split("=", 1) for line in renewed.text.splitlines() if "=" in line)
        assert newer["oid"] == object_id and newer["token"] != seen["token"], gateway.log()
        assert validated(sim, newer["token"], version="")["oid"] == object_id
        # The session lives in the gateway's cookie, without another sign-in.
        assert visitor.get(gateway.address, allow_redirects=False, timeout=30).status_code == 200
        out = visitor.get(
            back, params={"logout": f"http://localhost:{port}/"}, allow_redirects=False, timeout=30)
        assert out.headers["Location"].startswith(discovery(sim)["end_session_endpoint"])
        assert visitor.get(
            gateway.address, allow_redirects=False, timeout=30).status_code == 302


@needs_apache
def test_mod_auth_openidc_shows_what_the_login_endpoint_refused(party, tmp_path):
    sim, port = party
    with apache.Gateway(
            tmp_path, port, metadata=metadata_address(sim), ca=sim.ca,
            client_id=sim.app("Interop Gateway")["clientId"], secret="wrong") as gateway:
        visitor = requests.Session()
        address = visitor.get(
            gateway.address, allow_redirects=False, timeout=30).headers["Location"]
        back = f"http://localhost:{port}/private/back"
        account, password, _ = people.employee(sim)
        answer = Browser(sim.ca).sign_in(address, back, account=account, password=password)
        refused = visitor.get(back, params=answer, timeout=30)
        assert "oid=" not in refused.text
        assert "AADSTS7000215" in gateway.log()
        assert visitor.get(
            gateway.address, allow_redirects=False, timeout=30).status_code == 302


def test_joserfc_validates_an_id_token(sim, person):
    metadata = discovery(sim)
    keys = KeySet.import_key_set(sim.session.get(metadata["jwks_uri"], timeout=20).json())
    token = jose.decode(person["id_token"], keys, algorithms=["RS256"])
    assert token.header["typ"] == "JWT"
    claims = {
        "iss": {"essential": True, "value": metadata["issuer"]},
        "aud": {"essential": True, "value": sim.app(people.DESKTOP_APP)["clientId"]}}
    jose.JWTClaimsRegistry(leeway=300, **claims).validate(token.claims)
    with pytest.raises(InvalidClaimError):
        claims["aud"]["value"] = "another-client"
        jose.JWTClaimsRegistry(leeway=300, **claims).validate(token.claims)
    head, payload, signature = person["id_token"].split(".")
    with pytest.raises(BadSignatureError):
        jose.decode(f"{head}.{payload}.{signature[::-1]}", keys, algorithms=["RS256"])
