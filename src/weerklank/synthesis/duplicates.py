"""Sentences that say nearly the same, in tiers. Linked, never merged or removed.

*exact*: the same words. *near*: cosine of the sets of four-letter runs, every pair found (prefix filtering:
Bayardo, Ma, Srikant 2007, "Scaling up all pairs similarity search"; with more than one shared run: Wang, Li, Feng 2012). *variant*: near, but with another number
or a negation on one side: alike in letters, not in meaning. *same point*: other letters, near in the space of vectors.

With more contributions than the full graph holds, comparing every pair is out of reach: there candidates come from
min-hashes of words (Broder 1997) and must share most of their words; that tier finds fewer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weerklank.synthesis.reading import Reading
from weerklank.synthesis.records import Duplicate, DuplicateTier
from weerklank.synthesis.settings import Settings
from weerklank.synthesis.words import Lexicon, forms_in, lexicon_for

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from scipy.sparse import csr_matrix

    Matrix = npt.NDArray[np.float32]
    Numbers = npt.NDArray[np.int64]

__all__ = ["Copies", "copies_of", "duplicates_of", "repeats_in", "same_points"]

_RUN = 4
_SHORTEST_SENTENCE = 5
_NOT_LETTERS = re.compile(r"\W+", re.UNICODE)
_DIGITS = re.compile(r"\d+")
_ROUNDING = 1e-6
_BLOCK = 2_000
_NEEDED = 6
_BANDS, _ROWS = 4, 2
_PRIME = 2_147_483_647


@dataclass(frozen=True, eq=False)
class Copies:
    """Links between sentences, as rows of the reading.

    :param head: per sentence the first sentence with the same words (itself when it is the first or the only one).
    :param left: near-duplicate pairs between heads, left < right.
    """

    head: Numbers
    left: Numbers
    right: Numbers
    score: Matrix


def repeats_in(reading: Reading, copies: Copies) -> npt.NDArray[np.bool_]:
    """Per contribution whether most of its words repeat an earlier one (in the order of content)."""
    import numpy as np

    copied = copies.head != np.arange(len(copies.head))
    copied[copies.right] = True
    sizes = np.asarray(reading.counts.sum(axis=1)).ravel()
    repeated = np.bincount(reading.owner, weights=sizes * copied, minlength=len(reading.said))
    return repeated > np.bincount(reading.owner, weights=sizes, minlength=len(reading.said)) / 2


def _bare(text: str) -> str:
    return _NOT_LETTERS.sub(" ", text.casefold()).strip()


def copies_of(reading: Reading, settings: Settings) -> Copies:
    """Which sentences are the same or nearly so, shorter than five words left out."""
    import numpy as np

    long_enough = np.asarray(reading.counts.sum(axis=1)).ravel() >= _SHORTEST_SENTENCE
    first: dict[bytes, int] = {}
    head = np.arange(len(reading.segments))
    said = reading.pieces.seen_by(lambda piece: _bare(piece).split())
    for row in np.flatnonzero(long_enough).tolist():
        head[row] = first.setdefault(said.of(row), row)
    heads = np.array(sorted(first.values()), dtype=np.int64)
    if len(heads) < 2:
        empty = np.zeros(0, dtype=np.int64)
        return Copies(head, empty, empty, np.zeros(0, dtype=np.float32))
    if len(reading.said) > settings.full_graph:
        left, right, score = _hashed(reading.counts[heads], settings.duplicate_likeness)
    else:
        texts = [_bare(reading.segments[row].quote.text) for row in heads.tolist()]
        left, right, score = _all_pairs(_runs(texts), settings.duplicate_likeness)
    return Copies(head, heads[left], heads[right], score)


def _runs(texts: Sequence[str]) -> csr_matrix:
    """Texts × four-letter runs, ones where a text has the run."""
    import numpy as np
    from scipy.sparse import csr_matrix

    column: dict[str, int] = {}
    columns: list[int] = []
    ends = [0]
    for text in texts:
        bare = f" {text} "
        held = dict.fromkeys(bare[at : at + _RUN] for at in range(max(1, len(bare) - _RUN + 1)))
        columns += [column.setdefault(run, len(column)) for run in held]
        ends.append(len(columns))
    ones = np.ones(len(columns), dtype=np.float32)
    shape = (len(texts), max(1, len(column)))
    return csr_matrix((ones, np.array(columns, dtype=np.int64), np.array(ends)), shape=shape)


def _prefixes(rows: csr_matrix, least: float) -> tuple[csr_matrix, Numbers]:
    """Of each row its rarest runs, and how many of them it must share with the prefix of a row that is as near.

    A row of n runs shares at least a = least² · n with any row at that cosine. Then the n - a + k rarest of one and of the
    other share k (k ≤ a): rows that only share a few can be passed over.
    """
    import numpy as np
    from scipy.sparse import csr_matrix

    seen = np.asarray(rows.sum(axis=0)).ravel()
    rank = np.empty(rows.shape[1], dtype=np.int64)
    rank[np.argsort(seen, kind="stable")] = np.arange(rows.shape[1])
    sizes = np.diff(rows.indptr)
    shared = np.ceil(least * least * sizes - _ROUNDING).astype(np.int64)
    needed = np.minimum(_NEEDED, np.maximum(shared, 1))
    owner = np.repeat(np.arange(rows.shape[0]), sizes)
    order = np.lexsort((rank[rows.indices], owner))
    place = np.arange(len(owner)) - rows.indptr[:-1][owner]
    kept = order[place < (sizes - shared + needed)[owner]]
    ones = np.ones(len(kept), dtype=np.float32)
    return csr_matrix((ones, (owner[kept], rows.indices[kept])), shape=rows.shape), needed


def _all_pairs(rows: csr_matrix, least: float) -> tuple[Numbers, Numbers, Matrix]:
    """Every pair of rows whose cosine is at least ``least``."""
    import numpy as np

    prefixes, needed = _prefixes(rows, least)
    sizes = np.diff(rows.indptr).astype(np.float64)
    others = prefixes.T.tocsr()
    found: list[tuple[Numbers, Numbers, Matrix]] = []
    for start in range(0, rows.shape[0], _BLOCK):
        meet = (prefixes[start : start + _BLOCK] @ others).tocoo()
        left, right = meet.row.astype(np.int64) + start, meet.col.astype(np.int64)
        enough = (left < right) & (meet.data >= np.minimum(needed[left], needed[right]))
        left, right = left[enough], right[enough]
        dot = np.asarray(rows[left].multiply(rows[right]).sum(axis=1), dtype=np.float64).ravel()
        score = (dot / np.sqrt(sizes[left] * sizes[right])).astype(np.float32)
        near = score >= least - _ROUNDING
        found.append((left[near], right[near], score[near]))
    left, right, score = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return left, right, score


def _hashed(counts: csr_matrix, least: float) -> tuple[Numbers, Numbers, Matrix]:
    """Pairs of a text and the first one with which it shares a band of min-hashes, when they share most words."""
    import numpy as np

    rows = counts.tocsr()
    norms = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    lots = np.random.default_rng(0)
    found = []
    for _ in range(_BANDS):
        band = np.zeros(rows.shape[0], dtype=np.int64)
        for _ in range(_ROWS):
            drawn = lots.permutation(rows.shape[1]).astype(np.int32)
            least_drawn = np.minimum.reduceat(drawn[rows.indices], rows.indptr[:-1])
            band = (band * 1_000_003 + least_drawn) % _PRIME
        order = np.argsort(band, kind="stable")
        same = band[order][1:] == band[order][:-1]
        starts = np.flatnonzero(np.concatenate(([True], ~same)))
        first = np.repeat(order[starts], np.diff(np.concatenate((starts, [len(order)]))))
        apart = first != order
        found.append(first[apart] * rows.shape[0] + order[apart])
    left, right = np.divmod(np.unique(np.concatenate(found)), rows.shape[0])
    score = np.zeros(len(left), dtype=np.float32)
    for start in range(0, len(left), _BLOCK * 100):
        some = slice(start, start + _BLOCK * 100)
        dot = np.asarray(rows[left[some]].multiply(rows[right[some]]).sum(axis=1)).ravel()
        score[some] = dot / (norms[left[some]] * norms[right[some]])
    near = score >= least
    return left[near], right[near], score[near]


@dataclass(frozen=True, slots=True)
class _Told:
    """Of a sentence: its words, the numbers it names, and whether it denies."""

    forms: tuple[str, ...]
    numbers: tuple[str, ...]
    negated: bool


def _told(text: str, lexicon: Lexicon) -> _Told:
    forms = forms_in(text)
    numbers = _DIGITS.findall(text) + [form for form in forms if form in lexicon.numbers]
    negations = sum(form in lexicon.negations for form in forms)
    return _Told(tuple(forms), tuple(sorted(numbers)), negations % 2 == 1)


class _Telling(dict[tuple[int, str], _Told]):
    """What sentences tell, by row and language: the same one stands in many pairs."""

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self.reading = reading

    def __missing__(self, asked: tuple[int, str]) -> _Told:
        row, language = asked
        told = self[asked] = _told(self.reading.segments[row].quote.text, lexicon_for(language))
        return told


def _differs(one: _Told, other: _Told) -> tuple[str, ...]:
    """Another number, or a negation on one side only."""
    found = {"number": one.numbers != other.numbers, "negation": one.negated != other.negated}
    return tuple(reason for reason, holds in found.items() if holds)


def duplicates_of(
    reading: Reading,
    copies: Copies,
    settings: Settings,
    alike: Iterable[tuple[int, int, float]] = (),
) -> tuple[Duplicate, ...]:
    """Records of the links between sentences of different contributions, nearest first.

    :param alike: pairs of sentences that make the same point in other words, with their cosine.
    """
    import numpy as np

    copied = np.flatnonzero(copies.head != np.arange(len(copies.head)))
    left, right = np.concatenate((copies.head[copied], copies.left)), np.concatenate((copied, copies.right))
    score = np.concatenate((np.ones(len(copied), dtype=np.float32), copies.score))
    if reading.large:
        kept = np.lexsort((right, left, -score))[: settings.most_duplicates]
        left, right, score = left[kept], right[kept], score[kept]
    telling = _Telling(reading)
    pairs = list(zip(left.tolist(), right.tolist(), score.tolist(), strict=True))
    found = [_duplicate(reading, telling, *pair) for pair in pairs]
    known = {frozenset(pair[:2]) for pair in pairs}
    found += [
        _duplicate(reading, telling, *pair, tier=DuplicateTier.SAME_POINT)
        for pair in alike
        if frozenset(pair[:2]) not in known
    ]

    def order(one: Duplicate) -> tuple[float, str, str, str, str]:
        return (-one.score, one.left.text, one.left.contribution, one.right.text, one.right.contribution)

    return tuple(sorted((one for one in found if one is not None), key=order))


def _duplicate(
    reading: Reading,
    telling: _Telling,
    left: int,
    right: int,
    score: float,
    *,
    tier: DuplicateTier | None = None,
) -> Duplicate | None:
    one, other = reading.segments[left], reading.segments[right]
    if one.quote.contribution == other.quote.contribution:
        return None
    # Contributions differ, and so do their ids.
    turned = other.quote.contribution < one.quote.contribution
    first, second = (other.quote, one.quote) if turned else (one.quote, other.quote)
    told, retold = telling[left, one.language], telling[right, one.language]
    differs = _differs(told, retold)
    if tier is None and differs:
        tier = DuplicateTier.VARIANT
    elif tier is None:
        tier = DuplicateTier.EXACT if told.forms == retold.forms else DuplicateTier.NEAR
    kept = () if tier is DuplicateTier.SAME_POINT else differs
    return Duplicate(first, second, tier, round(min(1.0, score), 6), kept)


def same_points(
    reading: Reading, neighbours: Numbers, cosine: Matrix, least: float
) -> tuple[tuple[int, int, float], ...]:
    """Pairs of contributions of one sentence each that are near in the space: the same point in other words.

    A longer contribution makes several points, and its place is that of none of them.
    """
    import numpy as np

    sentences = np.bincount(reading.owner, minlength=len(reading.said))
    row_of: dict[int, int] = {}
    for row, owner in enumerate(reading.owner.tolist()):
        row_of.setdefault(owner, row)
    sizes = np.asarray(reading.said_words.sum(axis=1)).ravel()
    pairs: dict[tuple[int, int], float] = defaultdict(float)
    for left, rank in np.argwhere(cosine >= least).tolist():
        right = int(neighbours[left, rank])
        single = sentences[left] == 1 and sentences[right] == 1
        if single and min(sizes[left], sizes[right]) >= _SHORTEST_SENTENCE:
            pairs[min(left, right), max(left, right)] = float(cosine[left, rank])
    return tuple((row_of[left], row_of[right], score) for (left, right), score in sorted(pairs.items()))
