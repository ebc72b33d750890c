"""``weerklank team``: a spreadsheet of colleagues → a team that complements itself."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from weerklank.cli.clock import today
from weerklank.cli.command import OK, Subparsers, new_command, search_arguments
from weerklank.cli.folder import checked_folder, fill_folder, page_files
from weerklank.cli.refusals import because
from weerklank.cli.screen import Screen, say

if TYPE_CHECKING:
    from weerklank.allocation import Shares

__all__ = ["add"]


def add(subparsers: Subparsers, *, language: str) -> None:
    """Arguments of the command."""
    parser = new_command(subparsers, "team", about="team", language=language, run=_run)
    parser.add_argument("people", type=Path, metavar="PEOPLE", help=say("team-people", language=language))
    parser.add_argument("-k", type=int, required=True, metavar="N", help=say("team-k", language=language))
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help=say("report-out", language=language)
    )
    parser.add_argument("--profile", metavar="B,O,V", help=say("team-profile", language=language))
    for name in ("must", "without"):
        parser.add_argument(
            f"--{name}",
            action="append",
            default=[],
            metavar="NAME",
            help=say(f"team-{name}", language=language),
        )
    parser.add_argument(
        "--apart",
        action="append",
        default=[],
        nargs=2,
        metavar="NAME",
        help=say("team-apart", language=language),
    )
    search_arguments(parser, language=language)


def _run(arguments: argparse.Namespace, screen: Screen) -> int:
    from weerklank.allocation import compose_team
    from weerklank.allocation.pool_sheet import read_colleagues
    from weerklank.chapters.places import team_page

    out = checked_folder(arguments.out)
    profile = _profile(arguments.profile)
    with screen.steps() as steps:
        steps.begin(screen.text("reading-sheets"))
        people = read_colleagues(arguments.people)
        steps.begin(screen.text("composing"))
        team = compose_team(
            people,
            arguments.k,
            profile,
            must=arguments.must,
            without=arguments.without,
            apart=[(one, other) for one, other in arguments.apart],
            seed=arguments.seed,
            effort=arguments.effort,
        )
        steps.begin(screen.text("places-writing"))
        page = team_page(team, title=arguments.title, date=today(), language=screen.paper.language)
        files = page_files(page, screen.paper.text("file-page"))
        files[screen.paper.text("file-team")] = team.as_json().encode()
        written = fill_folder(out, files)
    screen.line(team.text(screen.language))
    for name in team.members:
        screen.line(f"  {name}")
    screen.line(screen.text("places-written", folder=out))
    for path in written:
        screen.line(f"  {path.name}")
    return OK


def _profile(text: str | None) -> Shares:
    """What the task asks of the three roles, from per cents."""
    from weerklank.allocation import Shares
    from weerklank.allocation.team import EVEN

    if text is None:
        return EVEN
    parts = [part.strip().removesuffix("%").strip() for part in text.split(",")]
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise because.bad_input("bad-profile", text=text)
    return Shares(*(10 * int(part) for part in parts))
