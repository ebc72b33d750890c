"""What unites and what divides, with or without groups, never ranked by luck.

With groups: the group-informed consensus Π p_g (Small et al. 2021) with p_g ~ Beta(1 + agreed, 1 + seen −
agreed), whose posterior mean is the published figure; ranked by its geometric mean, which does not sink with
the number of groups. Without: the curves of the statements over the central 90 % of the map (``curves.py``),
with pointwise intervals on the log-odds scale by the delta method. A statement that six people saw cannot
win: the order is that of the lower bounds.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from weerklank.opinion.curves import central_points
from weerklank.opinion.intervals import with_fewest_false
from weerklank.opinion.records import (
    Bridge,
    BridgeMethod,
    Curves,
    Divider,
    Estimate,
    OpinionMap,
    Parts,
    Statements,
)

__all__ = ["bridges_over_everybody", "bridges_over_groups", "bridges_over_map", "dividers_over"]

Floats = NDArray[np.float64]

_DRAWS = 1000
_FALSE = 0.1
_AROUND = 16


def dividers_over(
    map_: OpinionMap, curves: Curves, statements: Statements, *, level: float
) -> tuple[Divider, ...]:
    """The statements on which agreement differs over the map: between the two opposite ends where it differs
    most.

    Only those whose curve is not flat (score test of the four slopes, Benjamini–Hochberg at 10 %).
    """
    points = central_points(map_.position[map_.fitted], around=_AROUND)[:-1]
    share, slope = _agreement(curves, points)
    half = _AROUND // 2
    apart = share[:, :half] - share[:, half:]
    error = _errors(slope[:, :half] - slope[:, half:], curves.covariance)
    direction = np.argmax(np.abs(apart), axis=1)
    each = np.arange(len(share))
    size, wide = np.abs(apart[each, direction]), ndtri((1 + level) / 2) * error[each, direction]
    shown = np.flatnonzero((with_fewest_false(curves.flat) <= _FALSE) & (statements.seen > 0))
    bounds = np.stack([size, np.maximum(size - wide, 0), np.minimum(size + wide, 1)], axis=1)[shown]
    ends = np.stack([share[each, direction], share[each, direction + half]], axis=1)[shown]
    listed = zip(shown.tolist(), statements.seen[shown].tolist(), bounds.tolist(), ends.tolist(), strict=True)
    found = [
        Divider(statements.ids[one], one, seen, Estimate(*about), tuple(agreed))
        for one, seen, about, agreed in listed
    ]
    return tuple(sorted(found, key=lambda one: -one.difference.low))


def bridges_over_groups(
    statements: Statements, groups: Parts, *, level: float, seed: int
) -> tuple[Bridge, ...]:
    """Every statement that somebody saw, by the lower bound of its agreement over the groups."""
    agreed = np.stack([figures.counts[:, 0] for figures in groups.figures])
    seen = np.stack([figures.seen for figures in groups.figures])
    rng = np.random.default_rng([seed, 11])
    half = (1 - level) / 2
    found = []
    for one in np.flatnonzero(statements.seen > 0):
        a, s = agreed[:, one], seen[:, one]
        drawn = rng.beta((a + 1)[:, None], (s - a + 1)[:, None], size=(groups.k, _DRAWS))
        logs = np.log(drawn).sum(axis=0)
        mean, product = np.exp(logs / groups.k), np.exp(logs)
        low, high = np.quantile(mean, [half, 1 - half])
        product_low, product_high = np.quantile(product, [half, 1 - half])
        exact = float(np.prod((a + 1) / (s + 2)))
        found.append(
            Bridge(
                statements.ids[one],
                int(one),
                int(statements.seen[one]),
                BridgeMethod.GROUPS,
                Estimate(float(mean.mean()), float(low), float(high)),
                Estimate(exact, float(product_low), float(product_high)),
            )
        )
    return _ranked(found)


def bridges_over_map(
    map_: OpinionMap, curves: Curves, statements: Statements, *, level: float
) -> tuple[Bridge, ...]:
    """Every statement that somebody saw, by the lower bound of the least agreement over the central 90 % of
    the map.
    """
    points = central_points(map_.position[map_.fitted], around=_AROUND)
    share, slope = _agreement(curves, points)
    share = np.clip(share, 1e-9, 1 - 1e-9)
    inner = share * (1 - share)
    odds = np.log(share / (1 - share))
    wide = ndtri((1 + level) / 2) * _errors(slope, curves.covariance) / inner
    least, low, high = (
        (1 / (1 + np.exp(-np.clip(one, -30, 30)))).min(axis=1) for one in (odds, odds - wide, odds + wide)
    )
    seen = np.flatnonzero(statements.seen > 0)
    agreed = np.stack([least, low, high], axis=1)[seen].tolist()
    listed = zip(seen.tolist(), statements.seen[seen].tolist(), agreed, strict=True)
    return _ranked(
        Bridge(statements.ids[one], one, by, BridgeMethod.MAP, Estimate(*about)) for one, by, about in listed
    )


def bridges_over_everybody(statements: Statements) -> tuple[Bridge, ...]:
    """Every statement that somebody saw, by the lower bound of the share that agrees."""
    return _ranked(
        Bridge(
            statements.ids[one],
            int(one),
            int(statements.seen[one]),
            BridgeMethod.EVERYBODY,
            statements[int(one)].agree,
        )
        for one in np.flatnonzero(statements.seen > 0)
    )


def _ranked(found: Iterable[Bridge]) -> tuple[Bridge, ...]:
    return tuple(sorted(found, key=lambda one: (-one.agreement.low, -one.agreement.value)))


def _agreement(curves: Curves, points: Floats) -> tuple[Floats, Floats]:
    """The predicted agreement (m, points) and its slope in the six coefficients (m, points, 6)."""
    shares = curves.shares(points).transpose(1, 0, 2)
    at = np.column_stack([np.ones(len(points)), points])
    agree, disagree = shares[:, :, 0, None], shares[:, :, 1, None]
    return shares[:, :, 0], np.concatenate([agree * (1 - agree) * at, -agree * disagree * at], axis=2)


def _errors(slope: Floats, covariance: Floats) -> Floats:
    """Standard errors (m, points) of what has this ``slope`` (m, points, 6)."""
    variance: Floats = ((slope @ covariance) * slope).sum(axis=2)
    return np.sqrt(np.maximum(variance, 0))
