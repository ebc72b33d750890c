"""Sortition: quotas always met, chances as equal as they can be, and a file that anybody can check."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from weerklank.allocation import (
    BrokenLottery,
    Candidate,
    Clash,
    Lottery,
    NoPanel,
    Quota,
    check_lottery,
    draw_panel,
)
from weerklank.allocation.pool import PanelRules
from weerklank.errors import BadInput

REGIONS, AGES = ("noord", "zuid"), ("jong", "midden", "oud")


@st.composite
def questions(
    draw: st.DrawFn, *, most: int = 8, possible: bool = True
) -> tuple[list[Candidate], list[Quota], int]:
    """A tiny pool with two features and some shared addresses, quotas and a size; quotas are made around one panel, or
    at random and then often impossible."""
    many = draw(st.integers(2, most))
    pool = [
        Candidate(
            f"p{number}",
            {"region": draw(st.sampled_from(REGIONS)), "age": draw(st.sampled_from(AGES))},
            draw(st.sampled_from([None, None, "A", "B"])),
        )
        for number in range(many)
    ]
    k = draw(st.integers(1, min(4, many)))
    quotas = []
    for feature, values in (("region", REGIONS), ("age", AGES)):
        for value in values:
            there = sum(one.features[feature] == value for one in pool[:k])
            low = max(0, there - draw(st.integers(0, 1))) if possible else draw(st.integers(0, 2))
            high = there + draw(st.integers(0, 1)) if possible else draw(st.integers(low, 4))
            quotas.append(Quota(feature, value, low, high))
    return pool, quotas, k


def every_panel(pool: list[Candidate], quotas: list[Quota], k: int) -> list[tuple[str, ...]]:
    """All panels, by trying every set of ``k`` people."""
    rules = PanelRules(pool, quotas, k)
    names = sorted(one.id for one in pool)
    return [panel for panel in combinations(names, k) if rules.broken(panel) is None]


def leximin_by_force(pool: list[Candidate], panels: list[tuple[str, ...]]) -> dict[str, float]:
    """The fairest chances over all ``panels``: settle whoever cannot be raised, by trying to raise each."""
    names = sorted(one.id for one in pool)
    inside = np.array([[float(name in panel) for panel in panels] for name in names])
    settled: dict[int, float] = {}

    def highest(lifted: list[int]) -> tuple[float, float]:
        """The highest common chance of ``lifted`` when the other unsettled ones keep ``level`` at least."""
        rows, limits = [], []
        for place in range(len(names)):
            floor = settled.get(place, level)
            mine = place in lifted
            rows.append(np.r_[-inside[place], 1.0 if mine else 0.0])
            limits.append(0.0 if mine else -floor + 1e-9)
        solved = linprog(
            np.r_[np.zeros(len(panels)), -1],
            A_ub=np.array(rows),
            b_ub=limits,
            A_eq=[np.r_[np.ones(len(panels)), 0]],
            b_eq=[1],
            bounds=[(0, None)] * len(panels) + [(0, 1)],
        )
        return float(solved.x[-1]), solved.status

    level = 0.0
    while len(settled) < len(names):
        free = [place for place in range(len(names)) if place not in settled]
        level, _ = highest(free)
        stuck = [place for place in free if highest([place])[0] <= level + 1e-6]
        settled.update((place, level) for place in stuck)
    return {names[place]: chance for place, chance in settled.items()}


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(questions())
def test_chances_are_those_of_all_panels_tried(question: tuple[list[Candidate], list[Quota], int]) -> None:
    pool, quotas, k = question
    panels = every_panel(*question)
    assume(panels)  # two of the first panel may share an address
    lottery = draw_panel(pool, quotas, k, seed=1)
    fairest = leximin_by_force(pool, panels)
    for chance in lottery.chances:
        assert chance.fair == pytest.approx(1e6 * fairest[chance.candidate], abs=3)
    assert lottery.proven
    assert lottery.certificate.bound >= 1e6 * min(fairest.values()) - 1e-3
    assert set(lottery.panels) <= set(panels)
    assert sum(chance.panels for chance in lottery.chances) == 1000 * k
    assert abs(sum(chance.fair for chance in lottery.chances) - 1e6 * k) <= len(pool)


@settings(max_examples=12, deadline=None)
@given(questions(), st.randoms(use_true_random=False), st.integers(0, 3))
def test_order_of_people_and_quotas_means_nothing(
    question: tuple[list[Candidate], list[Quota], int], shuffle: object, seed: int
) -> None:
    pool, quotas, k = question
    assume(every_panel(*question))
    other_pool, other_quotas = list(pool), list(quotas)
    shuffle.shuffle(other_pool)  # type: ignore[attr-defined]
    shuffle.shuffle(other_quotas)  # type: ignore[attr-defined]
    one = draw_panel(pool, quotas, k, seed=seed)
    assert one.as_json() == draw_panel(other_pool, other_quotas, k, seed=seed).as_json()
    assert Lottery.from_json(one.as_json()) == one
    check_lottery(Lottery.from_json(one.as_json()), other_pool, other_quotas, k)


@settings(max_examples=30, deadline=None)
@given(questions(most=6, possible=False))
def test_impossible_quotas_are_named_with_the_nearest_that_are_not(
    question: tuple[list[Candidate], list[Quota], int],
) -> None:
    pool, quotas, k = question
    assume(not every_panel(*question))
    with pytest.raises(NoPanel) as refused:
        draw_panel(pool, quotas, k, seed=1)
    conflict, nearest = refused.value.conflict, refused.value.nearest
    rules = PanelRules(pool, [], k)
    possible = [
        people for people in combinations(pool, k) if rules.broken([one.id for one in people]) is None
    ]
    if conflict.clash is Clash.PEOPLE:
        assert possible == []
        return

    def away(people: tuple[Candidate, ...]) -> int:
        counts = [sum(quota.holds(one) for one in people) for quota in quotas]
        return sum(
            max(0, quota.low - count, count - quota.high) for quota, count in zip(quotas, counts, strict=True)
        )

    changes = sum(old.low - new.low + new.high - old.high for old, new in refused.value.changes)
    assert changes == min(away(people) for people in possible)
    assert every_panel(pool, list(nearest), k)

    def kept(limits: tuple[object, ...]) -> bool:
        loose = [
            Quota(
                quota.feature,
                quota.value,
                quota.low if ("low", quota) in limits else 0,
                quota.high if ("high", quota) in limits else max(k, quota.high),
            )
            for quota in quotas
        ]
        return bool(every_panel(pool, loose, k))

    named = tuple((str(limit.limit), limit.quota) for limit in conflict.limits)
    assert not kept(named)
    assert all(kept(tuple(other for other in named if other != one)) for one in named)
    assert refused.value.told("en") != refused.value.told("nl")


def gathering(many: int, *, homes: int) -> tuple[list[Candidate], list[Quota], int]:
    """A pool of usual shape: three features, some of it two to an address."""
    pool = [
        Candidate(
            f"p{number:03}",
            {
                "region": REGIONS[number % 3 == 0],
                "age": AGES[number % 7 % 3],
                "opinion": "voor" if number % 5 else "tegen",
            },
            f"straat {number // 2}" if number < 2 * homes else None,
        )
        for number in range(many)
    ]
    quotas = [
        Quota("region", "noord", 5, 6),
        Quota("region", "zuid", 4, 5),
        *(Quota("age", age, 3, 4) for age in AGES),
        Quota("opinion", "voor", 5, 6),
        Quota("opinion", "tegen", 4, 5),
    ]
    return pool, quotas, 10


@pytest.mark.parametrize("homes", [0, 20])
def test_a_thousand_panels_keep_the_chances_to_two_in_a_thousand(homes: int) -> None:
    pool, quotas, k = gathering(60, homes=homes)
    lottery = draw_panel(pool, quotas, k, seed=7)
    assert len(lottery.panels) == 1000
    assert lottery.proven
    assert lottery.rounding <= 2000
    alike: dict[object, list[int]] = {}
    for chance in lottery.chances:
        one = next(one for one in pool if one.id == chance.candidate)
        home = sorted(tuple(sorted(two.features.items())) for two in pool if two.address == one.address)
        look = (tuple(sorted(one.features.items())), tuple(home) if one.address else None)
        alike.setdefault(look, []).append(chance.panels)
    # People who differ in nothing that matters stand in as many panels, give or take one.
    assert max(max(panels) - min(panels) for panels in alike.values()) <= 1
    assert lottery.drawn(417) == lottery.panels[417]
    with pytest.raises(BadInput, match="drie cijfers"):
        lottery.drawn(1000)
    other = draw_panel(pool, quotas, k, seed=8)
    assert [chance.fair for chance in other.chances] == [chance.fair for chance in lottery.chances]
    assert other.panels != lottery.panels


def test_a_changed_file_is_refused() -> None:
    pool, quotas, k = gathering(40, homes=5)
    lottery = draw_panel(pool, quotas, k, seed=7)
    check_lottery(lottery, pool, quotas, k)
    data = json.loads(lottery.as_json())
    counted = Counter(who for panel in lottery.panels for who in panel)
    often = counted.most_common(1)[0][0]
    outside = next(one.id for one in pool if one.id not in lottery.panels[0])
    tampered = {
        "drawn more often": ("panels", [[often, *panel[1:]] for panel in data["panels"]]),
        "a stranger": ("panels", [["x", *lottery.panels[0][1:]], *data["panels"][1:]]),
        "somebody swapped": ("panels", [[outside, *lottery.panels[0][1:]], *data["panels"][1:]]),
        "fewer panels": ("panels", data["panels"][:-1]),
        "a chance": ("chances", [{**data["chances"][0], "panels": 999}, *data["chances"][1:]]),
        "a prettier proof": ("certificate", {**data["certificate"], "bound": 1}),
        "a price": ("certificate", {**data["certificate"], "seat": data["certificate"]["seat"] + 10**15}),
    }
    for key, value in tampered.values():
        changed = Lottery.from_json(json.dumps({**data, key: value}))
        with pytest.raises(BrokenLottery):
            check_lottery(changed, pool, quotas, k)
    with pytest.raises(BrokenLottery, match="anders dan die van deze loting"):
        check_lottery(
            lottery,
            [*pool[:-1], replace(pool[-1], address="elders 1"), replace(pool[0], id="z", address="elders 1")],
            quotas,
            k,
        )


def test_parts_of_people_are_no_panel() -> None:
    # Three features of two values, each exactly one of two: halves of people could, whole people only in pairs of opposites.
    pool = [
        Candidate("".join(look), {f"f{place}": value for place, value in enumerate(look)})
        for look in product("ab", repeat=3)
        if look != ("a", "a", "a")
    ]
    quotas = [Quota(f"f{place}", value, 1, 1) for place in range(3) for value in "ab"]
    lottery = draw_panel(pool, quotas, 2, seed=1)
    fair = {chance.candidate: chance.fair for chance in lottery.chances}
    assert fair["bbb"] == 0
    assert {fair[name] for name in fair if name != "bbb"} == {333_333}
    assert lottery.certificate.bound <= 1  # rounded up
    assert lottery.proven


@pytest.mark.parametrize(
    ("pool", "quotas", "k", "says"),
    [
        ([Candidate("a"), Candidate("a")], [], 1, "vaker dan één keer"),
        ([Candidate("a")], [], 0, "panel van 0"),
        ([Candidate("a", {"age": "oud"})], [Quota("age", "jong", 0, 1)], 1, "geen quotum"),
        ([Candidate("a")], [Quota("age", "jong", 0, 1)] * 2, 1, "meer dan één quotum"),
    ],
)
def test_a_wrong_question_says_what_is_wrong(
    pool: list[Candidate], quotas: list[Quota], k: int, says: str
) -> None:
    with pytest.raises(BadInput, match=says):
        draw_panel(pool, quotas, k, seed=1)
