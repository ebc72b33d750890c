"""One document, five formats, opened again: the same numbers, the same words, and open to everybody (W10, W14)."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import docx
import odfdo
import pikepdf
import pptx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pdf_reading import languages_of, opened, tags_of, text_of
from pptx.util import Inches
from report_sample import FACTS, HOSTILE, NOTES

from weerklank.chapters import report_of, report_of_notes
from weerklank.errors import BadInput, MissingExtra
from weerklank.report import (
    BarFigure,
    Callout,
    Chart,
    ChartKind,
    ChartRow,
    Document,
    Format,
    Language,
    Paragraph,
    Point,
    Points,
    Quotation,
    Run,
    Section,
    Slide,
    SlideKind,
    SlidePoint,
    Slides,
    Table,
    render,
    specification_of,
    write_all,
)
from weerklank.report.letters import printable
from weerklank.report.references import see_of
from weerklank.report.visible import main_text

DOCUMENT, SLIDES = report_of(FACTS)
FILES = {format_: render(DOCUMENT, SLIDES, as_=format_) for format_ in Format}
NUMBER = re.compile(r"§ (\d+\.\d+)")


class Page(HTMLParser):
    """The text of a page without its styling and its pictures, its tags, ids and inside links."""

    def __init__(self, source: bytes) -> None:
        super().__init__()
        self.text, self.open, self.tags = "", [], []  # type: str, list[str], list[tuple[str, dict[str, str | None]]]
        self.feed(source.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass
        if tag in {"td", "th", "p", "li"}:
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        if not {"style", "svg"} & set(self.open):
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def word_text(content: bytes) -> str:
    return "\n".join(
        "".join(node.text or "\t" for node in paragraph.iter(qn("w:t"), qn("w:tab")))
        for paragraph in docx.Document(io.BytesIO(content)).element.body.iter(qn("w:p"))
    )


def open_text(content: bytes) -> str:
    """The words as they stand in the file: the library that wrote it would show a link as Markdown."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        tree = ElementTree.fromstring(packed.read("content.xml"))
    name = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    for space in (*tree.iter(f"{name}s"), *tree.iter(f"{name}tab")):
        space.text = " "
    paragraphs = [one for one in tree.iter() if one.tag in {f"{name}p", f"{name}h"}]
    return "\n".join("".join(one.itertext()) for one in paragraphs)


def markdown_text(content: bytes) -> str:
    return Page(MarkdownIt().enable("table").render(content.decode("utf-8")).encode()).text


READERS: dict[Format, Callable[[bytes], str]] = {
    Format.HTML: lambda content: Page(content).text,
    Format.MARKDOWN: markdown_text,
    Format.DOCX: word_text,
    Format.ODT: open_text,
    Format.PDF: lambda content: text_of(opened(content)),
}
TEXTS = {format_: read(FILES[format_]) for format_, read in READERS.items()}


def squeezed(text: str) -> str:
    """Without white space, which every format sets in its own way."""
    return re.sub(r"\s|\ufffd", "", text)


@pytest.mark.parametrize("format_", TEXTS)
def test_every_paragraph_stands_in_every_format_under_its_own_number(format_: Format) -> None:
    text = squeezed(TEXTS[format_])
    at = 0
    for block in DOCUMENT.citables():
        words = squeezed(main_text(block)).replace("😉", "[winkingface]" if format_ is Format.PDF else "😉")
        label = squeezed(DOCUMENT.numbering.of(block.id))
        found = re.compile(re.escape(label) + r"(?:[^§]|§(?!\d))*?" + re.escape(words)).search(text, at)
        assert found, (label, words)
        at = found.end()


def test_every_number_is_the_same_in_every_format() -> None:
    """The PDF's pages add their own page numbers; its figures are held by the tests around this one."""
    told = [
        [re.findall(r"\d+", part) for part in re.split(r"(?=§)", TEXTS[format_])[1:-1]]
        for format_ in (Format.HTML, Format.MARKDOWN, Format.DOCX, Format.ODT)
    ]
    assert told[0] == told[1] == told[2] == told[3]


@pytest.mark.parametrize("format_", TEXTS)
def test_tables_and_bars_state_their_figures_in_every_format(format_: Format) -> None:
    text = squeezed(TEXTS[format_])
    for row in ("Ingeschreven99", "Aanwezig105", "Opkomstinprocenten106", "Gemeente61", "Rijkminderdan5"):
        assert row in text, row


