"""A parser of arguments that speaks the reader's language.

``argparse`` knows its own words in English alone. What it is about to say is recognised by those words and said again in
the reader's language (``usage.toml``); a sentence that is not recognised is passed on as it is.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Iterable
from functools import cache, partial
from importlib import resources
from typing import Any, NoReturn

from weerklank.cli.screen import say

__all__ = ["Parser"]


@cache
def _usage() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("usage.toml").read_text(encoding="utf-8"))


@cache
def _pattern(english: str) -> re.Pattern[str]:
    """A sentence with ``{gaps}`` as a pattern that finds what was filled in."""
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(english)))


def _complaint(message: str, language: str) -> str:
    """What the parser complains of, for a reader of ``language``."""
    for sentence in _usage()["complaints"]:
        if found := _pattern(sentence["en"]).fullmatch(message):
            said = {name: _complaint(part, language) for name, part in found.groupdict().items()}
            return str(sentence[language]).format(**said)
    return message


class _Explanation(argparse.HelpFormatter):
    """The explanation of a command, under headings in ``language``."""

    def __init__(self, prog: str, *, language: str) -> None:
        super().__init__(prog)
        self._headings = {heading["en"]: str(heading[language]) for heading in _usage()["headings"].values()}

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """How the command is written, after our word for it."""
        super().add_usage(usage, actions, groups, self._headings["usage: "] if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        """A group of arguments under its heading."""
        super().start_section(self._headings.get(heading or "", heading))


class Parser(argparse.ArgumentParser):
    """An ``ArgumentParser`` with ``--help`` and every word of its own in ``language``; subparsers get the same class."""

    def __init__(self, *, language: str, **settings: Any) -> None:
        super().__init__(add_help=False, formatter_class=partial(_Explanation, language=language), **settings)
        self.language = language
        self.add_argument("-h", "--help", action="help", help=say("help", language=language))

    def error(self, message: str) -> NoReturn:
        """How the command is written and what is wrong with this one; ends the program with 2."""
        told = _complaint(message, self.language)
        what = f"{told[:1].upper()}{told[1:]}" if told != message else message
        self.exit(2, f"{self.format_usage()}{say('error', language=self.language, what=what)}\n")
