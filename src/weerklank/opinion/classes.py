"""Latent classes: groups that each answer every statement with shares of their own (Lazarsfeld; Goodman
1974).

EM with a Dirichlet prior around the shares of everybody, from several starts that cut the linear map in
different ways. All starts of all numbers of groups run side by side as columns of one product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from weerklank.opinion.tables import LEAST_LOG, Said, summed_per_answer
from weerklank.opinion.votes import Votes

__all__ = ["ClassFit", "fit_classes", "memberships", "memberships_by_others"]

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

_PRIOR_VOTES = 4.0
_SETTLED = 2e-5  # nats per vote gained in a round
_ROUNDS_BY_OTHERS, _HARDLY_MOVED = 30, 1e-3


@dataclass(frozen=True, eq=False)
class ClassFit:
    """``log_shares`` (3 m, k) of disagree, pass, agree per class; ``log_sizes`` (k,); ``weights`` (n, k);
    ``likelihood`` per vote.
    """

    log_shares: Singles
    log_sizes: Floats
    weights: Singles
    likelihood: float

    @property
    def k(self) -> int:
        """The number of classes."""
        return len(self.log_sizes)


def fit_classes(
    said: Said,
    base: Floats,
    position: Floats,
    ks: Sequence[int],
    rng: np.random.Generator,
    *,
    starts: int = 3,
    rounds: int = 40,
) -> tuple[ClassFit, ...]:
    """For each of ``ks`` the likeliest of ``starts`` fits.

    :param position: (n, d) where people stand, only to begin from.
    """
    sizes = [k for k in ks for _ in range(starts)]
    edges = np.concatenate([[0], np.cumsum(sizes)])
    weights = np.concatenate([_start(position, k, rng) for k in sizes], axis=1)
    pull = (_PRIOR_VOTES * base).reshape(-1, 1)
    live = np.ones(len(sizes), bool)
    before = np.full(len(sizes), -np.inf)
    fits: list[ClassFit | None] = [None] * len(sizes)
    for turn in range(rounds):
        columns = np.flatnonzero(np.repeat(live, sizes))
        log_shares, log_sizes = _maximised(said, weights[:, columns], pull, base.shape[0])
        scores = said.per_person(log_shares)
        at = 0
        for one in np.flatnonzero(live):
            part = slice(at, at + sizes[one])
            at = part.stop
            log_size = log_sizes[part] - np.log(np.exp(log_sizes[part]).sum())
            member, likelihood = memberships(scores[:, part], log_size)
            likelihood /= max(said.votes, 1)
            weights[:, edges[one] : edges[one + 1]] = member
            if likelihood - before[one] < _SETTLED or turn == rounds - 1:
                fits[one] = ClassFit(log_shares[:, part].copy(), log_size, member, likelihood)
                live[one] = False
            before[one] = likelihood
        if not live.any():
            break
    done = [fit for fit in fits if fit is not None]
    return tuple(max((fit for fit in done if fit.k == k), key=lambda fit: fit.likelihood) for k in ks)


def memberships(scores: Singles, log_sizes: Floats) -> tuple[Singles, float]:
    """The chance of each class (n, k) from summed log-shares (n, k), and the log-likelihood of it all."""
    # People along the fast axis: a maximum over a handful of classes is then taken for many people at once.
    weights = np.ascontiguousarray(scores.T)
    weights += log_sizes.astype(np.float32)[:, None]
    top = weights.max(axis=0)
    weights -= top
    np.maximum(weights, LEAST_LOG, out=weights)
    np.exp(weights, out=weights)
    norm = weights.sum(axis=0)
    weights /= norm
    return weights.T, float(top.sum(dtype=float) + np.log(norm).sum(dtype=float))


def memberships_by_others(votes: Votes, fit: ClassFit, base: Floats) -> Singles:
    """The chance of each class (n, k) by shares in which somebody's own votes are not counted.

    A class leans towards whoever is in it, so that everybody seems surer of their place than they are. Here
    each person is weighed by the others alone, and again with the chances so found until those stay as they
    are (the zero-order collapsed form of the same model: Asuncion, Welling, Smyth & Teh 2009).

    :param votes: those that ``fit`` was made from, in the same order.
    """
    chance = np.asarray(fit.weights, np.float32)
    m, n = len(votes.statements), len(votes.participants)
    pull = (_PRIOR_VOTES * base).reshape(-1, 1)
    for _ in range(_ROUNDS_BY_OTHERS):
        counts = (summed_per_answer(votes, chance) + pull).astype(np.float32)
        totals = counts.reshape(m, 3, -1).sum(axis=1)
        scores = np.log(chance.sum(axis=0) - chance + 1)
        for block in votes.blocks():
            scores[block] += _said_of_others(votes, block, chance, counts, totals)
        again, _ = memberships(scores, np.zeros(fit.k))
        moved = float(np.abs(again - chance).max()) if n else 0.0
        chance = again
        if moved < _HARDLY_MOVED:
            break
    return chance


def _said_of_others(votes: Votes, rows: slice, chance: Singles, counts: Singles, totals: Singles) -> Singles:
    """(rows, k) summed log-shares of what was said, each without the chance of who said it."""
    starts = votes.starts[rows.start : rows.stop + 1]
    span = slice(starts[0], starts[-1])
    column = votes.columns[span].astype(np.int64)
    own = np.repeat(chance[rows], np.diff(starts), axis=0)
    logs = np.log((counts[column * 3 + votes.values[span] + 1] - own) / (totals[column] - own))
    each = sparse.csr_array(
        (np.ones(len(column), np.float32), np.arange(len(column)), starts - starts[0]),
        shape=(len(starts) - 1, len(column)),
    )
    return np.asarray(each @ logs)


def _maximised(said: Said, weights: Singles, pull: Floats, m: int) -> tuple[Singles, Floats]:
    counts = said.per_answer(weights)
    counts += pull.astype(np.float32)
    split = counts.reshape(m, 3, -1)
    split /= split.sum(axis=1, keepdims=True)
    return np.log(counts), np.log(weights.sum(axis=0, dtype=float) + 1.0)


def _start(position: Floats, k: int, rng: np.random.Generator) -> Singles:
    """Everybody to the nearest of ``k`` people drawn far apart (k-means++: Arthur & Vassilvitskii 2007)."""
    n = len(position)
    distance = np.full((n, k), np.inf)
    chosen = int(rng.integers(n))
    for one in range(k):
        distance[:, one] = ((position - position[chosen]) ** 2).sum(axis=1)
        nearest = distance[:, : one + 1].min(axis=1)
        total = nearest.sum()
        chosen = int(rng.choice(n, p=nearest / total)) if total > 0 else int(rng.integers(n))
    weights = np.full((n, k), 0.1 / k, np.float32)
    weights[np.arange(n), distance.argmin(axis=1)] += 0.9
    return weights
