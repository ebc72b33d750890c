"""Reading untyped tables into typed values, writing down every fault instead of stopping at the first."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from weerklank.formats.findings import Finding, finding
from weerklank.formats.records import FormatOrigin
from weerklank.formats.texts import Text
from weerklank.formats.words import key_for

__all__ = ["Cursor", "Faults"]

_Member = TypeVar("_Member", bound=StrEnum)
_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


class Faults:
    """The faults found so far in one file."""

    def __init__(self, origin: FormatOrigin) -> None:
        self.origin = origin
        self.findings: list[Finding] = []

    def note(self, code: str, *, path: str, step: str | None, **gaps: object) -> None:
        """Write down one fault at ``path``."""
        self.findings.append(
            finding(
                code, source=self.origin.source, line=self.origin.line(path), step=step, path=path, **gaps
            )
        )


class Cursor:
    """One table of the file. Each reading method returns a usable value, and notes a fault where it had to guess.

    ``finish`` notes the keys that nobody asked for.
    """

    def __init__(
        self,
        table: Mapping[str, object],
        *,
        faults: Faults,
        path: str = "",
        step: str | None = None,
        languages: tuple[str, ...] = ("nl",),
    ) -> None:
        self._table, self._faults, self._path, self._step = table, faults, path, step
        self.languages = languages
        self._asked: list[str] = []

    def has(self, key: str) -> bool:
        """Whether the file gives this key."""
        self._asked.append(key)
        return key in self._table

    def words(self, key: str, *, default: str | None = None) -> str:
        """A plain string; obligatory and not empty unless there is a default."""
        value = self._value(key, obligatory=default is None)
        if value is None:
            return default or ""
        if not isinstance(value, str):
            self._note("not-a-text", key)
            return ""
        if default is None and not value.strip():
            self._note("empty-text", key)
        return value

    def words_or_none(self, key: str) -> str | None:
        """A plain string, or None when the file does not give it."""
        return self.words(key) if self.has(key) else None

    def id(self, key: str = "id") -> str:
        """A name for programs: small letters, digits, ``-`` and ``_``."""
        value = self.words(key)
        if value.strip() and not _ID.fullmatch(value):
            self._note("bad-id", key, given=value)
        return value

    def text(self, key: str) -> Text:
        """Words for people: one string (in the format's first language) or a table per language."""
        value = self._value(key, obligatory=True)
        return self._as_text(value, key) if value is not None else self._no_text()

    def text_or_none(self, key: str) -> Text | None:
        """As :meth:`text`, or None when the file does not give it."""
        return self.text(key) if self.has(key) else None

    def texts(self, key: str) -> tuple[Text, ...]:
        """A list of texts."""
        return tuple(self._as_text(each, f"{key}[{place}]") for place, each in enumerate(self._list(key)))

    def named_texts(self, key: str) -> tuple[tuple[str, Text], ...]:
        """A table of texts, sorted by name."""
        inner = self.table(key)
        if inner is None:
            return ()
        return tuple((name, inner.text(name)) for name in sorted(inner._table))

    def whole(self, key: str, *, least: int = 0, most: int | None = None, default: int | None = None) -> int:
        """A whole number of at least ``least``; obligatory unless there is a default."""
        value = self._value(key, obligatory=default is None)
        if value is None:
            return least if default is None else default
        if not isinstance(value, int) or isinstance(value, bool):
            self._note("not-a-number", key)
            return least
        if value < least:
            self._note("too-small", key, given=value, least=least)
            return least
        if most is not None and value > most:
            self._note("too-large", key, given=value, most=most)
            return most
        return value

    def whole_or_none(self, key: str, *, least: int = 0, most: int | None = None) -> int | None:
        """As :meth:`whole`, or None when the file does not give it."""
        return self.whole(key, least=least, most=most) if self.has(key) else None

    def flag(self, key: str, *, default: bool) -> bool:
        """``true`` or ``false``."""
        value = self._value(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self._note("not-a-flag", key)
            return default
        return value

    def member(self, key: str, kind: type[_Member], *, default: _Member | None = None) -> _Member:
        """One word of a closed vocabulary; obligatory unless there is a default."""
        value = self._value(key, obligatory=default is None)
        fallback = default or next(iter(kind))
        if value is None:
            return fallback
        words = [str(member) for member in kind]
        if not isinstance(value, str) or value not in words:
            likely = _likely(str(value), words)
            code = "not-one-of-likely" if likely else "not-one-of"
            self._note(code, key, given=value, choices=", ".join(words), likely=likely)
            return fallback
        return kind(value)

    def names(self, key: str) -> tuple[str, ...]:
        """A list of plain strings."""
        items = self._list(key)
        for place, item in enumerate(items):
            if not isinstance(item, str):
                self._note("not-a-text", f"{key}[{place}]")
        return tuple(item for item in items if isinstance(item, str))

    def language_codes(self, key: str) -> tuple[str, ...]:
        """A list of language codes; Dutch when the file does not say."""
        codes = self.names(key)
        for place, code in enumerate(codes):
            if not _LANGUAGE.fullmatch(code):
                self._note("not-a-language", f"{key}[{place}]", given=code)
        return codes or ("nl",)

    def table(self, key: str, *, obligatory: bool = False) -> Cursor | None:
        """The table under ``key``, or None; every key of it must be asked for."""
        value = self._value(key, obligatory=obligatory)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self._note("not-a-table", key)
            return None
        return self._below(value, key)

    def tables(self, key: str, *, name: str = "id", obligatory: bool = False) -> Iterator[Cursor]:
        """Each table of a list; two with the same ``name`` are a fault."""
        items = self._list(key, obligatory=obligatory)
        if obligatory and key in self._table and not items:
            self._note("empty-list", key)
        seen: set[object] = set()
        for place, item in enumerate(items):
            where = f"{key}[{place}]"
            if not isinstance(item, Mapping):
                self._note("not-a-table", where)
                continue
            inner = self._below(item, where, step=item.get("id") if key == "steps" else None)
            given = item.get(name)
            if isinstance(given, str) and given in seen:
                inner._note("double-id", name, given=given)
            seen.add(given if isinstance(given, str) else None)
            yield inner

    def finish(self) -> None:
        """Note every key that nobody asked for: a typing mistake is never silently ignored."""
        known = sorted(set(self._asked))
        for key in self._table:
            if key in known:
                continue
            likely = key_for(key, known) or _likely(key, known)
            code = "unknown-key-likely" if likely else "unknown-key"
            self._note(code, key, known=", ".join(known), likely=likely)

    def _value(self, key: str, *, obligatory: bool = False) -> object | None:
        self._asked.append(key)
        value = self._table.get(key)
        if value is None and obligatory:
            self._note("missing-key", key)
        return value

    def _list(self, key: str, *, obligatory: bool = False) -> list[object]:
        value = self._value(key, obligatory=obligatory)
        if value is None:
            return []
        if not isinstance(value, list):
            self._note("not-a-list", key)
            return []
        return value

    def _as_text(self, value: object, key: str) -> Text:
        if isinstance(value, str):
            value = {self.languages[0]: value}
        if not isinstance(value, Mapping) or not value:
            self._note("not-a-translation", key)
            return self._no_text()
        pairs = []
        for language, words in value.items():
            if not _LANGUAGE.fullmatch(language):
                self._note("not-a-language", key, given=language)
            elif not isinstance(words, str) or not words.strip():
                self._note("empty-text", key)
            else:
                pairs.append((language, words))
        if self.languages[0] not in dict(pairs):
            self._note("no-first-language", key, language=self.languages[0])
            return self._no_text()
        return Text(tuple(sorted(pairs, key=lambda pair: self._rank(pair[0]))))

    def _rank(self, language: str) -> tuple[int, str]:
        known = self.languages.index(language) if language in self.languages else len(self.languages)
        return known, language

    def _no_text(self) -> Text:
        return Text(((self.languages[0], ""),))

    def _below(self, table: Mapping[str, object], key: str, *, step: object = None) -> Cursor:
        return Cursor(
            table,
            faults=self._faults,
            path=self._join(key),
            step=step if isinstance(step, str) else self._step,
            languages=self.languages,
        )

    def _join(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def _note(self, code: str, key: str, **gaps: object) -> None:
        path = self._join(key)
        self._faults.note(code, path=path, step=self._step, key=path, **gaps)


def _likely(given: str, known: Iterable[str]) -> str:
    """The known word that looks most like what was given, or nothing."""
    return next(iter(difflib.get_close_matches(given, list(known), n=1, cutoff=0.7)), "")
