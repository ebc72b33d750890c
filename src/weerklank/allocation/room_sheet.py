"""Rooms from a spreadsheet, and all the ways in which a person may name one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from weerklank.allocation.event import Room
from weerklank.allocation.grid import BadRows, Fault, Grid, Row, listed_in, plainly, read_grid, words_of

__all__ = ["RoomSheet", "read_rooms", "spoken"]


@dataclass(frozen=True, slots=True)
class RoomSheet:
    """Rooms, and where they are.

    :param themes: what people may write → theme: its name, the name or number of a room about it, or its place on the list.
    :param named: what people may write → room id. :param places: room id → where it is.
    """

    rooms: tuple[Room, ...]
    themes: Mapping[str, str]
    named: Mapping[str, str]
    places: Mapping[str, str]


def read_rooms(path: Path) -> RoomSheet:
    """The rooms of ``path``: name and number of places; theme, minimum, languages, features and place when there are.

    :raises BadRows: every row that cannot be read, at once. :raises BadInput: the file or its header cannot.
    """
    grid = read_grid(path, "rooms")
    faults = [
        grid.fault(None, None, "missing-column", column=words_of("rooms", meaning)[0])
        for meaning in ("name", "max")
        if grid.column(meaning) is None
    ]
    if not grid.rows:
        faults.append(grid.fault(None, None, "no-rows"))
    rooms: list[Room] = []
    seen: dict[str, int] = {}
    themes: dict[str, str] = {}
    named: dict[str, str] = {}
    places: dict[str, str] = {}
    for row in grid.rows if not faults else ():
        room = _room(grid, row, faults)
        if room is None:
            continue
        if (before := seen.setdefault(plainly(room.name), row.line)) != row.line:
            faults.append(grid.fault(row, grid.column("name"), "same-name", name=room.name, other=before))
            continue
        rooms.append(room)
        places[room.id] = row.get(grid.column("place"))
        for word in {row.get(grid.column("id")), room.name} - {""}:
            named.setdefault(plainly(word), room.id)
            themes.setdefault(plainly(word), room.theme)
    if faults:
        raise BadRows(faults)
    for place, theme in enumerate(dict.fromkeys(room.theme for room in rooms), start=1):
        # The name of a theme goes before that of a room; a number of the organiser's own before its place on the list.
        themes[plainly(theme)] = theme
        themes.setdefault(str(place), theme)
    return RoomSheet(tuple(rooms), themes, named, places)


def _room(grid: Grid, row: Row, faults: list[Fault]) -> Room | None:
    name = row.get(grid.column("name"))
    before = len(faults)
    if not name:
        faults.append(grid.fault(row, grid.column("name"), "no-name"))
    most = _number(grid, row, "max", faults)
    least = _number(grid, row, "min", faults) if row.get(grid.column("min")) else 0
    if len(faults) > before or most is None or least is None:
        return None
    if least > most:
        faults.append(grid.fault(row, grid.column("min"), "min-max", low=least, high=most))
        return None
    return Room(
        id=name,
        name=name,
        theme=row.get(grid.column("theme")) or name,
        min=least,
        max=most,
        languages=frozenset(map(spoken, listed_in(row.get(grid.column("languages"))))),
        features=frozenset(map(plainly, listed_in(row.get(grid.column("features"))))),
    )


def _number(grid: Grid, row: Row, meaning: str, faults: list[Fault]) -> int | None:
    text = row.get(grid.column(meaning))
    if text.isascii() and text.isdigit():
        return int(text)
    faults.append(grid.fault(row, grid.column(meaning), "no-number", text=text))
    return None


def spoken(text: str) -> str:
    """The code of a language that is known by a name, else the name."""
    bare = plainly(text)
    return next((code for code in ("nl", "fr", "de", "en") if bare in words_of("languages", code)), bare)
