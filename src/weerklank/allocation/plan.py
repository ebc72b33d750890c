"""The outcome: who sits where, what it is worth, and how to repeat it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from weerklank.allocation.event import Meetings, Policy
from weerklank.allocation.reasons import Reason, WhyNot
from weerklank.allocation.refusals import because

__all__ = ["Audit", "Burden", "Choices", "Floor", "Move", "Plan", "Seat", "Term", "Unit"]


class Unit(StrEnum):
    """What a term is counted in."""

    STEPS = "steps"
    PAIRS = "pairs"
    LAYERS = "layers"
    MEETINGS = "meetings"


@dataclass(frozen=True, slots=True)
class Seat:
    """One person in one room in one round. ``rank``: 1 the first choice; None: not asked for, or nothing was."""

    person: str
    room: str
    rank: int | None
    round: int = 1


@dataclass(frozen=True, slots=True)
class Choices:
    """How many people got which choice. Counts of people: for the organiser; elsewhere through ``disclosure``.

    With several rounds the places of all rounds are counted: each person as often as there are rounds.

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
class Burden:
    """How far ``people`` (a count) ended below the best they could have had, in ``steps`` over all rounds.

    The best somebody could have is the sum of the first choices of their list, one per round; in one round that is the
    first choice, so the burden of a third choice is 3. People without wishes carry none.
    """

    steps: int
    people: int


@dataclass(frozen=True, slots=True)
class Floor:
    """The protection of the worst-off that this plan keeps, over all rounds together.

    :param limits: for each burden in ``steps``, the number of people allowed at that burden or a heavier one. In
        one round these are the choices after the guarded one; the last is for no wish at all. Empty: no floor.
    :param proven: no seating within the hard rules has a lower one.
    """

    limits: tuple[int, ...]
    proven: bool
    steps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody who had a room and gets another. ``start`` is a room that may be closed by now."""

    person: str
    start: str
    to: str
    round: int = 1


@dataclass(frozen=True, slots=True)
class Audit:
    """Enough to repeat the plan to the byte, and to see that nothing was changed under way.

    :param history: fingerprint of the meetings that were taken into account; empty: none.
    :param engine: what made the seats: the annealer, a person, or an exact solver.
    :param bound_by: what the bound was computed with. The seats never depend on it, but the bound may: an
        installation with the exact extra proves more.
    """

    event: str
    policy: Policy
    seed: int
    effort: str
    branches: int
    proposals: int
    version: str
    history: str = ""
    engine: str = "annealing"
    bound_by: str = "counting"


@dataclass(frozen=True, slots=True)
class Plan:
    """A seating that keeps every hard rule. Everything stands in the order of ids.

    ``reasons`` are each for one person's own eyes.

    :param bound: no seating that keeps the hard rules and this floor has a score below it.
    :param burdens: what people ended with over all rounds, the lightest first.
    """

    seats: tuple[Seat, ...]
    choices: Choices
    terms: tuple[Term, ...]
    floor: Floor
    reasons: tuple[Reason, ...]
    moves: tuple[Move, ...]
    audit: Audit
    bound: int = 0
    burdens: tuple[Burden, ...] = ()

    @property
    def score(self) -> int:
        """The weighted sum of all terms; less is better."""
        return sum(term.weight * term.amount for term in self.terms)

    @property
    def gap(self) -> int:
        """How much better, at the very most, another seating within the same rules and floor could score."""
        return self.score - self.bound

    @property
    def proven(self) -> bool:
        """No seating within the same rules and floor scores better."""
        return self.gap == 0

    @property
    def rounds(self) -> int:
        """How many rounds were seated."""
        return max((seat.round for seat in self.seats), default=1)

    def room_of(self, person: str, turn: int = 1) -> str | None:
        """The room where ``person`` sits in round ``turn``, or None."""
        return next((seat.room for seat in self.seats if seat.person == person and seat.round == turn), None)

    def people_in(self, room: str, turn: int = 1) -> tuple[str, ...]:
        """Who sits in ``room`` in round ``turn``."""
        return tuple(seat.person for seat in self.seats if seat.room == room and seat.round == turn)

    def rooms_of(self, turn: int = 1) -> dict[str, str]:
        """Person → room in round ``turn``."""
        return {seat.person: seat.room for seat in self.seats if seat.round == turn}

    def meetings(self) -> Meetings:
        """Who met whom in these rooms: history for a next gathering."""
        together: dict[tuple[int, str], list[str]] = {}
        for seat in self.seats:
            together.setdefault((seat.round, seat.room), []).append(seat.person)
        return Meetings.in_rooms(together.values())

    def as_json(self) -> str:
        """Canonical JSON: equal plans give equal bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Plan:
        """The plan that :meth:`as_json` wrote; ``BadInput`` for anything else. Use ``check_plan`` after reading."""
        try:
            return _read(json.loads(text))
        except (ValueError, KeyError, TypeError) as error:
            raise because.bad_input("no-plan") from error


def _read(data: Mapping[str, Any]) -> Plan:
    return Plan(
        seats=tuple(Seat(**seat) for seat in data["seats"]),
        choices=Choices(**{**data["choices"], "by_rank": tuple(data["choices"]["by_rank"])}),
        terms=tuple(Term(**{**term, "unit": Unit(term["unit"])}) for term in data["terms"]),
        floor=Floor(
            tuple(data["floor"]["limits"]), data["floor"]["proven"], tuple(data["floor"].get("steps", ()))
        ),
        reasons=tuple(
            Reason(**{**reason, "why": None if reason["why"] is None else WhyNot(reason["why"])})
            for reason in data["reasons"]
        ),
        moves=tuple(Move(**move) for move in data["moves"]),
        audit=Audit(**{**data["audit"], "policy": Policy(**data["audit"]["policy"])}),
        bound=int(data.get("bound", 0)),
        burdens=tuple(Burden(**burden) for burden in data.get("burdens", ())),
    )
