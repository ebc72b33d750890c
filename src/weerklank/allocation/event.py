"""What is to be divided: people with ranked wishes, rooms, and the rules between them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import combinations

from weerklank.allocation.refusals import because

__all__ = ["Event", "Meetings", "Person", "Policy", "Room", "changed"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who needs a seat.

    :param wishes: themes, the most wanted first. Empty: no preference, every theme is as good.
    :param layer: layer of government (W5); rooms are mixed over it. None is no value, not a value of its own.
    :param languages: languages this person can follow. Empty: any.
    :param needs: features a room must have (``step-free``, ``captions``). Never shown to anybody else.
    """

    id: str
    wishes: tuple[str, ...] = ()
    layer: str | None = None
    organisation: str | None = None
    role: str | None = None
    languages: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Room:
    """A room, open: it gets at least ``min`` and at most ``max`` people. Leave a room out to close it.

    :param languages: languages one can follow there; one in common with the person is enough. Empty: any.
    """

    id: str
    name: str
    theme: str
    min: int
    max: int
    languages: frozenset[str] = frozenset()
    features: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Event:
    """People, rooms, and one or more rounds in which everybody sits somewhere. Order means nothing in its lists.

    :param apart: pairs of people never in the same room (somebody and their manager).
    :param together: groups of people always in the same room (somebody and their interpreter).
    :param pins: person → room in every round, decided by the organiser.
    :param rounds: how often everybody gets a room; the same rooms are open in each.
    :param pins_in: round (from 1) → person → room, for that round alone; goes before ``pins``.
    :param organisation_max: most people of one organisation in a room (None: no such rule).
    :param themes_again: somebody may sit at one theme twice. Else never, unless both places are fixed.
    :raises BadInput: doubles, unknown people, rooms or rounds, a minimum above the maximum.
    """

    people: tuple[Person, ...]
    rooms: tuple[Room, ...]
    apart: tuple[tuple[str, str], ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    pins: Mapping[str, str] = field(default_factory=dict)
    rounds: int = 1
    pins_in: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    organisation_max: int | None = None
    themes_again: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "pins", dict(self.pins))
        object.__setattr__(self, "pins_in", {turn: dict(held) for turn, held in self.pins_in.items() if held})
        people = _unique((person.id for person in self.people), of="person")
        rooms = _unique((room.id for room in self.rooms), of="room")
        for person in self.people:
            _unique(person.wishes, of="wish", person=person.id)
        for room in self.rooms:
            if not 0 <= room.min <= room.max:
                raise because.bad_input("room-size", room=room.name, low=room.min, high=room.max)
        for one, other in self.apart:
            _known((one, other), people, of="apart")
            if one == other:
                raise because.bad_input("apart-from-self", person=one)
        for group in self.together:
            _known(group, people, of="together")
        _known(self.pins, people, of="pin")
        _known(self.pins.values(), rooms, of="pin")
        if self.rounds < 1 or not all(1 <= turn <= self.rounds for turn in self.pins_in):
            raise because.bad_input("event-rounds", rounds=self.rounds)
        for held in self.pins_in.values():
            _known(held, people, of="pin")
            _known(held.values(), rooms, of="pin")
        if self.organisation_max is not None and self.organisation_max < 1:
            raise because.bad_input("organisation-max")

    def pinned(self, turn: int = 1) -> dict[str, str]:
        """Person → room, of whoever has a fixed place in round ``turn``."""
        return {**self.pins, **self.pins_in.get(turn, {})}

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the event in one canonical order: equal for equal events, whatever their order."""
        return sha256(_canonical(self).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Policy:
    """What weighs how much, as whole numbers. Hard rules are not here: they are never traded.

    First the floor: the number of people who get none of their wishes is as small as it can be, then the number
    with the last choice, and so on up to those with a choice after ``guard`` (2: everybody has their first or second choice
    when that can be; None: no floor). Only then the weighted sum, each term in a unit people understand:

    :param slack: percentage of people that may have the choice just after ``guard`` beyond what must be; buys mixing.
    :param wish: per step down the list of wishes: second choice 1, third 3, fourth 6, none 20 or more.
    :param organisation: per pair of people of one organisation in one room.
    :param layer: per pair of one layer of government in one room.
    :param role: per pair with one role in one room.
    :param uneven: per pair of roommates more than with even rooms.
    :param few_layers: per layer of government that a room misses of ``layers_wanted`` (W5).
    :param repeat: per meeting of two people who met before, in an earlier round or an earlier gathering: the
        second meeting counts once, the third twice more.
    """

    guard: int | None = 2
    slack: int = 0
    wish: int = 2
    organisation: int = 5
    layer: int = 1
    role: int = 1
    uneven: int = 2
    few_layers: int = 10
    layers_wanted: int = 3
    repeat: int = 4

    def __post_init__(self) -> None:
        weights = (
            self.wish,
            self.organisation,
            self.layer,
            self.role,
            self.uneven,
            self.few_layers,
            self.repeat,
        )
        if min(*weights, self.layers_wanted, self.slack) < 0 or (self.guard is not None and self.guard < 1):
            raise because.bad_input("policy-weights")


@dataclass(frozen=True, slots=True)
class Meetings:
    """Who sat in a room with whom before, and how often: the history that a new seating need not repeat.

    :param counts: pair of people → how often they met; the order in a pair means nothing.
    """

    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        merged: dict[tuple[str, str], int] = {}
        for (one, other), often in self.counts.items():
            if one == other or often < 0:
                raise because.bad_input("meeting", one=one, other=other)
            pair = (min(one, other), max(one, other))
            if often:
                merged[pair] = merged.get(pair, 0) + often
        object.__setattr__(self, "counts", dict(sorted(merged.items())))

    @classmethod
    def in_rooms(cls, rooms: Iterable[Iterable[str]]) -> Meetings:
        """The meetings of people who sat together: each room (of any round or gathering) is a list of people."""
        counts: dict[tuple[str, str], int] = {}
        for room in rooms:
            for pair in combinations(sorted(set(room)), 2):
                counts[pair] = counts.get(pair, 0) + 1
        return cls(counts)

    def __add__(self, other: Meetings) -> Meetings:
        """Both histories together."""
        pairs = self.counts.keys() | other.counts.keys()
        return Meetings({pair: self.counts.get(pair, 0) + other.counts.get(pair, 0) for pair in pairs})

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the counts in one canonical order; empty when nobody met."""
        if not self.counts:
            return ""
        rows = [[*pair, often] for pair, often in self.counts.items()]
        return sha256(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def changed(
    event: Event,
    *,
    arrivals: Iterable[Person] = (),
    departures: Iterable[str] = (),
    closed: Iterable[str] = (),
) -> Event:
    """``event`` after people came and went and rooms closed. Rules about who left, and pins to what closed, lapse."""
    gone, shut = frozenset(departures), frozenset(closed)
    _known(gone, frozenset(person.id for person in event.people), of="departure")
    _known(shut, frozenset(room.id for room in event.rooms), of="closed")
    groups = (tuple(member for member in group if member not in gone) for group in event.together)
    return replace(
        event,
        people=(*(person for person in event.people if person.id not in gone), *arrivals),
        rooms=tuple(room for room in event.rooms if room.id not in shut),
        apart=tuple(pair for pair in event.apart if gone.isdisjoint(pair)),
        together=tuple(group for group in groups if len(group) > 1),
        pins=_still(event.pins, gone, shut),
        pins_in={turn: _still(held, gone, shut) for turn, held in event.pins_in.items()},
    )


def _still(pins: Mapping[str, str], gone: frozenset[str], shut: frozenset[str]) -> dict[str, str]:
    return {who: room for who, room in pins.items() if who not in gone and room not in shut}


def _unique(names: Iterable[str], *, of: str, person: str = "") -> frozenset[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise because.bad_input(f"double-{of}", name=name, person=person)
        seen.add(name)
    return frozenset(seen)


def _known(names: Iterable[str], known: frozenset[str], *, of: str) -> None:
    for name in names:
        if name not in known:
            raise because.bad_input(f"unknown-{of}", name=name)


def _canonical(event: Event) -> str:
    # What is not used is not written: an event of one round keeps the fingerprint that it always had.
    more: dict[str, object] = {}
    if event.rounds > 1:
        more["rounds"] = event.rounds
        more["themes_again"] = event.themes_again
    if event.pins_in:
        more["pins_in"] = [[turn, sorted(held.items())] for turn, held in sorted(event.pins_in.items())]
    if event.organisation_max is not None:
        more["organisation_max"] = event.organisation_max
    return json.dumps(
        {
            "people": sorted(
                [
                    person.id,
                    list(person.wishes),
                    person.layer,
                    person.organisation,
                    person.role,
                    sorted(person.languages),
                    sorted(person.needs),
                ]
                for person in event.people
            ),
            "rooms": sorted(
                [
                    room.id,
                    room.name,
                    room.theme,
                    room.min,
                    room.max,
                    sorted(room.languages),
                    sorted(room.features),
                ]
                for room in event.rooms
            ),
            "apart": sorted({tuple(sorted(pair)) for pair in event.apart}),
            "together": sorted({tuple(sorted(set(group))) for group in event.together}),
            "pins": sorted(event.pins.items()),
            **more,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
