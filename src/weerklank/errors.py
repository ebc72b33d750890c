"""The error family of the library.

::

    WeerklankError
    ├── BadInput         the input is wrong: where, what, and what to do
    ├── TooLittleData    the method cannot say anything with so little
    ├── NoSolution       the demands contradict each other
    ├── Unfounded        a published sentence does not follow from its sources
    └── MissingExtra     an optional part of the installation is needed

Each carries a stable ``code`` (for programs) and a sentence (for people). ``str(error)`` is Dutch;
``error.told(language)`` is the same in the reader's language. The sentences stand in the ``refusals.toml`` of the package
that refuses, named by :class:`Refusals`; a sentence written in the code itself cannot be told in another language.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = [
    "BadInput",
    "MissingExtra",
    "NoSolution",
    "Phrase",
    "Refusals",
    "TooLittleData",
    "Unfounded",
    "WeerklankError",
    "located",
]

_FIRST = "nl"


@cache
def _refusals(home: str) -> dict[str, dict[str, str]]:
    return tomllib.loads(files(home).joinpath("refusals.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence that exists per language, with what is filled in.

    :param home: the package whose ``refusals.toml`` holds it, as ``[key]`` with a sentence per language.
    :param key: its stable name, for programs too.
    :param values: what to fill in; a phrase among them is told in the same language.
    """

    home: str
    key: str
    values: tuple[tuple[str, object], ...] = ()

    def text(self, language: str = _FIRST) -> str:
        """The sentence in ``language``; English where that language has none. Without a home, the key is the sentence."""
        if not self.home:
            return self.key
        spoken = _refusals(self.home)[self.key]
        filled = {name: _say(value, language) for name, value in self.values}
        return (spoken.get(language) or spoken["en"]).format(**filled)


@dataclass(frozen=True, slots=True)
class Refusals:
    """The sentences of one package: ``because = Refusals(__package__)``, then ``because("no-file", name=…)``."""

    home: str

    def __call__(self, key: str, /, **values: object) -> Phrase:
        """The sentence ``key``, with ``values`` filled in."""
        return Phrase(self.home, key, tuple(values.items()))

    def bad_input(
        self, key: str, /, *, source: str | None = None, line: int | None = None, **values: object
    ) -> BadInput:
        """The error ``key``, with what to do as ``key-remedy``; ``raise`` it."""
        remedy = self(f"{key}-remedy", **values)
        return BadInput(self(key, **values), source=source, line=line, remedy=remedy)


_frame = Refusals("weerklank")


def located(where: str, what: str | Phrase, *, language: str) -> str:
    """Where something is wrong and what, as one sentence of ``language``."""
    return _frame("at", where=where, what=what).text(language)


def _say(what: object, language: str) -> object:
    return what.text(language) if isinstance(what, Phrase) else what


class WeerklankError(Exception):
    """Base of every error this library raises on purpose."""

    code = "weerklank"

    def __init__(self, what: str | Phrase) -> None:
        self._what = what
        super().__init__(self.told(_FIRST))

    def told(self, language: str) -> str:
        """The whole sentence for a reader of ``language``."""
        return str(_say(self._what, language))


class BadInput(WeerklankError):
    """The input is wrong. Says what, where (``source``, ``line``) and what to do (``remedy``)."""

    code = "bad-input"

    def __init__(
        self,
        what: str | Phrase,
        *,
        source: str | None = None,
        line: int | None = None,
        remedy: str | Phrase | None = None,
    ) -> None:
        self._remedy = remedy
        self.source, self.line = source, line
        self.what = str(_say(what, _FIRST))
        self.remedy = None if remedy is None else str(_say(remedy, _FIRST))
        super().__init__(what)

    def told(self, language: str) -> str:
        """Where, what and what to do, for a reader of ``language``."""
        at = None if self.line is None else _frame("line", line=self.line).text(language)
        where = ", ".join(part for part in (self.source, at) if part is not None)
        sentence = super().told(language)
        if where:
            sentence = located(where, sentence, language=language)
        return f"{sentence} {_say(self._remedy, language)}" if self._remedy else sentence


class TooLittleData(WeerklankError):
    """There is too little data for an honest answer."""

    code = "too-little-data"


class NoSolution(WeerklankError):
    """The demands contradict each other; names the demands that do."""

    code = "no-solution"


class Unfounded(WeerklankError):
    """A sentence meant for publication does not follow from its sources; names the sentence."""

    code = "unfounded"

    def __init__(self, what: str | Phrase, *, sentence: str, sources: tuple[str, ...] = ()) -> None:
        self.what, self.sentence, self.sources = str(_say(what, _FIRST)), sentence, sources
        super().__init__(what)

    @property
    def phrase(self) -> Phrase:
        """Why, to be told later; a reason that was given as plain text stays that text."""
        return self._what if isinstance(self._what, Phrase) else Phrase("", self._what)

    def reason(self, language: str) -> str:
        """Why, without the sentence itself, for a reader of ``language``."""
        return self.phrase.text(language)

    def told(self, language: str) -> str:
        """Why, and the sentence, for a reader of ``language``."""
        return _frame("unfounded", reason=self.reason(language), sentence=self.sentence).text(language)


class MissingExtra(WeerklankError):
    """An optional dependency is missing; names the extra to install.

    :param needed_for: what cannot be done without it, as the begin of a sentence ("Reading a Word file").
    """

    code = "missing-extra"

    def __init__(self, extra: str, *, needed_for: str | Phrase) -> None:
        self.extra = extra
        what = _frame("missing-extra", needed_for=needed_for, extra=extra)
        super().__init__(what)
