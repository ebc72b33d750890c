"""A spreadsheet as people keep it: titles above the header, empty rows, stray spaces, any separator, Excel or CSV.

A cell is text; a column is known by what its heading means (``columns.toml``); every complaint tells file, row and
column as the spreadsheet shows them, and all complaints come at once.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from weerklank.allocation.refusals import because
from weerklank.errors import BadInput, MissingExtra, Phrase, located

__all__ = ["BadRows", "Fault", "Grid", "Row", "listed_in", "plainly", "read_grid", "words_of"]

_SHOWN = 20
_HEADER_WITHIN = 15
_EXCEL = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one cell or row, and what to do about it."""

    source: str
    line: int | None
    column: str | None
    what: Phrase
    remedy: Phrase

    def text(self, language: str = "nl") -> str:
        """Where, what and what to do."""
        said = f"{self.what.text(language)} {self.remedy.text(language)}"
        if self.line is None:
            return located(self.source, said, language=language)
        if self.column is None:
            return because("at-row", source=self.source, line=self.line, said=said).text(language)
        return because("at-cell", source=self.source, line=self.line, column=self.column, said=said).text(
            language
        )


class BadRows(BadInput):
    """Rows that cannot be read as they are; ``faults`` names every one."""

    code = "bad-rows"

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(first.what, source=first.source, line=first.line, remedy=first.remedy)

    def told(self, language: str) -> str:
        """Every fault on a line of its own, as far as a screen holds them."""
        said = [fault.text(language) for fault in self.faults[:_SHOWN]]
        if (more := len(self.faults) - _SHOWN) > 0:
            said.append(because("and-more", count=more).text(language))
        return "\n".join(said)


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``cells``: heading → text, without the empty ones; ``dates``: headings where the spreadsheet made a date."""

    line: int
    cells: Mapping[str, str]
    dates: frozenset[str] = frozenset()

    def get(self, heading: str | None) -> str:
        """The text under ``heading``; empty when there is none."""
        return "" if heading is None else self.cells.get(heading, "")


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows under one header."""

    source: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    header_line: int = 1
    meanings: Mapping[str, str] = field(default_factory=dict)

    def column(self, meaning: str) -> str | None:
        """The heading that means ``meaning``, or None."""
        return next((heading for heading in self.headings if self.meanings.get(heading) == meaning), None)

    def fault(self, row: Row | None, heading: str | None, key: str, /, **values: object) -> Fault:
        """A complaint, with the remedy of the same name."""
        line = None if row is None else row.line
        return Fault(self.source, line, heading, because(key, **values), because(f"{key}-remedy", **values))


