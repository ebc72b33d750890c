"""How good a synthesis is, in figures that need no reference text: computed anew from the contributions themselves."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from weerklank.evidence import Contribution
from weerklank.synthesis.reading import coverage_of, read
from weerklank.synthesis.records import Cluster, Coverage, Synthesis
from weerklank.synthesis.summaries import weighed
from weerklank.synthesis.words import forms_in

__all__ = ["Evaluation", "evaluate", "shared_information"]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Shares between 0 and 1, 1 is best unless it says otherwise.

    :param traceability: sentences that are a literal slice of a contribution that exists.
    :param visibility: contributions in the evidence of a summary sentence or among the voices.
    :param counts: stated counts that are found again when everything is counted anew.
    :param compression: share of the sentences that the summaries quote (no judgement).
    :param cluster_coverage: (theme, cluster) cells that a summary quotes.
    :param level_coverage: (theme, level) cells that a summary quotes; 1 when there are no levels.
    :param lone_voices_kept: contributions that stand alone that are in a summary or among the voices.
    :param lone_voices_in_summary: … that a summary quotes or stands for (no judgement).
    :param redundancy: mean, over quoted sentences, of the largest cosine with another of the same summary (0 is best).
    :param language_leakage: how much the cluster tells about the language: normalised mutual information (0 is best).
    :param order_invariance: what two syntheses of the same contributions share, of all they show; None without a second.
    """

    traceability: float
    visibility: float
    counts: float
    compression: float
    cluster_coverage: float
    level_coverage: float
    lone_voices_kept: float
    lone_voices_in_summary: float
    redundancy: float
    language_leakage: float
    order_invariance: float | None = None


def evaluate(synthesis: Synthesis, *, against: Synthesis | None = None) -> Evaluation:
    """Judge a synthesis.

    :param against: another one of the same contributions, for example given in another order.
    """
    by_id = {one.id: one for one in synthesis.contributions}
    quoted = {
        quote.contribution for one in synthesis.summaries for each in one.sentences for quote in each.quotes
    }
    stood_for = {
        identity for one in synthesis.summaries for each in one.sentences for identity in each.evidence
    }
    voices = {one.contribution for one in synthesis.voices}
    clustered = {identity for one in synthesis.clusters for identity in one.members}
    lone = set(by_id) - clustered
    sentences = sum(len(one.sentences) for one in synthesis.summaries)
    return Evaluation(
        traceability=_traceable(synthesis, by_id),
        visibility=_share(stood_for | voices, set(by_id)),
        counts=_counted_right(synthesis),
        compression=sentences / max(1, len(synthesis.segments)),
        cluster_coverage=_cells(
            [
                (by_id[one].theme, cluster.centre, one)
                for cluster in synthesis.clusters
                for one in cluster.members
            ],
            quoted,
        ),
        level_coverage=_cells(
            [(one.theme, one.level, one.id) for one in by_id.values() if one.level is not None], quoted
        ),
        lone_voices_kept=_share(stood_for | voices, lone),
        lone_voices_in_summary=_share(stood_for, lone),
        redundancy=_redundancy(synthesis),
        language_leakage=_leakage(synthesis.clusters),
        order_invariance=None if against is None else _jaccard(_shown(synthesis), _shown(against)),
    )


def _share(held: set[str], of: set[str]) -> float:
    return len(held & of) / len(of) if of else 1.0


def _traceable(synthesis: Synthesis, by_id: dict[str, Contribution]) -> float:
    quotes = [quote for one in synthesis.insights for quote in one.evidence]
    quotes += [quote for pair in synthesis.duplicates for quote in (pair.left, pair.right)]
    quotes += [one.quote for one in synthesis.segments]
    good = 0
    for quote in quotes:
        said = by_id.get(quote.contribution)
        good += said is not None and said.text[quote.span.start : quote.span.end] == quote.text != ""
    sentences = [each for one in synthesis.summaries for each in one.sentences]
    for each in sentences:
        slices = [
            quote.contribution in by_id
            and by_id[quote.contribution].text[quote.span.start : quote.span.end] == quote.text
            for quote in each.quotes
        ]
        good += bool(slices) and all(slices) and all(identity in by_id for identity in each.evidence)
    return good / max(1, len(quotes) + len(sentences)) if quotes or sentences else 1.0


