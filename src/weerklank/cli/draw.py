"""``weerklank draw``: a pool and quotas → a thousand numbered panels to draw from in public, or a check of such a file."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from weerklank.cli.clock import today
from weerklank.cli.command import FOUND, OK, Subparsers, new_command, search_arguments
from weerklank.cli.folder import checked_folder, fill_folder, page_files
from weerklank.cli.refusals import because
from weerklank.cli.screen import Screen, Voice, say

if TYPE_CHECKING:
    from weerklank.allocation import Lottery
    from weerklank.allocation.pool_sheet import PoolSheet

__all__ = ["add"]


def add(subparsers: Subparsers, *, language: str) -> None:
    """Arguments of the command."""
    parser = new_command(subparsers, "draw", about="draw", language=language, run=_run)
    parser.add_argument("pool", type=Path, metavar="POOL", help=say("draw-pool", language=language))
    parser.add_argument("quotas", type=Path, metavar="QUOTAS", help=say("draw-quotas", language=language))
    parser.add_argument("-k", type=int, required=True, metavar="N", help=say("draw-k", language=language))
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", type=Path, metavar="DIR", help=say("report-out", language=language))
    what.add_argument("--check", type=Path, metavar="FILE", help=say("draw-check", language=language))
    parser.add_argument("--number", type=int, metavar="000-999", help=say("draw-number", language=language))
    search_arguments(parser, language=language)


def _run(arguments: argparse.Namespace, screen: Screen) -> int:
    from weerklank.allocation.pool_sheet import read_pool

    if arguments.check is not None:
        return _check(read_pool(arguments.pool, arguments.quotas), arguments, screen)
    if arguments.number is not None:
        # A number that is known before the panels are is no lottery.
        raise because.bad_input("number-early")
    from weerklank.allocation import draw_panel

    out = checked_folder(arguments.out)
    with screen.steps() as steps:
        steps.begin(screen.text("reading-sheets"))
        sheet = read_pool(arguments.pool, arguments.quotas)
        steps.begin(screen.text("drawing"))
        lottery = draw_panel(
            sheet.pool,
            sheet.quotas,
            arguments.k,
            seed=arguments.seed,
            effort=arguments.effort,
            tell=steps.tell,
        )
        steps.begin(screen.text("places-writing"))
        written = fill_folder(out, _files(lottery, sheet, arguments, screen.paper))
    screen.line(
        screen.text(
            "draw-done",
            people=screen.count("people", len(sheet.pool)),
            lowest=screen.percent(lottery.lowest),
            proof=screen.text("draw-proven" if lottery.proven else "draw-unproven"),
        )
    )
    screen.line(screen.text("places-written", folder=out))
    for path in written:
        screen.line(f"  {path.name}")
    screen.line(screen.text("draw-next"))
    return OK


def _files(
    lottery: Lottery, sheet: PoolSheet, arguments: argparse.Namespace, paper: Voice
) -> dict[str, bytes]:
    from weerklank.allocation.exports import Sheet
    from weerklank.chapters.places import lottery_page

    page = lottery_page(
        lottery,
        sheet.pool,
        sheet.quotas,
        title=arguments.title,
        date=today(),
        language=paper.language,
    )
    panels = Sheet(
        paper.text("file-panels"),
        (paper.text("column-panel"), *(str(seat) for seat in range(1, lottery.size + 1))),
        tuple((f"{number:03}", *panel) for number, panel in enumerate(lottery.panels)),
    )
    chances = Sheet(
        paper.text("file-chances"),
        tuple(paper.text(name) for name in ("column-name", "column-panels", "column-fair")),
        tuple(
            (chance.candidate, str(chance.panels), paper.percent(chance.fair)) for chance in lottery.chances
        ),
    )
    files = page_files(page, paper.text("file-page"))
    files |= {f"{table.title}.csv": table.csv().encode("utf-8-sig") for table in (panels, chances)}
    files[paper.text("file-lottery")] = lottery.as_json().encode()
    certificate = json.dumps(asdict(lottery.certificate), ensure_ascii=False, indent=1, sort_keys=True)
    files[paper.text("file-certificate")] = certificate.encode()
    return files


def _check(sheet: PoolSheet, arguments: argparse.Namespace, screen: Screen) -> int:
    from weerklank.allocation import BrokenLottery, Lottery, check_lottery

    try:
        lottery = Lottery.from_json(arguments.check.read_text(encoding="utf-8"))
        check_lottery(lottery, sheet.pool, sheet.quotas, arguments.k)
    except BrokenLottery as error:
        screen.line(error.told(screen.language))
        return FOUND
    screen.line(
        screen.text(
            "draw-holds",
            lowest=screen.percent(lottery.lowest),
            bound=screen.percent(lottery.certificate.bound),
        )
    )
    if arguments.number is not None:
        screen.line(screen.text("draw-panel", number=f"{arguments.number:03}"))
        for name in lottery.drawn(arguments.number):
            screen.line(f"  {name}")
    return OK
