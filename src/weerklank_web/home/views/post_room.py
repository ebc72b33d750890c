"""The post room as people see it: what waits, and on a local installation, what came out."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from weerklank_web.gatherings.gates import signed_in
from weerklank_web.gatherings.models import Membership, Role
from weerklank_web.groundwork.errors import Denied
from weerklank_web.notifications.queries import outbox, waiting_letters

__all__ = ["post_room"]


def post_room(request: HttpRequest) -> HttpResponse:
    """Letters that wait for working hours; and the outbox, only where no mail server is set."""
    person = signed_in(request)
    mine = Membership.objects.filter(person=person, role=Role.ORGANISER).values_list(
        "gathering_id", flat=True
    )
    if not mine and not person.may_organise:
        raise Denied(_("De postkamer is voor organisatoren."))
    waiting = waiting_letters().filter(gathering__in=list(mine))
    kept_here = settings.EMAIL_BACKEND.endswith("OutboxBackend") and settings.LOCAL
    return render(
        request,
        "home/post_room.html",
        {"waiting": waiting[:200], "outbox": outbox() if kept_here else None},
    )
