"""The search behind :class:`~weerklank.allocation.no_panel.NoPanel`: integer programs on counts per kind."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, eye, hstack, vstack

from weerklank.allocation.no_panel import Clash, Limit, NoPanel, QuotaConflict, QuotaLimit
from weerklank.allocation.panel_chances import Rows
from weerklank.allocation.panel_kinds import Kinds
from weerklank.allocation.panel_mixture import Panels
from weerklank.allocation.pool import Quota

__all__ = ["no_panel"]


def no_panel(kinds: Kinds, rows: Rows) -> NoPanel:
    """Why no panel keeps the quotas of ``kinds``, and the nearest quotas that one does."""
    homes = sum(homes for _, homes in kinds.streets)
    if homes < kinds.size:
        return NoPanel(
            QuotaConflict(Clash.PEOPLE, asked=kinds.size, there=homes), asked=kinds.quotas, nearest=()
        )
    limits = [QuotaLimit(quota, limit) for quota in kinds.quotas for limit in Limit]
    for one in list(limits):
        fewer = [other for other in limits if other != one]
        if not _possible(kinds, rows, fewer):
            limits = fewer
    return NoPanel(_named(kinds, tuple(limits)), asked=kinds.quotas, nearest=_nearest(kinds, rows))


def _possible(kinds: Kinds, rows: Rows, limits: Collection[QuotaLimit]) -> bool:
    """Whether some panel keeps these limits."""
    low, high = rows.low.copy(), rows.high.copy()
    for place, quota in enumerate(kinds.quotas):
        if QuotaLimit(quota, Limit.LOW) not in limits:
            low[place] = 0
        if QuotaLimit(quota, Limit.HIGH) not in limits:
            high[place] = kinds.size
    return Panels(replace(rows, low=low, high=high)).best(np.zeros(len(rows.counts))) is not None


def _named(kinds: Kinds, limits: tuple[QuotaLimit, ...]) -> QuotaConflict:
    sides = {limit.limit for limit in limits}
    features = {limit.quota.feature for limit in limits}
    lows = sum(limit.quota.low for limit in limits)
    if len(limits) == 1 and sides == {Limit.LOW}:
        place = kinds.quotas.index(limits[0].quota)
        there = sum(kinds.counts[kind] for kind in kinds.members[place])
        return QuotaConflict(Clash.SCARCE, limits, asked=lows, there=there)
    if len(features) == 1 and sides == {Limit.LOW} and lows > kinds.size:
        return QuotaConflict(Clash.LOWS, limits, asked=lows, there=kinds.size)
    highs = sum(limit.quota.high for limit in limits)
    if len(features) == 1 and sides == {Limit.HIGH} and highs < kinds.size:
        return QuotaConflict(Clash.HIGHS, limits, asked=kinds.size, there=highs)
    return QuotaConflict(Clash.TOGETHER, limits, asked=len(limits), there=kinds.size)


def _nearest(kinds: Kinds, rows: Rows) -> tuple[Quota, ...]:
    """Quotas that can be met, with the fewest seats of change in all limits together, then in the fewest quotas."""
    people, many = len(rows.counts), len(kinds.quotas)
    of_quotas = rows.matrix[:many]
    rest = rows.matrix[many:]
    # Counts per kind; seats by which each lower limit falls and each upper one rises; whether a quota changes.
    far = max(kinds.size, *(quota.low for quota in kinds.quotas))
    one = eye(many)
    none = csr_matrix((many, many))
    lower = hstack([of_quotas, one, none, none])
    upper = hstack([of_quotas, none, -one, none])
    touched = hstack([csr_matrix((many, people)), one, one, -far * one])
    homes = hstack([rest, csr_matrix((rest.shape[0], 3 * many))])
    every = csr_matrix(np.r_[np.ones(people), np.zeros(3 * many)][None])
    matrix = vstack([lower, upper, touched, homes, every]).tocsr()
    infinite = np.inf
    solved = milp(
        np.r_[np.zeros(people), np.full(2 * many, many + 1.0), np.ones(many)],
        integrality=np.ones(people + 3 * many),
        bounds=Bounds(
            np.zeros(people + 3 * many),
            np.r_[rows.counts, rows.low[:many], np.full(many, kinds.size), np.ones(many)],
        ),
        constraints=LinearConstraint(
            matrix,
            np.r_[rows.low[:many], np.full(2 * many + rest.shape[0], -infinite), kinds.size],
            np.r_[np.full(many, infinite), rows.high[:many], np.zeros(many), rows.high[many:], kinds.size],
        ),
        options={"mip_rel_gap": 0.0},
    )
    steps = np.rint(solved.x[people:]).astype(int)
    return tuple(
        replace(quota, low=quota.low - int(steps[place]), high=quota.high + int(steps[many + place]))
        for place, quota in enumerate(kinds.quotas)
    )
