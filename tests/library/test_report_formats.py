"""One document, five formats, opened again: the same numbers, the same words, and open to everybody (W10, W14)."""

from __future__ import annotations

import io
import re
import sys
from itertools import pairwise
from pathlib import Path

import docx
import odfdo
import pikepdf
import pptx
import pytest
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from pdf_reading import opened, tags_of
from pptx.util import Inches
from report_reading import READERS, Page, small, squeezed
from report_sample import FACTS, HOSTILE, NOTES

from weerklank.chapters import report_of, report_of_notes
from weerklank.errors import BadInput, MissingExtra
from weerklank.report import (
    Format,
    Language,
    Paragraph,
    Point,
    Run,
    Slide,
    SlidePoint,
    Slides,
    render,
    write_all,
)
from weerklank.report.visible import main_text

DOCUMENT, SLIDES = report_of(FACTS)
FILES = {format_: render(DOCUMENT, SLIDES, as_=format_) for format_ in Format}
NUMBER = re.compile(r"§ (\d+\.\d+)")


TEXTS = {format_: read(FILES[format_]) for format_, read in READERS.items()}


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
