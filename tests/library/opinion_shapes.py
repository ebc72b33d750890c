"""Votes of a known shape on a small pattern: who saw what is uneven, as it is in life."""

from __future__ import annotations

import numpy as np

from weerklank.opinion import Votes
from weerklank.opinion.simulating import Simulated, Spread, continuum, noise, two_or_more_groups

__all__ = ["groups", "noisy", "pattern", "spectrum", "with_values"]


def pattern(people: int, statements: int, *, seed: int = 0) -> Votes:
    """Random votes in uneven cells: some see nearly everything, some a quarter."""
    rng = np.random.default_rng([seed, people, statements])
    saw = rng.random((people, statements)) < rng.uniform(0.25, 0.95, size=(people, 1))
    row, column = np.nonzero(saw)
    leaning = rng.normal(0.2, 0.6, size=statements)
    value = np.clip(np.rint(leaning[column] + rng.normal(0, 0.8, size=len(row))), -1, 1).astype(np.int8)
    starts = np.concatenate([[0], np.cumsum(saw.sum(axis=1))])
    return Votes(tuple(range(people)), tuple(range(statements)), starts, column.astype(np.uint16), value)


def with_values(votes: Votes, values: np.ndarray) -> Votes:
    """The same cells with other votes in them."""
    return Votes(votes.participants, votes.statements, votes.starts, votes.columns, values.astype(np.int8))


def noisy(people: int, statements: int, *, seed: int = 0) -> Simulated:
    """No structure at all."""
    return noise(pattern(people, statements, seed=seed), np.random.default_rng(seed))


def spectrum(
    people: int, statements: int, *, seed: int = 0, spread: Spread = Spread.GAUSSIAN, dimensions: int = 1
) -> Simulated:
    """One hump."""
    rng = np.random.default_rng(seed)
    return continuum(pattern(people, statements, seed=seed), spread, rng, dimensions=dimensions)


def groups(
    people: int, statements: int, sizes: tuple[float, ...], *, seed: int = 0, apart: float = 1.2
) -> Simulated:
    """Homogeneous groups."""
    return two_or_more_groups(
        pattern(people, statements, seed=seed), sizes, np.random.default_rng(seed), apart=apart
    )
