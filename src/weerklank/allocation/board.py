"""The event as whole numbers, in an order drawn by the seed: what the search works on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from random import Random
from typing import TypeVar

from weerklank.allocation.conflicts import Conflict, Demand, NoSeating
from weerklank.allocation.event import Event, Person, Policy, Room

__all__ = ["Board", "lay_out", "suits"]

_T = TypeVar("_T")
_UNWISHED = 20  # at least this many steps for a theme nobody asked for; a fourth choice is 6


@dataclass(frozen=True, slots=True)
class Board:
    """People and rooms as numbers.

    :param allowed: per person the rooms that suit, with groups and pins worked in; sorted.
    :param level: per person and room: 0 the first choice (or no wishes), 1 the second, …, ``unwished`` none.
    :param steps: cost in steps of each level.
    :param groups: people who stay together, two or more each, disjoint.
    :param traits: organisation, layer, role: per person a number; who has none shares a number with nobody.
    """

    people: tuple[Person, ...]
    rooms: tuple[Room, ...]
    policy: Policy
    allowed: tuple[tuple[int, ...], ...]
    level: tuple[tuple[int, ...], ...]
    steps: tuple[int, ...]
    groups: tuple[tuple[int, ...], ...]
    apart: tuple[tuple[int, int], ...]
    traits: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
    layers_within_reach: int

    @property
    def unwished(self) -> int:
        """The level of a theme that somebody did not ask for."""
        return len(self.steps) - 1

    @property
    def weights(self) -> tuple[int, int, int]:
        """Weights of the three traits."""
        return self.policy.organisation, self.policy.layer, self.policy.role

    def fewest_pairs(self) -> int:
        """Pairs of roommates when rooms are as even as their sizes allow."""
        sizes = [room.min for room in self.rooms]
        for _ in range(len(self.people) - sum(sizes)):
            _, smallest = min(
                (size, place) for place, size in enumerate(sizes) if size < self.rooms[place].max
            )
            sizes[smallest] += 1
        return sum(comb(size, 2) for size in sizes)

    def amounts(self, seats: Sequence[int]) -> dict[str, int]:
        """Each soft term of ``seats`` (per person a room), in its own unit."""
        sizes = [0] * len(self.rooms)
        for room in seats:
            sizes[room] += 1
        pairs = [0, 0, 0]
        layers: list[set[int]] = [set() for _ in self.rooms]
        for kind, trait in enumerate(self.traits):
            seen: dict[tuple[int, int], int] = {}
            for value, room in zip(trait, seats, strict=True):
                pairs[kind] += seen.get((room, value), 0)
                seen[room, value] = seen.get((room, value), 0) + 1
        for person, (value, room) in enumerate(zip(self.traits[1], seats, strict=True)):
            if self.people[person].layer is not None:
                layers[room].add(value)
        return {
            "wish": sum(self.steps[self.level[person][room]] for person, room in enumerate(seats)),
            "organisation": pairs[0],
            "layer": pairs[1],
            "role": pairs[2],
            "uneven": sum(comb(size, 2) for size in sizes) - self.fewest_pairs(),
            "few_layers": sum(max(0, self.layers_within_reach - len(found)) for found in layers),
        }


def suits(person: Person, room: Room) -> bool:
    """Language and access needs of ``person`` are met in ``room``."""
    spoken = not person.languages or not room.languages or bool(person.languages & room.languages)
    return spoken and person.needs <= room.features


def lay_out(event: Event, *, policy: Policy, seed: int) -> Board:
    """``event`` as a board. Ties fall by the order that ``seed`` draws, never by name or place in the list.

    :raises NoSeating: too many or too few people, somebody suits no room, or pins, groups and apart pairs
        clash on sight.
    """
    _check_sizes(event)
    stream = Random(seed)
    people = _drawn(sorted(event.people, key=lambda person: person.id), stream)
    rooms = _drawn(sorted(event.rooms, key=lambda room: room.id), stream)
    place = {person.id: index for index, person in enumerate(people)}
    groups = _merged(tuple(place[member] for member in group) for group in event.together)
    apart = sorted({(min(pair), max(pair)) for pair in ((place[a], place[b]) for a, b in event.apart)})
    allowed = _allowed(people, rooms, groups, event.pins)
    _check_pairs(people, rooms, allowed, groups, apart)
    longest = max((len(person.wishes) for person in people), default=0) or 1
    ranked = [level * (level + 1) // 2 for level in range(longest)]
    layers = {person.layer for person in people if person.layer is not None}
    return Board(
        people=people,
        rooms=rooms,
        policy=policy,
        allowed=tuple(tuple(sorted(suited)) for suited in allowed),
        level=tuple(tuple(_level(person, room, longest) for room in rooms) for person in people),
        steps=(*ranked, max(_UNWISHED, longest * (longest + 1) // 2)),
        groups=groups,
        apart=tuple(apart),
        traits=(
            _numbered([person.organisation for person in people]),
            _numbered([person.layer for person in people]),
            _numbered([person.role for person in people]),
        ),
        layers_within_reach=min(policy.layers_wanted, len(layers)),
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


def _level(person: Person, room: Room, unwished: int) -> int:
    if not person.wishes:
        return 0
    return person.wishes.index(room.theme) if room.theme in person.wishes else unwished


def _numbered(values: Sequence[str | None]) -> tuple[int, ...]:
    numbers = {value: number for number, value in enumerate(sorted({v for v in values if v is not None}))}
    nobody = len(numbers)
    return tuple(nobody + place if value is None else numbers[value] for place, value in enumerate(values))


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
) -> list[set[int]]:
    conflicts: list[Conflict] = []
    allowed: list[set[int]] = []
    for person in people:
        suited = {index for index, room in enumerate(rooms) if suits(person, room)}
        wanted = tuple(sorted(person.needs | person.languages))
        if not suited:
            conflicts.append(Conflict(Demand.UNSUITED, people=(person.id,), needs=wanted))
        if person.id in pins:
            (room,) = (index for index, room in enumerate(rooms) if room.id == pins[person.id])
            if suited and room not in suited:
                conflicts.append(
                    Conflict(Demand.PIN, people=(person.id,), rooms=(rooms[room].name,), needs=wanted)
                )
            suited &= {room}
        allowed.append(suited)
    if conflicts:
        raise NoSeating(tuple(sorted(conflicts, key=lambda conflict: conflict.people)))
    for group in groups:
        common = set.intersection(*(allowed[member] for member in group))
        common = {room for room in common if rooms[room].max >= len(group)}
        if not common:
            raise NoSeating((Conflict(Demand.GROUP, people=_ids(people, group), asked=len(group)),))
        for member in group:
            allowed[member] = set(common)
    return allowed


def _check_pairs(
    people: Sequence[Person],
    rooms: Sequence[Room],
    allowed: Sequence[set[int]],
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
