"""What has been acknowledged survives SIGKILL."""

import os
import random
import threading

import requests

from simulator import Simulator

ROUNDS = int(os.environ.get("CRASH_ROUNDS", "50"))
WRITERS = 4
WRITES_PER_WRITER = 50


class Writer(threading.Thread):
    """Makes users and changes them, one request at a time, until the server is gone.

    `acknowledged` is what the server has confirmed; `in_flight` may or may not have happened.
    """

    def __init__(self, sim, name, seed):
        super().__init__(daemon=True)
        self.sim = sim
        self.prefix = name
        self.random = random.Random(seed)
        self.acknowledged = {}
        self.in_flight = None
        self.failure = None
        self.session = requests.Session()
        self.session.verify = sim.ca
        self.session.headers["Authorization"] = f"Bearer {sim.ready['controlToken']}"

    def run(self):
        for number in range(WRITES_PER_WRITER):
            name, title = self.change(number)
            self.in_flight = (name, title)
            try:
                response = self.write(name, title)
            except requests.RequestException:
                return
            if not response.ok:
                self.failure = f"{response.status_code} {response.text}"
                return
            self.acknowledged[name] = title
            self.in_flight = None

    def change(self, number):
        known = sorted(self.acknowledged)
        if known and self.random.random() < 0.5:
            name = self.random.choice(known)
        else:
            name = f"{self.prefix}-{number}@{self.sim.tenant['domain']}"
        return name, f"title {self.random.getrandbits(64):016x}"

    def write(self, name, title):
        base = f"{self.sim.base}/sim/v1/tenants/{self.sim.tenant['name']}/users"
        if name in self.acknowledged:
            return self.session.patch(f"{base}/{name}", json={"jobTitle": title}, timeout=60)
        body = {"userPrincipalName": name, "displayName": name, "jobTitle": title}
        return self.session.post(base, json=body, timeout=60)


def titles(sim):
    users = sim.directory("GET", "users", limit=10_000)["value"]
    return {user["userPrincipalName"]: user.get("jobTitle") for user in users}


def test_every_acknowledged_change_survives_sigkill(tmp_path):
    chance = random.Random(7)
    expected = {}
    sim = Simulator(tmp_path / "sim", in_memory=False)
    for round_number in range(ROUNDS):
        sim.start()
        check(sim, expected, round_number)
        writers = [
            Writer(sim, f"r{round_number}w{number}", seed=round_number * WRITERS + number)
            for number in range(WRITERS)
        ]
        kill_after = chance.randrange(1, WRITERS * WRITES_PER_WRITER)
        for writer in writers:
            writer.start()
        while count(writers) < kill_after and any(writer.is_alive() for writer in writers):
            writers[0].join(0.001)
        sim.kill()
        for writer in writers:
            writer.join(60)
            assert writer.failure is None, writer.failure
            for name, title in writer.acknowledged.items():
                expected[name] = {title}
            if writer.in_flight:
                name, title = writer.in_flight
                expected.setdefault(name, {None}).add(title)
    sim.start()
    check(sim, expected, ROUNDS)
    sim.stop()
    left = [path.name for path in (tmp_path / "sim/data").rglob("*") if "tmp" in path.name]
    assert left == []


def count(writers):
    return sum(len(writer.acknowledged) for writer in writers)


def check(sim, expected, round_number):
    """Each change is there; of the one in flight either the old or the new value is."""
    found = titles(sim)
    for name, allowed in expected.items():
        assert found.get(name) in allowed, f"round {round_number}: {name} lost a change"
        # Whatever it is now, it has to stay.
        expected[name] = {found.get(name)}
