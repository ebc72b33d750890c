"""Dividing places, and telling everybody where they sit (W6). Changing it by hand: ``seating_by_hand``.

Every change keeps what was there before, so that it can be undone.
Computing a division happens outside the transaction, so that nobody at the door waits for it; what was computed is
stored only if nothing that matters changed meanwhile.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from weerklank_web.accounts.models import Person
from weerklank_web.gatherings import letters
from weerklank_web.gatherings.actions.places import locked
from weerklank_web.gatherings.actions.seats import ring_seating, write_places
from weerklank_web.gatherings.models import (
    Gathering,
    Registration,
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
    divide,
    draw_of,
    fingerprint_of,
    place_arrivals,
)
from weerklank_web.gatherings.seating_bridge.conflicts import conflicts_in_words
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.groundwork import clock, journal
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.language import language_now
from weerklank_web.groundwork.live import ring

__all__ = [
    "IN_REQUEST",
    "ask_division",
    "divide_seats",
    "fill_seats",
    "make_division",
    "open_seating",
    "release_seating",
    "require_unchanged",
]

# Up to this many people somebody waits a second or two for the answer; above it the worker does it.
IN_REQUEST = 250

_ATTEMPTS = 3
_PATIENCE = timedelta(minutes=15)


# --- dividing --------------------------------------------------------------------------------------


def divide_seats(gathering: Gathering, *, by: Person, seen: int | None = None) -> SeatingRun:
    """Divide everybody over the rooms; whoever is pinned or inside keeps their seat.

    :param seen: the last change that whoever presses saw (0: none); None asks nothing.

    The seed is drawn once the wishes are as they are, and stays the same as long as they do. When it cannot be done the
    previous seating stays, and the returned run is REFUSED with the conflicts.

    :raises NotNow: when it is not the moment, there are no rooms or people, or somebody else changed the seating since.
    """
    _require_something(gathering)
    require_unchanged(gathering, seen)
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
        if _stored(run, division, answers=board.answers, by=by):
            return run
    if run.pk is not None:
        run.delete()
    raise NotNow(
        _("Terwijl we rekenden, veranderde er telkens iets aan de inschrijvingen. Probeer het zo nog eens.")
    )


@transaction.atomic
def _stored(run: SeatingRun, division: Division, *, answers: Mapping[str, str], by: str) -> bool:
    gathering = locked(run.gathering_id)
    board = board_of(gathering)
    if fingerprint_of(board) != division.fingerprint or board.answers != answers:
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
    gathering = open_seating(gathering)
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


# --- telling ---------------------------------------------------------------------------------------


@transaction.atomic
def release_seating(gathering: Gathering, *, by: Person) -> int:
    """Let everybody see their own seat; whoever has not been told yet gets a quiet letter. Returns how many letters.

    Later changes can be told by pressing again: only whose room changed gets another letter.

    :raises NotNow: while nobody has a seat.
    """
    gathering = open_seating(gathering)
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
    ring(f"seats/{gathering.id}")
    return sent


def require_unchanged(gathering: Gathering, seen: int | None) -> None:
    """What somebody looked at is still the last thing that was done: two organisers never undo each other unseen.

    :raises NotNow: when it is not.
    """
    if seen is not None and (0 if (last := last_change(gathering)) is None else last.pk) != seen:
        raise NotNow(
            _(
                "Iemand anders veranderde intussen de indeling. Kijk eerst hoe het nu is, en kies dan opnieuw."
            ),
            code="changed",
        )


def open_seating(gathering: Gathering) -> Gathering:
    """The gathering, locked, if seats may change now.

    :raises NotNow: when they may not.
    """
    gathering = locked(gathering.id)
    if not stage_of(gathering).may(Deed.SEAT):
        raise NotNow(_("De indeling kan nu niet (meer) veranderen."))
    return gathering


def _seed(gathering: Gathering, draw: str) -> int:
    """The seed drawn for these people and wishes, or a fresh one."""
    known = SeatingRun.objects.filter(gathering=gathering, draw=draw, seed__isnull=False).first()
    return secrets.randbits(53) if known is None or known.seed is None else known.seed


def _require_something(gathering: Gathering) -> None:
    if not stage_of(gathering).may(Deed.SEAT):
        raise NotNow(_("De indeling kan nu niet (meer) veranderen."))
    board = board_of(gathering)
    if not board.rooms:
        raise NotNow(_("Maak eerst kamers. Dan zijn er plaatsen om te verdelen."))
    if not board.people:
        raise NotNow(_("Er is nog niemand om een plaats te geven."))


def _words(board: Board, refusal: Impossible) -> list[str]:
    names = {str(one.id): one.name for one in board.people}
    return conflicts_in_words(refusal.conflicts, names, language=language_now())
