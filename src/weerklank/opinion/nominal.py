"""The nominal response model: log-odds of agree and of disagree against pass, linear in a place (Bock 1972).

:func:`newton_step` improves the coefficients of all statements at once, from how often each answer was given
    at each of a few points. :func:`fit_nominal` fits the model with unknown places θ ~ N(0, I) by EM over a
    fixed grid (Bock & Aitkin 1981): the map in its own right, free of any assumption of linearity, for
    comparison with groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from weerklank.opinion.tables import LEAST_LOG, Said

__all__ = ["NominalFit", "fit_nominal", "grid", "newton_step", "shares_at"]

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Reals = NDArray[np.floating[Any]]

_LONGEST_STEP = 2.0  # in log-odds: keeps Newton from overshooting where hardly anybody voted
_RIDGE, _RIDGES = 0.7, (0.2, 100.0)
_RIDGE_AROUND_BASE = 0.1
_SETTLED = 2e-5  # nats per vote gained in a round


@dataclass(frozen=True, eq=False)
class NominalFit:
    """``log_shares`` (3 m, points): of disagree, pass, agree at each point; ``weights`` (n, points): where
    people are.
    """

    log_shares: Singles
    weights: Singles


def grid(dimensions: int) -> tuple[Floats, Floats]:
    """Points (G, d) and the standard normal weights on them."""
    if dimensions == 1:
        line = np.linspace(-3, 3, 25)
        mass = np.exp(-(line**2) / 2)
        return line[:, None], mass / mass.sum()
    line = np.linspace(-2.7, 2.7, 10)
    points = np.stack([np.repeat(line, len(line)), np.tile(line, len(line))], axis=1)
    mass = np.exp(-(points**2).sum(axis=1) / 2)
    return points, mass / mass.sum()


def shares_at(coefficients: Reals, at: Reals) -> Reals:
    """(2, m, points) predicted shares of agree and disagree; ``at`` (points, 1 + d) starts with a column of
    ones.
    """
    size = at.shape[1]
    odds = np.stack([coefficients[:, :size] @ at.T, coefficients[:, size:] @ at.T])
    top = np.maximum(odds.max(axis=0), 0.0)
    odds -= top
    np.exp(odds, out=odds)
    odds /= odds[0] + odds[1] + np.exp(-top)
    return odds


def newton_step(
    coefficients: Floats, counts: Reals, at: Reals, ridge: Floats, prior: Floats
) -> tuple[Floats, Floats]:
    """One step for all statements: the new coefficients (m, 2 + 2 d) and the Hessian at the old ones.

    :param counts: (m, 3, points) how often disagree, pass, agree was said at each point; in single precision the
        step is worked out so.
    :param ridge: (2 + 2 d,) precision of the normal prior around ``prior`` (m, 2 + 2 d).
    """
    m, size = len(coefficients), at.shape[1]
    at = at.astype(counts.dtype, copy=False)
    products = (at[:, :, None] * at[:, None, :]).reshape(len(at), size * size)
    shares = shares_at(coefficients.astype(counts.dtype, copy=False), at)
    total = counts[:, 0] + counts[:, 1] + counts[:, 2]
    expected = total * shares
    slope = np.concatenate([(counts[:, 2] - expected[0]) @ at, (counts[:, 0] - expected[1]) @ at], axis=1)
    slope = slope - ridge * (coefficients - prior)
    hessian = np.empty((m, 2 * size, 2 * size))
    first, second = slice(0, size), slice(size, 2 * size)
    hessian[:, first, first] = ((expected[0] * (1 - shares[0])) @ products).reshape(m, size, size)
    hessian[:, second, second] = ((expected[1] * (1 - shares[1])) @ products).reshape(m, size, size)
    hessian[:, first, second] = -((expected[0] * shares[1]) @ products).reshape(m, size, size)
    hessian[:, second, first] = hessian[:, first, second]
    hessian[:, np.arange(2 * size), np.arange(2 * size)] += ridge
    step = np.linalg.solve(hessian, slope[:, :, None])[:, :, 0]
    step *= np.minimum(1.0, _LONGEST_STEP / np.maximum(np.abs(step).max(axis=1, keepdims=True), 1e-12))
    return coefficients + step, hessian


def fit_nominal(said: Said, base: Floats, vectors: Floats, *, rounds: int) -> NominalFit:
    """EM from ``vectors`` (m, d), the directions of the linear map, scaled to log-odds.

    :param said: what was said by n people about m statements (see ``tables.py``).
    :param base: (m, 3) shares of disagree, pass, agree.
    """
    m, d = vectors.shape
    points, mass = grid(d)
    at = np.column_stack([np.ones(len(points)), points])
    prior = np.zeros((m, 2 * (d + 1)))
    prior[:, 0] = np.log(base[:, 2] / base[:, 1])
    prior[:, d + 1] = np.log(base[:, 0] / base[:, 1])
    coefficients = prior.copy()
    coefficients[:, 1 : d + 1] = vectors
    coefficients[:, d + 2 :] = -vectors
    ridge = np.full(2 * (d + 1), _RIDGE)
    ridge[[0, d + 1]] = _RIDGE_AROUND_BASE
    log_mass = np.log(mass).astype(np.float32)
    before = -np.inf
    for turn in range(rounds + 1):
        log_shares = _log_shares(coefficients, at)
        weights = said.per_person(log_shares)
        weights += log_mass
        top = weights.max(axis=1, keepdims=True)
        weights -= top
        np.maximum(weights, LEAST_LOG, out=weights)
        np.exp(weights, out=weights)
        norm = weights.sum(axis=1, keepdims=True)
        weights /= norm
        likelihood = float((top + np.log(norm)).sum()) / max(said.votes, 1)
        if turn == rounds or abs(likelihood - before) < _SETTLED:
            break
        before = likelihood
        counts = said.per_answer(weights).astype(float).reshape(m, 3, len(points))
        coefficients, hessian = newton_step(coefficients, counts, at, ridge, prior)
        ridge = _ridge_for(coefficients, hessian)
    return NominalFit(log_shares, weights)


def _ridge_for(coefficients: Floats, hessian: Floats) -> Floats:
    """Per axis the precision of the slopes as they turn out to be: where votes are few or say little, the map
    grows flat.
    """
    size = coefficients.shape[1] // 2
    variance = np.linalg.inv(hessian)[:, np.arange(2 * size), np.arange(2 * size)]
    expected = (coefficients**2 + variance).mean(axis=0)
    spread = (expected[:size] + expected[size:]) / 2
    ridge = np.clip(1 / spread, *_RIDGES)
    ridge[0] = _RIDGE_AROUND_BASE
    return np.concatenate([ridge, ridge])


def _log_shares(coefficients: Floats, at: Floats) -> Singles:
    agree, disagree = shares_at(coefficients, at)
    passed = np.maximum(1 - agree - disagree, 1e-12)
    stacked = np.stack([disagree, passed, agree], axis=1)
    found: Singles = np.log(np.maximum(stacked, 1e-12)).reshape(-1, at.shape[0]).astype(np.float32)
    return found
