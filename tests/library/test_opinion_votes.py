"""Votes: what was said, by whom, about what; in any order, with any ids, and never more than that (W8)."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.opinion_samples import UNSEEN, Cell, cells_of, from_cells, said, same
from weerklank.errors import BadInput
from weerklank.opinion import (
    Convention,
    Votes,
    write_parquet,
)
from weerklank.opinion.coding import CHUNK

PLUS, MINUS = Convention.AGREE_IS_POSITIVE, Convention.AGREE_IS_NEGATIVE

tables = st.integers(1, 7).flatmap(
    lambda m: st.lists(
        st.lists(st.sampled_from([-1, 0, 1, UNSEEN]), min_size=m, max_size=m), min_size=1, max_size=7
    )
)


# --- what a vote is ---------------------------------------------------------------------------------


@given(tables)
def test_a_pass_stays_a_vote_and_unseen_stays_unseen(table: list[list[int]]) -> None:
    votes = from_cells(cells_of(table))
    assert said(votes) == {
        (str(i), str(j)): v for i, row in enumerate(table) for j, v in enumerate(row) if v != UNSEEN
    }
    signed, seen = votes.matrix(), votes.matrix("seen")
    assert signed.nnz == seen.nnz == votes.n_votes == int(votes.seen.sum())
    assert np.array_equal(votes.agrees + votes.disagrees + votes.passes, votes.seen)
    assert np.array_equal(votes.matrix("agree").sum(axis=0), votes.agrees)
    assert np.array_equal(votes.matrix("pass").sum(axis=0), votes.passes)
    across = votes.by_statement
    assert {(two, one): value for (one, two), value in said(across).items()} == said(votes)


@pytest.mark.parametrize("offset", [0, -3, 10**15])
def test_of_two_votes_the_last_counts(offset: int) -> None:
    people = np.array([1, 2, 1, 1], np.int64) + offset
    by_place = Votes.from_long(people, [5, 5, 5, 6], [1, 1, -1, 0], convention=PLUS)
    assert said(by_place) == {(1 + offset, 5): -1, (2 + offset, 5): 1, (1 + offset, 6): 0}
    by_time = Votes.from_long(people, [5, 5, 5, 6], [1, 1, -1, 0], time=[30, 20, 10, 5], convention=PLUS)
    assert said(by_time)[1 + offset, 5] == 1
    days = [date(2026, 11, 22), date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 1)]
    assert (
        said(Votes.from_long(people, [5, 5, 5, 6], [1, 1, -1, 0], time=days, convention=PLUS))[1 + offset, 5]
        == -1
    )


def test_what_one_means_is_asked_and_never_guessed() -> None:
    with pytest.raises(BadInput, match="eens, of: oneens"):
        Votes.from_long([1], [1], [1])
    straight = Votes.from_long([1, 1, 2], [1, 2, 1], [1, 0, -1], convention=PLUS)
    turned = Votes.from_long([1, 1, 2], [1, 2, 1], [-1, 0, 1], convention=MINUS)
    assert same(straight, turned)


@pytest.mark.parametrize(
    ("people", "statements", "values", "told"),
    [
        ([1, 2], [1, 2], [1, 2], "regel 2: «2»"),
        ([1, 2], [1, 2], [1, float("nan")], "regel 2: «nan»"),
        ([1, 2], [1, 2], [1, None], "regel 2: «None»"),
        ([1, None], [1, 2], [1, 1], "regel 2: .*deelnemer"),
        ([1, 2], [1, float("nan")], [1, 1], "regel 2: .*stelling"),
        ([1, 2], [1], [1, 1], "niet even lang"),
    ],
)
def test_what_is_no_vote_is_named_with_its_row(
    people: list[Hashable], statements: list[Hashable], values: list[float], told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        Votes.from_long(people, statements, values, convention=PLUS)


def test_votes_cannot_be_changed_and_leave_the_callers_arrays_alone() -> None:
    values = np.array([1, -1], np.int8)
    votes = Votes.from_long(np.array([0, 1]), np.array([0, 0]), values, convention=PLUS)
    with pytest.raises(ValueError, match="read-only"):
        votes.values[0] = 0
    values[0] = 0
    assert said(Votes.from_long(np.array([0, 1]), np.array([0, 0]), values, convention=PLUS))[0, 0] == 0


# --- some of them, more of them ---------------------------------------------------------------------


@given(tables, st.data())
def test_what_is_left_out_is_gone_and_not_zero(table: list[list[int]], data: st.DataObject) -> None:
    votes = from_cells(cells_of(table))
    gone = set(data.draw(st.lists(st.sampled_from(votes.statements or ("x",)), max_size=3))) & set(
        votes.statements
    )
    people = set(data.draw(st.lists(st.sampled_from(votes.participants or ("x",)), max_size=3))) & set(
        votes.participants
    )
    less = votes.without(statements=gone, participants=people)
    assert said(less) == {
        cell: v for cell, v in said(votes).items() if cell[0] not in people and cell[1] not in gone
    }
    assert not gone & set(less.statements)
    only = votes.only(statements=set(votes.statements) - gone, participants=set(votes.participants) - people)
    assert same(less, only)


def test_leaving_out_somebody_who_is_not_there_is_an_error() -> None:
    votes = from_cells([("a", "x", 1)])
    with pytest.raises(BadInput, match="deelnemer «b»"):
        votes.without(participants=["b"])


@given(tables, st.integers(0, 4), st.integers(0, 3))
def test_active_goes_on_until_nothing_changes(table: list[list[int]], least: int, shown: int) -> None:
    votes = from_cells(cells_of(table))
    kept = votes.active(min_votes=least, min_seen=shown)
    assert bool(np.all(kept.per_participant >= min(least, len(kept.statements))))
    assert bool(np.all(kept.seen >= shown))
    assert kept.active(min_votes=least, min_seen=shown) is kept
    cells = said(votes)
    assert said(kept) == {
        cell: cells[cell] for cell in cells if cell[0] in kept.participants and cell[1] in kept.statements
    }


@given(tables, tables)
def test_later_votes_are_as_if_they_had_always_been_there(
    first: list[list[int]], later: list[list[int]]
) -> None:
    before, after = cells_of(first), cells_of(later)
    updated = from_cells(before).updated(
        [one for one, _, _ in after], [two for _, two, _ in after], [v for *_, v in after], convention=PLUS
    )
    assert said(updated) == said(from_cells(before + after))
    assert updated.participants[: len(from_cells(before).participants)] == from_cells(before).participants


# --- the same, whatever the order -------------------------------------------------------------------


@settings(max_examples=60)
@given(
    tables,
    st.randoms(use_true_random=False),
    st.sampled_from([str, int, lambda i: ("p", i), lambda i: 100 - i]),
)
def test_content_decides_the_order_not_rows_columns_or_ids(
    table: list[list[int]], random: object, name: Callable[[int], Hashable]
) -> None:
    cells = cells_of(table, int)
    plain = from_cells(cells).canonical()
    moved = [(name(one), name(two), value) for one, two, value in cells]
    random.shuffle(moved)  # type: ignore[attr-defined]
    other = from_cells(moved + moved[:2]).canonical()
    for part in ("starts", "columns", "values"):
        assert np.array_equal(getattr(plain.votes, part), getattr(other.votes, part))
    votes = from_cells(moved)
    back = votes.canonical()
    assert back.votes.participants == tuple(votes.participants[i] for i in back.participants)
    assert said(back.votes) == said(votes)
    assert sorted(votes.fingerprints.tolist()) == sorted(from_cells(cells).fingerprints.tolist())


def test_perfect_symmetry_has_one_order_too() -> None:
    """Everybody agrees with one statement of their own: nothing in the content says who comes first."""
    around = (
        from_cells([(i, i, 1) for i in range(6)] + [(i, (i + 1) % 6, -1) for i in range(6)]).canonical().votes
    )
    moved = from_cells(
        [(f"p{5 - i}", -i, 1) for i in range(6)] + [(f"p{5 - i}", -((i + 1) % 6), -1) for i in range(6)]
    )
    assert np.array_equal(around.columns, moved.canonical().votes.columns)
    assert np.array_equal(around.values, moved.canonical().votes.values)


@settings(max_examples=25)
@given(st.integers(0, 2**31), st.booleans(), st.sampled_from([30, 3_000]))
def test_any_order_and_size_of_ids_gives_the_same_rows(seed: int, far_apart: bool, about: int) -> None:
    """The quick ways (sorted input, small numbers, a full table) and the general ones agree with a plain dictionary."""
    chance = np.random.default_rng(seed)
    people = chance.integers(0, 40, 500).astype(np.int64) * (10**12 if far_apart else 1)
    statements, values = chance.integers(0, about, 500), chance.integers(-1, 2, 500)
    expected = dict(zip(zip(people.tolist(), statements.tolist(), strict=True), values.tolist(), strict=True))
    assert said(Votes.from_long(people, statements, values, convention=PLUS)) == expected
    ordered = sorted(expected)
    quick = Votes.from_long(
        np.array([one for one, _ in ordered]),
        np.array([two for _, two in ordered]),
        np.array([expected[cell] for cell in ordered]),
        convention=PLUS,
    )
    assert said(quick) == expected


@pytest.mark.slow
def test_millions_of_votes_are_cut_in_pieces_without_a_seam() -> None:
    """More votes than are handled at once: in order, out of order, doubled, and chosen from, against plain counting."""
    chance = np.random.default_rng(3)
    cell = np.unique(chance.integers(0, 60_000 * 70, 1_600_000))
    people, statements = np.divmod(cell, 70)
    values = chance.integers(-1, 2, len(cell)).astype(np.int8)
    ordered = Votes.from_long(people, statements, values, convention=PLUS)
    assert ordered.n_votes > CHUNK
    twice = np.concatenate((chance.permutation(len(cell)), chance.permutation(len(cell))))
    mixed = Votes.from_long(people[twice], statements[twice], values[twice], convention=PLUS)
    assert same(ordered, mixed)
    assert np.array_equal(ordered.rows, people)
    assert np.array_equal(
        ordered.tally, np.bincount(statements * 3 + values + 1, minlength=210).reshape(70, 3)
    )
    half = ordered.at(participants=np.arange(60_000) % 2 == 0, statements=np.arange(70) % 3 == 0)
    kept = (people % 2 == 0) & (statements % 3 == 0)
    assert np.array_equal(half.rows * 2, people[kept])
    assert np.array_equal(half.columns * np.int64(3), statements[kept])
    assert np.array_equal(half.values, values[kept])


# --- nothing, and next to nothing -------------------------------------------------------------------


@pytest.mark.parametrize(
    "cells",
    [[], [(1, 1, 1)], [(1, 1, 0)], [(i, 1, 1) for i in range(20)], [(1, j, 0) for j in range(20)]],
    ids=["nobody", "one vote", "one pass", "one statement", "one person"],
)
def test_next_to_nothing_is_no_crash(cells: list[Cell], tmp_path: Path) -> None:
    votes = from_cells(cells)
    assert said(votes.canonical().votes) == said(votes)
    assert said(votes.by_statement.by_statement) == said(votes)
    assert votes.active().n_votes in (0, votes.n_votes)
    assert [part for block in votes.blocks() for part in range(block.start, block.stop)] == list(
        range(len(votes.participants))
    )
    write_parquet(votes, tmp_path / "votes.parquet")
    assert same(Votes.from_parquet(tmp_path / "votes.parquet"), votes)
