"""The one bearer token the application knows."""

from types import SimpleNamespace

from django.conf import settings


def bearer(get_response):
    def handle(request):
        known = request.headers.get("Authorization") == f"Bearer {settings.SCIM_TARGET_TOKEN}"
        request.user = SimpleNamespace(is_authenticated=known)
        return get_response(request)

    return handle
