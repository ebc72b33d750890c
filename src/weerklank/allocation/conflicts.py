"""Demands that contradict each other, named so that the organiser knows what to change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from weerklank.allocation.wording import conflict_in_words
from weerklank.errors import NoSolution

__all__ = ["Conflict", "Demand", "NoSeating"]


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


@dataclass(frozen=True, slots=True)
class Conflict:
    """One contradiction, for the organiser: it may name needs, so never show it to participants.

    :param people: ids of whom it concerns, sorted; empty when it concerns all.
    :param rooms: names of the rooms it concerns, sorted.
    :param needs: features and languages that play a part, sorted.
    :param asked: how many are asked for; ``there``: how many there are.
    """

    demand: Demand
    asked: int = 0
    there: int = 0
    people: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

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
        super().__init__(self.text())

    def text(self, language: str = "nl") -> str:
        """All conflicts in words."""
        return " ".join(conflict.text(language) for conflict in self.conflicts)
