"""How MSAL Python and azure-identity, unmodified, prove a client: certificates in every form, and
tokens of another issuer in their place."""

import asyncio
import hashlib
import time

import jwt
import msal
import pytest
import requests
from azure.core.exceptions import ClientAuthenticationError
from azure.core.pipeline.transport import AsyncioRequestsTransport, RequestsTransport
from azure.identity import (
    AuthorizationCodeCredential, CertificateCredential, ChainedTokenCredential,
    ClientAssertionCredential, ClientSecretCredential, EnvironmentCredential,
    InteractiveBrowserCredential, OnBehalfOfCredential, UsernamePasswordCredential, WorkloadIdentityCredential, aio)
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

import people
from simulator import Simulator, copied_tenant
from test_flows import (
    LEGACY_API, MIDDLE_SECRET, OnTheSimulatorsPort, azure, by_password, legacy_scope)
from test_msal import GRAPH_SCOPE, api_scope, certificate, client, signed_in
from tokens import validated
from visitor import Visitor

EXCHANGE = "api://AzureADTokenExchange"
PASSPHRASE = "interop-passphrase"
BUILDER, BUILDER_SECRET = "Interop Builder", "interop-builder-secret"
TENANT = "5b7a1f0e-6f0d-4c1a-9a55-0d6b9f6c2e11"
BUILDER_PRINCIPAL = "2f1c7d5e-90d4-4f63-8a30-6a1d3b7c4e22"


@pytest.fixture(scope="module")
def proofs(tmp_path_factory):
    """A simulator whose daemon has a certificate and trusts the tokens of another app; the
    certificate's key and text."""
    folder = tmp_path_factory.mktemp("proofs")
    key, public = certificate()

    def add(fixture):
        apps = {app["displayName"]: app for app in fixture["applications"]}
        apps[people.DAEMON_APP].setdefault("keyCredentials", []).append(
            {"displayName": "interop", "key": public})
        apps[people.API]["passwordCredentials"] = [
            {"displayName": "interop", "secretText": MIDDLE_SECRET}]
        apps[people.API]["keyCredentials"] = [{"displayName": "interop", "key": public}]
        apps[people.API]["oauth2PermissionGrants"] = [
            {"resource": LEGACY_API, "scope": "user_impersonation"}]
        fixture["id"] = TENANT
        apps[people.DAEMON_APP]["federatedIdentityCredentials"] = [{
            "name": "builder", "issuer": f"{{origin}}/{TENANT}/", "subject": BUILDER_PRINCIPAL}]
        fixture["applications"] += [
            {"displayName": "Interop Token Exchange", "identifierUris": [EXCHANGE]},
            {"displayName": BUILDER, "servicePrincipal": {"id": BUILDER_PRINCIPAL},
             "passwordCredentials": [{"displayName": "interop", "secretText": BUILDER_SECRET}]},
        ]

    with Simulator(folder / "sim", tenants=copied_tenant(folder, add)) as simulator:
        yield simulator, key, public


def daemon_token(sim, credential):
    app = sim.app(people.DAEMON_APP)
    result = client(sim, app, credential).acquire_token_for_client(api_scope(sim))
    assert "access_token" in result, result
    return validated(sim, result["access_token"])


def proof(sim, credential):
    """The header of the assertion that MSAL made, once the simulator has believed it."""
    sent = []

    class Recorder(requests.Session):
        def request(self, method, url, **options):
            sent.extend(v for k, v in dict(options.get("data") or {}).items()
                        if k == "client_assertion")
            return super().request(method, url, **options)

    session = Recorder()
    session.verify = sim.ca
    app = sim.app(people.DAEMON_APP)
    application = msal.ConfidentialClientApplication(
        app["clientId"], authority=f"{sim.base}/{sim.tenant['id']}",
        client_credential=credential, instance_discovery=False, http_client=session)
    result = application.acquire_token_for_client(api_scope(sim))
    assert validated(sim, result["access_token"])["azpacr"] == "2"
    assert len(sent) == 1
    return jwt.get_unverified_header(sent[0])


def thumbprint(public):
    made = x509.load_pem_x509_certificate(public.encode())
    return hashlib.sha1(made.public_bytes(serialization.Encoding.DER)).hexdigest().upper()


