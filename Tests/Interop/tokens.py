"""Tokens as a resource server checks them: discovery, then JWKS, then PyJWT."""

import ssl

import jwt


def discovery(sim, version="v2.0/"):
    response = sim.session.get(
        f"{sim.base}/{sim.tenant['id']}/{version}.well-known/openid-configuration", timeout=20)
    response.raise_for_status()
    return response.json()


def validated(sim, token, audience=None, version="v2.0/"):
    """Claims of a token whose signature, issuer, lifetime and audience have been checked.

    Without an audience any is accepted, but there must be one. An empty version is v1's.
    """
    metadata = discovery(sim, version)
    trust = ssl.create_default_context(cafile=sim.ca)
    key = jwt.PyJWKClient(metadata["jwks_uri"], ssl_context=trust).get_signing_key_from_jwt(token)
    assert key.key_id == jwt.get_unverified_header(token)["kid"]
    return jwt.decode(
        token, key.key, algorithms=["RS256"], audience=audience, issuer=metadata["issuer"],
        options={
            "require": ["exp", "iat", "nbf", "iss", "aud", "sub"],
            "verify_aud": audience is not None,
        })
