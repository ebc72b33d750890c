"""The document tree: what is published, before anybody decides how it looks.

One tree, many formats. Every block has an ``id``, the ids of the sources it rests on, and a
:class:`Basis` that says how it may be checked; :class:`Numbering` gives each chapter a number and each block
a paragraph number (``§ 3.2``), once, so that no two formats can disagree (W14).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from weerklank.report.chart import BarFigure, Chart
from weerklank.report.citable import Basis, Citable, Run
from weerklank.report.refusals import because

__all__ = [
    "Block",
    "Callout",
    "Document",
    "Language",
    "Numbering",
    "Paragraph",
    "Point",
    "Points",
    "Quotation",
    "Section",
    "Table",
    "nested",
]


class Language(StrEnum):
    """Languages a document can be written in (BCP 47)."""

    NL = "nl"
    EN = "en"
    FR = "fr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Citable):
    """Running text. ``label`` is a short standing lead ("Belofte"), ``aside`` a muted remark on origin,
    ``flag`` a warning that must be seen ("zin breekt af"), ``muted`` for an empty cell that is said to be empty."""

    text: tuple[Run, ...]
    label: str | None = None
    aside: str | None = None
    flag: str | None = None
    muted: bool = False
    show_sources: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(Citable):
    """One item of a list; numbered by itself. ``depth`` 1 hangs under the item above it."""

    text: tuple[Run, ...]
    label: str | None = None
    aside: str | None = None
    flag: str | None = None
    depth: int = 0
    show_sources: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list; its points are the numbered blocks."""

    items: tuple[Point, ...]


def nested(items: Sequence[Point], depth: int = 0) -> Iterator[tuple[Point, Sequence[Point]]]:
    """Each point of this depth with the points that hang under it, from a flat row of points with depths."""
    place = 0
    while place < len(items):
        end = place + 1
        while end < len(items) and items[end].depth > depth:
            end += 1
        yield items[place], items[place + 1 : end]
        place = end


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation(Citable):
    """A literal quote set apart, with who or where (never a person's name unless given); ``lang`` as of a :class:`Run`."""

    text: str
    attribution: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Citable):
    """Caption, one header row, rows of equal width. ``numeric`` columns are set to the right."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    note: str | None = None

    def __post_init__(self) -> None:
        if any(len(row) != len(self.header) for row in self.rows):
            raise because.bad_input("table-rows", caption=self.caption)

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The rows as they are read."""
        return self.rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout(Citable):
    """A note that must not be missed."""

    title: str
    text: tuple[Run, ...]


Block = Paragraph | Points | Quotation | Table | Callout | BarFigure | Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with blocks, then deeper sections. The top level is a chapter; it starts on a new page."""

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in reading order."""
        yield self
        for section in self.sections:
            yield from section.walk()

    def citables(self) -> Iterator[Citable]:
        """All numbered blocks of this section and below, in reading order."""
        for section in self.walk():
            for block in section.blocks:
                if isinstance(block, Points):
                    yield from block.items
                else:
                    yield block


@dataclass(frozen=True)
class Numbering:
    """Numbers of one document: chapters count from 1, blocks count within their chapter (§ 3.2).

    Headings below a chapter carry no number of their own, as in a statute: § 3.2 is unique whatever stands between.
    """

    chapters: dict[str, str]
    paragraphs: dict[str, str]
    homes: dict[str, str]

    def of(self, block_id: str) -> str:
        """``§ 3.2`` for a block id; :class:`BadInput` when there is no such block."""
        try:
            return f"§ {self.paragraphs[block_id]}"
        except KeyError:
            raise because.bad_input("no-paragraph", id=block_id) from None

    def anchor(self, block_id: str) -> str:
        """A name that is safe as an HTML id, a Typst label and a bookmark."""
        return "p" + self.paragraphs[block_id].replace(".", "-")

    def where_printed(self, source: str) -> str | None:
        """Id of the block that prints this source literally, or None when it is not printed."""
        return self.homes.get(source)


@dataclass(frozen=True, kw_only=True)
class Document:
    """A report. Raises :class:`BadInput` when two sections or blocks share an id, or one points to nothing."""

    title: str
    language: Language
    date: dt.date
    organisers: tuple[str, ...]
    sections: tuple[Section, ...]
    subtitle: str | None = None
    cover_lines: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for name in self._ids():
            if name in seen:
                raise because.bad_input("name-twice", name=name)
            seen.add(name)
        lost = [see for block in self.citables() for see in block.see if see not in seen]
        if lost:
            raise because.bad_input("points-nowhere", name=lost[0])

    def _ids(self) -> Iterator[str]:
        for chapter in self.sections:
            yield from (section.id for section in chapter.walk())
            yield from (block.id for block in chapter.citables())

    def citables(self) -> Iterator[Citable]:
        """All numbered blocks in reading order."""
        for chapter in self.sections:
            yield from chapter.citables()

    @cached_property
    def charts(self) -> Mapping[str, Chart]:
        """The figures by the id of their block, in reading order."""
        return {block.id: block for block in self.citables() if isinstance(block, Chart)}

    @cached_property
    def numbering(self) -> Numbering:
        """The one numbering that all formats use."""
        chapters: dict[str, str] = {}
        paragraphs: dict[str, str] = {}
        homes: dict[str, str] = {}
        for number, chapter in enumerate(self.sections, start=1):
            chapters[chapter.id] = str(number)
            for place, block in enumerate(chapter.citables(), start=1):
                paragraphs[block.id] = f"{number}.{place}"
                if block.basis is Basis.LITERAL and isinstance(block, Paragraph | Point) and block.sources:
                    homes.setdefault(block.sources[0], block.id)
        return Numbering(chapters, paragraphs, homes)
