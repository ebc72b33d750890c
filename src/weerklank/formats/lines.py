"""On which line of a TOML text each key stands. The parser of the standard library does not tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["lines_of_keys"]

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=")


def lines_of_keys(text: str) -> Mapping[str, int]:
    """The line (from 1) of every table, key and list item, by path: ``steps``, ``steps[2].minutes``, ``ask[1]``.

    Takes valid TOML; what it finds in anything else is of no use but harmless. Keys inside an inline table are
    left out: the line of the table itself says enough.
    """
    scan = _Scan()
    for number, line in enumerate(text.split("\n"), start=1):
        scan.take(line, number)
    return MappingProxyType(scan.lines)


class _Scan:
    """Reads line by line; remembers the table it is in and whether a value is still open."""

    def __init__(self) -> None:
        self.lines: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        self._table = ""
        self._value = ""
        self._quote = ""
        self._depth = 0
        self._item = -1

    def take(self, line: str, number: int) -> None:
        start = 0
        if not self._quote and not self._depth:
            if header := _HEADER.match(line):
                self._table = self._open_table(_parts(header[2]), listed=header[1] == "[[")
                self.lines.setdefault(self._table, number)
                return
            key = _KEY.match(line)
            if key is None:
                return
            self._value = self._note_key(_parts(key[1]), number)
            self._item = -1
            start = key.end()
        self._read_value(line, start, number)

    def _open_table(self, parts: list[str], *, listed: bool) -> str:
        path = ""
        for place, part in enumerate(parts):
            path = f"{path}.{part}" if path else part
            last = place == len(parts) - 1
            if last and listed:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = f"{path}[{self._counts[path]}]"
        return path

    def _note_key(self, parts: list[str], number: int) -> str:
        path = self._table
        for part in parts:
            path = f"{path}.{part}" if path else part
            self.lines.setdefault(path, number)
        return path

    def _read_value(self, line: str, start: int, number: int) -> None:
        at = start
        while at < len(line):
            if self._quote:
                at = self._leave_quote(line, at)
                continue
            sign = line[at]
            if sign == "#":
                return
            if not sign.isspace() and sign not in ",]}":
                self._note_item(number)
            if sign in "\"'":
                self._quote = sign * 3 if line.startswith(sign * 3, at) else sign
                at += len(self._quote)
                continue
            if sign == "," and self._depth == 1:
                self._item += 1
            self._depth += (sign in "[{") - (sign in "]}")
            if sign == "[" and self._depth == 1:
                self._item = 0
            at += 1

    def _note_item(self, number: int) -> None:
        if self._depth == 1 and self._item >= 0:
            self.lines.setdefault(f"{self._value}[{self._item}]", number)

    def _leave_quote(self, line: str, at: int) -> int:
        """Where reading goes on: after the closing quote, or at the end of the line when it stays open."""
        while at < len(line):
            if line[at] == "\\" and self._quote[0] == '"':
                at += 2
            elif line.startswith(self._quote, at):
                at += len(self._quote)
                self._quote = ""
                return at
            else:
                at += 1
        return at


def _parts(dotted: str) -> list[str]:
    return [part[1:-1] if part[0] in "\"'" else part for part in re.findall(_PART, dotted)]
