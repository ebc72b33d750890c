"""The front door of the writers: document in, bytes or file out."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from weerklank.report.document import Document
from weerklank.report.docx import docx_of
from weerklank.report.drawing import draw_with
from weerklank.report.html import html_of
from weerklank.report.markdown import markdown_of
from weerklank.report.odt import odt_of
from weerklank.report.pdf import pdf_of
from weerklank.report.pptx import pptx_of
from weerklank.report.slides import Slides, check_slides
from weerklank.report.words import words_for

__all__ = [
    "Format",
    "file_name",
    "render",
    "write_all",
    "write_docx",
    "write_html",
    "write_markdown",
    "write_odt",
    "write_pdf",
    "write_pptx",
]


class Format(StrEnum):
    """Formats that can be written; the value is the file's extension."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    PPTX = "pptx"
    MARKDOWN = "md"


def render(document: Document, slides: Slides, *, as_: Format, fonts: Path | None = None) -> bytes:
    """The file's bytes. ``fonts`` is a folder of TTF files for PDF; without it, Typst's own fonts are used.

    :class:`~weerklank.errors.MissingExtra` when ``weerklank[reports]`` is not installed and the format needs it."""
    if fonts is not None and document.charts:
        draw_with(fonts)
    match as_:
        case Format.HTML:
            return html_of(document)
        case Format.PDF:
            return pdf_of(document, fonts=fonts)
        case Format.DOCX:
            return docx_of(document)
        case Format.ODT:
            return odt_of(document)
        case Format.PPTX:
            return pptx_of(document, slides)
        case Format.MARKDOWN:
            return markdown_of(document)


def write_html(document: Document, path: Path) -> Path:
    """Write a self-contained page; returns ``path``."""
    return _put(path, html_of(document))


def write_pdf(document: Document, path: Path, *, fonts: Path | None = None) -> Path:
    """Write a tagged PDF (PDF/UA-1 and PDF/A-2a); returns ``path``."""
    return _put(path, pdf_of(document, fonts=fonts))


def write_docx(document: Document, path: Path) -> Path:
    """Write a Word document; returns ``path``."""
    return _put(path, docx_of(document))


def write_odt(document: Document, path: Path) -> Path:
    """Write an OpenDocument text; returns ``path``."""
    return _put(path, odt_of(document))


def write_pptx(document: Document, slides: Slides, path: Path) -> Path:
    """Write the presentation; returns ``path``."""
    return _put(path, pptx_of(document, slides))


def write_markdown(document: Document, path: Path) -> Path:
    """Write Markdown; returns ``path``."""
    return _put(path, markdown_of(document))


def write_all(
    document: Document,
    slides: Slides,
    folder: Path,
    *,
    formats: Iterable[Format] = tuple(Format),
    fonts: Path | None = None,
) -> dict[Format, Path]:
    """Write the report (``verslag.*``) and the slides (``presentatie.pptx``) into ``folder``, which is made if needed.

    File names follow the document's language (``report.*``, ``slides.pptx`` in English). All are made before one is written, so
    a failure leaves no half set behind."""
    check_slides(slides, document)
    made = {format_: render(document, slides, as_=format_, fonts=fonts) for format_ in formats}
    folder.mkdir(parents=True, exist_ok=True)
    return {
        format_: _put(folder / file_name(document, format_), content) for format_, content in made.items()
    }


def file_name(document: Document, as_: Format) -> str:
    """``verslag.pdf``, ``presentatie.pptx``."""
    words = words_for(document.language)
    return f"{words.slides_file if as_ is Format.PPTX else words.report_file}.{as_.value}"


def _put(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
