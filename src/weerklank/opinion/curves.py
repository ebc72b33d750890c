"""How the answers to a statement change over the map, with uncertainty.

Per statement a nominal regression (agree and disagree against pass) on where its voters stand. The place of a
voter is taken from the other statements only, on axes that were made from those (five folds): a vote must not
help to predict itself. Votes are counted in cells of the map, so that the work does not grow with their
number; a small ridge keeps little-seen statements flat.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2

from weerklank.opinion.canonical import statement_order
from weerklank.opinion.folds import places_without_fold
from weerklank.opinion.nominal import newton_step
from weerklank.opinion.records import Curves, OpinionMap
from weerklank.opinion.tables import sample_of
from weerklank.opinion.votes import Votes

__all__ = ["central_points", "curves_on"]

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

_EDGE, _STEPS = 2.6, 13
_RIDGE = np.array([0.05, 0.5, 0.5, 0.05, 0.5, 0.5])
_ROUNDS = 12
_NEAR_ENOUGH = 1e-3  # then the next step would be a thousand times smaller
_FITTED_ON = 10_000  # people: their votes tell a curve better than a reader can see
_FOLDS = 5
_FLATTEST = 1e-3


def curves_on(votes: Votes, map_: OpinionMap, *, seed: int) -> Curves:
    """The curve of every statement over ``map_``, from the people who helped to fit it (a sample where they
    are many).
    """
    sample, _ = sample_of(votes, people=_FITTED_ON, seed=seed, among=map_.fitted)
    counts, centres = _counted(sample, map_.vectors, seed=seed)
    return _regressed(counts, centres, sample.tally)


def _counted(votes: Votes, vectors: Floats, *, seed: int) -> tuple[Singles, Floats]:
    """(m, 3, cells) how often each statement got each answer in each cell of the map where anybody stands, and
    the centres (cells, 2); for a voter's own answer they stand where the other folds of statements put them.
    """
    m = len(votes.statements)
    fold_of = np.empty(m, np.int64)
    fold_of[statement_order(votes)] = np.random.default_rng([seed, 24]).permutation(m) % _FOLDS
    places = places_without_fold(votes, fold_of, vectors)
    steps = np.rint((np.clip(places, -_EDGE, _EDGE) + _EDGE) * ((_STEPS - 1) / (2 * _EDGE))).astype(np.int32)
    cell = steps[:, :, 0] * _STEPS + steps[:, :, 1]
    somebody, cell_of = np.unique(cell, return_inverse=True)
    folds, cells = cell.shape[1], len(somebody)
    where = cell_of.astype(np.int32).ravel()[votes.rows * folds + fold_of.astype(np.int32)[votes.columns]]
    key = (votes.columns.astype(np.int32) * 3 + (votes.values + 1)) * cells + where
    counts = np.bincount(key, minlength=m * cells * 3).reshape(m, 3, cells).astype(np.float32)
    line = np.linspace(-_EDGE, _EDGE, _STEPS)
    return counts, np.stack([line[somebody // _STEPS], line[somebody % _STEPS]], axis=1)


def _regressed(counts: Singles, centres: Floats, tally: NDArray[np.int64]) -> Curves:
    at = np.column_stack([np.ones(len(centres)), centres])
    disagreed, passed, agreed = (tally[:, v] + 0.5 for v in range(3))
    prior = np.zeros((len(counts), 6))
    prior[:, 0], prior[:, 3] = np.log(agreed / passed), np.log(disagreed / passed)
    coefficients, hessian = prior.copy(), np.empty((len(prior), 6, 6))
    moving, here = np.arange(len(prior)), counts
    for _ in range(_ROUNDS):
        before = coefficients[moving]
        coefficients[moving], hessian[moving] = newton_step(before, here, at, _RIDGE, prior[moving])
        still = np.abs(coefficients[moving] - before).max(axis=1) >= _NEAR_ENOUGH
        if not still.any():
            break
        if not still.all():
            moving, here = moving[still], here[still]
    covariance = np.asarray(np.linalg.inv(hessian), dtype=float)
    return Curves(coefficients.reshape(-1, 2, 3), covariance, _flat(counts, centres))


def _flat(counts: Singles, centres: Floats) -> Floats:
    """The score test (Rao 1948) of a curve without slopes: four degrees of freedom, and no fit that can run
    away.
    """
    given = counts.sum(axis=2, dtype=float)
    total = given.sum(axis=1)
    share = (given + 0.5) / (total + 1.5)[:, None]
    agree, disagree = share[:, 2], share[:, 0]
    here = (counts[:, 0] + counts[:, 1] + counts[:, 2]).astype(float)
    middle = here @ centres / np.maximum(total, 1)[:, None]
    products = (centres[:, :, None] * centres[:, None, :]).reshape(-1, 4)
    spread = (here @ products).reshape(-1, 2, 2) - (total[:, None] * middle)[:, :, None] * middle[:, None, :]
    spread += _FLATTEST * np.eye(2)
    pull = counts[:, [2, 0]] @ centres - given[:, [2, 0], None] * middle[:, None, :]
    answers = np.stack(
        [agree * (1 - agree), -agree * disagree, -agree * disagree, disagree * (1 - disagree)], axis=1
    )
    one_way = np.linalg.solve(answers.reshape(-1, 2, 2), pull)
    statistic = (one_way * np.linalg.solve(spread, pull.transpose(0, 2, 1)).transpose(0, 2, 1)).sum(
        axis=(1, 2)
    )
    return np.asarray(chi2.sf(statistic, 4))


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
