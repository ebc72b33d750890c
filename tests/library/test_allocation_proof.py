"""How good a plan is, and who says so: proven optima, bounds that hold, the same seats with or without a solver."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.allocation_events import feasible_events, gathering
from library.allocation_instances import PROVEN, WEIGHED, instance
from library.test_allocation import patient, seatings
from weerklank.allocation import Event, Person, Policy, Room, allocate, check_plan, plan_from_seats, prove
from weerklank.allocation.board import lay_out
from weerklank.allocation.bounds import lower_bound
from weerklank.allocation.wording import policy_in_words, unit_in_words
from weerklank.errors import BadInput


@pytest.mark.slow
@settings(patient, max_examples=40)
@given(feasible_events(most=5), st.sampled_from([None, 1, 2]), st.integers(0, 6))
def test_no_seating_is_better_than_the_bound(event: Event, guard: int | None, heavy: int) -> None:
    """Counting and linear programming, against all seatings; and the floor belongs to what the bound is about."""
    possible = seatings(event)
    policy = Policy(guard=guard, wish=heavy)
    board = lay_out(event, policy=replace(policy, guard=None), seed=0)
    loose = min(plan_from_seats(event, s, policy=replace(policy, guard=None)).score for s in possible)
    for tight in (False, True):
        assert lower_bound(board, None, tight=tight).value <= loose
    plan = allocate(event, policy=policy, seed=0, effort="quick")
    proven = prove(event, plan)
    check_plan(event, proven)
    assert proven.proven
    # Whoever keeps the floor of the plan scores no better than what is proven.
    within = [made for s in possible if _keeps((made := plan_from_seats(event, s, policy=policy)), plan)]
    assert min(made.score for made in within) == proven.score


def _keeps(made: object, plan: object) -> bool:
    return all(
        sum(burden.people for burden in made.burdens if burden.steps >= steps) <= most  # type: ignore[attr-defined]
        for steps, most in zip(plan.floor.steps, plan.floor.limits, strict=True)  # type: ignore[attr-defined]
    )


@pytest.mark.parametrize(
    "name",
    [
        "105x10_s1",
        pytest.param("105x10_s2", marks=pytest.mark.slow),
        pytest.param("105x10_s3", marks=pytest.mark.slow),
    ],
)
def test_the_search_alone_comes_to_the_proven_optimum(name: str) -> None:
    """Optima from two exact solvers; the bound of the plan itself proves it again."""
    plans = (allocate(instance(name), policy=WEIGHED, seed=seed) for seed in (1, 2, 3))
    best = next(plan for plan in plans if plan.proven)
    assert best.score == best.bound == PROVEN[name]
    assert best.audit.engine == "annealing"


@pytest.mark.slow
def test_an_exact_solver_proves_what_a_quick_search_missed() -> None:
    event = instance("200x20_s1")
    plan = allocate(event, policy=WEIGHED, seed=1, effort="quick")
    assert plan.score > PROVEN["200x20_s1"] > plan.bound
    proven = prove(event, plan)
    check_plan(event, proven)
    assert (proven.score, proven.gap) == (PROVEN["200x20_s1"], 0)
    assert proven.audit.engine == proven.audit.bound_by == "integer programming"
    with pytest.raises(BadInput, match="één ronde"):
        prove(replace(event, rounds=2), plan)


@pytest.mark.slow
def test_the_seats_do_not_depend_on_what_is_installed() -> None:
    """Without the exact extra the bound is looser and says so; every seat is the same."""
    script = (
        "import sys; sys.modules['scipy'] = sys.modules['scipy.optimize'] = None\n"
        "from library.allocation_events import gathering; from weerklank.allocation.allocating import allocate\n"
        "plan = allocate(gathering(people=70), seed=5); print(plan.audit.bound_by, plan.bound, plan.seats)"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True)
    plan = allocate(gathering(people=70), seed=5)
    by, value, seats = ran.stdout.rstrip("\n").split(" ", 2)
    assert seats == str(plan.seats)
    assert by == "counting"
    assert 0 < int(value) < plan.bound
    assert plan.audit.bound_by == "linear programming"


@pytest.mark.slow
def test_a_seat_for_thousands_keeps_every_rule() -> None:
    """Above 200,000 people × rooms the first seating is made at once; minima, pairs and needs hold all the same."""
    themes = [f"t{number}" for number in range(20)]
    people = tuple(
        Person(
            f"p{number:04}",
            tuple(themes[(number // 3 + step) % 20] for step in (0, 1 + number % 3, 9))
            if number % 20
            else (),
            organisation=f"o{number % 300}",
            needs=frozenset({"step-free"}) if number % 25 == 0 else frozenset(),
        )
        for number in range(1400)
    )
    rooms = tuple(
        Room(f"r{n:03}", f"R{n}", themes[n % 20], 8, 11, features=frozenset({"step-free"} if n % 3 else ()))
        for n in range(150)
    )
    apart = tuple((f"p{n:04}", f"p{n + 300:04}") for n in range(0, 600, 30))
    event = Event(people, rooms, apart=apart, together=(("p0001", "p0002", "p0003"),))
    plan = allocate(event, seed=1, effort="quick")
    check_plan(event, plan)
    assert plan.choices.unwished < 30


def test_words_for_who_sets_the_weights() -> None:
    for language in ("nl", "en"):
        words = policy_in_words(language)
        assert set(words) == set(Policy.__dataclass_fields__)
        assert all(words.values())
        plan = allocate(gathering(people=70), seed=1, effort="quick")
        assert all(unit_in_words(term.name, language) for term in plan.terms)
