"""The map: who stands where, how sure that is, and the same picture again when votes come in."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from opinion_shapes import groups, pattern, spectrum, with_values

from weerklank.opinion import Convention, Honesty, Opinion, OpinionMap, VerdictKind, Votes, analyse, update
from weerklank.opinion.axes import aligned, fit_trait, place
from weerklank.opinion.folds import places_without_fold
from weerklank.opinion.simulating import Simulated

OFF = Honesty.OFF


def _map(votes: Votes, **settings: object) -> OpinionMap:
    found = analyse(votes, honesty=OFF, **settings).map  # type: ignore[arg-type]
    assert found is not None
    return found


def _line(people: int, statements: int) -> tuple[Votes, np.ndarray]:
    """People on a line, votes with noise around it: the model of the map itself."""
    rng = np.random.default_rng(4)
    place = rng.normal(size=people)
    votes = pattern(people, statements)
    slope = rng.normal(0, 1.0, size=statements)
    heard = slope[votes.columns] * place[votes.rows] + rng.normal(0, 0.8, size=votes.n_votes)
    return with_values(votes, np.clip(np.rint(heard), -1, 1)), place


def test_people_are_where_they_were_put() -> None:
    votes, place = _line(300, 60)
    found = _map(votes)
    assert abs(np.corrcoef(found.position[:, 0], place)[0, 1]) > 0.93
    assert found.explained[0] > 4 * found.explained[1]


def test_the_covariance_says_how_far_off_a_place_may_be() -> None:
    """The place is where somebody would stand after endless votes on such statements: near the ends that lies
    closer to the middle than where they were put, so the truth is a smooth curve of it, found from everybody
    together.
    """
    votes, place = _line(400, 50)
    found = _map(votes)
    spread = np.sqrt(found.covariance[:, 0, 0].astype(float))
    kept = 1 - spread**2  # a posterior mean keeps this part of the distance to the middle
    curve = np.vander(np.clip(place, -2.5, 2.5), 8)
    truth = curve @ np.linalg.lstsq(curve * kept[:, None], found.position[:, 0], rcond=None)[0]
    within = np.abs(found.position[:, 0] - truth) <= 1.96 * spread
    assert 0.93 <= within.mean() <= 0.98


def test_who_voted_little_stands_near_the_middle_and_unsure() -> None:
    votes = spectrum(200, 60, seed=1).votes
    far = int(np.argmax(np.linalg.norm(_map(votes).position, axis=1)))
    kept = np.ones(votes.n_votes, bool)
    kept[votes.starts[far] + 3 : votes.starts[far + 1]] = False
    starts = np.concatenate([[0], np.cumsum(kept)])[votes.starts]
    fewer = Votes(votes.participants, votes.statements, starts, votes.columns[kept], votes.values[kept])
    before, after = _map(votes), _map(fewer)
    assert np.linalg.norm(after.position[far]) < 0.7 * np.linalg.norm(before.position[far])
    assert np.linalg.det(after.covariance[far]) > 2 * np.linalg.det(before.covariance[far])
    assert not after.fitted[far]
    assert np.linalg.norm(after.position[far]) > 0


def test_who_did_not_vote_stands_in_the_middle() -> None:
    votes = spectrum(60, 20).votes
    silent = replace(
        votes, participants=(*votes.participants, "silent"), starts=np.append(votes.starts, votes.starts[-1])
    )
    found = _map(silent)
    assert np.allclose(found.position[-1], 0)
    assert np.allclose(found.covariance[-1], np.eye(2))


def test_turning_agree_and_disagree_round_mirrors_the_map() -> None:
    votes = spectrum(100, 30, dimensions=2).votes
    turned = with_values(votes, -votes.values)
    assert np.allclose(_map(turned).position, -_map(votes).position, atol=1e-4)


def test_order_and_ids_change_no_place() -> None:
    votes = spectrum(100, 30, dimensions=2).votes
    rng = np.random.default_rng(1)
    rows, columns = rng.permutation(100), rng.permutation(30)
    moved = votes.reordered(rows, columns)
    assert np.allclose(_map(moved).position, _map(votes).position[rows], atol=1e-4)
    assert np.allclose(_map(moved).vectors, _map(votes).vectors[columns], atol=1e-4)


def _later(votes: Votes, count: int) -> Votes:
    rng = np.random.default_rng(9)
    return votes.updated(
        rng.integers(0, votes.shape[0] + 5, count),
        rng.integers(0, votes.shape[1] + 1, count),
        rng.integers(-1, 2, count),
        convention=Convention.AGREE_IS_POSITIVE,
    )


@pytest.mark.parametrize(
    "made", [spectrum(100, 24), groups(100, 24, (0.7, 0.3), apart=1.6)], ids=["spectrum", "groups"]
)
def test_a_live_update_is_the_answer_from_scratch(made: Simulated) -> None:
    before = analyse(made.votes, honesty=Honesty.QUICK)
    votes = _later(before.votes, 150)
    live, scratch = update(before, votes), analyse(votes, honesty=OFF)
    assert live.verdict == before.verdict
    assert isinstance(live, Opinion)
    assert live.map is not None
    assert scratch.map is not None
    assert np.array_equal(live.statements.counts, scratch.statements.counts)
    # The picture may lie otherwise; what stands near what may not.
    near = np.linalg.norm(live.map.position[:, None] - live.map.position, axis=2)
    assert np.allclose(
        near, np.linalg.norm(scratch.map.position[:, None] - scratch.map.position, axis=2), atol=1e-3
    )
    again = analyse(votes, honesty=OFF, previous=before)
    assert again.map is not None
    assert np.array_equal(again.map.position, live.map.position)
    assert (before.verdict.kind is VerdictKind.GROUPS) == bool(made.group.any())
    if made.group.any():
        assert live.groups is not None
        assert live.groups.probability.shape == (len(votes.participants), 2)


def test_a_live_update_keeps_the_picture_as_it_lay() -> None:
    before = analyse(spectrum(150, 40, dimensions=2, seed=3).votes, honesty=OFF)
    assert before.map is not None
    angle = 2.0
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    lain = replace(before, map=replace(before.map, vectors=before.map.vectors @ turn))
    live = update(lain, _later(before.votes, 100))
    assert live.map is not None
    expected = before.map.position @ turn
    assert np.abs(live.map.position[:150] - expected).mean() < 0.25


def test_a_place_without_a_fold_knows_nothing_of_its_votes() -> None:
    """All folds at once give what each gives by itself, and whatever was said in a fold leaves its places alone."""
    votes = spectrum(150, 40, dimensions=2, seed=5).votes
    whole = _map(votes).vectors
    fold_of = np.arange(40) % 5
    places = places_without_fold(votes, fold_of, whole)
    for fold in range(5):
        kept = fold_of != fold
        alone = fit_trait(votes.at(statements=kept), rounds=2)
        assert alone is not None
        turned = replace(alone, vectors=aligned(alone.vectors, whole[kept]))
        assert np.allclose(places[:, fold], place(votes.at(statements=kept), turned)[0], atol=2e-3)
    hidden = fold_of[votes.columns] == 2
    said = np.where(hidden, np.random.default_rng(1).integers(-1, 2, votes.n_votes), votes.values)
    otherwise = places_without_fold(with_values(votes, said), fold_of, whole)
    assert np.allclose(otherwise[:, 2], places[:, 2], atol=1e-4)
    assert not np.allclose(otherwise[:, 1], places[:, 1], atol=1e-2)


def test_answering_style_is_told() -> None:
    rng = np.random.default_rng(2)
    votes = pattern(120, 30)
    mild = rng.normal(size=120)
    same_way = with_values(votes, np.where(mild[votes.rows] + rng.normal(0, 0.8, votes.n_votes) > 0, 1, -1))
    assert abs(_map(same_way).agree_correlation) > 0.8
    sign = np.where(np.arange(30) % 2, 1, -1)
    both_ways = with_values(
        votes, np.where(sign[votes.columns] * mild[votes.rows] + rng.normal(0, 0.8, votes.n_votes) > 0, 1, -1)
    )
    assert abs(_map(both_ways).agree_correlation) < 0.4
