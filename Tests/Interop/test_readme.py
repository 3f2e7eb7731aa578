"""The README shows what really happens."""

import re
import subprocess

from simulator import BINARY, ROOT


def shown():
    """The output block on the README's first screen."""
    text = (ROOT / "README.md").read_text()
    return re.search(r"```text\n(.*?)```", text, re.DOTALL).group(1)


def shape(text):
    """Without what differs between runs: identifiers, numbers with their units, alignment."""
    text = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID", text)
    text = re.sub(r"\d+(\.\d+)?( ?(ms|s|µs))?\b", "N", text)
    return [re.sub(r"\s+", " ", line).strip() for line in text.splitlines() if line.strip()]


def test_the_demo_prints_what_the_readme_shows(tmp_path):
    result = subprocess.run(
        [str(BINARY), "demo", "--once"], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, timeout=60)
    assert result.returncode == 0, result.stderr
    assert shape(result.stdout) == shape(shown())


def test_every_command_of_the_readme_exists(tmp_path):
    text = (ROOT / "README.md").read_text()
    pattern = r"^(?:swift run )?entra-sim ([a-z]+(?: [a-z-]+)?)"
    commands = set(re.findall(pattern, text, re.MULTILINE))
    assert commands
    for command in sorted(commands):
        result = subprocess.run(
            [str(BINARY), *command.split(), "--help"], stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=60)
        assert result.returncode == 0, f"{command}: {result.stdout}{result.stderr}"
