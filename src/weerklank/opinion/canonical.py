"""An order of participants and statements that follows from the votes alone.

Whoever exports a conversation decides the order of its rows and the kind of its ids; neither may change a result, not
even in the last digit. Each row gets a colour from the colours of the statements it voted on and the votes, each
statement one from its participants, and so on until no more colours arise (colour refinement; Weisfeiler & Leman,
1968). What then still shares a colour is either identical, so that its order is of no account, or stands in a symmetric
position; of the latter one is set apart and the refinement goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from weerklank.opinion.votes import Votes

__all__ = ["Canonical", "content_order", "fingerprints", "statement_order"]


@dataclass(frozen=True, eq=False)
class Canonical:
    """Votes in the order of their content.

    :param votes: the votes, reordered.
    :param participants: (n,) row ``i`` of ``votes`` was row ``participants[i]``.
    :param statements: (m,) likewise for columns.
    """

    votes: Votes
    participants: npt.NDArray[np.int64]
    statements: npt.NDArray[np.int64]


_Colours = npt.NDArray[np.uint64]

# The constants of the SplitMix64 generator (Steele, Lea & Flood, 2014).
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def _mixed(numbers: npt.NDArray[Any]) -> _Colours:
    """Each number scrambled to 64 bits that look random (the finaliser of SplitMix64)."""
    with np.errstate(over="ignore"):
        x = numbers.astype(np.uint64) + _GOLDEN
        x = (x ^ (x >> np.uint64(30))) * _FIRST
        x = (x ^ (x >> np.uint64(27))) * _SECOND
    return x ^ (x >> np.uint64(31))


def _row_colours(votes: Votes, columns: _Colours) -> _Colours:
    """(n,) the sum over a row of what each vote says about a column of that colour; 0 for an empty row."""
    said = np.stack([_mixed(columns ^ salt) for salt in _mixed(np.arange(3))], axis=1).ravel()
    colours = np.zeros(len(votes.participants), np.uint64)
    for part in votes.blocks():
        span = slice(votes.starts[part.start], votes.starts[part.stop])
        cell = votes.columns[span].astype(np.int32) * 3 + (votes.values[span] + 1)
        filled = np.flatnonzero(votes.per_participant[part])
        if len(filled):
            begins = votes.starts[part.start : part.stop][filled] - span.start
            colours[part.start + filled] = np.add.reduceat(said[cell], begins)
    return _mixed(colours)


def _start(votes: Votes) -> _Colours:
    """(m,) a colour per statement from how many agreed, passed and disagreed."""
    colours = np.zeros(len(votes.statements), np.uint64)
    for count in votes.tally.T:
        colours = _mixed(colours * np.uint64(3) + count.astype(np.uint64))
    return colours


def fingerprints(votes: Votes) -> _Colours:
    """(n,) a number per participant that depends on votes alone, whatever the order and the ids."""
    return _row_colours(votes, _start(votes))


def content_order(votes: Votes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The rows and the columns in the order of their content (positions in ``votes``)."""
    columns = _told_apart(votes)
    rows = _row_colours(votes, columns)
    return np.argsort(rows, kind="stable"), np.argsort(columns, kind="stable")


def statement_order(votes: Votes) -> npt.NDArray[np.int64]:
    """The columns alone in the order of their content, which seldom takes more than their counts."""
    return np.argsort(_told_apart(votes), kind="stable")


def _told_apart(votes: Votes) -> _Colours:
    """(m,) a colour per statement; only those that got the same votes of the same people share one."""
    columns = _refined(votes, _start(votes))
    while (one := _set_apart(votes, columns)) is not None:
        columns = columns.copy()
        columns[one] = _mixed(columns[one : one + 1])[0]
        columns = _refined(votes, columns)
    return columns


def _refined(votes: Votes, columns: _Colours) -> _Colours:
    """Colours of the columns, refined until their number no longer grows."""
    count = len(np.unique(columns))
    while count < len(columns):
        finer = _row_colours(votes.by_statement, _row_colours(votes, columns))
        finer = _mixed(finer ^ columns)
        now = len(np.unique(finer))
        if now <= count:
            return columns
        columns, count = finer, now
    return columns


def _set_apart(votes: Votes, columns: _Colours) -> int | None:
    """One of the columns that share a colour without being identical; None when there are none."""
    order = np.argsort(columns, kind="stable")
    shared = np.flatnonzero(columns[order][1:] == columns[order][:-1])
    for place in shared.tolist():
        one, other = int(order[place]), int(order[place + 1])
        if _slice(votes.by_statement, one) != _slice(votes.by_statement, other):
            return one
    return None


def _slice(across: Votes, one: int) -> tuple[bytes, bytes]:
    span = slice(across.starts[one], across.starts[one + 1])
    return across.columns[span].tobytes(), across.values[span].tobytes()
