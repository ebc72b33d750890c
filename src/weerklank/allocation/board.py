"""The event as whole numbers, in an order drawn by the seed: what the search works on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from itertools import combinations
from math import comb
from random import Random
from typing import TypeVar

from weerklank.allocation.conflicts import Conflict, Demand, NoSeating
from weerklank.allocation.event import Event, Meetings, Person, Policy, Room

__all__ = ["Board", "lay_out", "suits"]

_T = TypeVar("_T")
_UNWISHED = 20  # at least this many steps for a theme nobody asked for; a fourth choice is 6


@dataclass(frozen=True, slots=True)
class Board:
    """People and rooms as numbers. In several rounds everybody stands in it once per round, and so does every room:
    the people of the second round come after all people of the first.

    :param allowed: per person the rooms that suit (of that round), with groups and pins worked in; sorted.
    :param theme: per room the number of its theme.
    :param level: per person and theme: 0 the first choice (or no wishes), 1 the second, …, ``unwished`` none.
    :param steps: cost in steps of each level.
    :param groups: people who stay together, two or more each, disjoint.
    :param traits: organisation, layer, role: per person a number, or -1 for who has none.
    :param ideal: per person (of one round) the steps of the best they could have over all rounds.
    :param met: pair of people (of one round) → how often they met before.
    """

    people: tuple[Person, ...]
    rooms: tuple[Room, ...]
    policy: Policy
    allowed: tuple[tuple[int, ...], ...]
    theme: tuple[int, ...]
    level: tuple[tuple[int, ...], ...]
    steps: tuple[int, ...]
    groups: tuple[tuple[int, ...], ...]
    apart: tuple[tuple[int, int], ...]
    traits: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
    layers_within_reach: int
    ideal: tuple[int, ...]
    rounds: int = 1
    themes_again: bool = False
    organisation_max: int | None = None
    met: Mapping[tuple[int, int], int] = field(default_factory=dict)

    @property
    def unwished(self) -> int:
        """The level of a theme that somebody did not ask for."""
        return len(self.steps) - 1

    @property
    def count(self) -> int:
        """People in one round."""
        return len(self.people) // self.rounds

    def level_in(self, person: int, room: int) -> int:
        """How good ``room`` is for ``person``: 0 the first choice."""
        return self.level[person][self.theme[room]]

    def fewest_pairs(self) -> int:
        """Pairs of roommates in one round when rooms are as even as their sizes allow."""
        rooms = self.rooms[: len(self.rooms) // self.rounds]
        heap = [(room.min, place) for place, room in enumerate(rooms) if room.min < room.max]
        heapify(heap)
        pairs = sum(comb(room.min, 2) for room in rooms)
        for _ in range(self.count - sum(room.min for room in rooms)):
            size, place = heappop(heap)
            pairs += size
            if size + 1 < rooms[place].max:
                heappush(heap, (size + 1, place))
        return pairs

    def burdens(self, seats: Sequence[int]) -> list[int]:
        """Per person (of one round): steps over all rounds above what their own list could give at best."""
        had = [0] * self.count
        for person, room in enumerate(seats):
            had[person % self.count] += self.steps[self.level_in(person, room)]
        return [max(0, steps - best) for steps, best in zip(had, self.ideal, strict=True)]

    def amounts(self, seats: Sequence[int]) -> dict[str, int]:
        """Each soft term of ``seats`` (per person a room), in its own unit."""
        inside: list[list[int]] = [[] for _ in self.rooms]
        for person, room in enumerate(seats):
            inside[room].append(person)
        pairs = [sum(_same(trait[person] for person in room) for room in inside) for trait in self.traits]
        layers = [{self.traits[1][person] for person in room} - {-1} for room in inside]
        return {
            "wish": sum(self.steps[self.level_in(person, room)] for person, room in enumerate(seats)),
            "organisation": pairs[0],
            "layer": pairs[1],
            "role": pairs[2],
            "uneven": sum(comb(len(room), 2) for room in inside) - self.rounds * self.fewest_pairs(),
            "few_layers": sum(max(0, self.layers_within_reach - len(found)) for found in layers),
            "repeat": self._repeats(inside),
        }

    def _repeats(self, inside: Sequence[Sequence[int]]) -> int:
        if self.rounds == 1 and not self.met:
            return 0
        tied = {pair for group in self.groups for pair in combinations(group, 2)}
        met = dict(self.met)
        repeats = 0
        for room in inside:
            for one, other in combinations(sorted(room), 2):
                if (one, other) not in tied:
                    pair = one % self.count, other % self.count
                    repeats += met.get(pair, 0)
                    met[pair] = met.get(pair, 0) + 1
        return repeats


def suits(person: Person, room: Room) -> bool:
    """Language and access needs of ``person`` are met in ``room``."""
    spoken = not person.languages or not room.languages or bool(person.languages & room.languages)
    return spoken and person.needs <= room.features


def lay_out(event: Event, *, policy: Policy, seed: int, history: Meetings | None = None) -> Board:
    """``event`` as a board. Ties fall by the order that ``seed`` draws, never by name or place in the list.

    :raises NoSeating: too many or too few people, somebody suits no room or too few themes, too many people of one
        organisation, or pins, groups and apart pairs clash on sight.
    """
    _check_sizes(event)
    stream = Random(seed)
    people = _drawn(sorted(event.people, key=lambda person: person.id), stream)
    rooms = _drawn(sorted(event.rooms, key=lambda room: room.id), stream)
    place = {person.id: index for index, person in enumerate(people)}
    many, turns = len(people), range(event.rounds)
    groups = _merged(tuple(place[member] for member in group) for group in event.together)
    apart = sorted({(min(pair), max(pair)) for pair in ((place[a], place[b]) for a, b in event.apart)})
    allowed: list[tuple[int, ...]] = []
    held: list[set[int]] = []
    for turn in turns:
        suited, fixed = _allowed(people, rooms, groups, event.pinned(turn + 1))
        _check_pairs(people, rooms, suited, groups, apart)
        moved = {row: tuple(room + turn * len(rooms) for room in row) if turn else row for row in set(suited)}
        allowed.extend(moved[row] for row in suited)
        held.append(fixed)
    themes = sorted({room.theme for room in rooms})
    theme = tuple(themes.index(room.theme) for room in rooms)
    if event.rounds > 1 and not event.themes_again:
        _check_themes(people, theme, allowed, held)
    if event.organisation_max is not None:
        _check_organisations(people, len(rooms), event.organisation_max)
    longest = max((len(person.wishes) for person in people), default=0) or 1
    ranked = [level * (level + 1) // 2 for level in range(longest)]
    steps = (*ranked, max(_UNWISHED, longest * (longest + 1) // 2))
    layers = {person.layer for person in people if person.layer is not None}
    return Board(
        people=people * event.rounds,
        rooms=rooms * event.rounds,
        policy=policy,
        allowed=tuple(allowed),
        theme=theme * event.rounds,
        level=tuple(_levels(person, themes, longest) for person in people) * event.rounds,
        steps=steps,
        groups=tuple(tuple(one + turn * many for one in group) for turn in turns for group in groups),
        apart=tuple((one + turn * many, other + turn * many) for turn in turns for one, other in apart),
        traits=(
            _numbered([person.organisation for person in people]) * event.rounds,
            _numbered([person.layer for person in people]) * event.rounds,
            _numbered([person.role for person in people]) * event.rounds,
        ),
        layers_within_reach=min(policy.layers_wanted, len(layers)),
        ideal=tuple(_ideal(person, steps, event) for person in people),
        rounds=event.rounds,
        themes_again=event.themes_again,
        organisation_max=event.organisation_max,
        met=_met(history, place),
    )


def _check_sizes(event: Event) -> None:
    count = len(event.people)
    if count > (places := sum(room.max for room in event.rooms)):
        raise NoSeating((Conflict(Demand.PLACES, asked=count, there=places),))
    if count < (least := sum(room.min for room in event.rooms)):
        raise NoSeating((Conflict(Demand.PEOPLE, asked=least, there=count),))


def _drawn(things: Sequence[_T], stream: Random) -> tuple[_T, ...]:
    # Fisher-Yates on random(), the only part of Random whose stream Python promises to keep.
    order = list(things)
    for last in range(len(order) - 1, 0, -1):
        other = int(stream.random() * (last + 1))
        order[last], order[other] = order[other], order[last]
    return tuple(order)


def _levels(person: Person, themes: Sequence[str], unwished: int) -> tuple[int, ...]:
    if not person.wishes:
        return (0,) * len(themes)
    ranks = {wish: rank for rank, wish in enumerate(person.wishes)}
    return tuple(ranks.get(theme, unwished) for theme in themes)


def _ideal(person: Person, steps: Sequence[int], event: Event) -> int:
    if not person.wishes or event.themes_again:
        return 0
    best = [*steps[: len(person.wishes)], *(steps[-1] for _ in range(event.rounds))]
    return sum(best[: event.rounds])


def _numbered(values: Sequence[str | None]) -> tuple[int, ...]:
    numbers = {value: number for number, value in enumerate(sorted({v for v in values if v is not None}))}
    return tuple(-1 if value is None else numbers[value] for value in values)


def _same(values: Iterable[int]) -> int:
    """Pairs with one value; who has none (-1) is like nobody."""
    return sum(comb(count, 2) for value, count in Counter(values).items() if value >= 0)


def _met(history: Meetings | None, place: Mapping[str, int]) -> dict[tuple[int, int], int]:
    """Meetings of people who are here now; who is not here is left out."""
    met = {}
    for (one, other), often in (history or Meetings()).counts.items():
        if one in place and other in place:
            pair = place[one], place[other]
            met[min(pair), max(pair)] = often
    return met


def _merged(groups: Iterable[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    merged: list[set[int]] = []
    for group in groups:
        joined = set(group)
        for other in [other for other in merged if other & joined]:
            merged.remove(other)
            joined |= other
        merged.append(joined)
    return tuple(sorted(tuple(sorted(group)) for group in merged if len(group) > 1))


def _allowed(
    people: Sequence[Person],
    rooms: Sequence[Room],
    groups: Sequence[Sequence[int]],
    pins: Mapping[str, str],
) -> tuple[list[tuple[int, ...]], set[int]]:
    """Per person the rooms that suit, and whose place is fixed."""
    conflicts: list[Conflict] = []
    allowed: list[tuple[int, ...]] = []
    # People with the same needs share one tuple: with thousands of rooms that saves most of the memory.
    suited: dict[tuple[frozenset[str], frozenset[str]], tuple[int, ...]] = {}
    number = {room.id: index for index, room in enumerate(rooms)}
    fixed = set()
    for index, person in enumerate(people):
        key = person.languages, person.needs
        if key not in suited:
            suited[key] = tuple(place for place, room in enumerate(rooms) if suits(person, room))
        mine = suited[key]
        wanted = tuple(sorted(person.needs | person.languages))
        if not mine:
            conflicts.append(Conflict(Demand.UNSUITED, people=(person.id,), needs=wanted))
        if person.id in pins:
            room = number[pins[person.id]]
            if mine and room not in mine:
                conflicts.append(
                    Conflict(Demand.PIN, people=(person.id,), rooms=(rooms[room].name,), needs=wanted)
                )
            mine = (room,) if room in mine else ()
            fixed.add(index)
        allowed.append(mine)
    if conflicts:
        raise NoSeating(tuple(sorted(conflicts, key=lambda conflict: conflict.people)))
    for group in groups:
        common = set.intersection(*(set(allowed[member]) for member in group))
        common = {room for room in common if rooms[room].max >= len(group)}
        if not common:
            raise NoSeating((Conflict(Demand.GROUP, people=_ids(people, group), asked=len(group)),))
        for member in group:
            allowed[member] = tuple(sorted(common))
        if not fixed.isdisjoint(group):
            fixed.update(group)
    return allowed, fixed


def _check_themes(
    people: Sequence[Person],
    theme: Sequence[int],
    allowed: Sequence[Sequence[int]],
    held: Sequence[set[int]],
) -> None:
    """Everybody must be able to go to as many themes as there are rounds in which they are free, and one more for pins."""
    for person, one in enumerate(people):
        turns = [turn for turn in range(len(held)) if person not in held[turn]]
        mine = {theme[room % len(theme)] for t in turns for room in allowed[person + t * len(people)]}
        bound = {
            theme[room % len(theme)]
            for turn, fixed in enumerate(held)
            if person in fixed
            for room in allowed[person + turn * len(people)]
        }
        if len(mine - bound) < len(turns):
            raise NoSeating(
                (Conflict(Demand.THEMES, asked=len(held), there=len(mine | bound), people=(one.id,)),)
            )


def _check_organisations(people: Sequence[Person], rooms: int, most: int) -> None:
    of: dict[str, list[str]] = {}
    for person in people:
        if person.organisation is not None:
            of.setdefault(person.organisation, []).append(person.id)
    for members in sorted(of.values()):
        if len(members) > most * rooms:
            crowd = tuple(sorted(members))
            raise NoSeating(
                (Conflict(Demand.ORGANISATION, asked=len(crowd), there=most * rooms, people=crowd),)
            )


def _check_pairs(
    people: Sequence[Person],
    rooms: Sequence[Room],
    allowed: Sequence[tuple[int, ...]],
    groups: Sequence[Sequence[int]],
    apart: Sequence[tuple[int, int]],
) -> None:
    for pair in apart:
        if any(set(pair) <= set(group) for group in groups):
            raise NoSeating((Conflict(Demand.GROUP_APART, people=_ids(people, pair)),))
        one, other = (allowed[member] for member in pair)
        if one == other and len(one) == 1:
            (room,) = one
            raise NoSeating(
                (Conflict(Demand.PINS_APART, people=_ids(people, pair), rooms=(rooms[room].name,)),)
            )


def _ids(people: Sequence[Person], members: Iterable[int]) -> tuple[str, ...]:
    return tuple(sorted(people[member].id for member in members))
