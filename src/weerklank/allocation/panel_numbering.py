"""A lottery as a numbered list of panels: three digits drawn in public then decide.

Weights become whole numbers of panels (greedy, then exchanges of two panels), and counts per kind become names. Names
are dealt so that people of one kind stand in as many panels as each other, give or take one, also when a panel
may hold one person per home: an equitable edge colouring of panels and kinds with homes as colours, which always
exists (de Werra 1971) and is made here by splitting pairs of homes along Euler trails.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from weerklank.allocation.panel_kinds import Kind, Kinds
from weerklank.allocation.panel_mixture import Mixture

__all__ = ["named_panels", "whole_panels"]

_SWAPS = 400
Matrix = NDArray[np.float64]


def whole_panels(mixture: Mixture, counts: Sequence[int], *, number: int) -> list[tuple[int, ...]]:
    """``number`` panels whose sum per kind is as near as found to ``number`` times the mixture.

    Weights are rounded down; what is left is filled with the panel that brings the sums nearest (squares of seats,
    per person of the kind); then one panel is exchanged for another while that helps.
    """
    panels = np.array([*mixture.panels, *mixture.spare], dtype=float)
    weights = np.array([*mixture.weights, *[0.0] * len(mixture.spare)])
    scaled = panels / np.sqrt(np.array(counts, dtype=float))
    goal = number * weights @ scaled
    copies = np.floor(number * weights + 1e-9)
    away = copies @ scaled - goal
    squares = (scaled**2).sum(axis=1)
    while copies.sum() < number:
        best = int(np.argmin(squares + 2 * scaled @ away))
        copies[best] += 1
        away = away + scaled[best]
    products = scaled @ scaled.T
    apart = squares[:, None] + squares[None] - 2 * products
    for _ in range(_SWAPS):
        toward = scaled @ away
        change = apart + 2 * (toward[None] - toward[:, None])
        change[copies < 1] = np.inf
        out, into = np.unravel_index(int(np.argmin(change)), change.shape)
        if change[out, into] > -1e-9:
            break
        copies[out] -= 1
        copies[into] += 1
        away = away + scaled[into] - scaled[out]
    made = [tuple(int(one) for one in panel) for panel in panels]
    return [panel for panel, many in zip(made, copies, strict=True) for _ in range(int(many))]


def named_panels(kinds: Kinds, panels: Sequence[Sequence[int]], *, seed: int) -> tuple[tuple[str, ...], ...]:
    """Names for counts per kind, and an order, both by ``seed``; the same whatever the order of the pool was."""
    stream = Random(f"panels {seed}")
    order = list(panels)
    stream.shuffle(order)
    filled: list[list[str]] = [[] for _ in order]
    for places, homes in kinds.streets:
        shuffled = list(range(homes))
        stream.shuffle(shuffled)
        people = [_Turns(kinds.kinds[place], stream) for place in places]
        asked = [[panel[place] for place in places] for panel in order]
        seats = _dealt(asked, homes) if len(places) == 1 else _coloured(asked, homes)
        for seat in seats:
            filled[seat.panel].append(people[seat.kind].next_of(shuffled[seat.home]))
    return tuple(tuple(sorted(panel)) for panel in filled)


class _Turns:
    """People of one kind in one home take turns, from a start that the stream decides."""

    def __init__(self, kind: Kind, stream: Random) -> None:
        self._homes = kind.homes
        self._turn = [stream.randrange(len(home)) for home in kind.homes]

    def next_of(self, home: int) -> str:
        people = self._homes[home]
        self._turn[home] += 1
        return people[self._turn[home] % len(people)]


@dataclass(slots=True)
class _Seat:
    """One seat of a panel for a kind of this street, and the home that fills it."""

    panel: int
    kind: int
    home: int


def _dealt(asked: Sequence[Sequence[int]], homes: int) -> list[_Seat]:
    """Homes in turn, as cards are dealt: no home is two turns ahead of another."""
    turns = [panel for panel, (many,) in enumerate(asked) for _ in range(many)]
    return [_Seat(panel, 0, turn % homes) for turn, panel in enumerate(turns)]


def _coloured(asked: Sequence[Sequence[int]], homes: int) -> list[_Seat]:
    """Every panel at most one seat per home, and every kind's seats spread evenly over the homes."""
    kinds = range(len(asked[0]))
    load = [[0] * homes for _ in kinds]
    seats: list[_Seat] = []
    for panel, wanted in enumerate(asked):
        free = set(range(homes))
        for kind in kinds:
            for home in sorted(free, key=lambda home: (load[kind][home], home))[: wanted[kind]]:
                free.discard(home)
                load[kind][home] += 1
                seats.append(_Seat(panel, kind, home))
    uneven = True
    while uneven:
        uneven = False
        for kind in kinds:
            most, least = max(load[kind]), min(load[kind])
            if most - least > 1:
                uneven = True
                _split(seats, load, load[kind].index(most), load[kind].index(least))
    return seats


def _split(seats: Sequence[_Seat], load: Sequence[list[int]], one: int, other: int) -> None:
    """Divide the seats of two homes again, evenly for every kind: seats in one panel, and seats of a kind two by two,
    go to different homes. Such pairs form paths and rings of even length, so that can always be done."""
    mine = [seat for seat in seats if seat.home in (one, other)]
    partners: list[list[int]] = [[] for _ in mine]
    for key in ("panel", "kind"):
        waiting: dict[int, list[int]] = {}
        for place, seat in enumerate(mine):
            waiting.setdefault(getattr(seat, key), []).append(place)
        for places in waiting.values():
            # Neighbours that already differ first: then little changes.
            firsts = [place for place in places if mine[place].home == one]
            seconds = [place for place in places if mine[place].home == other]
            even = min(len(firsts), len(seconds))
            rest = [*firsts[even:], *seconds[even:]]
            pairs = [*zip(firsts, seconds, strict=False), *zip(rest[::2], rest[1::2], strict=False)]
            for first, second in pairs:
                partners[first].append(second)
                partners[second].append(first)
    done: set[int] = set()
    for start in range(len(mine)):
        to_do = [] if start in done else [(start, one)]
        while to_do:
            place, home = to_do.pop()
            if place in done:
                continue
            done.add(place)
            seat = mine[place]
            load[seat.kind][seat.home] -= 1
            seat.home = home
            load[seat.kind][home] += 1
            to_do.extend((next_, other if home == one else one) for next_ in partners[place])