def plainly(text: str) -> str:
    """``text`` without accents, signs, capitals or double spaces: equal for what a person would call equal."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w]+", " ", bare.casefold().replace("'s", "s")).split())


def read_grid(path: Path, kind: str) -> Grid:
    """The table of ``path``, whose columns are those of ``kind`` in ``columns.toml``.

    :raises BadInput: the file cannot be read, or no row looks like a header.
    :raises MissingExtra: Excel without ``openpyxl``.
    """
    try:
        tables = _excel(path) if path.suffix.casefold() in _EXCEL else [_csv(path.read_bytes(), path.name)]
    except FileNotFoundError as error:
        raise because.bad_input("no-file", source=str(path)) from error
    for cells in tables:
        if (at := _header(cells, kind)) is not None:
            return _grid(cells, at, kind, path.name)
    raise BadInput(
        because("no-header", columns=", ".join(words[0] for words in list(_columns(kind).values())[:6])),
        source=path.name,
        remedy=because("no-header-remedy"),
    )


def listed_in(text: str) -> list[str]:
    """The parts of a cell that lists several, empty for a cell that says "none"."""
    parts = [part.strip() for part in re.split(r"[,;/|\n]", text)]
    return [part for part in parts if part and plainly(part) not in words_of("nothing", "nothing")]


def words_of(kind: str, meaning: str) -> list[str]:
    """Everything that people write for ``meaning``, plainly."""
    return [plainly(word) for word in _columns(kind)[meaning]]


@cache
def _columns(kind: str) -> dict[str, list[str]]:
    known: dict[str, dict[str, list[str]]] = tomllib.loads(
        files(__package__).joinpath("columns.toml").read_text(encoding="utf-8")
    )
    return known[kind]


def _meaning(heading: str, kind: str) -> str | None:
    bare = plainly(re.sub(r"[(\[].*?[)\]]", " ", heading))
    return next((name for name, words in _columns(kind).items() if bare in map(plainly, words)), None)


_Cells = list[tuple[int, list[str], set[int]]]


def _header(cells: _Cells, kind: str) -> int | None:
    """The row that holds most known headings, if any of the first rows holds one."""
    best, at = 0, None
    for place, (_, texts, _) in enumerate(cells[:_HEADER_WITHIN]):
        known = len({_meaning(text, kind) for text in texts if text} - {None})
        if known > best:
            best, at = known, place
    return at


def _grid(cells: _Cells, at: int, kind: str, source: str) -> Grid:
    line, headings, _ = cells[at]
    doubles = sorted({text for text in headings if text and headings.count(text) > 1})
    if doubles:
        raise because.bad_input("double-heading", source=source, line=line, heading=doubles[0])
    meanings: dict[str, str] = {}
    for heading in filter(None, headings):
        meaning = _meaning(heading, kind)
        if meaning is not None and meaning not in meanings.values():
            meanings[heading] = meaning
    rows = []
    # A sign that parts columns, inside a cell without quotes: from there everything has shifted.
    longer = [number for number, texts, _ in cells[at + 1 :] if len(texts) > len(headings)]
    if longer:
        raise BadRows(
            [Fault(source, number, None, because("shifted"), because("shifted-remedy")) for number in longer]
        )
    for number, texts, dates in cells[at + 1 :]:
        filled = {heading: text for heading, text in zip(headings, texts, strict=False) if heading and text}
        if filled:
            made = frozenset(headings[place] for place in dates if place < len(headings))
            rows.append(Row(number, filled, made))
    return Grid(source, tuple(filter(None, headings)), tuple(rows), line, meanings)


def _csv(content: bytes, source: str) -> _Cells:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")  # what Excel in western Europe writes
    lines = text.splitlines()[:_HEADER_WITHIN]
    sign = max(";\t,", key=lambda sign: max((line.count(sign) for line in lines), default=0))
    if lines and lines[0].casefold().startswith("sep="):
        sign = lines[0][4:5] or sign
        text = text.partition("\n")[2]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    cells: _Cells = []
    try:
        cells.extend((reader.line_num, [_tidy(cell) for cell in texts], set()) for texts in reader)
    except csv.Error as error:
        raise because.bad_input("bad-csv", source=source, line=reader.line_num) from error
    return cells


def _excel(path: Path) -> list[_Cells]:
    try:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError as error:
        raise MissingExtra("spreadsheets", needed_for=because("needs-excel")) from error
    from zipfile import BadZipFile

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError) as error:
        raise because.bad_input("bad-excel", source=path.name) from error
    try:
        return [
            [
                (
                    number,
                    [_cell(value) for value in values],
                    {place for place, value in enumerate(values) if isinstance(value, dt.date | dt.time)},
                )
                for number, values in enumerate(tab.iter_rows(values_only=True), start=1)
            ]
            for tab in book.worksheets
            if tab.sheet_state == "visible"
        ]
    finally:
        book.close()


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else _tidy(str(value))


def _tidy(text: str) -> str:
    """Without spaces around it or unseen signs in it; an apostrophe that only told a spreadsheet «this is text» goes."""
    bare = " ".join("".join(sign for sign in text if unicodedata.category(sign) != "Cf").split())
    return bare[1:] if bare.startswith("'") and bare[1:2] in set("=+-@") else bare
