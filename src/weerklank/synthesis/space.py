"""A space in which texts that speak of the same lie near each other, whatever their language.

Two blocks beside each other: own word vectors (weighed by rarity, centred per language), and latent semantic analysis
of lemmas and letter runs of this very collection (Deerwester et al. 1990), which knows its jargon but not that
"vertrouwen" is "confiance". The second weighs more in a text of which the first knows few words. Where several languages are spoken, the second block would sort texts by language; there
only the first counts.

Both blocks are sums over words, so that a table word → vector is made once and a million texts are one product.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from weerklank.synthesis.words import key_of, lexicon_for

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from scipy.sparse import csr_matrix

    from weerklank.synthesis.vectors import WordVectors

    Matrix = npt.NDArray[np.float32]
    Numbers = npt.NDArray[np.int64]

__all__ = ["Encoder", "Space", "space_of"]

_LEXICAL, _UNKNOWN = 0.4, 1.2
_LEXICAL_DIMENSIONS = 60
_RUNS = (3, 4, 5)
_ONE_LANGUAGE = 0.9
_STEADY = 20
_TINY = 1e-9
_SMALL = 1_500
_SPARE, _ROUNDS = 20, 4


class Encoder(Protocol):
    """Another way to place texts, for example a multilingual model; rows need not have length one."""

    @property
    def name(self) -> str:
        """Name and version: kept with the result."""

    def encode(self, texts: Sequence[str], languages: Sequence[str]) -> Matrix:
        """Texts × dimensions; ``languages`` has one key per text."""


@dataclass(frozen=True, eq=False)
class Space:
    """A table word → vector, and how to make a text's place of it.

    :param own: words × dimensions of the word vectors, or None without.
    :param lexical: words × dimensions of the collection's own analysis, or None with several languages.
    :param content: per word 1 unless it is a stop word.
    :param centres: per language the mean that is taken away from the first block.
    """

    own: Matrix | None
    lexical: Matrix | None
    content: Matrix
    centres: Mapping[str, Matrix]

    def places(self, counts: csr_matrix, languages: Sequence[str]) -> Matrix:
        """Texts × dimensions, each of length one (or zero when none of its words is known)."""
        import numpy as np

        blocks = []
        if self.own is not None:
            block = _unit(np.asarray(counts @ self.own, dtype=np.float32))
            known = block.any(axis=1)
            spoken = np.array(languages)
            for language, centre in sorted(self.centres.items()):
                chosen = known & (spoken == language)
                block[chosen] -= centre
            blocks.append(_unit(block))
        # With several languages there is one block, and what no vector knows lies nowhere.
        if self.lexical is not None:
            block = _unit(np.asarray(counts @ self.lexical, dtype=np.float32))
            blocks.append(block * self._lexical_weight(counts))
        if not blocks:
            return np.zeros((counts.shape[0], 1), dtype=np.float32)
        return _unit(np.hstack(blocks))

    def _lexical_weight(self, counts: csr_matrix) -> Matrix:
        """Per text how much its letters count beside its vectors: more, the more of its words no vector knows."""
        import numpy as np

        if self.own is None:
            return np.ones((counts.shape[0], 1), dtype=np.float32)
        known = self.content * self.own.any(axis=1)
        share = (counts @ known) / np.maximum(counts @ self.content, 1)
        found: Matrix = (_LEXICAL + _UNKNOWN * (1 - share)).astype(np.float32)[:, None]
        return found


def _unit(rows: Matrix) -> Matrix:
    import numpy as np

    norms = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    # Shorter than the smallest is nothing at all.
    scale = np.where(norms > _TINY, 1 / np.maximum(norms, _TINY), 0).astype(np.float32)
    found: Matrix = rows * scale[:, None]
    return found


def space_of(
    counts: csr_matrix,
    words: Sequence[tuple[str, str]],
    languages: Sequence[str],
    vectors: WordVectors | None,
    *,
    known: npt.NDArray[np.bool_] | None = None,
) -> Space:
    """The space of a collection.

    :param counts: texts × words, how often; of a large collection, those of a sample.
    :param words: (language, form) of each column.
    :param languages: per text.
    :param known: columns that are worth looking up; all when not given.
    """
    import numpy as np

    own = None if vectors is None else _own_table(words, vectors, known)
    spoken = Counter(languages)
    covered = own is not None and bool((abs(own).sum(axis=1) > 0).any())
    own = own if covered else None
    mixed = bool(spoken) and max(spoken.values()) < _ONE_LANGUAGE * len(languages)
    lexical = None if mixed and own is not None else _lexical_table(counts, words)
    content = np.array([form not in lexicon_for(language).stop for language, form in words], dtype=np.float32)
    return Space(own, lexical, content, {} if own is None else _centres(counts, own, languages))


def _own_table(
    words: Sequence[tuple[str, str]], vectors: WordVectors, known: npt.NDArray[np.bool_] | None
) -> Matrix:
    import numpy as np

    spoken = set(vectors.languages)
    table = np.zeros((len(words), vectors.dimensions), dtype=np.float32)
    for column, (language, form) in enumerate(words):
        if known is not None and not known[column]:
            continue
        if language in spoken and form not in lexicon_for(language).stop:
            for row, weight in vectors.parts_of(form, language):
                table[column] += np.float32(weight) * vectors.rows[row]
    return table


def _centres(counts: csr_matrix, own: Matrix, languages: Sequence[str]) -> dict[str, Matrix]:
    """The mean of each language, drawn to the mean of all where few texts speak it."""
    import numpy as np

    places = _unit(np.asarray(counts @ own, dtype=np.float32))
    overall = places.mean(axis=0)
    centres = {}
    spoken = np.array(languages)
    for language in sorted(set(languages)):
        chosen = spoken == language
        share = chosen.sum() / (chosen.sum() + _STEADY)
        mean = share * places[chosen].mean(axis=0) + (1 - share) * overall
        # Of a handful of texts the mean says more about them than about the language.
        centres[language] = (mean * len(languages) / (len(languages) + _STEADY)).astype(np.float32)
    return centres


def _features_of(words: Sequence[tuple[str, str]], used: npt.NDArray[np.bool_]) -> csr_matrix:
    """Words × features: the key of the lemma, and the letter runs of the form; none for words that are not used."""
    import numpy as np
    from scipy.sparse import csr_matrix

    place: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for row, (language, form) in enumerate(words):
        lexicon = lexicon_for(language)
        if not used[row] or form in lexicon.stop:
            continue
        bare = f" {form} "
        runs = {bare[at : at + run] for run in _RUNS for at in range(len(bare) - run + 1)}
        for feature in [f"{language}:{key_of(form, lexicon)}", *sorted(runs)]:
            rows.append(row)
            columns.append(place.setdefault(feature, len(place)))
    ones = np.ones(len(rows), dtype=np.float32)
    return csr_matrix((ones, (rows, columns)), shape=(len(words), max(1, len(place))))


def _lexical_table(counts: csr_matrix, words: Sequence[tuple[str, str]]) -> Matrix | None:
    import numpy as np
    from scipy.sparse import diags

    used = np.asarray(counts.sum(axis=0)).ravel() > 0
    features = _features_of(words, used)
    held = (counts @ features).tocsr()
    occurs = np.asarray((held > 0).sum(axis=0)).ravel()
    texts = counts.shape[0]
    # What a single text says links it to nothing.
    shared = np.flatnonzero(occurs > 1)
    features, held, occurs = features[:, shared], held[:, shared], occurs[shared]
    rarity = (np.log((1 + texts) / (1 + occurs)) + 1).astype(np.float32)
    weighed = held @ diags(rarity)
    norms = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    weighed = diags(1 / np.maximum(norms, _TINY)) @ weighed
    dimensions = min(_LEXICAL_DIMENSIONS, min(weighed.shape) - 1)
    if dimensions < 1 or weighed.nnz == 0:
        return None
    axes = _axes(weighed.astype(np.float64).tocsr(), dimensions)
    table: Matrix = np.asarray(features @ diags(rarity) @ axes, dtype=np.float32)
    return table


def _axes(weighed: csr_matrix, dimensions: int) -> Matrix:
    """Features × dimensions: the right singular vectors; the sign of each is free and changes no cosine.

    Of a large collection by subspace iteration from a fixed start (Halko, Martinsson, Tropp 2011).
    """
    import numpy as np

    if weighed.shape[0] <= _SMALL:
        strength, left = np.linalg.eigh((weighed @ weighed.T).toarray())
        kept = np.argsort(-strength)[:dimensions]
        kept = kept[strength[kept] > _TINY]
        found: Matrix = weighed.T @ (left[:, kept] / np.sqrt(strength[kept]))
        return found
    small = weighed.astype(np.float32)
    turned_over = small.T.tocsr()
    start = (
        np.random.default_rng(0).standard_normal((weighed.shape[1], dimensions + _SPARE)).astype(np.float32)
    )
    basis = small @ start
    # Made orthogonal on the side of the texts: of those there are several times fewer than of features.
    for _ in range(_ROUNDS):
        basis = small @ (turned_over @ np.linalg.qr(basis)[0])
    basis = np.linalg.qr(basis)[0]
    across = np.asarray(turned_over @ basis)
    strength, turned = np.linalg.eigh(across.T @ across)
    kept = np.argsort(-strength)[:dimensions]
    axes: Matrix = across @ (turned[:, kept] / np.sqrt(np.maximum(strength[kept], _TINY)))
    return axes
