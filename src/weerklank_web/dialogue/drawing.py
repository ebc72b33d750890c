"""The map as fields to draw: where each stands, how dark it is, whether whoever looks stands in it."""

from __future__ import annotations

from dataclasses import dataclass

from weerklank_web.dialogue.bridge.opinion import Density

__all__ = ["Field", "Plan", "plan_of"]

_WIDTH = 100.0
_GAP = 0.8
_TALLEST = 11.0
_SHADES = (0.25, 0.5, 0.75, 1.0)
_DARK = 0.6


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``people``: at least so many, or None; ``shade`` from 0 to 1; row and column count from 1."""

    x: str
    y: str
    width: str
    height: str
    middle: str
    baseline: str
    people: int | None
    shade: str
    dark: bool
    mine: bool
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole drawing, in units of which its width is a hundred."""

    height: str
    rows: tuple[tuple[Field, ...], ...]

    @property
    def mine(self) -> Field | None:
        """The field of whoever looks."""
        return next((field for row in self.rows for field in row if field.mine), None)


def plan_of(density: Density, own: tuple[int, int] | None) -> Plan:
    """The fields of ``density``, the reader's own one marked."""
    across, down = len(density.rows[0]), len(density.rows)
    width = _WIDTH / across
    height = min(width, _TALLEST) if down > 1 else 14.0
    most = max((cell or 0 for row in density.rows for cell in row), default=0) or 1
    rows = []
    for line, cells in enumerate(density.rows):
        fields = []
        for place, people in enumerate(cells):
            level = 0.0 if people is None else _SHADES[min(3, int(4 * people / most - 1e-9))]
            x, y = place * width + _GAP / 2, line * height + _GAP / 2
            fields.append(
                Field(
                    x=f"{x:.2f}",
                    y=f"{y:.2f}",
                    width=f"{width - _GAP:.2f}",
                    height=f"{height - _GAP:.2f}",
                    middle=f"{(place + 0.5) * width:.2f}",
                    baseline=f"{(line + 0.5) * height + 1.2:.2f}",
                    people=people,
                    shade=f"{level:.2f}",
                    dark=level > _DARK,
                    mine=own == (line, place),
                    row=line + 1,
                    column=place + 1,
                )
            )
        rows.append(tuple(fields))
    return Plan(height=f"{down * height:.2f}", rows=tuple(rows))
