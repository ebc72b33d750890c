"""``weerklank formats check``: can these working formats be used?"""

from __future__ import annotations

import argparse
from pathlib import Path

from weerklank.cli.command import FOUND, OK, Subparsers, new_command
from weerklank.cli.screen import Screen, say

__all__ = ["add"]


def add(subparsers: Subparsers, *, language: str) -> None:
    """The group ``formats`` and its subcommands."""
    group = new_command(subparsers, "formats", about="formats", language=language, run=None)
    below = group.add_subparsers(required=True, metavar="check")
    check = new_command(below, "check", about="formats-check", language=language, run=_check)
    check.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help=say("formats-file", language=language)
    )


def _check(arguments: argparse.Namespace, screen: Screen) -> int:
    from weerklank.formats import InvalidFormat, Severity, check_format, load_format

    code = OK
    for path in arguments.files:
        try:
            findings = check_format(load_format(path))
        except InvalidFormat as error:
            findings = error.findings
        for finding in findings:
            screen.line(finding.sentence(screen.language))
        if any(finding.severity is Severity.ERROR for finding in findings):
            code = FOUND
        elif not findings:
            screen.line(screen.text("formats-sound", file=path))
    return code
