"""Lists of who sits where: right for the program that reads them, and silent about everything else (W6)."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import openpyxl
import pytest

from library.allocation_events import gathering
from weerklank.allocation import (
    Listed,
    allocate,
    bigbluebutton_groups,
    door_list,
    listed_from,
    room_lists,
    teams_list,
    workbook,
    zoom_list,
)
from weerklank.errors import BadInput

PEOPLE = (
    Listed("Wim", "Kamer 10", "Team", "hal", "wim@voorbeeld.example", "u7"),
    Listed("an", "Kamer 2", "Burgers", "zolder", "an@voorbeeld.example", "u3"),
    Listed("=cmd()", "Kamer 2", "Burgers", "zolder", "+boos@voorbeeld.example", "u1"),
    Listed("Bo", "Kamer 2", "Burgers", "zolder"),
)


def test_lists_for_paper_stand_in_the_order_in_which_one_looks() -> None:
    assert [row[0] for row in door_list(PEOPLE).rows] == ["=cmd()", "an", "Bo", "Wim"]
    assert [sheet.title for sheet in room_lists(PEOPLE)] == ["Kamer 2", "Kamer 10"], "10 comes after 2"
    assert door_list(PEOPLE, language="en").columns == ("Name", "Room", "Theme", "Where")


def test_a_spreadsheet_runs_nothing_that_a_participant_typed() -> None:
    rows = list(csv.reader(io.StringIO(door_list(PEOPLE).csv(delimiter=";")), delimiter=";"))
    assert rows[1][0] == "'=cmd()"
    book = openpyxl.load_workbook(io.BytesIO(workbook([door_list(PEOPLE), *room_lists(PEOPLE)])))
    assert book.sheetnames == ["Deurlijst", "Kamer 2", "Kamer 10"]
    cell = book["Deurlijst"]["A2"]
    assert (cell.value, cell.data_type) == ("=cmd()", "s"), "text, no formula"


def test_tabs_get_names_that_excel_takes() -> None:
    long = "Een kamer met een naam: [lang] / veel te lang"
    sheets = [replace(door_list(()), title=long), replace(door_list(()), title=long.upper())]
    first, second = openpyxl.load_workbook(io.BytesIO(workbook(sheets))).sheetnames
    assert first.casefold() != second.casefold()
    assert max(len(first), len(second)) <= 31


def test_bigbluebutton_gets_groups_as_its_manual_says() -> None:
    """Array of groups; id and name are text, roster lists the ids with which people join."""
    made = bigbluebutton_groups(PEOPLE)
    assert json.loads(made.json) == [
        {"id": "1", "name": "Kamer 2", "roster": ["u1", "u3"]},
        {"id": "2", "name": "Kamer 10", "roster": ["u7"]},
    ]
    assert made.left_out == ("Bo",)


def test_zoom_and_teams_get_addresses_and_say_who_has_none() -> None:
    zoom = zoom_list(PEOPLE)
    assert zoom.csv().splitlines() == [
        "Pre-assign Room Name,Email Address",
        "Kamer 2,an@voorbeeld.example",
        "Kamer 10,wim@voorbeeld.example",
    ]
    assert zoom.left_out == ("=cmd()", "Bo")
    assert teams_list(PEOPLE).rows[0] == ("Kamer 2", "an", "an@voorbeeld.example")


def test_nothing_of_wishes_needs_or_rules_goes_out() -> None:
    """Every file of a plan stays the same to the byte when all that is nobody's business differs."""
    event = gathering(people=80)
    plan = allocate(event, seed=1, effort="quick")
    bare = replace(
        event,
        people=tuple(
            replace(one, wishes=(), needs=frozenset(), languages=frozenset(), layer=None, organisation=None)
            for one in event.people
        ),
        apart=(),
        together=(),
        pins={},
    )
    bare_plan = replace(plan, seats=tuple(replace(seat, rank=None) for seat in plan.seats), reasons=())
    full, empty = listed_from(event, plan), listed_from(bare, bare_plan)
    assert full == empty
    assert len(full) == 80
    with pytest.raises(BadInput, match="Ronde 9"):
        listed_from(event, plan, round=9)