def pfx(key, public, passphrase=None):
    cipher = (
        serialization.BestAvailableEncryption(passphrase.encode()) if passphrase
        else serialization.NoEncryption())
    return pkcs12.serialize_key_and_certificates(
        b"interop", serialization.load_pem_private_key(key.encode(), None),
        x509.load_pem_x509_certificate(public.encode()), None, cipher)


def test_a_thumbprint_makes_msal_sign_rs256_with_x5t(proofs):
    sim, key, public = proofs
    header = proof(sim, {"private_key": key, "thumbprint": thumbprint(public)})
    assert header["alg"] == "RS256" and header["x5t"]
    assert "x5t#S256" not in header and "x5c" not in header


def test_a_public_certificate_makes_msal_sign_ps256_with_x5t_s256_and_x5c(proofs):
    sim, key, public = proofs
    header = proof(sim, {"private_key": key, "public_certificate": public})
    assert header["alg"] == "PS256" and header["x5t#S256"] and header["x5c"]
    assert "x5t" not in header
    # Both at once: the thumbprint decides the algorithm, the certificate goes along.
    both = {"private_key": key, "thumbprint": thumbprint(public), "public_certificate": public}
    header = proof(sim, both)
    assert header["alg"] == "RS256" and header["x5t"] and header["x5c"]


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_a_pfx_file(proofs, tmp_path, passphrase):
    sim, key, public = proofs
    path = tmp_path / "client.pfx"
    path.write_bytes(pfx(key, public, passphrase))
    credential = {"private_key_pfx_path": str(path), "public_certificate": True}
    if passphrase:
        credential["passphrase"] = passphrase
    assert daemon_token(sim, credential)["azpacr"] == "2"


def test_an_encrypted_key(proofs):
    sim, key, public = proofs
    locked = serialization.load_pem_private_key(key.encode(), None).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(PASSPHRASE.encode())).decode()
    assert daemon_token(
        sim, {"private_key": locked, "passphrase": PASSPHRASE, "public_certificate": public}
    )["azpacr"] == "2"


def assertion(sim, key, public, **changes):
    """An assertion of one's own making, as certificate vaults sign them."""
    app = sim.app(people.DAEMON_APP)
    now = int(time.time())
    claims = {
        "aud": f"{sim.base}/{sim.tenant['id']}/oauth2/v2.0/token", "iss": app["clientId"],
        "sub": app["clientId"], "jti": "interop-1", "nbf": now, "iat": now, "exp": now + 300,
    } | changes
    made = x509.load_pem_x509_certificate(public.encode())
    digest = hashlib.sha256(made.public_bytes(serialization.Encoding.DER)).digest()
    return jwt.encode(
        claims, key, algorithm="PS256",
        headers={"x5t#S256": jwt.utils.base64url_encode(digest).decode()})


def test_an_assertion_of_ones_own_as_text_and_by_a_function(proofs):
    sim, key, public = proofs
    text = assertion(sim, key, public)
    assert daemon_token(sim, {"client_assertion": text})["azpacr"] == "2"
    asked = []

    def sign():
        asked.append(1)
        return assertion(sim, key, public)

    assert daemon_token(sim, {"client_assertion": sign})["azpacr"] == "2"
    assert asked


@pytest.mark.parametrize("changes, code", [
    ({"aud": "https://elsewhere.example/token"}, 700023),
    ({"exp": 1_000_000_000, "nbf": 999_999_000, "iat": 999_999_000}, 700024),
    ({"iss": "00000000-0000-0000-0000-0000000000aa"}, 700021),
    ({"sub": "00000000-0000-0000-0000-0000000000aa"}, 50048),
])
def test_a_faulty_assertion_reaches_the_app_with_its_number(proofs, changes, code):
    sim, key, public = proofs
    app = sim.app(people.DAEMON_APP)
    credential = {"client_assertion": assertion(sim, key, public, **changes)}
    result = client(sim, app, credential).acquire_token_for_client(api_scope(sim))
    assert result["error"] == "invalid_client" and result["error_codes"] == [code]


