"""The front door of sortition: a pool and quotas become a lottery that is as fair as can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from math import ceil
from typing import TYPE_CHECKING

import weerklank
from weerklank.allocation.effort import Effort, effort_named
from weerklank.allocation.lottery import (
    MILLION,
    NUMBER,
    Certificate,
    Chance,
    CutPrice,
    Lottery,
    LotteryAudit,
    QuotaPrice,
)
from weerklank.allocation.lottery_checking import bound_of, check_lottery
from weerklank.allocation.panel_kinds import Kinds, kinds_of
from weerklank.allocation.pool import Candidate, Quota, checked, fingerprint
from weerklank.allocation.refusals import because
from weerklank.errors import MissingExtra

if TYPE_CHECKING:
    from weerklank.allocation.panel_chances import Chances, Cut
    from weerklank.allocation.panel_mixture import Mixture

__all__ = ["draw_panel"]

_ROUNDS = {Effort.QUICK: 40, Effort.NORMAL: 400, Effort.THOROUGH: 4000}
_PRICE = 10**15


def draw_panel(
    pool: Sequence[Candidate],
    quotas: Sequence[Quota],
    k: int,
    *,
    seed: int,
    effort: str = Effort.NORMAL,
    tell: Callable[[int, int], None] | None = None,
) -> Lottery:
    """A lottery of a thousand panels of ``k``: quotas always met, never two people of one address, and chances as equal as
    the quotas allow: the lowest as high as can be, then the next lowest, and so on (leximin; Flanigan et al., Nature 2021).

    The same pool in any order gives the same lottery. ``seed`` decides only who of equal people stands in which panel, and
    the numbering. Who sits is decided in public afterwards: publish ``as_json()``, then draw three digits.

    :param effort: how long to look for panels when the fairest chances are hard to reach: ``quick``, ``normal``, ``thorough``.
    :param tell: called with the work done and the most that it can be.
    :raises NoPanel: a ``NoSolution`` with the quotas that contradict each other and the nearest that do not.
    :raises BadInput: the pool or the quotas are wrong in themselves.
    :raises MissingExtra: numpy and scipy are not installed.
    """
    checked(pool, quotas, k)
    rounds_allowed = _ROUNDS[effort_named(effort)]
    try:
        from weerklank.allocation.panel_numbering import named_panels, whole_panels
    except ImportError as error:
        raise MissingExtra("exact", needed_for=because("needs-lottery")) from error
    kinds = kinds_of(pool, quotas, k)
    mixture, chances, cuts, rounds = _fairest(kinds, rounds=rounds_allowed, tell=tell)
    panels = named_panels(kinds, whole_panels(mixture, kinds.counts, number=NUMBER), seed=seed)
    lottery = Lottery(
        size=k,
        panels=panels,
        chances=_chances(kinds, mixture, panels),
        certificate=_certificate(kinds, chances, cuts, pool, quotas),
        audit=LotteryAudit(
            question=fingerprint(pool, quotas, k),
            seed=seed,
            effort=str(effort),
            rounds=rounds,
            version=weerklank.__version__,
        ),
    )
    # Nothing leaves this door that the independent checker has not counted again.
    check_lottery(lottery, pool, quotas, k)
    return lottery


def _fairest(
    kinds: Kinds, *, rounds: int, tell: Callable[[int, int], None] | None
) -> tuple[Mixture, Chances, list[Cut], int]:
    """Wanted chances, the lottery nearest to them, and cuts until the two meet or the work is done."""
    import numpy as np

    from weerklank.allocation.nearest_quotas import no_panel
    from weerklank.allocation.panel_chances import fairest_chances, rows_of
    from weerklank.allocation.panel_mixture import Panels, project

    rows = rows_of(kinds)
    if Panels(rows).best(np.zeros(len(rows.counts))) is None:
        raise no_panel(kinds, rows)
    cuts: list[Cut] = []
    known: list[tuple[int, ...]] = []
    spent = 0
    while True:
        chances = fairest_chances(rows, cuts)
        assert chances is not None, "a whole panel exists, so chances do"
        found = project(
            rows,
            chances.each,
            rounds=rounds - spent,
            known=known,
            tell=None if tell is None else partial(_told, tell, spent, rounds),
        )
        spent += found.rounds
        if found.cut is None or spent >= rounds:
            return found.mixture, chances, cuts, spent
        cuts.append(found.cut)
        known = [*found.mixture.panels, *found.mixture.spare]


def _told(tell: Callable[[int, int], None], before: int, rounds: int, done: int) -> None:
    tell(before + done, rounds)


def _chances(kinds: Kinds, mixture: Mixture, panels: Sequence[Sequence[str]]) -> tuple[Chance, ...]:
    counted = Counter(who for panel in panels for who in panel)
    chances: list[Chance] = []
    for place, kind in enumerate(kinds.kinds):
        seats = sum(
            weight * panel[place] for panel, weight in zip(mixture.panels, mixture.weights, strict=True)
        )
        fair = round(MILLION * seats / kind.size)
        chances.extend(Chance(who, fair, counted[who]) for home in kind.homes for who in home)
    return tuple(sorted(chances, key=lambda chance: chance.candidate))


def _certificate(
    kinds: Kinds, chances: Chances, cuts: Sequence[Cut], pool: Sequence[Candidate], quotas: Sequence[Quota]
) -> Certificate:
    prices = [round(_PRICE * price) for price in chances.rows]
    many = len(kinds.quotas)
    after = many + len(kinds.shared)
    homes = [
        (min(who for place in places for who in kinds.kinds[place].homes[home]), price)
        for (places, count), price in zip(kinds.shared, prices[many:after], strict=True)
        for home in range(count)
        if price > 0
    ]
    made = Certificate(
        bound=0,
        seat=round(_PRICE * chances.seat),
        quotas=tuple(
            QuotaPrice(quota.feature, quota.value, price)
            for quota, price in zip(kinds.quotas, prices, strict=False)
            if price
        ),
        homes=tuple(sorted(homes)),
        cuts=tuple(
            CutPrice(_weights(kinds, cut), cut.most, price)
            for cut, price in zip(cuts, prices[after:], strict=True)
            if price > 0
        ),
    )
    bound = bound_of(made, pool, quotas, kinds.size)
    return Certificate(ceil(bound * MILLION), made.seat, made.quotas, made.homes, made.cuts)


def _weights(kinds: Kinds, cut: Cut) -> tuple[tuple[str, int], ...]:
    return tuple(
        sorted(
            (who, weight)
            for kind, weight in zip(kinds.kinds, cut.weights, strict=True)
            for home in kind.homes
            for who in home
            if weight
        )
    )
