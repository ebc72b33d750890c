"""Markdown (CommonMark with tables): for archives, version control, and whoever wants to build on."""

from __future__ import annotations

import re

from weerklank.report.days import day_in_words
from weerklank.report.document import (
    BarFigure,
    Block,
    Callout,
    Citable,
    Document,
    Paragraph,
    Point,
    Points,
    Quotation,
    Run,
    Section,
    Table,
)
from weerklank.report.letters import printable
from weerklank.report.references import see_of, sources_of
from weerklank.report.words import Words, words_for

__all__ = ["markdown_of"]

# Inside a line most marks are harmless; escaping only what can start something keeps the text readable.
_RISKY = re.compile(r"([\\`*_\[\]<>|~$&])")
_LINE_START = re.compile(r"^(\s*)([#+\-=>:]|\d+[.)])")


def markdown_of(document: Document) -> bytes:
    """The document as UTF-8 Markdown; hostile or accidental marks in texts come out as literal text."""
    words = words_for(document.language)
    lines = [f"# {_t(document.title)}", ""]
    if document.subtitle:
        lines += [f"**{_t(document.subtitle)}**", ""]
    facts = [(words.organised_by, ", ".join(document.organisers))] if document.organisers else []
    lines += [f"- {_t(label)}: {_t(text)}" for label, text in (*facts, *document.cover_lines)]
    for chapter in document.sections:
        number = document.numbering.chapters[chapter.id]
        lines += ["", f"## {number} {_t(chapter.title)}"]
        lines += _inside(document, words, chapter, depth=2)
    lines += ["", "---", "", _t(day_in_words(document.date, language=document.language)), ""]
    return "\n".join(lines).encode("utf-8")


def _t(text: str) -> str:
    """One line of literal text."""
    line = _RISKY.sub(r"\\\1", " ".join(printable(text).split()))
    return _LINE_START.sub(_guarded, line)


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
            return [f"> {_number(document, block)} “{_t(block.text)}”", *said]
        case Callout():
            return [f"> {_number(document, block)} **{_t(block.title)}:** {_runs(block.text)}"]
        case Table():
            return _table(document, block, block.caption, block.header, block.rows, block.numeric, block.note)
        case BarFigure():
            rows = tuple(
                (label, figure_text)
                for label, value in block.bars
                for figure_text in (block.withheld if value is None else str(value),)
            )
            return _table(document, block, block.caption, words.figure_head, rows, (1,), block.note)


def _number(document: Document, block: Citable) -> str:
    return f"**{document.numbering.of(block.id)}**"


def _runs(runs: tuple[Run, ...]) -> str:
    """Text with key fragments bold. Spaces go outside the marks, else the marks would be literal."""
    parts = []
    for run in runs:
        text = printable(run.text)
        inner = text.strip()
        if run.strong and inner:
            before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
            parts.append(f"{before}**{_escaped(inner)}**{after}")
        else:
            parts.append(_escaped(text))
    return " ".join("".join(parts).split())


def _escaped(text: str) -> str:
    return _RISKY.sub(r"\\\1", text)


def _inline(document: Document, words: Words, block: Paragraph | Point) -> str:
    parts = [f"**{_t(block.label)}:**" if block.label else "", _runs(block.text)]
    if block.flag:
        parts.append(f"*\\[{_t(block.flag)}\\]*")
    if block.aside:
        parts.append(f"({_t(block.aside)})")
    for lead, references in (
        (words.see, see_of(document, block)),
        (words.sources, sources_of(document, block)),
    ):
        if references:
            parts.append(f"*{_t(lead)}: {', '.join(reference.label for reference in references)}*")
    return " ".join(part for part in parts if part)


def _table(
    document: Document,
    block: Citable,
    caption: str,
    header: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    numeric: tuple[int, ...],
    note: str | None,
) -> list[str]:
    rule = " | ".join("---:" if place in numeric else "---" for place in range(len(header)))
    lines = [f"{_number(document, block)} **{_t(caption)}**", ""]
    lines += [f"| {' | '.join(_t(cell) for cell in header)} |", f"| {rule} |"]
    lines += [f"| {' | '.join(_t(cell) for cell in row)} |" for row in rows]
    return [*lines, "", _t(note)] if note else lines
