"""The independent checker: recomputes everything from the event, and shares nothing with the search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from weerklank.allocation.event import Event, Person, Policy, Room
from weerklank.allocation.plan import Choices, Plan
from weerklank.allocation.reasons import reason_for
from weerklank.allocation.wording import breach_in_words
from weerklank.errors import WeerklankError

__all__ = ["Breach", "BrokenPlan", "Rule", "breaches", "check_plan"]


class Rule(StrEnum):
    """A hard rule."""

    SEAT = "seat"
    SMALL = "small"
    LARGE = "large"
    LANGUAGE = "language"
    NEEDS = "needs"
    APART = "apart"
    TOGETHER = "together"
    PIN = "pin"


@dataclass(frozen=True, slots=True)
class Breach:
    """A hard rule that a seating breaks, for the organiser: it may name needs."""

    rule: Rule
    people: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    asked: int = 0
    there: int = 0

    def text(self, language: str = "nl") -> str:
        """The breach as a sentence."""
        return breach_in_words(
            self.rule,
            asked=self.asked,
            there=self.there,
            people=self.people,
            rooms=self.rooms,
            needs=self.needs,
            language=language,
        )


class BrokenPlan(WeerklankError):
    """The plan breaks a hard rule (``breaches``) or says something about itself that is not so (``false``)."""

    code = "broken-plan"

    def __init__(self, breaches: tuple[Breach, ...], false: tuple[str, ...] = ()) -> None:
        self.breaches, self.false = breaches, false
        said = [breach.text() for breach in breaches]
        said.extend(f"De indeling zelf klopt niet: {what}." for what in false)
        super().__init__(" ".join(said))


def breaches(event: Event, seats: Mapping[str, str]) -> tuple[Breach, ...]:
    """Every hard rule that ``seats`` (person → room) breaks; () when all are kept."""
    rooms = {room.id: room for room in event.rooms}
    people = {person.id: person for person in event.people}
    found = [
        Breach(Rule.SEAT, (who,))
        for who in sorted(people.keys() | seats.keys())
        if who not in people or seats.get(who) not in rooms
    ]
    if found:
        return tuple(found)
    size = Counter(seats.values())
    for room in event.rooms:
        if size[room.id] < room.min:
            found.append(Breach(Rule.SMALL, rooms=(room.name,), asked=room.min, there=size[room.id]))
        if size[room.id] > room.max:
            found.append(Breach(Rule.LARGE, rooms=(room.name,), asked=room.max, there=size[room.id]))
    for who, person in people.items():
        found.extend(_unsuited(person, rooms[seats[who]]))
    for pair in event.apart:
        if seats[pair[0]] == seats[pair[1]]:
            found.append(Breach(Rule.APART, tuple(sorted(pair)), (rooms[seats[pair[0]]].name,)))
    for group in event.together:
        if any(seats[one] != seats[other] for one, other in combinations(group, 2)):
            found.append(Breach(Rule.TOGETHER, tuple(sorted(group))))
    for who, pinned in event.pins.items():
        if seats[who] != pinned:
            found.append(Breach(Rule.PIN, (who,), (rooms[pinned].name,)))
    return tuple(sorted(found, key=lambda breach: (breach.rule, breach.people, breach.rooms)))


def check_plan(event: Event, plan: Plan) -> None:
    """Recompute all of ``plan`` from ``event``; raise :class:`BrokenPlan` when anything differs."""
    seats = {seat.person: seat.room for seat in plan.seats}
    broken = breaches(event, seats)
    false = []
    if len(seats) != len(plan.seats):
        false.append("iemand heeft twee plekken")
    if plan.audit.event != event.fingerprint:
        false.append("ze hoort bij andere mensen, zalen of regels")
    if broken or false:
        raise BrokenPlan(broken, tuple(false))
    ranks = {person.id: _rank(event, seats, person) for person in event.people}
    if {seat.person: seat.rank for seat in plan.seats} != ranks:
        false.append("een keuze is niet de keuze die iemand opgaf")
    if plan.choices != _choices(event, ranks):
        false.append("de telling van de keuzes")
    said = {term.name: (term.amount, term.weight) for term in plan.terms}
    policy = plan.audit.policy
    if said != {
        name: (amount, getattr(policy, name)) for name, amount in _amounts(event, seats, policy).items()
    }:
        false.append("de waarde van een onderdeel")
    if not _under(plan, ranks, event):
        false.append("de vloer is niet gehouden")
    if plan.reasons != tuple(reason_for(event, seats, who) for who in sorted(seats)):
        false.append("een uitleg")
    if false:
        raise BrokenPlan((), tuple(false))


def _unsuited(person: Person, room: Room) -> list[Breach]:
    found = []
    if person.languages and room.languages and person.languages.isdisjoint(room.languages):
        found.append(Breach(Rule.LANGUAGE, (person.id,), (room.name,)))
    if lacking := person.needs - room.features:
        found.append(Breach(Rule.NEEDS, (person.id,), (room.name,), tuple(sorted(lacking))))
    return found


def _rank(event: Event, seats: Mapping[str, str], person: Person) -> int | None:
    theme = {room.id: room.theme for room in event.rooms}[seats[person.id]]
    places = [place for place, wish in enumerate(person.wishes, 1) if wish == theme]
    return places[0] if places else None


def _longest(event: Event) -> int:
    return max([1, *(len(person.wishes) for person in event.people)])


def _choices(event: Event, ranks: Mapping[str, int | None]) -> Choices:
    wishing = {person.id for person in event.people if person.wishes}
    counted = Counter(ranks[who] for who in wishing)
    return Choices(
        by_rank=tuple(counted[rank] for rank in range(1, _longest(event) + 1)),
        unwished=counted[None],
        no_wish=len(event.people) - len(wishing),
    )


def _amounts(event: Event, seats: Mapping[str, str], policy: Policy) -> dict[str, int]:
    inside: dict[str, list[Person]] = {room.id: [] for room in event.rooms}
    for person in event.people:
        inside[seats[person.id]].append(person)
    longest = _longest(event)
    nothing = max(20, longest * (longest + 1) // 2)
    steps = 0
    for person in event.people:
        if person.wishes:
            rank = _rank(event, seats, person)
            steps += nothing if rank is None else rank * (rank - 1) // 2
    layers = {person.layer for person in event.people} - {None}
    wanted = min(policy.layers_wanted, len(layers))
    return {
        "wish": steps,
        "organisation": sum(_pairs([p.organisation for p in members]) for members in inside.values()),
        "layer": sum(_pairs([p.layer for p in members]) for members in inside.values()),
        "role": sum(_pairs([p.role for p in members]) for members in inside.values()),
        "uneven": sum(len(m) * (len(m) - 1) // 2 for m in inside.values()) - _evenest(event),
        "few_layers": sum(max(0, wanted - len({p.layer for p in m} - {None})) for m in inside.values()),
    }


def _pairs(values: list[str | None]) -> int:
    return sum(one is not None and one == other for one, other in combinations(values, 2))


def _evenest(event: Event) -> int:
    """Fewest pairs of roommates: fill up to a common level, within each room's own bounds."""
    count = len(event.people)
    level = 0
    while sum(min(max(level + 1, room.min), room.max) for room in event.rooms) <= count and level < count:
        level += 1
    sizes = [min(max(level, room.min), room.max) for room in event.rooms]
    over = count - sum(sizes)
    # Those that may grow from the level each take one more.
    return sum(size * (size - 1) // 2 for size in sizes) + over * level


def _under(plan: Plan, ranks: Mapping[str, int | None], event: Event) -> bool:
    if not plan.floor.limits:
        return True
    longest = _longest(event)
    wishing = [person.id for person in event.people if person.wishes]
    first = longest + 2 - len(plan.floor.limits)
    for place, limit in enumerate(plan.floor.limits):
        worse = sum((ranks[who] or longest + 1) >= first + place for who in wishing)
        if worse > limit:
            return False
    return True
