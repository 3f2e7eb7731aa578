"""Fixtures: one simulator for the tests that only read, one of its own for those that write."""

import pytest

from simulator import BINARY, Simulator


def pytest_configure():
    assert BINARY.exists(), f"{BINARY} is missing: swift build"


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
