"""What a verdict on a worded sentence is made of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from weerklank.errors import Phrase

__all__ = ["Doubt", "Facts", "Finding", "Sentence", "Similar", "Verdict"]

Similar = Callable[[str, str], float]


class Doubt(StrEnum):
    """What is wrong with a sentence."""

    EMPTY = "empty"
    NO_CITATION = "no-citation"
    UNKNOWN_CITATION = "unknown-citation"
    QUOTE_ELIDED = "quote-elided"
    QUOTE_OPEN = "quote-open"
    QUOTE_INVENTED = "quote-invented"
    NUMBER = "number"
    SWEEPING = "sweeping"
    NAME = "name"
    UNSUPPORTED = "unsupported"
    BETTER_SOURCE = "better-source"
    NEGATION = "negation"
    DIRECTION = "direction"
    COMPARISON = "comparison"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A worded sentence and the contributions it says it rests on."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a sentence does not pass."""

    doubt: Doubt
    sentence: str
    phrase: Phrase

    def told(self, language: str) -> str:
        """Why, for a reader of ``language``."""
        return self.phrase.text(language)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence may stand, and everything that is in the way."""

    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Nothing is in the way."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class Facts:
    """What was counted, so that a sentence may state it.

    :param counts: numbers by name; None is withheld.
    :param names: names that may be used besides those in the sources (title, themes, rooms).
    """

    counts: Mapping[str, int | None] = field(default_factory=dict)
    names: Collection[str] = ()
