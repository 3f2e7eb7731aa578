"""Drills against scim2-server, a third-party SCIM server that knows nothing of entra-sim.

Each drill gets a server of its own, empty, and must come out as its file expects: the same story,
with a peer that nobody here has written. Those that cannot be played there say why.
"""

import json
import subprocess
import xml.etree.ElementTree as tree

import pytest

from scim_target import TOKEN, ScimTarget
from simulator import BINARY, ROOT

FLAG = "?aadOptscim062020"


def drill(*words):
    return subprocess.run(
        [str(BINARY), "drill", *words], cwd=ROOT, capture_output=True, text=True, timeout=120)


def listed():
    if not BINARY.exists():
        return []
    return json.loads(drill("list", "--json").stdout)["value"]


ROWS = listed()
PLAYABLE = [row["name"] for row in ROWS if row["target"] == "any"]
OTHERS = [row["name"] for row in ROWS if row["target"] != "any"]


@pytest.mark.parametrize("name", PLAYABLE)
def test_a_drill_comes_out_as_expected_on_scim2_server(name, tmp_path):
    report = tmp_path / "drill.xml"
    with ScimTarget() as target:
        played = drill(
            "run", name, "--target", target.url + FLAG, "--token", TOKEN, "--junit", str(report))
        assert played.returncode == 0, played.stdout + played.stderr
        # Quarantine drills may never get as far as writing; all of them ask.
        assert any(request["method"] == "GET" for request in target.requests), name
    suite = tree.parse(report).getroot().find("testsuite")
    assert suite.get("name") == f"drill.{name}"
    assert int(suite.get("tests")) > 0 and suite.get("failures") == "0"


def test_most_drills_that_provision_can_be_played_there():
    assert len(PLAYABLE) >= 13, PLAYABLE


@pytest.mark.parametrize("name", OTHERS)
def test_a_drill_that_cannot_be_played_there_says_why(name, tmp_path):
    report = tmp_path / "drill.xml"
    played = drill(
        "run", name, "--target", "http://localhost:9/scim", "--token", TOKEN,
        "--junit", str(report))
    assert played.returncode == 0, played.stderr
    skipped = tree.parse(report).getroot().find("testsuite/testcase/skipped")
    print(f"{name}: {skipped.get('message')}")
    assert skipped.get("message") in played.stdout
    assert "no SCIM target is called" in skipped.get("message") or \
        "only the sample app" in skipped.get("message")


def test_all_drills_take_less_than_twenty_seconds_on_the_sample_apps():
    played = drill("run", "--all", "--json")
    reports = json.loads(played.stdout)["value"]
    assert played.returncode == 0, [r["name"] for r in reports if r["result"] != "passed"]
    assert {report["result"] for report in reports} == {"passed"} and len(reports) >= 20
    took = sum(report["elapsedMs"] for report in reports) / 1000
    print(f"{len(reports)} drills in {took:.1f} s")
    assert took < 20
