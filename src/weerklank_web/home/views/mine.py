"""«Mijn Weerklank»: what a signed-in person works on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from weerklank_web.gatherings.gates import signed_in
from weerklank_web.gatherings.queries.account import roles_of

__all__ = ["mine"]


def mine(request: HttpRequest) -> HttpResponse:
    """My gatherings, newest first, with what I do there."""
    person = signed_in(request)
    return render(request, "home/mine.html", {"roles": roles_of(person), "person": person})
