"""Contributions prepared once for every step: order, sentences, languages, words, families; all as sparse counts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from weerklank.errors import MissingExtra
from weerklank.evidence import Contribution, Quote, Span
from weerklank.evidence.claims import sentences_in
from weerklank.synthesis.languages import is_word, languages_of
from weerklank.synthesis.records import Coverage, Segment
from weerklank.synthesis.refusals import because
from weerklank.synthesis.settings import Settings
from weerklank.synthesis.words import (
    Lexicon,
    compounds_of,
    families_of,
    forms_in,
    languages,
    lexicon_for,
)

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from scipy.sparse import csr_matrix

    Numbers = npt.NDArray[np.int64]

__all__ = ["Reading", "coverage_of", "fingerprint", "hash_of", "place_of", "read", "sentence_quotes"]


_RARE = 3


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


@dataclass(frozen=True, eq=False)
class Reading:
    """All contributions, in the order of their hash, with what each sentence holds.

    :param owner: per sentence the place of its contribution in ``said``.
    :param tongue: per contribution its language.
    :param words: (language, form) of each column of ``counts``.
    :param counts: sentences × words, how often.
    :param families: keys of word families; those of another language than the settings' begin with ``fr:`` and so on.
    :param large: there are more contributions than the full graph holds.
    :param kin: per word the indices of its families: its own first, then those of its parts; () when it can be none.
    """

    said: tuple[Contribution, ...]
    hashes: tuple[str, ...]
    segments: tuple[Segment, ...]
    owner: Numbers
    tongue: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    counts: csr_matrix
    families: tuple[str, ...]
    kin: tuple[tuple[int, ...], ...]
    lexicon: Lexicon
    large: bool

    @cached_property
    def place(self) -> dict[str, int]:
        """Id → place in ``said``."""
        return {one.id: position for position, one in enumerate(self.said)}

    @cached_property
    def common(self) -> npt.NDArray[np.bool_]:
        """Words that occur often enough to be looked up: in a large collection a rare one is mostly a slip of the pen."""
        import numpy as np

        often = np.asarray(self.counts.sum(axis=0)).ravel()
        found: npt.NDArray[np.bool_] = often >= (_RARE if self.large else 1)
        return found

    @cached_property
    def by_owner(self) -> csr_matrix:
        """Contributions × sentences, ones."""
        import numpy as np
        from scipy.sparse import csr_matrix

        ones = np.ones(len(self.owner), dtype=np.float32)
        shape = (len(self.said), len(self.owner))
        return csr_matrix((ones, (self.owner, np.arange(len(self.owner)))), shape=shape)

    @cached_property
    def said_words(self) -> csr_matrix:
        """Contributions × words, how often."""
        return (self.by_owner @ self.counts).tocsr()

    @cached_property
    def in_family(self) -> csr_matrix:
        """Words × families, ones."""
        import numpy as np
        from scipy.sparse import csr_matrix

        held = [column for column, families in enumerate(self.kin) for _ in families]
        into = [family for families in self.kin for family in families]
        ones = np.ones(len(held), dtype=np.float32)
        shape = (len(self.words), max(1, len(self.families)))
        return csr_matrix(
            (ones, (np.array(held, dtype=np.int64), np.array(into, dtype=np.int64))), shape=shape
        )

    @cached_property
    def words_of(self) -> dict[int, tuple[int, ...]]:
        """Per family the columns of its words."""
        columns: dict[int, list[int]] = {}
        for column, families in enumerate(self.kin):
            for family in families:
                columns.setdefault(family, []).append(column)
        return {family: tuple(held) for family, held in columns.items()}

    @cached_property
    def kin_of(self) -> dict[tuple[str, str], tuple[int, ...]]:
        """(language, form) → families."""
        return dict(zip(self.words, self.kin, strict=True))

    @cached_property
    def segment_families(self) -> csr_matrix:
        """Sentences × families, how often."""
        return (self.counts @ self.in_family).tocsr()

    @cached_property
    def said_families(self) -> csr_matrix:
        """Contributions × families, how often."""
        return (self.by_owner @ self.segment_families).tocsr()

    @cached_property
    def places(self) -> tuple[tuple[bool, str], ...]:
        """Rooms and themes that stand for a room, sorted."""
        return tuple(sorted({place_of(one) for one in self.said}))

    @cached_property
    def at_place(self) -> Numbers:
        """Per contribution the index of its place."""
        import numpy as np

        index = {place: number for number, place in enumerate(self.places)}
        return np.array([index[place_of(one)] for one in self.said], dtype=np.int64)

    @cached_property
    def id_order(self) -> Numbers:
        """Per contribution the rank of its id."""
        import numpy as np

        order = sorted(range(len(self.said)), key=lambda position: self.said[position].id)
        ranks = np.empty(len(self.said), dtype=np.int64)
        ranks[order] = np.arange(len(self.said))
        return ranks

    @cached_property
    def lead_in(self) -> Numbers:
        """Per contribution the place of the lead-in it completes, or -1."""
        import numpy as np

        found = (self.place.get(one.context, -1) if one.context else -1 for one in self.said)
        return np.fromiter(found, dtype=np.int64, count=len(self.said))

    def segments_of(self, position: int) -> range:
        """Sentences of a contribution; they stand together."""
        import numpy as np

        first, last = np.searchsorted(self.owner, [position, position + 1])
        return range(int(first), int(last))

    def forms(self, listed: Iterable[tuple[str, frozenset[str]]]) -> Numbers:
        """Columns of the words that stand in the list of their language."""
        import numpy as np

        lists = dict(listed)
        empty: frozenset[str] = frozenset()
        found = [
            column for column, (language, form) in enumerate(self.words) if form in lists.get(language, empty)
        ]
        return np.array(found, dtype=np.int64)


def _segments(said: Sequence[Contribution], whole: bool) -> tuple[list[Quote], list[int]]:
    quotes: list[Quote] = []
    owner: list[int] = []
    for position, one in enumerate(said):
        if whole:
            quotes.append(Quote(one.id, Span(0, len(one.text)), one.text))
            owner.append(position)
            continue
        for quote in sentence_quotes(one):
            quotes.append(quote)
            owner.append(position)
    return quotes, owner


def _counted(quotes: Sequence[Quote]) -> tuple[csr_matrix, list[str]]:
    import numpy as np
    from scipy.sparse import csr_matrix

    column: dict[str, int] = {}
    columns: list[int] = []
    ends = [0]
    for quote in quotes:
        columns += [column.setdefault(form, len(column)) for form in forms_in(quote.text)]
        ends.append(len(columns))
    held = np.array(columns, dtype=np.int32)
    counts = csr_matrix(
        (np.ones(len(held), dtype=np.float32), held, np.array(ends, dtype=np.int64)),
        shape=(len(quotes), len(column)),
    )
    counts.sum_duplicates()
    return counts, list(column)


def _by_language(
    counts: csr_matrix, forms: Sequence[str], tongue: Numbers
) -> tuple[csr_matrix, tuple[tuple[str, str], ...]]:
    """The same counts with a column per language and form."""
    import numpy as np
    from scipy.sparse import csr_matrix

    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    both = tongue[rows] * max(1, len(forms)) + counts.indices
    present = np.zeros(len(languages()) * max(1, len(forms)), dtype=bool)
    present[both] = True
    pairs, columns = np.flatnonzero(present), (np.cumsum(present) - 1)[both]
    known = languages()
    words = tuple(
        (known[int(pair) // max(1, len(forms))], forms[int(pair) % max(1, len(forms))]) for pair in pairs
    )
    # Columns in the order of the words: whatever order the contributions were read in.
    order = sorted(range(len(words)), key=lambda index: words[index])
    rank = np.empty(len(words), dtype=np.int64)
    rank[order] = np.arange(len(words))
    made = csr_matrix((counts.data, rank[columns], counts.indptr), shape=(counts.shape[0], len(words)))
    made.sort_indices()
    return made, tuple(words[index] for index in order)


def _families(
    words: Sequence[tuple[str, str]], looked_up: npt.NDArray[np.bool_], language: str
) -> tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]:
    """Families of all words, and per word those it counts for."""
    found: list[tuple[str, ...]] = [()] * len(words)
    for spoken in sorted({one for one, _ in words}):
        lexicon = lexicon_for(spoken)
        forms = (
            form
            for (one, form), useful in zip(words, looked_up.tolist(), strict=True)
            if useful and one == spoken
        )
        family_of = families_of(forms, lexicon)
        parts_of = compounds_of(family_of, lexicon, partial(is_word, language=spoken))
        before = "" if spoken == language else f"{spoken}:"
        for column, (one, form) in enumerate(words):
            if one == spoken and form in family_of:
                kin = (family_of[form], *sorted(parts_of.get(form, ())))
                found[column] = tuple(before + family for family in kin)
    families = tuple(sorted({family for kin in found for family in kin}))
    index = {family: number for number, family in enumerate(families)}
    return families, tuple(tuple(index[family] for family in kin) for kin in found)


def read(contributions: Iterable[Contribution], settings: Settings) -> Reading:
    """Prepare contributions; the order they come in does not matter.

    :raises BadInput: no word lists for the language, or two contributions with one id.
    """
    lexicon = lexicon_for(settings.language)
    try:
        import numpy as np
        import scipy.sparse  # noqa: F401
    except ImportError as error:
        raise MissingExtra("synthesis", needed_for=because("needs-reading")) from error
    ordered = sorted(
        ((hash_of(one), one.id, one) for one in _distinct(contributions)), key=lambda found: found[:2]
    )
    said = tuple(one for _, _, one in ordered)
    quotes, owners = _segments(said, whole=len(said) > settings.full_graph)
    owner = np.array(owners, dtype=np.int64)
    counts, forms = _counted(quotes)
    known = languages()
    main = known.index(settings.language)
    # First the contribution as a whole, then each sentence: a short one follows the rest.
    groups = _group(owner, len(said))
    whole = languages_of((groups @ counts).tocsr(), forms, np.full(len(said), main, dtype=np.int64))
    tongue = languages_of(counts, forms, whole[owner])
    by_language, words = _by_language(counts, forms, tongue)
    large = len(said) > settings.full_graph
    often = np.asarray(by_language.sum(axis=0)).ravel()
    families, kin = _families(words, often >= (_RARE if large else 1), settings.language)
    return Reading(
        said=said,
        hashes=tuple(one for one, _, _ in ordered),
        segments=tuple(_numbered(quotes, owners, [known[one] for one in tongue.tolist()])),
        owner=owner,
        tongue=tuple(known[one] for one in whole.tolist()),
        words=words,
        counts=by_language,
        families=families,
        kin=kin,
        lexicon=lexicon,
        large=large,
    )


def _distinct(contributions: Iterable[Contribution]) -> tuple[Contribution, ...]:
    said = tuple(contributions)
    if len({one.id for one in said}) < len(said):
        raise because.bad_input("same-id")
    return said


def _group(owner: Numbers, count: int) -> csr_matrix:
    import numpy as np
    from scipy.sparse import csr_matrix

    ones = np.ones(len(owner), dtype=np.float32)
    return csr_matrix((ones, (owner, np.arange(len(owner)))), shape=(count, len(owner)))


def _numbered(quotes: Sequence[Quote], owners: Sequence[int], spoken: Sequence[str]) -> Iterator[Segment]:
    before, number = -1, 0
    for quote, owner, language in zip(quotes, owners, spoken, strict=True):
        number = number + 1 if owner == before else 1
        before = owner
        yield Segment(f"{quote.contribution}#{number}", quote, language)


def coverage_of(contributions: Iterable[Contribution], related: tuple[str, ...] = ()) -> Coverage:
    """Where these were said, literally counted. Room unknown: its theme stands for it."""
    said = list(contributions)
    return Coverage(
        contributions=tuple(sorted(one.id for one in said)),
        themes=tuple(sorted({one.theme for one in said})),
        rooms=tuple(sorted({one.room for one in said if one.room is not None})),
        levels=tuple(sorted({one.level for one in said if one.level is not None})),
        places=len({place_of(one) for one in said}),
        related=related,
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


def fingerprint(reading: Reading) -> str:
    """SHA-256 of the contributions, in the order of their content."""
    digest = hashlib.sha256()
    for one, hashed in zip(reading.said, reading.hashes, strict=True):
        digest.update(f"{one.id}\x1f{hashed}\x1e".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
