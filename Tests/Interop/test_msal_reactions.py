"""How unmodified MSAL takes what the login endpoint can do to it."""

import time

import msal
import pytest
import requests

import people
from test_msal import GRAPH_SCOPE, api_scope, client, signed_in


@pytest.fixture
def daemon(own_sim):
    """A simulator of its own, a daemon with an error cache that the test can look into, and that
    cache."""
    cache = {}
    app = own_sim.app(people.DAEMON_APP)
    return own_sim, client(own_sim, app, app["clientSecret"], http_cache=cache), cache


@pytest.fixture
def person(own_sim):
    """A simulator of its own, a web app with an error cache, and the account that is signed in."""
    cache = {}
    app = own_sim.app(people.SIGN_IN_APP)
    application = client(own_sim, app, app["clientSecret"], http_cache=cache)
    assert "access_token" in signed_in(own_sim, application, app, GRAPH_SCOPE)
    return own_sim, application, application.get_accounts()[0], cache


def fault(sim, what, **when):
    sim.control("POST", "faults", {"where": "token", "what": what, **when})


def hits(sim):
    return sum(rule["hits"] for rule in sim.control("GET", "faults")["value"])


def daemon_token(application, sim):
    return application.acquire_token_for_client(api_scope(sim))


def test_a_demanded_second_factor_reaches_the_app_with_its_claims(person):
    sim, application, account, _ = person
    fault(sim, {"aadsts": 50076}, when={"times": 1})
    refused = application.acquire_token_silent_with_error(
        GRAPH_SCOPE, account, force_refresh=True)
    assert refused["error"] == "invalid_grant"
    assert refused["error_codes"] == [50076]
    assert refused["suberror"] == "basic_action"
    assert '"access_token"' in refused["claims"]


def test_a_refusal_stays_in_msals_error_cache_for_a_minute(person):
    sim, application, account, cache = person
    fault(sim, {"aadsts": 50076})
    for _ in range(3):
        refused = application.acquire_token_silent_with_error(
            GRAPH_SCOPE, account, force_refresh=True)
        assert refused["error_codes"] == [50076]
    # MSAL answered twice by itself: the same request within 60 s does not leave the process.
    assert hits(sim) == 1
    sim.control("DELETE", "faults")
    still = application.acquire_token_silent_with_error(GRAPH_SCOPE, account, force_refresh=True)
    assert still["error_codes"] == [50076]
    # What a test suite does instead of waiting.
    cache.clear()
    good = application.acquire_token_silent_with_error(GRAPH_SCOPE, account, force_refresh=True)
    assert "access_token" in good, good


def test_other_claims_are_another_request_to_the_error_cache(person):
    sim, application, account, _ = person
    fault(sim, {"aadsts": 50076}, when={"times": 1})
    application.acquire_token_silent_with_error(GRAPH_SCOPE, account, force_refresh=True)
    good = application.acquire_token_silent_with_error(
        GRAPH_SCOPE, account, force_refresh=True,
        claims_challenge='{"access_token":{"acrs":{"essential":true,"value":"c1"}}}')
    assert "access_token" in good, good


def test_throttled_msal_keeps_quiet_for_retry_after(daemon):
    sim, application, cache = daemon
    fault(sim, {"status": 429, "retryAfter": "7s"}, when={"times": 1})
    answers = [refusal(application, sim) for _ in range(3)]
    assert len(set(answers)) == 1
    assert hits(sim) == 1
    assert quiet_for(cache) == 7
    cache.clear()
    assert "access_token" in daemon_token(application, sim)


def test_after_a_server_error_without_retry_after_it_keeps_quiet_for_five_seconds(daemon):
    sim, application, cache = daemon
    fault(sim, {"status": 503}, when={"times": 1})
    refusal(application, sim)
    refusal(application, sim)
    assert hits(sim) == 1
    assert quiet_for(cache) == 5
    cache.clear()
    assert "access_token" in daemon_token(application, sim)


def test_a_slow_answer_is_waited_for_and_one_beyond_the_timeout_is_an_error(own_sim):
    app = own_sim.app(people.DAEMON_APP)
    fault(own_sim, {"latency": "300ms"}, when={"times": 1})
    began = time.monotonic()
    patient = client(own_sim, app, app["clientSecret"])
    assert "access_token" in daemon_token(patient, own_sim)
    assert time.monotonic() - began >= 0.3
    fault(own_sim, {"hang": True})
    hurried = client(own_sim, app, app["clientSecret"], timeout=0.5)
    with pytest.raises(requests.exceptions.Timeout):
        daemon_token(hurried, own_sim)


def test_a_reset_connection_is_an_error_and_the_next_call_succeeds(daemon):
    sim, application, _ = daemon
    # requests tries a broken connection once more by itself where it was a kept-alive one.
    fault(sim, {"reset": "before"}, when={"times": 2})
    for _ in range(3):
        try:
            answer = daemon_token(application, sim)
        except requests.exceptions.ConnectionError:
            continue
        assert "access_token" in answer
        return
    raise AssertionError("never recovered")


def refusal(application, sim):
    """What the app sees of an answer that is no token: MSAL raises for 5xx and reads 429."""
    try:
        return str(daemon_token(application, sim))
    except (msal.exceptions.MsalError, requests.exceptions.RequestException, ValueError) as error:
        return str(error)


def quiet_for(cache):
    """Seconds MSAL means to keep quiet; it indexes its error cache by key."""
    _, index = cache["_index_"]
    return max(
        expires - created for key, (expires, created) in index.items()
        if key.startswith("POST") and key.endswith("429/5xx/Retry-After"))
