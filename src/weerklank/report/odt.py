"""OpenDocument text: the open standard that public bodies ask for, with headings, lists, header rows, languages and alt texts."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from weerklank.errors import MissingExtra
from weerklank.report.chart import BarFigure, Chart
from weerklank.report.citable import Citable, Role, Run, plain
from weerklank.report.columns import TEXT_WIDTH, column_widths
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
    nested,
)
from weerklank.report.drawing import png_of, size_of
from weerklank.report.letters import printable
from weerklank.report.references import Reference, see_of, sources_of
from weerklank.report.refusals import because
from weerklank.report.words import Words, words_for

if TYPE_CHECKING:
    import odfdo

__all__ = ["odt_of"]

# Spaces side by side would collapse.
_GAP = '<text:s text:c="2"/>'


def odt_of(document: Document) -> bytes:
    """The document as .odt. :class:`~weerklank.errors.MissingExtra` without odfdo."""
    try:
        import odfdo
    except ImportError as error:
        raise MissingExtra("reports", needed_for=because("needs-odt")) from error
    words = words_for(document.language)
    text = odfdo.Document("text")
    _part(text, "styles.xml", _styles(document, words))
    _properties(text, document, words)
    writing = _Writing(text, document, words)
    writing.cover()
    writing.contents()
    for chapter in document.sections:
        writing.section(chapter, depth=1)
    writing.languages()
    target = io.BytesIO()
    text.save(target)
    return target.getvalue()


def _part(text: odfdo.Document, name: str, content: bytes) -> None:
    assert text.container is not None  # a new document has one
    text.container.set_part(name, content)


def _t(text: str) -> str:
    """Text as XML: line breaks and runs of spaces as their own elements, so that nothing collapses."""
    safe = (
        escape(printable(text), quote=True).replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")
    )
    return safe.replace("  ", ' <text:s text:c="1"/>')


def _styles(document: Document, words: Words) -> bytes:
    language, _, country = words.locale.partition("-")
    style = files("weerklank.report").joinpath("odt_styles.xml").read_text(encoding="utf-8")
    for slot, filling in (
        ("LANGUAGE", language),
        ("COUNTRY", country),
        ("PAGE", words.page),
        ("TITLE", document.title),
    ):
        style = style.replace(f'"{slot}"', f'"{filling}"').replace(
            f"{slot} ", f"{escape(printable(filling))} "
        )
    return style.encode("utf-8")


def _properties(text: odfdo.Document, document: Document, words: Words) -> None:
    made = dt.datetime.combine(document.date, dt.time(12))
    meta = text.meta
    meta.title, meta.subject = printable(document.title), printable(document.subtitle or words.report)
    meta.language = words.locale
    meta.creator = meta.initial_creator = printable(", ".join(document.organisers))
    meta.creation_date = meta.date = made
    meta.generator = "Weerklank"
    meta.editing_cycles, meta.editing_duration = 1, dt.timedelta()


class _Writing:
    """One text being written as XML, block after block in reading order."""

    def __init__(self, text: odfdo.Document, document: Document, words: Words) -> None:
        self.text, self.document, self.words = text, document, words
        self.body = text.body
        self.body.clear()
        self.tables = self.pictures = 0
        self.spoken: set[str] = set()

    def put(self, xml: str) -> None:
        """Add a finished element at the end."""
        import odfdo

        self.body.append(odfdo.Element.from_tag(xml))

    def cover(self) -> None:
        """Subtitle, title, and the facts below the band."""
        self.put(_p("Subtitle", _t(self.document.subtitle or self.words.report)))
        self.put(_p("Title", _t(self.document.title)))
        lines = list(self.document.cover_lines)
        if self.document.organisers:
            lines.insert(0, (self.words.organised_by, ", ".join(self.document.organisers)))
        for label, value in lines:
            self.put(_p("Standard", f"{_span('Aanhef', _t(label))}<text:line-break/>{_t(value)}"))

    def contents(self) -> None:
        """A table of contents that is already filled."""
        rows = "".join(
            _p(
                "Contents_20_1",
                _link(f"h{number}", f"{_span('Hoofdstuknummer', number)}{_GAP}{_t(chapter.title)}"),
            )
            for chapter in self.document.sections
            for number in (self.document.numbering.chapters[chapter.id],)
        )
        self.put(
            '<text:table-of-content text:name="Inhoud"><text:table-of-content-source text:outline-level="1"/>'
            f"<text:index-body>{_p('Contents_20_Heading', _t(self.words.contents))}{rows}</text:index-body>"
            "</text:table-of-content>"
        )

    def section(self, section: Section, *, depth: int) -> None:
        """Heading, blocks, deeper sections."""
        level = min(depth, 4)
        lead = ""
        if depth == 1:
            number = self.document.numbering.chapters[section.id]
            lead = f'<text:bookmark text:name="h{number}"/>{_span("Hoofdstuknummer", number)}{_GAP}'
        self.put(
            f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">'
            f"{lead}{_t(section.title)}</text:h>"
        )
        for block in section.blocks:
            self.block(block)
        for deeper in section.sections:
            self.section(deeper, depth=depth + 1)

    def block(self, block: Block) -> None:
        """One block in its own style."""
        match block:
            case Points():
                self.put(f'<text:list text:style-name="Punten">{self._items(block.items, 0)}</text:list>')
            case Paragraph():
                style = "Alinea" if block.role is Role.TEXT else "Uitspraak"
                self.put(
                    _p(style, f"{self._number(block)}<text:tab/>{self._inline(block, muted=block.muted)}")
                )
            case Quotation():
                said = (
                    f"<text:line-break/>{_span('Terzijde', _t(block.attribution))}"
                    if block.attribution
                    else ""
                )
                self.put(
                    _p(
                        "Quotations",
                        f"{self._number(block)}{_GAP}{self.words.quoted(self._runs((Run(block.text, lang=block.lang),)))}{said}",
                    )
                )
            case Callout():
                lead = _span("Aanhef", f"{_t(block.title)}{self.words.colon} ")
                self.put(_p("Uitspraak", f"{self._number(block)}<text:tab/>{lead}{self._runs(block.text)}"))
            case Table() | Chart():
                self._table(block, block.header, block.numeric)
            case BarFigure():
                self._table(block, self.words.figure_head, (1,))

    def languages(self) -> None:
        """A style for every language that differs from the document's."""
        for language in sorted(self.spoken):
            self._style(
                f'<style:style style:name="Taal_{language}" style:family="text">'
                f'<style:text-properties fo:language="{language}" fo:country="none"/></style:style>'
            )

    def _style(self, xml: str, *, automatic: bool = False) -> None:
        import odfdo

        self.text.insert_style(cast("odfdo.Style", odfdo.Element.from_tag(xml)), automatic=automatic)

    def _number(self, block: Citable) -> str:
        numbering = self.document.numbering
        mark = f'<text:bookmark text:name="{numbering.anchor(block.id)}"/>'
        return f"{mark}{_span('Alineanummer', numbering.of(block.id))}"

    def _items(self, items: Sequence[Point], depth: int) -> str:
        parts = []
        for item, below in nested(items, depth):
            style = "Punt" if item.role is Role.TEXT else "Uitspraak"
            inside = f"<text:list>{self._items(below, depth + 1)}</text:list>" if below else ""
            said = _p(style, f"{self._number(item)}{_GAP}{self._inline(item, muted=False)}")
            parts.append(f"<text:list-item>{said}{inside}</text:list-item>")
        return "".join(parts)

    def _inline(self, block: Paragraph | Point, *, muted: bool) -> str:
        parts = [_span("Aanhef", f"{_t(block.label)}{self.words.colon} ") if block.label else ""]
        parts.append(_span("Leeg", _t(plain(block.text))) if muted else self._runs(block.text))
        if block.flag:
            parts.append(f" {_span('Merkteken', f'[{_t(block.flag)}]')}")
        if block.aside:
            parts.append(f" {_span('Terzijde', f'({_t(block.aside)})')}")
        parts.append(_references(f"{self.words.see}{self.words.colon}", see_of(self.document, block)))
        parts.append(_references(f"{self.words.sources}{self.words.colon}", sources_of(self.document, block)))
        return "".join(parts)

    def _runs(self, runs: Sequence[Run]) -> str:
        parts = []
        for run in runs:
            text = _span("Vet", _t(run.text)) if run.strong else _t(run.text)
            if run.lang:
                self.spoken.add(run.lang)
                text = _span(f"Taal_{run.lang}", text)
            parts.append(text)
        return "".join(parts)

    def _table(self, block: Table | Chart | BarFigure, header: Sequence[str], numeric: Sequence[int]) -> None:
        self.put(_p("Caption", f"{self._number(block)}{_GAP}{_t(block.caption)}"))
        if isinstance(block, Chart) and block.drawn:
            self._picture(block)
        self.tables += 1
        name = f"Tabel{self.tables}"
        self._table_styles(name, len(header))
        columns = "".join(
            f'<table:table-column table:style-name="{name}.{place}"/>' for place in range(len(header))
        )
        head = "".join(
            _cell(name, "kop", "Kopgetal" if place in numeric else "Kop", text)
            for place, text in enumerate(header)
        )
        body = "".join(
            f'<table:table-row table:style-name="{name}.rij">'
            + "".join(
                _cell(name, "cel", "Getal" if place in numeric else "Cel", text)
                for place, text in enumerate(row)
            )
            + "</table:table-row>"
            for row in block.cells
        )
        title = f"<table:title>{_t(block.caption)}</table:title>"
        self.put(
            f'<table:table table:name="{name}" table:style-name="{name}">{title}{columns}<table:table-header-rows>'
            f"<table:table-row>{head}</table:table-row></table:table-header-rows>{body}</table:table>"
        )
        self.put(_p("Opmerking", _t(block.note or "")))

    def _table_styles(self, name: str, width: int) -> None:
        made = [
            f'<style:style style:name="{name}" style:family="table">'
            f'<style:table-properties style:width="{TEXT_WIDTH}cm" table:align="left"/></style:style>'
        ]
        made += [
            f'<style:style style:name="{name}.{place}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{wide:.2f}cm"/></style:style>'
            for place, wide in enumerate(column_widths(width))
        ]
        look = {"kop": 'fo:background-color="#12304f"', "cel": 'fo:border-bottom="0.02cm solid #c9d5dd"'}
        made.append(
            f'<style:style style:name="{name}.rij" style:family="table-row">'
            '<style:table-row-properties fo:keep-together="always"/></style:style>'
        )
        made += [
            f'<style:style style:name="{name}.{kind}" style:family="table-cell">'
            f'<style:table-cell-properties fo:padding="0.1cm" {properties}/></style:style>'
            for kind, properties in look.items()
        ]
        for style in made:
            self._style(style, automatic=True)

    def _picture(self, chart: Chart) -> None:
        self.pictures += 1
        name = f"Pictures/figuur{self.pictures}.png"
        picture = png_of(chart)
        _part(self.text, name, picture)
        self.text.manifest.add_full_path(name, "image/png")
        width, height = size_of(picture)
        self.put(
            _p(
                "Figuur",
                f'<draw:frame draw:style-name="Beeld" draw:name="Figuur {self.pictures}" text:anchor-type="as-char" '
                f'svg:width="15cm" svg:height="{15 * height / width:.2f}cm"><draw:image xlink:href="{name}" '
                f'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/><svg:title>{_t(chart.caption)}</svg:title>'
                f"<svg:desc>{_t(chart.alt)}</svg:desc></draw:frame>",
            )
        )


def _p(style: str, inside: str) -> str:
    return f'<text:p text:style-name="{style}">{inside}</text:p>'


def _span(style: str, inside: str) -> str:
    return f'<text:span text:style-name="{style}">{inside}</text:span>'


def _link(anchor: str, inside: str) -> str:
    return f'<text:a xlink:type="simple" xlink:href="#{anchor}">{inside}</text:a>'


def _cell(table: str, kind: str, style: str, text: str) -> str:
    inside = _p(style, _t(text))
    return f'<table:table-cell table:style-name="{table}.{kind}" office:value-type="string">{inside}</table:table-cell>'


def _references(lead: str, references: Sequence[Reference]) -> str:
    if not references:
        return ""
    links = ", ".join(_span("Verwijzing", _link(one.anchor, one.label)) for one in references)
    return f"{_span('Terzijde', f' {lead} ')}{links}"
