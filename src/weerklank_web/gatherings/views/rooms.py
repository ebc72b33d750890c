"""Rooms: the organiser's list, one room, who helps there, and as many as the wishes ask for (W6, W7)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from weerklank_web.formats.bridge import format_of
from weerklank_web.gatherings.actions import rooms as deeds
from weerklank_web.gatherings.forms.rooms import RoomCountForm, RoomCrewForm, RoomForm, SharesForm
from weerklank_web.gatherings.gates import Right, gathering_for, signed_in
from weerklank_web.gatherings.models import Gathering, Room
from weerklank_web.gatherings.queries.rooms import Proposal, is_spoken_in, proposal_for, rooms_view
from weerklank_web.gatherings.seating_bridge import room_sizes
from weerklank_web.gatherings.views.saying import go_to, or_not_found, organiser_page, refusals_told
from weerklank_web.groundwork.errors import NotNow

__all__ = ["add_room", "make_rooms", "remove_room", "room", "room_crew", "rooms"]


@require_safe
def rooms(request: HttpRequest, slug: str) -> HttpResponse:
    """Every room with its crew, what is missing, and a proposal by the wishes."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    asked = RoomCountForm(request.GET if "kamers" in request.GET else None)
    count = asked.cleaned_data["kamers"] if asked.is_bound and asked.is_valid() else None
    proposal = proposal_for(gathering, rooms=count)
    if not asked.is_bound:
        asked = RoomCountForm(initial={"kamers": proposal.rooms})
    return _list(request, gathering, proposal, asked, SharesForm(proposal=proposal))


@require_POST
def make_rooms(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the proposed rooms, as the organiser changed them."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    proposal = proposal_for(gathering)
    form = SharesForm(request.POST, proposal=proposal)
    if not form.is_valid():
        asked = RoomCountForm(initial={"kamers": proposal.rooms})
        return _list(request, gathering, proposal, asked, form)
    made = deeds.make_rooms(gathering, form.wanted(), by=signed_in(request))
    if made:
        words = ngettext("%(count)d kamer gemaakt.", "%(count)d kamers gemaakt.", len(made))
        messages.success(request, words % {"count": len(made)})
    else:
        messages.info(request, _("Al deze kamers waren er al."))
    return go_to("rooms", gathering)


@require_http_methods(["GET", "POST"])
def add_room(request: HttpRequest, slug: str) -> HttpResponse:
    """One more room."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    least, most = room_sizes(format_of(gathering.format_version))
    form = RoomForm(
        request.POST if request.method == "POST" else None,
        gathering=gathering,
        initial={"places_min": least, "places_max": most},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = deeds.add_room(gathering, form.words(), by=signed_in(request))
        except NotNow as refusal:
            form.add_error("name" if refusal.code == "double" else None, refusal.sentence)
        else:
            messages.success(request, _("%(room)s is erbij.") % {"room": made.name})
            return go_to("rooms", gathering)
    return organiser_page(
        request,
        gathering,
        "gatherings/room_new.html",
        {"form": form, "themes": gathering.themes.filter(accepted=True).exists()},
        current="rooms",
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def room(request: HttpRequest, slug: str, room_id: UUID) -> HttpResponse:
    """Describe one anew."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    one = _mine(gathering, room_id)
    form = RoomForm(
        request.POST if request.method == "POST" else None,
        gathering=gathering,
        room=one,
        initial=RoomForm.told_by(one),
    )
    if request.method == "POST" and form.is_valid():
        try:
            deeds.change_room(one, form.words(), by=signed_in(request))
        except NotNow as refusal:
            form.add_error("name" if refusal.code == "double" else "theme", refusal.sentence)
        else:
            messages.success(request, _("Bewaard."))
            return go_to("rooms", gathering)
    return organiser_page(
        request,
        gathering,
        "gatherings/room.html",
        {
            "form": form,
            "room": one,
            "crew_form": RoomCrewForm(gathering=gathering, room=one),
            "spoken_in": is_spoken_in(one),
            "seated": one.seats.count(),
        },
        current="rooms",
        status=422 if form.errors else 200,
    )


@require_POST
def room_crew(request: HttpRequest, slug: str, room_id: UUID) -> HttpResponse:
    """Who leads and who writes along."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    one = _mine(gathering, room_id)
    form = RoomCrewForm(request.POST, gathering=gathering, room=one)
    if form.is_valid():
        with refusals_told(request, done=_("Het team van %(room)s is bewaard.") % {"room": one.name}):
            for role, person in form.chosen():
                deeds.assign_crew(one, role=role, person=person, by=signed_in(request))
    else:
        messages.error(request, _("Kies iemand uit het team."))
    return go_to("room-setup", gathering, one.pk)


@require_POST
def remove_room(request: HttpRequest, slug: str, room_id: UUID) -> HttpResponse:
    """Take one away."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    one = _mine(gathering, room_id)
    with refusals_told(request):
        homeless = deeds.remove_room(one, by=signed_in(request))
        words = _("%(room)s is weg.") % {"room": one.name}
        if homeless:
            words += " " + ngettext(
                "%(count)d mens heeft nu geen plek: verdeel de plaatsen opnieuw.",
                "%(count)d mensen hebben nu geen plek: verdeel de plaatsen opnieuw.",
                homeless,
            ) % {"count": homeless}
        messages.success(request, words)
    return go_to("rooms", gathering)


def _list(
    request: HttpRequest, gathering: Gathering, proposal: Proposal, asked: RoomCountForm, shares: SharesForm
) -> HttpResponse:
    return organiser_page(
        request,
        gathering,
        "gatherings/rooms.html",
        {
            "view": rooms_view(gathering),
            "proposal": proposal,
            "count_form": asked,
            "shares_form": shares,
            "themes": bool(proposal.shares),
        },
        current="rooms",
        status=422 if shares.errors or asked.errors else 200,
    )


def _mine(gathering: Gathering, room_id: UUID) -> Room:
    return or_not_found(
        Room.objects.select_related("theme", "gathering").filter(gathering=gathering, pk=room_id).first()
    )
