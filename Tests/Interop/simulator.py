"""The entra-sim binary as a child process, and its control API."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import time
import urllib.parse

import requests

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("ENTRA_SIM_BINARY", ROOT / ".build/debug/entra-sim"))
START_LIMIT = 60.0
STOP_LIMIT = 20.0


class ControlError(AssertionError):
    """An answer of the control API other than 2xx."""

    def __init__(self, response):
        super().__init__(f"{response.status_code} {response.text}")
        self.response = response


class Simulator:
    """One `entra-sim serve` in its own folder, on a port of the system's choice."""

    def __init__(self, folder, *, tenants=None, in_memory=True, seed=42, options=()):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.ready_file = self.folder / "ready.json"
        storage = ["--in-memory"] if in_memory else ["--data", str(self.folder / "data")]
        self.command = [
            str(BINARY), "serve", "--port", "0", *storage, "--seed", str(seed),
            "--tenants", str(tenants or ROOT / "tenants"),
            "--keys", str(self.folder / "keys"),
            "--ready-file", str(self.ready_file), *options,
        ]
        self.process = None
        # Where its standard error goes; both into the log unless a test says otherwise.
        self.errors = subprocess.STDOUT
        self.session = requests.Session()

    def start(self):
        self.ready_file.unlink(missing_ok=True)
        self.log = open(self.folder / "serve.log", "ab")
        self.process = subprocess.Popen(
            self.command, cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=self.log, stderr=self.errors)
        deadline = time.monotonic() + START_LIMIT
        while not self.ready_file.exists():
            assert self.process.poll() is None, f"serve ended:\n{self.output()}"
            assert time.monotonic() < deadline, f"serve is not ready:\n{self.output()}"
            time.sleep(0.01)
        self.ready = json.loads(self.ready_file.read_text())
        self.base = self.ready["baseURL"].rstrip("/")
        self.ca = self.ready["caFile"]
        if not os.path.isabs(self.ca):
            self.ca = str(self.folder / self.ca)
        self.session = requests.Session()
        self.session.verify = self.ca
        self.tenant = self.ready["tenants"][0]
        return self

    def output(self):
        return (self.folder / "serve.log").read_text(errors="replace")[-4000:]

    def stop(self):
        """Ends it as a person would; the ready-file must be gone afterwards."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            status = self.process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError("serve did not stop on SIGINT")
        assert status in (0, 130, -signal.SIGINT), f"status {status}:\n{self.output()}"
        assert not self.ready_file.exists(), "the ready-file outlives the process"

    def kill(self):
        """Ends it as a power cut would, as far as the process can tell."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(STOP_LIMIT)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        try:
            self.stop()
        finally:
            self.log.close()

    # Control API

    def control(self, method, path, body=None, **query):
        response = self.session.request(
            method, f"{self.base}/sim/v1/{path}", json=body, params=query or None,
            headers={"Authorization": f"Bearer {self.ready['controlToken']}"}, timeout=120)
        if not response.ok:
            raise ControlError(response)
        return response.json() if response.content else None

    def directory(self, method, path, body=None, **query):
        return self.control(method, f"tenants/{self.tenant['name']}/{path}", body, **query)

    def user(self, name):
        return self.directory("GET", f"users/{urllib.parse.quote(name)}")

    def group(self, name):
        return self.directory("GET", f"groups/{urllib.parse.quote(name)}")

    def app(self, name):
        """The app as the ready-file shows it, with its secret."""
        return next(app for app in self.tenant["apps"] if app["name"] == name)

    def cli(self, *arguments):
        """Runs a command of the same binary against this simulator; returns its JSON."""
        result = subprocess.run(
            [str(BINARY), *arguments, "--json", "--ready-file", str(self.ready_file)],
            cwd=self.folder, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=120)
        assert result.returncode == 0, f"{arguments}: {result.stdout}{result.stderr}"
        return json.loads(result.stdout) if result.stdout.strip() else None


def copied_tenant(folder, change):
    """A copy of the shipped tenants, with contoso's fixture changed by `change(fixture)`."""
    target = pathlib.Path(folder) / "tenants"
    shutil.copytree(ROOT / "tenants", target)
    path = target / "contoso/tenant.json"
    fixture = json.loads(path.read_text())
    change(fixture)
    path.write_text(json.dumps(fixture, indent=2))
    return target
