"""Pieces of Word's own XML that python-docx has no words for: fields, bookmarks, inside links, header rows."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shape import InlineShape
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from weerklank.report.columns import column_widths
from weerklank.report.palette import DEEP, LINE, WHITE

__all__ = ["bookmark", "describe_picture", "field_char", "field_code", "inside_link", "speak", "table"]

_SHORT = 14


def field_char(kind: str) -> BaseOxmlElement:
    """A run with the ``begin``, ``separate`` or ``end`` of a field."""
    run, char = OxmlElement("w:r"), OxmlElement("w:fldChar")
    char.set(qn("w:fldCharType"), kind)
    run.append(char)
    return run


def field_code(code: str) -> BaseOxmlElement:
    """A run with a field's instruction."""
    run, instruction = OxmlElement("w:r"), OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    run.append(instruction)
    return run


def bookmark(paragraph: WordParagraph, name: str, number: int) -> None:
    """A place that links inside the document can point to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for part in (start, end):
        part.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.append(start)
    paragraph._p.append(end)


def inside_link(run: WordRun, anchor: str) -> None:
    """Wrap ``run`` in a link to a bookmark."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    element = run._r
    element.addprevious(link)
    link.append(element)


def speak(run: WordRun, language: str) -> None:
    """Mark the language of a run, for spelling and for screen readers."""
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), language)
    run._r.get_or_add_rPr().append(lang)


def describe_picture(shape: InlineShape, alt: str) -> None:
    """What a screen reader says instead of the picture."""
    shape._inline.docPr.set("descr", alt)


def table(
    word: WordDocument,
    header: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    *,
    numeric: tuple[int, ...],
    caption: str,
) -> None:
    """A table with a header row that Word repeats on every page, thin lines, and numbers to the right."""
    made = word.add_table(rows=1 + len(rows), cols=len(header))
    made.alignment = WD_TABLE_ALIGNMENT.LEFT
    made.autofit = False
    _describe(made, caption)
    widths = column_widths(len(header))
    for column, width in enumerate(widths):
        made.columns[column].width = Cm(width)
    together = len(rows) <= _SHORT
    for place, row in enumerate((header, *rows)):
        line = made.rows[place]
        properties = line._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if place == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for column, text in enumerate(row):
            cell = line.cells[column]
            cell.width = Cm(widths[column])
            _fill(cell, text, right=column in numeric, head=place == 0)
            # A short table stays on one page: every row holds on to the next.
            cell.paragraphs[0].paragraph_format.keep_with_next = place == 0 or (
                together and place < len(rows)
            )


def _fill(cell: _Cell, text: str, *, right: bool, head: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(3)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(text)
    run.font.size = Pt(9.5)
    properties = cell._tc.get_or_add_tcPr()
    if head:
        run.bold = True
        run.font.color.rgb = RGBColor.from_string(WHITE)
        shading = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", DEEP)):
            shading.set(qn(f"w:{name}"), value)
        properties.append(shading)


def _describe(made: WordTable, caption: str) -> None:
    """Thin lines between rows, and the caption as alternative text."""
    properties = made._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("bottom", "insideH"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINE)):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    # The schema wants indent and borders before layout and look, and the caption last.
    indent = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), "108")
    indent.set(qn("w:type"), "dxa")
    properties.insert_element_before(indent, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    title = OxmlElement("w:tblCaption")
    title.set(qn("w:val"), caption)
    properties.append(title)
