"""The short presentation: at most ten slides, each point names the paragraph it rests on (W14)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from weerklank.report.document import Document
from weerklank.report.refusals import because

__all__ = ["MAX_SLIDES", "Slide", "SlideKind", "SlidePoint", "Slides", "check_slides"]

MAX_SLIDES = 10


class SlideKind(StrEnum):
    """How a slide is laid out."""

    COVER = "cover"
    FIGURES = "figures"
    POINTS = "points"
    QUOTE = "quote"
    CHART = "chart"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlidePoint:
    """One point. ``rests_on`` is the id of a block of the report; ``lead`` says what it is about;
    ``figure`` is set large on a figures slide."""

    text: str
    rests_on: str
    lead: str | None = None
    figure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """One slide with a title; ``notes`` are spoken, and list the sources. ``chart`` is the id of a figure of the report."""

    title: str
    points: tuple[SlidePoint, ...] = ()
    kind: SlideKind = SlideKind.POINTS
    subtitle: str | None = None
    notes: tuple[str, ...] = ()
    chart: str | None = None

    def __post_init__(self) -> None:
        if (self.kind is SlideKind.CHART) != (self.chart is not None):
            raise because.bad_input("slide-chart", title=self.title)


@dataclass(frozen=True, slots=True)
class Slides:
    """A presentation of at most :data:`MAX_SLIDES` slides, each with a title of its own."""

    slides: tuple[Slide, ...]

    def __post_init__(self) -> None:
        if len(self.slides) > MAX_SLIDES:
            raise because.bad_input("many-slides", count=len(self.slides), most=MAX_SLIDES)


def check_slides(slides: Slides, document: Document) -> None:
    """Raise :class:`BadInput` when a point rests on a paragraph that the report does not have, or a figure is not in it."""
    for slide in slides.slides:
        if slide.chart is not None and slide.chart not in document.charts:
            raise because.bad_input("no-chart", name=slide.chart)
        for point in slide.points:
            document.numbering.of(point.rests_on)
