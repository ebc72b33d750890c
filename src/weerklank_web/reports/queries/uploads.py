"""Notes that were handed in, as somebody looks them over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from weerklank_web.gatherings.models import Gathering, Room
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.groundwork import clock
from weerklank_web.reports.collected import ReadRow
from weerklank_web.reports.models import NotesUpload, UploadState

__all__ = [
    "PAGE",
    "Part",
    "Tally",
    "is_stuck",
    "may_take_in",
    "parts_in",
    "rooms_of",
    "rows_of",
    "tally_of",
    "upload_of",
    "uploads_of",
]

PAGE = 60
_LONG = timedelta(minutes=10)


@dataclass(frozen=True)
class Part:
    """A heading of the file with what stood under it. ``room``: where all of it goes, empty when that differs."""

    number: int
    title: str
    count: int
    rooms: frozenset[str] = field(default_factory=frozenset)

    @property
    def room(self) -> str:
        return next(iter(self.rooms)) if len(self.rooms) == 1 else ""

    @property
    def mixed(self) -> bool:
        """Whether its rows go to different rooms."""
        return len(self.rooms) > 1


@dataclass(frozen=True, slots=True)
class Tally:
    """How far the looking over is: rows found, kept, and kept without a room (``lost``: the first of these)."""

    found: int
    kept: int
    homeless: int
    lost: int | None

    @property
    def lost_page(self) -> int:
        """The page on which the first row without a room stands."""
        return 1 if self.lost is None else self.lost // PAGE + 1


def uploads_of(gathering: Gathering) -> QuerySet[NotesUpload]:
    """Every upload, newest first, without what is in it."""
    return NotesUpload.objects.filter(gathering=gathering).defer("content", "rows", "questions")


def upload_of(gathering: Gathering, id: UUID) -> NotesUpload | None:  # noqa: A002
    """One upload, without the file itself."""
    found = NotesUpload.objects.filter(gathering=gathering, id=id).defer("content").first()
    if found is not None:
        found.gathering = gathering
    return found


def rows_of(upload: NotesUpload) -> list[ReadRow]:
    """The rows with their corrections."""
    return [
        ReadRow(
            **{
                **row,
                "spans": tuple((start, end) for start, end in row["spans"]),
                "doubts": tuple(row["doubts"]),
            }
        )
        for row in upload.rows
    ]


def is_stuck(upload: NotesUpload) -> bool:
    """Whether it is being read so long that something must have gone wrong."""
    return upload.state == UploadState.READING and clock.now() - upload.handed_in_at > _LONG


def parts_in(rows: Sequence[ReadRow]) -> list[Part]:
    """The headings of the file, in order of first appearance."""
    rooms: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        rooms[row.part].append(row.room)
    return [
        Part(number=number, title=title, count=len(found), rooms=frozenset(found))
        for number, (title, found) in enumerate(rooms.items())
    ]


def tally_of(rows: Sequence[ReadRow]) -> Tally:
    """How many were found, go along, and have no room yet."""
    homeless = [place for place, row in enumerate(rows) if row.keep and not row.room]
    return Tally(
        found=len(rows),
        kept=sum(row.keep for row in rows),
        homeless=len(homeless),
        lost=homeless[0] if homeless else None,
    )


def rooms_of(gathering: Gathering) -> list[Room]:
    """The rooms to choose from."""
    return list(Room.objects.filter(gathering=gathering).select_related("theme"))


def may_take_in(gathering: Gathering) -> bool:
    """Whether notes can be put in the rooms at this step."""
    return stage_of(gathering).may(Deed.TYPE_UP)
