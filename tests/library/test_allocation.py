"""People with wishes become seats (W4 to W7): no hard rule broken, the worst-off first, the same every time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from random import Random
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from library.allocation_events import feasible_events, gathering, small_events
from weerklank.allocation import (
    BrokenPlan,
    Demand,
    Event,
    NoSeating,
    Person,
    Plan,
    Policy,
    Room,
    Rule,
    Seat,
    Term,
    allocate,
    breaches,
    check_plan,
    explain,
    plan_from_seats,
)
from weerklank.errors import BadInput, NoSolution

_T = TypeVar("_T")
# Says nothing about time: the machine may be busy.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def seatings(event: Event) -> list[dict[str, str]]:
    """Every seating that keeps the hard rules, by trying all."""
    ids = [person.id for person in event.people]
    tried = (
        dict(zip(ids, rooms, strict=True))
        for rooms in product([room.id for room in event.rooms], repeat=len(ids))
    )
    return [seats for seats in tried if not breaches(event, seats)]


def worst_off(event: Event, seats: Mapping[str, str], *, guard: int) -> tuple[int, ...]:
    """How many people got no wish, the last choice, …, down to the choice after ``guard``: less is better, in order."""
    themes = {room.id: room.theme for room in event.rooms}
    longest = max([1, *(len(person.wishes) for person in event.people)])
    got = Counter(
        (*person.wishes, themes[seats[person.id]]).index(themes[seats[person.id]]) + 1
        if themes[seats[person.id]] in person.wishes
        else longest + 1
        for person in event.people
        if person.wishes
    )
    return tuple(got[rank] for rank in range(longest + 1, min(guard, longest), -1))


def tried(event: Event, *, policy: Policy | None = None, seed: int) -> Plan | NoSeating:
    """The plan, or why there is none."""
    try:
        return allocate(event, policy=policy or Policy(), seed=seed, effort="quick")
    except NoSeating as error:
        return error


def said(outcome: Plan | NoSeating) -> object:
    """All there is to compare."""
    return outcome.as_json() if isinstance(outcome, Plan) else outcome.conflicts


def in_rooms(plan: Plan) -> dict[str, str]:
    return {seat.person: seat.room for seat in plan.seats}


# --- hard rules and the floor ---------------------------------------------------------------------


@settings(patient, max_examples=250)
@given(small_events(), st.integers(0, 3), st.integers(1, 3))
def test_a_plan_exists_when_one_can_and_treats_nobody_worse_than_needed(
    event: Event, seed: int, guard: int
) -> None:
    possible = seatings(event)
    plan = tried(event, policy=Policy(guard=guard), seed=seed)
    if isinstance(plan, NoSeating):
        assert not possible, plan
        assert all(conflict.demand is not Demand.SEARCH for conflict in plan.conflicts)
        return
    check_plan(event, plan)
    assert plan.floor.proven
    best = min(worst_off(event, seats, guard=guard) for seats in possible)
    assert worst_off(event, in_rooms(plan), guard=guard) == best


@pytest.mark.slow
@settings(patient, max_examples=60, derandomize=True)
@given(feasible_events(most=5), st.integers(0, 3))
def test_the_score_is_the_best_there_is_when_few_are_seated(event: Event, seed: int) -> None:
    """Not promised, the search is no proof; but where five people have no ties it should not miss."""
    event = replace(event, apart=(), together=())
    possible = seatings(event)
    free = Policy(guard=None)
    plan = allocate(event, policy=free, seed=seed)
    assert plan.score == min(plan_from_seats(event, seats, policy=free).score for seats in possible)


def test_a_gathering_of_105_in_ten_rooms() -> None:
    """W5, W6: rules kept, everybody their first or second choice, three layers and even sizes in every room."""
    event = gathering()
    plan = allocate(event, seed=7)
    check_plan(event, plan)
    assert plan.floor.proven
    assert sum(plan.choices.by_rank[:2]) == 105
    sizes = Counter(seat.room for seat in plan.seats)
    assert max(sizes.values()) - min(sizes.values()) <= 4
    terms = {term.name: term.amount for term in plan.terms}
    assert terms["few_layers"] == 0
    # What the search is for: far fewer colleagues in one room than wishes alone would put there.
    wishes_only = allocate(
        event, policy=Policy(organisation=0, layer=0, role=0, uneven=0, few_layers=0), seed=7
    )
    alone = {term.name: term.amount for term in wishes_only.terms}
    assert terms["organisation"] < 0.6 * alone["organisation"]
    assert terms["wish"] < alone["wish"] + 25


def test_many_pairs_and_groups_still_get_seats() -> None:
    """A seating exists, but most first guesses run into somebody who has only one room left."""
    draw, event = Random(9), gathering(seed=9)
    names = [person.id for person in event.people]
    apart = tuple((one, other) for one, other in (draw.sample(names, 2) for _ in range(20)))
    together = tuple(tuple(draw.sample(names, draw.randint(2, 4))) for _ in range(8))
    plan = allocate(replace(event, apart=apart, together=together), seed=1, effort="quick")
    assert len(plan.seats) == 105


def test_slack_never_costs_anybody_their_last_wish() -> None:
    event = gathering(people=110)
    strict = allocate(event, policy=Policy(guard=1), seed=1, effort="quick")
    loose = allocate(event, policy=Policy(guard=1, slack=10), seed=1, effort="quick")
    assert loose.choices.unwished == strict.choices.unwished == 0
    assert loose.choices.by_rank[0] >= strict.choices.by_rank[0] - 11
    assert loose.score <= strict.score


# --- the same every time --------------------------------------------------------------------------


@patient
@given(small_events(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_means_nothing(event: Event, random: Random) -> None:
    def shuffled(things: tuple[_T, ...]) -> tuple[_T, ...]:
        return tuple(random.sample(things, len(things)))

    other = Event(
        shuffled(event.people),
        shuffled(event.rooms),
        shuffled(tuple((b, a) for a, b in event.apart)),
        shuffled(tuple(shuffled(group) for group in event.together)),
        dict(shuffled(tuple(event.pins.items()))),
    )
    assert other.fingerprint == event.fingerprint
    assert said(tried(event, seed=1)) == said(tried(other, seed=1))


def test_another_process_makes_the_same_plan_to_the_byte() -> None:
    script = (
        "from library.allocation_events import gathering; from weerklank.allocation import allocate; "
        "print(allocate(gathering(), seed=3, effort='quick').as_json())"
    )
    plans = set()
    for hashing in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": hashing, "PYTHONPATH": os.pathsep.join(sys.path)}
        ran = subprocess.run(
            [sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True
        )
        plans.add(ran.stdout)
    assert plans == {allocate(gathering(), seed=3, effort="quick").as_json() + "\n"}


# --- the checker ----------------------------------------------------------------------------------


def test_the_checker_believes_nothing() -> None:
    event = gathering(people=80)
    plan = allocate(event, seed=1, effort="quick")
    assert Plan.from_json(plan.as_json()) == plan
    first, second = plan.seats[1], next(seat for seat in plan.seats[2:] if seat.room != plan.seats[1].room)
    forged = [
        replace(plan, seats=plan.seats[1:]),
        replace(plan, seats=(*plan.seats, first)),
        replace(plan, seats=tuple(replace(seat, room="z0") for seat in plan.seats)),
        replace(plan, seats=(replace(plan.seats[0], rank=3), *plan.seats[1:])),
        replace(plan, choices=replace(plan.choices, unwished=1)),
        replace(plan, terms=(Term("wish", 0, plan.terms[0].unit, 1), *plan.terms[1:])),
        replace(plan, floor=replace(plan.floor, limits=(-1, *plan.floor.limits[1:]))),
        replace(plan, reasons=(*plan.reasons[:-1], replace(plan.reasons[-1], rank=1, theme="anders"))),
        replace(plan, seats=tuple(replace(s, room=second.room) if s == first else s for s in plan.seats)),
    ]
    for wrong in forged:
        with pytest.raises(BrokenPlan):
            check_plan(event, wrong)
    with pytest.raises(BrokenPlan, match="andere mensen"):
        check_plan(gathering(people=80, seed=2), plan)


def test_a_move_by_hand_that_breaks_a_rule_is_named() -> None:
    """W6: the organiser may move people, and is told which rule that breaks."""
    event = gathering(people=80)
    seats = in_rooms(allocate(event, seed=1, effort="quick"))
    seats["p003"] = "z2"  # needs a step-free room
    with pytest.raises(BrokenPlan) as broken:
        plan_from_seats(event, seats)
    assert Rule.NEEDS in {breach.rule for breach in broken.value.breaches}
    assert "Zaal 3 heeft niet alles wat p003 nodig heeft: step-free." in str(broken.value)


# --- explanations ---------------------------------------------------------------------------------


@pytest.mark.slow
@patient
@given(small_events(), small_events(), st.data())
def test_an_explanation_knows_nothing_of_others_needs_or_relations(
    event: Event, other: Event, data: st.DataObject
) -> None:
    """Same seats, other secrets: the reason for one person stays the same word for word."""
    assume(event.people)
    seats = {person.id: data.draw(st.sampled_from(event.rooms)).id for person in event.people}
    asking = data.draw(st.sampled_from(event.people))
    secrets = {person.id: person for person in other.people}
    people = tuple(
        person
        if person.id == asking.id or person.id not in secrets
        else replace(person, needs=secrets[person.id].needs, languages=secrets[person.id].languages)
        for person in event.people
    )
    pins = {who: room for who, room in event.pins.items() if who == asking.id}
    changed_event = Event(people, event.rooms, pins=pins)
    plan = replace(NOBODY, seats=tuple(Seat(who, room, None) for who, room in sorted(seats.items())))
    before, after = explain(event, plan, asking.id), explain(changed_event, plan, asking.id)
    assert before == after
    assert before.text("nl")
    assert before.text("en")


def test_reasons_in_words() -> None:
    rooms = (
        Room("a", "Noord", "digitaal", 0, 1),
        Room("b", "Zuid", "burgers", 0, 9),
        Room("c", "Oost", "team", 0, 9, features=frozenset({"step-free"})),
    )
    people = (
        Person("an", ("digitaal",)),
        Person("bo", ("digitaal", "burgers")),
        Person("ci", ("burgers", "team"), needs=frozenset({"step-free"})),
        Person("di", ("klimaat", "burgers")),
        Person("ed"),
        Person("fi", ("team", "burgers")),
    )
    event = Event(people, rooms, pins={"fi": "b"})
    plan = allocate(event, seed=1)
    told = {
        person.id: explain(event, plan, person.id).text("nl", titles={"digitaal": "Digitaal"})
        for person in people
    }
    assert told["an"] == "Je zit in Noord, bij het thema «Digitaal». Dat is je eerste keuze."
    assert told["bo"] == (
        "Je zit in Zuid, bij het thema «burgers». Dat is je tweede keuze. "
        "Je eerste keuze, «Digitaal», zit vol: meer mensen wilden daarheen dan er plaatsen voor je waren (1)."
    )
    assert "hebben niet wat jij nodig hebt" in told["ci"]
    assert "«klimaat», is er geen kamer" in told["di"]
    assert "Je gaf geen voorkeur op" in told["ed"]
    assert "vaste plek" in told["fi"]
    assert explain(event, plan, "bo").text("en").startswith("You are in Zuid, with the theme “burgers”.")


# --- what cannot be done --------------------------------------------------------------------------

NOORD, ZUID = Room("n", "Noord", "t", 0, 2), Room("z", "Zuid", "t", 0, 2, features=frozenset({"captions"}))
FIVE = tuple(Person(name) for name in "abcde")
NOBODY = allocate(Event((), (NOORD,)), seed=1)
DEAF = tuple(Person(name, needs=frozenset({"captions"})) for name in "abc")


@pytest.mark.parametrize(
    ("event", "demand", "said"),
    [
        (Event(FIVE, (NOORD, ZUID)), Demand.PLACES, "Er zijn 5 mensen en 4 plaatsen."),
        (Event(FIVE[:1], (replace(NOORD, min=2),)), Demand.PEOPLE, "minstens 2 mensen; er zijn er 1"),
        (
            Event(DEAF[:1], (NOORD,)),
            Demand.UNSUITED,
            "Voor a is er geen enkele kamer met alles wat nodig is: captions.",
        ),
        (
            Event(DEAF, (NOORD, ZUID)),
            Demand.CROWDED,
            "3 mensen kunnen alleen terecht in Zuid, waar samen 2 plaatsen",
        ),
        (
            Event(FIVE[:3], (NOORD, ZUID), pins=dict.fromkeys("abc", "n")),
            Demand.FIXED,
            "3 mensen kunnen door vaste plekken alleen terecht in Noord",
        ),
        (
            Event(DEAF[:2], (replace(NOORD, min=1), ZUID)),
            Demand.EMPTY,
            "Noord: daar zijn samen minstens 1 mensen nodig, en hoogstens 0 kunnen erheen.",
        ),
        (Event(DEAF[:1], (NOORD, ZUID), pins={"a": "n"}), Demand.PIN, "a heeft een vaste plek in Noord"),
        (
            Event(FIVE[:3], (NOORD, ZUID), together=(("a", "b", "c"),)),
            Demand.GROUP,
            "geen enkele kamer past bij alle 3",
        ),
        (
            Event(FIVE[:2], (NOORD, ZUID), apart=(("a", "b"),), together=(("a", "b"),)),
            Demand.GROUP_APART,
            "a en b moeten tegelijk bij elkaar blijven en uit elkaar",
        ),
        (Event(DEAF[:2], (NOORD, ZUID), apart=(("a", "b"),)), Demand.PINS_APART, "allebei alleen in Zuid"),
        (
            Event(FIVE[:4], (NOORD, ZUID), apart=(("a", "b"), ("b", "c"), ("a", "c"))),
            Demand.RULES,
            "Laat een van die 3 regels los.",
        ),
    ],
)
def test_impossible_demands_are_named(event: Event, demand: Demand, said: str) -> None:
    with pytest.raises(NoSolution) as refused:
        allocate(event, seed=1)
    error = refused.value
    assert isinstance(error, NoSeating)
    assert [conflict.demand for conflict in error.conflicts] == [demand]
    assert said in str(error)
    assert "{" not in error.told("en")


def test_only_the_rules_that_clash_are_named() -> None:
    pairs = (("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"))
    roomy = tuple(replace(room, max=3) for room in (NOORD, ZUID))
    with pytest.raises(NoSeating) as refused:
        allocate(Event(FIVE, roomy, apart=pairs), seed=1)
    assert refused.value.conflicts[0].people == ("a", "b", "c")


@pytest.mark.parametrize(
    "wrong",
    [
        {"people": (Person("a"), Person("a"))},
        {"people": (Person("a", ("t", "t")),)},
        {"rooms": (Room("n", "Noord", "t", 5, 2),)},
        {"apart": (("a", "zz"),)},
        {"apart": (("a", "a"),)},
        {"pins": {"a": "zz"}},
    ],
)
def test_an_event_that_is_wrong_in_itself(wrong: Mapping[str, object]) -> None:
    right = {"people": FIVE, "rooms": (NOORD, ZUID)}
    with pytest.raises(BadInput):
        Event(**{**right, **wrong})  # type: ignore[arg-type]


def test_unknown_settings() -> None:
    with pytest.raises(BadInput, match="quick, normal, thorough"):
        allocate(Event((), (NOORD,)), seed=1, effort="hard")
    with pytest.raises(BadInput):
        Policy(wish=-1)