def test_slides_point_to_the_numbers_that_the_report_has() -> None:
    known = set(DOCUMENT.numbering.paragraphs.values())
    deck = pptx.Presentation(io.BytesIO(FILES[Format.PPTX]))
    for slide, planned in list(zip(deck.slides, SLIDES.slides, strict=True))[1:]:
        said = " ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
        assert [DOCUMENT.numbering.paragraphs[p.rests_on] for p in planned.points] == NUMBER.findall(said)
        spoken = slide.notes_slide.notes_text_frame.text
        assert NUMBER.findall(spoken)
        assert set(NUMBER.findall(spoken)) <= known


@pytest.mark.parametrize("format_", TEXTS)
def test_hostile_text_comes_out_as_text(format_: Format) -> None:
    assert squeezed(HOSTILE) in squeezed(TEXTS[format_])


def test_hostile_text_makes_no_elements() -> None:
    for source in (FILES[Format.HTML], MarkdownIt().render(FILES[Format.MARKDOWN].decode()).encode()):
        page = Page(source)
        assert not page.all("script")
        assert all(not link["href"] or link["href"].startswith("#") for link in page.all("a"))


def test_html_stands_alone_and_is_open_to_a_screen_reader() -> None:
    page = Page(FILES[Format.HTML])
    assert page.all("html") == [{"lang": "nl"}]
    assert [len(page.all(tag)) for tag in ("h1", "main", "nav", "style", "title")] == [1, 1, 1, 1, 1]
    assert not any(name in {"style", "src", "onclick"} for _, attributes in page.tags for name in attributes)
    assert not page.all("link")
    assert not page.all("script")
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(set(ids)) == len(ids)
    assert {link["href"] for link in page.all("a")} <= {f"#{name}" for name in ids}
    assert all(cell.get("scope") in {"col", "row"} for cell in page.all("th"))
    tables = page.all("table")
    named = [table["aria-labelledby"] for table in tables if "aria-labelledby" in table]
    assert len(tables) == 3
    assert len(page.all("caption")) + len(named) == 3
    assert set(named) <= set(ids)


