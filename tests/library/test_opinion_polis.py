"""The numbers of Polis, reproduced to the digit, so that a difference with ours is a difference of method."""

from __future__ import annotations

from collections.abc import Hashable
from math import sqrt

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.opinion_samples import DATA, REAL, from_cells
from weerklank.errors import BadInput, TooLittleData
from weerklank.opinion import Convention, Export, Votes, polis_compat, read_polis_export
from weerklank.opinion.polis_figures import group_counts, prop_test, representative_of, two_prop_test
from weerklank.opinion.polis_map import in_conversation

VOLUNTEERS, BIODIVERSITY = (read_polis_export(DATA / name) for name in REAL[:2])


def agreement(one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> float:
    """The adjusted Rand index (Hubert & Arabie, 1985): 1 the same partition, 0 as chance would."""
    table = np.zeros((one.max() + 1, other.max() + 1))
    np.add.at(table, (one, other), 1)

    def pairs(counts: npt.NDArray[np.float64]) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both, rows, columns = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    chance = rows * columns / pairs(np.array([len(one)], float))
    return (both - chance) / ((rows + columns) / 2 - chance)


def test_the_published_group_informed_consensus_of_all_371_statements() -> None:
    found = polis_compat(VOLUNTEERS.cast, moderated_out=VOLUNTEERS.dropped_columns, groups=VOLUNTEERS.groups)
    published = {one.id: one.consensus for one in VOLUNTEERS.statements}
    assert len(published) == found.consensus.size == 371
    for one, value in zip(VOLUNTEERS.cast.statements, found.consensus.tolist(), strict=True):
        assert value == pytest.approx(published[one], abs=1e-12)


@pytest.mark.parametrize(
    ("export", "least"), [(BIODIVERSITY, 0.9), (VOLUNTEERS, 0.99)], ids=["biodiversity", "bg2050"]
)
def test_the_published_groups_come_back(export: Export, least: float) -> None:
    """With the moderated statements zeroed, as Polis does; dropping them gives other groups (research 3)."""
    published = np.array([export.groups.get(one, -1) for one in export.cast.participants])
    for zeroed in (True, False):
        found = polis_compat(export.cast, moderated_out=export.dropped_columns, zero_moderated=zeroed)
        both = (published >= 0) & (found.group >= 0)
        assert both.sum() >= 0.99 * (published >= 0).sum()
        assert (agreement(published[both], found.group[both]) >= least) is zeroed


def test_the_tests_call_one_agree_out_of_one_significant() -> None:
    """The figures that research 0.6 warns for, from the formulas by hand."""
    assert prop_test(np.array([1]), np.array([1])) == pytest.approx(sqrt(2))
    assert prop_test(np.array([0]), np.array([0])) == pytest.approx(1.0)
    pooled = 54 / 104
    by_hand = (3 / 3 - 51 / 101) / sqrt(pooled * (1 - pooled) * (1 / 3 + 1 / 101))
    assert two_prop_test(np.array([2]), np.array([2]), np.array([50]), np.array([100])) == pytest.approx(
        by_hand
    )
    assert by_hand == pytest.approx(1.69, abs=0.005)
    assert two_prop_test(np.array([4]), np.array([4]), np.array([9]), np.array([9])) == 0


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4), st.integers(-1, 1)), min_size=1))
def test_counts_per_group_are_counts(cells: list[tuple[int, int, int]]) -> None:
    votes = from_cells([(person, statement, value) for person, statement, value in cells])
    group = np.array([int(str(one)) % 3 - 1 for one in votes.participants])
    counts = group_counts(votes, group)
    dense = np.full(votes.shape, 9)
    dense[votes.rows, votes.columns] = votes.values
    for g in range(int(group.max()) + 1):
        mine = dense[group == g]
        assert counts.agrees[g].tolist() == (mine == 1).sum(axis=0).tolist()
        assert counts.disagrees[g].tolist() == (mine == -1).sum(axis=0).tolist()
        assert counts.seen[g].tolist() == (mine != 9).sum(axis=0).tolist()


