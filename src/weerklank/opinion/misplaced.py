"""People placed in the wrong group, and what that does to a difference between groups.

Who is placed by few votes is sometimes placed wrongly, and every misplaced person draws the groups, as they
were counted, towards one another. How many are misplaced follows from the chances of membership; with that
table the shares of the groups themselves are recovered from the shares of the people placed in them, and the
interval widens by as much as is not known (Bolck, Croon & Hagenaars 2004; Vermunt 2010). Where everybody is
placed for certain, nothing changes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from weerklank.opinion.intervals import combined_interval

__all__ = ["Between", "between_parts", "truly_in"]

Floats = NDArray[np.float64]

_LEAST_TOLD = 0.05  # below this, who is placed where says next to nothing of where they belong


@dataclass(frozen=True, eq=False)
class Between:
    """The parts themselves, for agree and disagree: ``shares`` (k, m, 2), and ``difference``, ``low``, ``high``
    (k, m, 2) of each part minus the rest.
    """

    shares: Floats
    difference: Floats
    low: Floats
    high: Floats


def truly_in(placed: NDArray[np.integer], chance: NDArray[np.float32], weight: Floats, k: int) -> Floats:
    """(k, k) of the people placed in each part (rows), the share that belongs to each (columns)."""
    table = np.stack(
        [np.bincount(placed, weight * each, minlength=k) for each in chance.T.astype(float)], axis=1
    )
    total = table.sum(axis=1, keepdims=True)
    return np.asarray(np.where(total > 0, table / np.where(total > 0, total, 1.0), np.eye(k)))


def between_parts(inside: NDArray[np.int64], table: Floats, *, level: float) -> Between:
    """From counts ``inside`` (k, m, 4) of agree, disagree, pass and seen by the people placed in each part.

    :param table: see :func:`truly_in`; where it cannot be turned back, every difference stays possible.
    """
    k, m, _ = inside.shape
    lost = np.linalg.svd(table, compute_uv=False).min() < _LEAST_TOLD
    back = np.eye(k) if lost else np.linalg.inv(table)
    seen = inside[:, :, 3]
    count = inside[:, :, :2].astype(float)
    counted = count / np.maximum(seen, 1)[:, :, None]
    shares = np.clip(np.einsum("ts,smv->tmv", back, counted), 0.0, 1.0)
    belong = seen.T @ table  # (m, k): who of the voters on a statement belong where
    difference, low, high = (np.empty((k, m, 2)) for _ in range(3))
    for part in range(k):
        rest = belong.copy()
        rest[:, part] = 0.0
        total = rest.sum(axis=1, keepdims=True)
        against = -rest / np.where(total > 0, total, 1.0)
        against[:, part] = 1.0
        weights = (against @ back).T[:, :, None]
        difference[part] = (weights * counted).sum(axis=0)
        low[part], high[part] = combined_interval(weights, count, seen[:, :, None], level)
        unknown = lost | (seen[part] == 0) | (seen.sum(axis=0) == seen[part])
        low[part, unknown], high[part, unknown] = -1.0, 1.0
    return Between(shares, *(np.clip(each, -1.0, 1.0) for each in (difference, low, high)))
