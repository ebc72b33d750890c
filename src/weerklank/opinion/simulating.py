"""Votes of a known shape in the cells where people really voted: to learn what an analysis makes of it.

Every simulation starts from the shares with which each statement was answered and moves the log-odds of agree
up and of disagree down by as much, per person and statement; so who voted on what, and roughly how each
statement fares, stay as they were.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from weerklank.opinion.grouping import base_shares
from weerklank.opinion.votes import Votes

__all__ = ["Simulated", "Spread", "continuum", "noise", "two_or_more_groups"]

Floats = NDArray[np.float64]


class Spread(StrEnum):
    """How people lie along each axis of a simulated continuum; all with mean 0 and variance 1."""

    GAUSSIAN = "gaussian"
    SKEWED = "skewed"
    HEAVY = "heavy"
    UNIFORM = "uniform"


@dataclass(frozen=True, eq=False)
class Simulated:
    """The votes, the group of each participant (0 where there are none), and per vote the true chance (v,) of
    agreement.
    """

    votes: Votes
    group: NDArray[np.int64]
    agreement: Floats


def noise(votes: Votes, rng: np.random.Generator) -> Simulated:
    """What somebody thinks of one statement says nothing about another."""
    return _drawn(votes, np.zeros(votes.n_votes), np.zeros(len(votes.participants), np.int64), rng)


def continuum(
    votes: Votes, spread: Spread, rng: np.random.Generator, *, dimensions: int = 1, strength: float = 1.2
) -> Simulated:
    """One hump in one or more dimensions; ``strength`` is the standard deviation of a person's shift in
    log-odds.
    """
    n, m = votes.shape
    draw: dict[Spread, Callable[[], Floats]] = {
        Spread.GAUSSIAN: lambda: rng.normal(size=(n, dimensions)),
        Spread.SKEWED: lambda: rng.exponential(size=(n, dimensions)) - 1,
        Spread.HEAVY: lambda: rng.standard_t(4, size=(n, dimensions)) / np.sqrt(2),
        Spread.UNIFORM: lambda: rng.uniform(-np.sqrt(3), np.sqrt(3), size=(n, dimensions)),
    }
    place: Floats = draw[spread]()
    slope = strength * rng.normal(size=(m, dimensions)) / np.sqrt(dimensions)
    moved = np.einsum("va,va->v", slope[votes.columns], place[votes.rows])
    return _drawn(votes, moved, np.zeros(n, np.int64), rng)


def two_or_more_groups(
    votes: Votes, sizes: tuple[float, ...], rng: np.random.Generator, *, apart: float = 1.0
) -> Simulated:
    """Homogeneous groups of these relative sizes. Two of them move opposite ways by N(0, ``apart``²) in
    log-odds per statement.
    """
    n, m = votes.shape
    shift = apart * rng.normal(size=(m, len(sizes)))
    if len(sizes) == 2:  # opposite ways, so that the difference is as large whoever is many
        shift = np.stack([shift[:, 0], -shift[:, 0]], axis=1)
    edges = np.rint(np.cumsum((0.0, *sizes)) / sum(sizes) * n).astype(np.int64)
    group = rng.permutation(np.repeat(np.arange(len(sizes)), np.diff(edges)))
    return _drawn(votes, shift[votes.columns, group[votes.rows]], group, rng)


def _drawn(votes: Votes, moved: Floats, group: NDArray[np.int64], rng: np.random.Generator) -> Simulated:
    odds = np.log(base_shares(votes.tally))[votes.columns]
    odds[:, 0] -= moved
    odds[:, 2] += moved
    value = ((odds + rng.gumbel(size=odds.shape)).argmax(axis=1) - 1).astype(np.int8)
    raised = np.exp(odds - odds.max(axis=1, keepdims=True))
    drawn = Votes(votes.participants, votes.statements, votes.starts, votes.columns, value)
    return Simulated(drawn, group, raised[:, 2] / raised.sum(axis=1))
