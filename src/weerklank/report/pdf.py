"""PDF through Typst: tagged and accessible (PDF/UA-1) and fit for the archive (PDF/A-2a), in one file.

Texts go in as JSON data, so nothing a participant wrote can become markup. The typesetter refuses to write a file that breaks either
standard; that check is part of every report.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from weerklank.errors import MissingExtra
from weerklank.report.chart import BarFigure, Chart
from weerklank.report.citable import Citable, Run
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
from weerklank.report.drawing import svg_of
from weerklank.report.letters import printable
from weerklank.report.references import see_of, sources_of
from weerklank.report.refusals import because
from weerklank.report.words import words_for

if TYPE_CHECKING:
    import typst

__all__ = ["pdf_of"]

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]

_STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
# Sans for reading when the caller brings it; the others are inside the typesetter itself.
_SANS = "Noto Sans"
_BUILT_IN = ("Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern")
_NO_GLYPH = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_TRIES = 8


def pdf_of(document: Document, *, fonts: Path | None = None) -> bytes:
    """The PDF. ``fonts`` is a folder with Noto Sans as TTF; without it the typesetter's built-in serif is used. Fonts of the
    machine are never used, so the same document gives the same pages everywhere.

    A character that no font has (an emoji) is written as its Unicode name between brackets: PDF/UA forbids a blank.
    """
    try:
        import typst
    except ImportError as error:
        raise MissingExtra("reports", needed_for=because("needs-pdf")) from error
    known = _fonts(fonts)
    sans = any(font.family == _SANS for font in known.fonts())
    template = files("weerklank.report").joinpath("pages.typ").read_bytes()
    data = json.dumps(_data(document, sans=sans), ensure_ascii=False)
    made = dt.datetime.combine(document.date, dt.time(12), tzinfo=dt.UTC)
    for _ in range(_TRIES):
        try:
            return bytes(
                typst.compile(
                    template,
                    font_paths=known,
                    sys_inputs={"data": data},
                    pdf_standards=[*_STANDARDS],
                    timestamp=int(made.timestamp()),
                )
            )
        except typst.TypstError as error:
            replaced = _named(data, str(error.diagnostic))
            if replaced == data:
                raise
            data = replaced
    raise because.bad_input("no-glyphs")


@cache
def _fonts(folder: Path | None) -> typst.Fonts:
    """The fonts of ``folder`` and those inside the typesetter, read once; never those of the machine."""
    import typst

    if folder is not None and not folder.is_dir():
        raise because.bad_input("no-fonts", folder=folder)
    return typst.Fonts(include_system_fonts=False, font_paths=[] if folder is None else [str(folder)])


def _named(data: str, diagnostic: str) -> str:
    """``data`` with every character that the typesetter could not draw replaced by its name."""
    missing: set[str] = set()
    for reported in _NO_GLYPH.findall(diagnostic):
        missing |= set(_ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), reported))
    for char in missing:
        if ord(char) >= 0x80 and char != "\ufffd":
            name = unicodedata.name(char, "")
            # A joiner or variation selector only changes the character before it.
            invisible = unicodedata.category(char) in {"Mn", "Cf"}
            shown = f"[{name.lower()}]" if name and "IDEOGRAPH" not in name else f"[U+{ord(char):04X}]"
            data = data.replace(char, "" if invisible else shown)
        elif char == "\ufffd":
            data = data.replace(char, "[?]")
    return data


def _t(text: str) -> str:
    # A tab has no glyph of its own; a line separator is a line break.
    return printable(text).replace("\t", " ").replace("\u2028", "\n").replace("\u2029", "\n")


def _data(document: Document, *, sans: bool) -> Json:
    words = words_for(document.language)
    language, _, region = words.locale.partition("-")
    lines = [(words.organised_by, ", ".join(document.organisers))] if document.organisers else []
    return {
        "title": _t(document.title),
        "subtitle": None if document.subtitle is None else _t(document.subtitle),
        "organisers": [_t(name) for name in document.organisers],
        "date": [document.date.year, document.date.month, document.date.day],
        "lang": language,
        "region": region,
        "sans": sans,
        "fonts": [*([_SANS] if sans else []), *_BUILT_IN],
        "cover": [[_t(label), _t(text)] for label, text in (*lines, *document.cover_lines)],
        "words": {
            "contents": words.contents,
            "see": words.see,
            "sources": words.sources,
            "page": words.page,
            "colon": words.colon,
            "opening": words.quotes[0],
            "closing": words.quotes[1],
            "figure_head": list(words.figure_head),
        },
        "chapters": [
            {**_section(document, chapter), "number": document.numbering.chapters[chapter.id]}
            for chapter in document.sections
        ],
    }


def _section(document: Document, section: Section) -> dict[str, Json]:
    return {
        "title": _t(section.title),
        "blocks": [_block(document, block) for block in section.blocks],
        "sections": [_section(document, deeper) for deeper in section.sections],
    }


def _block(document: Document, block: Block) -> Json:
    match block:
        case Points():
            return {"kind": "points", "items": _tree(document, block.items)}
        case Paragraph():
            return {"kind": "paragraph", **_inline(document, block), "muted": block.muted}
        case Quotation():
            said = None if block.attribution is None else _t(block.attribution)
            return {
                "kind": "quotation",
                **_numbered(document, block),
                "text": _t(block.text),
                "lang": block.lang,
                "attribution": said,
            }
        case Callout():
            return {
                "kind": "callout",
                **_numbered(document, block),
                "title": _t(block.title),
                "runs": _runs(block.text),
            }
        case Table():
            return {
                "kind": "table",
                **_numbered(document, block),
                "caption": _t(block.caption),
                "header": [_t(cell) for cell in block.header],
                "rows": [[_t(cell) for cell in row] for row in block.rows],
                "numeric": list(block.numeric),
                "note": None if block.note is None else _t(block.note),
            }
        case BarFigure():
            return {
                "kind": "bars",
                **_numbered(document, block),
                "caption": _t(block.caption),
                "bars": [
                    {
                        "label": _t(label),
                        "value": value,
                        "shown": _t(block.withheld) if value is None else str(value),
                    }
                    for label, value in block.bars
                ],
                "note": None if block.note is None else _t(block.note),
            }
        case Chart():
            return {
                "kind": "chart",
                **_numbered(document, block),
                "caption": _t(block.caption),
                "alt": _t(block.alt),
                "picture": svg_of(block) if block.drawn else None,
                "header": [_t(cell) for cell in block.header],
                "rows": [[_t(cell) for cell in row] for row in block.cells],
                "numeric": list(block.numeric),
                "note": None if block.note is None else _t(block.note),
            }


def _numbered(document: Document, block: Citable) -> dict[str, Json]:
    numbering = document.numbering
    return {"number": numbering.of(block.id), "anchor": numbering.anchor(block.id), "role": block.role.value}


def _runs(runs: tuple[Run, ...]) -> Json:
    return [{"text": _t(run.text), "strong": run.strong, "lang": run.lang} for run in runs]


def _inline(document: Document, block: Paragraph | Point) -> dict[str, Json]:
    return {
        **_numbered(document, block),
        "runs": _runs(block.text),
        "label": None if block.label is None else _t(block.label),
        "flag": None if block.flag is None else _t(block.flag),
        "aside": None if block.aside is None else _t(block.aside),
        "muted": False,
        "see": [{"label": see.label, "anchor": see.anchor} for see in see_of(document, block)],
        "sources": [
            {"label": source.label, "anchor": source.anchor} for source in sources_of(document, block)
        ],
    }


def _tree(document: Document, items: Sequence[Point], depth: int = 0) -> list[Json]:
    """Points with their sub-points inside them."""
    return [
        {**_inline(document, item), "children": _tree(document, below, depth + 1)}
        for item, below in nested(items, depth)
    ]
