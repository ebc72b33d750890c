"""Ways to go on at the door, for organisers: who stands without a room, and what each number of moves brings."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from weerklank_web.gatherings.models import Gathering, Registration, Room
from weerklank_web.gatherings.queries.seating import board_of
from weerklank_web.gatherings.seating_bridge import Board, Impossible
from weerklank_web.gatherings.seating_bridge.conflicts import Told, told
from weerklank_web.gatherings.seating_bridge.ways import WayOn, token_of, ways_on
from weerklank_web.groundwork.language import language_now

__all__ = ["MOST", "Ways", "on_the_way", "ways_for"]

# Up to this many people more than the calmest way is looked for while somebody waits.
MOST = 250


@dataclass(frozen=True, slots=True)
class Ways:
    """What can be done now. ``token`` marks what it follows from; ``conflicts`` say why nothing can."""

    arrivals: tuple[Registration, ...]
    ways: tuple[WayOn, ...]
    conflicts: tuple[Told, ...]
    rooms: tuple[Room, ...]
    closed: Room | None
    token: str


def on_the_way(board: Board) -> tuple[Registration, ...]:
    """Who needs a room now: at the door whoever is inside without one, before it everybody without one."""
    return tuple(
        one
        for one in board.people
        if getattr(one, "seat", None) is None and (one.present or not board.opened)
    )


def ways_for(gathering: Gathering, *, closed: UUID | None = None) -> Ways:
    """The ways on as things stand; ``closed``: a room that does not go on."""
    board = board_of(gathering)
    arrivals = on_the_way(board)
    shut = next((room for room in board.rooms if room.id == closed), None)
    language = language_now()
    ways: tuple[WayOn, ...] = ()
    conflicts: tuple[Told, ...] = ()
    if board.rooms and (arrivals or shut is not None or board.seats()):
        try:
            ways = ways_on(
                board, arrivals, closed=None if shut is None else shut.id, language=language, most=MOST
            )
        except Impossible as refusal:
            names = {str(one.id): one.name for one in board.people}
            conflicts = told(refusal.conflicts, names, language=language)
    return Ways(
        arrivals=arrivals,
        ways=ways,
        conflicts=conflicts,
        rooms=tuple(room for room in board.rooms if room.places_max),
        closed=shut,
        token=token_of(board, arrivals, closed=None if shut is None else shut.id),
    )
