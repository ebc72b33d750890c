"""PowerPoint: ten wide slides at most, real titles, every point with the number of its paragraph."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

from weerklank.errors import MissingExtra
from weerklank.report.document import Document
from weerklank.report.letters import printable
from weerklank.report.palette import DEEP, INK, PALE, QUIET, SOFT, TEAL, WARM, WHITE
from weerklank.report.refusals import because
from weerklank.report.slides import Slide, SlideKind, SlidePoint, Slides, check_slides
from weerklank.report.words import words_for

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide as PowerSlide
    from pptx.text.text import TextFrame

__all__ = ["pptx_of"]

_TITLE_ONLY = 5
_LEFT, _TOP, _BOTTOM, _GAP = 0.75, 1.75, 6.75, 0.22


def pptx_of(document: Document, slides: Slides) -> bytes:
    """The presentation as .pptx; :class:`~weerklank.errors.BadInput` when a point rests on no paragraph of ``document``,
    :class:`~weerklank.errors.MissingExtra` without python-pptx."""
    check_slides(slides, document)
    try:
        import pptx

        from weerklank.report import pptx_look as look
    except ImportError as error:
        raise MissingExtra("reports", needed_for=because("needs-pptx")) from error
    locale = words_for(document.language).locale
    deck = pptx.Presentation()
    look.dress(deck)
    _properties(deck, document, locale)
    for slide in slides.slides:
        made = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
        match slide.kind:
            case SlideKind.COVER:
                _cover(made, slide)
            case SlideKind.FIGURES:
                _headed(made, slide, document)
                _figures(made, slide, document)
            case SlideKind.CHART:
                _headed(made, slide, document)
                _picture(made, slide, document)
            case SlideKind.POINTS | SlideKind.QUOTE:
                _headed(made, slide, document)
                _cards(made, slide, document)
        if slide.notes:
            made.notes_slide.notes_text_frame.text = printable("\n".join(slide.notes))
        look.speak(made, locale)
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def _properties(deck: Presentation, document: Document, locale: str) -> None:
    core = deck.core_properties
    core.title, core.language = printable(document.title)[:255], locale
    core.author = printable(", ".join(document.organisers))[:255]
    core.comments, core.last_modified_by, core.keywords = "", "", ""
    core.subject = printable(document.subtitle or "")[:255]
    core.created = core.modified = dt.datetime.combine(document.date, dt.time(12))


def _title(made: PowerSlide, text: str, *, size: int, colour: str) -> None:
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Emu

    from weerklank.report.pptx_look import say, title_of

    frame = title_of(made).text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    frame.margin_left = Emu(0)
    say(frame.paragraphs[0], printable(text), size=size, colour=colour, bold=True)


def _cover(made: PowerSlide, slide: Slide) -> None:
    from pptx.util import Emu

    from weerklank.report.pptx_look import HEIGHT, WIDTH, box, circle, fit, place, say, tint, title_of

    tint(made, DEEP)
    for reach in (1.1, 2.1, 3.2, 4.5, 6.0):
        circle(made, WIDTH - 1.2, HEIGHT - 1.4, reach, colour=TEAL)
    box(made, 0, HEIGHT - 0.16, WIDTH, 0.16, fill=WARM, name="")
    place(title_of(made), _LEFT, 1.5, 9.8, 2.6)
    _title(made, slide.title, size=44 if len(slide.title) < 50 else 34, colour=WHITE)
    if slide.subtitle:
        text = printable(slide.subtitle)
        frame = box(made, _LEFT, 4.3, 9.8, 1.0, fill=None, name="Ondertitel")
        frame.margin_left = Emu(0)
        say(frame.paragraphs[0], text, size=fit(text, width=9.6, height=0.95, largest=22), colour=PALE)


def _headed(made: PowerSlide, slide: Slide, document: Document) -> None:
    from weerklank.report.pptx_look import HEIGHT, box, hold_page_number

    box(made, 0, 0, 0.28, HEIGHT, fill=DEEP, name="")
    _title(made, slide.title, size=34, colour=DEEP)
    box(made, _LEFT, 1.5, 1.3, 0.06, fill=WARM, name="")
    hold_page_number(made, printable(document.title), colour=QUIET)


def _figures(made: PowerSlide, slide: Slide, document: Document) -> None:
    """Large numbers side by side, each with what it counts and its paragraph."""
    from weerklank.report.pptx_look import WIDTH, box, fit, next_line, say

    count = max(1, len(slide.points))
    width = (WIDTH - 2 * _LEFT - _GAP * (count - 1)) / count
    for place, point in enumerate(slide.points):
        left = _LEFT + place * (width + _GAP)
        frame = box(
            made, left, 2.3, width, 3.4, fill=DEEP if place % 2 == 0 else TEAL, name=f"Cijfer {place + 1}"
        )
        figure = printable(point.figure or "").replace(" %", "\u00a0%")
        # One line when it is a number; "fewer than 5" may take two.
        size = (
            min(66, int((width - 0.4) * 72 / (len(figure) * 0.62)))
            if 0 < len(figure) <= 6
            else fit(figure, width=width - 0.4, height=1.4, largest=26)
        )
        say(frame.paragraphs[0], figure, size=size, colour=WHITE, bold=True, centred=True)
        for text, smaller in ((printable(point.text), 22), (document.numbering.of(point.rests_on), 14)):
            say(
                next_line(frame),
                text,
                size=smaller,
                colour=PALE if smaller == 14 else WHITE,
                centred=True,
            )


def _picture(made: PowerSlide, slide: Slide, document: Document) -> None:
    """A figure of the report, and the paragraph where it stands."""
    from pptx.util import Emu

    from weerklank.report.pptx_charts import draw_chart
    from weerklank.report.pptx_look import WIDTH, box, say

    chart = document.charts[slide.chart or ""]
    draw_chart(made, chart, left=_LEFT, top=_TOP, width=WIDTH - 2 * _LEFT, height=4.6)
    frame = box(made, _LEFT, 6.4, WIDTH - 2 * _LEFT, 0.4, fill=None, name="Figuur")
    frame.margin_left = Emu(0)
    say(frame.paragraphs[0], document.numbering.of(chart.id), size=14, colour=QUIET)


def _cards(made: PowerSlide, slide: Slide, document: Document) -> None:
    """One card per point: what it is about, the point, and the paragraph it rests on."""
    from weerklank.report.pptx_look import WIDTH, box

    count = max(1, len(slide.points))
    height = min(2.6 if count == 1 else 2.1, (_BOTTOM - _TOP - _GAP * (count - 1)) / count)
    width = WIDTH - 2 * _LEFT
    accent = WARM if slide.kind is SlideKind.POINTS else TEAL
    # One size for all cards of a slide: that of the longest text.
    size = min((_size(point, width, height, count) for point in slide.points), default=24)
    for place, point in enumerate(slide.points):
        top = _TOP + place * (height + _GAP)
        frame = box(made, _LEFT, top, width, height, fill=SOFT, name=f"Punt {place + 1}")
        box(made, _LEFT, top, 0.09, height, fill=accent, name="")
        _card(frame, point, document, size=size, italic=slide.kind is SlideKind.QUOTE)


def _size(point: SlidePoint, width: float, height: float, count: int) -> int:
    from weerklank.report.pptx_look import fit

    room = height - (0.45 if point.lead else 0.2)
    return fit(
        f"{point.text}    § 99.99", width=width - 0.8, height=room, largest={1: 32, 2: 28}.get(count, 24)
    )


def _card(frame: TextFrame, point: SlidePoint, document: Document, *, size: int, italic: bool) -> None:
    from pptx.util import Inches

    from weerklank.report.pptx_look import next_line, say

    frame.margin_left, frame.margin_right = Inches(0.35), Inches(0.3)
    paragraph = frame.paragraphs[0]
    if point.lead:
        say(paragraph, printable(point.lead), size=max(14, size - 8), colour=TEAL, bold=True)
        paragraph = next_line(frame)
    say(paragraph, printable(point.text), size=size, colour=INK, italic=italic)
    say(paragraph, f"   {document.numbering.of(point.rests_on)}", size=max(12, size - 8), colour=QUIET)
