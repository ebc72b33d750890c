"""Several rounds (W5, W6): nobody twice at a theme, who came off badly is first in line, new people each time."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.allocation_events import gathering, small_events
from library.test_allocation import patient, said
from weerklank.allocation import (
    BrokenPlan,
    Demand,
    Event,
    Meetings,
    NoSeating,
    Person,
    Plan,
    Policy,
    Room,
    Rule,
    allocate,
    breaches,
    breaches_over,
    check_plan,
    plan_from_seats,
)
from weerklank.errors import BadInput


@st.composite
def events_in_rounds(draw: st.DrawFn) -> Event:
    """Up to four people, two rounds, now and then a cap, a fixed place in one round, or themes that may come back."""
    event = draw(small_events(most=4))
    pins = draw(
        st.dictionaries(
            st.sampled_from([person.id for person in event.people] or ["nobody"]),
            st.sampled_from([room.id for room in event.rooms]),
            max_size=1,
        )
        if event.people
        else st.just({})
    )
    return replace(
        event,
        rounds=2,
        pins={},
        pins_in={draw(st.integers(1, 2)): pins},
        organisation_max=draw(st.sampled_from([None, None, 1])),
        themes_again=draw(st.booleans()),
    )


def seatings(event: Event) -> list[tuple[dict[str, str], dict[str, str]]]:
    """Every pair of rounds that keeps the hard rules, by trying all."""
    ids = [person.id for person in event.people]
    rooms = [room.id for room in event.rooms]
    kept: list[list[dict[str, str]]] = [[], []]
    for places in product(rooms, repeat=len(ids)):
        seats = dict(zip(ids, places, strict=True))
        for turn in (1, 2):
            if not breaches(event, seats, turn=turn):
                kept[turn - 1].append(seats)
    return [pair for pair in product(*kept) if not breaches_over(event, pair)]


def tried(event: Event, *, policy: Policy | None = None, history: Meetings | None = None) -> Plan | NoSeating:
    try:
        return allocate(event, policy=policy or Policy(), history=history, seed=1, effort="quick")
    except NoSeating as error:
        return error


@settings(patient, max_examples=50)
@given(events_in_rounds(), st.sampled_from([None, 1, 2]))
def test_no_rule_is_broken_and_no_bound_lies_above_the_best(event: Event, guard: int | None) -> None:
    """The bound, the rules and the floor against all seatings there are."""
    possible = seatings(event)
    policy = Policy(guard=guard)
    plan = tried(event, policy=policy)
    if isinstance(plan, NoSeating):
        demands = {conflict.demand for conflict in plan.conflicts}
        # One round after the other may run aground where a better first round exists; then it says so.
        assert not possible or demands <= {Demand.THEMES_AGAIN}, plan
        return
    check_plan(event, plan)
    assert not breaches_over(event, [plan.rooms_of(1), plan.rooms_of(2)])
    loose = Policy(guard=None)
    scores = [plan_from_seats(event, pair, policy=loose).score for pair in possible]
    free = tried(event, policy=loose)
    if isinstance(free, Plan):
        assert free.bound <= min(scores) <= free.score
    assert plan.bound <= plan.score


@settings(patient, max_examples=30)
@given(events_in_rounds(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_means_nothing(event: Event, random: object) -> None:
    other = replace(event, people=event.people[::-1], rooms=event.rooms[::-1], apart=event.apart[::-1])
    assert other.fingerprint == event.fingerprint
    assert said(tried(event)) == said(tried(other))


def test_nobody_sits_twice_at_a_theme_and_a_bad_round_is_made_up_for() -> None:
    event = replace(gathering(people=80), rounds=3)
    plan = allocate(event, seed=1, effort="quick")
    themes = {room.id: room.theme for room in event.rooms}
    fixed = {"p000"}
    for person in event.people:
        sat = [themes[plan.rooms_of(turn)[person.id]] for turn in (1, 2, 3)]
        assert len(set(sat)) == 3 or person.id in fixed
    # Each round by itself, with nothing carried over, leaves more people with one bad round after the other.
    alone = []
    for turn in range(3):
        one = replace(event, rounds=1, pins={})
        rooms = allocate(one, policy=Policy(guard=1), seed=turn, effort="quick").rooms_of()
        alone.append({who: (themes[room]) for who, room in rooms.items()})
    assert sum(len({where[who] for where in alone}) < 3 for who in alone[0]) > 20
    assert max(burden.steps for burden in plan.burdens) <= 20
    assert plan.rounds == 3


def test_who_had_a_third_choice_is_first_in_line() -> None:
    """Two themes with one chair each that all want, and room for everybody at a third: the floor takes turns."""
    people = tuple(Person(name, ("a", "b", "c")) for name in ("p", "q"))
    rooms = (Room("ra", "A", "a", 1, 1), Room("rc", "C", "c", 0, 2), Room("rb", "B", "b", 0, 1))
    plan = allocate(Event(people, rooms, rounds=2), seed=1)
    ranks = {who: sorted(seat.rank or 9 for seat in plan.seats if seat.person == who) for who in ("p", "q")}
    assert ranks == {"p": [1, 2], "q": [1, 2]}
    assert [(burden.steps, burden.people) for burden in plan.burdens] == [(0, 2)]


@pytest.mark.parametrize(
    ("people", "tables", "rounds", "repeats"),
    [
        (9, 3, 4, 0),  # the affine plane of order three: everybody meets everybody once
        (8, 2, 2, 4),  # two tables of four: half of each table met before
        (12, 3, 2, 3),
        (40, 5, 3, 45),  # eight from five tables: three repeats a table, for each of three pairs of rounds
    ],
)
def test_meetings_repeat_no_more_than_pigeonholes_demand(
    people: int, tables: int, rounds: int, repeats: int
) -> None:
    """Social golfers: the bound is reached, so the plan is proven best."""
    size = people // tables
    event = Event(
        tuple(Person(f"p{number:02}") for number in range(people)),
        tuple(Room(f"t{number}", f"Tafel {number}", "praten", size, size) for number in range(tables)),
        rounds=rounds,
        themes_again=True,
    )
    plan = allocate(event, seed=1)
    again = {term.name: term.amount for term in plan.terms}["repeat"]
    assert again == repeats
    assert plan.proven
    met = plan.meetings()
    assert sum(often * (often - 1) // 2 for often in met.counts.values()) == repeats


def test_people_who_met_at_an_earlier_gathering_meet_others() -> None:
    event = gathering(people=70)
    before = allocate(event, seed=1, effort="quick")
    history = before.meetings()
    after = allocate(event, history=history, policy=Policy(repeat=20), seed=1, effort="quick")
    check_plan(event, after, history=history)
    pairs = set(history.counts)
    fresh = allocate(event, seed=1, effort="quick").meetings()
    assert len(pairs & set(after.meetings().counts)) < len(pairs & set(fresh.counts)) / 2
    with pytest.raises(BrokenPlan, match="eerdere ontmoetingen"):
        check_plan(event, after)


def test_meetings_add_up_in_any_order() -> None:
    one = Meetings.in_rooms([["a", "b", "c"], ["d"]])
    other = Meetings({("b", "a"): 2})
    assert (one + other).counts == {("a", "b"): 3, ("a", "c"): 1, ("b", "c"): 1}
    assert (one + other).fingerprint == (other + one).fingerprint
    with pytest.raises(BadInput):
        Meetings({("a", "a"): 1})


def test_a_forged_round_is_seen() -> None:
    event = replace(gathering(people=70), rounds=2)
    plan = allocate(event, seed=2, effort="quick")
    assert Plan.from_json(plan.as_json()) == plan
    first = [seat for seat in plan.seats if seat.round == 1]
    same_again = tuple(first) + tuple(replace(seat, round=2) for seat in first)
    for wrong, what in [
        (replace(plan, seats=same_again), "thema"),
        (replace(plan, bound=plan.score + 1), "ondergrens"),
        (replace(plan, burdens=plan.burdens[1:]), "beste keuzes"),
        (replace(plan, floor=replace(plan.floor, limits=(-1, *plan.floor.limits[1:]))), "vloer"),
        (replace(plan, seats=plan.seats[:-1]), "plek"),
    ]:
        with pytest.raises(BrokenPlan, match=what):
            check_plan(event, wrong)


def test_no_room_holds_more_of_one_organisation_than_may_be() -> None:
    event = replace(gathering(), organisation_max=2)
    plan = allocate(event, seed=1, effort="quick")
    organisation = {person.id: person.organisation for person in event.people}
    crowds = Counter((seat.room, organisation[seat.person]) for seat in plan.seats)
    assert max(crowds.values()) == 2
    # Without the rule, some room would hold more: the rule is what does it.
    free = allocate(
        replace(event, organisation_max=None), policy=Policy(organisation=0), seed=1, effort="quick"
    )
    assert max(Counter((s.room, organisation[s.person]) for s in free.seats).values()) > 2
    broken = breaches(event, free.rooms_of())
    assert {breach.rule for breach in broken} == {Rule.ORGANISATION}


@pytest.mark.parametrize(
    ("event", "demand"),
    [
        (
            Event((Person("a"),), (Room("r", "R", "t", 0, 1),), rounds=2),
            Demand.THEMES,
        ),
        (
            Event(
                tuple(Person(name, organisation="X") for name in "abc"),
                (Room("r", "R", "t", 0, 3),),
                organisation_max=2,
            ),
            Demand.ORGANISATION,
        ),
        (
            Event(
                (*(Person(name, organisation="X") for name in "ab"), Person("c")),
                (Room("r", "R", "t", 0, 3), Room("s", "S", "u", 0, 3, features=frozenset({"x"}))),
                organisation_max=1,
                together=(("a", "b"),),
            ),
            Demand.CROWDS,
        ),
    ],
)
def test_rounds_and_caps_that_cannot_be_are_named(event: Event, demand: Demand) -> None:
    with pytest.raises(NoSeating) as refused:
        allocate(event, seed=1, effort="quick")
    assert refused.value.conflicts[0].demand is demand
    assert "{" not in refused.value.told("nl") + refused.value.told("en")


def test_pairs_and_groups_hold_in_every_round() -> None:
    event = replace(gathering(people=70), rounds=2)
    plan = allocate(event, seed=3, effort="quick")
    for turn in (1, 2):
        seats = plan.rooms_of(turn)
        assert all(seats[one] != seats[other] for one, other in event.apart)
        assert all(seats[a] == seats[b] for group in event.together for a, b in combinations(group, 2))
