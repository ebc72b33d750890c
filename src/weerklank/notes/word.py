"""DOCX → blocks: heading styles, lists with their nesting, bold and italic as key fragments, tables by row.

Read from the XML of each paragraph instead of its runs, because runs leave out what stands in a hyperlink or an
accepted insertion. Lines are paragraph numbers: a Word file has no lines.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from weerklank.errors import BadInput, MissingExtra
from weerklank.notes.blocks import Block, BlockKind, merge_spans, words_in
from weerklank.notes.findings import Findings
from weerklank.notes.records import Progress
from weerklank.notes.refusals import because

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

__all__ = ["blocks_of_word"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"^(?:heading|kop|titre|überschrift)\s*(\d)$", re.IGNORECASE)
_LIST = re.compile(r"^(?:list|lijst|liste)\b.*?(\d)?$", re.IGNORECASE)
_LONGEST_BOLD_HEADING = 12
_TELL_EVERY = 200
_DAMAGED = because("word-file-remedy")


def _open(content: bytes, source: str) -> Document:
    try:
        import docx
    except ImportError as error:
        raise MissingExtra("notes", needed_for=because("needs-word")) from error
    try:
        return docx.Document(io.BytesIO(content))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        raise BadInput(because("no-word-file"), source=source, line=1, remedy=_DAMAGED) from error


def _is_on(properties: object, name: str) -> bool:
    found = None if properties is None else properties.find(_W + name)  # type: ignore[attr-defined]
    return found is not None and found.get(_W + "val") not in ("0", "false", "off")


def _passages(paragraph: Paragraph) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """The text of a paragraph with its marked fragments, cut where a line was broken by hand."""
    text, spans = "", list[tuple[int, int]]()
    for node in paragraph._p.iter(_W + "t", _W + "tab", _W + "br", _W + "cr"):
        if any(parent.tag == _W + "txbxContent" for parent in node.iterancestors()):
            continue
        if node.tag in (_W + "br", _W + "cr"):
            if node.get(_W + "type") in (None, "textWrapping"):
                yield text, spans
                text, spans = "", []
            continue
        run = next((parent for parent in node.iterancestors() if parent.tag == _W + "r"), None)
        properties = None if run is None else run.find(_W + "rPr")
        start = len(text)
        text += " " if node.tag == _W + "tab" else node.text or ""
        if _is_on(properties, "b") or _is_on(properties, "i"):
            spans.append((start, len(text)))
    yield text, spans


def _shape(paragraph: Paragraph) -> tuple[BlockKind, int]:
    """Heading, bullet or paragraph, and how deep."""
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    if style.casefold() in ("title", "titel", "titre"):
        return BlockKind.HEADING, 1
    if heading := _HEADING.match(style):
        return BlockKind.HEADING, min(int(heading.group(1)), 6)
    numbering = paragraph._p.find(f"{_W}pPr/{_W}numPr")
    if numbering is not None:
        level = numbering.find(_W + "ilvl")
        return BlockKind.BULLET, int(level.get(_W + "val", "0")) + 1 if level is not None else 1
    listed = _LIST.match(style)
    if listed and style.casefold() != "list paragraph":
        return BlockKind.BULLET, int(listed.group(1) or 1)
    return BlockKind.PARAGRAPH, 0


def _blocks_of(paragraph: Paragraph, number: int) -> Iterator[Block]:
    kind, depth = _shape(paragraph)
    passages = [
        (text.strip(), merge_spans(spans, text), len(text) - len(text.lstrip()))
        for text, spans in _passages(paragraph)
    ]
    for text, spans, lead in passages:
        if not text:
            continue
        moved = tuple(type(span)(span.start - lead, span.end - lead) for span in spans)
        whole = len(moved) == 1 and moved[0].end - moved[0].start == len(text.rstrip(" :"))
        short = words_in(text) <= _LONGEST_BOLD_HEADING and not text.endswith((".", "!", ",", ";"))
        if kind is BlockKind.PARAGRAPH and not depth and whole and short and len(passages) == 1:
            yield Block(BlockKind.HEADING, text, number, number, 7, "", moved)
        else:
            yield Block(kind, text, number, number, depth, "-" if kind is BlockKind.BULLET else "", moved)
        if kind is BlockKind.BULLET:
            kind = BlockKind.PARAGRAPH


def _of_table(table: Table, number: int, is_marker: Callable[[str], bool]) -> Iterator[list[Block]]:
    """The blocks of each row; a first cell that is a marker ("micro") stands apart from its neighbours."""
    for row in table.rows:
        seen: list[object] = []
        cells = []
        for cell in row.cells:
            if cell._tc not in seen and cell.text.strip():
                seen.append(cell._tc)
                cells.append(cell)
        if cells and (is_marker(cells[0].text.strip()) or len(cells) == 1):
            blocks = []
            for paragraph in (paragraph for cell in cells for paragraph in cell.paragraphs):
                found = list(_blocks_of(paragraph, number))
                number += bool(found)
                blocks.extend(found)
            yield blocks
        elif cells:
            text = " | ".join(" ".join(cell.text.split()) for cell in cells)
            yield [Block(BlockKind.PARAGRAPH, text, number, number)]
            number += 1


def blocks_of_word(
    content: bytes,
    *,
    source: str,
    is_marker: Callable[[str], bool],
    findings: Findings,
    progress: Progress | None = None,
) -> tuple[Block, ...]:
    """The blocks of a Word file, in order.

    :raises BadInput: it is not a Word file, or there is no text in it.
    :raises MissingExtra: python-docx is not installed.
    """
    from docx.text.paragraph import Paragraph as WordParagraph

    document = _open(content, source)
    blocks: list[Block] = []
    number = 0
    items = list(document.iter_inner_content())
    for done, item in enumerate(items, start=1):
        if isinstance(item, WordParagraph):
            number += 1
            blocks.extend(_blocks_of(item, number))
        else:
            for row in _of_table(item, number + 1, is_marker):
                blocks.extend(row)
                number = max([number, *(block.last_line for block in row)])
        if progress is not None and (done % _TELL_EVERY == 0 or done == len(items)):
            progress(done, len(items))
    body = document.element.body
    for part, tag in (("text-boxes", "txbxContent"), ("footnotes", "footnoteReference")):
        if next(body.iter(_W + tag), None) is not None:
            findings.ask("not-read", line=None, subject=findings.part(part))
    if not blocks:
        raise BadInput(because("empty-word-file"), source=source, line=1, remedy=_DAMAGED)
    return tuple(blocks)
