"""Files of who sits where: for a spreadsheet, and for the video meetings that rooms may be held in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from weerklank.allocation import (
    Listed,
    bigbluebutton_groups,
    door_list,
    room_lists,
    teams_list,
    workbook,
    zoom_list,
)
from weerklank_web.gatherings.models import Registration
from weerklank_web.gatherings.seating_bridge import known_language

__all__ = ["FILES", "File", "file_of", "without_address"]

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = ("indeling.xlsx", "bigbluebutton.json", "zoom.csv", "teams.csv")


@dataclass(frozen=True, slots=True)
class File:
    """A file to download."""

    content: bytes
    type: str


def file_of(name: str, seated: Iterable[Registration], *, language: str) -> File | None:
    """One of FILES of these people (with their seats loaded); None for another name.

    A name and a room, and an address where a video meeting asks for it: nothing about wishes, needs, reasons or rules.
    """
    people, short = _listed(seated), known_language(language)
    if name == "indeling.xlsx":
        sheets = [door_list(people, language=short), *room_lists(people, language=short)]
        return File(workbook(sheets), _EXCEL)
    if name == "bigbluebutton.json":
        return File(bigbluebutton_groups(people).json.encode(), "application/json; charset=utf-8")
    if name == "zoom.csv":
        return _csv(zoom_list(people).csv().encode())
    if name == "teams.csv":
        # Read by people: semicolons and a mark for UTF-8, as spreadsheets expect here.
        return _csv(teams_list(people, language=short).csv(delimiter=";").encode("utf-8-sig"))
    return None


def without_address(seated: Iterable[Registration]) -> tuple[str, ...]:
    """Names of people who cannot stand on a list for a video meeting."""
    return zoom_list(Listed(name=one.name, room="", email=one.email) for one in seated).left_out


def _csv(content: bytes) -> File:
    return File(content, "text/csv; charset=utf-8")


def _listed(seated: Iterable[Registration]) -> list[Listed]:
    return [
        Listed(
            name=one.name,
            room=one.seat.room.name,
            theme=one.seat.room.theme.title,
            place=one.seat.room.place,
            email=one.email,
            account=str(one.id),
        )
        for one in seated
        if getattr(one, "seat", None) is not None
    ]
