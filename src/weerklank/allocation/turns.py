"""A first seating for several rounds: one round after the other, and who came off badly is first in line for the next.

Each round is the cheapest flow of that round alone. What it makes dear is not the choice of that round but what people carry
by then over all rounds so far, so that a third choice in the first round weighs in the second. A theme that somebody
had costs more than all that; where it cannot be avoided yet, the search over all rounds together must undo it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from weerklank.allocation.board import Board
from weerklank.allocation.crowd import start_at_once
from weerklank.allocation.floors import guarded_from
from weerklank.allocation.start import Start, find_start

__all__ = ["start_in_turn"]

_MANY = 200_000  # people × rooms


def start_in_turn(board: Board, *, budget: int) -> Start:
    """Seats for all rounds of ``board``; ``proven`` only says that there is one round.

    :raises NoSeating: a round cannot be seated at all, or (demand ``search``) not within the budget.
    """
    if board.rounds == 1:
        return _first(board, budget)
    seats: list[int] = []
    branches = 0
    for turn in range(board.rounds):
        found = _first(_turn(board, turn, seats), budget)
        first = turn * (len(board.rooms) // board.rounds)
        seats.extend(room + first for room in found.seats)
        branches += found.branches
    return Start(tuple(seats), proven=False, branches=branches)


def _first(board: Board, budget: int) -> Start:
    # Up to here the exact flow takes seconds at most.
    at_once = start_at_once(board) if len(board.people) * len(board.rooms) > _MANY else None
    return at_once or find_start(board, budget=budget)


def _turn(board: Board, turn: int, before: Sequence[int]) -> Board:
    """Round ``turn`` as a board of its own, after the rounds ``before``; its levels are what people would carry."""
    many, rooms = board.count, len(board.rooms) // board.rounds
    here, there = turn * many, turn * rooms
    had = [0] * many
    sat: list[set[int]] = [set() for _ in range(many)]
    for slot, room in enumerate(before):
        had[slot % many] += board.steps[board.level_in(slot, room)]
        sat[slot % many].add(board.theme[room])
    carried = [
        [had[own] + board.steps[level] - _best(board, own, turn + 1) for level in board.level[own]]
        for own in range(many)
    ]
    values = sorted({0, *(max(0, value) for row in carried for value in row)})
    level = {value: place for place, value in enumerate(values)}
    again = len(values)
    steps = (*values, values[-1] + 1)
    guard, least = board.policy.guard, guarded_from(board)
    if guard is not None and least is not None:
        guard = next((place for place, value in enumerate(steps) if value >= least and place), len(values))
    inside = range(here, here + many)
    return replace(
        board,
        people=board.people[here : here + many],
        rooms=board.rooms[there : there + rooms],
        policy=replace(board.policy, guard=guard),
        allowed=tuple(tuple(room - there for room in board.allowed[slot]) for slot in inside),
        theme=board.theme[:rooms],
        level=tuple(
            tuple(
                again if not board.themes_again and theme in sat[own] else level[max(0, value)]
                for theme, value in enumerate(carried[own])
            )
            for own in range(many)
        ),
        steps=steps,
        groups=tuple(tuple(one - here for one in group) for group in board.groups if group[0] in inside),
        apart=tuple((one - here, other - here) for one, other in board.apart if one in inside),
        traits=(board.traits[0][:many], board.traits[1][:many], board.traits[2][:many]),
        ideal=(0,) * many,
        rounds=1,
        met={},
    )


def _best(board: Board, own: int, rounds: int) -> int:
    """The best that somebody could carry after so many rounds."""
    wishes = len(board.people[own].wishes)
    if not wishes or board.themes_again:
        return 0
    return sum([*board.steps[:wishes], *(board.steps[-1] for _ in range(rounds))][:rounds])
