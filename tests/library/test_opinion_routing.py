"""The next statement: never one already seen, each with a chance, the same for whoever recomputes it."""

from __future__ import annotations

import numpy as np
import pytest
from opinion_samples import from_cells
from opinion_shapes import spectrum

from weerklank.opinion import Honesty, Opinion, Votes, analyse, routing

VOTES = spectrum(80, 25).votes


@pytest.mark.parametrize("votes", [VOTES, analyse(VOTES, honesty=Honesty.OFF)], ids=["votes", "opinion"])
def test_only_what_was_not_seen_each_with_a_chance(votes: Votes | Opinion) -> None:
    for person in range(0, 80, 7):
        seen = {VOTES.statements[j] for j in VOTES.columns[VOTES.starts[person] : VOTES.starts[person + 1]]}
        route = routing(votes, person)
        assert set(route.probabilities) == set(VOTES.statements) - seen
        if route.probabilities:
            assert route.statement in route.probabilities
            assert sum(route.probabilities.values()) == pytest.approx(1)
            assert min(route.probabilities.values()) > 0


def test_the_same_for_whoever_recomputes_it_and_another_for_somebody_else() -> None:
    first = [routing(VOTES, f"new {one}", seed=1).statement for one in range(40)]
    assert first == [routing(VOTES, f"new {one}", seed=1).statement for one in range(40)]
    assert len(set(first)) > 5
    assert first != [routing(VOTES, f"new {one}", seed=2).statement for one in range(40)]


def test_statements_are_drawn_as_often_as_their_chance_says() -> None:
    route = routing(VOTES, "new")
    drawn = [routing(VOTES, "new", seed=seed).statement for seed in range(2000)]
    for statement, chance in route.probabilities.items():
        assert drawn.count(statement) / 2000 == pytest.approx(chance, abs=4 * np.sqrt(chance / 2000))


def test_who_has_seen_everything_is_done() -> None:
    votes = from_cells([("a", j, 1) for j in range(4)])
    route = routing(votes, "a")
    assert route.statement is None
    assert route.probabilities == {}


def test_what_few_have_seen_comes_sooner_whatever_they_thought_of_it() -> None:
    cells = [(i, "often", 1 if i % 2 else -1) for i in range(40)]
    liked = from_cells([*cells, (0, "new", 1)])
    disliked = from_cells([*cells, (0, "new", -1)])
    chance, other = (routing(votes, "x").probabilities["new"] for votes in (liked, disliked))
    assert chance > 0.7
    assert chance == pytest.approx(other)


def test_with_a_map_the_telling_statement_comes_sooner() -> None:
    opinion = analyse(VOTES, honesty=Honesty.OFF)
    assert opinion.map is not None
    plain, told = routing(VOTES, "new").probabilities, routing(opinion, "new").probabilities
    length = np.linalg.norm(opinion.map.vectors, axis=1)
    gain = [told[one] - plain[one] for one in VOTES.statements]
    assert np.corrcoef(length, gain)[0, 1] > 0.7
