"""The provisioning log, a report and a recording, by the command line of the binary itself."""

import csv
import json
import signal
import subprocess

from simulator import BINARY

PERSON = "adele.vance@contoso.example"


def command(sim, *words):
    """A comparison needs no simulator; everything else finds the test's own."""
    if words[:2] == ("provision", "compare"):
        return [str(BINARY), *words]
    return [str(BINARY), *words, "--ready-file", str(sim.ready_file)]


def run(sim, *words, status=0):
    result = subprocess.run(
        command(sim, *words), stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=60)
    assert result.returncode == status, f"{result.stdout}\n{result.stderr}"
    return result.stdout


def follow(sim, *words):
    return subprocess.Popen(
        command(sim, "provision", "logs", "Claresia", "--follow", *words),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_follower_prints_rows_as_they_come_and_ends_after_its_cycles(own_sim):
    run(own_sim, "provision", "run", "Claresia")
    with follow(own_sim, "--cycles", "1", "--limit", "1", "--format", "jsonl") as follower:
        earlier = json.loads(follower.stdout.readline())
        assert earlier["provisioningStatusInfo"]["status"] == "success"
        run(own_sim, "user", "disable", PERSON)
        run(own_sim, "provision", "run", "Claresia")
        row = json.loads(follower.stdout.readline())
        assert row["provisioningAction"] == "disable"
        assert row["sourceIdentity"]["details"]["UserPrincipalName"] == PERSON
        assert follower.stdout.read() == ""
        assert follower.wait(timeout=30) == 0


def test_a_follower_ends_by_interrupt_and_when_its_reader_is_gone(own_sim):
    run(own_sim, "provision", "run", "Claresia")
    with follow(own_sim) as follower:
        assert follower.stdout.readline()
        follower.send_signal(signal.SIGINT)
        assert follower.wait(timeout=30) == -signal.SIGINT
    with follow(own_sim) as follower:
        assert follower.stdout.readline()
        follower.stdout.close()
        run(own_sim, "user", "disable", PERSON)
        run(own_sim, "provision", "run", "Claresia")
        assert follower.wait(timeout=60) == 0


def test_the_csv_download_is_three_tables_joined_by_change(own_sim, tmp_path):
    run(own_sim, "user", "set", PERSON, "--set", 'jobTitle==HYPERLINK("x"), "quoted"')
    run(own_sim, "provision", "run", "Claresia")
    run(own_sim, "provision", "logs", "Claresia", "--format", "csv", "--out",
        str(tmp_path / "ProvisioningLogs.csv"))

    def table(suffix):
        with open(tmp_path / f"ProvisioningLogs{suffix}.csv", newline="") as file:
            return list(csv.DictReader(file))

    rows = table("")
    changes = {row["changeId"] for row in rows}
    assert len(changes) == len(rows) > 30
    steps = table("_ProvisioningSteps")
    assert {step["changeId"] for step in steps} == changes
    properties = table("_ModifiedProperties")
    assert {row["changeId"] for row in properties} <= changes
    titles = [row["newValue"] for row in properties if row["displayName"] == "title"]
    assert "'=HYPERLINK(\"x\"), \"quoted\"" in titles
    mine = json.loads(run(own_sim, "provision", "logs", "Claresia", "--user", PERSON,
                          "--action", "create", "--format", "json"))["value"]
    assert [row["provisioningAction"] for row in mine] == ["create"]


def test_a_report_of_any_cycle(own_sim):
    run(own_sim, "provision", "run", "Claresia")
    run(own_sim, "user", "disable", PERSON)
    run(own_sim, "provision", "run", "Claresia")
    first = json.loads(run(own_sim, "provision", "report", "Claresia", "--cycle", "1", "--json"))
    assert first["counts"]["created"] == 18
    text = run(own_sim, "provision", "report", "Claresia")
    assert text.startswith("cycle 2\n")
    assert f"{PERSON}  blocked or deleted in Entra" in text
    run(own_sim, "provision", "report", "Claresia", "--cycle", "9", status=4)


def test_two_recordings_say_what_changed(own_sim, tmp_path):
    a, b, c = (str(tmp_path / name) for name in ("a.jsonl", "b.jsonl", "c.jsonl"))
    run(own_sim, "provision", "run", "Claresia")
    for file in (a, b):
        run(own_sim, "provision", "run", "Claresia", "--reset-scope", "Full", "--record", file)
    assert run(own_sim, "provision", "compare", a, b).startswith("same: ")
    assert open(a).read() == open(b).read()
    # A new release of the endpoint that fails where it should change somebody.
    run(own_sim, "fault", "add", "scim", "status=500", "--operation", "update")
    run(own_sim, "user", "set", PERSON, "--set", "jobTitle=Lead")
    run(own_sim, "provision", "run", "Claresia", "--reset-scope", "Full", "--record", c, status=5)
    text = run(own_sim, "provision", "compare", a, c, status=1)
    assert f"User {PERSON}\n" in text
    assert "update  new: PATCH" in text
    found = json.loads(run(own_sim, "provision", "compare", a, c, "--json", status=1))
    assert not found["same"] and found["differenceCount"] > 0
    run(own_sim, "provision", "compare", a, str(tmp_path / "none"), status=2)


def test_no_secret_reaches_log_export_report_or_recording(own_sim, tmp_path):
    """The token in use is a canary; the target refuses it and may repeat it."""
    canary = "CANARY-5a77-never-shown"
    run(own_sim, "app", "set", "Claresia", "--secret-token", canary)
    file = tmp_path / "cycle.jsonl"
    shown = run(own_sim, "provision", "run", "Claresia", "--wire", "--record", str(file), status=5)
    token = next(target["token"] for target in own_sim.ready["targets"]
                 if target["name"].lower().startswith("claresia"))
    run(own_sim, "app", "set", "Claresia", "--secret-token", token)
    shown += run(own_sim, "provision", "run", "Claresia", "--wire", "--reset-scope", "Full",
                 "--record", str(tmp_path / "second.jsonl"))
    shown += (tmp_path / "second.jsonl").read_text() + file.read_text()
    for form in ("json", "jsonl", "csv"):
        shown += run(own_sim, "provision", "logs", "Claresia", "--format", form)
    shown += run(own_sim, "provision", "report", "Claresia", "--json")
    shown += run(own_sim, "provision", "status", "Claresia", "--json")
    shown += run(own_sim, "app", "show", "Claresia", "--json")
    assert canary not in shown
    assert token not in shown
    assert canary not in own_sim.output()
