"""From counted facts on votes to facts that are fit to be shown, by the rules of the page in a gathering."""

from __future__ import annotations

from dataclasses import replace

from weerklank.chapters.opinion_facts import (
    AnswerShares,
    DivideFacts,
    OpinionFacts,
    PartFacts,
    StatementVotes,
    TypicalFacts,
    UniteFacts,
)
from weerklank.opinion.shown import Shares, in_fives, people_in_steps, share_of, shares_of

__all__ = ["disclosed", "shown_statement"]


def disclosed(facts: OpinionFacts) -> OpinionFacts:
    """The same facts, fit to be shown: people in steps of k, shares on a grid of k people or more, estimates by fives.

    A statement that fewer than 2k people answered keeps its text and loses its figures, estimates too; a part that few
    people are in is not shown, and then none is. Under k people nothing is left but that.
    """
    k = facts.k
    people = None if facts.people is None else people_in_steps(facts.people, k=k)
    shares = {one.id: _shares(one, k) for one in facts.statements}
    known = {name for name, each in shares.items() if each is not None}
    parts = tuple(_part(part, known, k) for part in facts.parts)
    whole = tuple(part for part in parts if part is not None)
    fit = replace(
        facts,
        people=people,
        votes=None,
        tested=None,
        statements=tuple(shown_statement(one, shares[one.id]) for one in facts.statements),
        unites=tuple(
            _unites(line, shares[line.statement]) for line in facts.unites if line.statement in known
        ),
        divides=tuple(_divides(line, k) for line in facts.divides if line.statement in known),
        parts=whole if len(whole) == len(parts) else (),
    )
    if people is None:
        return replace(
            fit, unites=(), divides=(), parts=(), grid=None, shifts=(), evidence=(), agree_style=None
        )
    return fit


def shown_statement(one: StatementVotes, shares: Shares | None) -> StatementVotes:
    """The statement with its shown shares; without figures where there are none."""
    if shares is None:
        return replace(one, answers=None, shares=AnswerShares(), margin=None)
    return replace(
        one,
        answers=None,
        shares=AnswerShares(shares.agree.percent, shares.passed.percent, shares.disagree.percent),
        margin=(shares.agree.low, shares.agree.high),
    )


def _shares(one: StatementVotes, k: int) -> Shares | None:
    counts = one.answers
    return None if counts is None else shares_of(counts.agree, counts.disagree, counts.passed, k=k)


def _unites(line: UniteFacts, shares: Shares | None) -> UniteFacts:
    """What was counted is told as its shown share; what a model reckoned, by fives."""
    if line.counted and shares is not None:
        return replace(line, agree=shares.agree.percent, low=shares.agree.low, high=shares.agree.high)
    agree, low, high = (in_fives(percent / 100) for percent in (line.agree, line.low, line.high))
    return replace(line, agree=agree, low=low, high=high)


def _divides(line: DivideFacts, k: int) -> DivideFacts:
    if not line.counts:
        ends = tuple(in_fives(percent / 100) for percent in line.ends)
    else:
        counted = [share_of(agree, answered, k=k) for agree, answered in line.counts]
        ends = tuple(share.percent for share in counted if share is not None)
        ends = ends if len(ends) == len(counted) else ()
    if line.low is None or line.high is None or not ends:
        return replace(line, ends=ends, low=None, high=None, counts=())
    gap = max(ends) - min(ends)
    low, high = min(gap, 5 * (line.low // 5)), max(gap, -5 * (-line.high // 5))
    return replace(line, ends=ends, low=low, high=min(100, high), counts=())


def _part(part: PartFacts, known: set[str], k: int) -> PartFacts | None:
    if part.counts is None:
        return None
    count, of = part.counts
    share, people = share_of(count, of, k=k), people_in_steps(count, k=k)
    if share is None or people is None or count < 2 * k:
        return None
    typical = (_typical(line, k) for line in part.typical if line.statement in known)
    return replace(
        part,
        share=share.percent,
        low=None,
        high=None,
        people=people,
        counts=None,
        typical=tuple(line for line in typical if line is not None),
    )


def _typical(line: TypicalFacts, k: int) -> TypicalFacts | None:
    """Only what still differs once it is told coarsely."""
    inside, outside = (share_of(count, of, k=k) for count, of in line.counts)
    if inside is None or outside is None or inside.percent <= outside.percent:
        return None
    return replace(line, inside=inside.percent, outside=outside.percent, counts=())
