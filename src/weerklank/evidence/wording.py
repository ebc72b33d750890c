"""Checks on what people word: quotes, sentences, insights, messages (W13, W19)."""

from __future__ import annotations

from collections.abc import Iterable

from weerklank.errors import Unfounded
from weerklank.evidence.claims import (
    counts_of,
    loosely,
    numbers_in,
    quoted_in,
    sentences_in,
    sweeping_in,
    without_dates,
)
from weerklank.evidence.ground import Ground
from weerklank.evidence.records import Contribution, Quote
from weerklank.evidence.refusals import because

__all__ = [
    "MIN_INSIGHT_ROOMS",
    "MIN_INSIGHT_SOURCES",
    "MIN_MESSAGE_SOURCES",
    "check_insight",
    "check_message",
    "check_quote",
    "check_wording",
]

MIN_INSIGHT_SOURCES = 3
MIN_INSIGHT_ROOMS = 2
MIN_MESSAGE_SOURCES = 1


def check_quote(quote: Quote, *, ground: Ground) -> None:
    """Raise :class:`~weerklank.errors.Unfounded` unless ``quote`` is a literal slice of its contribution."""
    (contribution,) = ground.cited((quote.contribution,), sentence=quote.text)
    span = quote.span
    inside = 0 <= span.start < span.end <= len(contribution.text)
    if not inside or contribution.text[span.start : span.end] != quote.text:
        raise Unfounded(
            because("quote-no-slice"),
            sentence=quote.text,
            sources=(quote.contribution,),
        )


def check_wording(text: str, *, sources: tuple[str, ...], ground: Ground) -> None:
    """Raise ``Unfounded`` unless sources exist, and every quoted span and number in ``text`` is in them or in the facts.

    Days and years are no counts. Sentences are checked one by one, so that the error can name the one.
    """
    cited = ground.cited(sources, sentence=text)
    literal = [loosely(contribution.text) for contribution in cited]
    known = _known_numbers(cited, ground)
    # Quotes may hold several sentences, so they are found in the whole text.
    for span in quoted_in(text):
        if not any(loosely(span) in source for source in literal):
            raise Unfounded(because("quote-in-no-source"), sentence=span, sources=sources)
    for sentence in sentences_in(text):
        bare = without_dates(sentence)
        for number in (*numbers_in(bare), *counts_of(bare)):
            if number not in known:
                raise Unfounded(
                    because("number-unsupported", number=number), sentence=sentence, sources=sources
                )
        _check_sweeping(sentence, cited, literal, sources=sources, ground=ground)


def _known_numbers(cited: tuple[Contribution, ...], ground: Ground) -> set[str]:
    known = {number for contribution in cited for number in numbers_in(contribution.text)}
    known |= {count for contribution in cited for count in counts_of(contribution.text)}
    known |= {str(value) for value in ground.facts.values() if value is not None}
    return known | {str(len(cited)), str(ground.rooms(cited)), str(len({c.theme for c in cited}))}


def _check_sweeping(
    sentence: str,
    cited: tuple[Contribution, ...],
    literal: Iterable[str],
    *,
    sources: tuple[str, ...],
    ground: Ground,
) -> None:
    said = [text.lower() for text in literal]
    for how, whom, words in sweeping_in(sentence):
        if any(words.lower() in text for text in said):
            continue
        here, total = ground.rooms(cited), ground.rooms(tuple(ground.contributions.values()))
        enough = here == total if how == "all" else 2 * here > total
        if whom == "people" or not enough:
            raise Unfounded(because("sweeping", words=words), sentence=sentence, sources=sources)


def check_insight(
    sentence: str,
    *,
    sources: tuple[str, ...],
    ground: Ground,
    explanation: str | None = None,
    quotes: tuple[Quote, ...] = (),
    claimed_sources: int | None = None,
    claimed_rooms: int | None = None,
) -> None:
    """An insight rests on at least 3 contributions from at least 2 rooms (W13), else ``Unfounded``.

    A room that the source does not name counts by its theme. Sources are those given plus those quoted."""
    sources = tuple(dict.fromkeys((*sources, *(quote.contribution for quote in quotes))))
    cited = ground.cited(sources, sentence=sentence)
    rooms = ground.rooms(cited)
    if len(cited) < MIN_INSIGHT_SOURCES:
        raise Unfounded(
            because("insight-sources", least=MIN_INSIGHT_SOURCES, count=len(cited)),
            sentence=sentence,
            sources=sources,
        )
    if rooms < MIN_INSIGHT_ROOMS:
        raise Unfounded(
            because("insight-rooms", least=MIN_INSIGHT_ROOMS, count=rooms),
            sentence=sentence,
            sources=sources,
        )
    for claimed, counted, what in (
        (claimed_sources, len(cited), "claimed-sources"),
        (claimed_rooms, rooms, "claimed-rooms"),
    ):
        if claimed is not None and claimed != counted:
            raise Unfounded(
                because(what, claimed=claimed, counted=counted),
                sentence=sentence,
                sources=sources,
            )
    _check_parts(sentence, explanation, quotes, sources=sources, ground=ground)


def check_message(
    text: str, *, sources: tuple[str, ...], ground: Ground, quotes: tuple[Quote, ...] = ()
) -> None:
    """A message rests on at least one contribution (W19), else ``Unfounded``."""
    sources = tuple(dict.fromkeys((*sources, *(quote.contribution for quote in quotes))))
    if len(ground.cited(sources, sentence=text)) < MIN_MESSAGE_SOURCES:
        raise Unfounded(because("message-sources"), sentence=text)
    _check_parts(text, None, quotes, sources=sources, ground=ground)


def _check_parts(
    text: str, more: str | None, quotes: tuple[Quote, ...], *, sources: tuple[str, ...], ground: Ground
) -> None:
    for quote in quotes:
        check_quote(quote, ground=ground)
    for part in (text, more):
        if part:
            check_wording(part, sources=sources, ground=ground)
