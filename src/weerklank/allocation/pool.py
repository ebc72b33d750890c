"""Who may be drawn by lot, and what a panel must look like."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from weerklank.allocation.refusals import because

__all__ = ["Candidate", "PanelRules", "Quota", "checked", "fingerprint"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who said yes to being drawn.

    :param features: what quotas may ask for: ``{"age": "18-30", "region": "north"}``.
    :param address: one panel never holds two people of one address. None: not known, so alone.
    """

    id: str
    features: Mapping[str, str] = field(default_factory=dict)
    address: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "features", dict(self.features))


@dataclass(frozen=True, slots=True, order=True)
class Quota:
    """A panel holds at least ``low`` and at most ``high`` people whose ``feature`` is ``value``."""

    feature: str
    value: str
    low: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise because.bad_input(
                "quota-limits", feature=self.feature, value=self.value, low=self.low, high=self.high
            )

    def holds(self, candidate: Candidate) -> bool:
        """Whether ``candidate`` counts for this quota."""
        return candidate.features[self.feature] == self.value


def checked(pool: Sequence[Candidate], quotas: Sequence[Quota], k: int) -> None:
    """Refuse a pool or quotas that are wrong in themselves.

    :raises BadInput: doubles, a panel of nobody, a missing feature, or a value for which no quota was given.
    """
    if k < 1:
        raise because.bad_input("panel-size", size=k)
    for name, count in Counter(one.id for one in pool).items():
        if count > 1:
            raise because.bad_input("twice", name=name)
    for (feature, value), count in Counter((quota.feature, quota.value) for quota in quotas).items():
        if count > 1:
            raise because.bad_input("quota-twice", feature=feature, value=value)
    known: dict[str, set[str]] = {}
    for quota in quotas:
        known.setdefault(quota.feature, set()).add(quota.value)
    for one in pool:
        for feature, values in known.items():
            if one.features.get(feature) not in values:
                raise because.bad_input(
                    "no-quota", name=one.id, feature=feature, value=one.features.get(feature, "")
                )


class PanelRules:
    """What every panel must be. Asks nothing of any search."""

    def __init__(self, pool: Sequence[Candidate], quotas: Sequence[Quota], k: int) -> None:
        self._size = k
        self._homes = {one.id: one.address for one in pool}
        self._holders = [(quota, {one.id for one in pool if quota.holds(one)}) for quota in quotas]

    def broken(self, panel: Collection[str]) -> str | None:
        """The first rule that ``panel`` (ids) breaks, as a short name, or None."""
        people = set(panel)
        if len(panel) != self._size or len(people) != self._size or not people <= self._homes.keys():
            return "size"
        homes = [home for home in map(self._homes.__getitem__, people) if home is not None]
        if len(set(homes)) != len(homes):
            return "address"
        for quota, holders in self._holders:
            if not quota.low <= len(holders & people) <= quota.high:
                return f"{quota.feature}: {quota.value}"
        return None


def fingerprint(pool: Sequence[Candidate], quotas: Sequence[Quota], k: int) -> str:
    """SHA-256 of the question in one canonical order: equal for equal pools and quotas, whatever their order.

    Addresses count by who shares one, not by what they are.
    """
    homes: dict[str, list[str]] = {}
    for one in pool:
        if one.address is not None:
            homes.setdefault(one.address, []).append(one.id)
    asked = {quota.feature for quota in quotas}
    text = json.dumps(
        {
            "size": k,
            "pool": sorted([one.id, sorted((name, one.features[name]) for name in asked)] for one in pool),
            "homes": sorted(sorted(ids) for ids in homes.values() if len(ids) > 1),
            "quotas": sorted([quota.feature, quota.value, quota.low, quota.high] for quota in quotas),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return sha256(text.encode()).hexdigest()
