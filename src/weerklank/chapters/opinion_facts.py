"""What a report on votes is made from: whole numbers and texts, no arrays and nobody's row.

Counts of people come in as they are; :func:`disclosed` makes them fit to be shown before a chapter sees them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from weerklank.disclosure import at_least, whole
from weerklank.report.document import Language

__all__ = [
    "AnswerCounts",
    "DivideFacts",
    "Grid",
    "OpinionFacts",
    "PartFacts",
    "StatementVotes",
    "TypicalFacts",
    "UniteFacts",
    "disclosed",
]


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """How many people answered what; None after :func:`disclosed` when it is too small to show."""

    agree: int | None
    passed: int | None
    disagree: int | None

    def each(self) -> tuple[tuple[str, int | None], ...]:
        """Name and count, in the order in which they are drawn."""
        return (("agree", self.agree), ("pass", self.passed), ("disagree", self.disagree))


@dataclass(frozen=True, slots=True)
class StatementVotes:
    """A statement as it was written, and what people answered. ``id`` is unique within the analysis."""

    id: str
    text: str
    seen: int
    answers: AnswerCounts


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


def disclosed(facts: OpinionFacts) -> OpinionFacts:
    """The same facts, fit to be shown: answers rounded down to a multiple of k people, nothing under k.

    How many people answered a statement is the size of a whole body and stays as it is, from k on. A statement that
    fewer saw keeps its text and loses its figures, estimates too. Votes that are public already need none of this."""
    small = {statement.id for statement in facts.statements if statement.seen < facts.k}
    return replace(
        facts,
        people=whole(facts.people, k=facts.k).value or 0,
        statements=tuple(_shown(statement, facts.k) for statement in facts.statements),
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


def _people(count: int, k: int) -> int | None:
    return at_least(count, k=k).value


def _shown(statement: StatementVotes, k: int) -> StatementVotes:
    if whole(statement.seen, k=k).value is None:
        return replace(statement, seen=0, answers=AnswerCounts(None, None, None))
    answers = statement.answers
    counts = (None if count is None else _people(count, k) for _, count in answers.each())
    return replace(statement, answers=AnswerCounts(*counts))
