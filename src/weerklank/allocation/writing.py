"""From numbers back to names: seats on a board become a plan that says everything about itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from weerklank.allocation.board import Board
from weerklank.allocation.event import Event
from weerklank.allocation.plan import Audit, Burden, Choices, Floor, Move, Plan, Seat, Term, Unit
from weerklank.allocation.reasons import Reason, reasons_for

__all__ = ["written"]

_UNITS = {
    "wish": Unit.STEPS,
    "organisation": Unit.PAIRS,
    "layer": Unit.PAIRS,
    "role": Unit.PAIRS,
    "uneven": Unit.PAIRS,
    "few_layers": Unit.LAYERS,
    "repeat": Unit.MEETINGS,
}


def written(
    event: Event,
    board: Board,
    rooms: Sequence[int],
    *,
    floor: Floor,
    bound: int,
    audit: Audit,
    before: Mapping[str, str] | None = None,
) -> Plan:
    """The plan of ``rooms`` (per person on the board a room), in the order of rounds and ids.

    :param before: person → the room they had; who has another now is a move.
    """
    many = board.count
    turns = [
        {
            board.people[slot].id: board.rooms[room].id
            for slot, room in enumerate(rooms[turn * many : (turn + 1) * many], turn * many)
        }
        for turn in range(board.rounds)
    ]
    wishes = {person.id: person.wishes for person in event.people}
    themes = {room.id: room.theme for room in event.rooms}
    seats = []
    for turn, where in enumerate(turns, 1):
        for who in sorted(where):
            theme = themes[where[who]]
            rank = wishes[who].index(theme) + 1 if theme in wishes[who] else None
            seats.append(Seat(who, where[who], rank, turn))
    got = Counter(seat.rank for seat in seats if wishes[seat.person])
    amounts = board.amounts(rooms)
    carried = Counter(steps for own, steps in enumerate(board.burdens(rooms)) if board.people[own].wishes)
    return Plan(
        seats=tuple(seats),
        choices=Choices(
            by_rank=tuple(got[rank] for rank in range(1, board.unwished + 1)),
            unwished=got[None],
            no_wish=board.rounds * sum(not wished for wished in wishes.values()),
        ),
        terms=tuple(
            Term(name, amounts[name], unit, getattr(board.policy, name)) for name, unit in _UNITS.items()
        ),
        floor=floor,
        reasons=_reasons(event, turns, themes),
        moves=tuple(
            Move(who, room, turns[0][who])
            for who, room in sorted((before or {}).items())
            if who in turns[0] and turns[0][who] != room
        ),
        audit=audit,
        bound=bound,
        burdens=tuple(Burden(steps, people) for steps, people in sorted(carried.items())),
    )


def _reasons(
    event: Event, turns: Sequence[Mapping[str, str]], themes: Mapping[str, str]
) -> tuple[Reason, ...]:
    reasons: list[Reason] = []
    for turn, where in enumerate(turns, 1):
        others = [other for place, other in enumerate(turns, 1) if place != turn]
        elsewhere = {who: frozenset(themes[other[who]] for other in others) for who in where if others}
        reasons.extend(reasons_for(event, where, turn=turn, elsewhere=elsewhere))
    return tuple(reasons)
