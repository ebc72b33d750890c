"""A count of people that may be shown, or the fact that it may not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from weerklank.disclosure.refusals import because
from weerklank.disclosure.wording import number, words

__all__ = ["Figure", "Shown", "at_least", "coarse_share", "share", "share_grid", "valid_k", "whole"]

_GRIDS = (1, 2, 5, 10, 20, 25, 50)


class Shown(StrEnum):
    """How a figure appears. ``HIDDEN``: inside a table. ``WITHHELD``: the whole population is too small."""

    EXACT = "exact"
    AT_LEAST = "at-least"
    HIDDEN = "hidden"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Figure:
    """A shown count of people. A figure under ``k`` cannot exist: making one raises ``BadInput``.

    :param value: the count (``EXACT``), the step it has reached (``AT_LEAST``), else None.
    """

    value: int | None
    shown: Shown
    k: int

    def __post_init__(self) -> None:
        valid_k(self.k)
        if (self.value is None) != (self.shown in (Shown.HIDDEN, Shown.WITHHELD)):
            raise because.bad_input("hidden-value")
        if self.value is not None and self.value < self.k:
            raise because.bad_input("under-k", k=self.k)
        if self.shown is Shown.AT_LEAST and self.value is not None and self.value % self.k:
            raise because.bad_input("at-least-steps", k=self.k)

    def text(self, language: str = "nl") -> str:
        """The figure in words: ``40``, ``minstens 40``, ``niet apart getoond``, ``te klein om te tonen``."""
        template = words(language)[self.shown]
        return (
            template if self.value is None else template.format(value=number(self.value, language=language))
        )


def valid_k(k: int) -> int:
    """``k`` itself; ``BadInput`` when it would protect nobody (k < 2)."""
    if k < 2:
        raise because.bad_input("threshold", k=k)
    return k


def exact(count: int, *, k: int) -> Figure:
    """A figure that the caller has shown to be safe."""
    return Figure(count, Shown.EXACT, k)


def hidden(*, k: int) -> Figure:
    """A cell of a table that is not shown by itself."""
    return Figure(None, Shown.HIDDEN, k)


def whole(count: int, *, k: int = 5) -> Figure:
    """The size of a whole population: exact from ``k`` people on, else withheld (and then 0 looks like 4)."""
    if count < 0:
        raise because.bad_input("negative", count=count)
    return exact(count, k=k) if count >= valid_k(k) else Figure(None, Shown.WITHHELD, k)


def at_least(count: int, *, k: int = 5) -> Figure:
    """``count`` rounded down to a multiple of ``k``; under ``k`` it is withheld.

    For counts of *overlapping* groups (people behind a message and behind its insight) and for a number
    that grows while people watch. Two such figures of which one group contains the other leave ``k``
    possible differences or more, so that no difference is known to lie in 1..k-1. Limit: who knows
    from elsewhere that a withheld group is not empty knows that it has 1..k-1 people.
    """
    if count < 0:
        raise because.bad_input("negative", count=count)
    step = count - count % valid_k(k)
    return Figure(step, Shown.AT_LEAST, k) if step else Figure(None, Shown.WITHHELD, k)


def share(part: int | Figure, of: int | Figure) -> int | None:
    """``part`` as a whole percentage of ``of``, halves rounded up, not clamped: 105 of 99 is 106 (W4).

    None when ``of`` is 0, or when either is a figure that is not shown exactly: a percentage tells a count.
    """
    if isinstance(part, Figure):
        if part.shown is not Shown.EXACT or part.value is None:
            return None
        part = part.value
    if isinstance(of, Figure):
        if of.shown is not Shown.EXACT or of.value is None:
            return None
        of = of.value
    return None if of == 0 else (200 * part + of) // (2 * of)


def share_grid(of: int, *, k: int = 5) -> int | None:
    """The finest grid in whole per cent on which one step is at least ``k`` of so many people; None under 2k people."""
    shown = at_least(of, k=k).value
    if shown is None or shown < 2 * k:
        return None
    return next(step for step in _GRIDS if step * shown >= 100 * k)


def coarse_share(part: int, of: int, *, k: int = 5) -> int | None:
    """``part`` of ``of`` people in per cent, so coarse that it gives nobody away; None under 2k people.

    For shares of many things by overlapping people (votes on statements), where every exact number beside another tells a third.
    Rounded to :func:`share_grid`, so each shown share may stand for k people more or fewer, or for nobody. Beside it ``of`` is
    shown in steps only (:func:`at_least`).
    """
    grid = share_grid(of, k=k)
    return None if grid is None else min(100, grid * ((200 * part + grid * of) // (2 * grid * of)))
