"""Who may, by what somebody signed in as."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from weerklank_web.accounts.models import Person
from weerklank_web.groundwork.errors import Denied

__all__ = ["organiser", "signed_in"]


def signed_in(request: HttpRequest) -> Person:
    """The signed-in person; else Denied with the code that leads to the sign-in page."""
    if isinstance(request.user, Person) and request.user.is_active:
        return request.user
    raise Denied(_("Log eerst in. Je krijgt daarvoor een link in je mail."), code="sign-in-needed")


def organiser(request: HttpRequest) -> Person:
    """The signed-in person, if they may make gatherings of their own."""
    person = signed_in(request)
    if not person.may_organise:
        raise Denied(_("Je mag zelf geen bijeenkomsten maken. Vraag het aan de beheerder."))
    return person
