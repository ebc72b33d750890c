"""From what a synthesis found to what may be worded: the same contributions, the same counts, the same literal sentence."""

from __future__ import annotations

from weerklank.synthesis.records import Insight
from weerklank.synthesis.wording.asking import Selection
from weerklank.synthesis.wording.verdicts import Sentence

__all__ = ["selection_of"]

_MOST = 40


def selection_of(insight: Insight) -> Selection:
    """The selection of a suggested insight: its evidence first, then what else holds the same words, at most forty.

    Its extract is the first literal sentence of its evidence; its counts are those of its coverage.
    """
    first = insight.evidence[0]
    ids = dict.fromkeys(
        (*(quote.contribution for quote in insight.evidence), *insight.coverage.contributions)
    )
    return Selection(
        id=insight.id or insight.anchor,
        contributions=tuple(ids)[:_MOST],
        extract=Sentence(first.text, (first.contribution,)),
        counts={
            "contributions": len(insight.coverage.contributions),
            "places": insight.coverage.places,
            "themes": len(insight.coverage.themes),
        },
    )
