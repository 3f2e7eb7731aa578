"""PyJWT, unmodified, validates what entra-sim signs through discovery and JWKS."""

import base64

import jwt
import pytest
from cryptography import x509

import people
from test_msal import api_scope, desktop, signed_in
from tokens import discovery, validated


@pytest.fixture(scope="module")
def answer(sim):
    app, application = desktop(sim)
    return app, signed_in(sim, application, app, api_scope(sim, people.API_SCOPE))


def test_the_id_token_is_valid_for_the_client_only(sim, answer):
    app, result = answer
    claims = validated(sim, result["id_token"], app["clientId"])
    assert claims["ver"] == "2.0"
    assert claims["tid"] == sim.tenant["id"]
    with pytest.raises(jwt.InvalidAudienceError):
        validated(sim, result["id_token"], "another-client")


def test_the_access_token_is_valid_for_the_api_it_was_asked_for(sim, answer):
    app, result = answer
    claims = validated(sim, result["access_token"], sim.app(people.API)["clientId"])
    assert claims["azp"] == app["clientId"] and claims["azpacr"] == "0"
    assert people.API_SCOPE in claims["scp"].split()
    with pytest.raises(jwt.InvalidAudienceError):
        validated(sim, result["access_token"], app["clientId"])
    # 60 to 90 minutes; nbf and iat lie five minutes back.
    assert 3600 <= claims["exp"] - claims["iat"] <= 5700


def test_a_changed_token_is_refused(sim, answer):
    _, result = answer
    head, payload, signature = result["access_token"].split(".")
    flipped = ("A" if signature[10] != "A" else "B")
    changed = ".".join([head, payload, signature[:10] + flipped + signature[11:]])
    with pytest.raises(jwt.InvalidSignatureError):
        validated(sim, changed)


def test_each_published_key_is_the_key_of_its_certificate(sim):
    keys = sim.session.get(discovery(sim)["jwks_uri"], timeout=20).json()["keys"]
    assert keys
    for key in keys:
        certificate = x509.load_der_x509_certificate(base64.b64decode(key["x5c"][0]))
        published = jwt.PyJWK(key).key.public_numbers()
        assert certificate.public_key().public_numbers() == published
