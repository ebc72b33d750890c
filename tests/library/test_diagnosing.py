"""When it cannot be done: the fewest demands that contradict each other, and the smallest way out (W5, W6)."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings

from library.allocation_events import gathering, small_events
from weerklank.allocation import (
    Demand,
    Event,
    Part,
    PartKind,
    Person,
    Repair,
    RepairKind,
    Room,
    breaches,
    changed,
    diagnose,
)

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
NOORD, ZUID = Room("n", "Noord", "t", 0, 2), Room("z", "Zuid", "t", 0, 2, features=frozenset({"captions"}))
DEAF = tuple(Person(name, needs=frozenset({"captions"})) for name in "abc")


def can_be_done(event: Event) -> bool:
    """By trying everything."""
    people, rooms = [one.id for one in event.people], [one.id for one in event.rooms]
    return any(
        not breaches(event, dict(zip(people, choice, strict=True)))
        for choice in product(rooms, repeat=len(people))
    )


def only(event: Event, parts: tuple[Part, ...]) -> Event:
    """``event`` with these demands and no others; written apart from what diagnose does."""
    kinds = {kind: [part for part in parts if part.kind is kind] for kind in PartKind}
    needs = {need for part in kinds[PartKind.NEED] for need in part.needs}
    spoken = {frozenset(part.needs) for part in kinds[PartKind.LANGUAGE]}
    fixed = {who for part in kinds[PartKind.PINS] for who in part.people}
    least = {part.room: part.there for part in kinds[PartKind.MINIMUM]}
    most = {part.room: part.there for part in kinds[PartKind.PLACES]}
    return Event(
        tuple(
            replace(
                one,
                needs=one.needs & needs,
                languages=one.languages if one.languages in spoken else frozenset(),
            )
            for one in event.people
        ),
        tuple(
            replace(room, min=least.get(room.id, 0), max=most.get(room.id, room.max + len(event.people)))
            for room in event.rooms
        ),
        apart=tuple((part.people[0], part.people[1]) for part in kinds[PartKind.APART]),
        together=tuple(part.people for part in kinds[PartKind.TOGETHER]),
        pins={who: room for who, room in event.pins.items() if who in fixed},
    )


def mended(event: Event, repair: Repair) -> Event:
    """``event`` after the repair, carried out by hand."""
    kind = repair.kind
    if kind is RepairKind.NEW_ROOM:
        everything = frozenset(need for one in event.people for need in one.needs)
        return replace(
            event, rooms=(*event.rooms, Room("new", "Nieuw", "nieuw", 0, repair.to, features=everything))
        )
    if kind in (RepairKind.APART, RepairKind.TOGETHER):
        return replace(
            event,
            apart=tuple(
                pair
                for pair in event.apart
                if kind is not RepairKind.APART or tuple(sorted(pair)) != repair.people
            ),
            together=tuple(
                group
                for group in event.together
                if kind is not RepairKind.TOGETHER or tuple(sorted(set(group))) != repair.people
            ),
        )
    if kind is RepairKind.UNPIN:
        return replace(
            event, pins={who: room for who, room in event.pins.items() if who not in repair.people}
        )
    more = {
        RepairKind.PLACES: lambda room: replace(room, max=repair.to),
        RepairKind.MINIMUM: lambda room: replace(room, min=repair.to),
        RepairKind.FEATURE: lambda room: replace(room, features=room.features | set(repair.needs)),
        RepairKind.LANGUAGE: lambda room: replace(room, languages=room.languages | set(repair.needs)),
    }[kind]
    return replace(event, rooms=tuple(more(room) if room.id == repair.room else room for room in event.rooms))


@settings(patient, max_examples=250)
@given(small_events(most=5))
def test_a_conflict_is_minimal_and_its_repairs_mend_it(event: Event) -> None:
    """Against trying everything: the demands cannot be met together, but without any one of them they can."""
    conflict = diagnose(event)
    if conflict is None:
        assert can_be_done(event)
        return
    assert not can_be_done(event)
    assert conflict.certain
    assert not can_be_done(only(event, conflict.minimal))
    for part in conflict.minimal:
        rest = tuple(other for other in conflict.minimal if other != part)
        assert can_be_done(only(event, rest)), f"{part} plays no part"
    for repair in conflict.repairs:
        assert can_be_done(mended(only(event, conflict.minimal), repair))
        assert can_be_done(mended(event, repair)) == repair.enough
        if repair.kind is RepairKind.PLACES:
            smaller = replace(repair, to=repair.to - 1)
            assert not can_be_done(mended(only(event, conflict.minimal), smaller)), "less would do"
    for language in ("nl", "en"):
        assert "{" not in conflict.text(language) + conflict.parts_text(language)
        assert all("{" not in repair.text(language) for repair in conflict.repairs)


def test_a_real_gathering_reads_what_clashes_and_what_helps() -> None:
    """W5: twenty people need a lift, and one room of twelve has one."""
    event = gathering()
    people = tuple(
        replace(
            one,
            needs=frozenset({"lift"}) if number < 20 else frozenset(),
            languages=frozenset(),
        )
        for number, one in enumerate(event.people)
    )
    rooms = tuple(
        replace(room, features=frozenset({"lift"}) if room.id == "z6" else frozenset())
        for room in event.rooms
    )
    conflict = diagnose(replace(event, people=people, rooms=rooms, pins={}, apart=(), together=()))
    assert conflict is not None
    assert (conflict.demand, conflict.asked, conflict.there, conflict.certain) == (
        Demand.CROWDED,
        20,
        12,
        True,
    )
    assert [part.kind for part in conflict.minimal] == [PartKind.NEED, PartKind.PLACES]
    assert conflict.parts_text() == (
        "Dit gaat niet samen: Zaal 7 heeft hoogstens 12 plaatsen en 20 mensen hebben dit nodig: lift."
    )
    said = [repair.text() for repair in conflict.repairs]
    assert said[0] == "maak Zaal 7 8 groter (naar 20)"
    assert "geef Zaal 1 dit erbij: lift" in said


def test_too_few_places_too_few_people() -> None:
    event = gathering()
    few_rooms = diagnose(replace(event, rooms=event.rooms[:6]))
    assert few_rooms is not None
    assert {part.kind for part in few_rooms.minimal} == {PartKind.PLACES}
    assert "open nog een kamer voor 33 mensen" in [repair.text() for repair in few_rooms.repairs]
    few_people = diagnose(changed(event, departures=[one.id for one in event.people[65:]]))
    assert few_people is not None
    assert few_people.repairs[0].text("en") == "let Zaal 1 begin with fewer people (at least 2)"


@pytest.mark.parametrize(
    ("event", "kinds"),
    [
        (
            Event(DEAF[:2], (NOORD, ZUID), apart=(("a", "b"),)),
            {PartKind.NEED, PartKind.APART},
        ),
        (
            Event(DEAF[:1], (NOORD, ZUID), pins={"a": "n"}),
            {PartKind.NEED, PartKind.PINS},
        ),
        (
            Event(DEAF, (NOORD, replace(ZUID, features=frozenset())), pins={}),
            {PartKind.NEED},
        ),
        (
            Event((Person("a"), Person("b")), (NOORD, ZUID), apart=(("a", "b"),), together=(("a", "b"),)),
            {PartKind.APART, PartKind.TOGETHER},
        ),
        (
            Event(tuple(Person(name, organisation="A") for name in "abc"), (NOORD, ZUID), organisation_max=1),
            {PartKind.CAP},
        ),
    ],
)
def test_only_what_plays_a_part_is_named(event: Event, kinds: set[PartKind]) -> None:
    conflict = diagnose(event)
    assert conflict is not None
    assert {part.kind for part in conflict.minimal} == kinds
    assert conflict.repairs


def test_more_people_who_all_avoid_each_other_than_rooms() -> None:
    """Where the search only gives up: eleven people, ten rooms, fifty-five pairs."""
    event = gathering()
    names = [one.id for one in event.people[:11]]
    pairs = tuple((one, other) for place, one in enumerate(names) for other in names[place + 1 :])
    conflict = diagnose(replace(event, apart=pairs))
    assert conflict is not None
    assert (conflict.demand, len(conflict.minimal), conflict.certain) == (Demand.RULES, 55, True)
    assert "55 regels houden p000, p001," in conflict.parts_text()
    assert conflict.repairs[0].kind is RepairKind.NEW_ROOM
