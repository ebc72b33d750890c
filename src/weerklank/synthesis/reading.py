"""Contributions prepared once for every step: order, sentences, languages, words, families; all as sparse counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from weerklank.errors import MissingExtra
from weerklank.evidence import Contribution, Quote, Span
from weerklank.evidence.claims import sentences_in
from weerklank.synthesis.languages import is_word, languages_of
from weerklank.synthesis.ordering import in_order
from weerklank.synthesis.pieces import pieces_of
from weerklank.synthesis.records import Segment
from weerklank.synthesis.refusals import because
from weerklank.synthesis.settings import Settings
from weerklank.synthesis.whereabouts import Whereabouts, coverage_of
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

    from weerklank.synthesis.pieces import Strings

    Numbers = npt.NDArray[np.int64]

__all__ = ["Reading", "coverage_of", "read"]


_RARE = 3


@dataclass(frozen=True, eq=False)
class Reading:
    """All contributions, in the order of their hash, with what each sentence holds.

    :param owner: per sentence the place of its contribution in ``said``.
    :param pieces: sentences as what stands between white space.
    :param tongue: per contribution its language.
    :param words: (language, form) of each column of ``counts``.
    :param counts: sentences × words, how often.
    :param families: keys of word families; those of another language than the settings' begin with ``fr:`` and so on.
    :param large: there are more contributions than the full graph holds.
    :param kin: per word the indices of its families: its own first, then those of its parts; () when it can be none.
    """

    said: tuple[Contribution, ...]
    hashes: tuple[bytes, ...]
    segments: tuple[Segment, ...]
    owner: Numbers
    pieces: Strings
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
        if self.large:  # each contribution is one sentence: a copy of millions of counts would say the same
            return self.segment_families
        return (self.by_owner @ self.segment_families).tocsr()

    @cached_property
    def where(self) -> Whereabouts:
        """Theme, room and level of each contribution."""
        return Whereabouts.of(self.said)

    @property
    def places(self) -> tuple[tuple[bool, str], ...]:
        """Rooms and themes that stand for a room."""
        return self.where.places

    @property
    def at_place(self) -> Numbers:
        """Per contribution the index of its place."""
        return self.where.at_place

    @property
    def id_order(self) -> Numbers:
        """Per contribution the rank of its id."""
        return self.where.id_order

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


def _counted(pieces: Strings) -> tuple[csr_matrix, tuple[str, ...]]:
    """Texts × forms, how often; and the forms."""
    import numpy as np
    from scipy.sparse import csr_matrix

    forms = pieces.seen_by(forms_in)
    ones = np.ones(len(forms.which), dtype=np.float32)
    shape = (len(forms.ends) - 1, len(forms.names))
    counts = csr_matrix((ones, forms.which, forms.ends), shape=shape)
    counts.sum_duplicates()
    return counts, forms.names


def _by_language(
    counts: csr_matrix, forms: Sequence[str], tongue: Numbers
) -> tuple[csr_matrix, tuple[tuple[str, str], ...]]:
    """The same counts with a column per language and form."""
    import numpy as np
    from scipy.sparse import csr_matrix

    both = np.repeat(tongue.astype(np.int32) * max(1, len(forms)), np.diff(counts.indptr))
    both += counts.indices
    present = np.zeros(len(languages()) * max(1, len(forms)), dtype=bool)
    present[both] = True
    pairs = np.flatnonzero(present)
    known = languages()
    words = tuple(
        (known[int(pair) // max(1, len(forms))], forms[int(pair) % max(1, len(forms))]) for pair in pairs
    )
    # Columns in the order of the words: whatever order the contributions were read in.
    order = sorted(range(len(words)), key=lambda index: words[index])
    rank = np.zeros(len(present), dtype=np.int32)
    rank[pairs[order]] = np.arange(len(words))
    made = csr_matrix((counts.data, rank[both], counts.indptr), shape=(counts.shape[0], len(words)))
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
    said, hashes = in_order(contributions)
    large = len(said) > settings.full_graph
    cut = _whole(said) if large else _sentences(said)
    pieces = pieces_of(cut.texts)
    counts, forms = _counted(pieces)
    known = languages()
    main = known.index(settings.language)
    # First the contribution as a whole, then each sentence: a short one follows the rest.
    groups = _group(cut.owner, len(said))
    whole = languages_of((groups @ counts).tocsr(), forms, np.full(len(said), main, dtype=np.int64))
    tongue = languages_of(counts, forms, whole[cut.owner])
    by_language, words = _by_language(counts, forms, tongue)
    often = np.asarray(by_language.sum(axis=0)).ravel()
    families, kin = _families(words, often >= (_RARE if large else 1), settings.language)
    return Reading(
        said=said,
        hashes=hashes,
        segments=_segments(said, cut, [known[one] for one in tongue.tolist()]),
        owner=cut.owner,
        pieces=pieces,
        tongue=tuple(known[one] for one in whole.tolist()),
        words=words,
        counts=by_language,
        families=families,
        kin=kin,
        lexicon=lexicon,
        large=large,
    )


@dataclass(frozen=True, eq=False)
class _Cut:
    """Slices of contributions: whose, from where, and what they say."""

    owner: Numbers
    starts: Sequence[int]
    texts: Sequence[str]


def _whole(said: Sequence[Contribution]) -> _Cut:
    import numpy as np

    return _Cut(np.arange(len(said)), [0] * len(said), [one.text for one in said])


def _sentences(said: Sequence[Contribution]) -> _Cut:
    """Each sentence as a literal slice."""
    import numpy as np

    owner: list[int] = []
    starts: list[int] = []
    texts: list[str] = []
    for position, one in enumerate(said):
        at = 0
        for sentence in sentences_in(one.text):
            start = one.text.index(sentence, at)
            at = start + len(sentence)
            owner.append(position)
            starts.append(start)
            texts.append(sentence)
    return _Cut(np.array(owner, dtype=np.int64), starts, texts)


def _segments(said: Sequence[Contribution], cut: _Cut, spoken: Sequence[str]) -> tuple[Segment, ...]:
    import numpy as np

    span = lru_cache(maxsize=None)(Span)  # most texts are as long as another: one span for all of those
    numbers = np.arange(1, len(cut.owner) + 1) - np.searchsorted(cut.owner, cut.owner)
    whose = (said[owner].id for owner in cut.owner.tolist())
    each = zip(whose, numbers.tolist(), cut.starts, cut.texts, spoken, strict=True)
    return tuple(
        Segment(f"{name}#{number}", Quote(name, span(start, start + len(text)), text), language)
        for name, number, start, text, language in each
    )


def _group(owner: Numbers, count: int) -> csr_matrix:
    import numpy as np
    from scipy.sparse import csr_matrix

    ones = np.ones(len(owner), dtype=np.float32)
    return csr_matrix((ones, (owner, np.arange(len(owner)))), shape=(count, len(owner)))
