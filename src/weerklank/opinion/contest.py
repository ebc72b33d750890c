"""Which picture predicts votes that it has not seen: base rates, groups, or a map?

Votes are hidden in folds. From the others three kinds of models are made: the shares per statement, latent
classes (``classes.py``) and nominal maps in one and two dimensions (``nominal.py``). Each predicts the hidden
votes; the score is the mean log-likelihood. How many classes and dimensions is chosen on one half of the
hidden votes and tested on the other, both ways. Votes of one person hang together, so every comparison is
clustered by participant.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from weerklank.opinion.axes import fit_trait, place
from weerklank.opinion.classes import fit_classes
from weerklank.opinion.grouping import base_shares
from weerklank.opinion.nominal import fit_nominal
from weerklank.opinion.tables import said_in
from weerklank.opinion.votes import Votes

__all__ = ["Contest", "contest"]

Floats = NDArray[np.float64]

_FOLDS = 5
_FOLDS_BY_VOTES = (
    (12_000, 5),
    (40_000, 3),
)  # with more votes fewer folds are played: there is then power enough
_LEAST = 1e-9


@dataclass(frozen=True)
class Contest:
    """Mean gains over the base rates in nats per vote, and z of groups, map, the better of both, and groups
    minus map.

    ``k`` and ``dimensions`` are those chosen on all hidden votes; ``capped``: on either half or on all, the
    largest ``k`` won.
    """

    gain_groups: float
    gain_map: float
    z_groups: float
    z_map: float
    z_difference: float
    threshold: float
    k: int
    dimensions: int
    capped: bool
    votes: int


def contest(
    votes: Votes,
    *,
    max_groups: int,
    rng: np.random.Generator,
    tried: int | None = None,
    folds: int | None = None,
) -> Contest:
    """Play it on ``votes`` (in canonical order, cleaned).

    :param max_groups: the number of groups that is no evidence, since it was the largest to choose from.
    :param tried: the largest number really tried, where that is less.
    :param folds: how many of the five folds are played; by default fewer where there are many votes.
    """
    ks = tuple(range(2, (tried or max_groups) + 1))
    if folds is None:
        folds = next((folds for most, folds in _FOLDS_BY_VOTES if votes.n_votes <= most), 2)
    hidden_in = rng.permutation(votes.n_votes) % _FOLDS
    rows = votes.rows
    scores, whose = [], []
    for fold in range(folds):
        hidden = hidden_in == fold
        scores.append(_scores(votes, hidden, ks, rng))
        whose.append(rows[hidden])
    gains, people = np.concatenate(scores), np.concatenate(whose)
    return _judged(gains, people, ks, max_groups, rng.permutation(len(people)) % 2)


def _scores(votes: Votes, hidden: NDArray[np.bool_], ks: tuple[int, ...], rng: np.random.Generator) -> Floats:
    """(hidden votes, len(ks) + 2) log-likelihood of each above that of the base rates."""
    starts = np.concatenate([[0], np.cumsum(~hidden)])[votes.starts]
    known = Votes(votes.participants, votes.statements, starts, votes.columns[~hidden], votes.values[~hidden])
    said = said_in(known)
    base = base_shares(known.tally)
    trait = fit_trait(known)
    if trait is None:
        return np.zeros((int(hidden.sum()), len(ks) + 2))
    position = place(known, trait)[0].astype(float)
    cell = votes.columns[hidden].astype(np.int64) * 3 + (votes.values[hidden] + 1)
    row = votes.rows[hidden]
    reference = np.log(base.reshape(-1)[cell])
    found = [
        _predicted(fit.weights, fit.log_shares, row, cell)
        for fit in fit_classes(said, base, position, ks, rng, starts=3)
    ]
    # From answers (-1, 0, 1) to log-odds against pass: a start, which EM then improves.
    scale = 2.0 / max(trait.variance, _LEAST)
    for d in (1, 2):
        fit = fit_nominal(said, base, scale * trait.vectors[:, :d], rounds=15)
        found.append(_predicted(fit.weights, fit.log_shares, row, cell))
    gains: Floats = np.stack(found, axis=1) - reference[:, None]
    return gains


def _predicted(
    weights: NDArray[np.float32],
    log_shares: NDArray[np.float32],
    row: NDArray[np.int32],
    cell: NDArray[np.int64],
) -> Floats:
    shares = np.exp(log_shares)
    total = np.empty(len(row))
    for first in range(0, len(row), 20_000):
        part = slice(first, first + 20_000)
        total[part] = np.einsum("vk,vk->v", weights[row[part]], shares[cell[part]])
    return np.log(np.maximum(total, _LEAST))


def _judged(
    gains: Floats, people: NDArray[np.int32], ks: tuple[int, ...], cap: int, half: NDArray[np.int64]
) -> Contest:
    groups, maps = gains[:, : len(ks)], gains[:, len(ks) :]
    tested_groups, tested_maps = (np.empty(len(gains)) for _ in range(2))
    chosen = []
    for one in (0, 1):
        here, there = half == one, half != one
        k, d = int(groups[there].mean(axis=0).argmax()), int(maps[there].mean(axis=0).argmax())
        tested_groups[here], tested_maps[here] = groups[here, k], maps[here, d]
        chosen.append(k)
    k, d = int(groups.mean(axis=0).argmax()), int(maps.mean(axis=0).argmax())
    return Contest(
        gain_groups=float(tested_groups.mean()),
        gain_map=float(tested_maps.mean()),
        z_groups=_z(tested_groups, people),
        z_map=_z(tested_maps, people),
        z_difference=_z(tested_groups - tested_maps, people),
        threshold=float(student.ppf(0.95, max(len(np.unique(people)) - 1, 1))),
        k=ks[k],
        dimensions=d + 1,
        capped=cap in {ks[one] for one in (*chosen, k)},
        votes=len(gains),
    )


def _z(difference: Floats, people: NDArray[np.int32]) -> float:
    """The mean beside its standard error, clustered by participant."""
    mean = difference.mean()
    count = np.bincount(people)
    total = np.bincount(people, difference) - count * mean
    cast = count > 0
    clusters = int(cast.sum())
    error = sqrt(float((total[cast] ** 2).sum()) * clusters / max(clusters - 1, 1)) / len(difference)
    return float(mean / error) if error > 0 else 0.0
