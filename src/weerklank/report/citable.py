"""What every numbered block carries: where its text comes from, and the figures it states."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Basis", "Citable", "Figure", "FigureRule", "Role", "Run", "plain"]


class Basis(StrEnum):
    """How a block's text came about, and therefore what it must satisfy.

    * ``LITERAL``: it is the text of its one source, whole or a slice.
    * ``WORDED``: a person worded it on the strength of its sources.
    * ``GIVEN``: somebody answerable gave it (purpose, promise, answer, objection); shown as given.
    * ``COUNTED``: a standing sentence of ours; every number in it is one of its figures.
    """

    LITERAL = "literal"
    WORDED = "worded"
    GIVEN = "given"
    COUNTED = "counted"


class Role(StrEnum):
    """What a block claims to be; an insight and a message must meet the gate's own thresholds (W13, W19)."""

    TEXT = "text"
    INSIGHT = "insight"
    MESSAGE = "message"


class FigureRule(StrEnum):
    """How a figure is computed again by whoever doubts it.

    ``FACT``: equals the known fact called ``name``. ``SOURCES``, ``ROOMS``, ``THEMES``: the number of different
    sources of the block, of their rooms, of their themes. ``PERCENT``: 100 × first fact / second fact
    of ``of``, rounded half up; may pass 100 (W4).
    """

    FACT = "fact"
    SOURCES = "sources"
    ROOMS = "rooms"
    THEMES = "themes"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a block states. ``value`` None means: fewer than k people, not shown."""

    name: str
    value: int | None
    rule: FigureRule = FigureRule.FACT
    of: tuple[str, str] | None = None
    people: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of running text; ``strong`` for a key fragment (W10), ``lang`` when it differs from the document."""

    text: str
    strong: bool = False
    lang: str | None = None


def plain(runs: tuple[Run, ...]) -> str:
    """The text of ``runs`` without its marks."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citable:
    """What every numbered block carries.

    :param id: unique within the document.
    :param sources: ids of the contributions (or given texts) it rests on.
    :param figures: every number its text states, with the rule to recompute it.
    :param see: ids of other blocks that the reader is pointed to; written as their numbers.
    """

    id: str
    basis: Basis = Basis.COUNTED
    role: Role = Role.TEXT
    sources: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    see: tuple[str, ...] = ()
