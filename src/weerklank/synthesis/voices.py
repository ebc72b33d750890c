"""Andere stemmen: whatever no sentence of a summary stands for, with the reason it stands apart."""

from __future__ import annotations

from collections import Counter
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
    visible = frozenset(shown)
    at_level = Counter((one.theme, one.level) for one in reading.said if one.level is not None)
    isolated = _isolated(grouping)
    flags = {
        VoiceReason.ALONE: isolated & (not sampled),
        VoiceReason.FIRST_PERSON: _holding(reading, "first_person"),
        VoiceReason.CONTRAST: _holding(reading, "contrast"),
        VoiceReason.INCLUSION: _holding(reading, "inclusion"),
        VoiceReason.UNASSIGNED: (grouping.labels < 0) & sampled,
    }
    held = {reason: found.tolist() for reason, found in flags.items()}
    voices = []
    for position, one in enumerate(reading.said):
        if one.id in visible:
            continue
        lonely = one.level is not None and at_level[one.theme, one.level] == 1
        own = {
            VoiceReason.ONLY_AT_LEVEL: lonely,
            VoiceReason.CROSS_REFERENCE: one.kind is ContributionKind.CROSS_REFERENCE,
            VoiceReason.UNFINISHED: one.unfinished,
        }
        reasons = tuple(
            reason
            for reason in VoiceReason
            if own.get(reason, False) or (reason in held and held[reason][position])
        )
        voices.append((Voice(one.id, reasons or (VoiceReason.ALONE,)), len(reasons), position))
    ranked = sorted(voices, key=lambda found: (-found[1], reading.said[found[2]].theme, found[2]))
    return tuple(voice for voice, _, _ in ranked)
