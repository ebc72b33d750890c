"""The map of opinions as it may be shown: never a point per person, but fields with at least k people in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from weerklank_web.dialogue.bridge.shares import people_in_steps

__all__ = ["Density", "density_of"]

_REACH = (
    2.25  # standard deviations from the middle; whoever stands farther out counts with the field at the edge
)
_FLAT = ((11, 1), (9, 1), (7, 1), (5, 1), (3, 1))
_WIDE = ((9, 7), (7, 5), (5, 5), (5, 3), (3, 3))
_ENOUGH = 0.8  # of the people stand in a field that can be shown


@dataclass(frozen=True, slots=True)
class Density:
    """At least how many people stand in each field, rows from top to bottom; None: fewer than k, or nobody."""

    rows: tuple[tuple[int | None, ...], ...]

    def field_of(self, position: tuple[float, float]) -> tuple[int, int]:
        """Row and column of a position on the map."""
        return _row(position[1], len(self.rows)), _column(position[0], len(self.rows[0]))


def density_of(positions: NDArray[np.floating], *, k: int, flat: bool) -> Density | None:
    """The finest grid on which nearly everybody stands in a field that can be shown; None when there is none."""
    for columns, rows in _FLAT if flat else _WIDE:
        counts = np.zeros((rows, columns), int)
        for across, up in positions.tolist():
            counts[_row(up, rows), _column(across, columns)] += 1
        if counts[counts >= k].sum() >= _ENOUGH * counts.sum():
            return Density(tuple(tuple(people_in_steps(int(cell), k=k) for cell in row) for row in counts))
    return None


def _column(across: float, columns: int) -> int:
    return int(np.clip((across + _REACH) / (2 * _REACH) * columns, 0, columns - 1))


def _row(up: float, rows: int) -> int:
    return int(np.clip((_REACH - up) / (2 * _REACH) * rows, 0, rows - 1))
