"""Groups of texts from their places alone: crowded and sparse corners, copies, texts that stand alone (W13)."""

from __future__ import annotations

import numpy as np
import pytest

from weerklank.synthesis.clusters import graph_of, nearest, partition_of, settled, spread_over


def corner(axis: int, texts: int, *, spread: float, chance: np.random.Generator) -> np.ndarray:
    """Texts around one axis, at a cosine of about 1 / (1 + spread) to it."""
    places = chance.normal(0, spread, (texts, 12)) / np.sqrt(12)
    places[:, axis] += 1
    return (places / np.linalg.norm(places, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def chance() -> np.random.Generator:
    return np.random.default_rng(4)


def test_a_text_between_a_crowd_and_a_sparse_corner_weighs_both_by_their_own_measure(
    chance: np.random.Generator,
) -> None:
    crowd = corner(0, 12, spread=0.6, chance=chance)
    sparse = corner(1, 12, spread=1.2, chance=chance)
    neighbours, cosine = nearest(np.vstack((crowd, sparse)), 8)
    assert np.median(1 - cosine[12:]) > 2 * np.median(1 - cosine[:12])
    graph = graph_of(neighbours, cosine).toarray()
    assert (graph == graph.T).all()
    assert graph.max() <= 1
    # Seen from its own surroundings, a neighbour in the sparse corner is as near as one in the crowd.
    inside = [graph[:12, :12], graph[12:, 12:]]
    ratio = np.median(inside[0][inside[0] > 0]) / np.median(inside[1][inside[1] > 0])
    assert 0.8 < ratio < 1.25


def test_twenty_copies_do_not_push_away_who_says_nearly_the_same(chance: np.random.Generator) -> None:
    said = corner(0, 1, spread=0.2, chance=chance)
    near = corner(0, 6, spread=0.35, chance=chance)
    away = corner(3, 20, spread=0.5, chance=chance)
    places = np.vstack((np.repeat(said, 20, axis=0), near, away))
    graph = graph_of(*nearest(places, 15))
    assert (graph[20:26, :20].max(axis=1).toarray() > 0.01).all()
    found = partition_of(graph, resolution=1.0, seeds=(0, 1, 2))
    labels = settled(spread_over(places, graph), found.labels, np.zeros(46, dtype=bool))
    assert set(labels[:26].tolist()).isdisjoint(labels[26:].tolist())
    assert np.bincount(labels).min() > 1
    assert (labels[20:26] == labels[0]).any()


def test_a_text_does_not_stay_for_its_own_sake(chance: np.random.Generator) -> None:
    places = np.vstack((corner(0, 8, spread=0.3, chance=chance), corner(5, 8, spread=0.3, chance=chance)))
    labels = np.array([0] * 7 + [2] + [1] * 8)
    nobody = np.zeros(16, dtype=bool)
    assert settled(places, labels, nobody).tolist() == [0] * 8 + [1] * 8
    # A sentence and its lead-in stay together, whatever lies nearer.
    away = np.array([0] * 8 + [0] + [1] * 7)
    assert settled(places, away, nobody)[8] == 1
    tied = nobody.copy()
    tied[8] = True
    assert settled(places, away, tied).tolist() == away.tolist()


def test_what_lies_nowhere_is_in_no_group_and_stays_there(chance: np.random.Generator) -> None:
    places = np.vstack((corner(0, 6, spread=0.3, chance=chance), np.zeros((2, 12), dtype=np.float32)))
    graph = graph_of(*nearest(places, 4))
    found = partition_of(graph, resolution=1.0, seeds=(0, 1))
    assert found.labels[6:].tolist() == [-1, -1]
    spread = spread_over(places, graph)
    assert not spread[6:].any()
    assert settled(spread, found.labels, np.zeros(8, dtype=bool))[6:].tolist() == [-1, -1]


def test_a_vague_text_is_drawn_to_what_those_around_it_say(chance: np.random.Generator) -> None:
    places = corner(0, 10, spread=0.2, chance=chance)
    vague = corner(0, 1, spread=2.0, chance=chance)
    together = np.vstack((places, vague))
    centre = places.mean(axis=0)
    spread = spread_over(together, graph_of(*nearest(together, 6)))
    assert np.allclose(np.linalg.norm(spread, axis=1), 1, atol=1e-5)
    assert spread[10] @ centre > together[10] @ centre + 0.1


def test_nobody_and_one_text_are_no_groups() -> None:
    for texts in (0, 1):
        places = np.ones((texts, 1), dtype=np.float32)
        graph = graph_of(*nearest(places, 5))
        found = partition_of(graph, resolution=1.0, seeds=(0,))
        assert found.labels.tolist() == [-1] * texts
        assert (
            settled(spread_over(places, graph), found.labels, np.zeros(texts, dtype=bool)).tolist()
            == [-1] * texts
        )
