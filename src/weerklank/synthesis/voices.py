"""Andere stemmen: whatever the suggestions leave out, with the reason it stands apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from weerklank.evidence import Contribution, ContributionKind
from weerklank.synthesis.reading import Reading, hash_of
from weerklank.synthesis.records import Voice, VoiceReason
from weerklank.synthesis.words import Lexicon, tokens_of

__all__ = ["voices_of"]


def _reasons(
    one: Contribution, *, at_level: Counter[tuple[str, str]], lexicon: Lexicon
) -> tuple[VoiceReason, ...]:
    forms = {token.form for token in tokens_of(one.text)}
    flags = {
        VoiceReason.ONLY_AT_LEVEL: one.level is not None and at_level[(one.theme, one.level)] == 1,
        VoiceReason.FIRST_PERSON: bool(forms & lexicon.first_person),
        VoiceReason.CONTRAST: bool(forms & lexicon.contrast),
        VoiceReason.CROSS_REFERENCE: one.kind is ContributionKind.CROSS_REFERENCE,
        VoiceReason.UNFINISHED: one.unfinished,
    }
    return tuple(reason for reason, holds in flags.items() if holds) or (VoiceReason.ALONE,)


def voices_of(reading: Reading, shown: Iterable[str]) -> tuple[Voice, ...]:
    """Everything that is not in ``shown``, those with most reasons to be heard first."""
    visible = frozenset(shown)
    at_level = Counter((one.theme, one.level) for one in reading.said if one.level is not None)
    left = [one for one in reading.said if one.id not in visible]
    voices = [(Voice(one.id, _reasons(one, at_level=at_level, lexicon=reading.lexicon)), one) for one in left]
    ranked = sorted(
        voices, key=lambda pair: (-len(pair[0].reasons), pair[1].theme, hash_of(pair[1]), pair[1].id)
    )
    return tuple(voice for voice, _ in ranked)
