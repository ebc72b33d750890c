"""Events for the tests of allocation: small random ones, and one that looks like a real gathering."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import strategies as st

from weerklank.allocation import Event, Person, Room

THEMES = ("burgers", "enthousiasme", "partners", "politiek", "team")
LAYERS = ("federaal", "gemeente", "provincie", "vlaams")


@st.composite
def small_events(draw: st.DrawFn, *, most: int = 6) -> Event:
    """Up to ``most`` people and three rooms, with every kind of rule; often impossible."""
    themes = st.sampled_from(THEMES[:3])
    people = tuple(
        Person(
            f"p{number}",
            wishes=tuple(draw(st.lists(themes, unique=True, max_size=3))),
            layer=draw(st.sampled_from([None, "federaal", "gemeente"])),
            organisation=draw(st.sampled_from([None, "A", "B"])),
            languages=draw(st.sampled_from([frozenset[str](), frozenset({"fr"}), frozenset({"fr", "nl"})])),
            needs=draw(st.sampled_from([frozenset[str](), frozenset[str](), frozenset({"step-free"})])),
        )
        for number in range(draw(st.integers(0, most)))
    )
    rooms = []
    for number in range(draw(st.integers(1, 3))):
        low = draw(st.integers(0, 2))
        rooms.append(
            Room(
                f"r{number}",
                f"Zaal {number}",
                draw(themes),
                low,
                draw(st.integers(max(low, 1), 4)),
                languages=draw(
                    st.sampled_from([frozenset[str](), frozenset({"nl"}), frozenset({"fr", "nl"})])
                ),
                features=draw(st.sampled_from([frozenset[str](), frozenset({"step-free"})])),
            )
        )
    if len(people) < 2:
        return Event(people, tuple(rooms))
    pairs = st.lists(st.sampled_from([person.id for person in people]), min_size=2, max_size=2, unique=True)
    return Event(
        people,
        tuple(rooms),
        apart=tuple((one, other) for one, other in draw(st.lists(pairs, max_size=2))),
        together=tuple(tuple(pair) for pair in draw(st.lists(pairs, max_size=1))),
        pins=draw(
            st.dictionaries(
                st.sampled_from([person.id for person in people]),
                st.sampled_from([room.id for room in rooms]),
                max_size=1,
            )
        ),
    )


@st.composite
def feasible_events(draw: st.DrawFn, *, most: int = 6) -> Event:
    """A small event that at least one seating fits: every rule that a drawn seating breaks gives way to it."""
    event = draw(small_events(most=most))
    seats = {person.id: draw(st.sampled_from(event.rooms)).id for person in event.people}
    people = {person.id: person for person in event.people}
    rooms = []
    for room in event.rooms:
        inside = [people[one] for one, where in seats.items() if where == room.id]
        followed = [one.languages for one in inside if one.languages]
        rooms.append(
            replace(
                room,
                min=min(room.min, len(inside)),
                max=max(room.max, len(inside)),
                languages=room.languages.union(*followed) if room.languages else room.languages,
                features=room.features.union(*(one.needs for one in inside)),
            )
        )
    return replace(
        event,
        rooms=tuple(rooms),
        apart=tuple(pair for pair in event.apart if seats[pair[0]] != seats[pair[1]]),
        together=tuple(group for group in event.together if len({seats[one] for one in group}) == 1),
        pins={one: seats[one] for one in event.pins},
    )


def gathering(*, people: int = 105, seed: int = 1) -> Event:
    """Ten rooms about five themes, some wanted by many; a few manager pairs, an interpreter, access needs."""
    draw = Random(seed)
    popular = [5, 4, 3, 3, 3]
    persons = []
    for number in range(people):
        wishes: list[str] = []
        while len(wishes) < 4:
            theme = draw.choices(THEMES, popular)[0]
            if theme not in wishes:
                wishes.append(theme)
        layer = draw.choices(LAYERS, [4, 3, 1, 4])[0]
        persons.append(
            Person(
                f"p{number:03}",
                tuple(wishes[: draw.randint(2, 4)]),
                layer=layer,
                organisation=f"{layer} {draw.randint(1, 6)}",
                languages=frozenset({"fr"}) if number % 25 == 7 else frozenset({"nl", "fr"}),
                needs=frozenset({"step-free"}) if number % 20 == 3 else frozenset(),
            )
        )
    rooms = tuple(
        Room(
            f"z{number}",
            f"Zaal {number + 1}",
            THEMES[number % 5],
            7,
            12,
            languages=frozenset({"nl", "fr"}) if number < 4 else frozenset({"nl"}),
            features=frozenset({"step-free"}) if number != 2 else frozenset(),
        )
        for number in range(10)
    )
    return Event(
        tuple(persons),
        rooms,
        apart=tuple((f"p{number:03}", f"p{number + 1:03}") for number in range(10, 40, 5)),
        together=(("p050", "p051"), ("p060", "p061", "p062")),
        pins={"p000": "z0"},
    )
