"""Odd votes: a named error or a sober result, never a traceback and never a group."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from opinion_samples import from_cells
from opinion_shapes import pattern, spectrum, with_values

from weerklank.errors import BadInput
from weerklank.opinion import BridgeMethod, Honesty, VerdictKind, Votes, analyse, routing

PATTERN = pattern(60, 12)


def _alike(value: int) -> Votes:
    return with_values(PATTERN, np.full(PATTERN.n_votes, value))


def _everybody_the_same() -> Votes:
    """Statements differ, people do not."""
    return with_values(PATTERN, PATTERN.columns.astype(np.int64) % 3 - 1)


def _doubled() -> Votes:
    """Every statement stands there twice."""
    made = spectrum(60, 12).votes
    cells = [
        (int(row), copy, int(value))
        for row, column, value in zip(made.rows, made.columns, made.values, strict=True)
        for copy in (int(column), int(column) + 100)
    ]
    return from_cells(cells)


def _one_against_the_rest() -> Votes:
    values = np.ones(PATTERN.n_votes)
    values[PATTERN.rows == 0] = -1
    return with_values(PATTERN, values)


ODD: dict[str, Callable[[], Votes]] = {
    "one vote": lambda: from_cells([("a", "x", 1)]),
    "one person": lambda: from_cells([("a", j, 1 - j % 3) for j in range(20)]),
    "one statement": lambda: from_cells([(i, "x", 1 - i % 3) for i in range(80)]),
    "two statements": lambda: from_cells([(i, j, (i + j) % 3 - 1) for i in range(80) for j in range(2)]),
    "everybody agrees with all": lambda: _alike(1),
    "everybody passes on all": lambda: _alike(0),
    "everybody says the same": _everybody_the_same,
    "one against the rest": _one_against_the_rest,
    "every statement twice": _doubled,
    "two camps that are each other's mirror": lambda: from_cells(
        [(i, j, 1 if (i + j) % 2 else -1) for i in range(12) for j in range(6)]
    ),
    "nobody saw the same": lambda: from_cells([(i, i, 1 - i % 3) for i in range(60)]),
    "three people": lambda: from_cells([(i, j, (i * j) % 3 - 1) for i in range(3) for j in range(9)]),
    "people and statements without votes": lambda: Votes(
        (*PATTERN.participants, "silent"),
        (*PATTERN.statements, "unseen"),
        np.append(PATTERN.starts, PATTERN.starts[-1]),
        PATTERN.columns,
        PATTERN.values,
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_votes_give_a_sober_result(name: str) -> None:
    votes = ODD[name]()
    opinion = analyse(votes, honesty=Honesty.QUICK)
    assert opinion.verdict.kind is not VerdictKind.GROUPS
    assert opinion.groups is None
    assert opinion.verdict.sentence("nl")
    assert len(opinion.statements) == len(votes.statements)
    bridges = opinion.bridging()
    assert {bridge.index for bridge in bridges} == set(np.flatnonzero(votes.seen > 0).tolist())
    for bridge in bridges:
        assert 0 <= bridge.agreement.low <= bridge.agreement.value <= bridge.agreement.high <= 1
    for divider in opinion.divisive():
        assert 0 <= divider.difference.low <= divider.difference.value
    if opinion.map is not None:
        assert np.isfinite(opinion.map.position).all()
        assert (np.linalg.eigvalsh(opinion.map.covariance.astype(float)) > 0).all()
    route = routing(opinion, votes.participants[0])
    assert route.statement is None or route.statement in votes.statements


def test_nobody_voted_is_a_named_error() -> None:
    with pytest.raises(BadInput, match="nog niet gestemd"):
        analyse(from_cells([]))


@pytest.mark.parametrize(
    "wrong", [{"level": 1.0}, {"level": 0.0}, {"max_groups": 2}, {"max_groups": 40}, {"min_votes": 0}]
)
def test_settings_that_make_no_sense_are_named_errors(wrong: dict[str, int]) -> None:
    with pytest.raises(BadInput):
        analyse(PATTERN, **wrong)  # type: ignore[arg-type]


def test_few_people_are_not_divided_at_all() -> None:
    opinion = analyse(pattern(49, 20), honesty=Honesty.QUICK)
    assert opinion.divisive() == ()
    assert {bridge.method for bridge in opinion.bridging()} == {BridgeMethod.EVERYBODY}
    with pytest.raises(BadInput, match="te weinig mensen"):
        opinion.segments(2)


def test_more_segments_than_people_leave_some_empty() -> None:
    opinion = analyse(spectrum(60, 20).votes, honesty=Honesty.OFF)
    parts = opinion.segments(100)
    assert parts.k == 100
    assert sum(size.count for size in parts.sizes) == int((parts.label >= 0).sum())
    with pytest.raises(BadInput, match="twee delen"):
        opinion.segments(1)


def test_doubled_statements_lie_on_top_of_each_other() -> None:
    votes = _doubled()
    opinion = analyse(votes, honesty=Honesty.OFF)
    assert opinion.map is not None
    place = {one: column for column, one in enumerate(votes.statements)}
    first = [place[j] for j in range(12)]
    second = [place[j + 100] for j in range(12)]
    assert np.allclose(opinion.map.vectors[first], opinion.map.vectors[second], atol=1e-6)
