"""Which language a sentence is in: the one in which its words are most frequent (wordfreq)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from weerklank.errors import MissingExtra
from weerklank.synthesis.refusals import because
from weerklank.synthesis.words import languages

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from scipy.sparse import csr_matrix

__all__ = ["is_word", "languages_of"]

_RAREST = 1e-7
# Natural logarithm: a sentence must be e^4 times likelier in another language than in the expected one.
_CLEARLY = 4.0


@lru_cache(maxsize=8)
def _frequencies(language: str) -> dict[str, float]:
    try:
        from wordfreq import get_frequency_dict
    except ImportError as error:
        raise MissingExtra("synthesis", needed_for=because("needs-languages")) from error
    return dict(get_frequency_dict(language, wordlist="small"))


def is_word(form: str, language: str) -> bool:
    """Whether a form is among the thirty thousand or so most frequent of a language."""
    return form in _frequencies(language)


def languages_of(
    counts: csr_matrix, forms: Sequence[str], expected: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Per text the index in :func:`~weerklank.synthesis.words.languages` of its language.

    :param counts: texts × forms, how often.
    :param expected: per text the language it is in unless its words clearly say otherwise.
    """
    import numpy as np

    known = languages()
    table = np.log(
        [[max(_RAREST, _frequencies(language).get(form, 0.0)) for language in known] for form in forms]
        or np.ones((0, len(known)))
    )
    scores = np.asarray(counts @ table)
    rows = np.arange(len(expected))
    best = scores.argmax(axis=1) if len(rows) else expected
    clearly = scores[rows, best] - scores[rows, expected] >= _CLEARLY
    found: npt.NDArray[np.int64] = np.where(clearly, best, expected).astype(np.int64)
    return found
