"""What passes between the layers of this app: rows for a report, rows read from notes, files that were made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from weerklank_web.answers.models import Answer, Commitment
from weerklank_web.answers.queries.review import Objection
from weerklank_web.answers.queries.statement import StatementView
from weerklank_web.dialogue.models import Contribution
from weerklank_web.dialogue.queries.look import Look
from weerklank_web.gatherings.models import Gathering, Mandate, MandateChange, Room, Theme
from weerklank_web.gatherings.presence_bridge import AttendanceFacts

__all__ = ["Collected", "Line", "ReadNotes", "ReadRow"]


@dataclass(frozen=True, slots=True)
class Line:
    """Where a contribution stood in notes that were taken in; ``context`` is the id of its lead-in."""

    source: str
    first: int
    last: int
    context: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """All rows behind one edition of the report. Counts of people only as they were released.

    ``stood``: per statement what was released of the reading back, as (label, number). ``lines``: per
    contribution where it stood in notes. ``votes``: per finished vote that the recipient may see, its title and picture.
    """

    gathering: Gathering
    mandate: Mandate
    changes: tuple[MandateChange, ...]
    today: date
    language: str
    edition: int
    themes: tuple[Theme, ...]
    rooms: tuple[Room, ...]
    contributions: tuple[Contribution, ...]
    lines: Mapping[str, Line]
    insights: tuple[StatementView, ...]
    messages: tuple[StatementView, ...]
    answers: Mapping[str, Answer]
    commitments: Mapping[str, tuple[Commitment, ...]]
    attendance: AttendanceFacts | None
    stood: Mapping[str, tuple[tuple[str, int], ...]]
    objections: Mapping[str, tuple[Objection, ...]]
    withdrawn: tuple[tuple[date, int], ...]
    hidden: int
    votes: tuple[tuple[str, Look], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """One contribution found in notes, as it is kept in an upload and corrected by a person.

    ``part`` is the heading of the file under which it stood: «theme» or «theme · room». ``room`` is the id of the room
    where it goes, empty while nobody chose. ``level``, ``room`` and ``keep`` can be corrected; the words cannot.
    """

    key: str
    part: str
    text: str
    level: str = ""
    tone: str = ""
    prompt: str = ""
    kind: str = "point"
    unfinished: bool = False
    spans: tuple[tuple[int, int], ...] = ()
    context: str = ""
    first_line: int = 0
    last_line: int = 0
    doubts: tuple[str, ...] = ()
    room: str = ""
    keep: bool = True

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text cut along its key fragments."""
        cut, at = [], 0
        for start, end in self.spans:
            cut += [(self.text[at:start], False), (self.text[start:end], True)]
            at = end
        return [piece for piece in (*cut, (self.text[at:], False)) if piece[0]]


@dataclass(frozen=True, slots=True)
class ReadNotes:
    """What a file held, and where a person should look: (line or None, question)."""

    rows: list[ReadRow]
    questions: list[tuple[int | None, str]]
