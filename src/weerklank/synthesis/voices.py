"""Andere stemmen: whatever no sentence of a summary stands for, with the reason it stands apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

from weerklank.evidence import Contribution, ContributionKind
from weerklank.synthesis.grouping import Grouping
from weerklank.synthesis.reading import Reading
from weerklank.synthesis.records import Voice, VoiceReason
from weerklank.synthesis.words import Lexicon, languages, lexicon_for

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["voices_of"]

_ISOLATED = 0.30


def _holding(reading: Reading, listed: str) -> npt.NDArray[np.bool_]:
    """Per contribution whether it holds a word of the list of that name, in the language of the sentence."""
    import numpy as np

    def words_of(lexicon: Lexicon) -> frozenset[str]:
        found = getattr(lexicon, listed)
        assert isinstance(found, frozenset)
        return found

    columns = reading.forms((language, words_of(lexicon_for(language))) for language in languages())
    if not len(columns):
        return np.zeros(len(reading.said), dtype=bool)
    return np.asarray(reading.said_words[:, columns].sum(axis=1)).ravel() > 0


def _isolated(grouping: Grouping) -> npt.NDArray[np.bool_]:
    """Near to nothing, or alone in its cluster."""
    import numpy as np

    sizes = np.bincount(np.maximum(grouping.labels, 0), minlength=1)
    single = (grouping.labels >= 0) & (sizes[np.maximum(grouping.labels, 0)] == 1)
    found: npt.NDArray[np.bool_] = single | (grouping.labels < 0)
    if grouping.cosine.shape[1]:
        found |= grouping.cosine.max(axis=1) < _ISOLATED
    return found


def voices_of(
    reading: Reading, grouping: Grouping, shown: Iterable[str], *, sampled: bool
) -> tuple[Voice, ...]:
    """Everything that is not in ``shown``, those with most reasons to be heard first.

    :param sampled: clusters were found in a sample, so that a contribution may belong to none of them.
    """
    import numpy as np

    visible = frozenset(shown)
    at_level = Counter((one.theme, one.level) for one in reading.said if one.level is not None)
    isolated = _isolated(grouping)
    flags = {
        VoiceReason.ALONE: isolated if not sampled else np.zeros_like(isolated),
        VoiceReason.ONLY_AT_LEVEL: _each(
            reading, lambda one: one.level is not None and at_level[one.theme, one.level] == 1
        ),
        VoiceReason.FIRST_PERSON: _holding(reading, "first_person"),
        VoiceReason.CONTRAST: _holding(reading, "contrast"),
        VoiceReason.CROSS_REFERENCE: _each(reading, lambda one: one.kind is ContributionKind.CROSS_REFERENCE),
        VoiceReason.UNFINISHED: _each(reading, lambda one: one.unfinished),
        VoiceReason.INCLUSION: _holding(reading, "inclusion"),
        VoiceReason.UNASSIGNED: (grouping.labels < 0) & sampled,
    }
    held = np.stack([flags[reason] for reason in VoiceReason], axis=1)
    apart = np.flatnonzero(~_each(reading, lambda one: one.id in visible))
    themes = {theme: number for number, theme in enumerate(sorted({one.theme for one in reading.said}))}
    theme = np.array([themes[reading.said[position].theme] for position in apart.tolist()], dtype=np.int64)
    order = np.lexsort((apart, theme, -held[apart].sum(axis=1)))
    return tuple(
        Voice(reading.said[position].id, _reasons(reasons))
        for position, reasons in zip(
            apart[order].tolist(), map(tuple, held[apart][order].tolist()), strict=True
        )
    )


def _each(reading: Reading, holds: Callable[[Contribution], bool]) -> npt.NDArray[np.bool_]:
    import numpy as np

    return np.fromiter((holds(one) for one in reading.said), dtype=bool, count=len(reading.said))


@cache
def _reasons(held: tuple[bool, ...]) -> tuple[VoiceReason, ...]:
    found = tuple(reason for reason, holds in zip(VoiceReason, held, strict=True) if holds)
    return found or (VoiceReason.ALONE,)
