"""The error family of the library.

::

    WeerklankError
    ├── BadInput         the input is wrong: where, what, and what to do
    ├── TooLittleData    the method cannot say anything with so little
    ├── NoSolution       the demands contradict each other
    ├── Unfounded        a published sentence does not follow from its sources
    └── MissingExtra     an optional part of the installation is needed

Each carries a stable ``code`` (for programs) and a sentence (for people). ``str(error)`` is Dutch;
``error.told(language)`` is the same in the reader's language, where the sentence is a :class:`Phrase`.
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
    "TooLittleData",
    "Unfounded",
    "WeerklankError",
]

_FIRST = "nl"
_LINE = {"nl": "regel", "en": "line"}


@cache
def _refusals(home: str) -> dict[str, dict[str, str]]:
    return tomllib.loads(files(home).joinpath("refusals.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence that exists per language, with what is filled in.

    :param home: the package whose ``refusals.toml`` holds it, as ``[key]`` with a sentence per language.
    :param key: its stable name, for programs too.
    """

    home: str
    key: str
    values: tuple[tuple[str, object], ...] = ()

    def text(self, language: str = _FIRST) -> str:
        """The sentence in ``language``; English where that language has none. Without a home, the key is the sentence."""
        if not self.home:
            return self.key
        spoken = _refusals(self.home)[self.key]
        return (spoken.get(language) or spoken["en"]).format(**dict(self.values))


def _say(what: str | Phrase, language: str) -> str:
    return what.text(language) if isinstance(what, Phrase) else what


class WeerklankError(Exception):
    """Base of every error this library raises on purpose."""

    code = "weerklank"

    def told(self, language: str) -> str:  # noqa: ARG002  # for those that have a phrase
        """The whole sentence for a reader of ``language``; Dutch where there is no other."""
        return str(self)


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
        self._what, self._remedy = what, remedy
        self.source, self.line = source, line
        self.what = _say(what, _FIRST)
        self.remedy = None if remedy is None else _say(remedy, _FIRST)
        super().__init__(self.told(_FIRST))

    def told(self, language: str) -> str:
        """Where, what and what to do, for a reader of ``language``."""
        at = None if self.line is None else f"{_LINE.get(language, _LINE['en'])} {self.line}"
        where = ", ".join(part for part in (self.source, at) if part is not None)
        what = _say(self._what, language)
        sentence = f"{where}: {what}" if where else what
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
        self._what = what
        self.what, self.sentence, self.sources = _say(what, _FIRST), sentence, sources
        super().__init__(self.told(_FIRST))

    @property
    def phrase(self) -> Phrase:
        """Why, to be told later; a reason that was given as plain text stays that text."""
        return self._what if isinstance(self._what, Phrase) else Phrase("", self._what)

    def reason(self, language: str) -> str:
        """Why, without the sentence itself, for a reader of ``language``."""
        return _say(self._what, language)

    def told(self, language: str) -> str:
        """Why, and the sentence, for a reader of ``language``."""
        return f"{self.reason(language)} «{self.sentence}»"


class MissingExtra(WeerklankError):
    """An optional dependency is missing; names the extra to install."""

    code = "missing-extra"

    def __init__(self, extra: str, *, needed_for: str) -> None:
        self.extra = extra
        super().__init__(f"{needed_for}: pip install 'weerklank[{extra}]'")
