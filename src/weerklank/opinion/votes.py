"""Votes: who said what about which statement. Immutable, sparse, three bytes per vote.

A vote is +1 (agree), -1 (disagree) or 0 (pass). A pass is a vote; a statement somebody never saw is not there at all,
and nothing in this module turns the one into the other.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress
from pathlib import Path
from typing import Any, Self, TypeVar

import numpy as np
import numpy.typing as npt
from scipy import sparse

from weerklank.opinion.canonical import Canonical, content_order, fingerprints
from weerklank.opinion.coding import (
    CHUNK,
    Ids,
    appended,
    as_votes,
    chosen_among,
    chunks,
    code_ids,
    column_type,
    rank_of_times,
    row_blocks,
    rows_of,
)
from weerklank.opinion.conventions import Convention
from weerklank.opinion.matrices import Kind, matrix_of
from weerklank.opinion.refusals import because

__all__ = ["Canonical", "Convention", "Votes"]

_Array = TypeVar("_Array", bound=npt.NDArray[Any])

_SEEN_ENOUGH = 7  # votes, as Polis asks of whoever is placed on the map (research 5.2)
_SHOWN_ENOUGH = 5


@dataclass(frozen=True, eq=False)
class Votes:
    """Votes by participant; row ``i`` has ``columns`` and ``values`` from ``starts[i]`` to ``starts[i + 1]``.

    :param participants: the ids of the rows; a row may be empty.
    :param statements: the ids of the columns; a column may be empty.
    :param starts: int64, one longer than the participants.
    :param columns: unsigned, ascending within a row.
    :param values: int8: +1 agree, -1 disagree, 0 pass.
    """

    participants: tuple[Hashable, ...]
    statements: tuple[Hashable, ...]
    starts: npt.NDArray[np.int64]
    columns: npt.NDArray[np.unsignedinteger[Any]]
    values: npt.NDArray[np.int8]

    def __post_init__(self) -> None:
        for name in ("starts", "columns", "values"):
            fixed = getattr(self, name).view()
            fixed.flags.writeable = False
            object.__setattr__(self, name, fixed)

    # --- where votes come from ----------------------------------------------------------------------

    @classmethod
    def from_long(
        cls,
        participant: Ids,
        statement: Ids,
        value: npt.ArrayLike,
        time: npt.ArrayLike | None = None,
        *,
        convention: Convention | None = None,
    ) -> Self:
        """One entry per vote; of two votes in one cell the last counts (by ``time``, else by place).

        :param participant: ids of any hashable kind; whole numbers in an array are fastest.
        :param statement: likewise.
        :param value: +1, 0, -1.
        :param time: anything that sorts; not kept.
        :param convention: what +1 means in ``value``; there is no default, since a wrong guess turns every result round.
        :raises BadInput: the convention is not given, lengths differ, an id is missing, or a value is no vote.
        """
        if convention is None:
            raise because.bad_input("convention-unknown")
        given = as_votes(value)
        if not len(participant) == len(statement) == len(given):
            raise because.bad_input(
                "columns-differ", participants=len(participant), statements=len(statement), values=len(given)
            )
        if convention is Convention.AGREE_IS_NEGATIVE:
            given = -given
        rank = None if time is None else rank_of_times(time, len(given))
        people, row = code_ids(participant, noun="participant")
        statements, column = code_ids(statement, noun="statement")
        shape = (len(people), len(statements))
        rows = rows_of(row, column, given, shape=shape, rank=rank)
        return cls(people, statements, rows.starts, rows.columns, rows.values)

    def updated(
        self,
        participant: Ids,
        statement: Ids,
        value: npt.ArrayLike,
        *,
        convention: Convention | None = None,
    ) -> Self:
        """These votes and later ones, which win; new participants and statements come after the others."""
        later = type(self).from_long(participant, statement, value, convention=convention)
        people, row = appended(self.participants, later.participants)
        statements, column = appended(self.statements, later.statements)
        rows = rows_of(
            np.concatenate((self.rows, row[later.rows])),
            np.concatenate((self.columns.astype(np.int64), column[later.columns])),
            np.concatenate((self.values, later.values)),
            shape=(len(people), len(statements)),
        )
        return type(self)(people, statements, rows.starts, rows.columns, rows.values)

    @classmethod
    def from_csv(
        cls,
        path: Path | str,
        *,
        convention: Convention | None = None,
        conversation: str | None = None,
    ) -> Votes:
        """One line per vote, columns known by name (``columns.toml``): participant, statement, vote, perhaps a time.

        :param convention: what 1 means; not needed when the file begins with ``# vote-convention: agree=+1;…``.
        :param conversation: which one, when a column says that there are several.
        :raises BadInput: malformed (file, line, remedy), or nothing says what 1 means.
        """
        from weerklank.opinion.vote_tables import read_csv

        return read_csv(Path(path), convention=convention, conversation=conversation)

    @classmethod
    def from_parquet(cls, path: Path | str, *, convention: Convention | None = None) -> Votes:
        """Like :meth:`from_csv`, for Apache Parquet; the declaration may stand in its metadata (``vote-convention``).

        Rows in order of participant and statement, as :func:`write_parquet` writes them, are read fastest.

        :raises BadInput: malformed, or nothing says what 1 means.
        :raises MissingExtra: pyarrow is not installed.
        """
        from weerklank.opinion.parquet import read_parquet

        return read_parquet(Path(path), convention=convention)

    @classmethod
    def from_polis_export(
        cls,
        folder: Path | str,
        *,
        convention: Convention | None = None,
        strict: bool = False,
    ) -> Votes:
        """The votes that count in a folder exported by Polis; see :func:`read_polis_export` for texts and groups."""
        from weerklank.opinion.export_reading import read_polis_export

        return read_polis_export(folder, convention=convention, strict=strict).votes

    # --- how many ------------------------------------------------------------------------------------

    @property
    def shape(self) -> tuple[int, int]:
        """How many participants and statements."""
        return len(self.participants), len(self.statements)

    @property
    def n_votes(self) -> int:
        """How many cells hold a vote, passes too."""
        return len(self.values)

    @property
    def density(self) -> float:
        """The share of all cells that holds a vote; 0 when there are no cells."""
        n, m = self.shape
        return self.n_votes / (n * m) if n * m else 0.0

    @cached_property
    def per_participant(self) -> npt.NDArray[np.int64]:
        """(n,) how many votes each participant cast, passes too."""
        return _fixed(np.diff(self.starts))

    @cached_property
    def tally(self) -> npt.NDArray[np.int64]:
        """(m, 3) per statement how many disagreed, passed and agreed, in that order."""
        count = np.zeros(3 * len(self.statements), np.int64)
        for part in chunks(self.n_votes):
            cell = self.columns[part].astype(np.int32) * 3 + (self.values[part] + 1)
            count += np.bincount(cell, minlength=len(count))
        return _fixed(count.reshape(-1, 3))

    @property
    def agrees(self) -> npt.NDArray[np.int64]:
        """(m,) how many agreed with each statement."""
        return self.tally[:, 2]

    @property
    def disagrees(self) -> npt.NDArray[np.int64]:
        """(m,) how many disagreed with each statement."""
        return self.tally[:, 0]

    @property
    def passes(self) -> npt.NDArray[np.int64]:
        """(m,) how many saw each statement and passed."""
        return self.tally[:, 1]

    @cached_property
    def seen(self) -> npt.NDArray[np.int64]:
        """(m,) how many voted on each statement, passes too."""
        counts: npt.NDArray[np.int64] = self.tally.sum(axis=1)
        return _fixed(counts)

    @property
    def rows(self) -> npt.NDArray[np.int32]:
        """(v,) the row of each vote. Made anew each time: keep it only while needed."""
        return np.repeat(np.arange(len(self.participants), dtype=np.int32), self.per_participant)

    # --- as a matrix ---------------------------------------------------------------------------------

    def matrix(
        self, kind: Kind = "signed", *, dtype: npt.DTypeLike = np.float64, rows: slice | None = None
    ) -> sparse.csr_array:
        """(n, m) sparse matrix; a pass stays stored as an explicit zero, an unseen statement is not stored.

        Never call ``eliminate_zeros`` on it, and compare patterns by ``indptr`` and ``indices``, not by ``!= 0``.

        :param kind: see :data:`weerklank.opinion.matrices.Kind`; every kind has the same pattern.
        :param rows: only these rows (step 1): blocks keep memory small, see :meth:`blocks`.
        """
        return matrix_of(self, kind, dtype=dtype, rows=rows or slice(None))

    def blocks(self, votes: int = CHUNK) -> Iterator[slice]:
        """Consecutive slices of rows with about so many votes each, for work that must stay small."""
        return row_blocks(self.starts, votes)

    @cached_property
    def by_statement(self) -> Votes:
        """The same votes with statements as rows and participants as columns. Kept after the first time."""
        n, m = self.shape
        pattern = sparse.csr_array(
            (self.values, self.columns.astype(np.int32), self.starts), shape=(n, m)
        ).tocsc()
        return Votes(
            self.statements,
            self.participants,
            pattern.indptr.astype(np.int64),
            pattern.indices.astype(column_type(n), copy=False),
            pattern.data,
        )

    # --- some of them --------------------------------------------------------------------------------

    def without(
        self, *, statements: Collection[Hashable] = (), participants: Collection[Hashable] = ()
    ) -> Self:
        """The votes without these; their rows and columns are gone, not empty.

        :raises BadInput: an id does not exist.
        """
        return self.at(
            participants=~chosen_among(self.participants, participants, "participant"),
            statements=~chosen_among(self.statements, statements, "statement"),
        )

    def only(
        self,
        *,
        statements: Collection[Hashable] | None = None,
        participants: Collection[Hashable] | None = None,
    ) -> Self:
        """Only these, in the order they already have; None keeps all.

        :raises BadInput: an id does not exist.
        """
        return self.at(
            participants=None
            if participants is None
            else chosen_among(self.participants, participants, "participant"),
            statements=None if statements is None else chosen_among(self.statements, statements, "statement"),
        )

    def at(
        self,
        *,
        participants: npt.NDArray[np.bool_] | None = None,
        statements: npt.NDArray[np.bool_] | None = None,
    ) -> Self:
        """The rows and columns where a mask is true; None keeps all."""
        n, m = self.shape
        people = np.ones(n, bool) if participants is None else participants
        columns = np.ones(m, bool) if statements is None else statements
        if people.all() and columns.all():
            return self
        every = bool(columns.all())
        place = (np.cumsum(columns) - 1).astype(column_type(int(columns.sum())))
        taken, values, count = [place[:0]], [self.values[:0]], np.where(people, self.per_participant, 0)
        for part in self.blocks():
            span = slice(self.starts[part.start], self.starts[part.stop])
            keep = np.repeat(people[part], self.per_participant[part])
            if not every:
                keep &= columns[self.columns[span]]
                edges = np.concatenate(([0], np.cumsum(keep, dtype=np.int32)))
                count[part] = np.diff(edges[self.starts[part.start : part.stop + 1] - span.start])
            kept = self.columns[span][keep]
            taken.append(kept if every else place[kept])
            values.append(self.values[span][keep])
        return type(self)(
            tuple(compress(self.participants, people)),
            tuple(compress(self.statements, columns)),
            np.concatenate(([0], np.cumsum(count[people]))),
            np.concatenate(taken),
            np.concatenate(values),
        )

    def named(
        self,
        *,
        participants: tuple[Hashable, ...] | None = None,
        statements: tuple[Hashable, ...] | None = None,
    ) -> Self:
        """The same votes under other ids, one for each that was there; None keeps them."""
        return replace(
            self,
            participants=self.participants if participants is None else participants,
            statements=self.statements if statements is None else statements,
        )

    def spread(self, *, participants: tuple[Hashable, ...], statements: tuple[Hashable, ...]) -> Self:
        """The same votes among these ids, in this order; ids without votes get an empty row or column.

        :raises BadInput: somebody who voted, or a statement voted on, is not among them.
        """
        people, row = appended(participants, self.participants)
        columns, column = appended(statements, self.statements)
        for noun, there, given in (("participant", people, participants), ("statement", columns, statements)):
            if len(there) > len(given):
                raise because.bad_input("unknown-id", noun=because(noun), one=there[len(given)])
        rows = rows_of(row[self.rows], column[self.columns], self.values, shape=(len(people), len(columns)))
        return type(self)(people, columns, rows.starts, rows.columns, rows.values)

    @property
    def reversed(self) -> Self:
        """Agree and disagree exchanged."""
        return replace(self, values=-self.values)

    def active(self, *, min_votes: int = _SEEN_ENOUGH, min_seen: int = _SHOWN_ENOUGH) -> Self:
        """Participants with at least ``min_votes`` votes (or all statements, if there are fewer) and statements
        with at least ``min_seen`` votes, repeated until nothing changes. May be empty. Source: research 5.2."""
        kept = self
        while True:
            people = kept.per_participant >= min(min_votes, len(kept.statements))
            statements = kept.seen >= min_seen
            if people.all() and statements.all():
                return kept
            kept = kept.at(participants=people, statements=statements)

    # --- the same, whatever the order ----------------------------------------------------------------

    @cached_property
    def fingerprints(self) -> npt.NDArray[np.uint64]:
        """(n,) a number per participant made of their votes only: the same for any order of rows and columns
        and any kind of ids. Participants who voted the same have the same. For choosing a sample."""
        return _fixed(fingerprints(self))

    def canonical(self) -> Canonical:
        """These votes in an order that follows from what was voted alone (see ``canonical.py``)."""
        rows, columns = content_order(self)
        return Canonical(self.reordered(rows, columns), _fixed(rows), _fixed(columns))

    def reordered(self, rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64]) -> Self:
        """Row ``i`` becomes what was row ``rows[i]``; columns likewise. Both are permutations."""
        return self.spread(
            participants=tuple(self.participants[i] for i in rows.tolist()),
            statements=tuple(self.statements[j] for j in columns.tolist()),
        )


def _fixed(array: _Array) -> _Array:
    array.flags.writeable = False
    return array
