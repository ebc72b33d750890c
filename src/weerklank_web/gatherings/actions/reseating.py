"""Carrying out one of the ways on at the door: named moves, all at once or not at all (W4, W6)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from weerklank_web.accounts.models import Person
from weerklank_web.gatherings import letters
from weerklank_web.gatherings.actions.seating import open_seating
from weerklank_web.gatherings.actions.seats import ring_people, ring_seating, write_places
from weerklank_web.gatherings.models import Gathering, Room, Seat, SeatingKind, SeatingRun
from weerklank_web.gatherings.queries.reseating import on_the_way, ways_for
from weerklank_web.gatherings.queries.seating import board_of, seats_are_shown
from weerklank_web.gatherings.seating_bridge.ways import token_of
from weerklank_web.groundwork import journal
from weerklank_web.groundwork.errors import NotNow

__all__ = ["reseat"]


def reseat(gathering: Gathering, *, moves: int, token: str, closed: UUID | None = None, by: Person) -> int:
    """Carry out the way with so many moves; returns how many people got a place or another one.

    What was looked at is computed anew, outside the lock so that nobody at the door waits for it, and written only if
    nothing that matters changed since. Who moves is told: their own page at once, and by letter where seats were shown.

    :param token: the mark of what whoever presses saw.
    :raises NotNow: when somebody came, went or moved since; when it is not the moment.
    """
    found = ways_for(gathering, closed=closed)
    way = next((way for way in found.ways if way.moves == moves), None)
    changed = NotNow(
        _("Intussen kwam er iemand bij of veranderde er iets. Hieronder staat wat er nu kan."), code="changed"
    )
    if way is None or found.token != token:
        raise changed
    with transaction.atomic():
        gathering = open_seating(gathering)
        board = board_of(gathering)
        if token_of(board, on_the_way(board), closed=closed) != token:
            raise changed
        if not way.places and closed is None:
            return 0
        run = SeatingRun(gathering=gathering, kind=SeatingKind.RESEAT)
        write_places(board, way.places, run=run, told=True, on_the_day=True)
        if closed is not None:
            # A room that does not go on keeps its name and what was said there, and takes nobody.
            Room.objects.filter(gathering=gathering, pk=closed).update(places_min=0, places_max=0)
        _tell_movers(gathering, [one.person.id for one in way.moved])
        journal.write("seating.reseated", gathering=gathering.id, by=str(by), subject=str(way.moves))
        ring_seating(gathering)
        ring_people(way.places)
    return len(way.places)


def _tell_movers(gathering: Gathering, movers: list[UUID]) -> None:
    if not seats_are_shown(gathering):
        Seat.objects.filter(registration__in=movers, registration__present=False).update(told=False)
        return
    seats = Seat.objects.filter(registration__in=movers).select_related("registration", "room__theme")
    for seat in seats:
        seat.registration.gathering = gathering
        letters.tell_seat(seat)
