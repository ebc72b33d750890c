"""HTML: one self-contained page, readable without this project, on a phone, on paper and by a screen reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from importlib.resources import files

from weerklank.report.chart import BarFigure, Chart
from weerklank.report.citable import Citable, Role, Run
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
    nested,
)
from weerklank.report.drawing import svg_of
from weerklank.report.letters import printable
from weerklank.report.references import Reference, see_of, sources_of
from weerklank.report.words import Words, words_for

__all__ = ["html_of"]


def html_of(document: Document) -> bytes:
    """The page as UTF-8. It needs no script and no other file; styling is one ``<style>`` without inline attributes."""
    words = words_for(document.language)
    style = files("weerklank.report").joinpath("pages.css").read_text(encoding="utf-8")
    body = "\n".join(_chapter(document, words, chapter) for chapter in document.sections)
    page = f"""<!DOCTYPE html>
<html lang="{_t(document.language.value)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_t(document.title)}</title>
<style>
{style}</style>
</head>
<body>
<a class="skip" href="#main">{_t(words.skip)}</a>
{_cover(document, words)}
<div class="frame">
{_contents(document, words)}
<main id="main">
{body}
</main>
</div>
<footer><p>{_t(document.title)} · {_t(day_in_words(document.date, language=document.language))}</p></footer>
</body>
</html>
"""
    return page.encode("utf-8")


def _t(text: str) -> str:
    return escape(printable(text), quote=True)


def _lines(text: str) -> str:
    return _t(text).replace("\n", "<br>")


def _cover(document: Document, words: Words) -> str:
    lines = [(words.organised_by, ", ".join(document.organisers))] if document.organisers else []
    facts = "".join(
        f"<dt>{_t(label)}</dt><dd>{_t(text)}</dd>" for label, text in (*lines, *document.cover_lines)
    )
    kind = f'<p class="kind">{_t(document.subtitle)}</p>' if document.subtitle else ""
    return (
        f'<header class="cover"><div>{kind}<h1>{_t(document.title)}</h1>'
        f"{f'<dl>{facts}</dl>' if facts else ''}</div></header>"
    )


def _contents(document: Document, words: Words) -> str:
    rows = "".join(
        f'<li><a href="#h{number}"><span>{number}</span>{_t(chapter.title)}</a></li>'
        for chapter in document.sections
        for number in (document.numbering.chapters[chapter.id],)
    )
    return f'<nav aria-labelledby="contents"><h2 id="contents">{_t(words.contents)}</h2><ol>{rows}</ol></nav>'


def _chapter(document: Document, words: Words, chapter: Section) -> str:
    number = document.numbering.chapters[chapter.id]
    inside = _inside(document, words, chapter, depth=2, anchor=f"h{number}")
    return (
        f'<section aria-labelledby="h{number}"><h2 id="h{number}">'
        f'<span class="chapter">{number}</span> <span>{_t(chapter.title)}</span></h2>\n{inside}</section>'
    )


def _inside(document: Document, words: Words, section: Section, *, depth: int, anchor: str) -> str:
    parts = [_block(document, words, block) for block in section.blocks]
    level = min(depth + 1, 6)
    for place, deeper in enumerate(section.sections, start=1):
        name = f"{anchor}-{place}"
        inside = _inside(document, words, deeper, depth=depth + 1, anchor=name)
        parts.append(f'<h{level} id="{name}">{_t(deeper.title)}</h{level}>\n{inside}')
    return "\n".join(parts)


def _block(document: Document, words: Words, block: Block) -> str:
    match block:
        case Points():
            return _points(document, words, block.items)
        case Paragraph():
            kind = " muted" if block.muted else _role(block)
            inside = _inline(document, words, block)
            return f'<p class="para{kind}" id="{_anchor(document, block)}">{_number(document, block)}{inside}</p>'
        case Quotation():
            said = f"<footer>{_t(block.attribution)}</footer>" if block.attribution else ""
            return (
                f'<blockquote id="{_anchor(document, block)}"><p>{_number(document, block)}'
                f"{words.quoted(_spoken(_lines(block.text), block.lang))}</p>{said}</blockquote>"
            )
        case Callout():
            return (
                f'<div class="callout" id="{_anchor(document, block)}"><p>{_number(document, block)}'
                f'<span class="label">{_t(block.title)}{words.colon}</span> {_runs(block.text)}</p></div>'
            )
        case Table():
            return _table(document, block)
        case BarFigure():
            return _bars(document, words, block)
        case Chart():
            return _chart(document, block)


def _role(block: Citable) -> str:
    return "" if block.role is Role.TEXT else f" {block.role.value}"


def _anchor(document: Document, block: Citable) -> str:
    return document.numbering.anchor(block.id)


def _number(document: Document, block: Citable) -> str:
    label = document.numbering.of(block.id)
    return f'<a class="num" href="#{_anchor(document, block)}">{label}</a> '


def _runs(runs: tuple[Run, ...]) -> str:
    parts = []
    for run in runs:
        text = _lines(run.text)
        if run.strong:
            text = f"<strong>{text}</strong>"
        parts.append(_spoken(text, run.lang))
    return "".join(parts)


def _spoken(text: str, lang: str | None) -> str:
    return f'<span lang="{_t(lang)}">{text}</span>' if lang else text


def _inline(document: Document, words: Words, block: Paragraph | Point) -> str:
    parts = [
        f'<span class="label">{_t(block.label)}{words.colon}</span> ' if block.label else "",
        _runs(block.text),
    ]
    if block.flag:
        parts.append(f' <em class="flag">{_t(block.flag)}</em>')
    if block.aside:
        parts.append(f' <span class="aside">({_t(block.aside)})</span>')
    for lead, references in (
        (words.see, see_of(document, block)),
        (words.sources, sources_of(document, block)),
    ):
        if references:
            parts.append(f' <span class="see">{_t(lead)}{words.colon} {_links(references)}</span>')
    return "".join(parts)


def _links(references: Sequence[Reference]) -> str:
    return ", ".join(f'<a href="#{reference.anchor}">{reference.label}</a>' for reference in references)


def _points(document: Document, words: Words, items: Sequence[Point]) -> str:
    """Nested lists from a flat row of points with depths."""
    return _nested(
        items,
        0,
        lambda item: (
            f'<li class="para{_role(item)}" id="{_anchor(document, item)}">'
            f"{_number(document, item)}{_inline(document, words, item)}"
        ),
    )


def _nested(items: Sequence[Point], depth: int, opened: Callable[[Point], str]) -> str:
    parts = ['<ul class="points">']
    for item, below in nested(items, depth):
        parts.append(opened(item) + (_nested(below, depth + 1, opened) if below else "") + "</li>")
    return "".join((*parts, "</ul>"))


def _table(document: Document, table: Table) -> str:
    head, rows = _grid_of(table.header, table.rows, table.numeric)
    return _framed(document, table, table.caption, head, rows, _note(table.note))


def _grid_of(
    header: Sequence[str], cells: Sequence[Sequence[str]], numeric: Sequence[int]
) -> tuple[str, str]:
    """Header cells and rows; the first column names its row."""
    head = "".join(
        f'<th scope="col"{_numeric(place, numeric)}>{_t(cell)}</th>' for place, cell in enumerate(header)
    )
    rows = "".join(
        "<tr>"
        + "".join(
            f'<th scope="row">{_t(cell)}</th>'
            if place == 0
            else f"<td{_numeric(place, numeric)}>{_t(cell)}</td>"
            for place, cell in enumerate(row)
        )
        + "</tr>"
        for row in cells
    )
    return head, rows


def _chart(document: Document, chart: Chart) -> str:
    """Caption, picture, and its rows as a table; the picture is one image for a screen reader."""
    head, rows = _grid_of(chart.header, chart.cells, chart.numeric)
    if not chart.drawn:
        return _framed(document, chart, chart.caption, head, rows, _note(chart.note))
    caption = _t(chart.caption)
    return (
        f'<figure id="{_anchor(document, chart)}"><figcaption id="c{_anchor(document, chart)}">{_number(document, chart)}{caption}</figcaption>'
        f'<div class="picture" role="img" aria-label="{_t(chart.alt)}">{svg_of(chart)}</div>'
        f'<div class="wide" tabindex="0" role="region" aria-label="{caption}">'
        f'<table aria-labelledby="c{_anchor(document, chart)}">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></figure>{_note(chart.note)}"
    )


def _note(note: str | None) -> str:
    return f'<p class="note">{_t(note)}</p>' if note else ""


def _numeric(place: int, numeric: Sequence[int]) -> str:
    return ' class="n"' if place in numeric else ""


def _framed(document: Document, block: Citable, caption: str, head: str, rows: str, note: str) -> str:
    # A scrolling region must be reachable by keyboard, and then needs a name.
    return (
        f'<div class="wide" id="{_anchor(document, block)}" tabindex="0" role="region" aria-label="{_t(caption)}">'
        f"<table><caption>{_number(document, block)}{_t(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>{note}"
    )


def _bars(document: Document, words: Words, figure: BarFigure) -> str:
    """A table whose last column draws what the numbers say."""
    longest = max((value for _, value in figure.bars if value is not None), default=0) or 1
    what, number = (_t(word) for word in words.figure_head)
    head = f'<th scope="col">{what}</th><th scope="col" class="n">{number}</th><td class="bar"></td>'
    rows = "".join(
        f'<tr><th scope="row">{_t(label)}</th>'
        f'<td class="n">{_t(figure.withheld) if value is None else value}</td>'
        f'<td class="bar">{_bar(value, longest)}</td></tr>'
        for label, value in figure.bars
    )
    return _framed(document, figure, figure.caption, head, rows, _note(figure.note))


def _bar(value: int | None, longest: int) -> str:
    if value is None:
        return ""
    width = round(100 * value / longest, 1)
    return (
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect width="{width}" height="10"/></svg>'
    )
