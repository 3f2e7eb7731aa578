"""MSAL Python, unmodified, with accounts of two tenants: an app of many tenants on its aliases, and
a guest."""

import json

import jwt
import msal
import pytest

import people
from simulator import Simulator, copied_tenant
from test_msal import GRAPH_SCOPE
from visitor import Visitor

PORTAL, SECRET, BACK = "Interop Portal", "interop-portal-secret", "http://localhost/portal"
NEIGHBOUR, PASSWORD = "sofia.keller@fabrikam.example", "Fixture-Only-2026!"
FABRIKAM = {
    "displayName": "Fabrikam", "seed": 9, "domains": ["fabrikam.example"],
    "createdDateTime": "2025-09-01T08:00:00Z", "defaultPassword": PASSWORD,
    "users": [{"userPrincipalName": NEIGHBOUR, "displayName": "Sofia Keller",
               "givenName": "Sofia", "surname": "Keller", "mail": NEIGHBOUR}],
}


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """A simulator with a second tenant, and an app of the first that takes people of both."""
    folder = tmp_path_factory.mktemp("tenants")

    def add(fixture):
        fixture["applications"].append({
            "displayName": PORTAL, "signInAudience": "AzureADMultipleOrgs",
            "web": {"redirectUris": [BACK]},
            "passwordCredentials": [{"displayName": "interop", "secretText": SECRET}],
            "oauth2PermissionGrants": [{
                "resource": "Microsoft Graph",
                "scope": "openid profile email offline_access User.Read"}]})

    tenants = copied_tenant(folder, add)
    (tenants / "fabrikam").mkdir()
    (tenants / "fabrikam/tenant.json").write_text(json.dumps(FABRIKAM))
    with Simulator(folder / "sim", tenants=tenants) as simulator:
        by_name = {tenant["name"]: tenant for tenant in simulator.ready["tenants"]}
        simulator.tenant = by_name["contoso"]
        yield simulator, by_name["fabrikam"]


def portal(sim, segment):
    return msal.ConfidentialClientApplication(
        sim.app(PORTAL)["clientId"], authority=f"{sim.base}/{segment}",
        client_credential=SECRET, instance_discovery=False, verify=sim.ca)


def signed_in(sim, application, account=None, password=PASSWORD, scopes=GRAPH_SCOPE):
    visitor = Visitor(sim)
    if account:
        visitor.account, visitor.password = account, password
    flow = application.initiate_auth_code_flow(scopes, redirect_uri=BACK)
    return application.acquire_token_by_auth_code_flow(flow, visitor.answer(flow)), visitor


def checked(sim, token, audience, tenant):
    """The claims of an ID token, checked with the keys of the tenant that `tid` names, as a server
    of many tenants does."""
    said = jwt.decode(token, options={"verify_signature": False})
    assert said["tid"] == tenant["id"]
    metadata = sim.session.get(
        f"{sim.base}/common/v2.0/.well-known/openid-configuration", timeout=20).json()
    issuer = metadata["issuer"].replace("{tenantid}", said["tid"])
    keys = sim.session.get(
        f"{sim.base}/{said['tid']}/discovery/v2.0/keys", timeout=20).json()["keys"]
    key = next(key for key in keys if key["kid"] == jwt.get_unverified_header(token)["kid"])
    assert key["issuer"] == issuer
    return jwt.decode(
        token, jwt.PyJWK(key).key, algorithms=["RS256"], audience=audience, issuer=issuer)


@pytest.mark.parametrize("alias", ["common", "organizations"])
def test_an_alias_leads_everybody_to_their_own_tenant(two, alias):
    sim, fabrikam = two
    app = sim.app(PORTAL)["clientId"]
    at_home, _ = signed_in(sim, portal(sim, alias))
    claims = checked(sim, at_home["id_token"], app, sim.tenant)
    assert claims["oid"] == people.employee(sim)[2]
    application = portal(sim, alias)
    neighbour, _ = signed_in(sim, application, NEIGHBOUR)
    assert "access_token" in neighbour, neighbour
    claims = checked(sim, neighbour["id_token"], app, fabrikam)
    assert claims["preferred_username"] == NEIGHBOUR
    account = application.get_accounts()[0]
    assert account["home_account_id"] == f"{claims['oid']}.{fabrikam['id']}"
    silent = application.acquire_token_silent(GRAPH_SCOPE, account, force_refresh=True)
    assert "access_token" in silent, silent


