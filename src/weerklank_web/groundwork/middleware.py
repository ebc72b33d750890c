"""Turns the web's own errors into pages that a person can read."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url

from weerklank_web.groundwork.errors import WebError

__all__ = ["PeopleErrors"]


class PeopleErrors:
    """A WebError becomes its status and one plain page; for htmx, one plain message."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, WebError):
            return None
        if (
            error.code == "sign-in-needed"
            and request.method == "GET"
            and not request.headers.get("HX-Request")
        ):
            return HttpResponseRedirect(
                f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.path})}"
            )
        return render(request, "errors/web_error.html", {"error": error}, status=error.status)
