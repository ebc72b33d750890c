"""From an analysis of votes to the facts a report is made from: arrays become whole numbers, tests become sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping

import numpy as np

from weerklank.chapters.opinion_facts import (
    AnswerCounts,
    DivideFacts,
    EndFacts,
    Grid,
    OpinionFacts,
    PartFacts,
    StatementVotes,
    TypicalFacts,
    UniteFacts,
)
from weerklank.chapters.refusals import because
from weerklank.chapters.sentences import Sentences, sentences_for
from weerklank.opinion import Answer, BridgeMethod, Evidence, Opinion, OpinionMap, Parts, Power
from weerklank.opinion.density import density_of, ends_of, is_flat
from weerklank.report.document import Language

__all__ = ["opinion_facts"]

#: More than half, with certainty: less is no bond.
_BOND = 0.5
#: From this correlation on, the first axis may be a way of answering.
STYLE = 0.7


def opinion_facts(
    opinion: Opinion,
    *,
    texts: Mapping[Hashable, str],
    title: str,
    report_date: dt.date,
    language: Language = Language.NL,
    cut: int | None = None,
    source: str | None = None,
    dropped: int = 0,
    k: int = 5,
) -> OpinionFacts:
    """The facts of ``opinion``, counts as they are.

    :param texts: what each statement says; :class:`~weerklank.errors.BadInput` when one is missing.
    :param cut: also cut the spectrum into so many parts, said to be a cut.
    """
    lost = [statement for statement in opinion.votes.statements if statement not in texts]
    if lost:
        raise because.bad_input("no-text", statement=lost[0])
    say = sentences_for(language)
    names = {statement: str(statement) for statement in opinion.votes.statements}
    parts = opinion.groups if opinion.groups is not None or cut is None else opinion.segments(cut)
    verdict = opinion.verdict
    bridges = opinion.bridging()
    return OpinionFacts(
        title=title,
        report_date=report_date,
        people=int((opinion.votes.per_participant > 0).sum()),
        votes=opinion.votes.n_votes,
        kind=verdict.kind.value,
        verdict=verdict.sentence(language.value),
        statements=_statements(opinion, texts, names),
        evidence=_evidence(verdict.evidence, verdict.power, say),
        tested=_tested(verdict.evidence, say),
        unites=tuple(
            UniteFacts(
                names[bridge.statement],
                _percent(bridge.agreement.value),
                _percent(bridge.agreement.low),
                _percent(bridge.agreement.high),
                counted=bridge.method is BridgeMethod.EVERYBODY,
            )
            for bridge in bridges
            if bridge.agreement.low > _BOND
        ),
        united_over=bridges[0].method.explained(language.value) if bridges else "",
        divides=tuple(
            DivideFacts(
                names[divider.statement],
                tuple(_percent(share) for share in divider.shares),
                _percent(max(0.0, divider.difference.low)),
                _percent(divider.difference.high),
                () if opinion.groups is None else _counted(opinion.groups, divider.index),
            )
            for divider in opinion.divisive()
        ),
        parts=() if parts is None else _parts(parts, names),
        cut=parts is not None and parts.cut,
        grid=None
        if opinion.map is None or not opinion.enough_people
        else _grid(opinion, opinion.map, names, k),
        agree_style=None if opinion.map is None else _percent(abs(opinion.map.agree_correlation)),
        answering_style=opinion.map is not None and abs(opinion.map.agree_correlation) >= STYLE,
        dropped=dropped,
        level=_percent(opinion.level),
        source=source,
        language=language,
        k=k,
    )


def _percent(share: float) -> int:
    return int(np.floor(100 * share + 0.5))


def _statements(
    opinion: Opinion, texts: Mapping[Hashable, str], names: Mapping[Hashable, str]
) -> tuple[StatementVotes, ...]:
    """All statements, the one that most people agree with first."""
    found = []
    for place, statement in enumerate(opinion.statements.ids):
        agree, disagree, passed = (int(count) for count in opinion.statements.counts[place])
        answers = AnswerCounts(agree, passed, disagree)
        found.append(StatementVotes(names[statement], texts[statement], answers))
    return tuple(sorted(found, key=_most_agreed))


def _most_agreed(one: StatementVotes) -> tuple[float, str, str]:
    assert one.answers is not None
    return -one.answers.agree / max(1, one.answers.seen), one.text, one.id


def _counted(parts: Parts, index: int) -> tuple[tuple[int, int], ...]:
    """How many agree of how many who answered, in each part."""
    return tuple((int(row[0]), int(row[3])) for row in parts.inside[:, index].tolist())


def _parts(parts: Parts, names: Mapping[Hashable, str]) -> tuple[PartFacts, ...]:
    return tuple(
        PartFacts(
            _percent(size.value),
            _percent(size.low),
            _percent(size.high),
            tuple(
                TypicalFacts(
                    names[line.statement],
                    line.answer.value,
                    _percent(line.inside.value),
                    _percent(line.outside.value),
                    (
                        (line.inside.count or 0, line.inside.total or 0),
                        (line.outside.count or 0, line.outside.total or 0),
                    ),
                )
                for line in parts.representative(place)[:5]
                if line.answer in (Answer.AGREE, Answer.DISAGREE)
            ),
            counts=(int((parts.label == place).sum()), int((parts.label >= 0).sum())),
        )
        for place, size in enumerate(parts.sizes)
    )


def _grid(opinion: Opinion, map_: OpinionMap, names: Mapping[Hashable, str], k: int) -> Grid | None:
    """How many stand where, as far as it may be shown; and what both ends of each axis go with."""
    voted = opinion.votes.per_participant > 0
    density = density_of(map_.position[voted], k=k, flat=is_flat(opinion.verdict))
    if density is None:
        return None
    return Grid(
        density.rows,
        tuple(
            EndFacts(tuple(names[one] for one in end.agree), tuple(names[one] for one in end.disagree))
            for end in ends_of(map_, opinion.votes.statements)
        ),
    )


def _tested(evidence: Evidence | None, say: Sentences) -> str | None:
    """On how much was tested."""
    if evidence is None:
        return None
    counts = (evidence.participants, evidence.statements, evidence.votes)
    slots = dict(zip(("people", "statements", "votes"), map(str, counts), strict=True))
    return say.say("opinions.tested", slots)


def _evidence(evidence: Evidence | None, power: Power | None, say: Sentences) -> tuple[str, ...]:
    """What was tested and how it came out, each in a sentence."""
    if evidence is None:
        return ()
    mark = say.say("opinions.decimal")

    def number(value: float) -> str:
        return f"{value:.2f}".replace(".", mark).replace("-", "−")

    lines = [
        say.say(
            "opinions.gains",
            {
                "map": number(evidence.gain_map),
                "groups": number(evidence.gain_groups),
                "k": str(evidence.k),
                "z": number(evidence.z_difference),
                "threshold": number(evidence.threshold),
            },
        ),
    ]
    if evidence.p_structure is not None:
        lines.append(say.say("opinions.structure", {"p": number(evidence.p_structure)}))
    if evidence.split_half is not None:
        lines.append(say.say("opinions.split_half", {"agreement": number(evidence.split_half)}))
    if power is not None:
        slots = {
            "equal": str(_percent(power.equal)),
            "uneven": str(_percent(power.uneven)),
            "times": str(power.repetitions),
        }
        lines.append(say.say("opinions.power", slots))
    return tuple(lines)
