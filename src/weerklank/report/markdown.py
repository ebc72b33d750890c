"""Markdown (CommonMark with tables): for archives, version control, and whoever wants to build on."""

from __future__ import annotations

import re
import unicodedata

from weerklank.report.chart import BarFigure, Chart
from weerklank.report.citable import Citable, Run
from weerklank.report.days import day_in_words
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
)
from weerklank.report.letters import printable
from weerklank.report.references import see_of, sources_of
from weerklank.report.words import Words, words_for

__all__ = ["markdown_of"]

# Inside a line most marks are harmless; escaping only what can start something keeps the text readable.
_RISKY = re.compile(r"([\\`*_\[\]<>|~$&])")
_BREAKING = re.compile(r"[^\S\u00a0\u202f]+")
_LINE_START = re.compile(r"^(\s*)([#+\-=>:]|\d+[.)])")


def markdown_of(document: Document) -> bytes:
    """The document as UTF-8 Markdown; hostile or accidental marks in texts come out as literal text."""
    words = words_for(document.language)
    lines = [f"# {_t(document.title)}", ""]
    if document.subtitle:
        lines += [f"**{_t(document.subtitle)}**", ""]
    facts = [(words.organised_by, ", ".join(document.organisers))] if document.organisers else []
    lines += [f"- {_t(label)}{words.colon} {_t(text)}" for label, text in (*facts, *document.cover_lines)]
    for chapter in document.sections:
        number = document.numbering.chapters[chapter.id]
        lines += ["", f"## {number} {_t(chapter.title)}"]
        lines += _inside(document, words, chapter, depth=2)
    lines += ["", "---", "", _t(day_in_words(document.date, language=document.language)), ""]
    return "\n".join(lines).encode("utf-8")


def _t(text: str) -> str:
    """One line of literal text."""
    line = _RISKY.sub(r"\\\1", _one_line(printable(text)))
    return _LINE_START.sub(_guarded, line)


def _one_line(text: str) -> str:
    """Runs of white space as one space; a space that may not break stays what it is."""
    return " ".join(part for part in _BREAKING.split(text) if part)


def _guarded(match: re.Match[str]) -> str:
    mark = match.group(2)
    return f"{match.group(1)}{mark[:-1]}\\{mark[-1]}"


def _inside(document: Document, words: Words, section: Section, *, depth: int) -> list[str]:
    lines: list[str] = []
    for block in section.blocks:
        lines += ["", *_block(document, words, block)]
    for deeper in section.sections:
        lines += ["", f"{'#' * min(depth + 1, 6)} {_t(deeper.title)}"]
        lines += _inside(document, words, deeper, depth=depth + 1)
    return lines


def _block(document: Document, words: Words, block: Block) -> list[str]:
    match block:
        case Points():
            return [
                f"{'    ' * item.depth}- {_number(document, item)} {_inline(document, words, item)}"
                for item in block.items
            ]
        case Paragraph():
            return [f"{_number(document, block)} {_inline(document, words, block)}"]
        case Quotation():
            said = [">", f"> — {_t(block.attribution)}"] if block.attribution else []
            return [f"> {_number(document, block)} {words.quoted(_t(block.text))}", *said]
        case Callout():
            return [f"> {_number(document, block)} **{_t(block.title)}{words.colon}** {_runs(block.text)}"]
        case Table() | Chart():
            return _table(document, block, block.header, block.numeric)
        case BarFigure():
            return _table(document, block, words.figure_head, (1,))


def _number(document: Document, block: Citable) -> str:
    return f"**{document.numbering.of(block.id)}**"


def _runs(runs: tuple[Run, ...]) -> str:
    """Text with key fragments bold. Where CommonMark would not read the marks as bold, the words win and the marks go."""
    pieces = _merged(runs)
    parts: list[str] = []
    for place, (text, strong) in enumerate(pieces):
        inner = _escaped(text.strip())
        if not strong or not inner:
            parts.append(_escaped(text))
            continue
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        left = before or (_escaped(pieces[place - 1][0])[-1:] if place else "")
        right = after or (_escaped(pieces[place + 1][0])[:1] if place + 1 < len(pieces) else "")
        marks = "**" if _flanks(left[-1:], inner[0]) and _flanks(right[:1], inner[-1]) else ""
        parts.append(f"{before}{marks}{inner}{marks}{after}")
    return _one_line("".join(parts))


def _merged(runs: tuple[Run, ...]) -> list[tuple[str, bool]]:
    """Neighbouring runs of one kind as one piece: ``**a****b**`` would not be read as bold."""
    pieces: list[tuple[str, bool]] = []
    for run in runs:
        text = printable(run.text)
        if pieces and pieces[-1][1] == run.strong:
            pieces[-1] = (pieces[-1][0] + text, run.strong)
        elif text:
            pieces.append((text, run.strong))
    return pieces


def _flanks(outside: str, inside: str) -> bool:
    """Whether ``**`` between these characters marks bold (CommonMark 0.31, left- and right-flanking)."""
    return not _is_mark(inside) or not outside or outside.isspace() or _is_mark(outside)


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _escaped(text: str) -> str:
    return _RISKY.sub(r"\\\1", text)


def _inline(document: Document, words: Words, block: Paragraph | Point) -> str:
    parts = [f"**{_t(block.label)}{words.colon}**" if block.label else "", _runs(block.text)]
    if block.flag:
        parts.append(f"*\\[{_t(block.flag)}\\]*")
    if block.aside:
        parts.append(f"({_t(block.aside)})")
    for lead, references in (
        (words.see, see_of(document, block)),
        (words.sources, sources_of(document, block)),
    ):
        if references:
            parts.append(
                f"*{_t(lead)}{words.colon} {', '.join(reference.label for reference in references)}*"
            )
    return " ".join(part for part in parts if part)


def _table(
    document: Document, block: Table | Chart | BarFigure, header: tuple[str, ...], numeric: tuple[int, ...]
) -> list[str]:
    rule = " | ".join("---:" if place in numeric else "---" for place in range(len(header)))
    lines = [f"{_number(document, block)} **{_t(block.caption)}**", ""]
    lines += [f"| {' | '.join(_t(cell) for cell in header)} |", f"| {rule} |"]
    lines += [f"| {' | '.join(_t(cell) for cell in row)} |" for row in block.cells]
    return [*lines, "", _t(block.note)] if block.note else lines
