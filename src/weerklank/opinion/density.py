"""The map of opinions as it may be shown: never a point per person, but fields with at least k people in them.

How many stand in a field is told in steps of k (:func:`~weerklank.disclosure.at_least`), since a map stands beside shares of
the same people. The grid is the finest of a fixed row of grids on which nearly everybody stands in a field that can be
shown, so that the choice of the grid tells no more than that.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from weerklank.disclosure import at_least
from weerklank.opinion.records import OpinionMap
from weerklank.opinion.verdicts import Verdict

__all__ = ["Density", "End", "density_of", "ends_of", "is_flat"]

#: Standard deviations from the middle; whoever stands farther out counts with the field at the edge.
_REACH = 2.25
#: Columns and rows, finest first.
_FLAT = ((9, 1), (7, 1), (5, 1), (3, 1))
_WIDE = ((9, 7), (7, 5), (5, 5), (5, 3), (3, 3))
_ENOUGH = 0.8  # of the people stand in a field that can be shown
_PULLS = 0.1
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Density:
    """At least how many people stand in each field, rows from top to bottom; None: fewer than k, or nobody."""

    rows: tuple[tuple[int | None, ...], ...]

    def field_of(self, position: tuple[float, float]) -> tuple[int, int]:
        """Row and column of a position on the map."""
        return _row(position[1], len(self.rows)), _column(position[0], len(self.rows[0]))


@dataclass(frozen=True, slots=True)
class End:
    """One end of the map: whoever stands there agrees more often with these; or, where nothing is, disagrees with those."""

    agree: tuple[Hashable, ...] = ()
    disagree: tuple[Hashable, ...] = ()


def density_of(positions: NDArray[np.floating], *, k: int, flat: bool) -> Density | None:
    """How many of ``positions`` (n, 2) stand where, in steps of ``k``; None when no grid shows nearly everybody.

    :param flat: one row: only the first axis says something (:func:`is_flat`).
    """
    for columns, rows in _FLAT if flat else _WIDE:
        counts = np.zeros((rows, columns), int)
        for across, up in positions.tolist():
            counts[_row(up, rows), _column(across, columns)] += 1
        if counts[counts >= k].sum() >= _ENOUGH * counts.sum():
            return Density(tuple(tuple(at_least(int(cell), k=k).value for cell in row) for row in counts))
    return None


def ends_of(map_: OpinionMap, statements: tuple[Hashable, ...]) -> tuple[End, ...]:
    """Left and right, then bottom and top: what people there agree with more often, at most three, the strongest first."""
    ends = []
    for axis in (0, 1):
        pull = map_.vectors[:, axis]
        order = [int(place) for place in np.argsort(-np.abs(pull)) if abs(pull[place]) > _PULLS]
        up = tuple(statements[place] for place in order if pull[place] > 0)[:_NAMED]
        down = tuple(statements[place] for place in order if pull[place] < 0)[:_NAMED]
        ends += [End(agree=down, disagree=() if down else up), End(agree=up, disagree=() if up else down)]
    return tuple(ends)


def is_flat(verdict: Verdict) -> bool:
    """Whether one axis tells as much of the votes as two."""
    return verdict.evidence is not None and verdict.evidence.dimensions == 1


def _column(across: float, columns: int) -> int:
    return int(np.clip((across + _REACH) / (2 * _REACH) * columns, 0, columns - 1))


def _row(up: float, rows: int) -> int:
    return int(np.clip((_REACH - up) / (2 * _REACH) * rows, 0, rows - 1))
