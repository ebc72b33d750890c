"""What reading a session's notes yields: plain frozen data, made to be shown, corrected and accepted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from weerklank.evidence import Contribution, Origin

__all__ = ["LogEntry", "Marker", "MarkerRole", "Notes", "Progress", "Question"]

#: Called with (done, total) while a long file is read.
Progress = Callable[[int, int], None]


class MarkerRole(StrEnum):
    """What a line does that is not itself something that was said."""

    TITLE = "title"
    THEME = "theme"
    ROOM = "room"
    LEVEL = "level"
    TONE = "tone"
    PROMPT = "prompt"
    SUBHEADING = "subheading"
    STRUCTURE = "structure"
    META = "meta"


@dataclass(frozen=True, slots=True)
class Marker:
    """A line of the source that orders the contributions instead of being one."""

    role: MarkerRole
    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can decide; the reading went on with the best guess it describes.

    :param code: stable name of the question (``theme-nested``, ``unfinished`` …).
    :param line: line of the source, or None when it is about the whole file.
    :param subject: the literal words it is about.
    :param sentence: the question in the reader's language.
    """

    code: str
    line: int | None
    subject: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True)
class LogEntry:
    """Something the reading did that changes nothing in the words, told for openness."""

    code: str
    line: int | None
    sentence: str

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True)
class Notes:
    """A session's notes, read (W8–W13).

    Every non-blank line of the source is in ``contributions`` or in ``markers``: nothing is lost.

    :param source: name of the file or text.
    :param title: title of the notes, or the file's name.
    :param contributions: what was said, in the order of the source; ids ``c001``, ``c002`` …
    :param themes: titles of the themes, in order of first appearance.
    :param markers: headings, prompts, levels and the like, in the order of the source.
    :param questions: where a person should look.
    :param log: what was done on the way.
    """

    source: str
    title: str
    contributions: tuple[Contribution, ...]
    themes: tuple[str, ...]
    markers: tuple[Marker, ...] = ()
    questions: tuple[Question, ...] = ()
    log: tuple[LogEntry, ...] = ()
