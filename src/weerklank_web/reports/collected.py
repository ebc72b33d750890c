"""What a report is made from, as rows: collected by queries, turned into facts by the bridge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from weerklank_web.answers.models import Insight, Message
from weerklank_web.dialogue.models import Contribution
from weerklank_web.gatherings.models import Gathering, Room, Theme

__all__ = ["Collected", "PeopleTable", "ReadRow", "Turnout"]


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who came, as released; None is «too few to show»."""

    registered: int | None
    present: int | None
    walked_in: int | None


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """One released margin: label → number, or None for «too few to show»."""

    title: str
    cells: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """All rows behind one edition of the report."""

    gathering: Gathering
    today: date
    language: str
    themes: tuple[Theme, ...]
    rooms: tuple[Room, ...]
    contributions: tuple[Contribution, ...]
    insights: tuple[Insight, ...]
    messages: tuple[Message, ...]
    turnout: Turnout | None
    tables: tuple[PeopleTable, ...]
    stances: Mapping[str, Mapping[str, int | None]]
    objections: Mapping[str, tuple[str, ...]]
    withdrawn: tuple[tuple[date, int], ...]
    hidden: int
    contact: str = ""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One contribution found in notes, as it is kept in an upload and corrected by a person."""

    text: str
    theme: str
    level: str = ""
    tone: str = ""
    prompt: str = ""
    kind: str = "point"
    unfinished: bool = False
    fragments: tuple[str, ...] = ()
    line: int | None = None
    keep: bool = True
    room: str = ""
    doubts: tuple[str, ...] = field(default=())
