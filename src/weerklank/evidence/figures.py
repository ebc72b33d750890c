"""Recomputing a published figure."""

from __future__ import annotations

from weerklank.errors import Unfounded
from weerklank.evidence.ground import Ground
from weerklank.evidence.refusals import because
from weerklank.report.citable import Citable, Figure, FigureRule
from weerklank.report.visible import main_text

__all__ = ["check_figure", "percent_of"]


def percent_of(part: int, whole: int) -> int:
    """``part`` as a percentage of ``whole``, rounded half up and never clamped: 105 of 99 is 106 (W4)."""
    return (200 * part + whole) // (2 * whole)


def check_figure(figure: Figure, *, block: Citable, ground: Ground) -> None:
    """Raise :class:`~weerklank.errors.Unfounded` unless ``figure`` follows from the ground and may be shown."""
    sentence = main_text(block)
    expected = _expected(figure, block=block, ground=ground, sentence=sentence)
    if expected != figure.value:
        raise Unfounded(
            because("figure-wrong", name=figure.name, value=figure.value, expected=expected),
            sentence=sentence,
            sources=block.sources,
        )
    if figure.people and figure.value is not None and figure.value < ground.k:
        raise Unfounded(
            because("under-k", name=figure.name, k=ground.k),
            sentence=sentence,
            sources=block.sources,
        )


def _expected(figure: Figure, *, block: Citable, ground: Ground, sentence: str) -> int | None:
    cited = tuple(
        ground.contributions[source]
        for source in dict.fromkeys(block.sources)
        if source in ground.contributions
    )
    match figure.rule:
        case FigureRule.SOURCES:
            return len(cited)
        case FigureRule.ROOMS:
            return ground.rooms(cited)
        case FigureRule.THEMES:
            return len({contribution.theme for contribution in cited})
        case FigureRule.PERCENT:
            part, whole = (_fact(name, ground=ground, sentence=sentence) for name in figure.of or ("", ""))
            return None if part is None or not whole else percent_of(part, whole)
        case FigureRule.FACT:
            return _fact(figure.name, ground=ground, sentence=sentence)


def _fact(name: str, *, ground: Ground, sentence: str) -> int | None:
    if name not in ground.facts:
        raise Unfounded(because("figure-unknown", name=name), sentence=sentence)
    return ground.facts[name]
