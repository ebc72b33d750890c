"""What a reader sees of a block, as plain strings: for the gate, the evidence, and tests."""

from __future__ import annotations

from weerklank.report.chart import BarFigure, Chart
from weerklank.report.citable import Citable, plain
from weerklank.report.document import Callout, Paragraph, Point, Quotation, Table

__all__ = ["main_text", "side_texts"]


def main_text(block: Citable) -> str:
    """The text that the block's basis vouches for; of a table or figure, its caption."""
    match block:
        case Paragraph() | Point() | Callout():
            return plain(block.text)
        case Quotation():
            return block.text
        case Table() | BarFigure() | Chart():
            return block.caption
        case _:
            raise TypeError(type(block).__name__)


def side_texts(block: Citable) -> tuple[str, ...]:
    """Everything else that is shown beside it: label, remark on origin, flag, header, note."""
    match block:
        case Paragraph() | Point():
            sides = (block.label, block.aside, block.flag)
        case Callout():
            sides = (block.title, None, None)
        case Quotation():
            sides = (block.attribution, None, None)
        case Table():
            return tuple(side for side in (*block.header, block.note) if side)
        case Chart():
            return tuple(side for side in (*block.header, block.alt, block.note) if side)
        case BarFigure():
            sides = (block.note, None, None)
        case _:
            raise TypeError(type(block).__name__)
    return tuple(side for side in sides if side)
