"""Which heading is which item of the agenda: one to one, the surest pairs first.

Words shared by many titles weigh little (as in inverse document frequency); a word matches its longer
forms ("procedure", "procedures"). Headings that are nearly as good elsewhere come later, when the sure ones
have taken their item.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from weerklank.notes.phrasebook import fold

__all__ = ["match_agenda"]

_SHORTEST_STEM = 4
_ENOUGH = 0.4


def _same_word(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    if short == long:
        return True
    return len(short) >= _SHORTEST_STEM and (long.startswith(short) or long[: len(short) - 1] == short[:-1])


def _weights(titles: Sequence[frozenset[str]]) -> Mapping[str, float]:
    seen = Counter(word for title in titles for word in title)
    return {word: math.log(1 + len(titles) / count) for word, count in seen.items()}


def _likeness(item: frozenset[str], heading: frozenset[str], weights: Mapping[str, float]) -> float:
    """Between 0 and 1: half how much of the item the heading says, half how alike they are in whole."""
    said = sum(weights[word] for word in item if any(_same_word(word, other) for other in heading))
    also = sum(weights[word] for word in heading if any(_same_word(word, other) for other in item))
    whole_item, whole_heading = sum(weights[word] for word in item), sum(weights[word] for word in heading)
    if not whole_item or not whole_heading:
        return 0.0
    return 0.5 * said / whole_item + 0.5 * (said + also) / (whole_item + whole_heading)


def match_agenda(
    agenda: Sequence[str], headings: Mapping[int, str], *, fillers: frozenset[str]
) -> dict[int, tuple[str, float]]:
    """For each recognised heading (by its key) the agenda item and how alike they are (0–1]."""

    def words(title: str) -> frozenset[str]:
        every = fold(title).split()
        return frozenset(word for word in every if word not in fillers) or frozenset(every)

    items = [(title, words(title)) for title in agenda if fold(title)]
    known = {key: words(text) for key, text in headings.items()}
    weights = _weights([*(item for _, item in items), *known.values()])
    pairs = sorted(
        (
            (_likeness(item, heading, weights), -key, title)
            for title, item in items
            for key, heading in known.items()
        ),
        reverse=True,
    )
    matched: dict[int, tuple[str, float]] = {}
    taken: set[str] = set()
    for score, minus_key, title in pairs:
        if score >= _ENOUGH and title not in taken and -minus_key not in matched:
            matched[-minus_key] = (title, score)
            taken.add(title)
    return matched