def two_camps(size: int = 20, statements: int = 12) -> Votes:
    """Two camps that differ on all statements but the last, on which everybody agrees."""
    people = np.repeat(np.arange(2 * size), statements)
    about = np.tile(np.arange(statements), 2 * size)
    values = np.where(about == statements - 1, 1, np.where(people < size, 1, -1) * np.where(about % 2, 1, -1))
    return Votes.from_long(people, about, values, convention=Convention.AGREE_IS_POSITIVE)


def test_two_camps_their_statements_and_what_they_share() -> None:
    found = polis_compat(two_camps())
    assert found.k == 2
    assert len(set(found.group[:20].tolist())) == len(set(found.group[20:].tolist())) == 1
    assert found.agreed.agree == (11,)
    first = found.group[0]
    for one in found.representative[first]:
        assert one.agree == (int(str(one.statement)) % 2 == 1)
    assert found.consensus.argmax() == 11
    assert np.sign(found.map.position[:20, 0]).tolist() == [np.sign(found.map.position[0, 0])] * 20


def test_a_representative_statement_is_called_even_where_nothing_differs() -> None:
    """Never none: the bias that our own front door does not have."""
    cells: list[tuple[Hashable, Hashable, int]] = [(i, j, 0) for i in range(8) for j in range(7)]
    counts = group_counts(from_cells(cells), np.arange(8) % 2)
    assert len(representative_of(counts, 0, tuple(range(7)))) == 1


def test_who_is_in_the_conversation() -> None:
    """Seven votes, or all statements; and the most active when fewer than fifteen are."""
    cells: list[tuple[Hashable, Hashable, int]] = [
        (i, j, 1) for i in range(30) for j in range(10 if i < 16 else 6)
    ]
    assert in_conversation(from_cells(cells)).tolist() == [True] * 16 + [False] * 14
    few: list[tuple[Hashable, Hashable, int]] = [
        (i, j, 1) for i in range(30) for j in range(10 if i < 3 else 6 - i % 2)
    ]
    inside = in_conversation(from_cells(few))
    assert inside.sum() == 15
    assert inside[[0, 1, 2, 4, 6]].all()
    short: list[tuple[Hashable, Hashable, int]] = [(i, j, 1) for i in range(20) for j in range(3 if i else 2)]
    assert in_conversation(from_cells(short)).tolist() == [False] + [True] * 19


def test_routing_prefers_what_is_new_and_dislikes_what_is_passed() -> None:
    cells: list[tuple[Hashable, Hashable, int]] = [(i, "old", 1) for i in range(40)]
    cells += [(i, "passed", 0) for i in range(40)] + [(0, "new", 1), (0, "meta", 1)]
    votes = from_cells(cells)
    found = polis_compat(votes, meta=["meta"])
    priority = dict(zip(votes.statements, found.priority.tolist(), strict=True))
    assert priority["meta"] == 49
    assert priority["new"] > priority["old"] > priority["passed"]


@pytest.mark.parametrize("value", [1, 0, -1])
@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (9, 1), (20, 8), (3, 3)])
def test_everybody_the_same_is_one_group_and_no_crash(value: int, shape: tuple[int, int]) -> None:
    n, m = shape
    found = polis_compat(from_cells([(i, j, value) for i in range(n) for j in range(m)]))
    assert found.k == 1
    assert not found.map.position.any()
    assert not found.silhouettes


def test_nothing_to_say_is_said_by_name() -> None:
    with pytest.raises(TooLittleData, match="Niemand heeft gestemd"):
        polis_compat(from_cells([]))
    with pytest.raises(BadInput, match="stelling «99»"):
        polis_compat(two_camps(), moderated_out=[99])
    with pytest.raises(BadInput, match="deelnemer «99»"):
        polis_compat(two_camps(), groups={99: 0})


def test_everything_moderated_out_leaves_no_map() -> None:
    votes = two_camps()
    for zeroed in (True, False):
        found = polis_compat(votes, moderated_out=votes.statements, zero_moderated=zeroed)
        assert not found.map.position.any()
        assert found.representative == ((),)
