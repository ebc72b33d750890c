"""``weerklank verify``: is everything in the report still in the notes?"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from weerklank.cli.command import FOUND, OK, Subparsers, new_command
from weerklank.cli.refusals import because
from weerklank.cli.screen import Screen, say

if TYPE_CHECKING:
    from weerklank.evidence.ledger import Json

__all__ = ["add"]


def add(subparsers: Subparsers, *, language: str) -> None:
    """Arguments of the command."""
    parser = new_command(subparsers, "verify", about="verify", language=language, run=_run)
    parser.add_argument(
        "evidence", type=Path, metavar="EVIDENCE", help=say("verify-evidence", language=language)
    )
    parser.add_argument("notes", type=Path, metavar="NOTES", help=say("verify-notes", language=language))
    parser.add_argument(
        "--agenda", action="append", default=[], metavar="THEME", help=say("report-agenda", language=language)
    )


def _run(arguments: argparse.Namespace, screen: Screen) -> int:
    from weerklank.evidence import verify_evidence
    from weerklank.notes import read_notes

    evidence = _load(arguments.evidence)
    with screen.steps() as steps:
        steps.begin(screen.text("reading"))
        notes = read_notes(
            arguments.notes, agenda=arguments.agenda, language=screen.paper.language, progress=steps.tell
        )
    findings = verify_evidence(evidence, notes.contributions)
    if not findings:
        paragraphs = evidence["paragraphs"]
        count = len(paragraphs) if isinstance(paragraphs, list) else 0
        screen.line(
            screen.text(
                "verify-holds",
                paragraphs=count,
                contributions=screen.count("contributions", len(notes.contributions)),
            )
        )
        return OK
    screen.line(screen.text("verify-fails", count=len(findings)))
    for finding in findings:
        screen.line(f"  {finding.where} [{finding.code}] {finding.told(screen.language)}")
    return FOUND


def _load(path: Path) -> dict[str, Json]:
    broken = because.bad_input("no-evidence", source=str(path))
    try:
        evidence = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise broken from error
    if not isinstance(evidence, dict):
        raise broken
    return evidence
