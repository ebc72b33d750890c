"""Word: real headings, lists, header rows and language, so that it stays accessible when somebody edits it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from weerklank.errors import MissingExtra
from weerklank.report.chart import BarFigure, Chart
from weerklank.report.citable import Citable, Role, Run
from weerklank.report.document import (
    Block,
    Callout,
    Document,
    Paragraph,
    Point,
    Points,
    Quotation,
    Section,
    Table,
)
from weerklank.report.letters import printable
from weerklank.report.references import Reference, see_of, sources_of
from weerklank.report.refusals import because
from weerklank.report.words import Words, words_for

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph as WordParagraph

__all__ = ["docx_of"]


def docx_of(document: Document) -> bytes:
    """The document as .docx. :class:`~weerklank.errors.MissingExtra` without python-docx."""
    try:
        import docx

        from weerklank.report.docx_styles import dress
    except ImportError as error:
        raise MissingExtra("reports", needed_for=because("needs-docx")) from error
    words = words_for(document.language)
    word = docx.Document()
    dress(word, locale=words.locale)
    _properties(word, document, words)
    writing = _Writing(word, document, words)
    writing.cover()
    writing.contents()
    for chapter in document.sections:
        writing.section(chapter, depth=1)
    writing.footer()
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def _properties(word: WordDocument, document: Document, words: Words) -> None:
    made = dt.datetime.combine(document.date, dt.time(12))
    core = word.core_properties
    core.title, core.language = printable(document.title)[:255], words.locale
    core.author = printable(", ".join(document.organisers))[:255]
    core.subject = printable(document.subtitle or words.report)[:255]
    core.comments, core.last_modified_by = "", ""
    core.created = core.modified = made


class _Writing:
    """One Word document being written; blocks go in reading order."""

    def __init__(self, word: WordDocument, document: Document, words: Words) -> None:
        self.word, self.document, self.words = word, document, words
        self.bookmarks = 0
        self.below_table = False

    def cover(self) -> None:
        """Subtitle, title, and the facts below the band."""
        self.word.add_paragraph(
            printable(self.document.subtitle or self.words.report).upper(), style="Subtitle"
        )
        self.word.add_paragraph(printable(self.document.title), style="Title")
        lines = [*self.document.cover_lines]
        if self.document.organisers:
            lines.insert(0, (self.words.organised_by, ", ".join(self.document.organisers)))
        for label, text in lines:
            paragraph = self.word.add_paragraph()
            paragraph.add_run(printable(label), style="Aanhef").add_break()
            paragraph.add_run(printable(text))

    def contents(self) -> None:
        """A contents field that is already filled, so that it is right before anybody updates it."""
        from weerklank.report.docx_parts import field_char, field_code

        heading = self.word.add_paragraph(self.words.contents, style="TOC Heading")
        heading.paragraph_format.page_break_before = True
        paragraph: WordParagraph | None = None
        for place, chapter in enumerate(self.document.sections):
            paragraph = self.word.add_paragraph(style="TOC 1")
            if place == 0:
                for part in (field_char("begin"), field_code(r'TOC \o "1-1" \h \n'), field_char("separate")):
                    paragraph._p.append(part)
            number = self.document.numbering.chapters[chapter.id]
            self._link(paragraph, f"{number}   {printable(chapter.title)}", f"h{number}", style=None)
        if paragraph is not None:
            paragraph._p.append(field_char("end"))

    def section(self, section: Section, *, depth: int) -> None:
        """Heading, blocks, deeper sections."""
        self.below_table = False
        heading = self.word.add_heading("", level=min(depth, 5))
        if depth == 1:
            number = self.document.numbering.chapters[section.id]
            self._bookmark(heading, f"h{number}")
            heading.add_run(f"{number}   ")
        heading.add_run(printable(section.title))
        for block in section.blocks:
            self.block(block)
        for deeper in section.sections:
            self.section(deeper, depth=depth + 1)

    def block(self, block: Block) -> None:
        """One block in its own style."""
        match block:
            case Points():
                for item in block.items:
                    self._point(item)
            case Paragraph():
                style = "Alinea" if block.role is Role.TEXT else "Uitspraak"
                self._inline(self._numbered(block, style), block, muted=block.muted)
            case Quotation():
                paragraph = self._numbered(block, "Quote", tab=False)
                self._runs(paragraph, (Run(self.words.quoted(block.text), lang=block.lang),))
                if block.attribution:
                    paragraph.add_run().add_break()
                    paragraph.add_run(printable(block.attribution), style="Terzijde")
            case Callout():
                paragraph = self._numbered(block, "Uitspraak")
                paragraph.add_run(f"{printable(block.title)}{self.words.colon} ", style="Aanhef")
                self._runs(paragraph, block.text)
            case Table() | Chart():
                self._table(block, block.header, block.numeric)
            case BarFigure():
                self._table(block, self.words.figure_head, (1,))

    def footer(self) -> None:
        """Title and page number, not on the cover. Word wants a paragraph at the very end."""
        if self.below_table:
            self._spaced(self.word.add_paragraph())
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        from weerklank.report.docx_parts import field_char, field_code

        paragraph = self.word.sections[0].footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.add_run(f"{printable(self.document.title)} · {self.words.page} ")
        for part in (field_char("begin"), field_code("PAGE"), field_char("end")):
            paragraph._p.append(part)

    def _point(self, item: Point) -> None:
        if item.role is not Role.TEXT:
            self._inline(self._numbered(item, "Uitspraak"), item, muted=False)
            return
        style = "List Bullet" if item.depth == 0 else f"List Bullet {min(item.depth, 2) + 1}"
        self._inline(self._numbered(item, style, tab=False), item, muted=False)

    def _numbered(self, block: Citable, style: str, *, tab: bool = True) -> WordParagraph:
        paragraph = self._spaced(self.word.add_paragraph(style=style))
        self._bookmark(paragraph, self.document.numbering.anchor(block.id))
        paragraph.add_run(self.document.numbering.of(block.id), style="Alineanummer")
        paragraph.add_run("\t" if tab else "  ")
        return paragraph

    def _spaced(self, paragraph: WordParagraph) -> WordParagraph:
        """Room under a table: an empty paragraph would do, but could fall on a page of its own."""
        if self.below_table:
            from docx.shared import Pt

            paragraph.paragraph_format.space_before = Pt(14)
            self.below_table = False
        return paragraph

    def _inline(self, paragraph: WordParagraph, block: Paragraph | Point, *, muted: bool) -> None:
        if block.label:
            paragraph.add_run(f"{printable(block.label)}{self.words.colon} ", style="Aanhef")
        if muted:
            paragraph.add_run(printable("".join(run.text for run in block.text)), style="Leeg")
        else:
            self._runs(paragraph, block.text)
        if block.flag:
            paragraph.add_run(f" [{printable(block.flag)}]", style="Merkteken")
        if block.aside:
            paragraph.add_run(f" ({printable(block.aside)})", style="Terzijde")
        self._references(paragraph, self.words.see, see_of(self.document, block))
        self._references(paragraph, self.words.sources, sources_of(self.document, block))

    def _runs(self, paragraph: WordParagraph, runs: Sequence[Run]) -> None:
        from weerklank.report.docx_parts import speak

        for run in runs:
            written = paragraph.add_run(printable(run.text))
            if run.strong:
                written.bold = True
            if run.lang:
                speak(written, run.lang)

    def _references(self, paragraph: WordParagraph, lead: str, references: Sequence[Reference]) -> None:
        for place, reference in enumerate(references):
            paragraph.add_run(f" {lead}{self.words.colon} " if place == 0 else ", ", style="Terzijde")
            self._link(paragraph, reference.label, reference.anchor, style="Verwijzing")

    def _link(self, paragraph: WordParagraph, text: str, anchor: str, *, style: str | None) -> None:
        from weerklank.report.docx_parts import inside_link

        run = paragraph.add_run(text, style=style)
        inside_link(run, anchor)

    def _bookmark(self, paragraph: WordParagraph, name: str) -> None:
        from weerklank.report.docx_parts import bookmark

        self.bookmarks += 1
        bookmark(paragraph, name, self.bookmarks)

    def _picture(self, chart: Chart) -> None:
        from docx.shared import Cm

        from weerklank.report.docx_parts import describe_picture
        from weerklank.report.drawing import png_of

        paragraph = self.word.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        run = paragraph.add_run()
        describe_picture(run.add_picture(io.BytesIO(png_of(chart)), width=Cm(15)), printable(chart.alt))

    def _table(
        self, block: Table | Chart | BarFigure, header: tuple[str, ...], numeric: tuple[int, ...]
    ) -> None:
        from weerklank.report.docx_parts import table

        caption = printable(block.caption)
        self._numbered(block, "Caption", tab=False).add_run(caption)
        if isinstance(block, Chart) and block.drawn:
            self._picture(block)
        clean = tuple(tuple(printable(cell) for cell in row) for row in (header, *block.cells))
        table(self.word, clean[0], clean[1:], numeric=numeric, caption=caption)
        self.below_table = True
        if block.note:
            self._spaced(self.word.add_paragraph()).add_run(printable(block.note), style="Terzijde")
