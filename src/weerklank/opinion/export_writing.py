"""Write a conversation as a folder in the format of Polis, for whoever works with its tools.

What is written reads back the same: votes, ids and their order, texts, moderation and groups. Numbers of agreeing and
disagreeing people are counted from the votes themselves. No moment of a vote finer than a day is written, since a second
can be laid beside a log or a check-in; ``summary.csv`` says so.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from weerklank.opinion.conventions import DECLARATION
from weerklank.opinion.exports import Export, Moderation

__all__ = ["write_polis_export"]

_MODERATION = {Moderation.REJECTED: "-1", Moderation.UNMODERATED: "0", Moderation.ACCEPTED: "1", None: "0"}
_COMMENTS = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,is-meta,is-seed,group-informed-consensus,comment-body"
_PEOPLE = "participant,group-id,n-comments,n-votes,n-agree,n-disagree"
_VOTES = "timestamp,datetime,comment-id,voter-id,vote"
_OURS = ("voters", "commenters", "comments", "groups", "time-precision", "vote-convention")


def write_polis_export(export: Export, folder: Path | str, *, day: date | None = None) -> None:
    """Four files in ``folder``, which is made when it is not there: summary, comments, participants-votes, votes.

    A statement of which nobody said whether it was moderated is written as not moderated.

    :param day: the day all votes are said to be of; None leaves the moments empty.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "summary.csv", _summary(export))
    _write(folder / "comments.csv", _statements(export, day))
    _write(folder / "participants-votes.csv", _people(export))
    _write(folder / "votes.csv", _votes(export, day))


def _write(path: Path, rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def _moment(day: date | None) -> tuple[str, str]:
    """The first moment of a day, in milliseconds and as a date."""
    if day is None:
        return "", ""
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return str(int(start.timestamp()) * 1000), day.isoformat()


def _summary(export: Export) -> Iterable[tuple[str, object]]:
    for name, said in export.about.items():
        if name not in _OURS:
            yield name, said
    yield "voters", int(np.count_nonzero(export.cast.per_participant))
    yield "commenters", len({one.author for one in export.statements if one.author is not None})
    yield "comments", len(export.statements)
    yield "groups", len(set(export.groups.values()))
    yield "time-precision", "day"
    yield "vote-convention", DECLARATION


def _statements(export: Export, day: date | None) -> Iterable[Iterable[object]]:
    yield _COMMENTS.split(",")
    cast = export.cast
    counts = dict(
        zip(cast.statements, zip(cast.agrees.tolist(), cast.disagrees.tolist(), strict=True), strict=True)
    )
    for one in export.statements:
        seed = "" if one.is_seed is None else str(one.is_seed).lower()
        consensus = "" if one.consensus is None else repr(one.consensus)
        author = "" if one.author is None else one.author
        meta = str(one.is_meta).lower()
        moderated = _MODERATION[one.moderation]
        agrees, disagrees = counts.get(one.id, (0, 0))
        yield (*_moment(day), one.id, author, agrees, disagrees, moderated, meta, seed, consensus, one.text)


def _people(export: Export) -> Iterable[Iterable[object]]:
    cast = export.cast
    yield [*_PEOPLE.split(","), *cast.statements]
    written: dict[object, int] = {}
    for statement in export.statements:
        if statement.author is not None:
            written[statement.author] = written.get(statement.author, 0) + 1
    for place, one in enumerate(cast.participants):
        span = slice(cast.starts[place], cast.starts[place + 1])
        values = cast.values[span].tolist()
        cells: list[object] = [""] * len(cast.statements)
        for column, value in zip(cast.columns[span].tolist(), values, strict=True):
            cells[column] = value
        facts = (
            export.groups.get(one, ""),
            written.get(one, 0),
            len(values),
            values.count(1),
            values.count(-1),
        )
        yield [one, *facts, *cells]


def _votes(export: Export, day: date | None) -> Iterable[Iterable[object]]:
    yield _VOTES.split(",")
    cast, moment = export.cast, _moment(day)
    triples = zip(cast.rows.tolist(), cast.columns.tolist(), cast.values.tolist(), strict=True)
    for row, column, value in triples:
        yield (*moment, cast.statements[column], cast.participants[row], value)
