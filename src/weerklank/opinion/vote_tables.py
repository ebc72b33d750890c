"""Votes in a text file with one line per vote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from weerklank.opinion.conventions import Convention, declared_in, settled
from weerklank.opinion.refusals import because
from weerklank.opinion.sheets import Sheet, whole_ids
from weerklank.opinion.votes import Votes

__all__ = ["VoteTable", "read_csv", "table_of"]

_VOTES = {"1": 1, "0": 0, "-1": -1, "1.0": 1, "0.0": 0, "-1.0": -1, "+1": 1}


@dataclass(frozen=True, slots=True)
class VoteTable:
    """Votes as they were written, +1 read as agree, and what the file itself declares."""

    votes: Votes
    declared: Convention | None


def read_csv(path: Path, *, convention: Convention | None, conversation: str | None) -> Votes:
    """See :meth:`Votes.from_csv`."""
    table = table_of(path, conversation=conversation)
    meant = settled(convention, table.declared, None, source=path.name)
    return table.votes if meant is Convention.AGREE_IS_POSITIVE else table.votes.reversed


def table_of(path: Path, *, conversation: str | None) -> VoteTable:
    """The votes in a file, not yet knowing what 1 means.

    :param conversation: keep only these lines, when a column names the conversation.
    :raises BadInput: a column or an id is missing, a value is no vote, or there are several conversations.
    """
    people: list[str] = []
    statements: list[str] = []
    values: list[int] = []
    times: list[str] = []
    with Sheet.of(path, "votes") as sheet:
        who, what, vote = sheet.need("participant", "statement", "value")
        when, of = sheet.places.get("time"), sheet.places.get("conversation")
        first: str | None = None
        for line, cells in sheet.rows():
            if of is not None and conversation is not None and cells[of].strip() != conversation:
                continue
            if (
                of is not None
                and conversation is None
                and cells[of] != (first := cells[of] if first is None else first)
            ):
                raise sheet.wrong("several-conversations", line=line, one=first, other=cells[of])
            person, statement, value = (
                cells[who].strip(),
                cells[what].strip(),
                _VOTES.get(cells[vote].strip()),
            )
            if not person or not statement:
                raise sheet.wrong(
                    "id-missing", line=line, noun=because("statement" if person else "participant")
                )
            if value is None:
                raise sheet.wrong("no-vote", line=line, value=cells[vote])
            people.append(person)
            statements.append(statement)
            values.append(value)
            if when is not None:
                times.append(cells[when].strip())
        declared = declared_in(sheet.declared, source=path.name)
    votes = Votes.from_long(
        _ids(people),
        _ids(statements),
        np.array(values, np.int8),
        _moments(times),
        convention=Convention.AGREE_IS_POSITIVE,
    )
    return VoteTable(votes, declared)


def _ids(texts: list[str]) -> Sequence[str] | npt.NDArray[np.int64]:
    return np.array(texts, np.int64) if whole_ids(set(texts)) is int else texts


def _moments(times: list[str]) -> npt.NDArray[Any] | None:
    """Times that sort: numbers where all are numbers, else texts (ISO 8601 sorts as text); None without any."""
    if not any(times):
        return None
    texts = np.array(times)
    try:
        return texts.astype(np.int64)
    except ValueError:
        return texts
