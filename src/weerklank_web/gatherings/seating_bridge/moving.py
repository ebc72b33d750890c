"""What another room for somebody would bring, before anybody presses anything: every room with its price, and swaps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from weerklank.allocation import Effect, Event, swap_options, weigh
from weerklank_web.gatherings.models import Registration, Room
from weerklank_web.gatherings.seating_bridge import (
    Board,
    event_with,
    known_language,
    needs_in_words,
    rank_in,
)
from weerklank_web.gatherings.seating_bridge.policies import policy_of

__all__ = ["Offer", "SwapOffer", "offers", "swaps"]


@dataclass(frozen=True, slots=True)
class Offer:
    """One room for one person. ``words``: its price, or what forbids it; ``worse``: points of the whole, below nought better."""

    room: Room
    rank: int | None
    free: int
    allowed: bool
    words: str
    worse: int


@dataclass(frozen=True, slots=True)
class SwapOffer:
    """Changing places with somebody."""

    other: Registration
    room: Room
    words: str
    worse: int


def offers(board: Board, person: Registration, *, language: str) -> tuple[Offer, ...]:
    """Every other room, those that can be first, the best for everybody together first."""
    event, seats = _event(board), _seats(board)
    taken = Counter(board.seats().values())
    here = seats.get(str(person.id))
    found = []
    for room in board.rooms:
        if str(room.id) == here:
            continue
        effect = weigh(event, seats, {str(person.id): str(room.id)}, policy=policy_of(board.answers))
        found.append(
            Offer(
                room=room,
                rank=rank_in(person, room),
                free=room.places_max - taken[room.id],
                allowed=effect.allowed,
                words=_words(board, effect, language, named=False),
                worse=effect.score,
            )
        )
    return tuple(sorted(found, key=lambda offer: (not offer.allowed, offer.worse, offer.room.position)))


def swaps(board: Board, person: Registration, *, language: str, most: int = 5) -> tuple[SwapOffer, ...]:
    """With whom this person could change places without breaking a rule; never with who is pinned or inside."""
    event, seats = _event(board), _seats(board)
    if str(person.id) not in seats:
        return ()
    held = {
        str(who): str(room) for who, room in board.pins().items() if who != person.id and str(who) in seats
    }
    people, rooms = {str(one.id): one for one in board.people}, {str(one.id): one for one in board.rooms}
    options = swap_options(
        replace(event, pins=held), seats, str(person.id), most=most, policy=policy_of(board.answers)
    )
    found = []
    for effect in options:
        (step,) = (step for step in effect.steps if step.person != str(person.id))
        found.append(
            SwapOffer(
                other=people[step.person],
                room=rooms[str(step.start)],
                words=_words(board, effect, language),
                worse=effect.score,
            )
        )
    return tuple(found)


def _event(board: Board) -> Event:
    """A pin is the organiser's own wish: whoever moves somebody by hand may change it."""
    return event_with(board, pins={})


def _seats(board: Board) -> dict[str, str]:
    return {str(who): str(room) for who, room in board.seats().items()}


def _words(board: Board, effect: Effect, language: str, *, named: bool = True) -> str:
    names = {str(one.id): one.name for one in board.people}
    told = replace(
        effect,
        broken=tuple(
            replace(
                breach,
                people=tuple(names.get(who, "?") for who in breach.people),
                needs=tuple(needs_in_words(breach.needs)),
            )
            for breach in effect.broken
        ),
    )
    return told.text(known_language(language), names=names, named=named)
