"""Nobody has to read the lines `serve` prints per request."""

import subprocess

import requests

from simulator import Simulator

# More than a pipe holds: 64 KiB on Linux.
REQUESTS = 1500
LINE = "x" * 200


def test_a_pipe_that_nobody_reads_delays_no_answer_and_no_end(tmp_path):
    sim = Simulator(tmp_path / "unread")
    sim.errors = subprocess.PIPE
    sim.start()
    session = requests.Session()
    session.verify = sim.ca
    for number in range(REQUESTS):
        answer = session.get(f"{sim.base}/error?code=50011&{LINE}={number}", timeout=10)
        assert answer.status_code == 200
    sim.process.terminate()
    assert sim.process.wait(timeout=20) == 0
    lines = sim.process.stderr.read().decode().splitlines()
    assert any(LINE in line for line in lines)
