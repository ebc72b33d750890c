"""Tables in text files, read by the names of their columns, with a place for every fault."""

from __future__ import annotations

import csv
import gzip
import tomllib
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TextIO

from weerklank.errors import BadInput
from weerklank.opinion.refusals import because

__all__ = ["Sheet", "find_file", "fold", "is_whole", "names_of", "opened", "whole_ids"]

_DECLARED = "vote-convention"
_LONGEST_CELL = 10_000_000
_TOO_LONG = 19  # digits: no longer a number that every program keeps whole


@cache
def names_of(kind: str) -> dict[str, list[str]]:
    """What the columns (or files) of a kind are called, from ``columns.toml``."""
    text = files("weerklank.opinion").joinpath("columns.toml").read_text(encoding="utf-8")
    known: dict[str, list[str]] = tomllib.loads(text)[kind]
    return known


def find_file(folder: Path, kind: str) -> Path | None:
    """The file of a kind in a folder, perhaps with something in front of its name or ``.gz`` behind it."""
    for name in names_of("files")[kind]:
        fitting = [
            path
            for path in sorted(folder.iterdir())
            if path.is_file() and _ends_as(path.name.removesuffix(".gz"), name)
        ]
        if fitting:
            return min(fitting, key=lambda path: (len(path.name), path.name))
    return None


def _ends_as(name: str, wanted: str) -> bool:
    """``x-votes.csv`` is a votes.csv, ``participants-votes.csv`` is not."""
    if name == wanted:
        return True
    others = [other for known in names_of("files").values() for other in known if other != wanted]
    taken = any(len(other) > len(wanted) and name.endswith(other) for other in others)
    return not taken and name.endswith(("-" + wanted, "_" + wanted, "." + wanted))


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """A text file in UTF-8, with or without mark at its start, unpacked when it ends in ``.gz``."""
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
            yield stream
    else:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield stream


@dataclass
class Sheet:
    """A table: its header, where each known column stands, and its rows.

    :param declared: what a first line ``# vote-convention: …`` says; else None.
    """

    path: Path
    header: list[str]
    places: dict[str, int]
    declared: str | None
    _stream: TextIO
    _skipped: int

    @classmethod
    @contextmanager
    def of(cls, path: Path, kind: str) -> Iterator[Sheet]:
        """Open a table of a kind (``votes``, ``people``, ``statements``).

        :raises BadInput: no such file, empty, or not a text in UTF-8.
        """
        try:
            with opened(path) as stream:
                first = stream.readline()
                declared = None
                skipped = 0
                if first.startswith("#") and _DECLARED in first:
                    declared, first, skipped = first.partition(":")[2].strip(), stream.readline(), 1
                header = next(csv.reader([first]), [])
                if not any(name.strip() for name in header):
                    raise because.bad_input("empty-file", source=path.name)
                yield cls(path, header, _places(header, kind), declared, stream, skipped + 1)
        except (FileNotFoundError, IsADirectoryError):
            raise because.bad_input("no-file", source=str(path.name)) from None
        except (UnicodeDecodeError, gzip.BadGzipFile, EOFError):
            raise because.bad_input("not-text", source=path.name) from None

    def need(self, *names: str) -> tuple[int, ...]:
        """Where these columns stand. :raises BadInput: one of them is not there."""
        for name in names:
            if name not in self.places:
                there = ", ".join(one.strip() for one in self.header[:12])
                raise self.wrong("no-column", line=self._skipped, column=name, there=there)
        return tuple(self.places[name] for name in names)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with the line on which it begins; empty lines are passed over.

        :raises BadInput: a row has another number of cells than the header, or a quote is never closed.
        """
        csv.field_size_limit(_LONGEST_CELL)
        reader = csv.reader(self._stream, strict=True)
        width, ended = len(self.header), self._skipped
        try:
            for cells in reader:
                line, ended = ended + 1, self._skipped + reader.line_num
                if len(cells) != width:
                    if not any(cells):
                        continue
                    raise self.wrong("row-width", line=line, there=len(cells), header=width)
                yield line, cells
        except csv.Error as error:
            raise self.wrong("broken-row", line=ended + 1, error=error) from error

    def wrong(self, name: str, *, line: int | None = None, **words: object) -> BadInput:
        """A fault in this file, to raise."""
        return because.bad_input(name, source=self.path.name, line=line, **words)


def _places(header: Sequence[str], kind: str) -> dict[str, int]:
    """Where each column we know stands: its best name first, and no column for two purposes."""
    there: dict[str, int] = {}
    for place, name in enumerate(header):
        there.setdefault(fold(name), place)
    found: dict[str, int] = {}
    for column, names in names_of(kind).items():
        free = [there[name] for name in names if name in there and there[name] not in found.values()]
        if free:
            found[column] = free[0]
    return found


def fold(name: str) -> str:
    """A column's name as ``columns.toml`` writes it."""
    return name.strip().lower().replace("_", "-").replace(" ", "-")


def whole_ids(ids: Iterable[str]) -> Callable[[str], Hashable]:
    """How to make ids of these texts: numbers when all are whole numbers as one writes them, else the texts."""
    return int if all(is_whole(one) for one in ids) else str


def is_whole(text: str) -> bool:
    """Whether a text is a whole number and comes back the same: not ``007``, ``1.0`` or twenty digits."""
    plain = text.isascii() and text.removeprefix("-").isdigit() and len(text) < _TOO_LONG
    return plain and str(int(text)) == text
