"""A folder of results: every file or none, and one page about them in the forms that are there."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from weerklank.cli.refusals import because
from weerklank.errors import MissingExtra

if TYPE_CHECKING:
    from weerklank.report import Document

__all__ = ["checked_folder", "fill_folder", "page_files"]


def checked_folder(out: Path) -> Path:
    """``out``, before any work is done; refused when it is a file."""
    if out.exists() and not out.is_dir():
        raise because.bad_input("out-is-file", source=str(out))
    return out


def page_files(document: Document, name: str) -> dict[str, bytes]:
    """The page as HTML and Markdown, and as PDF where that is installed."""
    from weerklank.report.html import html_of
    from weerklank.report.markdown import markdown_of
    from weerklank.report.pdf import pdf_of

    made = {f"{name}.html": html_of(document), f"{name}.md": markdown_of(document)}
    with suppress(MissingExtra):
        made[f"{name}.pdf"] = pdf_of(document)
    return made


def fill_folder(out: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write ``files`` (name → content) into ``out``; a failure before the end leaves it as it was."""
    out.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target, so that moving is one step on one disk.
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as workshop:
        for name, content in files.items():
            (Path(workshop) / name).write_bytes(content)
        out.mkdir(exist_ok=True)
        return [(Path(workshop) / name).replace(out / name) for name in sorted(files)]
