"""Lists of who sits where, for paper, for spreadsheets and for video meetings (W6).

A list holds what its reader needs to find a room, and nothing more: no wishes, ranks, needs, reasons or rules.
Formats: BigBlueButton's ``groups`` of the ``create`` call (API since 2.5), Zoom's file for pre-assigned breakout rooms.
Microsoft Teams documents no file that it reads; its list is in the order in which one assigns people by hand.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from weerklank.allocation.event import Event
from weerklank.allocation.plan import Plan
from weerklank.allocation.refusals import because
from weerklank.allocation.wording import list_words
from weerklank.errors import MissingExtra

__all__ = [
    "Groups",
    "Listed",
    "Sheet",
    "bigbluebutton_groups",
    "door_list",
    "listed_from",
    "plain_cell",
    "room_lists",
    "teams_list",
    "workbook",
    "zoom_list",
]

# A spreadsheet takes a cell that begins like this for a formula and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_ZOOM = ("Pre-assign Room Name", "Email Address")
_NOT_IN_A_TAB = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_LONGEST_TAB = 31


@dataclass(frozen=True, slots=True)
class Listed:
    """One line: somebody and their room.

    :param room: the room's name; ``theme`` and ``place`` as people read them.
    :param account: the id with which this person joins a video meeting. Empty: not known.
    """

    name: str
    room: str
    theme: str = ""
    place: str = ""
    email: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a title. ``left_out``: names of people who could not be on it, because an address is missing."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: tuple[str, ...] = ()

    def csv(self, *, delimiter: str = ",") -> str:
        """The table as text, safe to open in a spreadsheet; lines end in CR LF as RFC 4180 asks."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows([plain_cell(cell) for cell in row] for row in self.rows)
        return text.getvalue()


@dataclass(frozen=True, slots=True)
class Groups:
    """Breakout groups as JSON. ``left_out``: names of people without an account."""

    json: str
    left_out: tuple[str, ...] = ()


def listed_from(
    event: Event,
    plan: Plan,
    *,
    names: Mapping[str, str] | None = None,
    emails: Mapping[str, str] | None = None,
    accounts: Mapping[str, str] | None = None,
    places: Mapping[str, str] | None = None,
    titles: Mapping[str, str] | None = None,
    round: int = 1,  # noqa: A002 - the word of the domain, as in Seat
) -> tuple[Listed, ...]:
    """The lines of one round of ``plan``.

    :param names: person → name, ``emails`` and ``accounts`` alike; who is not in ``names`` is listed by id.
    :param places: room → where it is; ``titles``: theme → the title people see.
    :raises BadInput: a seat in a room that the event does not have, or a round without seats.
    """
    rooms = {room.id: room for room in event.rooms}
    seats = [seat for seat in plan.seats if seat.round == round]
    if plan.seats and not seats:
        raise because.bad_input("no-round", round=round)
    if strange := sorted({seat.room for seat in seats} - rooms.keys()):
        raise because.bad_input("other-event", room=strange[0])
    known, mail, account = names or {}, emails or {}, accounts or {}
    where, shown = places or {}, titles or {}
    return tuple(
        Listed(
            name=known.get(seat.person, seat.person),
            room=rooms[seat.room].name,
            theme=shown.get(rooms[seat.room].theme, rooms[seat.room].theme),
            place=where.get(seat.room, ""),
            email=mail.get(seat.person, ""),
            account=account.get(seat.person, ""),
        )
        for seat in seats
    )


def door_list(people: Iterable[Listed], *, language: str = "nl") -> Sheet:
    """Everybody by name, with their room."""
    words = list_words(language)
    rows = sorted(people, key=lambda one: (one.name.casefold(), one.name, one.room))
    return Sheet(
        words["door"],
        (words["name"], words["room"], words["theme"], words["place"]),
        tuple((one.name, one.room, one.theme, one.place) for one in rows),
    )


def room_lists(people: Iterable[Listed], *, language: str = "nl") -> tuple[Sheet, ...]:
    """One list per room, rooms and people by name, with an empty column to tick off who is there."""
    words = list_words(language)
    return tuple(
        Sheet(room, (words["name"], words["here"]), tuple((one.name, "") for one in inside))
        for room, inside in _by_room(people)
    )


