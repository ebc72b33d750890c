"""What a report on votes is made from: whole numbers and texts, no arrays and nobody's row.

Counts come in as they are; :func:`~weerklank.chapters.opinion_showing.disclosed` makes shares of them that are fit to be shown,
:func:`exactly` exact ones. Either way the counts themselves go: a share and a count together would tell the rest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from weerklank.disclosure import share
from weerklank.report.document import Language

__all__ = [
    "AnswerCounts",
    "AnswerShares",
    "DivideFacts",
    "EndFacts",
    "Grid",
    "OpinionFacts",
    "PartFacts",
    "ShiftFacts",
    "StatementVotes",
    "TypicalFacts",
    "UniteFacts",
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
    """A statement as it was written, and what those who saw it answered. ``id`` is unique within the analysis.

    ``margin``: from where to where the share that agrees may lie among many people like these."""

    id: str
    text: str
    answers: AnswerCounts | None = None
    shares: AnswerShares = AnswerShares()
    margin: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class UniteFacts:
    """A statement that unites: agreement in per cent with its interval (see ``OpinionFacts.united_over``).

    ``counted``: it was counted, and not reckoned by a model. ``floor``: the least agreement expected of whoever stands
    farthest from it, where that is known beside it."""

    statement: str
    agree: int
    low: int
    high: int
    floor: int | None = None
    counted: bool = False


@dataclass(frozen=True, slots=True)
class DivideFacts:
    """A statement that divides: agreement in per cent at either end of the map, or in each group; empty where only counted.

    ``low`` and ``high``: the interval of the difference between the lowest and the highest, where it was reckoned.
    ``counts``: what the ends were counted from, as (agree, answered), where they were."""

    statement: str
    ends: tuple[int, ...] = ()
    low: int | None = None
    high: int | None = None
    counts: tuple[tuple[int, int], ...] = ()

    @property
    def gap(self) -> int | None:
        """The difference between the highest and the lowest."""
        return max(self.ends) - min(self.ends) if self.ends else None


@dataclass(frozen=True, slots=True)
class TypicalFacts:
    """What a part of the people answers more often than the rest, in per cent; ``answer`` is ``agree`` or ``disagree``.

    ``counts``: how many of how many inside, and how many of how many outside."""

    statement: str
    answer: str
    inside: int
    outside: int
    counts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PartFacts:
    """A group that the verdict allows, or a piece of an explicit cut: its share in per cent, and either the interval of
    that share or at least how many ``people`` it has. ``counts``: how many of how many people are in it."""

    share: int
    low: int | None = None
    high: int | None = None
    typical: tuple[TypicalFacts, ...] = ()
    people: int | None = None
    counts: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class EndFacts:
    """One end of the map: the statements that whoever stands there agrees with more often; or else disagrees with."""

    agree: tuple[str, ...] = ()
    disagree: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """At least how many people stand in each field of the map, top to bottom and left to right; None: fewer than k.

    ``ends``: left and right, then bottom and top."""

    rows: tuple[tuple[int | None, ...], ...]
    ends: tuple[EndFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftFacts:
    """What the same people answered before and after a conversation (W8), in per cent of those who answered twice.

    :param people: at least how many answered twice.
    :param before: how many of all who answered then agreed; ``after`` likewise.
    """

    statement: str
    people: int
    toward: int
    same: int
    away: int
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionFacts:
    """An analysis of votes, ready to be written.

    :param people: how many voted; None is fewer than k, and then nothing else is said.
    :param votes: how many votes they cast; None where ``people`` is told in steps ("at least so many").
    :param verdict: the verdict in a sentence, ``kind`` its word (``none``, ``spectrum``, ``groups``, ``undetermined``).
    :param evidence: what was tested and how it came out, in sentences; ``tested``: on how much, with exact numbers.
    :param few: so many people must have voted before anything is said about groups or a line; set where they did not.
    :param united_over: over what agreement is measured, in a sentence.
    :param cut: the parts are an explicit cut of a spectrum, no groups.
    :param agree_style: how strongly the first axis goes with agreeing to everything: the size of the correlation, times 100.
    :param answering_style: that correlation is so strong that the map may show a way of answering.
    :param shifts: what moved since an earlier vote on the same statements.
    :param dropped: statements that moderators had refused; they are left out.
    :param mark: stands for exactly these votes: made of them, and of no others.
    """

    title: str
    report_date: dt.date
    people: int | None
    votes: int | None
    kind: str
    verdict: str
    statements: tuple[StatementVotes, ...]
    evidence: tuple[str, ...] = ()
    tested: str | None = None
    few: int | None = None
    unites: tuple[UniteFacts, ...] = ()
    united_over: str = ""
    divides: tuple[DivideFacts, ...] = ()
    parts: tuple[PartFacts, ...] = ()
    cut: bool = False
    grid: Grid | None = None
    agree_style: int | None = None
    answering_style: bool = False
    shifts: tuple[ShiftFacts, ...] = ()
    dropped: int = 0
    level: int = 95
    source: str | None = None
    mark: str | None = None
    language: Language = Language.NL
    k: int = 5

    @property
    def texts(self) -> Mapping[str, str]:
        """What each statement says."""
        return {one.id: one.text for one in self.statements}

    @property
    def found(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """``unites`` and ``divides``, each with its statements in order; what is empty is left out."""
        kinds = (("unites", self.unites), ("divides", self.divides))
        return tuple((kind, tuple(line.statement for line in lines)) for kind, lines in kinds if lines)

    @property
    def shown_evidence(self) -> tuple[str, ...]:
        """On how much was tested, where that may be told, and how it came out."""
        return self.evidence if self.tested is None else (self.tested, *self.evidence)


def exactly(facts: OpinionFacts) -> OpinionFacts:
    """The same facts with exact shares: for votes that are public already. The map stays a map of fields."""

    def told(one: StatementVotes) -> StatementVotes:
        counts = one.answers
        if counts is None:
            return one
        each = (share(count, counts.seen) for count in (counts.agree, counts.passed, counts.disagree))
        return replace(one, shares=AnswerShares(*each), answers=None)

    return replace(
        facts,
        statements=tuple(map(told, facts.statements)),
        divides=tuple(replace(line, counts=()) for line in facts.divides),
        parts=tuple(
            replace(part, counts=None, typical=tuple(replace(line, counts=()) for line in part.typical))
            for part in facts.parts
        ),
    )
