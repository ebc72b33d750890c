"""The evidence gate: the one place every published sentence, number and quote passes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from weerklank.evidence.records import Contribution, Quote
from weerklank.report.document import Document
from weerklank.report.slides import Slides

__all__ = [
    "Ground",
    "admit",
    "check_insight",
    "check_message",
    "check_quote",
    "check_wording",
    "ground_of",
]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a publication may stand on: contributions, known counts, given texts and dates."""

    contributions: Mapping[str, Contribution]
    facts: Mapping[str, int | None] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    dates: frozenset[dt.date] = frozenset()
    k: int = 5


def ground_of(
    contributions: Iterable[Contribution],
    *,
    facts: Mapping[str, int | None] | None = None,
    given: Mapping[str, str] | None = None,
    dates: Iterable[dt.date] = (),
    k: int = 5,
) -> Ground:
    """A ground; raises :class:`~weerklank.errors.BadInput` when two contributions share an id."""
    raise NotImplementedError


def check_quote(quote: Quote, *, ground: Ground) -> None:
    """Raise :class:`~weerklank.errors.Unfounded` unless ``quote`` is a literal slice of its contribution."""
    raise NotImplementedError


def check_wording(text: str, *, sources: tuple[str, ...], ground: Ground) -> None:
    """Raise ``Unfounded`` unless sources exist, and every quoted span and number in ``text`` is in them or in the facts."""
    raise NotImplementedError


def check_insight(
    sentence: str,
    *,
    sources: tuple[str, ...],
    ground: Ground,
    explanation: str | None = None,
    quotes: tuple[Quote, ...] = (),
    claimed_sources: int | None = None,
    claimed_rooms: int | None = None,
) -> None:
    """An insight rests on at least 3 contributions from at least 2 rooms (W13), else ``Unfounded``.

    A room that the source does not name counts by its theme."""
    raise NotImplementedError


def check_message(
    text: str, *, sources: tuple[str, ...], ground: Ground, quotes: tuple[Quote, ...] = ()
) -> None:
    """A message rests on at least one contribution (W19), else ``Unfounded``."""
    raise NotImplementedError


def admit(document: Document, slides: Slides, *, ground: Ground) -> None:
    """Let the whole publication through, or raise ``Unfounded`` naming the first sentence that may not pass."""
    raise NotImplementedError
