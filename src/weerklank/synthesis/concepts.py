"""Concepts: word families, scored by how far they spread, how often, how unlike everyday language.

score = (places / all places) × log(1 + contributions) × keyness × (1 + ½ · emphasis rate)

keyness is the log ratio of a family's rate here to its rate in general language (wordfreq), capped: without
it "iets" would win; spread is what a single loud room cannot buy.
"""

from __future__ import annotations

import math
from collections import Counter

from weerklank.errors import MissingExtra
from weerklank.evidence import Contribution
from weerklank.synthesis.reading import Reading, coverage_of, place_of
from weerklank.synthesis.records import Concept
from weerklank.synthesis.settings import Settings
from weerklank.synthesis.words import most_common, tokens_of

__all__ = ["concepts_of"]

_KEYNESS_CAP = 8.0
_KEYNESS_FLOOR = 0.5
_RAREST = 1e-7
_TITLE_SHARE = 0.5


def _background(forms: frozenset[str], language: str) -> float:
    try:
        from wordfreq import word_frequency
    except ImportError as error:
        raise MissingExtra("synthesis", needed_for="Woorden met de gewone taal vergelijken") from error
    return max(_RAREST, sum(word_frequency(form, language, minimum=0.0) for form in sorted(forms)))


def _frame_families(reading: Reading, settings: Settings) -> frozenset[str]:
    """Words of the event's title, of at least half of the theme titles, of the list and of the settings."""
    themes = sorted({one.theme for one in reading.said})
    in_titles = Counter(
        family
        for theme in themes
        for family in {reading.family_of.get(token.form, token.form) for token in tokens_of(theme)}
    )
    shared = {
        family for family, count in in_titles.items() if count > 1 and count >= _TITLE_SHARE * len(themes)
    }
    named = {token.form for word in (settings.title, *settings.extra_frame) for token in tokens_of(word)}
    listed = named | reading.lexicon.frame
    return frozenset(shared | {reading.family_of.get(word, word) for word in listed})


def _marked(one: Contribution, family: str, reading: Reading) -> bool:
    """Whether a person marked a fragment of this contribution that holds the family (W10)."""
    return any(
        reading.family_of.get(token.form) == family
        for span in one.emphasis
        for token in tokens_of(one.text[span.start : span.end])
    )


def concepts_of(reading: Reading, settings: Settings) -> tuple[Concept, ...]:
    """Every family said often enough, best first; frame ones among them, flagged."""
    by_id = reading.by_id()
    total = sum(len(families) for families in reading.families) or 1
    places = len({place_of(one) for one in reading.said}) or 1
    occurs = Counter(family for families in reading.families for family in families)
    frame = _frame_families(reading, settings)
    concepts = []
    for family, forms in reading.forms.items():
        ids = frozenset[str]().union(*forms.values())
        if len(ids) < settings.min_contributions:
            continue
        holders = [by_id[identity] for identity in ids]
        coverage = coverage_of(holders)
        rate = occurs[family] / total / _background(frozenset(forms), settings.language)
        keyness = min(_KEYNESS_CAP, max(_KEYNESS_FLOOR, math.log2(rate)))
        emphasis = sum(_marked(one, family, reading) for one in holders) / len(holders)
        score = coverage.places / places * math.log1p(len(ids)) * keyness * (1 + emphasis / 2)
        counts = Counter({form: len(held) for form, held in forms.items()})
        concepts.append(
            Concept(
                family=family,
                label=family if family in counts else most_common(counts),
                forms=tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))),
                coverage=coverage,
                score=round(score, 6),
                emphasis=round(emphasis, 6),
                frame=family in frame,
            )
        )
    return tuple(sorted(concepts, key=lambda one: (-one.score, one.family)))
