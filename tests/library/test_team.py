"""Teams that complement themselves (P7, P13): as good as any, and silent about what one person is worth."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weerklank.allocation import Colleague, NoTeam, Shares, TeamPolicy, compose_team
from weerklank.allocation.team_board import TeamBoard, most_possible
from weerklank.allocation.team_search import searched
from weerklank.errors import BadInput


@st.composite
def shares(draw: st.DrawFn) -> Shares:
    """A mix of three."""
    one = draw(st.integers(0, 1000))
    other = draw(st.integers(0, 1000 - one))
    return Shares(one, other, 1000 - one - other)


@st.composite
def colleagues(draw: st.DrawFn, *, least: int = 3) -> list[Colleague]:
    """A few people with everything drawn."""
    return [
        Colleague(
            f"p{number}",
            draw(shares()),
            draw(st.sampled_from([None, "A", "B", "C"])),
            draw(st.sampled_from([None, "gemeente", "rijk"])),
        )
        for number in range(draw(st.integers(least, 8)))
    ]


def worth(team: tuple[Colleague, ...], profile: Shares, policy: TeamPolicy) -> int:
    """What a team is worth, straight from the description of the policy."""
    together = [sum(one.shares.all[role] for one in team) for role in range(3)]
    enough = [share * len(team) * 9 // 10 for share in profile.all]
    total = policy.cover * sum(min(there, most) for there, most in zip(together, enough, strict=True))
    for one, other in combinations(team, 2):
        gaps = [abs(mine - yours) for mine, yours in zip(one.shares.all, other.shares.all, strict=True)]
        total += policy.difference * (sum(gaps) // 2)
        total += policy.organisation * (one.organisation is None or one.organisation != other.organisation)
        total += policy.layer * (one.layer is None or one.layer != other.layer)
    return total


@settings(max_examples=40, deadline=None)
@given(colleagues(), st.data())
def test_no_team_is_better(people: list[Colleague], data: st.DataObject) -> None:
    k = data.draw(st.integers(2, len(people)))
    profile = data.draw(shares())
    weights = st.integers(0, 300)
    policy = TeamPolicy(*(data.draw(weights) for _ in range(4)))
    names = [one.id for one in people]
    must = data.draw(st.lists(st.sampled_from(names), max_size=1))
    pair = tuple(data.draw(st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True)))
    allowed = [
        team
        for team in combinations(people, k)
        if {*must} <= {one.id for one in team} and not {*pair} <= {one.id for one in team}
    ]
    if not allowed:
        with pytest.raises(NoTeam):
            compose_team(people, k, profile, policy, must=must, apart=[pair])
        return
    best = max(worth(team, profile, policy) for team in allowed)
    team = compose_team(people, k, profile, policy, must=must, apart=[pair])
    chosen = tuple(one for one in people if one.id in team.members)
    assert chosen in allowed
    assert worth(chosen, profile, policy) == team.score == best == team.bound
    assert team.proven
    # Without a solver: never above the best, and the plain bound never below it.
    ties = ((names.index(pair[0]), names.index(pair[1])),)
    board = TeamBoard(tuple(people), k, profile, policy, frozenset(names.index(name) for name in must), ties)
    found = searched(board, starts=3, stream=Random(1))
    assert most_possible(board) >= best
    assert found is not None
    assert board.allows(found)
    assert board.worth(found) <= best


@settings(max_examples=10, deadline=None)
@given(colleagues(least=5), st.randoms(use_true_random=False), st.integers(0, 3))
def test_order_of_people_means_nothing(people: list[Colleague], shuffle: Random, seed: int) -> None:
    other = list(people)
    shuffle.shuffle(other)
    assert compose_team(people, 3, seed=seed).as_json() == compose_team(other, 3, seed=seed).as_json()


def test_a_team_fills_in_what_whoever_asks_lacks() -> None:
    people = [
        Colleague("ik", Shares(900, 50, 50), "A", "rijk"),
        *(Colleague(f"b{n}", Shares(800, 100, 100), "A", "rijk") for n in range(4)),
        *(Colleague(f"o{n}", Shares(100, 800, 100), "B", "gemeente") for n in range(3)),
        *(Colleague(f"v{n}", Shares(100, 100, 800), "C", "provincie") for n in range(3)),
    ]
    team = compose_team(people, 5, must=["ik"])
    assert {name[0] for name in team.members if name != "ik"} == {"o", "v"}
    assert "Van de verbinder is er genoeg" in team.text()
    assert "Proven" in team.text("en")
    lacking = compose_team(people, 5, without=["v0", "v1", "v2"])
    assert "De verbinder ontbreekt bijna" in lacking.text()


def test_less_than_five_people_are_not_shown() -> None:
    people = [Colleague(f"p{n}", Shares(100 * n, 1000 - 100 * n, 0)) for n in range(6)]
    team = compose_team(people, 2)
    assert (team.covers, team.terms) == ((), ())
    assert "zou over iemand gaan" in team.text()
    assert "%" not in team.text()


@pytest.mark.parametrize(
    ("k", "rules", "says"),
    [
        (5, {}, "Er is geen team van 5: er zijn 4 mensen"),
        (2, {"must": ["a"], "without": ["a"]}, "tegelijk wel en niet"),
        (2, {"must": ["a", "b"], "apart": [("b", "a")]}, "moeten er allebei in"),
        (3, {"apart": [("a", "b"), ("c", "d")]}, "zonder twee mensen"),
    ],
)
def test_rules_that_leave_no_team_are_named(k: int, rules: dict[str, list[str]], says: str) -> None:
    people = [Colleague(name, Shares(500, 250, 250)) for name in "abcd"]
    with pytest.raises(NoTeam, match=says) as refused:
        compose_team(people, k, **rules)  # type: ignore[arg-type]
    assert refused.value.told("en") != str(refused.value)


def test_what_is_wrong_in_itself_says_so() -> None:
    with pytest.raises(BadInput, match="geen heel: 500 / 500 / 500"):
        Shares(500, 500, 500)
    people = [Colleague("a", Shares(500, 250, 250))] * 2
    with pytest.raises(BadInput, match="vaker dan één keer"):
        compose_team(people, 2)
    with pytest.raises(BadInput, match="De inspanning «hard» bestaat niet"):
        compose_team([people[0], Colleague("b", Shares(0, 0, 1000))], 2, effort="hard")
    with pytest.raises(BadInput, match="«x» staat niet in de lijst"):
        compose_team(people[:1], 2, must=["x"])
