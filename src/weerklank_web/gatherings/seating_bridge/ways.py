"""Ways to go on at the door: who would move where, and what each number of moves brings (W4, W6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

from weerklank.allocation import Event, NoSeating, Option, changed, diagnose, reallocate
from weerklank_web.gatherings.models import Registration, Room
from weerklank_web.gatherings.seating_bridge import (
    Board,
    Impossible,
    Place,
    event_with,
    known_language,
    place_of,
    titles_of,
)
from weerklank_web.gatherings.seating_bridge.policies import policy_of

__all__ = ["Arrival", "Moved", "WayOn", "token_of", "ways_on"]

_BUDGETS = (0, 3, 10)


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody who would get another room: from where, where to, and what for."""

    person: Registration
    start: Room
    to: Room
    words: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody without a room who would get one."""

    person: Registration
    room: Room
    rank: int | None
    wished: bool


@dataclass(frozen=True, slots=True)
class WayOn:
    """One way: ``places`` of whoever gets a place or another one; everybody else stays.

    ``better``: points of the whole gained over the calmest way; ``least``: fewer moves are impossible, proven.
    """

    moves: int
    places: Mapping[UUID, Place]
    moved: tuple[Moved, ...]
    arrivals: tuple[Arrival, ...]
    better: int
    least: bool


def ways_on(
    board: Board, arrivals: Iterable[Registration], *, closed: UUID | None, language: str, most: int
) -> tuple[WayOn, ...]:
    """Places for ``arrivals`` (people of ``board`` without one), from fewest moves to best.

    :param closed: a room that does not go on. ``most``: people up to which more than the calmest way is looked for.
    :raises Impossible: it cannot be done at all.
    """
    event, seats = _event(board, arrivals)
    shut = [] if closed is None else [str(closed)]
    budgets = _BUDGETS if len(event.people) <= most else (0,)
    try:
        options = reallocate(
            event, seats, closed=shut, budgets=budgets, policy=policy_of(board.answers), seed=0
        )
    except NoSeating as refusal:
        found = diagnose(changed(event, closed=shut))
        raise Impossible(refusal.conflicts if found is None else (found,)) from refusal
    return tuple(_way(board, option, seats, language=known_language(language)) for option in options)


def token_of(board: Board, arrivals: Iterable[Registration], *, closed: UUID | None) -> str:
    """A mark of everything that the ways follow from: while it is the same, so are they."""
    event, seats = _event(board, arrivals)
    answers = sorted(board.answers.items())
    return sha256(f"{event.fingerprint} {sorted(seats.items())} {closed} {answers}".encode()).hexdigest()


def _event(board: Board, arrivals: Iterable[Registration]) -> tuple[Event, dict[str, str]]:
    """Who sits and who comes. Only a pin by hand holds somebody: whoever is inside may be asked to move."""
    coming = {one.id for one in arrivals}
    seats = board.seats()
    pins = {one.id: seats[one.id] for one in board.people if one.id in seats and one.seat.pinned}
    event = event_with(board, people={*seats, *coming}, pins=pins)
    # A room that was made smaller than who sits in it is no reason to move people; it takes nobody more.
    taken = {str(room.id): sum(where == room.id for where in seats.values()) for room in board.rooms}
    rooms = tuple(replace(room, max=max(room.max, taken[room.id])) for room in event.rooms)
    return replace(event, rooms=rooms), {str(who): str(room) for who, room in seats.items()}


def _way(board: Board, option: Option, seats: Mapping[str, str], *, language: str) -> WayOn:
    people, rooms = {str(one.id): one for one in board.people}, {str(one.id): one for one in board.rooms}
    names = {who: one.name for who, one in people.items()}
    titles = titles_of(board)
    ranks = {seat.person: seat.rank for seat in option.plan.seats}
    changes = {
        reason.person: reason for reason in option.plan.reasons if seats.get(reason.person) != reason.room
    }
    return WayOn(
        moves=option.moves,
        places={UUID(who): place_of(reason, ranks[who], titles=titles) for who, reason in changes.items()},
        moved=tuple(
            Moved(
                people[one.person],
                rooms[str(one.step.start)],
                rooms[one.step.to],
                one.text(language, names=names),
            )
            for one in option.relocations
        ),
        arrivals=tuple(
            Arrival(people[who], rooms[reason.room], ranks[who], reason.wished)
            for who, reason in changes.items()
            if who not in seats
        ),
        better=option.better,
        least=option.least,
    )
