"""Conditional Access as MSAL Python, unmodified, meets it: refusal, claims challenge, pages, token."""

import re
import urllib.parse

import jwt
import msal
import pytest

import people
from browser import Browser, forms, received

GRAPH_SCOPE = ["https://graph.microsoft.com/User.Read"]
STEP_LIMIT = 10


class Person(Browser):
    """A person who keeps the browser open and can read a code from the simulated authenticator."""

    def walk(self, url, redirect_uri, account, password):
        """From an authorization URL to the parameters the app receives; the pages' titles on the way."""
        request, headings = ("get", url, None), []
        for _ in range(STEP_LIMIT):
            method, address, fields = request
            if address.startswith(redirect_uri):
                return dict(received(address)), headings
            response = self.session.request(
                method, address, data=fields, allow_redirects=False, timeout=30)
            if response.is_redirect:
                request = ("get", urllib.parse.urljoin(address, response.headers["Location"]), None)
                continue
            headings.append(re.search(r"<h1>(.*?)</h1>", response.text).group(1))
            code = re.search(r'id="simulated-code">(\d{6})<', response.text)
            method, action, fields = self.filled(response, account, password)
            if code:
                form = next(form for form in forms(response.text, response.url) if "otc" in form.fields)
                fields = dict(form.fields, otc=code.group(1))
            request = (method, action, fields)
        raise AssertionError(f"no end after {headings}")


def application(sim):
    app = sim.app(people.SIGN_IN_APP)
    return app, msal.ConfidentialClientApplication(
        app["clientId"], authority=f"{sim.base}/{sim.tenant['id']}",
        client_credential=app["clientSecret"], instance_discovery=False, verify=sim.ca)


def policy(sim, name, controls, **conditions):
    return sim.directory(
        "POST", "conditionalAccess/policies", {
            "displayName": name,
            "conditions": {"users": {"includeUsers": ["All"]}, **conditions},
            "grantControls": {"operator": "AND", "builtInControls": controls}})


def sign_in(sim, person, app, client, **options):
    account, password, _ = people.employee(sim)
    redirect = app["redirectUris"][0]
    flow = client.initiate_auth_code_flow(
        GRAPH_SCOPE, redirect_uri=redirect, login_hint=account, **options)
    answer, headings = person.walk(flow["auth_uri"], redirect, account, password)
    return client.acquire_token_by_auth_code_flow(flow, answer), headings


def test_a_new_mfa_policy_sends_msal_to_the_pages_and_back_with_a_stronger_token(own_sim):
    sim = own_sim
    app, client = application(sim)
    person = Person(sim.ca)
    first, _ = sign_in(sim, person, app, client)
    assert "access_token" in first, first
    claims = jwt.decode(first["access_token"], options={"verify_signature": False})
    assert claims["amr"] == ["pwd"]

    made = policy(sim, "MFA for everybody", ["mfa"])
    account = client.get_accounts()[0]
    refused = client.acquire_token_silent_with_error(GRAPH_SCOPE, account, force_refresh=True)
    assert refused["error"] == "invalid_grant"
    assert refused["error_codes"] == [50076]
    assert refused["suberror"] == refused["classification"] == "basic_action"
    assert made["id"] in refused["claims"]

    second, headings = sign_in(sim, person, app, client, claims_challenge=refused["claims"])
    assert "access_token" in second, second
    # The session is still there: only the second factor is asked for.
    assert headings == ["Enter code"]
    claims = jwt.decode(second["access_token"], options={"verify_signature": False})
    assert claims["amr"] == ["pwd", "mfa"]
    again = client.acquire_token_silent_with_error(
        GRAPH_SCOPE, client.get_accounts()[0], force_refresh=True)
    assert "access_token" in again, again

    codes = [row["status"]["errorCode"] for row in sim.directory("GET", "signIns")["value"]]
    # The page asked for the second factor, the silent refresh before it was refused.
    assert codes[-4:] == [50076, 50074, 0, 0]


@pytest.mark.parametrize("device, code", [(None, 530002), ("registered", 53000), ("compliant", None)])
def test_a_device_policy_answers_by_the_device_of_the_person(own_sim, device, code):
    sim = own_sim
    app, client = application(sim)
    first, _ = sign_in(sim, Person(sim.ca), app, client)
    assert "access_token" in first, first
    account, _, _ = people.employee(sim)
    if device:
        sim.directory(
            "PATCH", f"users/{urllib.parse.quote(account)}", {"signIn": {"device": device}})
    policy(sim, "Compliant devices only", ["compliantDevice"])
    result = client.acquire_token_silent_with_error(
        GRAPH_SCOPE, client.get_accounts()[0], force_refresh=True)
    assert result.get("error_codes") == ([code] if code else None), result
    if code:
        assert result["suberror"] == "message_only"


def test_a_blocked_location_stops_a_refresh_and_is_logged(own_sim):
    sim = own_sim
    app, client = application(sim)
    first, _ = sign_in(sim, Person(sim.ca), app, client)
    assert "access_token" in first, first
    account, _, _ = people.employee(sim)
    sim.directory(
        "POST", "conditionalAccess/namedLocations",
        {"displayName": "Abroad", "ipRanges": ["198.51.100.0/24"]})
    policy(
        sim, "Block abroad", ["block"], locations={"includeLocations": ["Abroad"]},
        applications={"includeApplications": ["All"]})
    sim.directory(
        "PATCH", f"users/{urllib.parse.quote(account)}", {"signIn": {"address": "198.51.100.7"}})
    result = client.acquire_token_silent_with_error(
        GRAPH_SCOPE, client.get_accounts()[0], force_refresh=True)
    assert result["error_codes"] == [53003] and result["suberror"] == "message_only"
    row = sim.directory("GET", "signIns", errorCode=53003)["value"][-1]
    assert row["ipAddress"] == "198.51.100.7"
    assert row["conditionalAccessStatus"] == "failure"
    assert row["appliedConditionalAccessPolicies"][0]["result"] == "failure"
