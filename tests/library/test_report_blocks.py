"""Every kind of block, every kind of figure and every letter reaches every format (W10, W14)."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import docx
import odfdo
import pptx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_reading import languages_of, opened, tags_of, text_of
from report_reading import READERS, Page, markdown_text, small, squeezed

from weerklank.errors import BadInput
from weerklank.report import (
    BarFigure,
    Callout,
    Chart,
    ChartKind,
    ChartRow,
    Format,
    Paragraph,
    Point,
    Points,
    Quotation,
    Run,
    Slide,
    SlideKind,
    Slides,
    Table,
    render,
    specification_of,
)
from weerklank.report.letters import printable
from weerklank.report.references import see_of


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
    made = {f: render(document, slides, as_=f) for f in READERS}
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
