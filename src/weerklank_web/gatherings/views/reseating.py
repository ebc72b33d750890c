"""The ways on at the door, as plans of named moves; carried out only when one is chosen (W4, W6)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from weerklank_web.gatherings.actions.reseating import reseat
from weerklank_web.gatherings.gates import Right, gathering_for, signed_in
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.queries.reseating import ways_for
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.gatherings.views.saying import SeeOther, go_to, organiser_page, refusals_told

__all__ = ["ways_on"]


@require_http_methods(["GET", "POST"])
def ways_on(request: HttpRequest, slug: str) -> HttpResponse:
    """Who stands without a room, and what nobody, a few or more moves would bring; or carry one of them out."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    if request.method == "POST":
        return _carried_out(request, gathering)
    closed = _room_id(request.GET.get("dicht", ""))
    return organiser_page(
        request,
        gathering,
        "gatherings/door_reseat.html",
        {"found": ways_for(gathering, closed=closed), "may": stage_of(gathering).may(Deed.SEAT)},
        current="door",
    )


def _carried_out(request: HttpRequest, gathering: Gathering) -> HttpResponse:
    moves, closed = request.POST.get("moves", ""), _room_id(request.POST.get("dicht", ""))
    back = go_to("door-reseat", gathering)
    if closed is not None:
        back = SeeOther(f"{back.url}?dicht={closed}")
    with refusals_told(request):
        changed = reseat(
            gathering,
            moves=int(moves) if moves.isascii() and moves.isdigit() else -1,
            token=request.POST.get("token", ""),
            closed=closed,
            by=signed_in(request),
        )
        words = ngettext(
            "%(count)d mens heeft een (andere) plek en leest dat op de eigen pagina.",
            "%(count)d mensen hebben een (andere) plek en lezen dat op hun eigen pagina.",
            changed,
        )
        messages.success(request, words % {"count": changed} + " " + _("Terugdraaien kan bij de indeling."))
        return go_to("door", gathering)
    return back


def _room_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
