"""Debian's Apache with mod_auth_openidc as a child process."""

import pathlib
import shutil
import signal
import socket
import subprocess
import time

MODULES = pathlib.Path("/usr/lib/apache2/modules")
START_LIMIT = 30.0

CONFIGURATION = """
ServerRoot {folder}
ServerName localhost
PidFile {folder}/apache.pid
DefaultRuntimeDir {folder}
Listen 127.0.0.1:{port}
ErrorLog {folder}/error.log
LogLevel warn auth_openidc:debug
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authn_core_module {modules}/mod_authn_core.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule authz_user_module {modules}/mod_authz_user.so
LoadModule headers_module {modules}/mod_headers.so
LoadModule include_module {modules}/mod_include.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule mime_module {modules}/mod_mime.so
LoadModule auth_openidc_module {modules}/mod_auth_openidc.so
DocumentRoot {folder}/site
DirectoryIndex index.shtml
TypesConfig /dev/null
AddType text/plain .shtml
AddOutputFilter INCLUDES .shtml
OIDCProviderMetadataURL {metadata}
OIDCCABundlePath {ca}
OIDCClientID {client_id}
OIDCClientSecret {secret}
OIDCRedirectURI http://localhost:{port}/private/back
OIDCCryptoPassphrase interop-passphrase
OIDCScope "openid profile email offline_access"
OIDCResponseType code
OIDCPKCEMethod S256
OIDCProviderTokenEndpointAuth client_secret_post
OIDCRemoteUserClaim preferred_username
<Directory {folder}/site>
  Options +Includes
</Directory>
<Location /private>
  AuthType openid-connect
  Require valid-user
</Location>
"""

PAGE = """user=<!--#echo var="REMOTE_USER" -->
oid=<!--#echo var="OIDC_CLAIM_oid" -->
tid=<!--#echo var="OIDC_CLAIM_tid" -->
token=<!--#echo var="OIDC_access_token" -->
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Gateway:
    """A site whose folder /private asks the login endpoint who is there."""

    def __init__(self, folder, port, *, metadata, ca, client_id, secret):
        self.folder = pathlib.Path(folder)
        self.port = port
        self.address = f"http://localhost:{port}/private/index.shtml"
        page = self.folder / "site/private/index.shtml"
        page.parent.mkdir(parents=True)
        page.write_text(PAGE)
        # Root starts it, another account serves: everything must be readable to that one.
        authority = self.folder / "ca.pem"
        shutil.copyfile(ca, authority)
        self.configuration = self.folder / "apache.conf"
        self.configuration.write_text(CONFIGURATION.format(
            folder=self.folder, port=port, modules=MODULES, metadata=metadata, ca=authority,
            client_id=client_id, secret=secret))

    def __enter__(self):
        for parent in [self.folder, *self.folder.parents[:3]]:
            parent.chmod(parent.stat().st_mode | 0o055)
        self.process = subprocess.Popen(
            ["/usr/sbin/apache2", "-f", str(self.configuration), "-DFOREGROUND"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=open(self.folder / "start.log", "w"))
        deadline = time.monotonic() + START_LIMIT
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                assert self.process.poll() is None, self.log()
                assert time.monotonic() < deadline, self.log()
                time.sleep(0.02)

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)

    def log(self):
        files = [self.folder / "start.log", self.folder / "error.log"]
        return "".join(path.read_text(errors="replace")[-6000:] for path in files if path.exists())