def _counted_right(synthesis: Synthesis) -> float:
    """Concepts counted again from their forms; every other coverage from its contributions."""
    by_id = {one.id: one for one in synthesis.contributions}
    holders: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for segment in synthesis.segments:
        for form in forms_in(segment.quote.text):
            holders[segment.language, form].add(segment.quote.contribution)
    checks = []
    for concept in (*synthesis.concepts, *synthesis.frame):
        language = concept.family.rpartition(":")[0] or synthesis.settings.language
        ids = set[str]().union(*(holders[language, form] for form, _ in concept.forms))
        checks.append(ids == set(concept.coverage.contributions))
        checks.append(all(len(holders[language, form]) == count for form, count in concept.forms))
        checks.append(_same(concept.coverage, by_id))
    counted = {one.family: set(one.coverage.contributions) for one in (*synthesis.concepts, *synthesis.frame)}
    for insight in synthesis.insights:
        ids = set[str]().union(*(counted.get(family, set()) for family in insight.families))
        checks.append(ids == set(insight.coverage.contributions))
    stated = [one.coverage for one in synthesis.insights]
    stated += [one.coverage for one in synthesis.clusters]
    stated += [one.coverage for one in synthesis.connections]
    checks += [_same(coverage, by_id) for coverage in stated]
    levels = Counter((one.theme, one.level) for one in synthesis.contributions)
    heat = synthesis.theme_levels
    checks += [
        levels[theme, level] == heat.counts[row][column]
        for row, theme in enumerate(heat.rows)
        for column, level in enumerate(heat.columns)
    ]
    return sum(checks) / len(checks) if checks else 1.0


def _same(stated: Coverage, by_id: dict[str, Contribution]) -> bool:
    return stated == coverage_of((by_id[one] for one in stated.contributions), stated.related)


def _cells(placed: Sequence[tuple[str, str | None, str]], quoted: set[str]) -> float:
    every = {(theme, other) for theme, other, _ in placed}
    covered = {(theme, other) for theme, other, identity in placed if identity in quoted}
    return len(covered) / len(every) if every else 1.0


def _redundancy(synthesis: Synthesis) -> float:
    import numpy as np

    if not synthesis.contributions:
        return 0.0
    reading = read(synthesis.contributions, synthesis.settings)
    table = weighed(reading.segment_families)
    row_of = {(one.quote.contribution, one.quote.span): row for row, one in enumerate(reading.segments)}
    largest: list[float] = []
    for summary in synthesis.summaries:
        rows = [row_of[quote.contribution, quote.span] for one in summary.sentences for quote in one.quotes]
        alike = (table[rows] @ table[rows].T).toarray()
        np.fill_diagonal(alike, 0.0)
        if len(rows) > 1:
            largest += alike.max(axis=1).tolist()
    return sum(largest) / len(largest) if largest else 0.0


def shared_information(pairs: Sequence[tuple[object, object, int]]) -> float:
    """Normalised mutual information (arithmetic mean) of two labellings, from (left, right, how often).

    >>> shared_information([("a", 1, 2), ("b", 2, 2)])
    1.0
    """
    total = sum(often for _, _, often in pairs)
    left: Counter[object] = Counter()
    right: Counter[object] = Counter()
    both: Counter[tuple[object, object]] = Counter()
    for one, other, often in pairs:
        left[one] += often
        right[other] += often
        both[one, other] += often

    def entropy(counted: Counter[object] | Counter[tuple[object, object]]) -> float:
        return -sum(often / total * math.log(often / total) for often in counted.values() if often)

    known = entropy(left) + entropy(right)
    return 2 * (known - entropy(both)) / known if known > 0 else 0.0


def _leakage(clusters: Sequence[Cluster]) -> float:
    pairs = [(one.centre, language, often) for one in clusters for language, often in one.languages]
    if len({language for _, language, _ in pairs}) < 2:
        return 0.0
    return max(0.0, shared_information(pairs))


def _shown(synthesis: Synthesis) -> set[object]:
    found: set[object] = {("voice", one.contribution, one.reasons) for one in synthesis.voices}
    found |= {
        ("summary", one.theme, each.text, each.evidence)
        for one in synthesis.summaries
        for each in one.sentences
    }
    found |= {("insight", one.id, one.evidence, one.coverage) for one in synthesis.insights}
    found |= {("cluster", one.centre, one.members) for one in synthesis.clusters}
    return found | set(synthesis.duplicates)


def _jaccard(one: set[object], other: set[object]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0
