"""The door list as a file for a spreadsheet, safe to open in one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from weerklank_web.gatherings.models import Gathering, Registration

__all__ = ["door_file", "door_file_name", "plain_cell"]

# A spreadsheet takes a cell that begins like this for a formula and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def door_file_name(gathering: Gathering) -> str:
    """The name of the file."""
    return f"{gathering.slug}-{_('deurlijst')}.csv"


def door_file(people: Iterable[Registration]) -> bytes:
    """One line per person: UTF-8 with a mark, so that spreadsheets see it, and semicolons, as they expect here."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Naam"), _("Kamer"), _("Thema"), _("Waar"), _("Is er"), _("Binnengelopen")])
    for person in people:
        seat = getattr(person, "seat", None)
        room = ("", "", "") if seat is None else (seat.room.name, seat.room.theme.title, seat.room.place)
        yes = _("ja")
        writer.writerow(
            plain_cell(cell)
            for cell in (
                person.name,
                *room,
                yes if person.present else "",
                yes if person.walk_in else "",
            )
        )
    return text.getvalue().encode("utf-8-sig")


def plain_cell(text: str) -> str:
    """The text as text: an apostrophe before whatever a spreadsheet would run."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
