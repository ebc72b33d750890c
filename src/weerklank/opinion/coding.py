"""From names to numbers: ids become positions, and loose votes become rows sorted by statement.

No loop in Python runs over votes when ids are whole numbers; other ids cost one dictionary look-up each.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from weerklank.opinion.refusals import because

__all__ = [
    "CHUNK",
    "Codes",
    "Ids",
    "Rows",
    "as_votes",
    "chunks",
    "code_ids",
    "column_type",
    "rank_of_times",
    "row_blocks",
    "rows_of",
]

Ids = Sequence[Hashable] | npt.NDArray[Any]
Codes = npt.NDArray[np.unsignedinteger[Any]]

CHUNK = 1 << 20  # votes handled at once: temporary arrays stay far smaller than the votes themselves
_WHOLE_WORD = 63  # bits of a signed integer that can be sorted as a positive number
_VALUE_BITS = 2
_AS_TABLE, _FULL = (
    1 << 26,
    32,
)  # cells, and cells per vote, up to which a table with all of them is the shortest way
_UNSEEN = 9
_SORTED_AT_ONCE = 1 << 22
_SMALLEST_TABLE = 1 << 20  # a look-up table of this size costs nothing worth avoiding


def chunks(length: int, size: int = CHUNK) -> Iterator[slice]:
    """Consecutive slices that together cover ``length``."""
    for begin in range(0, length, size):
        yield slice(begin, min(begin + size, length))


def column_type(statements: int) -> type[np.unsignedinteger[Any]]:
    """The smallest type that holds a position among ``statements``."""
    return np.uint16 if statements <= np.iinfo(np.uint16).max + 1 else np.uint32


def code_ids(ids: Ids, *, noun: str) -> tuple[tuple[Hashable, ...], Codes]:
    """The distinct ids and, for each entry, its position among them.

    Whole numbers and texts come in ascending order, anything else in order of first appearance.

    :param noun: what the ids name (``participant`` or ``statement``), for the error.
    :raises BadInput: an id is missing (None or NaN).
    """
    if isinstance(ids, np.ndarray) and ids.dtype.kind in "iu":
        return _code_integers(ids)
    if isinstance(ids, np.ndarray) and ids.dtype.kind == "U":
        names, codes = np.unique(ids, return_inverse=True)
        return tuple(names.tolist()), codes.astype(column_type(len(names)))
    entries: list[Hashable] = ids.tolist() if isinstance(ids, np.ndarray) else list(ids)
    distinct = dict.fromkeys(entries)
    kinds = {type(one) for one in distinct}
    if kinds == {int} and all(-(2**63) <= one < 2**63 for one in distinct):  # type: ignore[operator]
        return _code_integers(np.array(entries, dtype=np.int64))
    for one in distinct:
        if one is None or one != one:
            raise because.bad_input("id-missing", line=entries.index(one) + 1, noun=because(noun))
    order: list[Hashable] = sorted(distinct) if kinds == {str} else list(distinct)  # type: ignore[type-var]
    place = {one: position for position, one in enumerate(order)}
    kind = column_type(len(order))
    return tuple(order), np.fromiter((place[one] for one in entries), dtype=kind, count=len(entries))


def _code_integers(ids: npt.NDArray[Any]) -> tuple[tuple[Hashable, ...], Codes]:
    if not len(ids):
        return (), np.empty(0, np.uint16)
    low, high = int(ids.min()), int(ids.max())
    span = high - low + 1
    if span > max(4 * len(ids), _SMALLEST_TABLE):
        names, codes = np.unique(ids, return_inverse=True)
        return tuple(names.tolist()), codes.astype(column_type(len(names)))
    there = np.zeros(span, dtype=bool)
    for part in chunks(len(ids)):
        there[ids[part].astype(np.int64) - low if low else ids[part]] = True
    names = np.flatnonzero(there)
    kind = column_type(len(names))
    if low == 0 and len(names) == span:
        return tuple(range(span)), ids.astype(kind)
    table = (np.cumsum(there, dtype=np.int64) - 1).astype(kind)
    coded = np.empty(len(ids), kind)
    for part in chunks(len(ids)):
        coded[part] = table[ids[part].astype(np.int64) - low]
    return tuple((names + low).tolist()), coded


def rank_of_times(times: npt.ArrayLike, length: int) -> npt.NDArray[np.int64] | None:
    """For each vote its place in time; None when the votes already stand in order of time."""
    moments = np.asarray(times)
    if moments.shape != (length,):
        raise because.bad_input("lengths-differ", votes=length, times=moments.size)
    if length < 2 or bool(np.all(moments[1:] >= moments[:-1])):
        return None
    rank = np.empty(length, np.int64)
    rank[np.argsort(moments, kind="stable")] = np.arange(length)
    return rank


@dataclass(frozen=True, slots=True)
class Rows:
    """Votes by participant: of row ``i`` the columns and values ``starts[i]:starts[i + 1]``, columns ascending."""

    starts: npt.NDArray[np.int64]
    columns: npt.NDArray[np.unsignedinteger[Any]]
    values: npt.NDArray[np.int8]


def rows_of(
    row: npt.NDArray[np.integer[Any]],
    column: npt.NDArray[np.integer[Any]],
    value: npt.NDArray[np.int8],
    *,
    shape: tuple[int, int],
    rank: npt.NDArray[np.int64] | None = None,
) -> Rows:
    """Votes in any order → rows with ascending columns; of two votes in one cell the one with the highest rank.

    :param rank: which of two votes came later; without it, the one that stands later.
    """
    n, m = shape
    if _ascending(row, column):
        starts = _starts(row, n)
        return Rows(starts, column.astype(column_type(m), copy=False), value)
    if rank is None and n * m <= min(_AS_TABLE, _FULL * len(row)):
        return _by_table(row, column, value, shape)
    bits = _Bits(*(max(1, int(size - 1).bit_length()) for size in (n, m, len(row))))
    if bits.row + bits.column + bits.rank + _VALUE_BITS > _WHOLE_WORD:
        return _sorted_by_keys(row, column, value, shape, rank)
    arrived = _starts(row, n)
    columns, values = np.empty(len(row), column_type(m)), np.empty(len(row), np.int8)
    count, end = np.zeros(n + 1, np.int64), 0
    for part in row_blocks(arrived, _SORTED_AT_ONCE):
        votes = np.concatenate(
            [
                p.start + np.flatnonzero((row[p] >= part.start) & (row[p] < part.stop))
                for p in chunks(len(row))
            ]
        )
        for piece, said in _sorted_cells(row, column, value, rank, votes, bits):
            stop = end + len(piece)
            columns[end:stop], values[end:stop] = piece & ((1 << bits.column) - 1), said
            _add_counts(count, piece >> bits.column)
            end = stop
    if end < len(row):
        columns, values = columns[:end].copy(), values[:end].copy()
    return Rows(np.cumsum(count), columns, values)


def row_blocks(starts: npt.NDArray[np.int64], votes: int) -> Iterator[slice]:
    """Consecutive slices of rows with about so many votes each; at least one row."""
    first, rows = 0, len(starts) - 1
    while first < rows:
        last = max(first + 1, int(np.searchsorted(starts, starts[first] + votes, side="right")) - 1)
        yield slice(first, last)
        first = last


@dataclass(frozen=True, slots=True)
class _Bits:
    """How many bits of a key hold the row, the column, and which vote came later."""

    row: int
    column: int
    rank: int


def _sorted_cells(
    row: npt.NDArray[np.integer[Any]],
    column: npt.NDArray[np.integer[Any]],
    value: npt.NDArray[np.int8],
    rank: npt.NDArray[np.int64] | None,
    votes: npt.NDArray[np.int64],
    bits: _Bits,
) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """The cells (row and column in one number) of these votes in order, each once, with the last vote in it; in pieces."""
    keys = np.empty(len(votes), np.int64)
    for part in chunks(len(votes)):
        some = votes[part]
        key = row[some].astype(np.int64) << bits.column
        key |= column[some].astype(np.int64)
        key <<= bits.rank
        key |= some if rank is None else rank[some]
        key <<= _VALUE_BITS
        key |= value[some].astype(np.int64) + 1
        keys[part] = key
    keys.sort()
    for part in chunks(len(keys)):
        cell = keys[part.start : part.stop + 1] >> (bits.rank + _VALUE_BITS)
        size = part.stop - part.start
        last = np.ones(size, bool)
        last[: len(cell) - 1] = cell[:-1] != cell[1:]
        yield cell[:size][last], (keys[part][last] & ((1 << _VALUE_BITS) - 1)) - 1


def _by_table(
    row: npt.NDArray[np.integer[Any]],
    column: npt.NDArray[np.integer[Any]],
    value: npt.NDArray[np.int8],
    shape: tuple[int, int],
) -> Rows:
    """The short way for a small, well-filled table: write every vote in its cell, the last one stays."""
    n, m = shape
    table = np.full(n * m, _UNSEEN, np.int8)
    table[row.astype(np.int64) * m + column] = value
    cells = np.flatnonzero(table != _UNSEEN)
    starts = np.searchsorted(cells, np.arange(n + 1, dtype=np.int64) * m)
    columns = cells - np.repeat(np.arange(n, dtype=np.int64) * m, np.diff(starts))
    return Rows(starts, columns.astype(column_type(m)), table[cells])


def _sorted_by_keys(
    row: npt.NDArray[np.integer[Any]],
    column: npt.NDArray[np.integer[Any]],
    value: npt.NDArray[np.int8],
    shape: tuple[int, int],
    rank: npt.NDArray[np.int64] | None,
) -> Rows:
    """The general way, for shapes whose cells do not fit in one machine word."""
    order = np.lexsort((column, row) if rank is None else (rank, column, row))
    row, column = row[order], column[order]
    last = np.ones(len(row), bool)
    last[:-1] = (row[1:] != row[:-1]) | (column[1:] != column[:-1])
    return Rows(_starts(row[last], shape[0]), column[last].astype(column_type(shape[1])), value[order][last])


def _ascending(row: npt.NDArray[np.integer[Any]], column: npt.NDArray[np.integer[Any]]) -> bool:
    """Whether every vote stands after the one before it, and none stands twice."""
    for part in chunks(len(row) - 1):
        here, there = slice(part.start, part.stop), slice(part.start + 1, part.stop + 1)
        later = row[there] > row[here]
        same = row[there] == row[here]
        if not bool(np.all(later | (same & (column[there] > column[here])))):
            return False
    return True


def _starts(row: npt.NDArray[np.integer[Any]], n: int) -> npt.NDArray[np.int64]:
    count = np.zeros(n + 1, np.int64)
    for part in chunks(len(row)):
        _add_counts(count, row[part])
    return np.cumsum(count)


def _add_counts(count: npt.NDArray[np.int64], rows: npt.NDArray[np.integer[Any]]) -> None:
    """Add to ``count[i + 1]`` how often row ``i`` stands here; cheap when the rows lie close together."""
    low = rows.min()
    here = np.bincount(rows - low)
    count[int(low) + 1 : int(low) + 1 + len(here)] += here


def as_votes(value: npt.ArrayLike) -> npt.NDArray[np.int8]:
    """The values as int8. :raises BadInput: one of them is not -1, 0 or +1."""
    given = np.asarray(value)
    if given.dtype == np.int8:
        for part in chunks(len(given)):
            if len(given[part]) and (given[part].min() < -1 or given[part].max() > 1):
                break
        else:
            return given
    if given.dtype.kind in "iufb" and given.ndim == 1:
        small = np.empty(len(given), np.int8)
        for part in chunks(len(given)):
            good = np.isin(given[part], (-1, 0, 1))
            if not good.all():
                wrong = part.start + int(np.argmin(good))
                raise because.bad_input("no-vote", line=wrong + 1, value=given[wrong])
            small[part] = given[part]
        return small
    for place, one in enumerate(given.ravel().tolist()):
        if one not in (-1, 0, 1):
            raise because.bad_input("no-vote", line=place + 1, value=one)
    return given.ravel().astype(np.int8)


def chosen_among(ids: tuple[Hashable, ...], wanted: Collection[Hashable], noun: str) -> npt.NDArray[np.bool_]:
    chosen = set(wanted)
    unknown = chosen.difference(ids)
    if unknown:
        raise because.bad_input("unknown-id", noun=because(noun), one=min(unknown, key=str))
    return np.fromiter((one in chosen for one in ids), dtype=bool, count=len(ids))


def appended(
    there: tuple[Hashable, ...], new: tuple[Hashable, ...]
) -> tuple[tuple[Hashable, ...], npt.NDArray[np.int64]]:
    """The ids with the new ones after them, and where each of ``new`` is now."""
    place = {one: position for position, one in enumerate(there)}
    for one in new:
        place.setdefault(one, len(place))
    return tuple(place), np.fromiter((place[one] for one in new), dtype=np.int64, count=len(new))
