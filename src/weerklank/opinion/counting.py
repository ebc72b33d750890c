"""The answers per statement, by everybody or by a part of the people, with intervals."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
from numpy.typing import NDArray

from weerklank.opinion.intervals import share_interval
from weerklank.opinion.records import Statements

__all__ = ["as_answers", "figures_of"]


def as_answers(tally: NDArray[np.int64]) -> NDArray[np.int64]:
    """(…, 3) counts of disagree, pass, agree (as votes count them) in the order agree, disagree, pass."""
    return tally[..., [2, 0, 1]]


def figures_of(ids: tuple[Hashable, ...], counts: NDArray[np.int64], *, level: float) -> Statements:
    """Shares with their intervals from counts (m, 3) of agree, disagree, pass.

    Who has not seen a statement does not count; that assumes that whether people saw it did not depend on
    their answer.
    """
    seen = counts.sum(axis=1)
    shares = counts / np.maximum(seen, 1)[:, None]
    low, high = share_interval(counts, seen[:, None], level)
    return Statements(ids, counts, shares, low, high)
