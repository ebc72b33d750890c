"""One person on the seating page: every other room with its price before anything is done, swaps, and the pin (W6)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from weerklank_web.gatherings.actions import seating_by_hand as deeds
from weerklank_web.gatherings.gates import Right, gathering_for, signed_in
from weerklank_web.gatherings.models import Gathering, Registration, Room
from weerklank_web.gatherings.queries.seating import board_of
from weerklank_web.gatherings.seating_bridge.moving import offers, swaps
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.gatherings.templatetags.seating import choice_word
from weerklank_web.gatherings.views.saying import (
    SeeOther,
    go_to,
    or_not_found,
    organiser_page,
    refusals_told,
)
from weerklank_web.groundwork.language import language_now

__all__ = ["move", "person", "pin", "swap"]


@require_safe
def person(request: HttpRequest, slug: str, person_id: UUID) -> HttpResponse:
    """Where somebody could go and what each costs; asked from the list it opens in place."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    board = board_of(gathering)
    one = or_not_found(next((one for one in board.people if one.pk == person_id), None))
    language = language_now()
    found = offers(board, one, language=language)
    part = "#choices" if request.headers.get("HX-Request") else ""
    seat = getattr(one, "seat", None)
    return organiser_page(
        request,
        gathering,
        f"gatherings/seating_person.html{part}",
        {
            "one": one,
            "seat": seat,
            "room": next((room for room in board.rooms if seat and room.pk == seat.room_id), None),
            "wished": bool(one.wishes.all()),
            "can": [offer for offer in found if offer.allowed],
            "cannot": [offer for offer in found if not offer.allowed],
            "swaps": swaps(board, one, language=language),
            "may": stage_of(gathering).may(Deed.SEAT),
        },
        current="seating",
    )


@require_POST
def move(request: HttpRequest, slug: str, person_id: UUID) -> HttpResponse:
    """Another room for one person; says what it cost them."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    one = _person(gathering, person_id)
    room = _room(gathering, request.POST.get("room", ""))
    if room is None:
        messages.error(request, _("Kies eerst een kamer."))
        return go_to("seating", gathering)
    with refusals_told(request):
        price = deeds.move_person(one, room, by=signed_in(request), was=request.POST.get("was"))
        names = {"name": one.name, "room": room.name, "after": choice_word(price.after)}
        if price.had_seat:
            words = _("%(name)s zit nu in %(room)s: was %(before)s, wordt %(after)s. De plek staat vast.")
            messages.success(request, words % {**names, "before": choice_word(price.before)})
        else:
            words = _("%(name)s zit nu in %(room)s: %(after)s. De plek staat vast.")
            messages.success(request, words % names)
    return _at_room(gathering, room)


@require_POST
def swap(request: HttpRequest, slug: str, person_id: UUID) -> HttpResponse:
    """Two people change places."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    one = _person(gathering, person_id)
    try:
        other = _person(gathering, UUID(request.POST.get("other", "")))
    except ValueError:
        messages.error(request, _("Kies eerst met wie."))
        return go_to("seating", gathering)
    was = (request.POST.get("was", ""), request.POST.get("other_was", ""))
    with refusals_told(request):
        deeds.swap_people(one, other, by=signed_in(request), was=was)
        words = _("%(one)s en %(other)s ruilden van plek. Beide plekken staan vast.")
        messages.success(request, words % {"one": one.name, "other": other.name})
    return go_to("seating", gathering)


@require_POST
def pin(request: HttpRequest, slug: str, person_id: UUID) -> HttpResponse:
    """Keep somebody where they are, or let go."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    one = _person(gathering, person_id)
    pinned = request.POST.get("pin") == "yes"
    words = _("%(name)s blijft zitten bij een nieuwe verdeling.") if pinned else _("%(name)s is losgelaten.")
    with refusals_told(request, done=words % {"name": one.name}):
        deeds.pin_person(one, pinned=pinned, by=signed_in(request))
    seat = getattr(one, "seat", None)
    return go_to("seating", gathering) if seat is None else _at_room(gathering, seat.room)


def _at_room(gathering: Gathering, room: Room) -> SeeOther:
    address = go_to("seating", gathering).url
    return SeeOther(f"{address}?kamer={room.pk}#kamer-{room.pk}")


def _person(gathering: Gathering, person_id: UUID) -> Registration:
    people = Registration.objects.select_related("gathering__format_version", "seat__room")
    return or_not_found(people.filter(gathering=gathering, pk=person_id).first())


def _room(gathering: Gathering, number: str) -> Room | None:
    try:
        return gathering.rooms.filter(pk=UUID(number)).first()
    except ValueError:
        return None
