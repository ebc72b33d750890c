"""The rooms of the demo and what was said in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from weerklank_web.demo.records.gathering import Person

__all__ = [
    "Contribution",
    "Prompt",
    "Room",
    "Step",
    "Summary",
]


class Step(StrEnum):
    """When something was written: a step of the format ``workinar``."""

    ALONE = "alone"
    ROOM = "room"
    HARVEST = "harvest"
    CHECK_OUT = "check-out"


class Prompt(StrEnum):
    """Which question of the room it answers, when it is not one of the three levels (W9)."""

    WHY = "why"
    ESSENCE = "essence"


@dataclass(frozen=True, slots=True)
class Contribution:
    """One thing that was said in a room.

    :param by: the seat of the participant who wrote it, 1 to 10; None: the note-taker. Who sits there follows from
        the allocation, so no contribution is tied to a person here either.
    :param fragments: key fragments, literal pieces of ``text`` (W10).
    :param earlier: what stood there before its author edited it.
    :param hidden: the facilitator's reason for hiding it; the author reads this.
    :param paper: a paper card, typed in by the note-taker.
    :param refers_to: the room it points at (W12).
    :param lang: the language it was written in.
    """

    key: str
    text: str
    by: int | None = None
    step: Step = Step.ROOM
    prompt: Prompt | None = None
    level: str = ""
    tone: str = ""
    fragments: tuple[str, ...] = ()
    earlier: str = ""
    withdrawn: bool = False
    hidden: str = ""
    paper: bool = False
    unfinished: bool = False
    refers_to: str = ""
    lang: str = "nl"

    @property
    def readable(self) -> bool:
        """Whether it may be quoted: neither withdrawn nor hidden."""
        return not (self.withdrawn or self.hidden)


@dataclass(frozen=True, slots=True)
class Summary:
    """The room's own harvest. ``signed_day`` is None when it was never signed off."""

    why: str
    essence: str
    earlier_essence: str = ""
    signed_day: int | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """A room, its crew, its harvest and everything that was said in it, in order."""

    key: str
    name: str
    theme: str
    place: str
    places_min: int
    places_max: int
    features: tuple[str, ...]
    languages: tuple[str, ...]
    video_link: str
    facilitator: Person
    note_taker: Person
    summary: Summary
    contributions: tuple[Contribution, ...]
