"""Frozen records: contribution, its origin, its key fragments, and a quote from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Contribution", "ContributionKind", "Origin", "Quote", "Span"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open piece ``[start, end)`` of a contribution's text, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in a source document something stood; lines count from 1, both ends included."""

    source: str
    first_line: int
    last_line: int


class ContributionKind(StrEnum):
    """What sort of text it is. A remark about other rooms is data too (W12)."""

    POINT = "point"
    PROSE = "prose"
    LEAD_IN = "lead-in"
    CROSS_REFERENCE = "cross-reference"


@dataclass(frozen=True, slots=True)
class Contribution:
    """One thing that was said, as it was said.

    :param id: stable and unique within its gathering or its file.
    :param text: plain text; every quote is a slice of it.
    :param theme: the theme's title, as people see it.
    :param room: the room's name, or None when the source does not say.
    :param level: a key of the format's level dimension (``micro``, ``meso``, ``macro``), or None.
        None is said as it is: a level is never guessed.
    :param tone: a key of the format's tone dimension (``plus``, ``min``, ``wish``, ``observation``), or None.
    :param prompt: the question it answers, or None.
    :param emphasis: key fragments that a person marked (W10), in order, not overlapping.
    :param unfinished: the source breaks off in mid-sentence (W12).
    :param context: the id of the lead-in that this point completes, or None.
    """

    id: str
    text: str
    theme: str
    room: str | None = None
    level: str | None = None
    tone: str | None = None
    prompt: str | None = None
    kind: ContributionKind = ContributionKind.POINT
    emphasis: tuple[Span, ...] = ()
    origin: Origin | None = None
    unfinished: bool = False
    context: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A literal piece of a contribution: ``text`` must equal ``contribution.text[span]``."""

    contribution: str
    span: Span
    text: str
