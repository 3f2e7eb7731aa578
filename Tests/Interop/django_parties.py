"""A Django site that people sign in to, by mozilla-django-oidc or by the `identity` package of
MSAL's makers, each set up as its documentation says. A process of its own: Django is configured
once in a process.

Arguments: port, address of the tenant, client id, client secret, folder.
"""

import json
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
import requests
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse
from django.urls import include, path

PORT, TENANT, CLIENT, SECRET, FOLDER = sys.argv[1:]
SITE = f"http://localhost:{PORT}"
METADATA = requests.get(f"{TENANT}/v2.0/.well-known/openid-configuration", timeout=30).json()

settings.configure(
    SECRET_KEY="interop", ALLOWED_HOSTS=["localhost"], USE_TZ=True, ROOT_URLCONF=__name__,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField", LOGGING_CONFIG=None,
    INSTALLED_APPS=[
        "django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions",
        "mozilla_django_oidc", "identity"],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "mozilla_django_oidc.middleware.SessionRefresh"],
    AUTHENTICATION_BACKENDS=["mozilla_django_oidc.auth.OIDCAuthenticationBackend"],
    TEMPLATES=[{
        "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    DATABASES={"default": {
        "ENGINE": "django.db.backends.sqlite3", "NAME": f"{FOLDER}/people.sqlite3"}},
    LOGIN_URL="oidc_authentication_init", LOGIN_REDIRECT_URL="/private",
    LOGOUT_REDIRECT_URL="/", LOGIN_REDIRECT_URL_FAILURE="/failed",
    OIDC_RP_CLIENT_ID=CLIENT, OIDC_RP_CLIENT_SECRET=SECRET, OIDC_RP_SIGN_ALGO="RS256",
    OIDC_RP_SCOPES="openid profile email", OIDC_USE_PKCE=True, OIDC_STORE_ID_TOKEN=True,
    OIDC_TOKEN_USE_BASIC_AUTH=True,
    OIDC_OP_AUTHORIZATION_ENDPOINT=METADATA["authorization_endpoint"],
    OIDC_OP_TOKEN_ENDPOINT=METADATA["token_endpoint"],
    OIDC_OP_USER_ENDPOINT=METADATA["userinfo_endpoint"],
    OIDC_OP_JWKS_ENDPOINT=METADATA["jwks_uri"],
    OIDC_OP_LOGOUT_URL_METHOD=f"{__name__}.end_session")
django.setup()

from identity.django import Auth  # noqa: E402 (reads the settings)

AUTH = Auth(
    CLIENT, client_credential=SECRET, authority=TENANT, redirect_uri=f"{SITE}/identity/back")
READ = ["https://graph.microsoft.com/User.Read"]


def end_session(request):
    return f"{METADATA['end_session_endpoint']}?post_logout_redirect_uri={SITE}/"


def home(request):
    return JsonResponse({"user": request.user.is_authenticated})


@login_required
def private(request):
    return JsonResponse({"email": request.user.email})


def expire(request):
    """An hour later, as far as the session's middleware can tell."""
    request.session["oidc_id_token_expiration"] = 0
    return JsonResponse({})


@AUTH.login_required(scopes=READ)
def own(request, *, context):
    return JsonResponse({
        "oid": context["user"]["oid"], "name": context["user"]["preferred_username"],
        "token": context["access_token"]})


urlpatterns = [
    path("", home), path("private", private), path("own", own), path("expire", expire),
    path("failed", lambda request: JsonResponse({"failed": True}, status=403)),
    path("oidc/", include("mozilla_django_oidc.urls")), AUTH.urlpattern,
]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


if __name__ == "__main__":
    call_command("migrate", run_syncdb=True, verbosity=0)
    server = make_server("localhost", int(PORT), get_wsgi_application(), handler_class=Quiet)
    print(json.dumps({"ready": SITE}), flush=True)
    server.serve_forever()
