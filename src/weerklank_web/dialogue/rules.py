"""Pure predicates about words: what is a key fragment, what may be read, what is hard to vote on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from weerklank_web.dialogue.models import Contribution, ContributionSource
from weerklank_web.groundwork.errors import NotNow

__all__ = ["doubts_about", "fragments_of", "pieces", "said_on_leaving", "spans_of", "tidy"]


def said_on_leaving(contribution: Contribution, *, steps: frozenset[str]) -> bool:
    """Whether a participant wrote this in one of the ``steps`` of leaving; what the crew types in then is the room's."""
    return contribution.source == ContributionSource.PARTICIPANT and contribution.step in steps


def tidy(text: str, *, most: int) -> str:
    """The text as it is kept: line ends made one, blanks at both sides gone. Refuses emptiness and overlength."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        raise NotNow(_("Er staat nog niets. Schrijf eerst iets."), code="empty")
    if len(text) > most:
        raise NotNow(
            _("Dit is langer dan %(most)s tekens. Maak er twee of meer van, dan raakt er niets zoek.")
            % {"most": most},
            code="too-long",
        )
    return text


def fragments_of(text: str, wanted: Iterable[str]) -> list[list[int]]:
    """Where the key fragments stand in ``text``: literal, in order, not overlapping (W10).

    A fragment that does not stand there literally is refused, so that nothing is emphasised that nobody said.
    """
    taken: list[list[int]] = []
    for raw in wanted:
        fragment = raw.strip()
        if not fragment:
            continue
        start = _free_place(text, fragment, taken)
        if start is None:
            raise NotNow(
                _("«%(fragment)s» staat niet letterlijk in de inbreng. Neem het stukje precies over.")
                % {"fragment": fragment},
                code="not-literal",
            )
        taken.append([start, start + len(fragment)])
    return sorted(taken)


def spans_of(text: str, places: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Key fragments whose place is known, in order; what lies outside ``text`` or over another one is left out."""
    kept: list[list[int]] = []
    for start, end in sorted(places):
        if (kept[-1][1] if kept else 0) <= start < end <= len(text):
            kept.append([start, end])
    return kept


def _free_place(text: str, fragment: str, taken: Sequence[Sequence[int]]) -> int | None:
    start = text.find(fragment)
    while start >= 0:
        end = start + len(fragment)
        if all(end <= begin or start >= stop for begin, stop in taken):
            return start
        start = text.find(fragment, start + 1)
    return None


def pieces(text: str, fragments: Sequence[Sequence[int]]) -> list[tuple[str, bool]]:
    """The text cut along its key fragments: (piece, is it a key fragment)."""
    cut: list[tuple[str, bool]] = []
    at = 0
    for start, end in fragments:
        if start > at:
            cut.append((text[at:start], False))
        cut.append((text[start:end], True))
        at = end
    if at < len(text):
        cut.append((text[at:], False))
    return cut


_TWO_IN_ONE = re.compile(r"\b(?:en|of|maar|tenzij|mits|and|or|but|unless)\b|;", re.IGNORECASE)
_DENIES = re.compile(
    r"\b(?:niet|geen|nooit|nergens|niemand|nauwelijks|not|no|never|nobody)\b|n't\b", re.IGNORECASE
)
_ASKS = re.compile(r"\?\s*$")
_LONG = 140


def doubts_about(text: str) -> list[str]:
    """What may make this proposition hard to vote on. Friendly questions; nothing is refused for it."""
    doubts = []
    if _TWO_IN_ONE.search(text):
        doubts.append(
            _(
                "Staan hier twee gedachten in? Wie het met de ene eens is en met de andere niet, kan niet kiezen."
            )
        )
    if _DENIES.search(text):
        doubts.append(
            _("Er staat een ontkenning in. «Oneens» met «niet» is lastig te lezen: kan het ook andersom?")
        )
    if _ASKS.search(text):
        doubts.append(_("Dit is een vraag. Een stelling zegt iets, dan kun je het ermee eens zijn of niet."))
    if len(text) > _LONG:
        doubts.append(_("Dit is lang voor een telefoon. Kan het korter?"))
    return doubts
