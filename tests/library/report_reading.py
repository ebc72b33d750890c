"""What a reader of a file finds in it, per format; and the smallest report there is."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree import ElementTree

import docx
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from pdf_reading import opened, text_of

from weerklank.report import (
    Document,
    Format,
    Language,
    Section,
    Slide,
    Slides,
)


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


def squeezed(text: str) -> str:
    """Without white space, which every format sets in its own way."""
    return re.sub(r"\s|\ufffd", "", text)


def small(*blocks: object, language: Language = Language.NL, title: str = "Klein") -> tuple[Document, Slides]:
    document = Document(
        title=title,
        language=language,
        date=dt.date(2026, 1, 2),
        organisers=(),
        sections=(Section(id="s", title="Kop", blocks=blocks),),  # type: ignore[arg-type]
    )
    return document, Slides((Slide(title=title),))
