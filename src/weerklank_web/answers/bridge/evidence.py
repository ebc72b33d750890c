"""Whether a statement follows from what was said: the library's gate, asked before anybody else reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from weerklank.errors import Unfounded
from weerklank.evidence import (
    Contribution,
    ContributionKind,
    Ground,
    Quote,
    Span,
    check_insight,
    check_message,
    check_quote,
    check_wording,
    ground_of,
)
from weerklank.evidence.claims import numbers_in, quoted_in
from weerklank_web.answers.bridge.format import Needed
from weerklank_web.dialogue.models import Contribution as Row
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.stage import INSIGHT
from weerklank_web.groundwork.language import language_now

__all__ = [
    "Fault",
    "Ground",
    "Wording",
    "as_evidence",
    "claims_words",
    "faults_in",
    "ground_for",
    "still_said",
]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is missing or wrong, and the sentence it is about (empty: the statement as a whole)."""

    what: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """A statement as it stands, with the contributions that can still be used behind it.

    ``quotes``: contribution, start, end. ``against``: those behind the dissent. ``lost``: quotes that no longer stand
    there literally.
    """

    noun: str
    words: str
    explanation: str
    dissent: str
    sources: Sequence[Row]
    against: Sequence[Row]
    quotes: Sequence[tuple[Row, int, int]]
    lost: int


def as_evidence(row: Row) -> Contribution:
    """A contribution as the library knows it. Never who wrote it."""
    return Contribution(
        id=str(row.id),
        text=row.text,
        theme=row.theme.title if row.theme else "",
        room=row.room.name if row.room else None,
        level=row.level or None,
        tone=row.tone or None,
        prompt=row.prompt or None,
        kind=ContributionKind(row.kind),
        emphasis=tuple(Span(start, end) for start, end in row.fragments),
        unfinished=row.unfinished,
    )


def ground_for(gathering: Gathering, rows: Iterable[Row]) -> Ground:
    """Everything a statement of this gathering may stand on."""
    days = {moment.date() for moment in (gathering.starts_at, gathering.ends_at) if moment}
    if gathering.promised_on:
        days.add(gathering.promised_on)
    return ground_of((as_evidence(row) for row in rows), names=[gathering.title], dates=days)


def faults_in(wording: Wording, *, ground: Ground, needed: Needed) -> list[Fault]:
    """Why this statement cannot go out yet; empty when it can."""
    faults = [*_too_little(wording, needed), *_lost_quotes(wording)]
    if not wording.words.strip():
        faults.insert(0, Fault(_("De zin zelf is nog niet geschreven.")))
    sources = tuple(str(row.id) for row in wording.sources)
    against = tuple(str(row.id) for row in wording.against)
    quotes = [Quote(str(row.id), Span(start, end), row.text[start:end]) for row, start, end in wording.quotes]
    for quote in quotes:
        faults += _asked(partial(check_quote, quote, ground=ground))
    for part in (wording.words, wording.explanation):
        if part.strip() and sources:
            faults += _asked(partial(check_wording, part, sources=sources, ground=ground))
    if wording.dissent.strip():
        if against:
            faults += _asked(partial(check_wording, wording.dissent, sources=against, ground=ground))
        else:
            faults.append(
                Fault(_("Het andere geluid heeft nog geen inbreng waarop het steunt."), wording.dissent)
            )
    return faults or _last_word(wording, sources, tuple(quotes), ground=ground)


def claims_words(text: str) -> bool:
    """Whether it quotes or counts: only then can words in it go, when somebody takes back what they said."""
    return bool(quoted_in(text) or numbers_in(text))


def still_said(text: str, *, ground: Ground) -> bool:
    """Whether every quote and number in it is still in something that can be read.

    Wider than :func:`faults_in`: what was offered does not change when a source goes, but nobody's words outlive it."""
    return not _asked(partial(check_wording, text, sources=tuple(ground.contributions), ground=ground))


def _too_little(wording: Wording, needed: Needed) -> list[Fault]:
    faults = []
    count, rooms = len(wording.sources), len({row.room_id or f"t{row.theme_id}" for row in wording.sources})
    if count < needed.sources:
        sentence = _("Er is minstens %(least)d keer inbreng nodig; nu %(n)d.")
        faults.append(Fault(sentence % {"least": needed.sources, "n": count}, wording.words))
    if rooms < needed.rooms:
        asks = ngettext("minstens %(n)d kamer", "minstens %(n)d kamers", needed.rooms) % {"n": needed.rooms}
        faults.append(
            Fault(
                _("De inbreng moet uit %(asks)s komen; nu %(n)d.") % {"asks": asks, "n": rooms}, wording.words
            )
        )
    return faults


def _lost_quotes(wording: Wording) -> list[Fault]:
    if not wording.lost:
        return []
    sentence = ngettext(
        "Een citaat staat niet meer letterlijk in de inbreng. Kies het opnieuw.",
        "%(n)d citaten staan niet meer letterlijk in de inbreng. Kies ze opnieuw.",
        wording.lost,
    )
    return [Fault(sentence % {"n": wording.lost})]


def _asked(check: Callable[[], None]) -> list[Fault]:
    try:
        check()
    except Unfounded as refusal:
        return [Fault(refusal.reason(language_now()), refusal.sentence)]
    return []


def _last_word(
    wording: Wording, sources: tuple[str, ...], quotes: tuple[Quote, ...], *, ground: Ground
) -> list[Fault]:
    """The gate itself, exactly as the report will ask it."""
    if wording.noun == INSIGHT:
        check = partial(check_insight, explanation=wording.explanation, quotes=quotes)
        return _asked(partial(check, wording.words, sources=sources, ground=ground))
    return _asked(partial(check_message, wording.words, sources=sources, ground=ground, quotes=quotes))
