"""Quotas that contradict each other or the pool, named so that the organiser knows what to change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from weerklank.allocation.lots_wording import lots_in_words, spoken
from weerklank.allocation.pool import Quota
from weerklank.errors import NoSolution

__all__ = ["Clash", "Limit", "NoPanel", "QuotaConflict", "QuotaLimit"]


class Limit(StrEnum):
    """A side of a quota."""

    LOW = "low"
    HIGH = "high"


class Clash(StrEnum):
    """What cannot be met; the sentence for each stands in ``lots_wording.toml``."""

    PEOPLE = "people"
    SCARCE = "scarce"
    LOWS = "lows"
    HIGHS = "highs"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True, order=True)
class QuotaLimit:
    """One side of one quota."""

    quota: Quota
    limit: Limit

    def text(self, language: str = "nl") -> str:
        """The limit in words."""
        at = self.quota.low if self.limit is Limit.LOW else self.quota.high
        return lots_in_words(
            "limit",
            self.limit,
            language=language,
            feature=self.quota.feature,
            value=self.quota.value,
            number=at,
        )


@dataclass(frozen=True, slots=True)
class QuotaConflict:
    """Limits that cannot all be kept; leave any one of them out and the others can.

    :param asked: people that are asked for; ``there``: people, or places in the panel, that there are.
    """

    clash: Clash
    limits: tuple[QuotaLimit, ...] = ()
    asked: int = 0
    there: int = 0

    def text(self, language: str = "nl") -> str:
        """What contradicts what."""
        named = "; ".join(limit.text(language) for limit in self.limits)
        return lots_in_words(
            "clash", self.clash, language=language, limits=named, asked=self.asked, there=self.there
        )


class NoPanel(NoSolution):
    """There is no panel within the quotas.

    :ivar conflict: a smallest set of limits that contradict each other.
    :ivar nearest: quotas that can be met and that differ from those asked by the fewest seats, and then in the fewest
        quotas; () when only more people would help.
    """

    def __init__(
        self, conflict: QuotaConflict, *, asked: tuple[Quota, ...], nearest: tuple[Quota, ...]
    ) -> None:
        self.conflict, self.asked, self.nearest = conflict, asked, nearest
        super().__init__(self.told("nl"))

    @property
    def changes(self) -> tuple[tuple[Quota, Quota], ...]:
        """Each quota that must give way, and what it becomes."""
        new = {(quota.feature, quota.value): quota for quota in self.nearest}
        pairs = ((old, new.get((old.feature, old.value), old)) for old in self.asked)
        return tuple((old, other) for old, other in pairs if old != other)

    def told(self, language: str) -> str:
        """The conflict and the smallest change that solves it, in ``language``."""
        language = spoken(language)
        said = [self.conflict.text(language)]
        if self.changes:
            steps = "; ".join(
                lots_in_words(
                    "clash",
                    "change",
                    language=language,
                    feature=old.feature,
                    value=old.value,
                    low=old.low,
                    high=old.high,
                    new_low=new.low,
                    new_high=new.high,
                )
                for old, new in self.changes
            )
            said.append(lots_in_words("clash", "nearest", language=language, changes=steps))
        return " ".join(said)
