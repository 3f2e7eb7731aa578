"""scim2-server, a third-party SCIM server, as provisioning target.

It is strict where Entra's default dialect is loose (a removal with a value, for example), so the
tenant URL carries the flag that Entra's documentation names for such servers. An operation that adds
to `addresses[type eq "work"]` of somebody without a work address it answers with 400 noTarget, where
Entra expects the address to be made; so nobody here gets a first address or phone later on.
"""

import json

import pytest

import expected
import people
from random_edits import Company, shuffle
from scim_target import TOKEN, ScimTarget

APP = "Scim2"
FLAG = "?aadOptscim062020"


def connect(sim, target):
    """An enterprise app for the target, with the same assignments as the sign-in app."""
    sim.directory("POST", "apps", {
        "displayName": APP,
        "provisioning": {
            "tenantUrl": target.url + FLAG, "secretToken": TOKEN, "scope": "assignedOnly",
            "provisionsGroups": True, "startsEnabled": False,
        },
    })
    for row in sim.directory("GET", f"apps/{people.SIGN_IN_APP}/assignments")["value"]:
        if row["type"] in ("user", "group"):
            sim.directory("POST", f"apps/{APP}/assignments", {row["type"]: row["name"]})


def run(sim, **options):
    report = sim.directory("POST", f"apps/{APP}/provisioning/run", options)
    assert report["state"] == "Succeeded", report["text"]
    return report


def assert_equal(sim, target, known):
    """Target and assigned part of the directory are the same; `known` remembers who has a
    counterpart, because those who fall out of scope stay, inactive."""
    users, groups = people.in_scope(sim, APP)
    for name, user in users.items():
        if user["accountEnabled"] or name in known:
            known[name] = user
    linked = {name: expected.user_name(name) for name in known}
    wanted_users = {
        expected.user_name(name): expected.comparable(
            expected.user(
                user, is_active=name in users and user["accountEnabled"], linked=linked))
        for name, user in known.items()
    }
    found_users = {name: expected.comparable(user) for name, user in target.users().items()}
    for name in sorted(set(found_users) | set(wanted_users)):
        assert found_users.get(name) == wanted_users.get(name), name
    assert found_users == wanted_users
    wanted_groups = {
        name: expected.comparable(expected.group(group, linked=linked))
        for name, group in groups.items()
    }
    found_groups = {name: expected.comparable(group) for name, group in target.groups().items()}
    assert found_groups == wanted_groups


@pytest.fixture
def connected(own_sim):
    with ScimTarget() as target:
        connect(own_sim, target)
        yield own_sim, target


def test_the_connection_test_passes_and_names_a_wrong_token(connected):
    sim, _ = connected
    path = f"apps/{APP}/provisioning/test-connection"
    good = sim.directory("POST", path, {})
    assert good["success"] is True, good
    refused = sim.directory("POST", path, {"secretToken": "wrong"})
    assert refused["success"] is False and refused["httpStatus"] == "401", refused
    assert "Response Status Code: Unauthorized" in refused["text"], refused


def test_users_and_groups_equal_the_assigned_part_then_again_after_edits(connected):
    sim, target = connected
    known = {}
    report = sim.cli("provision", "run", APP)
    assert report, "a report is expected"
    assert_equal(sim, target, known)
    assert len(known) >= 5 and target.groups(), "the fixture is too small to show anything"

    edit(sim)
    run(sim)
    assert_equal(sim, target, known)

    target.forget_requests()
    run(sim)
    assert target.writes() == []


def edit(sim):
    """A rename, a move, a leaver, a new member and a member less."""
    users, groups = people.in_scope(sim, APP)
    enabled = [name for name, user in sorted(users.items()) if user["accountEnabled"]]
    renamed, moved, leaver = enabled[:3]
    sim.directory("PATCH", f"users/{renamed}", {"displayName": "Renamed Person"})
    sim.directory("PATCH", f"users/{moved}", {"department": "Logistics", "surname": "Moved"})
    sim.directory("POST", f"users/{leaver}/disable", {})
    group = sorted(groups)[0]
    members = {m["name"] for m in groups[group]["members"] if m["type"] == "user"}
    everyone = sim.directory("GET", "users")["value"]
    # Nobody's manager: a manager who comes into scope later is not written until a restart.
    managers = {user.get("manager") for user in everyone}
    newcomer = next(
        name for name, enabled in (
            (user["userPrincipalName"], user["accountEnabled"]) for user in everyone)
        if enabled and name not in users and name not in managers)
    sim.directory("POST", f"groups/{group}/members", {"user": newcomer})
    if members:
        sim.directory("DELETE", f"groups/{group}/members", user=sorted(members)[-1])
    sim.directory("PATCH", f"groups/{group}", {"displayName": "Renamed Group"})


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_random_joiners_movers_and_leavers_leave_target_and_scope_equal(connected, seed):
    sim, target = connected
    company = Company(sim, APP, seed)

    def check():
        story = "\n".join(company.log[-30:])
        found = {name: expected.comparable(user) for name, user in target.users().items()}
        wanted = {n: expected.comparable(user) for n, user in company.wanted_users().items()}
        for name in sorted(set(found) | set(wanted)):
            assert found.get(name) == wanted.get(name), f"{name}\n{story}"
        members = {name: group["members"] for name, group in target.groups().items()}
        assert members == company.wanted_groups(), story

    shuffle(company, lambda **options: run(sim, **options), check, cycles=8)
    assert company.number > 8, "too few edits to show anything"
    target.forget_requests()
    run(sim)
    assert target.writes() == []


def test_without_the_recorder_only_managers_are_missing_and_the_log_says_so(own_sim):
    with ScimTarget(understands_bare_manager=False) as target:
        connect(own_sim, target)
        own_sim.directory("POST", f"apps/{APP}/provisioning/run", {})
        users, _ = people.in_scope(own_sim, APP)
        enabled = {expected.user_name(n) for n, user in users.items() if user["accountEnabled"]}
        assert set(target.users()) == enabled
        refused = [request for request in target.writes() if request["status"] == 400]
        assert refused, "nobody in scope has a manager in scope"
        for request in refused:
            operations = json.loads(request["body"])["Operations"]
            assert operations and all(
                operation["path"].endswith(":manager") and isinstance(operation["value"], str)
                for operation in operations), request["body"]
        log = own_sim.directory("GET", f"apps/{APP}/provisioning/logs", limit=1000)["value"]
        failed = [row for row in log
                  if row["provisioningStatusInfo"]["status"] == "failure"]
        assert len(failed) == len(refused)
        for row in failed:
            assert [change["displayName"].rsplit(":", 1)[-1]
                    for change in row["modifiedProperties"]] == ["manager"], row
            assert "BadRequest" in row["provisioningStatusInfo"]["errorInformation"]["reason"]
