"""The command line: read → front door → write, and no logic of its own.

One module per subcommand; to add one, write a module with ``add`` and put it in ``_COMMANDS``.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from weerklank import __version__
from weerklank.cli import draw, formats, opinion, report, rooms, team, vectors, verify
from weerklank.cli.arguments import Parser
from weerklank.cli.command import UNDONE
from weerklank.cli.refusals import because
from weerklank.cli.screen import LANGUAGES, Screen, Voice, language_of, say
from weerklank.errors import WeerklankError

__all__ = ["main"]

_COMMANDS = (report, opinion, verify, formats, rooms, team, draw, vectors)
_INTERRUPTED = 130


def _parser(language: str) -> Parser:
    parser = Parser(
        prog="weerklank",
        description=say("description", language=language),
        epilog=say("exit", language=language),
        language=language,
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"weerklank {__version__}",
        help=say("version", language=language),
    )
    parser.add_argument("--language", choices=LANGUAGES, help=say("language", language=language))
    subparsers = parser.add_subparsers(
        required=True, dest="command", metavar=say("command", language=language)
    )
    for command in _COMMANDS:
        command.add(subparsers, language=language)
    return parser


def _wished(arguments: Sequence[str] | None) -> str | None:
    """The language that is asked for on this line, before the line is read in that language."""
    first = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    first.add_argument("--language")
    try:
        language = first.parse_known_args(arguments)[0].language
    except argparse.ArgumentError:
        return None
    return str(language) if language in LANGUAGES else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code (0 done, 1 something does not hold, 2 could not be done)."""
    wished = _wished(arguments)
    screen = Screen(wished or language_of(os.environ), Voice(wished or LANGUAGES[0]))
    parsed = _parser(screen.language).parse_args(arguments)
    try:
        return int(parsed.run(parsed, screen))
    except WeerklankError as error:
        screen.error(error.told(screen.language))
        return UNDONE
    except OSError as error:
        what = f"{error.filename or ''} {error.strerror or error}".strip()
        screen.error(because("file", what=what).text(screen.language))
        return UNDONE
    except KeyboardInterrupt:
        screen.error(screen.text("stopped"))
        return _INTERRUPTED
