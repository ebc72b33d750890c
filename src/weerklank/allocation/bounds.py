"""How good any seating could be at best: a number that no seating within the rules and the floor can beat.

Two ways, each valid alone. *Counting*, in plain Python: wishes by the cheapest flow, pairs of one kind by spreading each
kind over all rooms it may go to, meetings by pigeonholes; their sum. *Linear programming*, where the exact extra is
installed: people to kinds of rooms in fractions, pairs by tangents of n(n-1)/2 (exact at whole numbers, and no
products of pairs), rooms that are alike as one with an even spread inside. It counts the same goods at once, so
it sees that a wish granted here costs a pair there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import comb

from weerklank.allocation.board import Board
from weerklank.allocation.floors import Limits
from weerklank.allocation.flow import Flow
from weerklank.allocation.programme import programme_bound

__all__ = ["Bound", "lower_bound"]

_FLOW_CELLS = 60_000  # people × kinds of rooms up to which the flow of wishes takes little time
_TRAITS = ("organisation", "layer", "role")


@dataclass(frozen=True, slots=True)
class Bound:
    """``value`` is in points of the score; ``by`` says what it was computed with."""

    value: int
    by: str


def lower_bound(board: Board, limits: Limits | None, *, tight: bool) -> Bound:
    """A bound for all seatings of ``board`` that keep ``limits``; ``tight``: with the exact extra if it is there."""
    meetings = board.policy.repeat * fewest_repeats(board)
    counted = _wishes(board) + _mix(board) + meetings
    solved = programme_bound(board, limits) if tight else None
    if solved is not None and solved + meetings >= counted:
        return Bound(solved + meetings, "linear programming")
    return Bound(counted, "counting")


def fewest_repeats(board: Board) -> int:
    """Fewest meetings of people who met before, by pigeonholes.

    A pair that meets m times is together in m(m-1)/2 pairs of rounds. In any two rounds a room of s people was drawn from
    R rooms, so at least an even spread of s over R had met. And all meetings must fit on the pairs there are.
    """
    rooms = len(board.rooms) // board.rounds
    tied = sum(comb(len(group), 2) for group in board.groups) // board.rounds
    if board.rounds == 1 or not rooms or not board.count:
        return 0
    sizes = _even_sizes(board)
    in_two_rounds = sum(_spread(size, rooms) for size in sizes) - tied
    by_rounds = comb(board.rounds, 2) * max(0, in_two_rounds)
    meetings = board.rounds * (sum(comb(size, 2) for size in sizes) - tied)
    pairs = comb(board.count, 2) - tied
    by_pairs = _spread(max(0, meetings), pairs) if pairs else 0
    return max(by_rounds, by_pairs)


def _spread(count: int, places: int) -> int:
    """Pairs inside places when ``count`` things are spread over them evenly."""
    each, over = divmod(count, places)
    return places * comb(each, 2) + over * each


def _even_sizes(board: Board) -> list[int]:
    rooms = board.rooms[: len(board.rooms) // board.rounds]
    sizes = [room.min for room in rooms]
    left = board.count - sum(sizes)
    while left:
        smallest = min(size for size, room in zip(sizes, rooms, strict=True) if size < room.max)
        for place, room in enumerate(rooms):
            if left and sizes[place] == smallest < room.max:
                sizes[place] += 1
                left -= 1
    return sizes


def _wishes(board: Board) -> int:
    """Least cost in wishes: the cheapest flow of one round where that is quick, else everybody's best room."""
    if board.rounds == 1 and len(board.people) * len(board.rooms) <= _FLOW_CELLS:
        return _cheapest_flow(board)
    best = 0
    for own in range(board.count):
        # Over several rounds everybody has each theme once, unless a theme may come back or a place is fixed.
        options = [
            sorted({(board.level_in(slot, room), board.theme[room]) for room in board.allowed[slot]})
            for slot in range(own, len(board.people), board.count)
        ]
        fixed = any(len(board.allowed[slot]) == 1 for slot in range(own, len(board.people), board.count))
        if board.themes_again or fixed or board.rounds == 1:
            best += sum(board.steps[rows[0][0]] for rows in options)
        else:
            levels = {theme: level for rows in options for level, theme in rows}
            best += sum(board.steps[level] for level in sorted(levels.values())[: board.rounds])
    return board.policy.wish * best


def _cheapest_flow(board: Board) -> int:
    many = len(board.people) + 1
    least = many * many  # above the sum of squares of room sizes, that settles ties
    top = least * board.policy.wish * board.steps[-1] * many + 1
    rows = []
    for slot, allowed in enumerate(board.allowed):
        row = [top * many] * len(board.rooms)
        for room in allowed:
            row[room] = least * board.policy.wish * board.steps[board.level_in(slot, room)]
        rows.append(row)
    flow = Flow(
        rows,
        low=[room.min for room in board.rooms],
        high=[room.max for room in board.rooms],
        reward=top,
        barred=top * many,
    )
    for person in range(len(board.people)):
        flow.insert(person)
    return flow.cost(unit=least)


def _mix(board: Board) -> int:
    """Each kind of people spread evenly over the rooms that anybody of that kind may go to."""
    total = 0
    for name, trait in zip(_TRAITS, board.traits, strict=True):
        weight = getattr(board.policy, name)
        if not weight:
            continue
        reach: dict[int, set[int]] = {}
        for value, rooms in _distinct(zip(trait, board.allowed, strict=True)):
            if value >= 0:
                reach.setdefault(value, set()).update(rooms)
        count = Counter(trait)
        total += weight * sum(_spread(count[value], len(rooms)) for value, rooms in sorted(reach.items()))
    return total


def _distinct(pairs: Iterable[tuple[int, tuple[int, ...]]]) -> Sequence[tuple[int, tuple[int, ...]]]:
    return sorted(set(pairs))
