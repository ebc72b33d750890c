"""Parallel texts → word vectors in one space: counts within a window, PPMI, truncated SVD.

Source of the method: Levy, Goldberg, Dagan 2015, "Improving distributional similarity with lessons learned from word
embeddings" (PPMI with smoothed contexts, symmetric SVD). Two languages share a space because the versions of a document
are woven together by relative position before counting (Vulić, Moens 2015, "Bilingual word embeddings from
non-parallel document data", merge and shuffle; here without the shuffle).
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from weerklank.errors import MissingExtra, TooLittleData
from weerklank.synthesis.refusals import because
from weerklank.synthesis.vectors import vectors_as_bytes
from weerklank.synthesis.words import forms_in, key_of, languages, lexicon_for

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from scipy.sparse import csr_matrix

    Numbers = npt.NDArray[np.int64]
    Matrix = npt.NDArray[np.float32]

__all__ = ["Training", "read_corpus", "train_vectors"]

Document = Mapping[str, str]
Progress = Callable[[int, int], None]

_SHORTEST = 3
_BOTTOM = -1


@dataclass(frozen=True, slots=True)
class Training:
    """How vectors are made.

    :param dimensions: length of a vector.
    :param window: how far a neighbour in the woven text may stand; nearer counts more.
    :param least: a key occurs at least so often.
    :param most: at most so many keys per language, the most frequent.
    :param smoothing: exponent on the frequency of contexts.
    :param whitening: exponent on the singular values.
    """

    dimensions: int = 200
    window: int = 20
    least: int = 5
    most: int = 7_000
    smoothing: float = 0.75
    whitening: float = 0.5


def read_corpus(path: str | Path) -> tuple[dict[str, str], ...]:
    """Documents of a JSON-lines file (``.jsonl`` or ``.jsonl.gz``); a field ``text_nl`` holds the Dutch version, and so on.

    :raises BadInput: a line is no JSON object with at least one such field.
    """
    file = Path(path)
    with gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb") as lines:
        return tuple(_document(line, file.name, number) for number, line in enumerate(lines, start=1))


def _document(line: bytes, source: str, number: int) -> dict[str, str]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise because.bad_input("no-json", source=source, line=number) from error
    fields = languages()
    found = (
        {language: str(row[f"text_{language}"]) for language in fields if row.get(f"text_{language}")}
        if isinstance(row, dict)
        else {}
    )
    if not found:
        raise because.bad_input("no-corpus-text", source=source, line=number)
    return found


def _keys(text: str, language: str) -> Iterator[str]:
    lexicon = lexicon_for(language)
    for form in forms_in(text):
        if len(form) >= _SHORTEST and form not in lexicon.stop:
            yield f"{language}:{key_of(form, lexicon)}"


def _woven(document: Document) -> list[str]:
    """The keys of all versions in the order of their relative position."""
    placed = []
    for language in sorted(document):
        keys = list(_keys(document[language], language))
        placed += [((at + 0.5) / len(keys), language, key) for at, key in enumerate(keys)]
    return [key for _, _, key in sorted(placed)]


def _vocabulary(counted: Counter[str], settings: Training) -> tuple[str, ...]:
    ranked = sorted(counted, key=lambda key: (-counted[key], key))
    chosen: list[str] = []
    per_language: Counter[str] = Counter()
    for key in ranked:
        language = key.split(":", 1)[0]
        if counted[key] >= settings.least and per_language[language] < settings.most:
            per_language[language] += 1
            chosen.append(key)
    return tuple(chosen)


def _together(stream: Numbers, size: int, window: int) -> csr_matrix:
    """Symmetric counts: a neighbour at distance d counts (window + 1 - d) / window."""
    import numpy as np
    from scipy.sparse import csr_matrix

    total = csr_matrix((size, size), dtype=np.float32)
    for distance in range(1, window + 1):
        left, right = stream[:-distance], stream[distance:]
        both = (left >= 0) & (right >= 0)
        weight = np.full(int(both.sum()), (window + 1 - distance) / window, dtype=np.float32)
        total = total + csr_matrix((weight, (left[both], right[both])), shape=(size, size))
    return total + total.T


def _informative(counts: csr_matrix, smoothing: float) -> csr_matrix:
    """Positive pointwise mutual information."""
    import numpy as np

    sums = np.asarray(counts.sum(axis=1), dtype=np.float64).ravel()
    contexts = sums**smoothing
    pairs = counts.tocoo()
    chance = sums[pairs.row] * contexts[pairs.col] / contexts.sum()
    pairs.data = np.maximum(0.0, np.log(pairs.data / np.maximum(chance, 1e-12))).astype(np.float32)
    found = pairs.tocsr()
    found.eliminate_zeros()
    return found


def _stream(woven: Iterable[list[str]], place: Mapping[str, int], window: int) -> Numbers:
    """All documents one after another as numbers, with a gap that no window bridges."""
    import numpy as np

    numbers: list[int] = []
    gap = [_BOTTOM] * window
    for keys in woven:
        numbers += [place[key] for key in keys if key in place]
        numbers += gap
    return np.array(numbers, dtype=np.int64)


def _reduced(informative: csr_matrix, settings: Training) -> Matrix:
    import numpy as np
    from scipy.sparse.linalg import svds

    size = informative.shape[0]
    start = np.full(size, 1 / np.sqrt(size))
    left, strength, _ = svds(informative.astype(np.float64), k=settings.dimensions, v0=start)
    order = np.argsort(-strength)
    left, strength = left[:, order], strength[order]
    # Singular vectors are known up to their sign: let the largest entry be positive.
    signs = np.sign(left[np.abs(left).argmax(axis=0), np.arange(left.shape[1])])
    rows = left * signs * strength**settings.whitening
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    made: Matrix = (rows / np.where(norms > 0, norms, 1)).astype(np.float32)
    return made


def train_vectors(
    documents: Iterable[Document],
    *,
    settings: Training | None = None,
    source: str = "",
    progress: Progress | None = None,
) -> bytes:
    """The bytes of a file for :func:`~weerklank.synthesis.vectors.load_vectors`; the same every time on one machine.

    :param documents: per document its versions by language (``{"nl": …, "fr": …}``).
    :param source: kept in the file: what it was made from.
    :param progress: called with (done, total) for each document read.
    :raises TooLittleData: fewer keys than dimensions.
    :raises MissingExtra: numpy or scipy is not installed.
    """
    chosen = settings or Training()
    try:
        import numpy as np
        import scipy.sparse.linalg  # noqa: F401
    except ImportError as error:
        raise MissingExtra("synthesis", needed_for=because("needs-training")) from error
    every = list(documents)
    woven = []
    for done, document in enumerate(every, start=1):
        woven.append(_woven(document))
        if progress is not None:
            progress(done, len(every))
    counted = Counter(key for keys in woven for key in keys)
    keys = _vocabulary(counted, chosen)
    if len(keys) <= chosen.dimensions:
        raise TooLittleData(because("few-words", words=len(keys), dimensions=chosen.dimensions))
    place = {key: row for row, key in enumerate(keys)}
    counts = _together(_stream(woven, place, chosen.window), len(keys), chosen.window)
    rows = _reduced(_informative(counts, chosen.smoothing), chosen)
    total = sum(counted.values())
    frequencies = np.array([counted[key] / total for key in keys], dtype=np.float32)
    about = {"documents": len(every), "keys": len(keys), "source": source, "training": asdict(chosen)}
    return vectors_as_bytes(keys, rows, frequencies, about)
