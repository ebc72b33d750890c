"""What is to be divided: people with ranked wishes, rooms, and the rules between them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from weerklank.errors import BadInput

__all__ = ["Event", "Person", "Policy", "Room", "changed"]


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
    """One round of rooms. Order means nothing anywhere in it.

    :param apart: pairs of people never in the same room (somebody and their manager).
    :param together: groups of people always in the same room (somebody and their interpreter).
    :param pins: person → room, decided by the organiser.
    :raises BadInput: doubles, unknown people or rooms, a minimum above the maximum.
    """

    people: tuple[Person, ...]
    rooms: tuple[Room, ...]
    apart: tuple[tuple[str, str], ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    pins: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pins", dict(self.pins))
        people = _unique((person.id for person in self.people), what="persoon")
        rooms = _unique((room.id for room in self.rooms), what="kamer")
        for person in self.people:
            _unique(person.wishes, what=f"wens van {person.id}")
        for room in self.rooms:
            if not 0 <= room.min <= room.max:
                raise BadInput(
                    f"Kamer «{room.name}» heeft minstens {room.min} en hoogstens {room.max} plaatsen.",
                    remedy="Kies een minimum van 0 of meer, niet boven het maximum.",
                )
        for one, other in self.apart:
            _known((one, other), people, what="Uit elkaar")
            if one == other:
                raise BadInput(f"«{one}» kan niet uit elkaar met zichzelf.")
        for group in self.together:
            _known(group, people, what="Bij elkaar")
        _known(self.pins, people, what="Vaste plek")
        _known(self.pins.values(), rooms, what="Vaste plek")

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

    def __post_init__(self) -> None:
        weights = (self.wish, self.organisation, self.layer, self.role, self.uneven, self.few_layers)
        if min(*weights, self.layers_wanted, self.slack) < 0 or (self.guard is not None and self.guard < 1):
            raise BadInput(
                "Een gewicht of speling is nooit negatief, en de vloer begint bij de eerste keuze."
            )


def changed(
    event: Event,
    *,
    arrivals: Iterable[Person] = (),
    departures: Iterable[str] = (),
    closed: Iterable[str] = (),
) -> Event:
    """``event`` after people came and went and rooms closed. Rules about who left, and pins to what closed, lapse."""
    gone, shut = frozenset(departures), frozenset(closed)
    _known(gone, frozenset(person.id for person in event.people), what="Vertrek")
    _known(shut, frozenset(room.id for room in event.rooms), what="Gesloten kamer")
    groups = (tuple(member for member in group if member not in gone) for group in event.together)
    return replace(
        event,
        people=(*(person for person in event.people if person.id not in gone), *arrivals),
        rooms=tuple(room for room in event.rooms if room.id not in shut),
        apart=tuple(pair for pair in event.apart if gone.isdisjoint(pair)),
        together=tuple(group for group in groups if len(group) > 1),
        pins={who: room for who, room in event.pins.items() if who not in gone and room not in shut},
    )


def _unique(names: Iterable[str], *, what: str) -> frozenset[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise BadInput(f"Dubbele {what}: «{name}».")
        seen.add(name)
    return frozenset(seen)


def _known(names: Iterable[str], known: frozenset[str], *, what: str) -> None:
    for name in names:
        if name not in known:
            raise BadInput(
                f"{what}: «{name}» komt niet voor.", remedy="Gebruik de id van een persoon of kamer."
            )


def _canonical(event: Event) -> str:
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
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
