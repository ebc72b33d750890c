"""Votes as a sparse matrix of scipy, in which a pass is an explicit zero and an unseen statement is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

if TYPE_CHECKING:
    from weerklank.opinion.votes import Votes

__all__ = ["Kind", "matrix_of"]

Kind: TypeAlias = Literal["signed", "seen", "agree", "disagree", "pass"]
"""``signed`` +1/0/-1; ``seen`` 1 for every vote; the others 1 for that vote and 0 for another."""

_VALUES = {"agree": 1, "disagree": -1, "pass": 0}


def matrix_of(votes: Votes, kind: Kind, *, dtype: npt.DTypeLike, rows: slice) -> sparse.csr_array:
    """See :meth:`Votes.matrix`. All kinds have one pattern, so that ``data`` of two lie side by side."""
    first, last, _ = rows.indices(len(votes.participants))
    last = max(first, last)
    begin, end = votes.starts[first], votes.starts[last]
    values = votes.values[begin:end]
    if kind == "signed":
        data = values.astype(dtype)
    elif kind == "seen":
        data = np.ones(len(values), dtype)
    else:
        data = (values == _VALUES[kind]).astype(dtype)
    places = np.int32 if end - begin <= np.iinfo(np.int32).max else np.int64
    starts = (votes.starts[first : last + 1] - begin).astype(places)
    columns = votes.columns[begin:end].astype(places)
    return sparse.csr_array((data, columns, starts), shape=(last - first, len(votes.statements)))
