"""Shares of people, so coarse that no small number can be reckoned back (DOMAIN 7.4).

How many people answered is told in steps of k. A share is rounded to a grid on which one step is at least k people, so
every shown share may stand for k people more or fewer, or for nobody; and an interval is reckoned from what was
shown already, so that it tells no more. Under 2k people there is no share at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from weerklank.disclosure import at_least, coarse_share, share_grid
from weerklank.opinion.intervals import share_interval

__all__ = ["Share", "Shares", "in_fives", "people_in_steps", "share_of", "shares_of"]

_LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Share:
    """About so many per cent, and between which figures it may well lie for many people like these."""

    percent: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Shares:
    """The answers to one thing: by at least how many people (in steps of k), and their shares."""

    people: int
    agree: Share
    disagree: Share
    passed: Share

    def as_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Shares:
        """What ``as_dict`` wrote."""
        return cls(data["people"], *(Share(**data[name]) for name in ("agree", "disagree", "passed")))


def in_fives(share: float) -> int:
    """An estimate of a model in per cent, by fives; never «nobody» or «everybody», which no model can know."""
    return min(95, max(5, 5 * round(20 * float(share))))


def people_in_steps(count: int, *, k: int) -> int | None:
    """«at least so many», or None under k."""
    return at_least(count, k=k).value


def shares_of(agree: int, disagree: int, passed: int, *, k: int) -> Shares | None:
    """How these people answered, or None when they are too few."""
    seen = agree + disagree + passed
    found = [share_of(count, seen, k=k) for count in (agree, disagree, passed)]
    people = people_in_steps(seen, k=k)
    first, second, third = found
    if people is None or first is None or second is None or third is None:
        return None
    return Shares(people=people, agree=first, disagree=second, passed=third)


def share_of(count: int, of: int, *, k: int) -> Share | None:
    """``count`` of ``of`` people as a share that gives nobody away, or None."""
    shown, grid, percent = people_in_steps(of, k=k), share_grid(of, k=k), coarse_share(count, of, k=k)
    if shown is None or grid is None or percent is None:
        return None
    # The ends of what this share may stand for, among as many people as are shown.
    fewest = max(0.0, percent - grid / 2) * shown / 100
    most = min(100.0, percent + grid / 2) * shown / 100
    counts = np.array([int(fewest), min(shown, int(-(-most // 1)))])
    low, high = share_interval(counts, np.array([shown, shown]), _LEVEL)
    return Share(
        percent=percent,
        low=min(percent, int(100 * float(low[0]))),
        high=max(percent, int(-(-100 * float(high[1]) // 1))),
    )
