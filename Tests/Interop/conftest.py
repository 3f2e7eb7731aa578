"""Fixtures: one simulator for the tests that only read, one of its own for those that write."""

import os

import pytest

from simulator import BINARY, Simulator
from visitor import Screen, shows


def pytest_configure():
    assert BINARY.exists(), f"{BINARY} is missing: swift build"
    # These would win over the CA that a test hands to requests or MSAL.
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        os.environ.pop(name, None)


@pytest.fixture(scope="session")
def sim(tmp_path_factory):
    """A running contoso that no test changes."""
    with Simulator(tmp_path_factory.mktemp("sim")) as simulator:
        yield simulator


@pytest.fixture
def own_sim(tmp_path):
    """A running contoso of the test's own."""
    with Simulator(tmp_path / "sim") as simulator:
        yield simulator


@pytest.fixture
def screen(monkeypatch):
    """Opens a person's browser: `screen(sim)` signs in where an application opens one."""
    return lambda sim, **options: shows(monkeypatch, Screen(sim, **options))
