"""Simulated annealing over shifts and swaps, on whole numbers and a seeded stream.

Kirkpatrick, Gelatt and Vecchi (1983). The work is counted in proposals, never in seconds, and the chances come from
a rounded table, so that the same event and seed give the same seats on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from random import Random

from weerklank.allocation.seating import Seating

__all__ = ["anneal"]

_HOT, _COLD, _STAGES = 2.0, 0.25, 40
_WIDE = 1 / 16
_GROUP_TRIES = 20


def anneal(seating: Seating, *, proposals: int, stream: Random) -> int:
    """Improve ``seating`` in place to the best it meets; returns the proposals spent. Hard rules hold throughout."""
    board = seating.board
    grouped = {member for group in board.groups for member in group}
    singles = [
        person
        for person in range(len(board.people))
        if person not in grouped and len(board.allowed[person]) > 1
    ]
    groups = [group for group in board.groups if len(board.allowed[group[0]]) > 1]
    if not singles and not groups:
        return 0
    best, lowest, score = list(seating.seats), 0, 0
    each = max(1, proposals // _STAGES)
    for stage in range(_STAGES):
        chances = _chances(_HOT * (_COLD / _HOT) ** (stage / (_STAGES - 1)))
        for group in groups:
            for _ in range(_GROUP_TRIES):
                score += _try_group(seating, group, grouped, chances, stream)
        if score < lowest:
            best, lowest = list(seating.seats), score
        if singles:
            score, best, lowest = _stage(
                seating, singles, grouped, chances, each, stream, (score, best, lowest)
            )
    for person, room in enumerate(best):
        if seating.seats[person] != room:
            seating.move(person, room)
    if len(singles) ** 2 <= proposals:
        _polish(seating, singles)
    return each * _STAGES


def _chances(temperature: float) -> list[float]:
    """The chance to accept each rise of the score. Rounded: the last bit of exp differs between machines."""
    chances = [1.0]
    while chances[-1] > 1e-6:
        chances.append(round(exp(-len(chances) / temperature), 9))
    return chances


def _stage(
    seating: Seating,
    singles: Sequence[int],
    grouped: set[int],
    chances: Sequence[float],
    proposals: int,
    stream: Random,
    sofar: tuple[int, list[int], int],
) -> tuple[int, list[int], int]:
    score, best, lowest = sofar
    draw = stream.random
    seats, inside = seating.seats, seating.inside
    near, likes = seating.near, seating.likes
    allowed, fits = seating.board.allowed, seating.fits
    many, reach = len(singles), len(chances)
    for _ in range(proposals):
        person = singles[int(draw() * many)]
        # Themes that nobody asked for are tried now and then only: they seldom pay.
        wide = draw() < _WIDE
        options = allowed[person] if wide else near[person]
        if not options:
            continue
        start, to = seats[person], options[int(draw() * len(options))]
        if to == start:
            continue
        members = inside[to]
        # The last place in the draw stands for an empty chair: shift there instead of swapping.
        which = int(draw() * (len(members) + 1))
        if which == len(members):
            price = seating.shift_price(person, to)
            if (price <= 0 or (price < reach and draw() < chances[price])) and seating.may_shift(person, to):
                seating.move(person, to)
                score += price
        else:
            other = members[which]
            if start not in (fits if wide else likes)[other] or other in grouped:
                continue
            price = seating.swap_price(person, other)
            if (price <= 0 or (price < reach and draw() < chances[price])) and seating.may_swap(
                person, other
            ):
                seating.swap(person, other)
                score += price
        if score < lowest:
            best, lowest = list(seats), score
    return score, best, lowest


def _try_group(
    seating: Seating,
    group: Sequence[int],
    grouped: set[int],
    chances: Sequence[float],
    stream: Random,
) -> int:
    """Move a group to another room, against as many others as the sizes ask; the change of the score."""
    board = seating.board
    start, options = seating.seats[group[0]], board.allowed[group[0]]
    to = options[int(stream.random() * len(options))]
    if to == start:
        return 0
    crowd = len(seating.inside[to]) + len(group) - seating.high[to]
    lack = seating.low[start] - (len(seating.inside[start]) - len(group))
    back = [other for other in seating.inside[to] if other not in grouped and start in seating.fits[other]]
    # Equal exchange half of the time; otherwise as few as must.
    count = max(crowd, lack, 0) if stream.random() < 0.5 else max(crowd, lack, min(len(group), len(back)), 0)
    if count > len(back) or len(seating.inside[start]) - len(group) + count > seating.high[start]:
        return 0
    if len(seating.inside[to]) + len(group) - count < seating.low[to]:
        return 0
    moves = [(member, to) for member in group]
    for _ in range(count):
        moves.append((back.pop(int(stream.random() * len(back))), start))
    price = 0
    for person, room in moves:
        price += seating.shift_price(person, room)
        seating.move(person, room)
    accepted = price <= 0 or (price < len(chances) and stream.random() < chances[price])
    if accepted and seating.sound([person for person, _ in moves]):
        return price
    for person, room in reversed(moves):
        seating.move(person, start if room == to else to)
    return 0


def _polish(seating: Seating, singles: Sequence[int]) -> None:
    """Take every shift and swap that still gains, until none does."""
    better = True
    while better:
        better = False
        for person in singles:
            for to in seating.board.allowed[person]:
                if (
                    to != seating.seats[person]
                    and seating.shift_price(person, to) < 0
                    and seating.may_shift(person, to)
                ):
                    seating.move(person, to)
                    better = True
        for place, person in enumerate(singles):
            for other in singles[place + 1 :]:
                here, there = seating.seats[person], seating.seats[other]
                if (
                    here != there
                    and there in seating.fits[person]
                    and here in seating.fits[other]
                    and seating.swap_price(person, other) < 0
                    and seating.may_swap(person, other)
                ):
                    seating.swap(person, other)
                    better = True
