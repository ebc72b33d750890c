"""Chances become a lottery: panels of whole people, each with a weight, that together give those chances.

The point of wanted chances is projected on the convex hull of all panels, which is known only through an integer program
that returns the best panel in a direction (fully corrective Frank-Wolfe; Wolfe 1976). When the distance is nothing,
the weights are the lottery. When it is not, the direction that is left separates the point from every panel: a cut.
The direction is the residual itself, so the search for panels does not swing as with the dual prices of a simplex.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp, nnls
from scipy.sparse import csr_matrix, vstack

from weerklank.allocation.panel_chances import Cut, Rows, Vector

__all__ = ["SAME", "Mixture", "Panels", "Projection", "project"]

#: Chances that differ by less than this are the same.
SAME = 1e-6
_CUT_SCALE = 10**6
_AT_ONCE = 3

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Mixture:
    """Panels (counts per kind) with weights that sum to one.

    :param short: how much the chance of somebody stays below the wanted one, at most.
    :param spare: panels met on the way that got no weight; useful when weights must become whole numbers.
    """

    panels: tuple[tuple[int, ...], ...]
    weights: tuple[float, ...]
    spare: tuple[tuple[int, ...], ...]
    short: float


@dataclass(frozen=True, slots=True)
class Projection:
    """The lottery nearest to the wanted chances, and what proves that none gives them, if that was found."""

    mixture: Mixture
    cut: Cut | None
    rounds: int


class Panels:
    """All panels within the rules, as something that can be asked for the best one in a direction."""

    def __init__(self, rows: Rows, wanted: Vector | None = None) -> None:
        """``wanted``: counts per kind to stay beside: each count is rounded down or up, and rules at their limit stay there."""
        low, high = rows.low, rows.high
        bottom, top = np.zeros(len(rows.counts)), rows.counts
        if wanted is not None:
            there = rows.matrix @ wanted
            low = np.where(there > high - SAME, high, low)
            high = np.where(there < rows.low + SAME, rows.low, high)
            bottom = np.floor(wanted + SAME)
            top = np.minimum(np.ceil(wanted - SAME), rows.counts)
        every = csr_matrix(np.ones((1, len(rows.counts))))
        self._rules = LinearConstraint(
            vstack([rows.matrix, every]).tocsr(), np.r_[low, rows.size], np.r_[high, rows.size]
        )
        self._bounds = Bounds(bottom, top)

    def best(self, direction: Vector) -> Counts | None:
        """The panel furthest in ``direction``; None when there is no panel."""
        return self.solve(direction)[0]

    def solve(self, direction: Vector) -> tuple[Counts | None, float]:
        """The best panel, and a proven bound on how far any panel comes."""
        # The solver's tolerances are absolute: directions come to it in one size.
        size = float(np.abs(direction).max()) or 1.0
        found = milp(
            -1000 * direction / size,
            integrality=np.ones(len(direction)),
            bounds=self._bounds,
            constraints=self._rules,
            options={"mip_rel_gap": 0.0},
        )
        if found.x is None:
            return None, float("-inf")
        return np.rint(found.x).astype(np.int64), -float(found.mip_dual_bound) * size / 1000


def project(
    rows: Rows,
    chances: Vector,
    *,
    rounds: int,
    known: Sequence[Sequence[int]] = (),
    tell: Callable[[int], None] | None = None,
) -> Projection:
    """The lottery that comes nearest to ``chances``, and a cut when it is proven that none gives them.

    :param rounds: how many times to look for better panels; when they are spent, the nearest lottery found so far.
    :param known: panels to start from. :param tell: called with the rounds done.
    """
    wanted = chances * rows.counts
    near, all_ = Panels(rows, wanted), Panels(rows)
    stream = np.random.default_rng(len(chances))
    kept = [np.array(panel, dtype=np.int64) for panel in known]
    met = {panel.tobytes(): panel for panel in kept}
    for _ in range(0 if kept else _AT_ONCE):
        _add(near.best(stream.normal(size=len(wanted)) / rows.counts), kept, met)
    if not kept:
        _add(all_.best(wanted), kept, met)
    cut = None
    for turn in range(rounds):
        weights = _weights(kept, wanted, rows.counts)
        left = (wanted - np.array(kept).T @ weights) / rows.counts
        if tell is not None:
            tell(turn)
        if left.max() <= SAME:
            break
        kept = [panel for panel, weight in zip(kept, weights, strict=True) if weight > 0]
        here = float(left @ (np.array(kept).T @ weights[weights > 0]))
        gain = float(np.abs(left).max()) * SAME
        best = near.best(left)
        if best is None or float(left @ best) - here <= gain:
            best, most = all_.solve(left)
            if best is None or most - here <= gain:
                cut = _cut(left, all_, wanted)
                break
        _add(best, kept, met)
        spread = float(np.abs(left).mean())
        for _ in range(_AT_ONCE):
            _add(near.best(left + spread * stream.normal(size=len(left))), kept, met)
    weights = _weights(kept, wanted, rows.counts)
    return Projection(_mixture(kept, weights, list(met.values()), chances, rows.counts), cut, turn + 1)


def _add(panel: Counts | None, kept: list[Counts], met: dict[bytes, Counts]) -> None:
    if panel is not None and not any(np.array_equal(panel, other) for other in kept):
        kept.append(panel)
        met[panel.tobytes()] = panel


def _weights(panels: Sequence[Counts], wanted: Vector, counts: Vector) -> Vector:
    """The weights of the point of the hull of ``panels`` nearest to ``wanted``."""
    scale = 1 / np.sqrt(counts)
    many = len(panels)
    # A heavy last row makes the weights sum to one.
    matrix = np.vstack([np.array(panels).T * scale[:, None], np.full(many, 10.0)])
    return np.asarray(nnls(matrix, np.r_[wanted * scale, 10.0], maxiter=50 * many)[0])


def _cut(left: Vector, panels: Panels, wanted: Vector) -> Cut | None:
    """``left`` as whole numbers, and the furthest any panel comes that way; None when rounding has blunted it."""
    whole = np.rint(left / np.abs(left).max() * _CUT_SCALE)
    _, most = panels.solve(whole)
    # With whole weights every panel's sum is whole, so the bound may be rounded down.
    cut = Cut(tuple(int(weight) for weight in whole), int(np.floor(most + 0.5)))
    return cut if float(whole @ wanted) > cut.most + _CUT_SCALE * SAME else None


def _mixture(
    kept: Sequence[Counts], weights: Vector, met: Sequence[Counts], chances: Vector, counts: Vector
) -> Mixture:
    weights = np.where(weights > 1e-12, weights, 0)
    weights = weights / weights.sum()
    order = sorted(range(len(kept)), key=lambda place: tuple(-kept[place]))
    used = [place for place in order if weights[place] > 0]
    given = np.array([kept[place] for place in used]).T @ weights[used] / counts
    support = {kept[place].tobytes() for place in used}
    spare = sorted(tuple(int(one) for one in panel) for panel in met if panel.tobytes() not in support)
    return Mixture(
        panels=tuple(tuple(int(one) for one in kept[place]) for place in used),
        weights=tuple(float(weights[place]) for place in used),
        spare=tuple(spare),
        short=max(0.0, float((chances - given).max())),
    )
