"""Sums over votes as products with a sparse matrix of what was said, in blocks.

Column ``3 j + v + 1`` of that matrix stands for the vote ``v`` (−1, 0, +1) on statement ``j``: one 1 per
vote. Weights per statement and answer then become sums per participant (:func:`summed_per_person`) and the
other way round (:func:`summed_per_answer`), without a dense participants × statements array.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from weerklank.opinion.votes import Votes

__all__ = [
    "LEAST_LOG",
    "Said",
    "answers_given",
    "said_in",
    "sample_of",
    "summed_per_answer",
    "summed_per_person",
]

# Chances below e^-60 stay there: numbers so small that a processor treats them apart make products many times slower.
LEAST_LOG = np.float32(-60)
_SCRAMBLER = np.uint64(0xD1342543DE82EF95)


@dataclass(frozen=True, eq=False)
class Said:
    """The matrix of what was said, both ways: ``said`` (n, 3 m) and ``back`` (3 m, n), the same stored votes seen
    from the other side, for methods that go round many times.
    """

    said: sparse.csr_array
    back: sparse.csc_array
    votes: int

    def per_person(self, weights: NDArray[Any]) -> NDArray[np.float32]:
        """(n, c) for each participant the sum of ``weights`` (3 m, c) over the votes cast."""
        return np.asarray(self.said @ weights)

    def per_answer(self, weights: NDArray[Any]) -> NDArray[np.float32]:
        """(3 m, c) for each answer the sum of ``weights`` (n, c) over who gave it."""
        return np.asarray(self.back @ weights)


def said_in(votes: Votes) -> Said:
    """What was said. Sparse also where an array would be small: sums then take one thread and always the same
    order.
    """
    matrix = answers_given(votes)
    return Said(matrix, matrix.T, votes.n_votes)


def answers_given(
    votes: Votes, *, rows: slice = slice(None), dtype: type[np.floating[Any]] = np.float32
) -> sparse.csr_array:
    """(rows, 3 m) the matrix with a 1 for every vote."""
    first, last, _ = rows.indices(len(votes.participants))
    span = slice(votes.starts[first], votes.starts[last])
    cell = votes.columns[span].astype(np.int32) * 3 + (votes.values[span] + 1)
    starts = (votes.starts[first : last + 1] - votes.starts[first]).astype(np.int32)
    return sparse.csr_array(
        (np.ones(len(cell), dtype), cell, starts), shape=(last - first, 3 * len(votes.statements))
    )


def summed_per_person(votes: Votes, weights: NDArray[Any]) -> NDArray[np.float32]:
    """(n, c) for each participant the sum of ``weights`` (3 m, c) over the votes cast."""
    table = np.ascontiguousarray(weights, dtype=np.float32)
    total = np.empty((len(votes.participants), table.shape[1]), np.float32)
    for block in votes.blocks():
        total[block] = answers_given(votes, rows=block) @ table
    return total


def summed_per_answer(votes: Votes, weights: NDArray[Any]) -> NDArray[np.float64]:
    """(3 m, c) for each statement and answer the sum of ``weights`` (n, c) over who gave it."""
    total = np.zeros((3 * len(votes.statements), weights.shape[1]))
    for block in votes.blocks():
        part = np.ascontiguousarray(weights[block], dtype=np.float32)
        total += answers_given(votes, rows=block).T @ part
    return total


def sample_of(
    votes: Votes, *, people: int, seed: int, among: NDArray[np.bool_] | None = None
) -> tuple[Votes, NDArray[np.bool_]]:
    """A random sample of at most ``people`` of the participants ``among``, and who is in it (n,).

    The same people for any order of rows and columns, since the draw follows from what they voted.
    """
    chosen = np.ones(len(votes.participants), bool) if among is None else among
    if chosen.sum() > people:
        with np.errstate(over="ignore"):
            drawn = (votes.fingerprints ^ np.uint64(seed * 2 + 1)) * _SCRAMBLER
            drawn ^= drawn >> np.uint64(32)
            drawn *= _SCRAMBLER
        places = np.flatnonzero(chosen)
        chosen = np.zeros(len(chosen), bool)
        chosen[places[np.argsort(drawn[places], kind="stable")[:people]]] = True
    return votes.at(participants=chosen), chosen
