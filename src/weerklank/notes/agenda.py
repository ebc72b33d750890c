"""Which heading is which item of the agenda: one to one, the best pairing in total (linear assignment).

Words shared by many titles weigh little (as in inverse document frequency); a word matches its longer
forms ("procedure", "procedures"). In total, because "Lezen" fits four headings that begin with it, and only the
other items tell which one is left.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from weerklank.errors import MissingExtra
from weerklank.notes.phrasebook import fold
from weerklank.notes.refusals import because

__all__ = ["match_agenda"]

_SHORTEST_STEM = 4
_ENOUGH = 0.4
_NUDGE = 1e-6


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
    return _assign(items, known, weights)


def _assign(
    items: Sequence[tuple[str, frozenset[str]]],
    known: Mapping[int, frozenset[str]],
    weights: Mapping[str, float],
) -> dict[int, tuple[str, float]]:
    """The pairing with the highest total likeness; pairs that are too unlike are left out."""
    if not items or not known:
        return {}
    try:
        from scipy.optimize import linear_sum_assignment
    except ImportError as error:
        raise MissingExtra("notes", needed_for=because("needs-agenda")) from error
    keys = sorted(known)
    likeness = [[_likeness(item, known[key], weights) for key in keys] for _, item in items]
    # The earlier of two equal headings goes first: a small nudge that never outweighs a difference in words.
    gains = [
        [score - _NUDGE * place if score >= _ENOUGH else 0.0 for place, score in enumerate(row)]
        for row in likeness
    ]
    rows, columns = linear_sum_assignment(gains, maximize=True)
    return {
        keys[column]: (items[row][0], likeness[row][column])
        for row, column in zip(rows, columns, strict=True)
        if likeness[row][column] >= _ENOUGH
    }
