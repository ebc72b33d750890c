"""``weerklank rooms``: two spreadsheets → who sits where, with lists, reasons and an audit."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from weerklank.cli.clock import today
from weerklank.cli.command import OK, Subparsers, new_command, search_arguments
from weerklank.cli.folder import checked_folder, fill_folder, page_files
from weerklank.cli.screen import Screen, Voice, say
from weerklank.errors import MissingExtra

if TYPE_CHECKING:
    from weerklank.allocation import Plan
    from weerklank.allocation.exports import Listed
    from weerklank.allocation.people_sheet import Roster

__all__ = ["add"]


def add(subparsers: Subparsers, *, language: str) -> None:
    """Arguments of the command."""
    parser = new_command(subparsers, "rooms", about="rooms", language=language, run=_run)
    parser.add_argument("people", type=Path, metavar="PEOPLE", help=say("rooms-people", language=language))
    parser.add_argument("rooms", type=Path, metavar="ROOMS", help=say("rooms-rooms", language=language))
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help=say("report-out", language=language)
    )
    parser.add_argument(
        "--rounds", type=int, default=1, metavar="N", help=say("rooms-rounds", language=language)
    )
    search_arguments(parser, language=language)
    parser.add_argument("--lenient", action="store_true", help=say("rooms-lenient", language=language))


def _run(arguments: argparse.Namespace, screen: Screen) -> int:
    from weerklank.allocation import allocate
    from weerklank.allocation.people_sheet import read_event
    from weerklank.chapters.places import rooms_page

    out = checked_folder(arguments.out)
    with screen.steps() as steps:
        steps.begin(screen.text("reading-sheets"))
        roster = read_event(
            arguments.people, arguments.rooms, rounds=arguments.rounds, lenient=arguments.lenient
        )
        steps.begin(screen.text("seating"))
        plan = allocate(roster.event, seed=arguments.seed, effort=arguments.effort)
        steps.begin(screen.text("places-writing"))
        paper = screen.paper
        page = rooms_page(
            roster.event,
            plan,
            title=arguments.title,
            date=today(),
            language=paper.language,
            remarks=[fault.text(paper.language) for fault in roster.passed],
        )
        files = page_files(page, paper.text("file-page"))
        files[paper.text("file-plan")] = plan.as_json().encode()
        files |= _reasons(roster, plan, paper)
        left_out: set[str] = set()
        for turn in range(1, arguments.rounds + 1):
            made, missing = _lists(roster, plan, screen, turn=turn)
            files |= made
            left_out.update(missing)
        written = fill_folder(out, files)
    _tell(roster, plan, written, sorted(left_out), out=out, screen=screen)
    return OK


def _lists(
    roster: Roster, plan: Plan, screen: Screen, *, turn: int
) -> tuple[dict[str, bytes], Sequence[str]]:
    """The lists of one round, and who could not be on that of a video meeting because an address is missing."""
    from weerklank.allocation.exports import (
        Sheet,
        bigbluebutton_groups,
        door_list,
        listed_from,
        room_lists,
        teams_list,
        workbook,
        zoom_list,
    )

    listed: tuple[Listed, ...] = listed_from(
        roster.event,
        plan,
        names=roster.names,
        emails=roster.emails,
        # Where the list has no accounts, the meeting is joined with the number or name of the list.
        accounts=roster.accounts or {person.id: person.id for person in roster.event.people},
        places=roster.places,
        round=turn,
    )
    paper = screen.paper
    language = paper.language
    door, rooms = door_list(listed, language=language), room_lists(listed, language=language)
    per_room = Sheet(
        paper.text("file-rooms"),
        (paper.text("column-room"), *rooms[0].columns) if rooms else (),
        tuple((sheet.title, *row) for sheet in rooms for row in sheet.rows),
    )
    tables = {"file-door": door, "file-rooms": per_room}
    zoom, teams = zoom_list(listed), teams_list(listed, language=language)
    after = "" if roster.event.rounds == 1 else paper.text("file-round", round=turn)
    if roster.emails:
        tables["file-teams"] = teams
    # The mark at the start tells Excel that this is UTF-8; Zoom would take it for a part of the first heading.
    files = {
        f"{paper.text(name)}{after}.csv": sheet.csv().encode("utf-8-sig") for name, sheet in tables.items()
    }
    if roster.emails:
        files[f"{paper.text('file-zoom')}{after}.csv"] = zoom.csv().encode()
    groups = bigbluebutton_groups(listed)
    files[f"{paper.text('file-bigbluebutton')}{after}.json"] = groups.json.encode()
    try:
        files[f"{paper.text('file-lists')}{after}.xlsx"] = workbook([door, *rooms])
    except MissingExtra as error:
        screen.error(error.told(screen.language))
    return files, zoom.left_out if roster.emails else ()


def _reasons(roster: Roster, plan: Plan, paper: Voice) -> dict[str, bytes]:
    from weerklank.allocation.exports import Sheet

    several = roster.event.rounds > 1
    rows = sorted(
        (
            roster.names[reason.person],
            roster.emails.get(reason.person, ""),
            *([str(reason.round)] if several else []),
            reason.text(paper.language),
        )
        for reason in plan.reasons
    )
    columns = [paper.text(name) for name in ("column-name", "column-email", "column-why")]
    if several:
        columns.insert(2, paper.text("column-round"))
    sheet = Sheet(paper.text("file-reasons"), tuple(columns), tuple(rows))
    return {f"{sheet.title}.csv": sheet.csv().encode("utf-8-sig")}


def _tell(
    roster: Roster,
    plan: Plan,
    files: Sequence[Path],
    left_out: Sequence[str],
    *,
    out: Path,
    screen: Screen,
) -> None:
    from weerklank.allocation.wording import rank_in_words

    people = screen.count("people", len(roster.event.people))
    screen.line(screen.text("rooms-done", people=people, rooms=len(roster.event.rooms), folder=out))
    counts = [
        *(
            (rank_in_words(rank, True, language=screen.language), many)
            for rank, many in enumerate(plan.choices.by_rank, start=1)
        ),
        (rank_in_words(None, True, language=screen.language), plan.choices.unwished),
        (rank_in_words(None, False, language=screen.language), plan.choices.no_wish),
    ]
    told = [screen.text("rooms-choice", name=name, count=many) for name, many in counts if many]
    screen.line(f"  {', '.join(told)}")
    for path in files:
        screen.line(f"  {path.name}")
    if left_out:
        screen.line(screen.text("rooms-no-address", names=", ".join(left_out)))
    if roster.passed:
        screen.line(screen.text("rooms-passed", count=len(roster.passed)))
        for fault in roster.passed:
            screen.line(f"  {fault.text(screen.language)}")
