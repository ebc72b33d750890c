"""The fairest chances: the lowest as high as can be, then the next lowest, and so on (leximin).

Linear programs over the chances per kind. Without cuts they ask less than that every panel is whole people, so what
they find can be too good to be true; :mod:`weerklank.allocation.panel_mixture` either makes a lottery of it
or hands back a cut that says why not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, hstack, vstack

from weerklank.allocation.panel_kinds import Kinds

__all__ = ["Chances", "Cut", "Rows", "fairest_chances", "rows_of"]

Vector = NDArray[np.float64]

_TIGHT = 1e-7
#: A chance once settled may give way by this much when rounding makes the next program impossible.
_GIVE = (1e-9, 1e-8, 1e-7, 1e-6, 1e-5)


@dataclass(frozen=True, slots=True)
class Cut:
    """No panel's counts per kind, weighted with ``weights``, come above ``most``: proven by an integer program."""

    weights: tuple[int, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Rows:
    """The rules as ``low <= matrix @ counts <= high``: first the quotas, then the shared streets; sizes apart."""

    matrix: csr_matrix
    low: Vector
    high: Vector
    size: int
    counts: Vector


@dataclass(frozen=True, slots=True)
class Chances:
    """The chance of each person of a kind, and the prices that prove the lowest of them.

    :param seat: price of any seat; ``rows``: price per row of the rules and cuts (negative: of its lower side).
    """

    each: Vector
    seat: float
    rows: Vector
    stages: int


def rows_of(kinds: Kinds) -> Rows:
    """The rules of ``kinds`` as rows."""
    streets = [places for places, _ in kinds.shared]
    groups = [*kinds.members, *streets]
    where = np.array([(row, place) for row, places in enumerate(groups) for place in places], dtype=int)
    shape = (len(groups), len(kinds.kinds))
    matrix = csr_matrix((np.ones(len(where)), (where[:, 0], where[:, 1])), shape=shape)
    homes = [homes for _, homes in kinds.shared]
    return Rows(
        matrix=matrix,
        low=np.array([quota.low for quota in kinds.quotas] + [0] * len(homes), dtype=float),
        high=np.array([quota.high for quota in kinds.quotas] + homes, dtype=float),
        size=kinds.size,
        counts=np.array(kinds.counts, dtype=float),
    )


def fairest_chances(rows: Rows, cuts: Sequence[Cut] = ()) -> Chances | None:
    """Leximin chances within ``rows`` and ``cuts``; None when not even parts of people can form a panel.

    Each stage raises the lowest chance that is not settled yet, and settles the kinds whose dual price is positive:
    by complementary slackness those are that low in every optimal solution.
    """
    settled = np.full(len(rows.counts), np.nan)
    first: tuple[float, Vector] | None = None
    stages = 0
    while np.isnan(settled).any():
        found = _stage(rows, cuts, settled)
        if found is None:
            return None
        lowest, tight, seat, prices = found
        first = first or (seat, prices)
        settled[tight] = lowest
        stages += 1
    assert first is not None
    return Chances(settled, *first, stages)


def _stage(
    rows: Rows, cuts: Sequence[Cut], settled: Vector
) -> tuple[float, NDArray[np.bool_], float, Vector] | None:
    counts = rows.counts
    many = len(counts)
    free = np.isnan(settled)
    matrix = rows.matrix
    high = rows.high
    if cuts:
        # A cut is scaled to numbers of the size of the other rows.
        scale = [max(map(abs, cut.weights)) for cut in cuts]
        lines = [np.array(cut.weights) / size for cut, size in zip(cuts, scale, strict=True)]
        matrix = vstack([matrix, csr_matrix(np.array(lines))])
        high = np.r_[high, [cut.most / size for cut, size in zip(cuts, scale, strict=True)]]
    sides = vstack([matrix, -rows.matrix])
    above = hstack([sides, csr_matrix((sides.shape[0], 1))])
    each = hstack([-csr_matrix(np.diag(np.ones(many))), csr_matrix(np.where(free, counts, 0.0)[:, None])])
    for give in _GIVE:
        floor = np.where(free, 0.0, (give - np.nan_to_num(settled)) * counts)
        solved = linprog(
            np.r_[np.zeros(many), -1.0],
            A_ub=vstack([above, each]).tocsr(),
            b_ub=np.r_[high, -rows.low, floor],
            A_eq=csr_matrix(np.r_[np.ones(many), 0.0][None]),
            b_eq=[rows.size],
            bounds=[*((0.0, count) for count in counts), (0.0, 1.0)],
            method="highs-ds",
        )
        if solved.status == 0:
            break
        if free.all():
            return None
    else:
        raise ArithmeticError("the chances settled so far contradict each other beyond rounding")
    marginals = -solved.ineqlin.marginals
    upper, lower = marginals[: len(high)], marginals[len(high) : sides.shape[0]]
    tight = free & (marginals[sides.shape[0] :] * counts > _TIGHT)
    lowest = float(solved.x[-1])
    if lowest >= 1 - _TIGHT or not tight.any():
        tight = free
    prices = upper.copy()
    prices[: len(lower)] -= lower
    if cuts:
        prices[len(lower) :] /= scale
    return lowest, tight, float(-solved.eqlin.marginals[0]), prices