def test_a_token_for_the_app_comes_from_a_tenant_never_from_an_alias(two):
    sim, _ = two
    refused = portal(sim, "organizations").acquire_token_for_client(
        ["https://graph.microsoft.com/.default"])
    assert refused["error_codes"] == [50059]
    good = portal(sim, sim.tenant["id"]).acquire_token_for_client(
        ["https://graph.microsoft.com/.default"])
    assert "access_token" in good, good


def test_personal_accounts_are_somebody_elses(two):
    sim, _ = two
    flow = portal(sim, "consumers").initiate_auth_code_flow(GRAPH_SCOPE, redirect_uri=BACK)
    page = sim.session.get(flow["auth_uri"], allow_redirects=False, timeout=30)
    assert page.status_code == 200 and "AADSTS9002332" in page.text


@pytest.mark.parametrize("alias", ["common", "organizations"])
def test_an_app_of_one_tenant_is_not_found_on_an_alias(two, alias):
    sim, _ = two
    app = sim.app(people.SIGN_IN_APP)
    application = msal.ConfidentialClientApplication(
        app["clientId"], authority=f"{sim.base}/{alias}", client_credential=app["clientSecret"],
        instance_discovery=False, verify=sim.ca)
    flow = application.initiate_auth_code_flow(GRAPH_SCOPE, redirect_uri=app["redirectUris"][0])
    page = sim.session.get(flow["auth_uri"], allow_redirects=False, timeout=30)
    assert page.status_code == 200 and "AADSTS50194" in page.text
    refused = application.acquire_token_by_refresh_token("garbage", GRAPH_SCOPE)
    assert refused["error_codes"] == [9002313]


def test_a_guest_is_one_person_with_two_object_ids(two):
    sim, fabrikam = two
    application = portal(sim, sim.tenant["id"])
    as_guest, _ = signed_in(sim, application, NEIGHBOUR)
    assert "access_token" in as_guest, as_guest
    claims = checked(sim, as_guest["id_token"], sim.app(PORTAL)["clientId"], sim.tenant)
    assert claims["idp"].rstrip("/").endswith(fabrikam["id"])
    assert claims["email"] == NEIGHBOUR
    home = portal(sim, fabrikam["id"])
    at_home, _ = signed_in(sim, home, NEIGHBOUR)
    claims_at_home = checked(sim, at_home["id_token"], sim.app(PORTAL)["clientId"], fabrikam)
    assert claims_at_home["oid"] != claims["oid"] and claims_at_home["sub"] != claims["sub"]
    assert "idp" not in claims_at_home
    # client_info names the account at home in both tenants, so MSAL keeps one account.
    uid = f"{claims_at_home['oid']}.{fabrikam['id']}"
    assert home.get_accounts()[0]["home_account_id"] == uid
    assert application.get_accounts()[0]["home_account_id"] == uid


def test_a_stranger_learns_that_the_account_is_not_of_this_tenant(two):
    sim, fabrikam = two
    visitor = Visitor(sim)
    flow = portal(sim, fabrikam["id"]).initiate_auth_code_flow(GRAPH_SCOPE, redirect_uri=BACK)
    with pytest.raises(AssertionError, match="AADSTS50020"):
        visitor.answer(flow)


def test_the_code_and_refresh_token_of_one_tenant_are_refused_in_another(two):
    sim, fabrikam = two
    application, elsewhere = portal(sim, sim.tenant["id"]), portal(sim, fabrikam["id"])
    # The app comes to the other tenant with the first consent there.
    signed_in(sim, elsewhere, NEIGHBOUR)
    flow = application.initiate_auth_code_flow(GRAPH_SCOPE, redirect_uri=BACK)
    answer = Visitor(sim).answer(flow)
    mixed = elsewhere.acquire_token_by_auth_code_flow(flow, answer)
    assert mixed["error_codes"] == [700005], mixed
    good = application.acquire_token_by_auth_code_flow(flow, answer)
    moved = elsewhere.acquire_token_by_refresh_token(good["refresh_token"], GRAPH_SCOPE)
    assert moved["error"] == "invalid_grant", moved
