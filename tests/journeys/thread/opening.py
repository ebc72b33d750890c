"""Opening the report's files as their readers do: words and numbers of each format, and what makes them accessible."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

import docx
import pptx
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from playwright.sync_api import Page

from library.pdf_reading import opened, tags_of, text_of

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_FOOT = re.compile(r"Pagina \d+$")
_PARAGRAPH = re.compile(r"§\s*(\d+\.\d+)")


def words_in_word(content: bytes) -> str:
    """All text of the body, a line per paragraph."""
    return "\n".join(
        "".join(node.text or "\t" for node in paragraph.iter(qn("w:t"), qn("w:tab")))
        for paragraph in docx.Document(io.BytesIO(content)).element.body.iter(qn("w:p"))
    )


def words_in_markdown(page: Page, content: bytes) -> str:
    """As any reader of Markdown shows it."""
    page.set_content(MarkdownIt().enable("table").render(content.decode()))
    return page.locator("body").inner_text()


def words_in_pdf(content: bytes) -> str:
    """The text that a screen reader or a search finds, without the numbers of the pages."""
    return "\n".join(_FOOT.sub("", page) for page in text_of(opened(content)).split("\n"))


def body_of(text: str) -> str:
    """From the first numbered paragraph («§ 1.1») to the end of the last: without cover, contents and foot."""
    last = text.rindex("§")
    return text[text.index("§ 1.1") : last] + text[last:].split("\n", 1)[0]


def numbers_by_paragraph(text: str) -> dict[str, list[str]]:
    """Per numbered paragraph every number in it, in order."""
    body = body_of(text)
    places = [*_PARAGRAPH.finditer(body)]
    ends = [*(place.start() for place in places[1:]), len(body)]
    found: dict[str, list[str]] = {}
    for here, end in zip(places, ends, strict=True):
        found.setdefault(here[1], []).extend(_NUMBER.findall(body[here.end() : end]))
    return found


def numbers_in(text: str) -> list[str]:
    """Every number, as it is written."""
    return _NUMBER.findall(text)


def slides_in(content: bytes) -> list[tuple[str, str]]:
    """(title, everything said on it) of each slide."""
    deck = pptx.Presentation(io.BytesIO(content))
    return [
        (
            slide.shapes.title.text_frame.text if slide.shapes.title is not None else "",
            "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame),
        )
        for slide in deck.slides
    ]


def paragraphs_named(text: str) -> list[str]:
    """The paragraph numbers that a text points to."""
    return _PARAGRAPH.findall(text)


def assert_open_to_everybody(content: bytes, *, title: str, language: str) -> None:
    """PDF/UA-1: tagged, in a language, with a title that shows, and marked as such."""
    pdf = opened(content)
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang).split("-")[0] == language
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as known:
        assert title in str(known["dc:title"])
        assert str(known["pdfuaid:part"]) == "1"
    tags = {tag for _parent, tag in tags_of(pdf)}
    assert {"H1", "P", "Table", "TH", "TD"} <= tags, tags


def assert_same_numbers(texts: dict[str, str]) -> None:
    """Every paragraph says the same numbers in the same order, whatever the format.

    In a PDF nothing parts a label from the words after it, nor one cell from the next: there all digits in a row count, and
    those that a picture draws stand between them.
    """
    told = {name: numbers_by_paragraph(text) for name, text in texts.items() if name != "pdf"}
    first, *others = told
    for other in others:
        assert told[other] == told[first], (first, other)
    digits = {name: re.sub(r"\D", "", body_of(text)) for name, text in texts.items()}
    drawn = iter(digits.pop("pdf"))
    assert set(digits.values()) == {digits[first]}, digits
    assert all(digit in drawn for digit in digits[first]), "a number of the report is not in the PDF"


def without_space(text: str) -> str:
    """Without white space, which every format sets in its own way."""
    return re.sub(r"\s|\ufffd|\u00ad", "", text)


def assert_says(texts: dict[str, str], sentences: Iterable[str]) -> None:
    """Each of these sentences stands in each of these texts."""
    for name, text in texts.items():
        squeezed = without_space(text)
        for sentence in sentences:
            assert without_space(sentence) in squeezed, f"«{sentence}» does not stand in the {name}"
