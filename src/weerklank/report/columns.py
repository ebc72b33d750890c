"""How wide the columns of a table are in a text document; the first, which says what a row is about, gets what is left."""

from __future__ import annotations

__all__ = ["TEXT_WIDTH", "column_widths"]

#: Of the text on an A4 page of a Word or OpenDocument file, in cm.
TEXT_WIDTH = 15.4
_LEAST_FIRST = 0.32


def column_widths(columns: int) -> list[float]:
    """Widths in cm that together fill the page."""
    if columns == 1:
        return [TEXT_WIDTH]
    narrow = 2.15 if columns > 3 else 4.0
    narrow = min(narrow, TEXT_WIDTH * (1 - _LEAST_FIRST) / (columns - 1))
    return [TEXT_WIDTH - narrow * (columns - 1), *([narrow] * (columns - 1))]
