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

from weerklank.errors import BadInput

__all__ = [
    "BarFigure",
    "Basis",
    "Block",
    "Callout",
    "Chart",
    "ChartKind",
    "ChartRow",
    "Citable",
    "Document",
    "Figure",
    "FigureRule",
    "Language",
    "Numbering",
    "Paragraph",
    "Point",
    "Points",
    "Quotation",
    "Role",
    "Run",
    "Section",
    "Table",
    "nested",
    "plain",
]


class Language(StrEnum):
    """Languages a document can be written in (BCP 47)."""

    NL = "nl"
    EN = "en"
    FR = "fr"


class Basis(StrEnum):
    """How a block's text came about, and therefore what it must satisfy.

    * ``LITERAL``: it is the text of its one source, whole or a slice.
    * ``WORDED``: a person worded it on the strength of its sources.
    * ``GIVEN``: somebody answerable gave it (purpose, promise, answer, objection); shown as given.
    * ``COUNTED``: a standing sentence of ours; every number in it is one of its figures.
    """

    LITERAL = "literal"
    WORDED = "worded"
    GIVEN = "given"
    COUNTED = "counted"


class Role(StrEnum):
    """What a block claims to be; an insight and a message must meet the gate's own thresholds (W13, W19)."""

    TEXT = "text"
    INSIGHT = "insight"
    MESSAGE = "message"


class FigureRule(StrEnum):
    """How a figure is computed again by whoever doubts it.

    ``FACT``: equals the known fact called ``name``. ``SOURCES``, ``ROOMS``, ``THEMES``: the number of different
    sources of the block, of their rooms, of their themes. ``PERCENT``: 100 × first fact / second fact
    of ``of``, rounded half up; may pass 100 (W4).
    """

    FACT = "fact"
    SOURCES = "sources"
    ROOMS = "rooms"
    THEMES = "themes"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a block states. ``value`` None means: fewer than k people, not shown."""

    name: str
    value: int | None
    rule: FigureRule = FigureRule.FACT
    of: tuple[str, str] | None = None
    people: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of running text; ``strong`` for a key fragment (W10), ``lang`` when it differs from the document."""

    text: str
    strong: bool = False
    lang: str | None = None


def plain(runs: tuple[Run, ...]) -> str:
    """The text of ``runs`` without its marks."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citable:
    """What every numbered block carries.

    :param id: unique within the document.
    :param sources: ids of the contributions (or given texts) it rests on.
    :param figures: every number its text states, with the rule to recompute it.
    :param see: ids of other blocks that the reader is pointed to; written as their numbers.
    """

    id: str
    basis: Basis = Basis.COUNTED
    role: Role = Role.TEXT
    sources: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    see: tuple[str, ...] = ()


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
    """A literal quote set apart, with who or where (never a person's name unless given)."""

    text: str
    attribution: str | None = None


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
            raise BadInput(
                f"Tabel «{self.caption}» heeft rijen van ongelijke lengte.",
                remedy="Geef elke rij evenveel cellen als de kopregel.",
            )

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The rows as they are read."""
        return self.rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout(Citable):
    """A note that must not be missed."""

    title: str
    text: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarFigure(Citable):
    """Horizontal bars from zero, given as data: ``bars`` are the figures, labels beside them.

    Always written with its values as text, so that nothing depends on seeing the bars."""

    caption: str
    bars: tuple[tuple[str, int | None], ...]
    withheld: str
    note: str | None = None

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The rows as they are read."""
        return tuple((label, self.withheld if value is None else str(value)) for label, value in self.bars)


class ChartKind(StrEnum):
    """How a picture shows its rows.

    ``SHARES``: per row one bar, divided over the columns (three columns are drawn as agree, pass, disagree).
    ``RANGES``: per row a point with its interval; the columns are value, low end, high end.
    ``GRID``: rows and columns as they stand, darker for more.
    """

    SHARES = "shares"
    RANGES = "ranges"
    GRID = "grid"


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A label with whole numbers, one per column; None is withheld."""

    label: str
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(Citable):
    """A picture that is drawn from the very rows of the table beside it, so that it can say nothing else.

    :param alt: what somebody who does not see the picture should know of it, in a sentence or two.
    :param header: name of the rows, then of each column.
    :param unit: set after every number ("%"); a no-break space comes between.
    :param withheld: what stands where a value is None.
    :param totals: so many columns, the first ones, are sums of the others: written, not drawn.
    :param drawn: no: only the table is written (a picture of one row says nothing).
    """

    kind: ChartKind
    caption: str
    alt: str
    header: tuple[str, ...]
    rows: tuple[ChartRow, ...]
    unit: str = ""
    withheld: str = "–"
    note: str | None = None
    totals: int = 0
    drawn: bool = True

    def __post_init__(self) -> None:
        width = len(self.header) - 1
        if any(len(row.values) != width for row in self.rows):
            raise BadInput(
                f"Figuur «{self.caption}» heeft rijen van ongelijke lengte.",
                remedy="Geef elke rij evenveel getallen als er kolommen zijn.",
            )
        if self.kind is ChartKind.RANGES and width != 3:
            raise BadInput(
                f"Figuur «{self.caption}» mist een marge.",
                remedy="Geef per rij de waarde, het minst en het meest.",
            )

    @property
    def numeric(self) -> tuple[int, ...]:
        """All columns but the first."""
        return tuple(range(1, len(self.header)))

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The table as it is read."""
        after = f"\u00a0{self.unit}" if self.unit else ""
        return tuple(
            (row.label, *(self.withheld if value is None else f"{value}{after}" for value in row.values))
            for row in self.rows
        )


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
            raise BadInput(f"Er is geen alinea «{block_id}» in dit verslag.") from None

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
                raise BadInput(f"De naam «{name}» komt twee keer voor in het verslag.")
            seen.add(name)
        lost = [see for block in self.citables() for see in block.see if see not in seen]
        if lost:
            raise BadInput(f"Het verslag verwijst naar «{lost[0]}», maar dat staat er niet in.")

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
