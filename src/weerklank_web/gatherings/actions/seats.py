"""The one place where seats are written; what was there before is kept, so that it can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from weerklank_web.gatherings.models import Gathering, Seat, SeatingRun, SeatingState
from weerklank_web.gatherings.seating_bridge import Board, Place
from weerklank_web.groundwork.live import ring

__all__ = ["as_it_was", "ring_people", "ring_seating", "write_places"]


def write_places(
    board: Board,
    places: Mapping[UUID, Place],
    *,
    run: SeatingRun | None,
    pinned: bool | None = None,
    told: bool = False,
    on_the_day: bool = False,
) -> None:
    """Write these places; the gathering must be locked. ``run`` keeps what was there before, None keeps nothing.

    :param pinned: what becomes of the pin; None leaves it as it is.
    :param told: whoever gets the place sees it right now.
    :param on_the_day: who moves reads on their own page where they sat before.
    """
    names = {room.id: room.name for room in board.rooms}
    before: list[list[object]] = []
    new, kept = [], []
    for person in board.people:
        place = places.get(person.id)
        if place is None:
            continue
        seat = getattr(person, "seat", None)
        if seat is None:
            before.append([str(person.id), None, None, {}, False, False])
            seat = Seat(registration=person, told=told)
            new.append(seat)
        else:
            moved = seat.room_id != place.room
            if moved or (pinned is not None and seat.pinned != pinned):
                before.append(as_it_was(seat))
            seat.told = told or (seat.told and not moved)
            if moved:
                seat.moved_from = names.get(seat.room_id, "") if on_the_day else ""
            kept.append(seat)
        seat.room_id, seat.rank, seat.reason = place.room, place.rank, place.reason
        seat.pinned = seat.pinned if pinned is None else pinned
    Seat.objects.bulk_create(new)
    Seat.objects.bulk_update(kept, ["room", "rank", "reason", "pinned", "told", "moved_from"])
    if run is not None:
        run.before, run.state = before, SeatingState.DONE
        run.save()


def ring_people(people: Iterable[UUID]) -> None:
    """Tell the own pages of these people that their place changed."""
    for person in people:
        ring(f"seat/{person}")


def as_it_was(seat: Seat) -> list[object]:
    """One line of a change's ``before``: who, room, rank, reason, pinned, told."""
    return [str(seat.registration_id), str(seat.room_id), seat.rank, seat.reason, seat.pinned, seat.told]


def ring_seating(gathering: Gathering) -> None:
    """Tell every open page about the seating, for the crew and for who waits for a room."""
    ring(f"gathering/{gathering.id}")
    ring(f"door/{gathering.id}")
