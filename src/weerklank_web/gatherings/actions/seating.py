"""Dividing places, moving people by hand, undoing, and telling everybody where they sit (W6).

Every change keeps what was there before, so that the last one can be undone.
Computing a division happens outside the transaction, so that nobody at the door waits for it; what was computed is
stored only if nothing that matters changed meanwhile.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from weerklank_web.accounts.models import Person
from weerklank_web.gatherings import letters
from weerklank_web.gatherings.actions.places import locked
from weerklank_web.gatherings.actions.seats import as_it_was, ring_seating, write_places
from weerklank_web.gatherings.models import (
    Gathering,
    Registration,
    Room,
    Seat,
    SeatingKind,
    SeatingRun,
    SeatingState,
)
from weerklank_web.gatherings.queries.seating import board_of, last_change
from weerklank_web.gatherings.seating_bridge import (
    Board,
    Division,
    Impossible,
    Place,
    conflicts_in_words,
    divide,
    draw_of,
    fingerprint_of,
    new_faults,
    place_arrivals,
    place_by_hand,
)
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.groundwork import clock, journal
from weerklank_web.groundwork.errors import NotNow

__all__ = [
    "IN_REQUEST",
    "Price",
    "ask_division",
    "divide_seats",
    "fill_seats",
    "make_division",
    "move_person",
    "pin_person",
    "release_seating",
    "undo_last_change",
]

# Up to this many people somebody waits a second or two for the answer; above it the worker does it.
IN_REQUEST = 250

_ATTEMPTS = 3
_PATIENCE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Price:
    """What a move costs the person who moved: which wish it was, and which it is now."""

    before: int | None
    after: int | None
    had_seat: bool


# --- dividing --------------------------------------------------------------------------------------


def divide_seats(gathering: Gathering, *, by: Person) -> SeatingRun:
    """Divide everybody over the rooms; whoever is pinned or inside keeps their seat.

    The seed is drawn once the wishes are as they are, and stays the same as long as they do. When it cannot be done the
    previous seating stays, and the returned run is REFUSED with the conflicts.

    :raises NotNow: when it is not the moment, or there are no rooms or people.
    """
    _require_something(gathering)
    return _divide(SeatingRun(gathering=gathering), by=str(by))


@transaction.atomic
def ask_division(gathering: Gathering, *, by: Person) -> SeatingRun:
    """Have the worker divide, for very many people; the page renews itself when it is done. Twice is once,
    unless the first was so long ago that the worker must have stopped.

    :raises NotNow: as ``divide_seats``.
    """
    from weerklank_web.gatherings.tasks import divide_places

    gathering = locked(gathering.id)
    _require_something(gathering)
    asked = SeatingRun.objects.filter(gathering=gathering, state=SeatingState.ASKED)
    running = asked.filter(made_at__gt=clock.now() - _PATIENCE).first()
    if running is not None:
        return running
    asked.delete()
    run = SeatingRun.objects.create(gathering=gathering, state=SeatingState.ASKED)
    transaction.on_commit(lambda: divide_places.enqueue(run.pk, str(by)))
    return run


def make_division(run_id: int, *, by: str) -> SeatingRun | None:
    """What the worker does; None when somebody else did it already."""
    run = (
        SeatingRun.objects.select_related("gathering__format_version")
        .filter(pk=run_id, state=SeatingState.ASKED)
        .first()
    )
    return None if run is None else _divide(run, by=by)


def _divide(run: SeatingRun, *, by: str) -> SeatingRun:
    gathering = run.gathering
    for _attempt in range(_ATTEMPTS):
        gathering.refresh_from_db()
        board = board_of(gathering)
        run.draw = draw_of(board)
        run.seed = _seed(gathering, run.draw)
        try:
            division = divide(board, seed=run.seed)
        except Impossible as refusal:
            return _refused(run, refusal, by=by)
        if _stored(run, division, by=by):
            return run
    if run.pk is not None:
        run.delete()
    raise NotNow(
        _("Terwijl we rekenden, veranderde er telkens iets aan de inschrijvingen. Probeer het zo nog eens.")
    )


@transaction.atomic
def _stored(run: SeatingRun, division: Division, *, by: str) -> bool:
    gathering = locked(run.gathering_id)
    board = board_of(gathering)
    if fingerprint_of(board) != division.fingerprint:
        return False
    run.fingerprint, run.plan = division.fingerprint, division.plan
    held = {one.id for one in board.people if one.present and hasattr(one, "seat")}
    places = {who: place for who, place in division.places.items() if who not in held}
    write_places(board, places, run=run)
    journal.write("seating.divided", gathering=gathering.id, by=by, subject=f"loting {run.seed}")
    ring_seating(gathering)
    return True


@transaction.atomic
def _refused(run: SeatingRun, refusal: Impossible, *, by: str) -> SeatingRun:
    run.state, run.conflicts = SeatingState.REFUSED, refusal.conflicts
    run.save()
    journal.write("seating.refused", gathering=run.gathering_id, by=by)
    ring_seating(run.gathering)
    return run


@transaction.atomic
def fill_seats(gathering: Gathering, *, by: Person) -> int:
    """Give whoever has no seat one, best wish first, without moving anybody; returns how many got one.

    When not everybody fits, first come first served.

    :raises NotNow: when nobody fits, with what stands in the way.
    """
    gathering = _open(gathering)
    board = board_of(gathering)
    waiting = [one for one in board.people if not hasattr(one, "seat")]
    if not waiting:
        return 0
    try:
        places = place_arrivals(board, waiting)
    except Impossible as refusal:
        places = _one_by_one(board, waiting)
        if not places:
            raise NotNow(" ".join(_words(board, refusal)), code="no-seating") from refusal
    run = SeatingRun(gathering=gathering, kind=SeatingKind.FILL)
    write_places(board, places, run=run)
    journal.write("seating.filled", gathering=gathering.id, by=str(by), subject=str(len(places)))
    ring_seating(gathering)
    return len(places)


def _one_by_one(board: Board, waiting: list[Registration]) -> dict[UUID, Place]:
    places: dict[UUID, Place] = {}
    for person in waiting:
        with suppress(Impossible):
            places |= place_arrivals(board, [person], placed=places)
    return places


# --- by hand ---------------------------------------------------------------------------------------


@transaction.atomic
def move_person(registration: Registration, room: Room, *, by: Person, pin: bool = True) -> Price:
    """Put somebody in another room; pinned, unless said otherwise, so that a new division leaves them there.

    :raises NotNow: when it would break a hard rule, in words; or when they do not take part.
    """
    gathering = _open(registration.gathering)
    board = board_of(gathering)
    person = _of_board(board, registration)
    if all(each.pk != room.pk for each in board.rooms):
        raise NotNow(_("Deze kamer bestaat niet (meer)."))
    seat = getattr(person, "seat", None)
    if seat is not None and seat.room_id == room.pk:
        return Price(before=seat.rank, after=seat.rank, had_seat=True)
    faults = new_faults(board, {person.id: room.pk}, language=_language())
    if faults:
        raise NotNow(" ".join(faults), code="hard-rule")
    before = None if seat is None else seat.rank
    place = place_by_hand(board, person, room)
    run = SeatingRun(gathering=gathering, kind=SeatingKind.MOVE)
    write_places(board, {person.id: place}, run=run, pinned=pin)
    journal.write("seating.moved", gathering=gathering.id, by=str(by), subject=room.name)
    ring_seating(gathering)
    return Price(before=before, after=place.rank, had_seat=seat is not None)


@transaction.atomic
def pin_person(registration: Registration, *, pinned: bool, by: Person) -> None:
    """Keep somebody where they are at the next division, or let go of that.

    :raises NotNow: for somebody without a seat.
    """
    gathering = _open(registration.gathering)
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
def undo_last_change(gathering: Gathering, *, by: Person) -> SeatingRun:
    """Take back the last change of the organisers. Whoever came in meanwhile keeps their seat.

    :raises NotNow: when there is nothing to undo, or when undoing would break a hard rule by now.
    """
    gathering = _open(gathering)
    run = last_change(gathering)
    if run is None:
        raise NotNow(_("Er is niets om terug te draaien."))
    if run.kind == SeatingKind.RELEASE:
        gathering.absent_give_way = False
        gathering.save(update_fields=["absent_give_way", "changed_at"])
    board = board_of(gathering)
    back = _way_back(run, board)
    changes = {who: None if seat is None else seat.room_id for who, seat in back.items()}
    faults = new_faults(board, changes, language=_language())
    if faults:
        raise NotNow(
            _("Terugdraaien kan niet meer, want er veranderde sindsdien iets.") + " " + " ".join(faults),
            code="hard-rule",
        )
    Seat.objects.filter(registration_id__in=back).delete()
    Seat.objects.bulk_create(seat for seat in back.values() if seat is not None)
    run.state = SeatingState.UNDONE
    run.save(update_fields=["state"])
    journal.write("seating.undone", gathering=gathering.id, by=str(by), subject=run.kind)
    ring_seating(gathering)
    return run


# --- telling ---------------------------------------------------------------------------------------


@transaction.atomic
def release_seating(gathering: Gathering, *, by: Person) -> int:
    """Let everybody see their own seat; whoever has not been told yet gets a quiet letter. Returns how many letters.

    Later changes can be told by pressing again: only whose room changed gets another letter.

    :raises NotNow: while nobody has a seat.
    """
    gathering = _open(gathering)
    seats = Seat.objects.filter(room__gathering=gathering)
    if not seats.exists():
        raise NotNow(_("Verdeel eerst de plaatsen."))
    untold = list(seats.filter(told=False).select_related("registration", "room__theme"))
    sent = 0
    for seat in untold:
        seat.registration.gathering = gathering
        sent += letters.tell_seat(seat)
    seats.filter(told=False).update(told=True)
    if gathering.seats_shown_on is None:
        gathering.seats_shown_on = clock.today(gathering.zone)
        gathering.save(update_fields=["seats_shown_on", "changed_at"])
    journal.write("seating.released", gathering=gathering.id, by=str(by), subject=str(sent))
    ring_seating(gathering)
    return sent


def _way_back(run: SeatingRun, board: Board) -> dict[UUID, Seat | None]:
    """Who gets which seat back; None: no seat. People and rooms that are gone stay gone."""
    people = {str(one.id): one for one in board.people}
    rooms = {str(room.id) for room in board.rooms}
    back: dict[UUID, Seat | None] = {}
    for who, room, rank, reason, pinned, told in run.before:
        person = people.get(who)
        if person is None or (person.present and (room is None or run.kind == SeatingKind.RELEASE)):
            continue
        if room is not None and room not in rooms:
            continue
        here = getattr(person, "seat", None)
        same = here is not None and room is not None and here.room_id == UUID(room)
        back[person.id] = (
            None
            if room is None
            else Seat(
                registration_id=person.pk,
                room_id=UUID(room),
                rank=rank,
                reason=reason,
                pinned=pinned,
                told=here.told if same and here is not None else told and here is None,
            )
        )
    return back


def _seed(gathering: Gathering, draw: str) -> int:
    """The seed drawn for these people and wishes, or a fresh one."""
    known = SeatingRun.objects.filter(gathering=gathering, draw=draw, seed__isnull=False).first()
    return secrets.randbits(53) if known is None or known.seed is None else known.seed


def _open(gathering: Gathering) -> Gathering:
    """The gathering, locked, if seats may change now."""
    gathering = locked(gathering.id)
    if not stage_of(gathering).may(Deed.SEAT):
        raise NotNow(_("De indeling kan nu niet (meer) veranderen."))
    return gathering


def _require_something(gathering: Gathering) -> None:
    if not stage_of(gathering).may(Deed.SEAT):
        raise NotNow(_("De indeling kan nu niet (meer) veranderen."))
    board = board_of(gathering)
    if not board.rooms:
        raise NotNow(_("Maak eerst kamers. Dan zijn er plaatsen om te verdelen."))
    if not board.people:
        raise NotNow(_("Er is nog niemand om een plaats te geven."))


def _of_board(board: Board, registration: Registration) -> Registration:
    person = next((one for one in board.people if one.pk == registration.pk), None)
    if person is None:
        raise NotNow(_("Deze persoon doet niet (meer) mee, of maakte aan de deur plaats."))
    return person


def _words(board: Board, refusal: Impossible) -> list[str]:
    names = {str(one.id): one.name for one in board.people}
    return conflicts_in_words(refusal.conflicts, names, language=_language())


def _language() -> str:
    return get_language() or "nl"
