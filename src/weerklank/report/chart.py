"""Figures as data: what is drawn is what the table beside it says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from weerklank.report.citable import Citable
from weerklank.report.refusals import because

__all__ = ["BarFigure", "Chart", "ChartKind", "ChartRow"]


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
            raise because.bad_input("chart-rows", caption=self.caption)
        if self.kind is ChartKind.RANGES and width != 3:
            raise because.bad_input("chart-margin", caption=self.caption)

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
