"""Joiners, movers and leavers by the dice, and what a target must look like afterwards.

The model is written from provisioning.md, not from the simulator: who is in scope is sent; who
leaves is switched off and keeps what was sent last; who is purged is deleted, unless unassigned
before; members are those with a counterpart.
"""

import random

import expected
import people
from simulator import ControlError

CITIES = ["Leeds", "Porto", "Ghent", "Turku", "Graz"]
TITLES = ["Engineer", "Buyer", "Clerk", "Pilot", "Baker"]
NAMES = ["Ada", "Bo", "Cleo", "Dov", "Ema", "Finn", "Gro", "Hal", "Iris", "Jun"]


class Company:
    """The directory under edit, and what the target has been told."""

    def __init__(self, sim, app, seed, domain="contoso.example"):
        self.sim, self.app, self.domain = sim, app, domain
        self.dice = random.Random(seed)
        self.number = 0
        #: By object id: the user as last sent, whether on, still managed, and the manager's id.
        self.told = {}
        #: By group id: ids of the members told.
        self.members = {}
        self.log = []

    # Edits

    def edit(self, count):
        for _ in range(count):
            edit = self.dice.choice([
                self.join, self.join, self.join, self.join, self.move, self.move, self.move, self.switch_group,
                self.switch_group, self.rename_person, self.block, self.unblock, self.leave,
                self.come_back, self.delete, self.rename_group, self.new_manager,
            ])
            edit()

    def note(self, text):
        self.log.append(text)

    def staff(self, **wanted):
        """Users that this class made, sorted; by `accountEnabled` where it is given."""
        users = [u for u in self.listing().values() if u["userPrincipalName"].startswith("rnd")]
        return sorted(
            (u for u in users if all(u[key] == value for key, value in wanted.items())),
            key=lambda user: user["id"])

    def listing(self):
        return {u["id"]: u for u in self.sim.directory("GET", "users", limit=1000)["value"]}

    def some(self, **wanted):
        found = self.staff(**wanted)
        return self.dice.choice(found) if found else None

    def assigned_groups(self):
        rows = self.sim.directory("GET", f"apps/{self.app}/assignments")["value"]
        return sorted(row["name"] for row in rows if row["type"] == "group")

    def assigned_people(self):
        rows = self.sim.directory("GET", f"apps/{self.app}/assignments")["value"]
        return sorted(row["name"] for row in rows if row["type"] == "user")

    def join(self):
        self.number += 1
        given, surname = self.dice.choice(NAMES), f"Rand{self.number}"
        name = f"rnd{self.number}@{self.domain}"
        self.sim.directory("POST", "users", {
            "userPrincipalName": name, "displayName": f"{given} {surname}", "givenName": given,
            "surname": surname, "mail": name, "department": "New",
            "jobTitle": self.dice.choice(TITLES), "employeeId": str(1000 + self.number),
            # There from the start: a first value for a filtered path is refused by scim2-server.
            "city": self.dice.choice(CITIES), "mobilePhone": f"+44 {self.number}",
        })
        if self.dice.random() < 0.5:
            self.assign(name)
        else:
            self.enter(name)
        self.note(f"join {name}")

    def assign(self, name):
        if name not in self.assigned_people():
            self.sim.directory("POST", f"apps/{self.app}/assignments", {"user": name})

    def enter(self, name):
        group = self.dice.choice(self.assigned_groups())
        members = {m["name"] for m in self.sim.group(group)["members"]}
        if name not in members:
            self.sim.directory("POST", f"groups/{group}/members", {"user": name})

    def move(self):
        user = self.some()
        if user:
            change = self.dice.choice([
                {"city": self.dice.choice(CITIES)}, {"jobTitle": self.dice.choice(TITLES)},
                {"department": self.dice.choice(["R&D", "Sales", "Yard"])},
                {"givenName": self.dice.choice(NAMES)},
                {"mobilePhone": f"+44 {self.dice.randrange(1000)}"},
            ])
            self.sim.directory("PATCH", f"users/{user['id']}", change)
            self.note(f"move {user['userPrincipalName']} {change}")

    def rename_person(self):
        user = self.some()
        if user:
            self.number += 1
            name = f"rnd{self.number}x@{self.domain}"
            self.sim.directory(
                "PATCH", f"users/{user['id']}",
                {"userPrincipalName": name, "displayName": f"Named {self.number}"})
            self.note(f"rename {user['userPrincipalName']} to {name}")

    def switch_group(self):
        user = self.some()
        if not user:
            return
        name = user["userPrincipalName"]
        for group in self.assigned_groups():
            if name in {m["name"] for m in self.sim.group(group)["members"]}:
                self.sim.directory("DELETE", f"groups/{group}/members", user=name)
                self.note(f"{name} leaves {group}")
                return
        # Who is blocked and has no counterpart would be left out for good: a documented gap.
        if user["accountEnabled"]:
            self.enter(name)
            self.note(f"{name} enters a group")

    def block(self):
        user = self.some(accountEnabled=True)
        # Never sent and blocked at once, a member would be left out of its group for good.
        if user and user["id"] in self.told:
            self.sim.directory("POST", f"users/{user['id']}/disable", {})
            self.note(f"block {user['userPrincipalName']}")

    def unblock(self):
        user = self.some(accountEnabled=False)
        if user:
            self.sim.directory("POST", f"users/{user['id']}/enable", {})
            self.note(f"unblock {user['userPrincipalName']}")

    def leave(self):
        names = [n for n in self.assigned_people() if n.startswith("rnd")]
        if names:
            name = self.dice.choice(names)
            self.sim.directory("DELETE", f"apps/{self.app}/assignments", user=name)
            self.note(f"unassign {name}")

    def come_back(self):
        user = self.some(accountEnabled=True)
        if user:
            self.assign(user["userPrincipalName"])
            self.note(f"assign {user['userPrincipalName']}")

    def delete(self):
        managers = {u.get("manager") for u in self.listing().values()}
        users = [u for u in self.staff() if u["userPrincipalName"] not in managers]
        if users:
            user = self.dice.choice(users)
            self.sim.directory("DELETE", f"users/{user['id']}")
            purges = self.dice.random() < 0.5
            if purges:
                self.sim.directory("POST", f"users/{user['id']}/purge", {})
            self.note(f"{'purge' if purges else 'delete'} {user['userPrincipalName']}")

    def rename_group(self):
        group = self.dice.choice(self.assigned_groups())
        self.number += 1
        name = f"{group.split(' ')[0]} {self.number}"
        self.sim.directory("PATCH", f"groups/{group}", {"displayName": name})
        self.note(f"group {group} is {name}")

    def new_manager(self):
        user = self.some(accountEnabled=True)
        bosses = [u for u in self.staff(accountEnabled=True) if u["id"] in self.told]
        if user and bosses:
            boss = self.dice.choice(bosses)
            try:
                self.sim.directory(
                    "PATCH", f"users/{user['id']}", {"manager": boss["userPrincipalName"]})
            except ControlError:
                return self.note("nobody reports to himself")
            self.note(f"{user['userPrincipalName']} reports to {boss['userPrincipalName']}")

    # What the target must be told

    def settle(self, *, everything=False):
        """Takes the directory over into the model, as a cycle that has just ended must have.

        `everything`: a full cycle, which looks at each reference again.
        """
        users = self.listing()
        ids = {user["userPrincipalName"]: key for key, user in users.items()}
        bin_ = {u["id"] for u in self.sim.directory(
            "GET", "users", deleted="true", limit=1000)["value"]}
        in_scope, groups = people.in_scope(self.sim, self.app)
        scope = {ids[name] for name in in_scope}
        fresh = set()
        for key, user in users.items():
            known = self.told.get(key)
            if key in scope and user["accountEnabled"]:
                if not known or known["user"] != user or not known["on"]:
                    fresh.add(key)
                manager = known["manager"] if known else None
                self.told[key] = {"user": user, "on": True, "managed": True, "manager": manager}
            elif known:
                known.update(on=False, managed=key in scope)
        for key in list(self.told):
            known = self.told[key]
            if key in users:
                continue
            if key in bin_:
                # In the bin nobody is assigned any more: off, and a purge still deletes.
                known["on"] = False
            elif known["managed"]:
                del self.told[key]
            else:
                known["gone"] = True
        for key in fresh | (set(self.told) if everything else set()):
            if key in users and self.told[key]["on"]:
                boss = ids.get(users[key].get("manager"))
                if boss in self.told:
                    self.told[key]["manager"] = boss
        before, self.members = self.members, {}
        for group in groups.values():
            inside = {ids[m["name"]] for m in group["members"] if m["type"] == "user"}
            # Who is in the recycle bin is switched off and stays in the target's groups, to be
            # there again when restored.
            _, told = before.get(group["id"], (group, set()))
            self.members[group["id"]] = (group, (inside | told & bin_) & set(self.told))
        return self

    def name(self, key):
        return expected.user_name(self.told[key]["user"]["userPrincipalName"])

    def wanted_users(self):
        """The SCIM user of everybody told, by userName."""
        wanted = {}
        for key, known in self.told.items():
            source = known["user"]
            boss = known["manager"]
            linked = {source.get("manager"): self.name(boss)} if boss in self.told else {}
            wanted[self.name(key)] = expected.user(source, is_active=known["on"], linked=linked)
        return wanted

    def wanted_groups(self):
        """Names of the members told, by displayName."""
        return {
            group["displayName"]: sorted(self.name(member) for member in members)
            for group, members in self.members.values()
        }


def shuffle(company, run, check, *, cycles, edits=6):
    """Edits and cycles in turn; `check()` compares after each. Ends with a quiet cycle, a restart
    that finds nothing to mend, and a last look."""
    run()
    company.settle()
    check()
    for _ in range(cycles):
        company.edit(edits)
        company.note("-- cycle")
        run()
        company.settle()
        check()
    run(resetScope="Watermark, Escrows, QuarantineState")
    company.settle(everything=True)
    check()
