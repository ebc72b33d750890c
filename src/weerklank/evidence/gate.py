"""The evidence gate: the one place that every published sentence, number and quote passes.

It walks the finished document and the finished slides, so no chapter can go around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from weerklank.errors import Unfounded
from weerklank.evidence.claims import loosely, numbers_in, quoted_in
from weerklank.evidence.directions import check_claims, check_columns, check_labels, votes_on
from weerklank.evidence.figures import check_figure
from weerklank.evidence.ground import Ground
from weerklank.evidence.refusals import because
from weerklank.evidence.wording import check_insight, check_message, check_wording
from weerklank.report.chart import BarFigure, Chart
from weerklank.report.citable import Basis, Citable, Role
from weerklank.report.days import day_in_words
from weerklank.report.document import Document, Paragraph, Point, Quotation, Table
from weerklank.report.slides import Slide, Slides
from weerklank.report.visible import main_text, side_texts

__all__ = ["admit"]

_REFERENCE = re.compile(r"§ \d+\.\d+")


def admit(document: Document, slides: Slides, *, ground: Ground) -> None:
    """Let the whole publication through, or raise ``Unfounded`` naming the first sentence that may not pass.

    A literal text must be (in) its contribution, and flagged when that breaks off; a worded one must hold no number or quote
    that its sources lack; a given one must be as given; a counted one may state its own figures only, each recomputed; figures
    of people under k are refused; words and columns about votes say what the votes say; an insight and a message meet their thresholds; a slide says no more than the paragraph
    it rests on.
    """
    known = _known(document, ground)
    for chapter in document.sections:
        for section in chapter.walk():
            _only(section.title, allowed=set(), known=known)
    for citable in document.citables():
        _admit_block(citable, ground=ground, known=known)
    blocks = {citable.id: citable for citable in document.citables()}
    for slide in slides.slides:
        _admit_slide(slide, blocks=blocks, ground=ground, known=known)


def _known(document: Document, ground: Ground) -> tuple[str, ...]:
    """Names and days that may be shown whole, digits and all; longest first, so that "Groep 12" is not read as "Groep 1"."""
    cover = (document.title, document.subtitle or "", *document.organisers)
    days = (day_in_words(day, language=document.language) for day in ground.dates)
    return tuple(sorted({name for name in (*ground.names, *cover, *days) if numbers_in(name)}, key=_longest))


def _longest(name: str) -> tuple[int, str]:
    return -len(name), name


def _admit_block(block: Citable, *, ground: Ground, known: tuple[str, ...]) -> None:
    text = main_text(block)
    for figure in block.figures:
        check_figure(figure, block=block, ground=ground)
    match block.basis:
        case Basis.LITERAL:
            _check_literal(block, text, ground=ground)
        case Basis.WORDED:
            _check_worded(block, text, ground=ground)
        case Basis.GIVEN:
            _check_given(block, text, ground=ground)
        case Basis.COUNTED:
            _only(text, allowed=_own_numbers(block), known=known)
    if block.basis in {Basis.WORDED, Basis.COUNTED}:
        _check_sides(block, text, ground=ground)
    if isinstance(block, Table | BarFigure | Chart):
        _check_cells(block)
    allowed = _own_numbers(block) | _origin_numbers(block, ground)
    for side in side_texts(block):
        _only(side, allowed=allowed, known=known)


def _check_literal(block: Citable, text: str, *, ground: Ground) -> None:
    if len(block.sources) != 1:
        raise Unfounded(because("literal-one-source"), sentence=text, sources=block.sources)
    (contribution,) = ground.cited(block.sources, sentence=text)
    whole = contribution.text
    if isinstance(block, Quotation):
        if not text or text not in whole:
            raise Unfounded(because("quote-not-literal"), sentence=text, sources=block.sources)
        return
    if text != whole:
        raise Unfounded(because("literal-changed"), sentence=text, sources=block.sources)
    if contribution.unfinished and isinstance(block, Paragraph | Point) and not block.flag:
        raise Unfounded(because("unfinished-unsaid"), sentence=text, sources=block.sources)


def _check_worded(block: Citable, text: str, *, ground: Ground) -> None:
    if not block.sources:
        raise Unfounded(because("no-source"), sentence=text)
    if block.role is Role.INSIGHT:
        check_insight(text, sources=block.sources, ground=ground)
    elif block.role is Role.MESSAGE:
        check_message(text, sources=block.sources, ground=ground)
    else:
        check_wording(text, sources=block.sources, ground=ground)


def _check_given(block: Citable, text: str, *, ground: Ground) -> None:
    if not any(ground.given.get(source) == text for source in block.sources):
        raise Unfounded(because("not-given"), sentence=text, sources=block.sources)


def _check_sides(block: Citable, text: str, *, ground: Ground) -> None:
    """Who is for and who against, in words, beside numbers and above columns."""
    check_labels(text, block.figures, sources=block.sources)
    votes = votes_on(block.sources, ground.facts)
    if votes is not None:
        check_claims(text, votes, sources=block.sources)
    if isinstance(block, Table | Chart):
        rows = block.rows if isinstance(block, Table) else block.cells
        check_columns(block.caption, block.header, rows, block.figures)


def _own_numbers(block: Citable) -> set[str]:
    return {str(figure.value) for figure in block.figures if figure.value is not None}


def _origin_numbers(block: Citable, ground: Ground) -> set[str]:
    """Line numbers of where the sources stood; they may be named beside the text."""
    found: set[str] = set()
    for source in block.sources:
        contribution = ground.contributions.get(source)
        if contribution is not None and contribution.origin is not None:
            origin = contribution.origin
            found |= {str(origin.first_line), str(origin.last_line), *numbers_in(origin.source)}
    return found


def _check_cells(block: Table | BarFigure | Chart) -> None:
    """Cells that claim a number must be figures; labels in the first column may hold digits of their own ("Groep 3")."""
    own = _own_numbers(block)
    cells: Iterable[str]
    if isinstance(block, Table):
        cells = (cell for row in block.rows for place, cell in enumerate(row) if place in block.numeric)
    elif isinstance(block, Chart):
        cells = (str(value) for row in block.rows for value in row.values if value is not None)
    else:
        cells = (str(value) for _, value in block.bars if value is not None)
    for cell in cells:
        if any(number not in own for number in numbers_in(cell)):
            raise Unfounded(because("cell-uncounted"), sentence=f"{block.caption}: {cell}")


def _only(text: str, *, allowed: set[str], known: tuple[str, ...]) -> None:
    """Every number in ``text`` is allowed, or part of a known name or day; a name never eats digits of a longer number."""
    bare = text
    for name in known:
        bare = re.sub(rf"(?<!\d)(?<!\d[.,]){re.escape(name)}(?![.,]?\d)", " ", bare)
    for number in numbers_in(_REFERENCE.sub(" ", bare)):
        if number not in allowed:
            raise Unfounded(because("number-uncounted", number=number), sentence=text)


def _admit_slide(slide: Slide, *, blocks: dict[str, Citable], ground: Ground, known: tuple[str, ...]) -> None:
    shown = {
        point.rests_on: _shown(blocks[point.rests_on], ground)
        for point in slide.points
        if point.rests_on in blocks
    }
    for point in slide.points:
        if point.rests_on not in shown:
            raise Unfounded(because("slide-nowhere"), sentence=point.text)
        there = shown[point.rests_on]
        for text in (point.text, point.figure or "", point.lead or ""):
            _only(text, allowed=set(numbers_in(there)), known=known)
        check_labels(point.text, blocks[point.rests_on].figures)
        for span in quoted_in(point.text):
            if loosely(span) not in loosely(there):
                raise Unfounded(because("slide-quote"), sentence=span)
    everything = {number for text in shown.values() for number in numbers_in(text)}
    for text in (slide.title, slide.subtitle or "", *slide.notes):
        _only(text, allowed=everything, known=known)


def _shown(block: Citable, ground: Ground) -> str:
    """Everything a block says, and the literal text of what it rests on."""
    literal = (
        ground.contributions[source].text for source in block.sources if source in ground.contributions
    )
    figures = (str(figure.value) for figure in block.figures if figure.value is not None)
    cells: tuple[str, ...] = ()
    if isinstance(block, Table):
        cells = tuple(cell for row in block.rows for cell in row)
    if isinstance(block, Chart):
        cells = tuple(cell for row in block.cells for cell in row)
    return " · ".join((main_text(block), *side_texts(block), *figures, *cells, *literal))
