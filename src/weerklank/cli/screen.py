"""What the command line shows: sentences from data, results on stdout, progress and errors on stderr.

The screen speaks the language of who sits before it; what is written speaks that of whom it is for. ``--language`` says both.
Without it the screen follows the machine (``LC_ALL``, ``LC_MESSAGES``, ``LANG``), and what is written is Dutch: the same
command must make the same files on every machine.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn

__all__ = ["LANGUAGES", "Screen", "Steps", "Voice", "language_of", "say"]

#: Languages of the screen, and of the reports and lists that are written; the first is that of what is written without a wish.
LANGUAGES = ("nl", "en", "fr")


def language_of(environment: Mapping[str, str]) -> str:
    """The language of the screen that a machine is set to; English where that has no sentences, Dutch where nothing is set."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    language = locale.partition(".")[0].partition("_")[0].casefold()
    if language in ("", "c", "posix"):
        return LANGUAGES[0]
    return language if language in LANGUAGES else "en"


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files(__package__).joinpath("texts.toml").read_text(encoding="utf-8"))


def say(name: str, /, *, language: str, **words: object) -> str:
    """The sentence ``name`` in ``language``."""
    return _texts()[language][name].format(**words)


@dataclass(slots=True)
class Steps:
    """A progress bar of named steps; silent when nobody watches a terminal."""

    bar: Progress
    task: TaskID

    def begin(self, text: str) -> None:
        """A new step, of unknown length until told."""
        self.bar.update(self.task, description=text, total=None, completed=0)

    def tell(self, done: int, total: int) -> None:
        """How far the step is."""
        self.bar.update(self.task, completed=done, total=total)


def _console(*, stderr: bool = False) -> Console:
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)


@dataclass(frozen=True, slots=True)
class Voice:
    """The sentences of one language."""

    language: str

    def text(self, name: str, /, **words: object) -> str:
        """The sentence ``name``."""
        return say(name, language=self.language, **words)

    def count(self, name: str, count: int) -> str:
        """A number with its noun: "1 thema", "2 thema's"."""
        return self.text(f"{name}-{'one' if count == 1 else 'other'}", count=count)

    def percent(self, millionths: int) -> str:
        """A chance in millionths: "12,50 %", which does not break."""
        return f"{millionths / 10_000:.2f}\u00a0%".replace(".", self.text("decimal-sign"))


@dataclass(frozen=True, slots=True)
class Screen(Voice):
    """Where a command speaks; ``paper`` is the voice of what it writes."""

    paper: Voice
    out: Console = field(default_factory=_console)
    err: Console = field(default_factory=lambda: _console(stderr=True))

    def line(self, text: str = "") -> None:
        """A line of the result."""
        self.out.print(text)

    def error(self, what: str) -> None:
        """The one sentence about what went wrong."""
        self.err.print(self.text("error", what=what))

    @contextmanager
    def steps(self) -> Iterator[Steps]:
        """Show steps while they last."""
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24))
        watched = sys.stderr.isatty()
        with Progress(*columns, console=self.err, transient=True, disable=not watched) as bar:
            yield Steps(bar, bar.add_task("", total=None))
