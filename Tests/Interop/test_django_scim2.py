"""django-scim2, a library that adds SCIM to a Django application, as provisioning target.

It knows a user's name, first and last name, e-mail and whether he is active, takes Booleans only as
JSON and replaces only: so the mapping is cut down to these, what it cannot change is sent on create
only, and the tenant URL carries the flag for targets that go by the standard.
"""

import pytest

from django_scim_target import TOKEN, DjangoTarget
from random_edits import Company, shuffle

APP = "Django"
FLAG = "?aadOptscim062020"
ASSIGNED = ["claresia-admins", "claresia-users", "claresia-eng-pilot"]


def row(target, source, **more):
    return {"targetAttributeName": target, "source": source, **more}


MAPPINGS = {"objectMappings": [
    {"sourceObjectName": "User", "attributeMappings": [
        row("userName", "[userPrincipalName]", matchingPriority=1),
        row("active", 'Switch([IsSoftDeleted], , "False", "True", "True", "False")'),
        row("name.givenName", "[givenName]"), row("name.familyName", "[surname]"),
        row('emails[type eq "work"].value', "[mail]", flowType="ObjectAddOnly"),
        row("externalId", "[mailNickname]", flowType="ObjectAddOnly"),
    ]},
]}


def connect(sim, target, flag=FLAG, mappings=MAPPINGS):
    sim.directory("POST", "apps", {
        "displayName": APP,
        "provisioning": {
            "tenantUrl": target.url + flag, "secretToken": TOKEN, "scope": "assignedOnly",
            "provisionsGroups": True, "startsEnabled": False,
        },
    })
    if mappings:
        sim.directory("PUT", f"apps/{APP}/provisioning/schema", mappings)
    for group in ASSIGNED:
        sim.directory("POST", f"apps/{APP}/assignments", {"group": group})


def run(sim, **options):
    return sim.directory("POST", f"apps/{APP}/provisioning/run", options)


def succeed(sim, **options):
    report = run(sim, **options)
    assert report["state"] == "Succeeded", report["text"]
    return report


def codes(sim):
    rows = sim.directory("GET", f"apps/{APP}/provisioning/logs", status="failure", limit=1000)
    return {
        row["provisioningStatusInfo"]["errorInformation"]["errorCode"] for row in rows["value"]
    }


def test_the_connection_test_passes_and_names_a_wrong_token(own_sim):
    with DjangoTarget() as target:
        connect(own_sim, target)
        path = f"apps/{APP}/provisioning/test-connection"
        assert own_sim.directory("POST", path, {})["success"]
        refused = own_sim.directory("POST", path, {"secretToken": "wrong"})
        assert not refused["success"] and refused["httpStatus"] == "401"


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_random_joiners_movers_and_leavers_leave_target_and_scope_equal(own_sim, seed):
    with DjangoTarget() as target:
        connect(own_sim, target)
        company = Company(own_sim, APP, seed)

        def check():
            story = "\n".join(company.log[-30:])
            wanted = {
                name: {
                    "givenName": user.get("name", {}).get("givenName", ""),
                    "familyName": user.get("name", {}).get("familyName", ""),
                    "active": user["active"],
                } for name, user in company.wanted_users().items()
            }
            found = {
                name: {key: user[key] for key in ("givenName", "familyName", "active")}
                for name, user in target.users().items()
            }
            for name in sorted(set(found) | set(wanted)):
                assert found.get(name) == wanted.get(name), f"{name}\n{story}"
            assert target.groups() == company.wanted_groups(), story

        shuffle(company, lambda **options: succeed(own_sim, **options), check, cycles=8)
        assert company.number > 8, "too few edits to show anything"
        target.forget_requests()
        succeed(own_sim)
        assert target.writes() == []


def test_a_full_restart_finds_everybody_again_by_query(own_sim):
    with DjangoTarget() as target:
        connect(own_sim, target)
        succeed(own_sim)
        before = target.users(), target.groups()
        target.forget_requests()
        report = succeed(own_sim, resetScope="Full")
        assert report["counts"]["created"] == 0
        assert not [r for r in target.writes() if r["method"] == "POST"]
        assert (target.users(), target.groups()) == before


def test_without_the_flag_text_booleans_are_refused_and_the_log_says_so(own_sim):
    with DjangoTarget() as target:
        connect(own_sim, target, flag="")
        succeed(own_sim)
        own_sim.directory("POST", "users/adele.vance@contoso.example/disable", {})
        run(own_sim)
        assert target.users()["adele.vance@contoso.example"]["active"]
        refused = [r for r in target.writes() if r["status"] == 400]
        assert refused and '"value":"False"' in refused[0]["body"]
        assert codes(own_sim) == {"SystemForCrossDomainIdentityManagementServiceIncompatible"}


def test_groups_that_come_back_with_members_are_an_error_of_the_log(own_sim):
    with DjangoTarget(hides_members=False) as target:
        connect(own_sim, target)
        succeed(own_sim)
        own_sim.directory("PATCH", "groups/claresia-users", {"displayName": "claresia-people"})
        run(own_sim)
        assert codes(own_sim) == {
            "SystemForCrossDomainIdentityManagementMultipleEntriesInResponse"}
        assert "claresia-people" not in target.groups()
