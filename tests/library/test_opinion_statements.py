"""What unites, divides and is typical: with intervals that cover, and nothing typical where there is nothing."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opinion_samples import from_cells
from opinion_shapes import groups, noisy, pattern, spectrum, with_values

from weerklank.opinion import Answer, BridgeMethod, Honesty, Votes, analyse
from weerklank.opinion.bridging import bridges_over_groups
from weerklank.opinion.classes import memberships_by_others
from weerklank.opinion.counting import as_answers, figures_of
from weerklank.opinion.grouping import base_shares, classes_in, groups_of
from weerklank.opinion.intervals import difference_interval, difference_p, share_interval, with_fewest_false
from weerklank.opinion.misplaced import between_parts
from weerklank.opinion.simulating import two_or_more_groups

OFF = Honesty.OFF


def test_shares_are_counted_over_who_saw_the_statement() -> None:
    cells = [(i, "x", 1) for i in range(6)] + [(i, "x", -1) for i in range(6, 8)] + [(8, "x", 0), (9, "y", 1)]
    figures = analyse(from_cells(cells), honesty=OFF).statements[0]
    assert (figures.statement, figures.seen) == ("x", 9)
    assert [one.count for one in (figures.agree, figures.disagree, figures.passed)] == [6, 2, 1]
    assert figures.agree.value == pytest.approx(6 / 9)
    assert 0 < figures.passed.low < 1 / 9 < figures.passed.high < 0.5


@pytest.mark.parametrize("total", [8, 30, 200])
def test_intervals_of_a_share_cover_it(total: int) -> None:
    rng = np.random.default_rng(total)
    share = rng.uniform(0.03, 0.97, size=40_000)
    low, high = share_interval(rng.binomial(total, share), np.full(len(share), total), 0.95)
    assert 0.93 <= ((low <= share) & (share <= high)).mean() <= 0.97


@pytest.mark.parametrize(("first", "second"), [(10, 60), (40, 40), (30, 400)])
def test_intervals_of_a_difference_cover_it(first: int, second: int) -> None:
    rng = np.random.default_rng(first)
    one, two = rng.uniform(0.05, 0.95, size=(2, 20_000))
    low, high = difference_interval(
        rng.binomial(first, one),
        np.full(len(one), first),
        rng.binomial(second, two),
        np.full(len(one), second),
        0.95,
    )
    assert 0.93 <= ((low <= one - two) & (one - two <= high)).mean() <= 0.97


@settings(deadline=None)
@given(st.data())
def test_intervals_hold_what_was_counted_and_turn_round_with_it(data: st.DataObject) -> None:
    total, rest = (data.draw(st.integers(1, 5000)) for _ in range(2))
    counts = [np.array([data.draw(st.integers(0, most))]) for most in (total, rest)]
    level = data.draw(st.floats(0.5, 0.99))
    low, high = share_interval(counts[0], np.array([total]), level)
    assert 0 <= low[0] <= counts[0][0] / total <= high[0] <= 1
    sizes = np.array([total]), np.array([rest])
    low, high = difference_interval(counts[0], sizes[0], counts[1], sizes[1], level)
    assert low[0] <= counts[0][0] / total - counts[1][0] / rest <= high[0]
    other_low, other_high = difference_interval(counts[1], sizes[1], counts[0], sizes[0], level)
    assert (other_low[0], other_high[0]) == pytest.approx((-high[0], -low[0]))


def test_a_test_on_chance_alone_is_significant_as_often_as_it_says() -> None:
    rng = np.random.default_rng(3)
    share = rng.uniform(0.05, 0.95, size=40_000)
    total, rest = np.full(len(share), 25), np.full(len(share), 80)
    p = difference_p(rng.binomial(25, share), total, rng.binomial(80, share), rest)
    assert (p <= 0.05).mean() <= 0.055
    assert (p <= 0.01).mean() <= 0.012
    assert difference_p(np.array([1]), np.array([1]), np.array([0]), np.array([0]))[0] == 1


def test_q_values_are_those_of_benjamini_and_hochberg() -> None:
    p = np.array([[0.01, 0.04], [0.03, 0.5]])
    assert with_fewest_false(p) == pytest.approx(np.array([[0.04, 0.16 / 3], [0.16 / 3, 0.5]]))


def test_nothing_is_typical_of_groups_cut_from_noise() -> None:
    called, statements = 0, 0
    for seed in range(6):
        votes = noisy(120, 40, seed=seed).votes
        parts = groups_of(votes, k=2 + seed % 2, level=0.95, seed=seed, min_votes=7)
        called += int((parts.q <= 0.1).any(axis=(0, 2)).sum())
        statements += len(votes.statements)
    assert called <= 0.01 * statements


def test_what_is_typical_of_a_group_is_what_was_put_there() -> None:
    base = pattern(160, 40)
    made = two_or_more_groups(base, (0.6, 0.4), np.random.default_rng(1), apart=1.5)
    same = base.columns >= 20  # on the later half of the statements the groups do not differ
    votes = with_values(base, np.where(same, base.values, made.votes.values))
    parts = groups_of(votes, k=2, level=0.95, seed=0, min_votes=7)
    typical = [one for group in (0, 1) for one in parts.representative(group)]
    found = {one.index for one in typical}
    assert len([index for index in found if index < 20]) >= 12
    assert len([index for index in found if index >= 20]) <= 2
    for one in typical:
        assert one.answer in (Answer.AGREE, Answer.DISAGREE)
        assert one.difference.value >= one.inside.value - one.outside.value > 0
        assert 0 < one.difference.low < one.difference.value <= one.difference.high
    divisive = parts.divisive()
    assert divisive
    assert {one.index for one in divisive[:8]} <= set(range(20))


@pytest.mark.parametrize("right", [(0.95, 0.9), (0.85, 0.7, 0.9)], ids=["two", "three"])
def test_people_in_the_wrong_group_do_not_hide_a_difference(right: tuple[float, ...]) -> None:
    """Counted among people of whom some are misplaced, the interval holds the difference of the groups themselves."""
    rng = np.random.default_rng(len(right))
    k, statements, seen = len(right), 4000, 40
    table = np.array(
        [[one if part == row else (1 - one) / (k - 1) for part in range(k)] for row, one in enumerate(right)]
    )
    share = rng.dirichlet((1.5, 1.5, 1.0), size=(k, statements))
    mixed = np.einsum("st,tmv->smv", table, share)
    counts = rng.multinomial(seen, mixed)
    inside = np.concatenate([counts, counts.sum(axis=2, keepdims=True)], axis=2)
    found, naive = (between_parts(inside, one, level=0.95) for one in (table, np.eye(k)))
    for part in range(k):
        rest = table.sum(axis=0).copy()
        rest[part] = 0
        true = share[part] - np.einsum("t,tmv->mv", rest / rest.sum(), share)
        held = (found.low[part] <= true[:, :2]) & (true[:, :2] <= found.high[part])
        assert 0.93 <= held.mean() <= 0.97
        assert (
            (naive.low[part] <= true[:, :2]) & (true[:, :2] <= naive.high[part])
        ).mean() < held.mean() - 0.01


def test_groups_that_are_certain_are_compared_as_they_were_counted() -> None:
    inside = np.array([[[12, 5, 3, 20], [0, 4, 1, 5]], [[7, 20, 3, 30], [0, 0, 0, 0]]])
    found = between_parts(inside, np.eye(2), level=0.95)
    low, high = difference_interval(
        inside[0, :, :2], inside[0, :, 3:], inside[1, :, :2], inside[1, :, 3:], 0.95
    )
    assert found.low[0] == pytest.approx(low)
    assert found.high[0] == pytest.approx(high)
    assert found.difference[0, 0, 0] == pytest.approx(12 / 20 - 7 / 30)
    assert found.low[1] == pytest.approx(-high)
    nobody_knows = between_parts(inside, np.full((2, 2), 0.5), level=0.95)
    assert np.all(nobody_knows.low == -1)
    assert np.all(nobody_knows.high == 1)


def test_the_chance_of_a_group_is_as_large_as_it_says() -> None:
    """Judged by the others, people are as often where they were put as their chances say; judged with
    themselves among them they seem surer.
    """
    said_in_sample, said_by_others, right = [], [], []
    for seed in range(4):
        made = groups(150, 18, (0.5, 0.5), seed=seed, apart=0.9)
        ordered = made.votes.canonical()
        votes, group = ordered.votes, made.group[ordered.participants]
        fit = classes_in(votes, 2, np.random.default_rng(seed))
        chance = memberships_by_others(votes, fit, base_shares(votes.tally))
        label = chance.argmax(axis=1)
        right.append(max((label == group).mean(), (label != group).mean()))
        said_by_others.append(chance.max(axis=1).mean())
        said_in_sample.append(fit.weights.max(axis=1).mean())
    assert np.mean(said_by_others) == pytest.approx(np.mean(right), abs=0.03)
    assert np.mean(said_in_sample) > np.mean(said_by_others)


def test_a_cut_is_called_a_cut() -> None:
    opinion = analyse(spectrum(150, 40).votes, honesty=OFF)
    parts = opinion.segments(3)
    assert parts.cut
    counts = [size.count for size in parts.sizes]
    assert max(counts) - min(counts) <= 1
    assert parts.representative(0)
    assert parts.representative(2)
    assert opinion.map is not None
    assert opinion.map.position[parts.label == 0, 0].max() <= opinion.map.position[parts.label == 2, 0].min()


def _with_two_extra() -> Votes:
    """A spectrum, a statement six people saw and agreed with, and one that nearly everybody agrees with."""
    made = spectrum(120, 20, seed=2).votes
    cells = [(int(r), int(c), int(v)) for r, c, v in zip(made.rows, made.columns, made.values, strict=True)]
    cells += [(person, "six", 1) for person in range(6)]
    cells += [(person, "all", 1 if person % 12 else -1) for person in range(110)]
    return from_cells(cells)


def test_a_statement_that_six_people_saw_does_not_win() -> None:
    opinion = analyse(_with_two_extra(), honesty=OFF)
    bridges = opinion.bridging()
    assert {one.method for one in bridges} == {BridgeMethod.MAP}
    assert bridges[0].statement == "all"
    order = [one.statement for one in bridges]
    assert order.index("all") < order.index("six")
    assert all(one.agreement.low >= other.agreement.low for one, other in pairwise(bridges))
    assert "all" not in [one.statement for one in opinion.divisive()]


def test_the_group_informed_consensus_is_the_published_product() -> None:
    votes = groups(150, 30, (0.5, 0.5)).votes
    parts = groups_of(votes, k=2, level=0.95, seed=0, min_votes=7)
    statements = figures_of(votes.statements, as_answers(votes.tally), level=0.95)
    for bridge in bridges_over_groups(statements, parts, level=0.95, seed=0):
        expected = 1.0
        for group in (0, 1):
            cast = parts.label[votes.rows] == group
            here = votes.values[cast & (votes.columns == bridge.index)]
            expected *= ((here == 1).sum() + 1) / (len(here) + 2)
        assert bridge.product is not None
        assert bridge.product.value == pytest.approx(expected)
        assert bridge.product.low < expected < bridge.product.high


def test_what_divides_a_spectrum_is_what_runs_along_it() -> None:
    rng = np.random.default_rng(6)
    votes = pattern(150, 30)
    place = rng.normal(size=150)
    slope = np.where(np.arange(30) < 15, 2.0, 0.0)
    heard = slope[votes.columns] * place[votes.rows] + rng.normal(0, 1, votes.n_votes)
    opinion = analyse(with_values(votes, np.where(heard > 0, 1, -1)), honesty=OFF)
    found = {one.index for one in opinion.divisive()}
    assert set(range(15)) <= found
    assert len(found) <= 17
    best = opinion.divisive()[0]
    assert best.difference.value == pytest.approx(abs(best.shares[0] - best.shares[1]))
