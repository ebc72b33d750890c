"""The voices that stand apart, chosen by rule and not by taste."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from weerklank.chapters import Voice
from weerklank.evidence import Contribution
from weerklank.synthesis import Settings, VoiceReason, synthesise, voice_sentence
from weerklank_web.answers.queries.statement import StatementView
from weerklank_web.reports.collected import Collected

__all__ = ["voices_in"]

# One voice for each started twenty contributions of a theme: a small theme is heard, a large one does not drown it.
_ONE_IN = 20

# Nearly everybody says «ik», and a sentence alone is not yet another sound: these are no reason by themselves.
_NOT_ENOUGH = {VoiceReason.ALONE, VoiceReason.FIRST_PERSON}


def voices_in(rows: Collected, contributions: Sequence[Contribution]) -> tuple[Voice, ...]:
    """First whoever saw an insight or message differently; then, per theme in proportion, what stands by itself.

    What an insight or message already rests on is heard there, and does not take the place of another.
    """
    known = {contribution.id: contribution for contribution in contributions}
    against = _against(rows, set(known))
    heard = {
        str(source.contribution.id) for view in (*rows.insights, *rows.messages) for source in view.readable
    }
    heard |= {voice.contribution for voice in against}
    if not contributions:
        return against
    settings = Settings(language=rows.gathering.language, title=rows.gathering.title)
    places = Counter(contribution.theme for contribution in contributions)
    left = {theme: -(-count // _ONE_IN) for theme, count in places.items()}
    apart = []
    for voice in synthesise(contributions, settings=settings).voices:
        theme = known[voice.contribution].theme
        if voice.contribution in heard or not left[theme] or not set(voice.reasons) - _NOT_ENOUGH:
            continue
        left[theme] -= 1
        apart.append(Voice(voice.contribution, voice_sentence(voice, language=rows.language)))
    order = {contribution.id: place for place, contribution in enumerate(contributions)}
    return (*against, *sorted(apart, key=lambda voice: order[voice.contribution]))


def _against(rows: Collected, known: set[str]) -> tuple[Voice, ...]:
    insight, message = _("ziet inzicht %(number)s anders"), _("ziet boodschap %(number)s anders")
    told: dict[str, str] = {}
    kinds: tuple[tuple[str, tuple[StatementView, ...]], ...] = (
        (insight, rows.insights),
        (message, rows.messages),
    )
    for words, views in kinds:
        for number, view in enumerate(views, start=1):
            for source in view.against:
                name = str(source.contribution.id)
                if name in known:
                    told.setdefault(name, words % {"number": number})
    return tuple(Voice(name, reason) for name, reason in told.items())
