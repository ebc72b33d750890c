"""Small votes, and votes told one by one, for the tests of opinion."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path

import numpy as np

from weerklank.opinion import Convention, Votes

__all__ = ["DATA", "REAL", "UNSEEN", "Cell", "cells_of", "from_cells", "said", "same"]

DATA = Path(__file__).parent / "data" / "opinion"
REAL = ["bg2050-volunteers", "scoop-hivemind.biodiversity", "brexit-consensus"]
UNSEEN = 9

Cell = tuple[Hashable, Hashable, int]


def said(votes: Votes) -> dict[tuple[Hashable, Hashable], int]:
    """Every vote as it would be told: who, about what, which."""
    return {
        (votes.participants[row], votes.statements[column]): value
        for row, column, value in zip(
            votes.rows.tolist(), votes.columns.tolist(), votes.values.tolist(), strict=True
        )
    }


def from_cells(cells: list[Cell]) -> Votes:
    people, statements, values = zip(*cells, strict=True) if cells else ((), (), ())
    return Votes.from_long(
        people, statements, np.array(values, np.int8), convention=Convention.AGREE_IS_POSITIVE
    )


def cells_of(table: list[list[int]], name: Callable[[int], Hashable] = str) -> list[Cell]:
    return [
        (name(i), name(j), value)
        for i, row in enumerate(table)
        for j, value in enumerate(row)
        if value != UNSEEN
    ]


def same(one: Votes, other: Votes) -> bool:
    return (
        one.participants == other.participants
        and one.statements == other.statements
        and all(
            np.array_equal(getattr(one, name), getattr(other, name))
            for name in ("starts", "columns", "values")
        )
    )
