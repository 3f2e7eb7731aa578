"""scim2-server behind a token endpoint: client credentials, and a workload identity whose
assertion PyJWT judges by the keys the login endpoint publishes. provisioning.md 10.1, 10.2."""

import base64
import json
import secrets
from urllib.parse import parse_qs, unquote_plus

import jwt
import pytest

import people
from scim_target import ScimTarget
from tokens import validated

APP = "Guarded"
CLIENT = ("entra", "sec ret&1")


class GuardedTarget(ScimTarget):
    """Gives tokens at `/token`; each is good until it is withdrawn."""

    def __init__(self, sim):
        super().__init__()
        self.sim = sim
        self.subject = None
        self.audience = None
        self.withdraw()
        self.token_requests = []
        self.assertions = []

    def withdraw(self):
        # With an empty set scim2-server asks for no token at all.
        self.application.bearer_tokens = {secrets.token_urlsafe(24)}

    @property
    def token_url(self):
        return self.url.removesuffix("/v2") + "/token"

    def record(self, environ, start_response):
        if environ["PATH_INFO"] != "/token":
            return super().record(environ, start_response)
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self.token_requests.append(form)
        if not self.is_known(form, environ.get("HTTP_AUTHORIZATION", "")):
            start_response("401 Unauthorized", [("Content-Type", "application/json")])
            return [b'{"error":"invalid_client"}']
        token = secrets.token_urlsafe(24)
        self.application.bearer_tokens = set(self.application.bearer_tokens) | {token}
        start_response("200 OK", [("Content-Type", "application/json")])
        answer = {"access_token": token, "token_type": "Bearer", "expires_in": 3600}
        return [json.dumps(answer).encode()]

    def is_known(self, form, authorization):
        if authorization.startswith("Basic "):
            pair = base64.b64decode(authorization.removeprefix("Basic ")).decode()
            return tuple(unquote_plus(part) for part in pair.split(":", 1)) == CLIENT
        if "client_assertion" not in form:
            return (form.get("client_id"), form.get("client_secret")) == CLIENT
        try:
            claims = validated(self.sim, form["client_assertion"], audience=self.audience)
        except jwt.InvalidTokenError:
            return False
        self.assertions.append(claims)
        return claims["sub"] == self.subject and form["client_id"] == CLIENT[0]


@pytest.fixture
def target(own_sim):
    with GuardedTarget(own_sim) as target:
        yield target


def connect(sim, target, authentication):
    sim.directory("POST", "apps", {
        "displayName": APP,
        "provisioning": {
            "tenantUrl": target.url + "?aadOptscim062020", "scope": "assignedOnly",
            "provisionsGroups": True, "startsEnabled": False,
            "authentication": {
                "tokenEndpoint": target.token_url, "clientId": CLIENT[0], **authentication,
            },
        },
    })
    for row in sim.directory("GET", f"apps/{people.SIGN_IN_APP}/assignments")["value"]:
        if row["type"] in ("user", "group"):
            sim.directory("POST", f"apps/{APP}/assignments", {row["type"]: row["name"]})
    return sim.directory("GET", f"apps/{APP}")


def run(sim):
    return sim.directory("POST", f"apps/{APP}/provisioning/run", {})


@pytest.mark.parametrize("location", ["header", "body"])
def test_client_credentials_provision_and_a_withdrawn_token_is_replaced(
    own_sim, target, location
):
    connect(own_sim, target, {"clientSecret": CLIENT[1], "credentialLocation": location})
    assert run(own_sim)["state"] == "Succeeded"
    assert len(target.users()) > 5
    assert len(target.token_requests) == 1
    target.withdraw()
    assert run(own_sim)["state"] == "Succeeded"
    assert len(target.token_requests) == 2


def test_a_workload_identity_is_believed_by_a_third_party_library(own_sim, target):
    app = connect(own_sim, target, {"type": "WorkloadIdentity"})
    target.audience, target.subject = app["appId"], app["servicePrincipalId"]
    assert run(own_sim)["state"] == "Succeeded"
    assert len(target.users()) > 5
    claims = target.assertions[0]
    assert claims["ver"] == "2.0" and claims["idtyp"] == "app" and claims["azp"] == app["appId"]
    assert "jti" not in claims and "roles" not in claims


def test_a_target_that_trusts_another_app_refuses_and_the_job_says_so(own_sim, target):
    connect(own_sim, target, {"type": "WorkloadIdentity"})
    target.audience, target.subject = "someone-else", "someone-else"
    report = run(own_sim)
    assert report["state"] == "Failed"
    assert "invalid_client" in report["error"]["message"]
    assert target.requests == []
