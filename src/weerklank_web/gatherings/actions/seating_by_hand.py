"""Changing the seating by hand: one person, two who change places, a pin; and taking steps back and forth (W6).

Whoever presses says what they saw. When that changed meanwhile, by another organiser or at the door, they are told and
nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from weerklank_web.accounts.models import Person
from weerklank_web.gatherings.actions.seating import open_seating, require_unchanged
from weerklank_web.gatherings.actions.seats import as_it_was, ring_people, ring_seating, write_places
from weerklank_web.gatherings.models import (
    Gathering,
    Registration,
    Room,
    Seat,
    SeatingKind,
    SeatingRun,
    SeatingState,
)
from weerklank_web.gatherings.queries.seating import board_of, last_change, next_again
from weerklank_web.gatherings.seating_bridge import Board, new_faults, place_by_hand
from weerklank_web.groundwork import journal
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.language import language_now

__all__ = [
    "Price",
    "move_person",
    "pin_person",
    "redo_change",
    "swap_people",
    "undo_last_change",
]


@dataclass(frozen=True, slots=True)
class Price:
    """What a move costs the person who moved: which wish it was, and which it is now."""

    before: int | None
    after: int | None
    had_seat: bool


@transaction.atomic
def move_person(
    registration: Registration, room: Room, *, by: Person, pin: bool = True, was: str | None = None
) -> Price:
    """Put somebody in another room; pinned, unless said otherwise, so that a new division leaves them there.

    :param was: the room where whoever presses saw them ("" none); None asks nothing.
    :raises NotNow: when it would break a hard rule, in words; when they do not take part, or sit elsewhere by now.
    """
    gathering = open_seating(registration.gathering)
    board = board_of(gathering)
    person = _of_board(board, registration)
    _require_here(person, was)
    if all(each.pk != room.pk for each in board.rooms):
        raise NotNow(_("Deze kamer bestaat niet (meer)."))
    seat = getattr(person, "seat", None)
    if seat is not None and seat.room_id == room.pk:
        return Price(before=seat.rank, after=seat.rank, had_seat=True)
    faults = new_faults(board, {person.id: room.pk}, language=language_now())
    if faults:
        raise NotNow(" ".join(faults), code="hard-rule")
    before = None if seat is None else seat.rank
    place = place_by_hand(board, person, room)
    run = SeatingRun(gathering=gathering, kind=SeatingKind.MOVE)
    write_places(board, {person.id: place}, run=run, pinned=pin, on_the_day=person.present)
    journal.write("seating.moved", gathering=gathering.id, by=str(by), subject=room.name)
    ring_seating(gathering)
    ring_people([person.id])
    return Price(before=before, after=place.rank, had_seat=seat is not None)


@transaction.atomic
def swap_people(one: Registration, other: Registration, *, by: Person, was: tuple[str, str]) -> None:
    """Let two people change places; both stay there at a new division.

    :param was: the rooms where whoever presses saw them.
    :raises NotNow: when it would break a hard rule, in words; or when either sits elsewhere by now.
    """
    gathering = open_seating(one.gathering)
    board = board_of(gathering)
    pair = (_of_board(board, one), _of_board(board, other))
    rooms = {room.id: room for room in board.rooms}
    for person, room in zip(pair, was, strict=True):
        if not room:
            raise NotNow(_("Ruilen kan alleen tussen twee mensen die allebei een plek hebben."))
        _require_here(person, room)
    goal = {pair[0].id: rooms[pair[1].seat.room_id], pair[1].id: rooms[pair[0].seat.room_id]}
    faults = new_faults(board, {who: room.id for who, room in goal.items()}, language=language_now())
    if faults:
        raise NotNow(" ".join(faults), code="hard-rule")
    places = {person.id: place_by_hand(board, person, goal[person.id]) for person in pair}
    run = SeatingRun(gathering=gathering, kind=SeatingKind.SWAP)
    write_places(board, places, run=run, pinned=True, on_the_day=any(person.present for person in pair))
    journal.write("seating.swapped", gathering=gathering.id, by=str(by))
    ring_seating(gathering)
    ring_people(places)


@transaction.atomic
def pin_person(registration: Registration, *, pinned: bool, by: Person) -> None:
    """Keep somebody where they are at the next division, or let go of that.

    :raises NotNow: for somebody without a seat.
    """
    gathering = open_seating(registration.gathering)
    seat = Seat.objects.filter(registration=registration).first()
    if seat is None:
        raise NotNow(_("Deze persoon heeft nog geen plek om vast te zetten."))
    if seat.pinned == pinned:
        return
    SeatingRun.objects.create(gathering=gathering, kind=SeatingKind.PIN, before=[as_it_was(seat)])
    seat.pinned = pinned
    seat.save(update_fields=["pinned"])
    journal.write("seating.pinned" if pinned else "seating.unpinned", gathering=gathering.id, by=str(by))
    ring_seating(gathering)


@transaction.atomic
def undo_last_change(gathering: Gathering, *, by: Person, seen: int | None = None) -> SeatingRun:
    """Take back the last change of the organisers. Whoever came in meanwhile keeps their seat.

    :param seen: the change that whoever presses wants to take back; None: whichever is the last.
    :raises NotNow: when there is nothing to undo, the last change is another one by now, or undoing would break a
        hard rule.
    """
    gathering = open_seating(gathering)
    run = last_change(gathering)
    if run is None:
        raise NotNow(_("Er is niets om terug te draaien."))
    require_unchanged(gathering, seen)
    if run.kind == SeatingKind.RELEASE:
        _let_absent(gathering, give_way=False)
    board = board_of(gathering)
    back = _seats_as_in(run.before, run, board)
    run.after = _lines(back, board)
    _put_back(back, board, refusal=_("Terugdraaien kan niet meer, want er veranderde sindsdien iets."))
    run.state = SeatingState.UNDONE
    run.save(update_fields=["state", "after"])
    journal.write("seating.undone", gathering=gathering.id, by=str(by), subject=run.kind)
    ring_seating(gathering)
    ring_people(back)
    return run


@transaction.atomic
def redo_change(gathering: Gathering, *, by: Person, seen: int | None = None) -> SeatingRun:
    """Do again what was taken back last; possible as long as nothing else was done since.

    :param seen: the change that whoever presses wants to do again; None: whichever comes next.
    :raises NotNow: when there is nothing to do again, it is another change by now, or it would break a hard rule.
    """
    gathering = open_seating(gathering)
    run = next_again(gathering)
    if run is None or (seen is not None and run.pk != seen):
        raise NotNow(_("Er is niets om opnieuw te doen: er veranderde intussen iets anders."), code="changed")
    board = board_of(gathering)
    again = _seats_as_in(run.after, run, board)
    run.before = _lines(again, board)
    _put_back(again, board, refusal=_("Opnieuw doen kan niet meer, want er veranderde sindsdien iets."))
    if run.kind == SeatingKind.RELEASE:
        _let_absent(gathering, give_way=True)
    run.state = SeatingState.DONE
    run.save(update_fields=["state", "before"])
    journal.write("seating.redone", gathering=gathering.id, by=str(by), subject=run.kind)
    ring_seating(gathering)
    ring_people(again)
    return run


def _let_absent(gathering: Gathering, *, give_way: bool) -> None:
    gathering.absent_give_way = give_way
    gathering.save(update_fields=["absent_give_way", "changed_at"])


def _require_here(person: Registration, was: str | None) -> None:
    seat = getattr(person, "seat", None)
    if was is not None and was != ("" if seat is None else str(seat.room_id)):
        raise NotNow(
            _("%(name)s zit intussen ergens anders. Kijk eerst hoe het nu is, en kies dan opnieuw.")
            % {"name": person.name},
            code="changed",
        )


def _put_back(seats: Mapping[UUID, Seat | None], board: Board, *, refusal: str) -> None:
    changes = {who: None if seat is None else seat.room_id for who, seat in seats.items()}
    faults = new_faults(board, changes, language=language_now())
    if faults:
        raise NotNow(f"{refusal} {' '.join(faults)}", code="hard-rule")
    Seat.objects.filter(registration_id__in=seats).delete()
    Seat.objects.bulk_create(seat for seat in seats.values() if seat is not None)


def _lines(about: Mapping[UUID, Seat | None], board: Board) -> list[list[object]]:
    """How these people sit now, to find it back later."""
    people = {one.id: one for one in board.people}
    lines = []
    for who in about:
        seat = getattr(people[who], "seat", None)
        lines.append([str(who), None, None, {}, False, False] if seat is None else as_it_was(seat))
    return lines


def _keeps_their_seat(run: SeatingRun, room: str | None) -> bool:
    """Whoever is inside by now loses no seat by a step back; but what placed them at the door goes as a whole."""
    return run.kind == SeatingKind.RELEASE or (room is None and run.kind != SeatingKind.RESEAT)


def _seats_as_in(lines: Sequence[Sequence[Any]], run: SeatingRun, board: Board) -> dict[UUID, Seat | None]:
    """Who gets which seat; None: no seat. People and rooms that are gone stay gone."""
    people = {str(one.id): one for one in board.people}
    rooms = {str(room.id): room for room in board.rooms}
    found: dict[UUID, Seat | None] = {}
    for who, room, rank, reason, pinned, told in lines:
        person = people.get(who)
        if person is None or (person.present and _keeps_their_seat(run, room)):
            continue
        if room is None:
            found[person.id] = None
        elif room in rooms:
            here = getattr(person, "seat", None)
            same = here is not None and here.room_id == UUID(room)
            left = rooms.get(str(here.room_id)) if person.present and here is not None and not same else None
            found[person.id] = Seat(
                registration_id=person.pk,
                room_id=UUID(room),
                rank=rank,
                reason=reason,
                pinned=pinned,
                told=here.told if same and here is not None else told and here is None,
                moved_from="" if left is None else left.name,
            )
    return found


def _of_board(board: Board, registration: Registration) -> Registration:
    person = next((one for one in board.people if one.pk == registration.pk), None)
    if person is None:
        raise NotNow(_("Deze persoon doet niet (meer) mee, of maakte aan de deur plaats."))
    return person
