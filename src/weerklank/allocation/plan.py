"""The outcome: who sits where, what it is worth, and how to repeat it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from weerklank.allocation.event import Policy
from weerklank.allocation.reasons import Reason, WhyNot
from weerklank.errors import BadInput

__all__ = ["Audit", "Choices", "Floor", "Move", "Plan", "Seat", "Term", "Unit"]


class Unit(StrEnum):
    """What a term is counted in."""

    STEPS = "steps"
    PAIRS = "pairs"
    LAYERS = "layers"


@dataclass(frozen=True, slots=True)
class Seat:
    """One person in one room. ``rank``: 1 the first choice; None: not asked for, or nothing was."""

    person: str
    room: str
    rank: int | None
    round: int = 1


@dataclass(frozen=True, slots=True)
class Choices:
    """How many people got which choice. Counts of people: for the organiser; elsewhere through ``disclosure``.

    :param by_rank: people with their first, second, … choice, as far as the longest list goes.
    :param unwished: people with wishes who got none of them.
    :param no_wish: people who gave no preference.
    """

    by_rank: tuple[int, ...]
    unwished: int
    no_wish: int


@dataclass(frozen=True, slots=True)
class Term:
    """One soft good: ``amount`` in ``unit``, less is better, times ``weight``."""

    name: str
    amount: int
    unit: Unit
    weight: int


@dataclass(frozen=True, slots=True)
class Floor:
    """The protection of the worst-off that this plan keeps.

    :param limits: for each choice after the guarded one, the number of people allowed at that choice or
        worse; the last is for no wish at all. Empty: no floor.
    :param proven: no seating within the hard rules has a lower one.
    """

    limits: tuple[int, ...]
    proven: bool


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody who had a room and gets another. ``start`` is a room that may be closed by now."""

    person: str
    start: str
    to: str


@dataclass(frozen=True, slots=True)
class Audit:
    """Enough to repeat the plan to the byte, and to see that nothing was changed under way."""

    event: str
    policy: Policy
    seed: int
    effort: str
    branches: int
    proposals: int
    version: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A seating that keeps every hard rule. Everything stands in the order of ids.

    ``reasons`` are each for one person's own eyes.
    """

    seats: tuple[Seat, ...]
    choices: Choices
    terms: tuple[Term, ...]
    floor: Floor
    reasons: tuple[Reason, ...]
    moves: tuple[Move, ...]
    audit: Audit

    @property
    def score(self) -> int:
        """The weighted sum of all terms; less is better."""
        return sum(term.weight * term.amount for term in self.terms)

    def room_of(self, person: str) -> str | None:
        """The room where ``person`` sits, or None."""
        return next((seat.room for seat in self.seats if seat.person == person), None)

    def people_in(self, room: str) -> tuple[str, ...]:
        """Who sits in ``room``."""
        return tuple(seat.person for seat in self.seats if seat.room == room)

    def as_json(self) -> str:
        """Canonical JSON: equal plans give equal bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Plan:
        """The plan that :meth:`as_json` wrote; ``BadInput`` for anything else. Use ``check_plan`` after reading."""
        try:
            return _read(json.loads(text))
        except (ValueError, KeyError, TypeError) as error:
            raise BadInput("Dit is geen indeling.", remedy="Gebruik wat as_json schreef.") from error


def _read(data: Mapping[str, Any]) -> Plan:
    return Plan(
        seats=tuple(Seat(**seat) for seat in data["seats"]),
        choices=Choices(**{**data["choices"], "by_rank": tuple(data["choices"]["by_rank"])}),
        terms=tuple(Term(**{**term, "unit": Unit(term["unit"])}) for term in data["terms"]),
        floor=Floor(tuple(data["floor"]["limits"]), data["floor"]["proven"]),
        reasons=tuple(
            Reason(**{**reason, "why": None if reason["why"] is None else WhyNot(reason["why"])})
            for reason in data["reasons"]
        ),
        moves=tuple(Move(**move) for move in data["moves"]),
        audit=Audit(**{**data["audit"], "policy": Policy(**data["audit"]["policy"])}),
    )