def exchanged(sim):
    """What another app proves itself with where it has no secret: a token for the exchange."""
    app = sim.app(BUILDER)
    result = client(sim, app, BUILDER_SECRET).acquire_token_for_client([f"{EXCHANGE}/.default"])
    assert "access_token" in result, result
    return result["access_token"]


def test_a_federated_credential(proofs):
    sim, _, _ = proofs
    assert daemon_token(sim, {"client_assertion": lambda: exchanged(sim)})["azpacr"] == "2"


def test_a_token_of_a_subject_nobody_trusts(proofs):
    sim, _, _ = proofs
    app = sim.app(BUILDER)
    result = client(sim, app, {"client_assertion": exchanged(sim)}).acquire_token_for_client(
        api_scope(sim))
    assert result["error_codes"] == [70025], result


def test_an_agents_grant_is_answered_as_an_unknown_one(proofs):
    """Agent identities are not simulated: the grant is refused as any unknown grant is."""
    sim, _, _ = proofs
    app = sim.app(people.DAEMON_APP)
    result = client(sim, app, app["clientSecret"]
        ).acquire_token_by_user_federated_identity_credential(
            api_scope(sim), "assertion", username=people.employee(sim)[0])
    assert result["error"] == "unsupported_grant_type" and result["error_codes"] == [70003]


# azure-identity


def checked(sim, credential, scope=None):
    return validated(sim, credential.get_token(scope or api_scope(sim)[0]).token)


def test_azure_certificates(proofs, tmp_path):
    sim, key, public = proofs
    tenant, app = sim.tenant["id"], sim.app(people.DAEMON_APP)["clientId"]
    pem, file = (key + public).encode(), tmp_path / "client.pem"
    file.write_bytes(pem)
    for options in (
            {"certificate_data": pem}, {"certificate_path": str(file)},
            {"certificate_data": pem, "send_certificate_chain": True},
            {"certificate_data": pfx(key, public, PASSPHRASE), "password": PASSPHRASE},
            {"certificate_data": pfx(key, public, PASSPHRASE), "password": PASSPHRASE,
             "send_certificate_chain": True}):
        credential = CertificateCredential(tenant, app, **options, **azure(sim))
        assert checked(sim, credential)["azpacr"] == "2", options


def test_azure_client_assertion_and_workload_identity(proofs, tmp_path):
    sim, _, _ = proofs
    tenant, app = sim.tenant["id"], sim.app(people.DAEMON_APP)["clientId"]
    by_function = ClientAssertionCredential(
        tenant, app, lambda: exchanged(sim), **azure(sim))
    assert checked(sim, by_function)["azpacr"] == "2"
    # Kubernetes projects the token into a file; the credential reads it at each request.
    projected = tmp_path / "azure-identity-token"
    projected.write_text(exchanged(sim))
    workload = WorkloadIdentityCredential(
        tenant_id=tenant, client_id=app, token_file_path=str(projected), **azure(sim))
    assert checked(sim, workload)["azp"] == app
    projected.write_text("not-a-token")
    stale = WorkloadIdentityCredential(
        tenant_id=tenant, client_id=app, token_file_path=str(projected), **azure(sim))
    with pytest.raises(ClientAuthenticationError, match="AADSTS50027"):
        stale.get_token(api_scope(sim)[0])


def test_azure_chain_goes_on_where_one_is_not_available(proofs, monkeypatch):
    sim, _, _ = proofs
    for name in ("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_FEDERATED_TOKEN_FILE"):
        monkeypatch.delenv(name, raising=False)
    app = sim.app(people.DAEMON_APP)
    chain = ChainedTokenCredential(
        EnvironmentCredential(**azure(sim)),
        ClientSecretCredential(
            sim.tenant["id"], app["clientId"], app["clientSecret"], **azure(sim)))
    assert checked(sim, chain)["azpacr"] == "1"


def test_azure_environment(proofs, monkeypatch):
    sim, _, _ = proofs
    app = sim.app(people.DAEMON_APP)
    for name, value in (
            ("AZURE_TENANT_ID", sim.tenant["id"]), ("AZURE_CLIENT_ID", app["clientId"]),
            ("AZURE_CLIENT_SECRET", app["clientSecret"]), ("AZURE_AUTHORITY_HOST", sim.base)):
        monkeypatch.setenv(name, value)
    options = azure(sim)
    del options["authority"]
    assert checked(sim, EnvironmentCredential(**options))["azpacr"] == "1"


