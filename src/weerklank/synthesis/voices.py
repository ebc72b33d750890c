"""Andere stemmen: whatever no sentence of a summary stands for, with the reason it stands apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from weerklank.evidence import ContributionKind
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
    themes, levels = reading.where.themes.at, reading.where.levels.at
    cells = themes * (len(reading.where.levels.names) + 1) + levels + 1
    isolated = _isolated(grouping)
    flags = {
        VoiceReason.ALONE: isolated if not sampled else np.zeros_like(isolated),
        VoiceReason.ONLY_AT_LEVEL: (levels >= 0) & (np.bincount(cells, minlength=1)[cells] == 1),
        VoiceReason.FIRST_PERSON: _holding(reading, "first_person"),
        VoiceReason.CONTRAST: _holding(reading, "contrast"),
        VoiceReason.CROSS_REFERENCE: _each(
            one.kind is ContributionKind.CROSS_REFERENCE for one in reading.said
        ),
        VoiceReason.UNFINISHED: _each(one.unfinished for one in reading.said),
        VoiceReason.INCLUSION: _holding(reading, "inclusion"),
        VoiceReason.UNASSIGNED: (grouping.labels < 0) & sampled,
    }
    held = np.stack([flags[reason] for reason in VoiceReason], axis=1)
    apart = np.flatnonzero(_each(one not in visible for one in reading.where.ids))
    apart = apart[np.lexsort((apart, themes[apart], -held[apart].sum(axis=1)))]
    mixes, which = np.unique(held[apart] @ (1 << np.arange(len(VoiceReason))), return_inverse=True)
    reasons = [_reasons(mix) for mix in mixes.tolist()]
    ids = reading.where.ids
    each = zip(apart.tolist(), which.tolist(), strict=True)
    return tuple(Voice(ids[position], reasons[mix]) for position, mix in each)


def _each(holds: Iterable[bool]) -> npt.NDArray[np.bool_]:
    import numpy as np

    return np.fromiter(holds, dtype=bool)


def _reasons(mix: int) -> tuple[VoiceReason, ...]:
    """Reasons whose bit is set, in their order."""
    found = tuple(reason for bit, reason in enumerate(VoiceReason) if mix >> bit & 1)
    return found or (VoiceReason.ALONE,)
