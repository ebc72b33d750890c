"""Contributions prepared once for every step: order, sentences, words, families."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from weerklank.evidence import Contribution, Quote, Span
from weerklank.evidence.claims import sentences_in
from weerklank.synthesis.records import Coverage
from weerklank.synthesis.words import Lexicon, families_of, tokens_of

__all__ = ["Reading", "coverage_of", "fingerprint", "hash_of", "place_of", "read", "sentence_quotes"]


def hash_of(contribution: Contribution) -> str:
    """Hash of all that was said and where, but not of the id: what order is decided by."""
    parts = (
        contribution.text,
        contribution.theme,
        contribution.room or "",
        contribution.level or "",
        contribution.tone or "",
        contribution.prompt or "",
    )
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Reading:
    """All contributions, in the order of their hash, with the families each one holds.

    :param families: per contribution its family keys, as often as they occur.
    :param forms: per family the forms that occur, and in which contributions.
    """

    said: tuple[Contribution, ...]
    families: tuple[tuple[str, ...], ...]
    forms: Mapping[str, Mapping[str, frozenset[str]]]
    family_of: Mapping[str, str]
    lexicon: Lexicon

    def by_id(self) -> dict[str, Contribution]:
        """Contributions by id."""
        return {one.id: one for one in self.said}


def read(contributions: Iterable[Contribution], lexicon: Lexicon) -> Reading:
    """Prepare contributions; the order they come in does not matter."""
    said = tuple(sorted(contributions, key=lambda one: (hash_of(one), one.id)))
    tokens = [tokens_of(one.text) for one in said]
    family_of = families_of((token.form for found in tokens for token in found), lexicon)
    forms: dict[str, dict[str, set[str]]] = {}
    for one, found in zip(said, tokens, strict=True):
        for token in found:
            if family := family_of.get(token.form):
                forms.setdefault(family, {}).setdefault(token.form, set()).add(one.id)
    return Reading(
        said,
        tuple(tuple(family_of[t.form] for t in found if t.form in family_of) for found in tokens),
        {family: {form: frozenset(ids) for form, ids in held.items()} for family, held in forms.items()},
        family_of,
        lexicon,
    )


def coverage_of(contributions: Iterable[Contribution]) -> Coverage:
    """Where these were said, literally counted. Room unknown: its theme stands for it."""
    said = list(contributions)
    return Coverage(
        contributions=tuple(sorted(one.id for one in said)),
        themes=tuple(sorted({one.theme for one in said})),
        rooms=tuple(sorted({one.room for one in said if one.room is not None})),
        levels=tuple(sorted({one.level for one in said if one.level is not None})),
        places=len({place_of(one) for one in said}),
    )


def place_of(contribution: Contribution) -> tuple[bool, str]:
    """The room, or the theme when the room is not known."""
    if contribution.room is not None:
        return (True, contribution.room)
    return (False, contribution.theme)


def sentence_quotes(contribution: Contribution) -> Iterator[Quote]:
    """The sentences of a contribution as literal slices."""
    at = 0
    for sentence in sentences_in(contribution.text):
        start = contribution.text.index(sentence, at)
        at = start + len(sentence)
        yield Quote(contribution.id, Span(start, at), sentence)


def fingerprint(said: Sequence[Contribution], *settings: object) -> str:
    """SHA-256 of contributions (in their own order) and settings."""
    digest = hashlib.sha256()
    for one in said:
        digest.update(f"{one.id}\x1f{hash_of(one)}\x1e".encode("utf-8", "surrogatepass"))
    digest.update(repr(settings).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
