"""The written CA is all that an unmodified client needs to trust the simulator."""

import json
import subprocess


def curl(*arguments):
    return subprocess.run(
        ["curl", "--silent", "--show-error", "--fail", "--max-time", "20", *arguments],
        stdin=subprocess.DEVNULL, capture_output=True, text=True)


def discovery(sim):
    return f"{sim.base}/{sim.tenant['id']}/v2.0/.well-known/openid-configuration"


def test_curl_verifies_the_chain_with_the_written_ca(sim):
    result = curl("--cacert", sim.ca, discovery(sim))
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["issuer"] == f"{sim.base}/{sim.tenant['id']}/v2.0"


def test_curl_refuses_the_chain_without_it(sim):
    assert curl(discovery(sim)).returncode == 60


def test_curl_accepts_each_name_of_the_login_hosts(sim):
    port = sim.base.rsplit(":", 1)[1]
    for host in (
            "login.microsoftonline.com", "login.windows.net", "login.microsoft.com",
            "sts.windows.net", "graph.microsoft.com", "localhost", "127.0.0.1"):
        result = curl(
            "--cacert", sim.ca, "--resolve", f"{host}:{port}:127.0.0.1",
            f"https://{host}:{port}/common/discovery/keys")
        assert result.returncode == 0, f"{host}: {result.stderr}"


def test_curl_speaks_both_tls_versions_and_no_older_one(sim):
    for version in ("1.2", "1.3"):
        result = curl(
            "--cacert", sim.ca, f"--tlsv{version}", "--tls-max", version, discovery(sim))
        assert result.returncode == 0, f"TLS {version}: {result.stderr}"
    # Without its own security level curl would offer the old ones: it is the server that refuses.
    for version in ("1.0", "1.1"):
        refused = curl(
            "--cacert", sim.ca, f"--tlsv{version}", "--tls-max", version,
            "--ciphers", "DEFAULT:@SECLEVEL=0", discovery(sim))
        assert refused.returncode == 35, refused.stderr
        assert "alert protocol version" in refused.stderr, refused.stderr
