"""Files that programs look for at fixed addresses."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from weerklank_web.groundwork import clock

__all__ = ["favicon", "manifest", "robots", "security"]

_VALID_DAYS = 180
# Private pages: a crawler has no business there, even if it finds an address.
_PRIVATE = (
    "/l/",
    "/mijn/",
    "/post/",
    "/inloggen/",
    "/b/*/ik/",
    "/b/*/kamer/",
    "/b/*/bureau/",
    "/b/*/beheer/",
)


@require_safe
def security(_request: HttpRequest) -> HttpResponse:
    """/.well-known/security.txt (RFC 9116), made from the settings; always valid for half a year."""
    until = datetime.combine(clock.today() + timedelta(days=_VALID_DAYS), time(), tzinfo=UTC)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.ADDRESS}{reverse('home:security')}",
        f"Policy: {settings.ADDRESS}{reverse('home:leak')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """/robots.txt: public pages may be found, private ones not."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _PRIVATE)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def manifest(_request: HttpRequest) -> JsonResponse:
    """The web app manifest: a name and a mark on somebody's home screen."""
    described = {
        "name": settings.HOUSE_NAME,
        "short_name": settings.HOUSE_NAME,
        "description": _("Van gesprek naar antwoord"),
        "lang": settings.LANGUAGE_CODE,
        "start_url": "/",
        "display": "browser",
        "background_color": "#ffffff",
        "theme_color": "#0f5a66",
        "icons": [{"src": static("look/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(described, content_type="application/manifest+json")


@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """/favicon.ico, for programs that do not read the page."""
    return HttpResponsePermanentRedirect(static("look/mark.svg"))
