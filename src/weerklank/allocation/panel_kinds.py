"""A pool with everybody who is interchangeable put together: that loses nothing and makes it small.

People with the same features, in homes that look the same, must have the same chance: exchanging them
changes no rule. So a panel is a count per kind, and a chance belongs to a kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from weerklank.allocation.pool import Candidate, Quota

__all__ = ["Kind", "Kinds", "kinds_of"]

Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """Interchangeable people. ``homes``: per home their ids (more than one when a home has twins in this respect)."""

    values: Values
    homes: tuple[tuple[str, ...], ...]

    @property
    def size(self) -> int:
        """How many people."""
        return sum(len(home) for home in self.homes)


@dataclass(frozen=True)
class Kinds:
    """A pool as kinds.

    :param streets: kinds that share homes, by place in ``kinds``, with the number of those homes: a panel holds at
        most that many of them together. Every kind is in exactly one street; home ``h`` of each is the same home.
    """

    kinds: tuple[Kind, ...]
    quotas: tuple[Quota, ...]
    size: int
    streets: tuple[tuple[tuple[int, ...], int], ...]

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """People per kind."""
        return tuple(kind.size for kind in self.kinds)

    @cached_property
    def shared(self) -> tuple[tuple[tuple[int, ...], int], ...]:
        """The streets where more people live than a panel may hold; elsewhere the rule says nothing."""
        return tuple(
            (places, homes)
            for places, homes in self.streets
            if sum(self.counts[place] for place in places) > homes
        )

    @cached_property
    def members(self) -> tuple[tuple[int, ...], ...]:
        """Per quota the kinds that count for it."""
        features = sorted({quota.feature for quota in self.quotas})
        return tuple(
            tuple(
                place
                for place, kind in enumerate(self.kinds)
                if kind.values[features.index(quota.feature)] == quota.value
            )
            for quota in self.quotas
        )


def kinds_of(pool: Sequence[Candidate], quotas: Sequence[Quota], k: int) -> Kinds:
    """``pool`` as kinds, in an order that does not depend on that of the pool."""
    features = sorted({quota.feature for quota in quotas})
    homes: dict[str, list[Candidate]] = {}
    for one in sorted(pool, key=lambda one: one.id):
        key = f"alone {one.id}" if one.address is None else f"at {one.address}"
        homes.setdefault(key, []).append(one)
    alike: dict[tuple[Values, ...], list[list[tuple[Values, str]]]] = {}
    for home in homes.values():
        people = sorted((tuple(one.features[name] for name in features), one.id) for one in home)
        alike.setdefault(tuple(values for values, _ in people), []).append(people)
    kinds: list[Kind] = []
    streets: list[tuple[tuple[int, ...], int]] = []
    for look, street in sorted(alike.items()):
        street.sort(key=lambda home: [name for _, name in home])
        places = []
        for values in sorted(Counter(look)):
            places.append(len(kinds))
            kinds.append(
                Kind(values, tuple(tuple(who for what, who in home if what == values) for home in street))
            )
        streets.append((tuple(places), len(street)))
    return Kinds(tuple(kinds), tuple(sorted(quotas)), k, tuple(streets))
