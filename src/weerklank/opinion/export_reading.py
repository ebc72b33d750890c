"""Read a folder as Polis exports it: of 2024 and later, older, or straight from its database.

What the kinds have in common: ``comments.csv`` holds the statements, ``participants-votes.csv`` a row per participant,
``votes.csv`` a row per vote, ``summary.csv`` a line per fact. Columns are known by name (``columns.toml``), bodies may
hold quotes and line ends, there may be fewer columns of votes than statements, and ids need not be consecutive.
"""

from __future__ import annotations

import csv
from array import array
from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from weerklank.opinion.coding import rows_of
from weerklank.opinion.conventions import Convention, declared_in, proved_by, settled
from weerklank.opinion.exports import Export, Moderation, Statement
from weerklank.opinion.refusals import because
from weerklank.opinion.sheets import Sheet, find_file, fold, is_whole, names_of, opened, whole_ids
from weerklank.opinion.vote_tables import table_of
from weerklank.opinion.votes import Votes

__all__ = ["read_polis_export"]

_T = TypeVar("_T")

_VOTES = {"1": 1, "0": 0, "-1": -1, "1.0": 1, "0.0": 0, "-1.0": -1}
_UNREADABLE = 9
_MODERATION = {"-1": Moderation.REJECTED, "0": Moderation.UNMODERATED, "1": Moderation.ACCEPTED, "": None}
_TRUTH = {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False, "": False}
_DECLARED = "vote-convention"


