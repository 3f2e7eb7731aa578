"""django-scim2 on a port of the system's choice, and a count of what it received.

Django is configured once in a process; each target starts with empty tables.
"""

import atexit
import io
import json
import shutil
import socketserver
import tempfile
import threading
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

TOKEN = "interop-django-token"
HERE = "django_target"


def configure():
    if settings.configured:
        return
    folder = tempfile.mkdtemp(prefix="interop-django-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    settings.configure(
        SECRET_KEY="interop", ALLOWED_HOSTS=["*"], USE_TZ=True, ROOT_URLCONF=f"{HERE}.urls",
        AUTH_USER_MODEL=f"{HERE}.User", DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        INSTALLED_APPS=[
            "django.contrib.contenttypes", "django.contrib.auth", "django_scim", HERE,
        ],
        MIDDLEWARE=[f"{HERE}.middleware.bearer", "django_scim.middleware.SCIMAuthCheckMiddleware"],
        DATABASES={"default": {
            "ENGINE": "django.db.backends.sqlite3", "NAME": f"{folder}/people.sqlite3",
        }},
        LOGGING_CONFIG=None, SCIM_TARGET_TOKEN=TOKEN,
        SCIM_SERVICE_PROVIDER={
            "NETLOC": "localhost", "AUTHENTICATION_SCHEMES": [],
            "GROUP_MODEL": f"{HERE}.models.Group",
            "GROUP_ADAPTER": f"{HERE}.adapters.GroupAdapter",
            "GROUP_FILTER_PARSER": f"{HERE}.filters.GroupFilter",
        })
    django.setup()
    from django.core.management import call_command
    call_command("migrate", run_syncdb=True, verbosity=0)


class Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass


class DjangoTarget:
    """django-scim2 behind a recorder.

    One thing is not as RFC 7644 §3.9 has it: django-scim2 0.23.0 ignores `excludedAttributes`, and
    Entra takes a group that comes back with its members for broken. With `hides_members` the
    recorder leaves them out of such answers, as the servers that Entra is used with do by
    themselves. Requests are handed on as they came.
    """

    def __init__(self, *, hides_members=True):
        configure()
        from django_target.models import Group, User
        self.models = User, Group
        User.objects.all().delete()
        Group.objects.all().delete()
        self.application = get_wsgi_application()
        self.hides_members = hides_members
        self.requests = []
        # SQLite takes one writer; the requests of one application come one after the other.
        self.turn = threading.Lock()

    def __enter__(self):
        self.server = make_server(
            "127.0.0.1", 0, self.record, server_class=Server, handler_class=Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(10)

    @property
    def url(self):
        return f"http://localhost:{self.server.server_port}/scim/v2"

    def record(self, environ, start_response):
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length) if length else b""
        environ["wsgi.input"] = io.BytesIO(body)
        query = environ.get("QUERY_STRING", "")
        entry = {
            "method": environ["REQUEST_METHOD"], "path": environ["PATH_INFO"], "query": query,
            "body": body.decode(),
        }
        self.requests.append(entry)
        start = []
        with self.turn:
            response = self.application(environ, lambda *line: start.append(line))
            answer = b"".join(response)
            response.close()
        status, headers = start[0][:2]
        entry["status"] = int(status.split()[0])
        if self.hides_members and "excludedAttributes=members" in query:
            answer = without_members(answer)
        headers = [line for line in headers if line[0].lower() != "content-length"]
        start_response(status, headers + [("Content-Length", str(len(answer)))])
        return [answer]

    def writes(self):
        return [request for request in self.requests if request["method"] != "GET"]

    def forget_requests(self):
        self.requests.clear()

    def users(self):
        """Users by userName, as far as django-scim2 keeps them."""
        with self.turn:
            return {
                user.username: {
                    "givenName": user.first_name, "familyName": user.last_name,
                    "active": user.is_active, "externalId": user.scim_external_id,
                } for user in self.models[0].objects.all()
            }

    def groups(self):
        """The members' userNames by displayName."""
        with self.turn:
            return {
                group.name: sorted(user.username for user in group.user_set.all())
                for group in self.models[1].objects.all()
            }


def without_members(answer):
    value = json.loads(answer)
    for resource in value.get("Resources", [value]):
        resource.pop("members", None)
    return json.dumps(value).encode()
