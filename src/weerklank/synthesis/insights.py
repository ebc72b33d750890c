"""Suggested insights: an anchor that spreads, what is said along with it, and a literal sentence per place.

Anchor by anchor from the best concept down; one that rests on the same contributions as an earlier
suggestion steps back. Associates are the concepts said with the anchor more often than by chance (normalised
pointwise mutual information, Bouma 2009), in the same contribution or in the lead-in it completes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from weerklank.evidence import Contribution, Quote
from weerklank.evidence.wording import MIN_INSIGHT_ROOMS, MIN_INSIGHT_SOURCES
from weerklank.synthesis.reading import Reading, hash_of, place_of, sentence_quotes
from weerklank.synthesis.records import Concept, Connection, Insight
from weerklank.synthesis.settings import Settings
from weerklank.synthesis.words import tokens_of

__all__ = ["connections_of", "insights_of"]

_TOO_ALIKE = 0.5
_TOGETHER = 2
_LEAST_NPMI = 0.1
_COMFORTABLE = 22


def connections_of(concepts: Sequence[Concept]) -> tuple[Connection, ...]:
    """Concepts that were said in at least two rooms or themes, with everything that says them."""
    return tuple(
        Connection(one.family, one.label, one.coverage)
        for one in concepts
        if not one.frame and one.coverage.places >= MIN_INSIGHT_ROOMS
    )


def _contexts(reading: Reading, concepts: Sequence[Concept]) -> Mapping[str, frozenset[str]]:
    """Per family the contributions that hold it, those that complete such a lead-in included."""
    completes: dict[str, set[str]] = {}
    for one in reading.said:
        if one.context is not None:
            completes.setdefault(one.context, set()).add(one.id)
    return {
        concept.family: frozenset(concept.coverage.contributions).union(
            *(completes.get(identity, set()) for identity in concept.coverage.contributions)
        )
        for concept in concepts
    }


def _npmi(left: frozenset[str], right: frozenset[str], total: int) -> float:
    both = len(left & right)
    if both < _TOGETHER:
        return -1.0
    chance = len(left) * len(right) / total / total
    joint = both / total
    return math.log(joint / chance) / -math.log(joint) if joint < 1 else 1.0


def _associates(
    anchor: Concept, concepts: Sequence[Concept], within: Mapping[str, frozenset[str]], total: int, most: int
) -> tuple[Concept, ...]:
    bound = [
        (_npmi(within[anchor.family], within[other.family], total), other)
        for other in concepts
        if other.family != anchor.family and not other.frame
    ]
    near = sorted(
        ((npmi * other.score, other) for npmi, other in bound if npmi >= _LEAST_NPMI),
        key=lambda pair: (-pair[0], pair[1].family),
    )
    return tuple(other for _, other in near[:most])


def _worth(
    quote: Quote, one: Contribution, families: frozenset[str], reading: Reading
) -> tuple[int, int, int, str]:
    """Best first: holds more associates, is marked by a person, is neither a stub nor a speech."""
    held = {reading.family_of.get(token.form) for token in tokens_of(quote.text)}
    marked = any(span.start < quote.span.end and quote.span.start < span.end for span in one.emphasis)
    length = abs(len(quote.text.split()) - _COMFORTABLE)
    return (-len(held & families), -int(marked), length, hash_of(one))


def _evidence(anchor: Concept, associates: Sequence[Concept], reading: Reading) -> tuple[Quote, ...]:
    """One sentence that holds the anchor per room or theme."""
    by_id = reading.by_id()
    families = frozenset(one.family for one in associates)
    best: dict[tuple[bool, str], tuple[tuple[int, int, int, str], Quote]] = {}
    for identity in anchor.coverage.contributions:
        one = by_id[identity]
        for quote in sentence_quotes(one):
            if anchor.family not in {reading.family_of.get(token.form) for token in tokens_of(quote.text)}:
                continue
            worth = _worth(quote, one, families, reading)
            place = place_of(one)
            if place not in best or worth < best[place][0]:
                best[place] = (worth, quote)
    ranked = sorted(best.values(), key=lambda pair: (pair[0], pair[1].contribution))
    return tuple(quote for _, quote in ranked)


def insights_of(reading: Reading, concepts: Sequence[Concept], settings: Settings) -> tuple[Insight, ...]:
    """Suggestions, best first, each resting on enough contributions from enough rooms to be published (W13)."""
    within = _contexts(reading, concepts)
    total = max(1, len(reading.said))
    chosen: list[Insight] = []
    for anchor in concepts:
        if len(chosen) == settings.insights:
            break
        ids = set(anchor.coverage.contributions)
        enough = len(ids) >= MIN_INSIGHT_SOURCES and anchor.coverage.places >= MIN_INSIGHT_ROOMS
        alike = any(len(ids & set(other.coverage.contributions)) > _TOO_ALIKE * len(ids) for other in chosen)
        if anchor.frame or not enough or alike:
            continue
        associates = _associates(anchor, concepts, within, total, settings.associates)
        chosen.append(
            Insight(
                anchor=anchor.label,
                associates=tuple(one.label for one in associates),
                evidence=_evidence(anchor, associates, reading),
                coverage=anchor.coverage,
            )
        )
    return tuple(chosen)
