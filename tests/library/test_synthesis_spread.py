"""What comes first leans on many voices in many places, evenly; not on one (W13)."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from weerklank.evidence import Contribution
from weerklank.synthesis import Concept, Settings, synthesise
from weerklank.synthesis.concepts import concepts_of
from weerklank.synthesis.duplicates import copies_of
from weerklank.synthesis.reading import read


def _rooms(counts: dict[str, list[int]]) -> list[Contribution]:
    """Per word in how many contributions each room says it; too short to repeat one another."""
    return [
        Contribution(id=f"{word} {room} {number}", text=f"Het {word}", theme=f"Kamer {room}")
        for word, rooms in counts.items()
        for room, often in enumerate(rooms)
        for number in range(often)
    ]


def _concepts(said: list[Contribution]) -> dict[str, Concept]:
    reading = read(said, Settings())
    return {one.label: one for one in concepts_of(reading, copies_of(reading, Settings()), Settings())}


def test_three_rooms_that_share_a_word_outweigh_one_that_has_it_and_two_that_touch_it() -> None:
    found = _concepts(_rooms({"sleutel": [3, 3, 3], "budget": [7, 1, 1]}))
    assert list(found) == ["sleutel", "budget"]
    assert [one.coverage.places for one in found.values()] == [3, 3]
    assert [len(one.coverage.contributions) for one in found.values()] == [9, 9]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=2, max_size=6), st.integers(0, 5))
def test_one_more_voice_never_lowers_a_word(counts: list[int], at: int) -> None:
    before = [counts[0] + 2, *counts[1:]]
    after = [often + (room == at % len(before)) for room, often in enumerate(before)]
    elsewhere = {"budget": [1] * len(before)}
    less, more = (_concepts(_rooms({"sleutel": rooms, **elsewhere})) for rooms in (before, after))
    assert more["sleutel"].score >= less["sleutel"].score


def test_a_copy_in_the_same_room_does_not_change_where_a_word_was_said() -> None:
    point = "De sleutel van het lokaal ligt bij niemand"
    once = [
        *_rooms({"sleutel": [1, 2]}),
        Contribution(id="a", text=point, theme="Kamer 0"),
    ]
    copied = [*once, *(Contribution(id=f"b{number}", text=point, theme="Kamer 0") for number in range(4))]
    assert _concepts(copied)["sleutel"].parts.spread == _concepts(once)["sleutel"].parts.spread


def test_a_word_and_its_own_compound_are_not_said_along_with_each_other() -> None:
    event = [
        Contribution(id=f"{theme}{number}", text=text, theme=theme)
        for theme in ("Werk", "Buurt", "School")
        for number, text in enumerate(
            ("Ruimte is speelruimte", "Meer ruimte met budget", "Ruimte en licht", "De sleutel")
        )
    ]
    (space,) = (one for one in synthesise(event, settings=Settings(seeds=2)).insights if one.id == "ruimte")
    assert "budget" in space.associates
    assert "speelruimte" not in space.associates


def test_what_came_first_stays_among_the_first_when_a_fifth_stays_away() -> None:
    shared = {"vertrouwen": [2, 1, 2, 1, 2], "drempel": [1, 2, 0, 2, 1], "budget": [2, 0, 2, 1, 1]}
    own = {word: [0] * room + [3] for room, word in enumerate(("kassa", "sleutel", "lokaal", "koffie"))}
    event = _rooms({**shared, **own})
    assert synthesise(event, settings=Settings(seeds=2)).insights[0].id == "vertrouwen"
    for seed in range(10):
        kept = random.Random(seed).sample(event, round(0.8 * len(event)))
        assert "vertrouwen" in [one.id for one in synthesise(kept, settings=Settings(seeds=2)).insights[:3]]
