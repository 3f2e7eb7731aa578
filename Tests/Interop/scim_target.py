"""scim2-server on a port of the system's choice, and a count of what it received."""

import io
import json
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

from scim2_models import ScimProvider
from scim2_server.memory import InMemoryStorage
from scim2_server.service import ScimService
from scim2_server.testserver.application import BearerTokenApplication
from scim2_server.testserver.cli import ThreadingWSGIServer
from scim2_server.utils import (
    load_default_resource_types,
    load_default_schemas,
    load_default_service_provider_config,
)

TOKEN = "interop-target-token"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


class Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass


class ScimTarget:
    """Unmodified scim2-server behind a recorder.

    Entra writes a manager as a bare string; scim2-server 0.8.3 takes only an object. With
    `understands_bare_manager` the recorder turns the one into the other, as the servers that
    Entra is used with do by themselves. Nothing else is changed on the way.
    """

    def __init__(self, *, understands_bare_manager=True):
        self.provider = ScimProvider.from_discovery(
            load_default_schemas().values(), load_default_resource_types().values(),
            config=load_default_service_provider_config())
        self.storage = InMemoryStorage()
        self.application = BearerTokenApplication(
            self.storage, self.provider, service=ScimService(self.provider, secret="interop"),
            bearer_tokens=[TOKEN])
        self.understands_bare_manager = understands_bare_manager
        self.requests = []

    def __enter__(self):
        self.server = make_server(
            "127.0.0.1", 0, self.record, server_class=ThreadingWSGIServer, handler_class=Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(10)

    @property
    def url(self):
        return f"http://localhost:{self.server.server_port}/v2"

    def record(self, environ, start_response):
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length) if length else b""
        entry = {
            "method": environ["REQUEST_METHOD"], "path": environ["PATH_INFO"],
            "query": environ.get("QUERY_STRING", ""), "body": body.decode(),
        }
        self.requests.append(entry)
        if self.understands_bare_manager:
            body = with_manager_objects(body)
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body)) if body else ""

        def answer(status, headers, *rest):
            entry["status"] = int(status.split()[0])
            return start_response(status, headers, *rest)

        return self.application(environ, answer)

    def writes(self):
        return [request for request in self.requests if request["method"] != "GET"]

    def forget_requests(self):
        self.requests.clear()

    def users(self):
        """Users by userName, with the manager's userName in place of the id."""
        ids = {resource.id: resource for resource in self.storage.resources}
        found = {}
        for resource in self.storage.resources:
            if type(resource).__name__.startswith("User"):
                value = without_server_values(resource.model_dump())
                manager = value.get(ENTERPRISE, {}).pop("manager", None)
                if manager:
                    value[ENTERPRISE]["manager"] = ids[manager["value"]].user_name
                found[value["userName"]] = value
        return found

    def groups(self):
        """Groups by displayName, with their members' userNames. scim2-server leaves the ids of
        deleted people in their groups; these are not shown."""
        ids = {resource.id: resource for resource in self.storage.resources}
        found = {}
        for resource in self.storage.resources:
            if type(resource).__name__.startswith("Group"):
                value = without_server_values(resource.model_dump())
                members = value.pop("members", None) or []
                value["members"] = sorted(
                    ids[member["value"]].user_name for member in members if member["value"] in ids)
                found[value["displayName"]] = value
        return found


def with_manager_objects(body):
    try:
        message = json.loads(body)
    except ValueError:
        return body
    for operation in message.get("Operations", []) if isinstance(message, dict) else []:
        value = operation.get("value")
        if str(operation.get("path", "")).endswith(":manager") and isinstance(value, str):
            operation["value"] = {"value": value}
    return json.dumps(message).encode()


def without_server_values(value):
    return {key: item for key, item in value.items() if key not in ("id", "meta", "schemas")}
