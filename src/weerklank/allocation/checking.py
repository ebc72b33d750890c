"""The independent checker: recomputes everything from the event, and shares nothing with the search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from weerklank.allocation.event import Event, Meetings, Person, Policy, Room
from weerklank.allocation.plan import Burden, Choices, Plan
from weerklank.allocation.reasons import reasons_for
from weerklank.allocation.refusals import because
from weerklank.allocation.wording import breach_in_words, spoken
from weerklank.errors import Phrase, WeerklankError

__all__ = ["Breach", "BrokenPlan", "Rule", "breaches", "breaches_over", "check_plan"]


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
    ORGANISATION = "organisation"
    THEME = "theme"


@dataclass(frozen=True, slots=True)
class Breach:
    """A hard rule that a seating breaks, for the organiser: it may name needs. ``round``: None when there is only one."""

    rule: Rule
    people: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    asked: int = 0
    there: int = 0
    round: int | None = None

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
            turn=self.round,
        )


class BrokenPlan(WeerklankError):
    """The plan breaks a hard rule (``breaches``) or says something about itself that is not so (``false``)."""

    code = "broken-plan"

    def __init__(self, breaches: tuple[Breach, ...], false: tuple[Phrase, ...] = ()) -> None:
        self.breaches, self.false = breaches, false
        super().__init__(self.told("nl"))

    def told(self, language: str) -> str:
        """Every broken rule and every untruth, for a reader of ``language``."""
        said = [breach.text(spoken(language)) for breach in self.breaches]
        said.extend(because("plan-false", what=what).text(language) for what in self.false)
        return " ".join(said)


def breaches(event: Event, seats: Mapping[str, str], *, turn: int = 1) -> tuple[Breach, ...]:
    """Every hard rule that ``seats`` (person → room) of round ``turn`` break; () when all are kept."""
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
    for who, pinned in event.pinned(turn).items():
        if seats[who] != pinned:
            found.append(Breach(Rule.PIN, (who,), (rooms[pinned].name,)))
    if event.organisation_max is not None:
        found.extend(_crowds(event, seats, event.organisation_max))
    return tuple(sorted(found, key=_in_order))


def breaches_over(event: Event, rounds: Sequence[Mapping[str, str]]) -> tuple[Breach, ...]:
    """Every hard rule that the rounds break, each a mapping person → room: those of one round, and no theme twice."""
    several = len(rounds) > 1
    found = [
        replace(breach, round=turn if several else None)
        for turn, seats in enumerate(rounds, 1)
        for breach in breaches(event, seats, turn=turn)
    ]
    if several and not event.themes_again and not any(breach.rule is Rule.SEAT for breach in found):
        found.extend(_themes_twice(event, rounds))
    return tuple(found)


def check_plan(event: Event, plan: Plan, *, history: Meetings | None = None) -> None:
    """Recompute all of ``plan`` from ``event``; raise :class:`BrokenPlan` when anything differs.

    :param history: the meetings that the plan took into account.
    """
    before = history or Meetings()
    rounds = [plan.rooms_of(turn) for turn in range(1, event.rounds + 1)]
    broken = breaches_over(event, rounds)
    false = []
    if sum(len(seats) for seats in rounds) != len(plan.seats):
        false.append(because("false-seats"))
    if plan.audit.event != event.fingerprint:
        false.append(because("false-event"))
    if plan.audit.history != before.fingerprint:
        false.append(because("false-history"))
    if broken or false:
        raise BrokenPlan(broken, tuple(false))
    false.extend(_false(event, plan, rounds, before))
    if false:
        raise BrokenPlan((), tuple(false))


def _false(event: Event, plan: Plan, rounds: Sequence[Mapping[str, str]], before: Meetings) -> list[Phrase]:
    """What the plan says about itself and is not so."""
    false = []
    themes = {room.id: room.theme for room in event.rooms}
    ranks = [{one.id: _rank(one, themes[seats[one.id]]) for one in event.people} for seats in rounds]
    if any(seat.rank != ranks[seat.round - 1][seat.person] for seat in plan.seats):
        false.append(because("false-rank"))
    if plan.choices != _choices(event, ranks):
        false.append(because("false-choices"))
    policy = plan.audit.policy
    amounts = _amounts(event, rounds, ranks, policy, before)
    if {term.name: (term.amount, term.weight) for term in plan.terms} != {
        name: (amount, getattr(policy, name)) for name, amount in amounts.items()
    }:
        false.append(because("false-terms"))
    burdens = _burdens(event, ranks)
    if plan.burdens != tuple(Burden(steps, people) for steps, people in sorted(Counter(burdens).items())):
        false.append(because("false-burdens"))
    if len(plan.floor.steps) != len(plan.floor.limits) or any(
        sum(burden >= steps for burden in burdens) > limit
        for steps, limit in zip(plan.floor.steps, plan.floor.limits, strict=False)
    ):
        false.append(because("false-floor"))
    if not 0 <= plan.bound <= sum(amount * getattr(policy, name) for name, amount in amounts.items()):
        false.append(because("false-bound"))
    sat = [{one.id: themes[seats[one.id]] for one in event.people} for seats in rounds]
    reasons = [
        reason
        for turn, seats in enumerate(rounds, 1)
        for reason in reasons_for(event, seats, turn=turn, elsewhere=_elsewhere(sat, turn))
    ]
    if plan.reasons != tuple(reasons):
        false.append(because("false-reasons"))
    return false


def _elsewhere(sat: Sequence[Mapping[str, str]], turn: int) -> dict[str, frozenset[str]]:
    others = [themes for place, themes in enumerate(sat, 1) if place != turn]
    return {who: frozenset(themes[who] for themes in others) for who in sat[0]} if others else {}


def _in_order(breach: Breach) -> tuple[object, ...]:
    return breach.rule, breach.people, breach.rooms


def _crowds(event: Event, seats: Mapping[str, str], most: int) -> list[Breach]:
    """Rooms with more people of one organisation than may be."""
    inside: dict[tuple[str, str], list[str]] = {}
    for person in event.people:
        if person.organisation is not None:
            inside.setdefault((seats[person.id], person.organisation), []).append(person.id)
    names = {room.id: room.name for room in event.rooms}
    return [
        Breach(Rule.ORGANISATION, tuple(sorted(members)), (names[room],), asked=most, there=len(members))
        for (room, _), members in inside.items()
        if len(members) > most
    ]


def _themes_twice(event: Event, rounds: Sequence[Mapping[str, str]]) -> list[Breach]:
    """People who sit at one theme in two rounds, while not both places were fixed for them."""
    themes = {room.id: room.theme for room in event.rooms}
    fixed = [_fixed(event, turn) for turn in range(1, len(rounds) + 1)]
    twice = {
        person.id
        for (one, first), (other, second) in combinations(enumerate(rounds), 2)
        for person in event.people
        if themes[first[person.id]] == themes[second[person.id]]
        and not (person.id in fixed[one] and person.id in fixed[other])
    }
    return [Breach(Rule.THEME, (who,)) for who in sorted(twice)]


def _fixed(event: Event, turn: int) -> set[str]:
    """Whoever has a fixed place in this round, and whoever must stay with them, directly or through others."""
    fixed = set(event.pinned(turn))
    grown = True
    while grown:
        grown = False
        for group in event.together:
            if not fixed.isdisjoint(group) and not fixed.issuperset(group):
                fixed.update(group)
                grown = True
    return fixed


def _unsuited(person: Person, room: Room) -> list[Breach]:
    found = []
    if person.languages and room.languages and person.languages.isdisjoint(room.languages):
        found.append(Breach(Rule.LANGUAGE, (person.id,), (room.name,)))
    if lacking := person.needs - room.features:
        found.append(Breach(Rule.NEEDS, (person.id,), (room.name,), tuple(sorted(lacking))))
    return found


def _rank(person: Person, theme: str) -> int | None:
    places = [place for place, wish in enumerate(person.wishes, 1) if wish == theme]
    return places[0] if places else None


def _longest(event: Event) -> int:
    return max([1, *(len(person.wishes) for person in event.people)])


def _steps(rank: int | None, longest: int) -> int:
    return max(20, longest * (longest + 1) // 2) if rank is None else rank * (rank - 1) // 2


def _choices(event: Event, ranks: Sequence[Mapping[str, int | None]]) -> Choices:
    wishing = {person.id for person in event.people if person.wishes}
    counted = Counter(of[who] for of in ranks for who in wishing)
    return Choices(
        by_rank=tuple(counted[rank] for rank in range(1, _longest(event) + 1)),
        unwished=counted[None],
        no_wish=(len(event.people) - len(wishing)) * len(ranks),
    )


def _burdens(event: Event, ranks: Sequence[Mapping[str, int | None]]) -> list[int]:
    """Per person with wishes: steps over all rounds above what their own list could give at best."""
    longest, burdens = _longest(event), []
    for person in event.people:
        if person.wishes:
            kinds = [*range(1, len(person.wishes) + 1), *(None for _ in ranks)]
            best = [1] * len(ranks) if event.themes_again else kinds[: len(ranks)]
            had = sum(_steps(of[person.id], longest) for of in ranks)
            # Who has a fixed place may sit at a first choice twice: that is no debt of others.
            burdens.append(max(0, had - sum(_steps(rank, longest) for rank in best)))
    return burdens


def _amounts(
    event: Event,
    rounds: Sequence[Mapping[str, str]],
    ranks: Sequence[Mapping[str, int | None]],
    policy: Policy,
    before: Meetings,
) -> dict[str, int]:
    inside: dict[tuple[int, str], list[Person]] = {
        (turn, room.id): [] for turn in range(len(rounds)) for room in event.rooms
    }
    for turn, seats in enumerate(rounds):
        for person in event.people:
            inside[turn, seats[person.id]].append(person)
    longest = _longest(event)
    layers = {person.layer for person in event.people} - {None}
    wanted = min(policy.layers_wanted, len(layers))
    rooms = list(inside.values())
    pairs = sum(len(m) * (len(m) - 1) // 2 for m in rooms)
    return {
        "wish": sum(_steps(of[one.id], longest) for of in ranks for one in event.people if one.wishes),
        "organisation": sum(_pairs([p.organisation for p in members]) for members in rooms),
        "layer": sum(_pairs([p.layer for p in members]) for members in rooms),
        "role": sum(_pairs([p.role for p in members]) for members in rooms),
        "uneven": pairs - len(rounds) * _evenest(event),
        "few_layers": sum(max(0, wanted - len({p.layer for p in m} - {None})) for m in rooms),
        "repeat": _repeats(event, rooms, before),
    }


def _repeats(event: Event, rooms: Sequence[Sequence[Person]], before: Meetings) -> int:
    """Meetings of people who met before; those who stay together by rule do not count."""
    met = Meetings.in_rooms([person.id for person in members] for members in rooms)
    tied: set[tuple[str, str]] = set()
    for whole in _clusters(event):
        tied.update(combinations(sorted(whole), 2))
    repeats = 0
    for pair, often in met.counts.items():
        if pair not in tied:
            had = before.counts.get(pair, 0)
            repeats += sum(range(had, had + often))
    return repeats


def _clusters(event: Event) -> list[set[str]]:
    clusters: list[set[str]] = []
    for group in event.together:
        joined = set(group)
        for other in [one for one in clusters if one & joined]:
            clusters.remove(other)
            joined |= other
        clusters.append(joined)
    return clusters


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
