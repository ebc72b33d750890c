"""Demands that contradict each other, named so that the organiser knows what to change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from weerklank.allocation.wording import conflict_in_words, part_in_words, spoken
from weerklank.errors import NoSolution

__all__ = ["Conflict", "Demand", "NoSeating", "Part", "PartKind", "Repair", "RepairKind"]


_MANY = 3  # pairs to name one by one


class Demand(StrEnum):
    """What cannot be met. The sentence for each stands in ``wording.toml``."""

    PLACES = "places"
    PEOPLE = "people"
    UNSUITED = "unsuited"
    CROWDED = "crowded"
    FIXED = "fixed"
    EMPTY = "empty"
    PIN = "pin"
    GROUP = "group"
    GROUP_APART = "group-apart"
    PINS_APART = "pins-apart"
    RULES = "rules"
    SEARCH = "search"
    MOVES = "moves"
    ORGANISATION = "organisation"
    CROWDS = "crowds"
    THEMES = "themes"
    THEMES_AGAIN = "themes-again"


class PartKind(StrEnum):
    """A kind of demand that can be let go of by itself."""

    NEED = "need"
    LANGUAGE = "language"
    PINS = "pins"
    APART = "apart"
    TOGETHER = "together"
    CAP = "cap"
    MINIMUM = "minimum"
    PLACES = "places"


@dataclass(frozen=True, slots=True)
class Part:
    """One named demand. ``there``: its number: places, people of a room at least, or people it concerns."""

    kind: PartKind
    room: str = ""
    room_name: str = ""
    people: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    there: int = 0


class RepairKind(StrEnum):
    """A way out, the gentlest first."""

    PLACES = "places"
    MINIMUM = "minimum"
    FEATURE = "feature"
    LANGUAGE = "language"
    UNPIN = "unpin"
    CAP = "cap"
    NEW_ROOM = "new-room"
    TOGETHER = "together"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Repair:
    """One change that settles a conflict.

    :param amount: how much is needed: places, people fewer, or 1; ``to``: the number that it becomes.
    :param enough: after it everything fits; else another conflict remains.
    """

    kind: RepairKind
    room: str = ""
    room_name: str = ""
    people: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    amount: int = 0
    to: int = 0
    enough: bool = False

    def text(self, language: str = "nl") -> str:
        """What to do, in a few words."""
        return part_in_words(
            f"repair:{self.kind}",
            language=language,
            rooms=self.room_name,
            people=self.people,
            needs=self.needs,
            amount=self.amount,
            to=self.to,
        )


@dataclass(frozen=True, slots=True)
class Conflict:
    """One contradiction, for the organiser: it may name needs, so never show it to participants.

    :param people: ids of whom it concerns, sorted; empty when it concerns all.
    :param rooms: names of the rooms it concerns, sorted.
    :param needs: features and languages that play a part, sorted.
    :param asked: how many are asked for; ``there``: how many there are.
    :param minimal: the demands that contradict each other: without any one of them the others can be met. Filled by
        ``diagnose``, as are ``repairs`` (the smallest first) and ``certain`` (each was proven to play a part).
    """

    demand: Demand
    asked: int = 0
    there: int = 0
    people: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    minimal: tuple[Part, ...] = ()
    repairs: tuple[Repair, ...] = ()
    certain: bool = False

    def parts_text(self, language: str = "nl") -> str:
        """The demands that contradict each other, in one sentence; empty when they were not looked for."""
        if not self.minimal:
            return ""
        return part_in_words("part:text", language=language, parts=tuple(_told(self.minimal, language)))

    def text(self, language: str = "nl") -> str:
        """What contradicts what, and what to do about it."""
        return conflict_in_words(
            self.demand,
            asked=self.asked,
            there=self.there,
            people=self.people,
            rooms=self.rooms,
            needs=self.needs,
            language=language,
        )


class NoSeating(NoSolution):
    """There is no seating within the hard rules; ``conflicts`` says which demands contradict each other."""

    def __init__(self, conflicts: tuple[Conflict, ...]) -> None:
        self.conflicts = conflicts
        super().__init__(self.told("nl"))

    def told(self, language: str) -> str:
        """All conflicts, for a reader of ``language``."""
        return " ".join(conflict.text(spoken(language)) for conflict in self.conflicts)


def _told(parts: tuple[Part, ...], language: str) -> list[str]:
    """Each demand in a few words; the sizes of rooms together in one."""
    told = []
    for kind in (PartKind.PLACES, PartKind.MINIMUM):
        sizes = [part for part in parts if part.kind is kind]
        if sizes:
            told.append(
                part_in_words(
                    f"part:{kind}" if len(sizes) == 1 else f"part:{kind}-all",
                    language=language,
                    rooms=tuple(part.room_name for part in sizes),
                    there=sum(part.there for part in sizes),
                )
            )
    pairs = [part for part in parts if part.kind is PartKind.APART]
    if len(pairs) > _MANY:
        people = tuple(sorted({who for part in pairs for who in part.people}))
        told.append(part_in_words("part:apart-many", language=language, people=people, there=len(pairs)))
    for part in parts:
        if part.kind is PartKind.APART and len(pairs) > _MANY:
            continue
        if part.kind not in (PartKind.PLACES, PartKind.MINIMUM):
            one = len(part.people) == 1 and part.kind in (PartKind.NEED, PartKind.LANGUAGE, PartKind.PINS)
            told.append(
                part_in_words(
                    f"part:{part.kind}-one" if one else f"part:{part.kind}",
                    language=language,
                    rooms=(part.room_name,),
                    people=part.people,
                    needs=part.needs,
                    there=part.there,
                )
            )
    return told