def test_pdf_is_tagged_archivable_and_says_its_language_and_title() -> None:
    pdf = opened(FILES[Format.PDF])
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "nl-NL"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as meta:
        assert meta["dc:title"] == "Vakmensen aan het woord"
        assert meta["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert meta["{http://www.aiim.org/pdfa/ns/id/}part"] == "2"
        assert meta["{http://www.aiim.org/pdfa/ns/id/}conformance"] == "A"
    tags = tags_of(pdf)
    headings = [int(tag[1]) for _, tag in tags if re.fullmatch("H[1-6]", tag)]
    assert headings[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(headings))
    assert tags.count(("Document", "Title")) == 1
    assert sum(tag == "TH" for _, tag in tags) == 2 + 2 + 6
    assert sum(tag == "Table" for _, tag in tags) == 3
    points = sum(isinstance(block, Point) for block in DOCUMENT.citables())
    assert sum(tag == "LI" for _, tag in tags) == points
    assert ("LI", "Lbl") in tags
    links = [a for page in pdf.pages for a in page.get("/Annots", []) if a.Subtype == "/Link"]
    assert len(links) >= len(DOCUMENT.sections)
    assert all(str(link.get("/Contents", "")) for link in links)


def test_pdf_embeds_every_font_and_uses_none_of_the_machine() -> None:
    pdf = opened(FILES[Format.PDF])
    names = set()
    for page in pdf.pages:
        for font in page.resources.Font.values():
            descendant = font.DescendantFonts[0]
            names.add(str(descendant.BaseFont).split("+")[-1])
            assert any(key in descendant.FontDescriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    assert {name.split("-")[0] for name in names} <= {"LibertinusSerif", "DejaVuSansMono", "NewCM10"}


def test_the_same_document_gives_the_same_pdf() -> None:
    assert render(DOCUMENT, SLIDES, as_=Format.PDF) == FILES[Format.PDF]


def test_word_has_headings_header_rows_language_and_properties() -> None:
    word = docx.Document(io.BytesIO(FILES[Format.DOCX]))
    assert (word.core_properties.title, word.core_properties.language) == ("Vakmensen aan het woord", "nl-NL")
    assert "Gemeente Waterkant" in word.core_properties.author
    langs = {lang.get(qn("w:val")) for lang in word.styles.element.iter(qn("w:lang"))}
    assert langs == {"nl-NL"}
    chapters = [p.text.split("   ") for p in word.paragraphs if p.style.name == "Heading 1"]
    numbering = DOCUMENT.numbering
    assert chapters == [[numbering.chapters[c.id], c.title] for c in DOCUMENT.sections]
    assert len(word.tables) == 3
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in word.tables)
    body = word.element.body
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    targets = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert targets
    assert targets <= marks
    bold = [run.text for p in word.paragraphs if "§ 3.4" in p.text for run in p.runs if run.bold]
    assert bold == ["zonder agenda"]


def test_opendocument_has_headings_header_rows_language_and_properties() -> None:
    text = odfdo.Document(io.BytesIO(FILES[Format.ODT]))
    assert (text.meta.title, text.meta.language) == ("Vakmensen aan het woord", "nl-NL")
    defaults = text.get_part("styles.xml").get_elements("//style:default-style/style:text-properties")
    spoken = {(one.get_attribute("fo:language"), one.get_attribute("fo:country")) for one in defaults}
    assert spoken == {("nl", "NL")}
    body = text.body
    chapters = [str(head) for head in body.get_elements("//text:h[@text:outline-level='1']")]
    numbering = DOCUMENT.numbering
    assert chapters == [f"{numbering.chapters[c.id]}  {c.title}\n" for c in DOCUMENT.sections]
    tables = body.get_elements("//table:table")
    assert len(tables) == 3
    assert all(len(table.get_elements("table:table-header-rows/table:table-row")) == 1 for table in tables)
    marks = {mark.get_attribute("text:name") for mark in body.get_elements("//text:bookmark")}
    targets = {link.get_attribute("xlink:href") for link in body.get_elements("//text:a")}
    assert targets
    assert targets <= {f"#{mark}" for mark in marks}


def test_slides_are_wide_titled_and_in_dutch() -> None:
    deck = pptx.Presentation(io.BytesIO(FILES[Format.PPTX]))
    assert (deck.slide_width, deck.slide_height) == (Inches(13.333), Inches(7.5))
    assert (deck.core_properties.title, deck.core_properties.language) == ("Vakmensen aan het woord", "nl-NL")
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles == [slide.title for slide in SLIDES.slides]
    assert len(titles) <= 10
    for slide in deck.slides:
        runs = slide._element.findall(".//" + "{http://schemas.openxmlformats.org/drawingml/2006/main}r")
        assert runs
        assert {run.rPr.get("lang") for run in runs} == {"nl-NL"}
        for shape in slide.shapes:
            assert shape.left >= -Inches(6)
            if shape.has_text_frame and shape.text_frame.text:
                assert shape.top >= 0
                assert shape.top + shape.height <= deck.slide_height, shape.name


@pytest.mark.parametrize(
    ("language", "lang", "names"),
    [
        (
            Language.NL,
            "nl-NL",
            {"verslag.html", "verslag.pdf", "verslag.docx", "verslag.odt", "verslag.md", "presentatie.pptx"},
        ),
        (
            Language.EN,
            "en-GB",
            {"report.html", "report.pdf", "report.docx", "report.odt", "report.md", "slides.pptx"},
        ),
    ],
)
def test_write_all_puts_a_whole_set_in_a_new_folder(
    tmp_path: Path, language: Language, lang: str, names: set[str]
) -> None:
    document, slides = small(Paragraph(id="p", text=(Run("Dag"),)), language=language)
    written = write_all(document, slides, tmp_path / "nieuw" / "map")
    assert (
        {path.name for path in written.values()}
        == names
        == {p.name for p in (tmp_path / "nieuw/map").iterdir()}
    )
    assert str(pikepdf.open(written[Format.PDF]).Root.Lang) == lang


def test_a_set_that_cannot_be_made_leaves_no_half_behind(tmp_path: Path) -> None:
    document, _ = small(Paragraph(id="p", text=(Run("Dag"),)))
    slides = Slides((Slide(title="Dia", points=(SlidePoint(text="x", rests_on="nergens"),)),))
    with pytest.raises(BadInput, match="nergens"):
        write_all(document, slides, tmp_path / "map")
    assert not (tmp_path / "map").exists()


def test_pdf_needs_its_folder_of_fonts_when_one_is_named(tmp_path: Path) -> None:
    document, slides = small(Paragraph(id="p", text=(Run("Dag"),)))
    with pytest.raises(BadInput, match="lettertypen"):
        render(document, slides, as_=Format.PDF, fonts=tmp_path / "weg")
    assert render(document, slides, as_=Format.PDF, fonts=tmp_path).startswith(b"%PDF")


def small(*blocks: object, language: Language = Language.NL, title: str = "Klein") -> tuple[Document, Slides]:
    document = Document(
        title=title,
        language=language,
        date=dt.date(2026, 1, 2),
        organisers=(),
        sections=(Section(id="s", title="Kop", blocks=blocks),),  # type: ignore[arg-type]
    )
    return document, Slides((Slide(title=title),))


def test_every_kind_of_block_reaches_every_format() -> None:
    blocks = (
        Callout(id="c", title="Let op", text=(Run("dit telt"),)),
        Quotation(id="q", text="letterlijk\ngezegd", attribution="Groep X"),
        Paragraph(id="p", text=(Run("In het "), Run("plain English", lang="en")), see=("c", "q")),
        Points((Point(id="a", text=(Run("boven"),)), Point(id="b", text=(Run("onder"),), depth=1))),
        Table(id="t", caption="Tabel", header=("A", "B"), rows=(("x|y", "<1>"),), numeric=(1,), note="Voet"),
        BarFigure(
            id="f", caption="Staven", bars=(("veel", 9), ("weinig", None)), withheld="–", note="Uitleg"
        ),
    )
    document, slides = small(*blocks)
    made = {f: render(document, slides, as_=f) for f in TEXTS}
    texts = {format_: read(made[format_]) for format_, read in READERS.items()}
    wanted = (
        "Letop:dittelt",
        "letterlijkgezegd",
        "GroepX",
        "boven",
        "onder",
        "x|y",
        "<1>",
        "Voet",
        "Staven",
        "Uitleg",
    )
    for format_, text in texts.items():
        assert [w for w in wanted if w not in squeezed(text)] == [], format_
    assert {"lang": "en"} in Page(made[Format.HTML]).all("span")
    word = docx.Document(io.BytesIO(made[Format.DOCX]))
    assert "en" in {lang.get(qn("w:val")) for lang in word.element.body.iter(qn("w:lang"))}
    assert languages_of(opened(made[Format.PDF])) == {"nl-NL", "en"}


CHARTS = (
    Chart(
        id="shares",
        kind=ChartKind.SHARES,
        caption="Antwoorden",
        alt="Balken per stelling",
        header=("Stelling", "Eens", "Weet niet", "Oneens"),
        rows=(ChartRow("Eerste", (62, 8, 30)), ChartRow("Tweede", (None, None, None))),
        unit="%",
    ),
    Chart(
        id="ranges",
        kind=ChartKind.RANGES,
        caption="Instemming",
        alt="Stippen met marges",
        header=("Stelling", "Eens", "Minstens", "Hoogstens"),
        rows=(ChartRow("Eerste", (62, 51, 73)),),
        unit="%",
        note="Onder de figuur",
    ),
    Chart(
        id="grid",
        kind=ChartKind.GRID,
        caption="Kaart",
        alt="Vakken",
        header=("Thema", "Micro", "Macro"),
        rows=(ChartRow("Rust <&> ruimte", (12, None)), ChartRow("Tijd", (0, 7))),
        withheld="·",
    ),
)


def test_a_figure_is_drawn_from_its_table_and_nothing_else() -> None:
    for chart in CHARTS:
        drawn = specification_of(chart)
        values = [
            value for row in drawn["data"]["values"] for value in row.values() if isinstance(value, int)
        ]  # type: ignore[index,call-overload,union-attr]
        told = [value for row in chart.rows for value in row.values if value is not None]
        assert set(told) <= set(values)
        assert set(values) <= {*told, *range(len(chart.header))}
        assert "http" not in json.dumps({**drawn, "$schema": ""})


def test_figures_reach_every_format_with_their_numbers_and_what_they_show() -> None:
    document, _ = small(*CHARTS)
    slides = Slides(tuple(Slide(title=one.caption, kind=SlideKind.CHART, chart=one.id) for one in CHARTS))
    made = {format_: render(document, slides, as_=format_) for format_ in Format}
    for format_, read in READERS.items():
        text = squeezed(read(made[format_]))
        for row in (
            "Eerste62%8%30%",
            "Tweede–––",
            "Eerste62%51%73%",
            "Rust<&>ruimte12·",
            "Tijd07",
            "Onderdefiguur",
        ):
            assert row in text, (format_, row)
    alts = {chart.alt for chart in CHARTS}
    pictures = Page(made[Format.HTML]).all("div")
    assert {one["aria-label"] for one in pictures if one.get("role") == "img"} == alts
    word = docx.Document(io.BytesIO(made[Format.DOCX]))
    assert {shape._inline.docPr.get("descr") for shape in word.inline_shapes} == alts
    text = odfdo.Document(io.BytesIO(made[Format.ODT]))
    assert {str(one).strip() for one in text.body.get_elements("//svg:desc")} == alts
    tagged = [tag for _, tag in tags_of(opened(made[Format.PDF])) if tag == "Figure"]
    assert len(tagged) == len(CHARTS)
    deck = pptx.Presentation(io.BytesIO(made[Format.PPTX]))
    charts = [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert {shape._element.nvGraphicFramePr.cNvPr.get("descr") for shape in charts} == alts
    first = charts[0].chart.plots[0]
    assert list(first.categories) == ["Tweede", "Eerste"]
    assert [list(series.values) for series in first.series] == [[None, 62], [None, 8], [None, 30]]


def test_a_figure_with_loose_ends_is_refused() -> None:
    with pytest.raises(BadInput, match="ongelijke lengte"):
        replace(CHARTS[2], rows=(ChartRow("Tijd", (1,)),))
    with pytest.raises(BadInput, match="marge"):
        replace(CHARTS[2], kind=ChartKind.RANGES)
    document, _ = small(*CHARTS)
    lost = Slides((Slide(title="x", kind=SlideKind.CHART, chart="weg"),))
    with pytest.raises(BadInput, match="weg"):
        render(document, lost, as_=Format.PPTX)


def test_long_rows_of_references_become_ranges() -> None:
    blocks = [Paragraph(id=f"p{n}", text=(Run("x"),)) for n in range(1, 8)]
    last = Paragraph(id="z", text=(Run("y"),), see=("p7", "p1", "p2", "p3", "p4", "p6"))
    document, _ = small(*blocks, last)
    assert [r.label for r in see_of(document, last)] == ["§ 1.1–1.4", "§ 1.6", "§ 1.7"]


def test_a_document_with_loose_ends_is_refused() -> None:
    one = Paragraph(id="p", text=(Run("x"),))
    with pytest.raises(BadInput, match="twee keer"):
        small(one, one)
    with pytest.raises(BadInput, match="verwijst naar"):
        small(Paragraph(id="p", text=(Run("x"),), see=("weg",)))
    with pytest.raises(BadInput, match="ongelijke lengte"):
        Table(id="t", caption="T", header=("a", "b"), rows=(("x",),))
    with pytest.raises(BadInput, match="maximum is 10"):
        Slides(tuple(Slide(title=str(n)) for n in range(11)))


AWKWARD = ("\x00\x07\x1b", "\ud800", "\u202etxet", "\ue000", "中文 عربي 😀👍🏽 ½ → ≥", "", " ", "a\nb\tc")


def test_letters_that_no_format_likes_break_none() -> None:
    paragraphs = [
        Paragraph(id=f"p{n}", text=(Run(f"voor{n} {text} na{n}"),)) for n, text in enumerate(AWKWARD)
    ]
    document, slides = small(*paragraphs, title=f"Titel {''.join(AWKWARD)}")
    assert render(document, slides, as_=Format.PPTX)
    for format_, read in READERS.items():
        text = read(render(document, slides, as_=format_))
        for n in range(len(AWKWARD)):
            assert f"voor{n}" in text
            assert f"na{n}" in text


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_survives_html_and_markdown(text: str) -> None:
    document, slides = small(Paragraph(id="p", text=(Run("voor"), Run(text, strong=True), Run("na"))))
    wanted = squeezed(f"voor{printable(text)}na")
    assert wanted in squeezed(Page(render(document, slides, as_=Format.HTML)).text)
    assert wanted in squeezed(markdown_text(render(document, slides, as_=Format.MARKDOWN)))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=40))
def test_any_text_makes_a_pdf(text: str) -> None:
    document, slides = small(Paragraph(id="p", text=(Run(text),)))
    assert "§ 1.1" in text_of(opened(render(document, slides, as_=Format.PDF)))


def test_notes_make_a_full_set_too() -> None:
    document, slides = report_of_notes(NOTES)
    for format_ in Format:
        assert render(document, slides, as_=format_)


@pytest.mark.parametrize(
    ("module", "format_"),
    [("typst", Format.PDF), ("docx", Format.DOCX), ("pptx", Format.PPTX), ("odfdo", Format.ODT)],
)
def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, module: str, format_: Format) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra, match=re.escape("weerklank[reports]")):
        render(DOCUMENT, SLIDES, as_=format_)
    assert render(DOCUMENT, SLIDES, as_=Format.HTML)