def test_azure_authorization_code(proofs):
    sim, _, _ = proofs
    app = sim.app(people.SIGN_IN_APP)
    redirect = app["redirectUris"][0]
    address = client(sim, app, app["clientSecret"]).get_authorization_request_url(
        GRAPH_SCOPE, redirect_uri=redirect)
    answer = Visitor(sim).answer({"auth_uri": address, "redirect_uri": redirect})
    credential = AuthorizationCodeCredential(
        sim.tenant["id"], app["clientId"], answer["code"], redirect,
        client_secret=app["clientSecret"], **azure(sim))
    token = credential.get_token(GRAPH_SCOPE[0]).token
    assert validated(sim, token, version="")["oid"] == people.employee(sim)[2]


def test_azure_user_name_and_password(proofs):
    sim, _, _ = proofs
    account, password, object_id = people.employee(sim)
    transport = RequestsTransport(connection_verify=sim.ca)
    transport.open()
    transport.session.mount("https://localhost/", OnTheSimulatorsPort(sim.base))
    credential = UsernamePasswordCredential(
        sim.app(people.DESKTOP_APP)["clientId"], account, password,
        tenant_id=sim.tenant["id"], **azure(sim, transport=transport))
    assert checked(sim, credential, api_scope(sim, people.API_SCOPE)[0])["oid"] == object_id


def test_azure_interactive_browser(proofs, screen):
    sim, _, _ = proofs
    shown = screen(sim)
    credential = InteractiveBrowserCredential(
        client_id=sim.app(people.DESKTOP_APP)["clientId"], tenant_id=sim.tenant["id"],
        timeout=60, **azure(sim))
    record = credential.authenticate(scopes=api_scope(sim, people.API_SCOPE))
    assert record.username == people.employee(sim)[0]
    assert record.tenant_id == sim.tenant["id"]
    token = credential.get_token(api_scope(sim, people.API_SCOPE)[0]).token
    assert validated(sim, token)["oid"] == people.employee(sim)[2]
    assert len(shown.threads) == 1


def test_azure_on_behalf_of_by_certificate_and_assertion(proofs):
    sim, key, public = proofs
    account, password, object_id = people.employee(sim)
    inbound = by_password(sim, account, password)["access_token"]
    tenant, app = sim.tenant["id"], sim.app(people.API)["clientId"]
    credential = OnBehalfOfCredential(
        tenant, app, client_certificate=(key + public).encode(), user_assertion=inbound,
        **azure(sim))
    claims = validated(sim, credential.get_token(legacy_scope()).token, version="")
    assert claims["oid"] == object_id and claims["appidacr"] == "2"


def test_azure_asynchronous(proofs):
    sim, key, public = proofs
    tenant, app = sim.tenant["id"], sim.app(people.DAEMON_APP)
    account, password, object_id = people.employee(sim)
    inbound = by_password(sim, account, password)["access_token"]

    def options():
        return azure(sim, transport=AsyncioRequestsTransport(connection_verify=sim.ca))

    async def tokens():
        made = [
            (aio.ClientSecretCredential(
                tenant, app["clientId"], app["clientSecret"], **options()), api_scope(sim)[0]),
            (aio.CertificateCredential(
                tenant, app["clientId"], certificate_data=(key + public).encode(), **options()),
             api_scope(sim)[0]),
            (aio.ClientAssertionCredential(
                tenant, app["clientId"], lambda: exchanged(sim), **options()),
             api_scope(sim)[0]),
            (aio.OnBehalfOfCredential(
                tenant, sim.app(people.API)["clientId"], client_secret=MIDDLE_SECRET,
                user_assertion=inbound, **options()), legacy_scope()),
        ]
        found = []
        for credential, scope in made:
            async with credential:
                found.append((await credential.get_token(scope)).token)
        return found

    by_secret, by_key, by_assertion, for_person = asyncio.run(tokens())
    assert validated(sim, by_secret)["azpacr"] == "1"
    assert validated(sim, by_key)["azpacr"] == "2"
    assert validated(sim, by_assertion)["azpacr"] == "2"
    assert validated(sim, for_person, version="")["oid"] == object_id
