"""What a subcommand is: a module with ``add`` (its arguments) that sets a ``run``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TypeAlias

from weerklank.cli.arguments import Parser
from weerklank.cli.screen import LANGUAGES, Screen, say

__all__ = ["FOUND", "OK", "UNDONE", "Run", "Subparsers", "new_command", "search_arguments"]

Subparsers: TypeAlias = "argparse._SubParsersAction[Parser]"

#: Exit codes: done; checked and something does not hold; could not be done.
OK, FOUND, UNDONE = 0, 1, 2

#: Does the work and returns the exit code; raises WeerklankError with the sentence for the person.
Run = Callable[[argparse.Namespace, Screen], int]


def new_command(subparsers: Subparsers, name: str, *, about: str, language: str, run: Run | None) -> Parser:
    """A parser for ``name`` whose work is ``run`` (None for a group of subcommands)."""
    text = say(about, language=language)
    parser = subparsers.add_parser(
        name, help=text, description=text, epilog=say("exit", language=language), language=language
    )
    # SUPPRESS: given before the command, it is not overwritten by the default here.
    parser.add_argument(
        "--language", choices=LANGUAGES, default=argparse.SUPPRESS, help=say("language", language=language)
    )
    if run is not None:
        parser.set_defaults(run=run)
    return parser


def search_arguments(parser: argparse.ArgumentParser, *, language: str) -> None:
    """``--seed``, ``--effort`` and ``--title``: what every search for places, panels or teams can be told."""
    parser.add_argument("--seed", type=int, default=1, help=say("places-seed", language=language))
    parser.add_argument(
        "--effort",
        choices=("quick", "normal", "thorough"),
        default="normal",
        help=say("places-effort", language=language),
    )
    parser.add_argument("--title", help=say("report-title", language=language))
