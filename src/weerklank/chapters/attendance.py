"""Who was there: registration and attendance apart, one attribute at a time (W3, W4, W5; DOMAIN 7.4)."""

from __future__ import annotations

from weerklank.chapters.composing import Composer
from weerklank.chapters.facts import AttendanceFacts, Margin
from weerklank.evidence.figures import percent_of
from weerklank.report.chart import BarFigure
from weerklank.report.citable import Figure, FigureRule
from weerklank.report.document import Block, Paragraph, Section, Table

__all__ = ["attendance_chapter", "attendance_lines", "show_up_of"]


def show_up_of(attendance: AttendanceFacts) -> Figure | None:
    """Present as a percentage of registered; may pass 100. None when either is withheld or nobody registered."""
    if attendance.present is None or not attendance.registered:
        return None
    rate = percent_of(attendance.present, attendance.registered)
    return Figure("show_up", rate, FigureRule.PERCENT, of=("present", "registered"))


def attendance_lines(name: str, attendance: AttendanceFacts, compose: Composer) -> tuple[Paragraph, ...]:
    """Who came, in two sentences."""
    registered = compose.fact("registered", people=True)
    present = compose.fact("present", people=True)
    rate = show_up_of(attendance)
    if rate is None:
        came = compose.counted(f"{name}/came", "attendance.apart", registered=registered, present=present)
    else:
        came = compose.counted(
            f"{name}/came", "attendance.both", registered=registered, present=present, show_up=rate
        )
    rooms = compose.counted(
        f"{name}/rooms", "attendance.rooms", rooms=compose.fact("rooms"), themes=compose.fact("themes")
    )
    return came, rooms


def attendance_chapter(attendance: AttendanceFacts, compose: Composer) -> Section:
    """The chapter: sentences, a table, and each margin as bars with their numbers."""
    blocks: list[Block] = list(attendance_lines("attendance", attendance, compose))
    if attendance.walk_ins is not None:
        walk_ins = compose.fact("walk_ins", people=True)
        blocks.append(compose.counted("attendance/walk-ins", "attendance.walk_ins", walk_ins=walk_ins))
    blocks.append(_table(attendance, compose))
    sections: tuple[Section, ...] = ()
    if attendance.margins:
        bars: list[Block] = [_bars(place, margin, compose) for place, margin in enumerate(attendance.margins)]
        bars.append(compose.counted("attendance/note", "attendance.note", k=compose.fact("k")))
        sections = (
            Section(id="attendance/margins", title=compose.say("attendance.margins"), blocks=tuple(bars)),
        )
    return Section(
        id="attendance", title=compose.say("attendance.title"), blocks=tuple(blocks), sections=sections
    )


def _table(attendance: AttendanceFacts, compose: Composer) -> Table:
    lines = [
        ("registered", compose.fact("registered", people=True)),
        ("present", compose.fact("present", people=True)),
        ("show_up", show_up_of(attendance)),
        ("groups", compose.fact("rooms")),
    ]
    known = [(name, figure) for name, figure in lines if figure is not None]
    what, number = compose.sentences.lists["attendance.head"]
    return Table(
        id="attendance/table",
        caption=compose.say("attendance.caption"),
        header=(what, number),
        rows=tuple((compose.say(f"attendance.{name}"), compose.shown(figure)) for name, figure in known),
        numeric=(1,),
        figures=compose.with_k(tuple(figure for _, figure in known)),
    )


def _bars(place: int, margin: Margin, compose: Composer) -> BarFigure:
    figures = tuple(Figure(f"margin:{place}:{label}", people, people=True) for label, people in margin.cells)
    return BarFigure(
        id=f"attendance/margin:{place}",
        caption=margin.title,
        bars=margin.cells,
        withheld=compose.sentences.say("people.fewer", {"k": str(compose.k)}),
        figures=compose.with_k(figures),
    )
