"""The front door of the writers: document in, bytes or file out."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from weerklank.report.document import Document
from weerklank.report.slides import Slides

__all__ = [
    "Format",
    "render",
    "write_all",
    "write_docx",
    "write_html",
    "write_markdown",
    "write_pdf",
    "write_pptx",
]


class Format(StrEnum):
    """Formats that can be written; the value is the file's extension."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    PPTX = "pptx"
    MARKDOWN = "md"


def render(document: Document, slides: Slides, *, as_: Format, fonts: Path | None = None) -> bytes:
    """The file's bytes. ``fonts`` is a folder of TTF files for PDF; without it, Typst's own fonts are used."""
    raise NotImplementedError


def write_html(document: Document, path: Path) -> Path:
    """Write a self-contained page; returns ``path``."""
    raise NotImplementedError


def write_pdf(document: Document, path: Path, *, fonts: Path | None = None) -> Path:
    """Write a tagged PDF (PDF/UA-1 and PDF/A-2a); returns ``path``."""
    raise NotImplementedError


def write_docx(document: Document, path: Path) -> Path:
    """Write a Word document; returns ``path``."""
    raise NotImplementedError


def write_pptx(document: Document, slides: Slides, path: Path) -> Path:
    """Write the presentation; returns ``path``."""
    raise NotImplementedError


def write_markdown(document: Document, path: Path) -> Path:
    """Write Markdown; returns ``path``."""
    raise NotImplementedError


def write_all(
    document: Document,
    slides: Slides,
    folder: Path,
    *,
    formats: Iterable[Format] = tuple(Format),
    fonts: Path | None = None,
) -> dict[Format, Path]:
    """Write the report (``verslag.*``) and the slides (``presentatie.pptx``) into ``folder``, which is made if needed."""
    raise NotImplementedError
