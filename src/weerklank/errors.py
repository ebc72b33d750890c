"""The error family of the library.

::

    WeerklankError
    ├── BadInput         the input is wrong: where, what, and what to do
    ├── TooLittleData    the method cannot say anything with so little
    ├── NoSolution       the demands contradict each other
    ├── Unfounded        a published sentence does not follow from its sources
    └── MissingExtra     an optional part of the installation is needed

Each carries a stable ``code`` (for programs) and a sentence (for people).
"""

from __future__ import annotations

__all__ = ["BadInput", "MissingExtra", "NoSolution", "TooLittleData", "Unfounded", "WeerklankError"]


class WeerklankError(Exception):
    """Base of every error this library raises on purpose."""

    code = "weerklank"


class BadInput(WeerklankError):
    """The input is wrong. Says what, where (``source``, ``line``) and what to do (``remedy``)."""

    code = "bad-input"

    def __init__(
        self, what: str, *, source: str | None = None, line: int | None = None, remedy: str | None = None
    ) -> None:
        self.what, self.source, self.line, self.remedy = what, source, line, remedy
        where = ""
        if source is not None:
            where = source if line is None else f"{source}, regel {line}"
        elif line is not None:
            where = f"regel {line}"
        sentence = f"{where}: {what}" if where else what
        super().__init__(f"{sentence} {remedy}" if remedy else sentence)


class TooLittleData(WeerklankError):
    """There is too little data for an honest answer."""

    code = "too-little-data"


class NoSolution(WeerklankError):
    """The demands contradict each other; names the demands that do."""

    code = "no-solution"


class Unfounded(WeerklankError):
    """A sentence meant for publication does not follow from its sources; names the sentence."""

    code = "unfounded"

    def __init__(self, what: str, *, sentence: str, sources: tuple[str, ...] = ()) -> None:
        self.what, self.sentence, self.sources = what, sentence, sources
        super().__init__(f"{what} «{sentence}»")


class MissingExtra(WeerklankError):
    """An optional dependency is missing; names the extra to install."""

    code = "missing-extra"

    def __init__(self, extra: str, *, needed_for: str) -> None:
        self.extra = extra
        super().__init__(f"{needed_for}: pip install 'weerklank[{extra}]'")
