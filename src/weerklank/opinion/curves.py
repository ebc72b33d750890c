"""How the answers to a statement change over the map, with uncertainty.

Per statement a nominal regression (agree and disagree against pass) on where its voters stand. The place
of a voter is taken *without* this vote: a vote must not help to predict itself. Votes are counted in cells of the map, so that
the work does not grow with their number; a small ridge keeps little-seen statements flat.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from weerklank.opinion.nominal import newton_step
from weerklank.opinion.records import Curves
from weerklank.opinion.tables import summed_per_person
from weerklank.opinion.trait import Trait, posterior
from weerklank.opinion.votes import Votes

__all__ = ["central_points", "fit_curves", "places_without_vote"]

Floats = NDArray[np.float64]

_EDGE, _STEPS = 2.6, 13
_RIDGE = np.array([0.05, 0.5, 0.5, 0.05, 0.5, 0.5])
_ROUNDS = 12
_NEAR_ENOUGH = 1e-6


def _centres() -> Floats:
    line = np.linspace(-_EDGE, _EDGE, _STEPS)
    return np.stack([np.repeat(line, _STEPS), np.tile(line, _STEPS)], axis=1)


def fit_curves(votes: Votes, trait: Trait) -> Curves:
    """The curve of every statement from the votes of the given people."""
    counts = _counted(votes, trait)
    return _regressed(counts, votes.tally)


def places_without_vote(votes: Votes, trait: Trait) -> Floats:
    """(v, 2) where each voter would stand without the vote in question."""
    weights = trait.weights().astype(np.float32)
    sums = summed_per_person(votes, weights)
    cell = votes.columns.astype(np.int32) * 3 + (votes.values + 1)
    rest = np.repeat(sums, votes.per_participant, axis=0) - weights[cell]
    return posterior(rest)[0]


def _counted(votes: Votes, trait: Trait) -> Floats:
    """(m, 3, cells) how often each statement got each answer in each cell of the map."""
    m, cells = len(votes.statements), _STEPS * _STEPS
    at = places_without_vote(votes, trait)
    steps = np.rint((np.clip(at, -_EDGE, _EDGE) + _EDGE) * ((_STEPS - 1) / (2 * _EDGE))).astype(np.int64)
    cell = steps[:, 0] * _STEPS + steps[:, 1]
    key = (votes.columns.astype(np.int64) * 3 + (votes.values + 1)) * cells + cell
    return np.bincount(key, minlength=m * cells * 3).reshape(m, 3, cells).astype(float)


def _regressed(counts: Floats, tally: NDArray[np.int64]) -> Curves:
    at = np.column_stack([np.ones(_STEPS * _STEPS), _centres()])
    disagreed, passed, agreed = (tally[:, v] + 0.5 for v in range(3))
    prior = np.zeros((len(counts), 6))
    prior[:, 0], prior[:, 3] = np.log(agreed / passed), np.log(disagreed / passed)
    coefficients = prior
    for _ in range(_ROUNDS):
        improved, hessian = newton_step(coefficients, counts, at, _RIDGE, prior)
        moved = float(np.abs(improved - coefficients).max())
        coefficients = improved
        if moved < _NEAR_ENOUGH:
            break
    return Curves(coefficients.reshape(-1, 2, 3), np.asarray(np.linalg.inv(hessian), dtype=float))


def central_points(position: NDArray[np.float32], share: float = 0.9, around: int = 16) -> Floats:
    """Points on the edge of the ellipse that holds the central ``share`` of the people, and its centre last."""
    placed = position.astype(float)
    middle = placed.mean(axis=0)
    covariance = np.cov(placed.T) + 1e-9 * np.eye(2)
    root = np.linalg.cholesky(covariance)
    far = np.linalg.norm(np.linalg.solve(root, (placed - middle).T), axis=0)
    angle = np.arange(around) * (2 * np.pi / around)
    edge = middle + np.quantile(far, share) * np.stack([np.cos(angle), np.sin(angle)], axis=1) @ root.T
    return np.vstack([edge, middle])
