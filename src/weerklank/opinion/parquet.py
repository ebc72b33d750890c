"""Votes in Apache Parquet: three columns, a few bytes per vote, read at the speed of the disk.

Columns are read one after the other and row group by row group, so that a national conversation (54 million votes)
stays well under a gigabyte. Needs the extra ``parquet``.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from weerklank.errors import BadInput, MissingExtra
from weerklank.opinion.coding import Codes, chunks, code_ids, column_type, rank_of_times, rows_of
from weerklank.opinion.conventions import DECLARATION, Convention, declared_in, settled
from weerklank.opinion.refusals import because
from weerklank.opinion.sheets import fold, names_of
from weerklank.opinion.votes import Votes

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import parquet as pq

__all__ = ["read_parquet", "write_parquet"]

_DECLARED = b"vote-convention"
_IDS = b"weerklank-ids"
_COLUMNS = ("participant", "statement", "vote")
_GROUP = 1 << 20  # rows per row group


def _engine() -> ModuleType:
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtra("parquet", needed_for=because("parquet")) from error
    return pyarrow.parquet  # type: ignore[no-any-return]


def write_parquet(votes: Votes, path: Path | str) -> None:
    """Votes in order of participant and statement, with what 1 means (agree) in the metadata; without times.

    Reading it back gives the same votes, ids in the same order, and whoever has no votes.

    :raises BadInput: an id is neither a whole number nor a text.
    """
    engine = _engine()
    import pyarrow as pa

    kinds = [_kind_of(votes.participants), _kind_of(votes.statements)]
    metadata = {_DECLARED: DECLARATION.encode()}
    if not (_plain(votes.participants, votes.per_participant) and _plain(votes.statements, votes.seen)):
        ids = [list(votes.participants), list(votes.statements)]
        metadata[_IDS] = json.dumps(ids, ensure_ascii=False).encode()
    schema = pa.schema([*zip(_COLUMNS, [*kinds, pa.int8()], strict=True)], metadata=metadata)
    people, statements = pa.array(votes.participants, kinds[0]), pa.array(votes.statements, kinds[1])
    with engine.ParquetWriter(path, schema, compression="zstd") as file:
        for part in votes.blocks(_GROUP):
            span = slice(int(votes.starts[part.start]), int(votes.starts[part.stop]))
            rows = np.repeat(np.arange(part.start, part.stop), votes.per_participant[part])
            columns = [people.take(pa.array(rows)), statements.take(pa.array(votes.columns[span]))]
            file.write_table(pa.Table.from_arrays([*columns, pa.array(votes.values[span])], schema=schema))


def _plain(ids: tuple[Hashable, ...], votes: npt.NDArray[np.int64]) -> bool:
    """Whether the ids come back by themselves: ascending, and each with a vote."""
    return bool(np.all(votes > 0)) and all(one < other for one, other in pairwise(ids))  # type: ignore[operator]


def _kind_of(ids: tuple[Hashable, ...]) -> Any:
    """The smallest type of Arrow that holds these ids."""
    import pyarrow as pa

    kinds = {type(one) for one in ids}
    if kinds <= {int}:
        wide = max((abs(one) for one in ids if isinstance(one, int)), default=0)
        return pa.int16() if wide < 2**15 else pa.int32() if wide < 2**31 else pa.int64()
    if kinds == {str}:
        return pa.string()
    raise because.bad_input("ids-not-plain", one=next(one for one in ids if type(one) not in (int, str)))


# --- reading ---------------------------------------------------------------------------------------


def read_parquet(path: Path, *, convention: Convention | None = None) -> Votes:
    """See :meth:`Votes.from_parquet`."""
    engine = _engine()
    import pyarrow as pa

    try:
        with engine.ParquetFile(path) as file:
            return _votes_in(_Table(file, path), convention)
    except FileNotFoundError:
        raise because.bad_input("no-file", source=path.name) from None
    except (pa.ArrowException, OSError) as error:
        raise because.bad_input("not-parquet", source=path.name, error=error) from error


def _votes_in(table: _Table, convention: Convention | None) -> Votes:
    metadata = table.file.schema_arrow.metadata or {}
    declared = declared_in(metadata.get(_DECLARED, b"").decode(errors="replace"), source=table.path.name)
    meant = settled(convention, declared, None, source=table.path.name)
    people, row = table.ids("participant")
    statements, column = table.ids("statement")
    value = table.values()
    if meant is Convention.AGREE_IS_NEGATIVE:
        np.negative(value, out=value)
    rank = table.rank()
    rows = rows_of(row, column, value, shape=(len(people), len(statements)), rank=rank)
    votes = Votes(people, statements, rows.starts, rows.columns, rows.values)
    if _IDS in metadata:
        participants, all_statements = table.listed(metadata[_IDS])
        return votes.spread(participants=participants, statements=all_statements)
    return votes


@dataclass(frozen=True, slots=True)
class _Table:
    """The columns of a file, read one at a time and one row group at a time."""

    file: pq.ParquetFile
    path: Path

    def ids(self, purpose: str) -> tuple[tuple[Hashable, ...], Codes]:
        """The distinct ids of a column and, per vote, which it is."""
        name = self._name(purpose)
        kind = self.file.schema_arrow.field(name).type
        if _is_whole(kind):
            return code_ids(self._numbers(name, purpose, kind.to_pandas_dtype()), noun=purpose)
        return self._texts(name, purpose)

    def listed(self, metadata: bytes) -> list[tuple[Hashable, ...]]:
        """All ids in their order, as :func:`write_parquet` listed them."""
        try:
            people, statements = json.loads(metadata)
            return [tuple(dict.fromkeys(people)), tuple(dict.fromkeys(statements))]
        except (ValueError, TypeError) as error:
            raise self._wrong("not-parquet", error=error) from error

    def values(self) -> npt.NDArray[np.int8]:
        """The votes, checked."""
        name = self._name("value")
        kind = self.file.schema_arrow.field(name).type
        if not _is_whole(kind) and not _is_fraction(kind):
            raise self._wrong("no-vote", value=kind)
        values = np.empty(self.file.metadata.num_rows, np.int8)
        for begin, part in self._parts(name, "value"):
            given = part.to_numpy(zero_copy_only=False)
            good = (given == 0) | (given == 1) | (given == -1)
            if not good.all():
                wrong = int(np.argmin(good))
                raise self._wrong("no-vote", line=begin + wrong + 1, value=given[wrong])
            values[begin : begin + len(given)] = given
        return values

    def rank(self) -> npt.NDArray[np.int64] | None:
        """Which of two votes came later, where the file has times; None when the order of its rows tells."""
        if not {fold(name) for name in self.file.schema_arrow.names} & set(names_of("votes")["time"]):
            return None
        moments = self.file.read(columns=[self._name("time")]).column(0)
        if moments.null_count:
            return None
        return rank_of_times(moments.to_numpy(), len(moments))

    def _numbers(self, name: str, purpose: str, kind: npt.DTypeLike) -> npt.NDArray[Any]:
        numbers = np.empty(self.file.metadata.num_rows, kind)
        for begin, part in self._parts(name, purpose):
            numbers[begin : begin + len(part)] = part.to_numpy()
        return numbers

    def _texts(self, name: str, purpose: str) -> tuple[tuple[Hashable, ...], Codes]:
        """Texts by dictionary: Python sees each different text of a row group once."""
        place: dict[str, int] = {}
        coded = np.empty(self.file.metadata.num_rows, np.uint32)
        for begin, part in self._parts(name, purpose):
            words = part if hasattr(part, "dictionary") else part.dictionary_encode()
            to_all = [place.setdefault(str(one), len(place)) for one in words.dictionary.to_pylist()]
            coded[begin : begin + len(part)] = np.array(to_all, np.uint32)[words.indices.to_numpy()]
        there = np.zeros(len(place), bool)
        for part_of in chunks(len(coded)):
            there[coded[part_of]] = True
        order = sorted(one for one, at in place.items() if there[at])
        kind = column_type(len(order))
        new = np.zeros(len(place), kind)
        new[[place[one] for one in order]] = np.arange(len(order))
        return tuple(order), new[coded]

    def _parts(self, name: str, purpose: str) -> Iterator[tuple[int, pa.Array]]:
        """Each piece of a column with the row where it begins. :raises BadInput: something is missing in it."""
        begin = 0
        for group in range(self.file.num_row_groups):
            for part in self.file.read_row_group(group, columns=[name]).column(0).chunks:
                if part.null_count:
                    line = begin + int(np.argmax(part.is_null().to_numpy(zero_copy_only=False))) + 1
                    if purpose == "value":
                        raise self._wrong("no-vote", line=line, value="")
                    raise self._wrong("id-missing", line=line, noun=because(purpose))
                yield begin, part
                begin += len(part)

    def _name(self, purpose: str) -> str:
        """What the column for a purpose is called here. :raises BadInput: there is none."""
        there: dict[str, str] = {fold(name): name for name in self.file.schema_arrow.names}
        for name in names_of("votes")[purpose]:
            if name in there:
                return there[name]
        raise self._wrong("no-column", column=purpose, there=", ".join(there.values()))

    def _wrong(self, name: str, *, line: int | None = None, **words: object) -> BadInput:
        return because.bad_input(name, source=self.path.name, line=line, **words)


def _is_whole(kind: pa.DataType) -> bool:
    import pyarrow.types

    return bool(pyarrow.types.is_integer(kind))


def _is_fraction(kind: pa.DataType) -> bool:
    import pyarrow.types

    return bool(pyarrow.types.is_floating(kind))
