"""What a change of seats would bring: right to the point, and silent about others' needs and relations (W6)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from library.allocation_events import gathering, small_events
from weerklank.allocation import (
    BrokenPlan,
    Event,
    Person,
    Policy,
    Room,
    Rule,
    allocate,
    breaches,
    explain_room,
    plan_from_seats,
    swap_options,
    weigh,
    what_if,
)

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
POLICY = Policy(guard=None, role=3)


@settings(patient, max_examples=150)
@given(small_events(), st.data())
def test_the_price_is_the_difference_between_the_two_plans(event: Event, data: st.DataObject) -> None:
    assume(event.people)
    rooms = st.sampled_from([room.id for room in event.rooms])
    before = {one.id: data.draw(rooms) for one in event.people}
    moves = {
        who: data.draw(rooms)
        for who in data.draw(st.lists(st.sampled_from(sorted(before)), unique=True, min_size=1, max_size=3))
    }
    effect = weigh(event, before, moves, policy=POLICY)
    after = {**before, **moves}
    assert [step.to for step in effect.steps] == [moves[who] for who in sorted(moves)]
    try:
        was, becomes = (plan_from_seats(event, seats, policy=POLICY) for seats in (before, after))
    except BrokenPlan:
        if not breaches(event, before):
            assert {breach.rule for breach in effect.broken} == {
                breach.rule for breach in breaches(event, after)
            }
        return
    assert effect.allowed
    assert effect.score == becomes.score - was.score
    terms = {term.name: term.amount for term in becomes.terms}
    for term in was.terms:
        if term.name != "wish":
            by = sum(change.by for change in effect.changes if change.name == term.name)
            assert by == terms[term.name] - term.amount


@pytest.mark.slow
@settings(patient, max_examples=150)
@given(small_events(), small_events(), st.data())
def test_my_own_price_tells_nothing_of_others(event: Event, other: Event, data: st.DataObject) -> None:
    """Other needs, languages, rules about others: at most the general sentence about a rule comes or goes."""
    assume(event.people)
    rooms = st.sampled_from([room.id for room in event.rooms])
    seats = {one.id: data.draw(rooms) for one in event.people}
    asking, to = data.draw(st.sampled_from(event.people)), data.draw(rooms)
    secrets = {one.id: one for one in other.people}
    changed = Event(
        tuple(
            replace(one, needs=secrets[one.id].needs, languages=secrets[one.id].languages)
            if one.id in secrets and one.id != asking.id
            else one
            for one in event.people
        ),
        event.rooms,
        pins={who: room for who, room in event.pins.items() if who == asking.id},
    )
    for language, general in (("nl", "Een regel van de organisator"), ("en", "A rule set by the organiser")):
        first, second = (
            what_if(each, seats, asking.id, to).own_text(asking.id, language) for each in (event, changed)
        )
        if first != second:
            assert general in first
            assert first.split(". ")[0] == second.split(". ")[0]
        for text in (first, second):
            assert not any(one.id in text for one in event.people if one.id != asking.id)


def test_swaps_keep_every_rule_and_the_best_comes_first() -> None:
    event = gathering()
    plan = allocate(event, seed=1, effort="quick")
    unlucky = next(seat.person for seat in plan.seats if seat.rank != 1)
    swaps = swap_options(event, plan, unlucky, most=8)
    assert len(swaps) == 8
    assert [swap.score for swap in swaps] == sorted(swap.score for swap in swaps)
    for swap in swaps:
        after = {**plan.rooms_of(), **{step.person: step.to for step in swap.steps}}
        assert breaches(event, after) == ()
        assert plan_from_seats(event, after).score - plan.score == swap.score
    text = swaps[0].text(names={step.person: f"Mens {step.person}" for step in swaps[0].steps})
    assert f"Mens {unlucky}: " in text
    assert not any("p000" in {step.person for step in swap.steps} for swap in swaps), "pinned people stay"


def test_the_price_in_words_that_a_facilitator_counts() -> None:
    rooms = (Room("n", "Noord", "digitaal", 0, 3), Room("z", "Zuid", "burgers", 0, 3))
    people = (
        Person("an", ("digitaal", "burgers"), organisation="A"),
        Person("bo", ("burgers",), organisation="A"),
        Person("ci", ("burgers",), organisation="B"),
    )
    event = Event(people, rooms)
    seats = {"an": "z", "bo": "n", "ci": "z"}
    assert what_if(event, seats, "an", "n").text(names={"an": "An"}) == (
        "An: was tweede keuze, wordt eerste keuze. Verder: 1 paar collega's meer bij elkaar."
    )
    full = replace(event, rooms=(replace(rooms[0], max=1), rooms[1]))
    effect = what_if(full, seats, "an", "n")
    assert [breach.rule for breach in effect.broken] == [Rule.LARGE]
    assert effect.own_text("an") == "Voor jou zou het worden: eerste keuze. Die kamer zit vol."
    apart = replace(event, apart=(("an", "bo"),))
    own = what_if(apart, seats, "an", "n").own_text("an")
    assert own == "Voor jou zou het worden: eerste keuze. Een regel van de organisator staat het niet toe."


def test_a_room_explains_itself_in_counts() -> None:
    event = gathering()
    plan = allocate(event, seed=1, effort="quick")
    about = explain_room(event, plan, "z3")
    assert about.people == len(plan.people_in("z3")) == sum(about.ranks) + about.unwished + about.no_wish
    assert about.asked == sum(one.wishes[0] == "politiek" for one in event.people)
    assert about.text(titles={"politiek": "Politiek"}).startswith("In Zaal 4 (Politiek) zitten ")
    assert "{" not in about.text("en")
