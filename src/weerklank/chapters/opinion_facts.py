"""What a report on votes is made from: whole numbers and texts, no arrays and nobody's row.

Counts of answers come in as they are; :func:`disclosed` makes shares of them that are fit to be shown, :func:`exactly` exact ones.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from weerklank.disclosure import at_least, coarse_share, share, whole
from weerklank.report.document import Language

__all__ = [
    "AnswerCounts",
    "AnswerShares",
    "DivideFacts",
    "Grid",
    "OpinionFacts",
    "PartFacts",
    "StatementVotes",
    "TypicalFacts",
    "UniteFacts",
    "disclosed",
    "exactly",
]


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """How many people answered what."""

    agree: int
    passed: int
    disagree: int

    @property
    def seen(self) -> int:
        """How many people answered at all."""
        return self.agree + self.passed + self.disagree


@dataclass(frozen=True, slots=True)
class AnswerShares:
    """The same in per cent; None where it is too small to show."""

    agree: int | None = None
    passed: int | None = None
    disagree: int | None = None

    def each(self) -> tuple[tuple[str, int | None], ...]:
        """Name and share, in the order in which they are drawn."""
        return (("agree", self.agree), ("pass", self.passed), ("disagree", self.disagree))


@dataclass(frozen=True, slots=True)
class StatementVotes:
    """A statement as it was written, and what those who saw it answered. ``id`` is unique within the analysis."""

    id: str
    text: str
    answers: AnswerCounts | None = None
    shares: AnswerShares = AnswerShares()


@dataclass(frozen=True, slots=True)
class UniteFacts:
    """A statement that unites: agreement in per cent with its interval (see ``OpinionFacts.united_over``)."""

    statement: str
    agree: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class DivideFacts:
    """A statement that divides: agreement in per cent where it is lowest and highest, and the interval of the difference."""

    statement: str
    lowest: int
    highest: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class TypicalFacts:
    """What a part of the people answers more often than the rest, in per cent; ``answer`` is ``agree`` or ``disagree``."""

    statement: str
    answer: str
    inside: int
    outside: int


@dataclass(frozen=True, slots=True)
class PartFacts:
    """A group that the verdict allows, or a piece of an explicit cut: its share in per cent with interval."""

    share: int
    low: int
    high: int
    typical: tuple[TypicalFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """How many people stand in each field of the map: five rows of seven, from far left to far right, top to bottom."""

    rows: tuple[tuple[int | None, ...], ...]
    left: str | None = None
    right: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionFacts:
    """An analysis of votes, ready to be written.

    :param verdict: the verdict in a sentence, ``kind`` its word (``none``, ``spectrum``, ``groups``, ``undetermined``).
    :param evidence: what was tested and how it came out, in sentences.
    :param united_over: over what agreement is measured, in a sentence.
    :param cut: the parts are an explicit cut of a spectrum, no groups.
    :param agree_style: how strongly the first axis goes with agreeing to everything: the size of the correlation, times 100.
    :param dropped: statements that moderators had refused; they are left out.
    """

    title: str
    report_date: dt.date
    people: int
    votes: int
    kind: str
    verdict: str
    statements: tuple[StatementVotes, ...]
    evidence: tuple[str, ...] = ()
    unites: tuple[UniteFacts, ...] = ()
    united_over: str = ""
    divides: tuple[DivideFacts, ...] = ()
    parts: tuple[PartFacts, ...] = ()
    cut: bool = False
    grid: Grid | None = None
    agree_style: int | None = None
    dropped: int = 0
    level: int = 95
    source: str | None = None
    language: Language = Language.NL
    k: int = 5


def exactly(facts: OpinionFacts) -> OpinionFacts:
    """The same facts with exact shares: for votes that are public already."""
    return _with_shares(facts, share)


def disclosed(facts: OpinionFacts) -> OpinionFacts:
    """The same facts, fit to be shown: shares on a grid of k people or more, and fields of the map in steps of k.

    A statement that fewer than 2k people answered keeps its text and loses its figures, estimates too.
    """
    small = {one.id for one in facts.statements if one.answers is None or one.answers.seen < 2 * facts.k}
    shown = _with_shares(facts, lambda count, of: coarse_share(count, of, k=facts.k))
    return replace(
        shown,
        people=whole(facts.people, k=facts.k).value or 0,
        votes=facts.votes if facts.people >= facts.k else 0,
        unites=tuple(line for line in facts.unites if line.statement not in small),
        divides=tuple(line for line in facts.divides if line.statement not in small),
        parts=tuple(
            replace(part, typical=tuple(line for line in part.typical if line.statement not in small))
            for part in facts.parts
        ),
        grid=None
        if facts.grid is None
        else replace(
            facts.grid,
            rows=tuple(
                tuple(None if cell is None else _people(cell, facts.k) for cell in row)
                for row in facts.grid.rows
            ),
        ),
    )


def _with_shares(facts: OpinionFacts, told: Callable[[int, int], int | None]) -> OpinionFacts:
    """Counts become shares, and go: a share and a count together would tell the rest."""

    def shown(one: StatementVotes) -> StatementVotes:
        counts = one.answers
        if counts is None:
            return one
        each = (told(count, counts.seen) for count in (counts.agree, counts.passed, counts.disagree))
        return replace(one, shares=AnswerShares(*each), answers=None)

    return replace(facts, statements=tuple(shown(one) for one in facts.statements))


def _people(count: int, k: int) -> int | None:
    return at_least(count, k=k).value
