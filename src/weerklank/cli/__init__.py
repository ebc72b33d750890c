"""The command line: read → front door → write, and no logic of its own.

One module per subcommand; to add one, write a module with ``add`` and put it in ``_COMMANDS``.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from weerklank import __version__
from weerklank.cli import draw, formats, opinion, report, rooms, team, vectors, verify
from weerklank.cli.command import UNDONE
from weerklank.cli.screen import LANGUAGES, Screen, say
from weerklank.errors import WeerklankError

__all__ = ["main"]

_COMMANDS = (report, opinion, verify, formats, rooms, team, draw, vectors)
_INTERRUPTED = 130


def _parser(language: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="weerklank",
        description=say("description", language=language),
        epilog=say("exit", language=language),
    )
    parser.add_argument("--version", action="version", version=f"weerklank {__version__}")
    parser.add_argument(
        "--language", choices=LANGUAGES, default=language, help=say("language", language=language)
    )
    subparsers = parser.add_subparsers(required=True, dest="command", metavar="command")
    for command in _COMMANDS:
        command.add(subparsers, language=language)
    return parser


def _spoken(arguments: Sequence[str] | None) -> str:
    """The language of the help: as asked on this line, else Dutch."""
    first = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    first.add_argument("--language", default=LANGUAGES[0])
    try:
        language = str(first.parse_known_args(arguments)[0].language)
    except argparse.ArgumentError:
        language = LANGUAGES[0]
    return language if language in LANGUAGES else LANGUAGES[0]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code (0 done, 1 something does not hold, 2 could not be done)."""
    parsed = _parser(_spoken(arguments)).parse_args(arguments)
    screen = Screen(parsed.language)
    try:
        return int(parsed.run(parsed, screen))
    except WeerklankError as error:
        screen.error(error.told(parsed.language))
        return UNDONE
    except OSError as error:
        screen.error(
            screen.text("unexpected-file", what=f"{error.filename or ''} {error.strerror or error}".strip())
        )
        return UNDONE
    except KeyboardInterrupt:
        screen.error(screen.text("stopped"))
        return _INTERRUPTED