def bigbluebutton_groups(people: Iterable[Listed]) -> Groups:
    """The ``groups`` parameter of BigBlueButton's ``create``: per room an id, its name and the ids of who sits there."""
    groups, left_out = [], []
    for number, (room, inside) in enumerate(_by_room(people), start=1):
        roster = [one.account for one in inside if one.account]
        left_out += [one.name for one in inside if not one.account]
        groups.append({"id": str(number), "name": room, "roster": roster})
    return Groups(json.dumps(groups, ensure_ascii=False, indent=1), tuple(sorted(left_out)))


def zoom_list(people: Iterable[Listed]) -> Sheet:
    """The file with which Zoom assigns breakout rooms in advance: room name and the address of the Zoom account."""
    rows, left_out = _addressed(people)
    return Sheet("Zoom", _ZOOM, tuple((one.room, one.email) for one in rows), left_out)


def teams_list(people: Iterable[Listed], *, language: str = "nl") -> Sheet:
    """Rooms with names and addresses, in the order in which one assigns them in Teams: room by room, by name."""
    words = list_words(language)
    rows, left_out = _addressed(people)
    return Sheet(
        "Teams",
        (words["room"], words["name"], words["email"]),
        tuple((one.room, one.name, one.email) for one in rows),
        left_out,
    )


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """An Excel file with one tab per sheet. Every cell is text, so nothing in it runs.

    :raises MissingExtra: without ``openpyxl`` (extra ``spreadsheets``).
    """
    try:
        from openpyxl import Workbook
        from openpyxl.styles import Font
    except ImportError as error:
        raise MissingExtra("spreadsheets", needed_for=because("needs-excel")) from error
    book = Workbook()
    for empty in book.worksheets:
        book.remove(empty)
    for sheet in sheets:
        tab = book.create_sheet(_tab(sheet.title, {name.casefold() for name in book.sheetnames}))
        for row, cells in enumerate((sheet.columns, *sheet.rows), start=1):
            for column, text in enumerate(cells, start=1):
                cell = tab.cell(row=row, column=column)
                cell.value = text
                cell.data_type = "s"
                if row == 1:
                    cell.font = Font(bold=True)
        for column in range(1, len(sheet.columns) + 1):
            longest = max(len(cells[column - 1]) for cells in (sheet.columns, *sheet.rows))
            tab.column_dimensions[tab.cell(row=1, column=column).column_letter].width = min(60, longest + 3)
        tab.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def plain_cell(text: str) -> str:
    """The text as text: an apostrophe before whatever a spreadsheet would run."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _by_room(people: Iterable[Listed]) -> list[tuple[str, list[Listed]]]:
    rooms: dict[str, list[Listed]] = {}
    for one in sorted(people, key=lambda one: (one.name.casefold(), one.name, one.email)):
        rooms.setdefault(one.room, []).append(one)
    return sorted(rooms.items(), key=lambda pair: _in_order(pair[0]))


def _in_order(name: str) -> list[tuple[bool, int, str]]:
    """«Kamer 2» before «Kamer 10»."""
    parts: list[tuple[bool, int, str]] = []
    digits = letters = ""
    for sign in f"{name} ":
        if sign.isascii() and sign.isdigit():
            digits += sign
            continue
        if digits:
            parts += [(True, 0, letters), (False, int(digits), "")]
            digits = letters = ""
        letters += sign.casefold()
    return [*parts, (True, 0, letters)]


def _addressed(people: Iterable[Listed]) -> tuple[list[Listed], tuple[str, ...]]:
    """Who can be invited by address, room by room; and the names of who cannot."""
    everybody = [one for _room, inside in _by_room(people) for one in inside]
    # An address is read by a machine, so it stands there as it is or not at all.
    usable = [one for one in everybody if "@" in one.email and not one.email.startswith(_FORMULA)]
    return usable, tuple(sorted(one.name for one in everybody if one not in usable))


def _tab(title: str, taken: set[str]) -> str:
    short = title.translate(_NOT_IN_A_TAB).strip("' ")[:_LONGEST_TAB].strip() or "-"
    name, number = short, 1
    while name.casefold() in taken:
        number += 1
        name = f"{short[: _LONGEST_TAB - len(str(number)) - 1]} {number}"
    return name
