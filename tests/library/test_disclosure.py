"""The gate for counts of people (G4, domain notes 7.4): what is shown, and that nothing else can be reckoned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from weerklank.disclosure import (
    AlreadyReleased,
    Disclosed,
    Figure,
    Release,
    Shown,
    Together,
    Within,
    at_least,
    disclose,
    release,
    reveals,
    share,
    turnout,
    whole,
)
from weerklank.errors import BadInput

# Says nothing about time: the machine may be busy.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LAYERS = {"federaal": 40, "gemeente": 30, "provincie": 3, "vlaams": 32}


def shown(table: Disclosed) -> dict[str, int | None]:
    return {name: figure.value for name, figure in table.cells.items()}


# --- what readers see -----------------------------------------------------------------------------


def test_a_small_layer_is_hidden_together_with_its_neighbour() -> None:
    table = disclose(LAYERS, total=105)
    assert shown(table) == {"federaal": 40, "gemeente": 30, "provincie": None, "vlaams": None}
    assert table.total.value == 105
    assert [group.text("nl") for group in table.together] == ["provincie en vlaams: samen 35"]
    # Not "too small": vlaams is not small, and saying so would tell which of the two is.
    assert table.figure("vlaams").text("nl") == "niet apart getoond"
    assert table.figure("federaal").text("en") == "40"


def test_a_small_population_shows_nothing_and_zero_looks_like_four() -> None:
    nobody, four = disclose({"a": 0, "b": 0}, total=0), disclose({"a": 1, "b": 3}, total=4)
    assert nobody == four
    assert four.total.text("nl") == "te klein om te tonen"
    assert four.figure("a").text("en") == "too small to show"


def test_the_order_of_the_rows_tells_nothing() -> None:
    by_size = dict(sorted(LAYERS.items(), key=lambda item: item[1]))
    assert disclose(by_size, total=105) == disclose(LAYERS, total=105)
    assert list(disclose(by_size, total=105).cells) == sorted(LAYERS)


def test_turnout_may_pass_a_hundred_percent() -> None:
    """W4: 99 registered, 105 present."""
    came = turnout(registered=99, came=90, walked_in=15)
    assert (came.registered.value, came.present.value, came.percent) == (99, 105, 106)
    assert (came.came.value, came.stayed_away.value, came.walked_in.value) == (90, 9, 15)
    # With two no-shows, the walk-ins would give them away: 105 - (99 - 2) = 8.
    close = turnout(registered=99, came=97, walked_in=8)
    assert {close.came.shown, close.stayed_away.shown, close.walked_in.shown} == {Shown.HIDDEN}
    assert close.percent == 106


@pytest.mark.parametrize(("part", "of", "percent"), [(105, 99, 106), (1, 8, 13), (0, 7, 0), (3, 0, None)])
def test_share(part: int, of: int, percent: int | None) -> None:
    assert share(part, of) == percent


def test_no_share_of_a_hidden_figure() -> None:
    assert share(whole(3), 99) is None
    assert share(at_least(12), whole(99)) is None


def test_a_figure_under_k_cannot_exist() -> None:
    with pytest.raises(BadInput, match="onder 5 mensen"):
        Figure(4, Shown.EXACT, 5)
    assert at_least(4).value is None
    assert at_least(14).text("nl") == "minstens 10"


def test_rows_must_divide_the_people() -> None:
    with pytest.raises(BadInput, match="geen antwoord"):
        disclose({"eens": 60, "oneens": 20}, total=105)


# --- nobody can reckon back -----------------------------------------------------------------------


def divided(people: int, parts: int, *, least: int) -> Iterator[tuple[int, ...]]:
    """Every way to divide ``people`` over ``parts`` categories with at least ``least`` in each."""
    if parts == 1:
        yield from [(people,)] if people >= least else []
        return
    for first in range(least, people + 1):
        for rest in divided(people - first, parts - 1, least=least):
            yield (first, *rest)


@pytest.mark.parametrize("occupied", [False, True])
@pytest.mark.parametrize(("categories", "most", "k"), [(2, 24, 5), (3, 20, 5), (4, 15, 4), (5, 11, 3)])
def test_who_knows_the_method_still_cannot_tell(categories: int, most: int, k: int, occupied: bool) -> None:
    """Every table there is, grouped by what is shown of it: within a group a hidden count is never known to be 1..k-1.

    ``occupied``: the reader also knows that every listed category has somebody in it.
    """
    names = "abcde"[:categories]
    looks_like: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    hides: dict[str, list[int]] = {}
    for people in range(most + 1):
        for counts in divided(people, categories, least=int(occupied)):
            table = disclose(dict(zip(names, counts, strict=True)), total=people, k=k)
            if table.withheld and occupied:
                continue  # then its categories are not listed, so nobody knows them to be occupied
            look = repr((table.total.value, shown(table), table.together))
            looks_like[look].append(counts)
            hides[look] = [place for place, name in enumerate(names) if table.figure(name).value is None]
    for look, possible in looks_like.items():
        for place in hides[look]:
            values = [counts[place] for counts in possible]
            assert not (min(values) >= 1 and max(values) < k), (look, possible)


def test_who_knows_the_rule_of_turnout_still_cannot_tell() -> None:
    looks_like: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for came, stayed, walked in product(range(16), repeat=3):
        seen = turnout(registered=came + stayed, came=came, walked_in=walked)
        if seen.came.value is None and max(came + stayed, came + walked) < 16:
            looks_like[repr(seen)].append((came, stayed, walked))
    for look, possible in looks_like.items():
        for values in zip(*possible, strict=True):
            assert not (min(values) >= 1 and max(values) < 5), (look, possible)


counts = st.one_of(st.integers(0, 6), st.integers(0, 60))
tables = st.dictionaries(st.sampled_from("abcdefghij"), counts, min_size=1)


@patient
@given(tables, st.integers(2, 7))
def test_a_table_hides_two_or_none_and_the_rest_is_never_small(table: dict[str, int], k: int) -> None:
    made = disclose(table, total=sum(table.values()), k=k)
    unseen = [name for name, figure in made.cells.items() if figure.value is None]
    assert all(made.figure(name).value is None for name, count in table.items() if count < k)
    assert len(unseen) != 1
    assert not unseen or sum(table[name] for name in unseen) >= k


@st.composite
def populations(draw: st.DrawFn) -> tuple[dict[str, dict[str, int]], int, dict[str, Within]]:
    """Several margins of one population, each by its own cut, and rooms inside themes."""
    rooms = draw(st.lists(counts, min_size=1, max_size=9))
    total = sum(rooms)
    theme_of = {f"r{room}": draw(st.sampled_from(["t1", "t2", "t3"])) for room in range(len(rooms))}
    themes = dict.fromkeys(theme_of.values(), 0)
    for room, size in enumerate(rooms):
        themes[theme_of[f"r{room}"]] += size
    cuts = sorted(draw(st.lists(st.integers(0, total), max_size=4)))
    layers = {
        f"l{place}": high - low
        for place, (low, high) in enumerate(zip([0, *cuts], [*cuts, total], strict=True))
    }
    margins = {
        "room": {f"r{room}": size for room, size in enumerate(rooms)},
        "theme": themes,
        "layer": layers,
    }
    return margins, total, {"room": Within("theme", theme_of)}


@patient
@given(st.lists(populations(), min_size=1, max_size=4), st.data(), st.booleans())
def test_no_sequence_of_releases_gives_a_count_away(
    views: list[tuple[dict[str, dict[str, int]], int, dict[str, Within]]], data: st.DataObject, occupied: bool
) -> None:
    """Whatever is asked for, in whatever order, before and after: the gate lets through or refuses; nothing leaks."""
    ledger: list[Release] = []
    for margins, total, within in views:
        asked = data.draw(st.sets(st.sampled_from(["room", "theme", "layer"]), min_size=1))
        if "room" in asked:
            asked.add("theme")
        came = data.draw(st.integers(0, total))
        try:
            ledger.append(
                release(
                    {name: margins[name] for name in asked},
                    total=total,
                    within={name: inside for name, inside in within.items() if name in asked},
                    population=data.draw(st.sampled_from(["present", "present", "asked"])),
                    turnout=data.draw(
                        st.sampled_from(
                            [None, turnout(registered=came + 7, came=came, walked_in=total - came)]
                        )
                    ),
                    earlier=ledger,
                )
            )
        except AlreadyReleased:
            continue
    assert ledger
    assert reveals(ledger, occupied=occupied) == ()


@pytest.mark.slow
@patient
@given(st.integers(0, 60), st.integers(0, 60))
def test_steps_of_k_hide_the_difference_between_a_group_and_its_part(part: int, more: int) -> None:
    small, large = at_least(part), at_least(part + more)
    reach = [
        (inner, outer)
        for inner in range(121)
        for outer in range(inner, 121)
        if at_least(inner) == small and at_least(outer) == large
    ]
    gaps = {outer - inner for inner, outer in reach}
    assert not gaps <= {1, 2, 3, 4}


# --- the auditor is no rubber stamp ---------------------------------------------------------------


def by_hand(cells: dict[str, int | None], *, total: int, population: str = "present") -> Release:
    """A release as somebody careless would make it."""
    figures = {
        name: Figure(value, Shown.HIDDEN if value is None else Shown.EXACT, 5)
        for name, value in cells.items()
    }
    table = Disclosed(whole(total), figures, ())
    return Release(population, 5, whole(total), {"layer": table}, {})


def found(*releases: Release) -> set[str]:
    return {leak.about for leak in reveals(releases)}


def test_the_auditor_finds_what_subtraction_gives() -> None:
    assert found(by_hand({"a": 50, "b": 52, "c": None}, total=105)) == {"c", "rest"}
    assert "rest" in found(by_hand({"a": 102, "b": None, "c": None}, total=105))
    assert found(by_hand({"a": 50, "b": None, "c": None}, total=105)) == set()


def test_the_auditor_finds_before_and_after() -> None:
    before, after = by_hand({"a": 50, "b": 54}, total=104), by_hand({"a": 51, "b": 54}, total=105)
    assert found(before, after) == {"difference: a (0)", "difference: total (0)"}
    # The same through the gate is refused, and so is the part that took part.
    first = release({"layer": {"a": 50, "b": 54}}, total=104)
    with pytest.raises(AlreadyReleased, match="ander totaal"):
        release({"layer": {"a": 51, "b": 54}}, total=105, earlier=[first])
    with pytest.raises(AlreadyReleased, match="verschil"):
        release({"layer": {"a": 50, "b": 52}}, total=102, population="wrote", earlier=[first])


def test_the_auditor_finds_a_room_through_its_theme() -> None:
    themes, rooms = {"t": 12, "u": 20}, {"r1": 10, "r2": 2, "r3": 20}
    parents = {"r1": "t", "r2": "t", "r3": "u"}
    apart = Release(
        "present",
        5,
        whole(32),
        {
            "theme": disclose(themes, total=32),
            "room": Disclosed(
                whole(32),
                {
                    "r1": Figure(10, Shown.EXACT, 5),
                    "r2": Figure(None, Shown.HIDDEN, 5),
                    "r3": Figure(None, Shown.HIDDEN, 5),
                },
                (),
            ),
        },
        {"room": Within("theme", parents)},
    )
    assert {leak.about for leak in reveals([apart])} == {"r2"}
    safe = release({"theme": themes, "room": rooms}, total=32, within={"room": Within("theme", parents)})
    assert shown(safe.margins["theme"]) == themes
    assert shown(safe.margins["room"]) == {"r1": None, "r2": None, "r3": 20}
    assert safe.margins["room"].together == (Together(("r1", "r2"), 12),)
    assert reveals([safe]) == ()


# --- frozen ---------------------------------------------------------------------------------------


def test_a_release_is_stored_and_read_back_and_cannot_be_edited() -> None:
    made = release({"layer": LAYERS}, total=105, turnout=turnout(registered=99, came=90, walked_in=15))
    stored = made.as_dict()
    assert Release.from_dict(stored) == made
    with pytest.raises(BadInput, match="veranderd"):
        Release.from_dict({**stored, "total": 106})
    with pytest.raises(BadInput, match="geen vrijgegeven tabel"):
        Release.from_dict({"total": 106})


def test_a_release_holds_nothing_that_may_not_be_shown() -> None:
    """Two populations that look alike are the same release, to the fingerprint."""
    one = release({"layer": LAYERS}, total=105)
    other = release({"layer": {**LAYERS, "provincie": 0, "vlaams": 35}}, total=105)
    assert one == other
    assert one.fingerprint == other.fingerprint


def test_later_margins_may_follow_but_never_the_same_twice() -> None:
    first = release({"layer": LAYERS}, total=105)
    votes = {"eens": 70, "geen antwoord": 20, "oneens": 15}
    second = release({"vote on 1": votes}, total=105, earlier=[first])
    assert reveals([first, second]) == ()
    with pytest.raises(AlreadyReleased, match="vote on 1"):
        release({"vote on 1": votes}, total=105, earlier=[first, second])