def read_polis_export(
    folder: Path | str,
    *,
    convention: Convention | None = None,
    strict: bool = False,
    conversation: str | None = None,
) -> Export:
    """A conversation from a folder with the files of an export.

    :param convention: what a 1 means, for a source that neither declares it nor publishes counts to prove it by.
    :param strict: count only statements that a moderator accepted.
    :param conversation: which one, when the files hold several.
    :raises BadInput: a file is missing or malformed (file, line, remedy), or the convention does not follow.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise because.bad_input("no-folder", source=folder.name)
    about = _summary(find_file(folder, "summary"))
    listed = find_file(folder, "statements")
    statements = () if listed is None else _statements(listed, conversation)
    people, loose = find_file(folder, "people"), find_file(folder, "votes")
    if people is not None:
        cast, groups = _wide(people, {str(one.id) for one in statements})
        source, declared = (
            people.name,
            declared_in(about.get(_DECLARED), source="summary.csv"),
        )
    elif loose is not None:
        told = declared_in(about.get(_DECLARED), source="summary.csv")
        table = table_of(loose, conversation=conversation)
        cast, groups, source, declared = table.votes, {}, loose.name, told or table.declared
    else:
        raise because.bad_input("no-votes", source=folder.name)
    cast, statements = _same_kind_of_ids(cast, statements)
    published = {
        one.id: (one.agrees, one.disagrees)
        for one in statements
        if one.agrees is not None and one.disagrees is not None
    }
    meant = settled(convention, declared, proved_by(cast, published), source=source)
    if meant is Convention.AGREE_IS_NEGATIVE:
        cast = cast.reversed
    return Export(cast, statements, meant, groups, strict, about)


def _summary(path: Path | None) -> Mapping[str, str]:
    if path is None:
        return {}
    try:
        with opened(path) as stream:
            return {row[0].strip(): row[1] for row in csv.reader(stream) if len(row) > 1}
    except (UnicodeDecodeError, csv.Error):
        raise because.bad_input("not-text", source=path.name) from None


# --- statements ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Cells:
    """A row of the table of statements, with what to say when a cell is wrong."""

    sheet: Sheet
    line: int
    cells: list[str]

    def text(self, column: str) -> str:
        place = self.sheet.places.get(column)
        return "" if place is None else self.cells[place]

    def one_of(self, column: str, known: Mapping[str, _T]) -> _T:
        said = self.text(column).strip().lower()
        if said not in known:
            raise self.sheet.wrong(
                "bad-cell", line=self.line, column=column, value=said, known=", ".join(known)
            )
        return known[said]

    def count(self, column: str) -> int | None:
        said = self.text(column).strip()
        if not said:
            return None
        if not is_whole(said) or said.startswith("-"):
            raise self.sheet.wrong("bad-cell", line=self.line, column=column, value=said, known="0, 1, 2, …")
        return int(said)

    def share(self, column: str) -> float | None:
        said = self.text(column).strip()
        try:
            return float(said) if said else None
        except ValueError:
            raise self.sheet.wrong(
                "bad-cell", line=self.line, column=column, value=said, known="0.0–1.0"
            ) from None


def _statements(path: Path, conversation: str | None) -> tuple[Statement, ...]:
    seen: dict[str, int] = {}
    found: list[Statement] = []
    with Sheet.of(path, "statements") as sheet:
        (name,) = sheet.need("id")
        for line, cells in sheet.rows():
            row = _Cells(sheet, line, cells)
            if conversation is not None and row.text("conversation") not in ("", conversation):
                continue
            one = cells[name].strip()
            if not one:
                raise sheet.wrong("id-missing", line=line, noun=because("statement"))
            if one in seen:
                raise sheet.wrong("statement-twice", line=line, one=one, first=seen[one])
            seen[one] = line
            found.append(_statement(row, one))
    to_id, to_author = (
        whole_ids(seen),
        whole_ids([str(one.author) for one in found if one.author is not None]),
    )
    return tuple(
        replace(one, id=to_id(str(one.id)), author=None if one.author is None else to_author(str(one.author)))
        for one in found
    )


def _statement(row: _Cells, one: str) -> Statement:
    return Statement(
        one,
        row.text("text"),
        author=row.text("author").strip() or None,
        moderation=row.one_of("moderated", _MODERATION),
        is_meta=row.one_of("meta", _TRUTH),
        is_seed=row.one_of("seed", _TRUTH) if row.text("seed") else None,
        agrees=row.count("agrees"),
        disagrees=row.count("disagrees"),
        consensus=row.share("consensus"),
    )


def _same_kind_of_ids(cast: Votes, statements: tuple[Statement, ...]) -> tuple[Votes, tuple[Statement, ...]]:
    """Ids of statements are numbers in votes and statements alike, or texts in both."""
    kinds = {type(one) for one in cast.statements} | {type(one.id) for one in statements}
    if len(kinds) < 2:
        return cast, statements
    renamed = cast.named(statements=tuple(str(one) for one in cast.statements))
    return renamed, tuple(replace(one, id=str(one.id)) for one in statements)


# --- a row per participant --------------------------------------------------------------------------


def _wide(path: Path, known: Set[str]) -> tuple[Votes, dict[Hashable, int]]:
    """Votes and published groups from a table with a row per participant and a column per statement."""
    people: dict[str, int] = {}
    groups: dict[str, int] = {}
    row, column, value = array("i"), array("i"), array("b")
    with Sheet.of(path, "people") as sheet:
        (who,) = sheet.need("participant")
        group = sheet.places.get("group")
        names = _vote_columns(sheet, known)
        for line, cells in sheet.rows():
            one = cells[who].strip()
            if not one:
                raise sheet.wrong("id-missing", line=line, noun=because("participant"))
            if one in people:
                raise sheet.wrong("participant-twice", line=line, one=one, first=people[one])
            place = len(people)
            people[one] = line
            if group is not None and (said := cells[group].strip()):
                if not is_whole(said):
                    raise sheet.wrong(
                        "bad-cell", line=line, column="group-id", value=said, known="0, 1, 2, …"
                    )
                groups[one] = int(said)
            for position, at in enumerate(names.values()):
                if cell := cells[at]:
                    vote = _VOTES.get(cell.strip(), _UNREADABLE)
                    if vote == _UNREADABLE:
                        raise sheet.wrong("no-vote", line=line, value=cell)
                    row.append(place)
                    column.append(position)
                    value.append(vote)
    shape = (len(people), len(names))
    rows = rows_of(
        np.frombuffer(row, np.int32) if row else np.empty(0, np.int32),
        np.frombuffer(column, np.int32) if row else np.empty(0, np.int32),
        np.frombuffer(value, np.int8) if row else np.empty(0, np.int8),
        shape=shape,
    )
    to_id = whole_ids(people)
    votes = Votes(
        tuple(to_id(one) for one in people),
        tuple(map(whole_ids(names), names)),
        rows.starts,
        rows.columns,
        rows.values,
    )
    return votes, {to_id(one): number for one, number in groups.items()}


def _vote_columns(sheet: Sheet, known: Set[str]) -> dict[str, int]:
    """Which columns are statements: those that are listed as such, and any other with a whole number for a name."""
    facts = {fold(one) for names in names_of("people").values() for one in names}
    found: dict[str, int] = {}
    for place, title in enumerate(sheet.header):
        name = title.strip()
        if name in known or (is_whole(name) and fold(name) not in facts):
            if name in found:
                raise sheet.wrong("column-twice", line=1, one=name)
            found[name] = place
    return found
