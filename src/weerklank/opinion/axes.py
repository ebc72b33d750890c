"""The map: where people stand on two axes, with how sure that is.

Start: the two leading principal components of the votes, centred per statement over who saw it, by Lanczos
iteration on the sparse matrix (nothing is filled in). From there a fixed number of EM rounds for a latent
trait with Gaussian noise and votes missing at random (probabilistic principal components: Tipping & Bishop
1999), with the spread of the trait kept at 1 in each round (parameter expansion: Liu, Rubin & Wu 1998). A
position is the posterior mean given the votes somebody cast: with few votes it lies near the middle, with a
wide covariance. The start is unique, the number of rounds fixed: the map does not depend on chance, nor on
the map before it, which only decides how the picture is turned.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.linalg import LinearOperator, eigsh

from weerklank.opinion.records import OpinionMap
from weerklank.opinion.tables import answers_given, sample_of, summed_per_person
from weerklank.opinion.trait import Trait, posterior
from weerklank.opinion.votes import Votes

__all__ = [
    "active_rows",
    "aligned",
    "begun",
    "fit_map",
    "fit_trait",
    "moments_of",
    "place",
    "refitted",
    "turn_between",
]

Floats = NDArray[np.float64]

ROUNDS = 5
_FITTED_ON = 30_000  # people: the axes are then known far better than anybody's place on them
_FEWEST_PEOPLE, _FEWEST_STATEMENTS = 10, 3
_LEAST_VARIANCE = 1e-3
_PRIOR_VOTES = 2.0  # so many imagined votes keep the vector of a little-seen statement near zero


def active_rows(votes: Votes, *, min_votes: int) -> NDArray[np.bool_]:
    """(n,) who voted enough to help in finding the axes."""
    return np.asarray(votes.per_participant >= max(1, min(min_votes, len(votes.statements))))


def fit_map(
    votes: Votes, *, previous: OpinionMap | None, ids_before: tuple[object, ...], min_votes: int, seed: int
) -> OpinionMap | None:
    """The map of ``votes``; None where there are too few people or statements, or nothing that varies."""
    fitted = active_rows(votes, min_votes=min_votes)
    if fitted.sum() < _FEWEST_PEOPLE or len(votes.statements) < _FEWEST_STATEMENTS:
        return None
    sample, _ = sample_of(votes, people=_FITTED_ON, seed=seed, among=fitted)
    trait = fit_trait(sample)
    if trait is None:
        return None
    before = None if previous is None else _shared(previous, ids_before, votes)
    trait = _turned(trait, np.asarray(sample.seen), before)
    position, covariance = place(votes, trait)
    seen = sample.seen
    explained = np.einsum("m,ma->a", seen, trait.vectors**2) / max(
        seen.sum() * trait.variance, _LEAST_VARIANCE
    )
    return OpinionMap(
        position=position,
        covariance=covariance,
        vectors=trait.vectors,
        centres=trait.centres,
        noise=trait.noise,
        explained=explained,
        fitted=fitted,
        agree_correlation=_agree_correlation(votes, position[:, 0], fitted),
    )


def fit_trait(votes: Votes, *, rounds: int = ROUNDS) -> Trait | None:
    """Vectors, centres and noise from people who voted enough; None where no answer varies."""
    seen = np.maximum(votes.seen, 1)
    centres = (votes.agrees - votes.disagrees) / seen
    square = (votes.agrees + votes.disagrees) - seen * centres**2 * (votes.seen > 0)
    if square.sum() <= _LEAST_VARIANCE:
        return None
    variance = float(square.sum() / votes.n_votes)
    trait = begun(_leading(votes, centres), centres, variance, statements=len(seen))
    said = answers_given(votes, dtype=np.float64)
    back = said.T
    for _ in range(rounds):
        moments = moments_of(said @ trait.weights())
        trait = refitted(trait, moments, back @ moments, float(square.sum()), said.nnz)
    return trait


def begun(directions: Floats, centres: Floats, variance: float, *, statements: int) -> Trait:
    """The trait from which EM begins: three quarters of the variance is noise."""
    return Trait(directions * np.sqrt(variance * statements / 4), centres, 0.75 * variance, variance)


def moments_of(sums: Floats) -> Floats:
    """(n, 5) the expected place (x, y) and its products (xx, xy, yy), from summed precision and pull."""
    mean, spread = posterior(sums)
    x, y = mean.T
    return np.concatenate([mean, spread + np.stack([x * x, x * y, y * y], axis=1)], axis=1)


def refitted(
    trait: Trait,
    moments: Floats,
    told: Floats,
    square: float,
    votes: int,
    *,
    kept: NDArray[np.bool_] | None = None,
) -> Trait:
    """The trait that fits the expected places best: one EM round.

    :param told: (3 m, 5) the ``moments`` summed over who gave each answer.
    :param square: the sum of the squared centred votes, and ``votes`` how many.
    :param kept: (m,) the statements that count; the others keep a vector of nought.
    """
    sums = told.reshape(-1, 3, 5)
    disagreed, agreed = sums[:, 0], sums[:, 2]
    total = disagreed + sums[:, 1] + agreed
    pull = agreed[:, :2] - disagreed[:, :2] - trait.centres[:, None] * total[:, :2]
    xx, xy, yy = total[:, 2:].T
    sure_x, sure_y = xx + _PRIOR_VOTES, yy + _PRIOR_VOTES
    inverse = np.stack([sure_y, -xy, -xy, sure_x], axis=1) / (sure_x * sure_y - xy * xy)[:, None]
    vectors = (inverse.reshape(-1, 2, 2) * pull[:, None, :]).sum(axis=2)
    if kept is not None:
        vectors *= kept[:, None]
    x, y = vectors.T
    left = square - 2 * np.vdot(vectors, pull) + x @ (xx * x + 2 * xy * y) + y @ (yy * y)
    noise = max(float(left / votes), _LEAST_VARIANCE)
    root = np.linalg.cholesky(moments[:, 2:].mean(axis=0)[[0, 1, 1, 2]].reshape(2, 2))
    return Trait(vectors @ root, trait.centres, noise, trait.variance)


def place(votes: Votes, trait: Trait) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Posterior mean (n, 2) and covariance (n, 2, 2) of everybody."""
    n = len(votes.participants)
    position, covariance = np.empty((n, 2), np.float32), np.empty((n, 2, 2), np.float32)
    sums = summed_per_person(votes, trait.weights())
    for first in range(0, n, 100_000):
        part = slice(first, first + 100_000)
        mean, spread = posterior(sums[part].astype(float))
        position[part] = mean
        covariance[part] = spread[:, [0, 1, 1, 2]].reshape(-1, 2, 2)
    return position, covariance


def _leading(votes: Votes, centres: Floats) -> Floats:
    """(m, 2) the leading principal directions of the centred votes, unseen cells left out."""
    matrix = votes.matrix("signed")
    matrix.data -= centres[matrix.indices]
    m = matrix.shape[1]
    back = matrix.T
    if m <= 3 or min(matrix.shape) <= 3:
        values, directions = np.linalg.eigh((back @ matrix).toarray())
        return np.asarray(directions[:, np.argsort(values)[::-1][:2]])
    operator = LinearOperator((m, m), matvec=lambda v: back @ (matrix @ v), dtype=float)
    # The start must not be orthogonal to what is sought, and must follow from the votes alone.
    square = np.bincount(matrix.indices, matrix.data**2, minlength=m)
    start = np.sqrt(square) + 0.1 * (centres + 2)
    if np.linalg.norm(back @ (matrix @ start)) <= 1e-9 * square.max() * np.linalg.norm(start):
        # Balanced votes: begin with what goes together with the statement that divides most.
        one = np.zeros(m)
        one[square.argmax()] = 1.0
        start += back @ (matrix @ one)
    values, directions = eigsh(operator, k=2, v0=start, tol=1e-7, ncv=min(m, 12))
    return np.asarray(directions[:, np.argsort(values)[::-1]])


def _turned(trait: Trait, seen: NDArray[Any], before: tuple[NDArray[np.intp], Floats] | None) -> Trait:
    """Axes in order of what they explain with a sign that follows from the statements, or turned to lie as
    before.
    """
    vectors = trait.vectors
    _, _, turn = np.linalg.svd(vectors * np.sqrt(seen)[:, None], full_matrices=False)
    vectors = vectors @ turn.T
    skew = (vectors**3).sum(axis=0)
    vectors = vectors * np.where(skew < 0, -1.0, 1.0)
    if before is not None and len(before[0]) >= _FEWEST_STATEMENTS:
        columns, there = before
        vectors = vectors @ turn_between(vectors[columns], there)
    return Trait(vectors, trait.centres, trait.noise, trait.variance)


def aligned(vectors: Floats, there: Floats) -> Floats:
    """``vectors`` (m, 2) turned or mirrored to lie as close as can be to ``there`` (Schönemann 1966)."""
    return np.asarray(vectors @ turn_between(vectors, there))


def turn_between(vectors: Floats, there: Floats) -> Floats:
    """(2, 2) the turn or mirroring of ``vectors`` (m, 2) that brings them closest to ``there``."""
    left, _, right = np.linalg.svd(vectors.T @ there)
    return np.asarray(left @ right)


def _shared(previous: OpinionMap, ids: tuple[object, ...], votes: Votes) -> tuple[NDArray[np.intp], Floats]:
    """The columns of ``votes`` that were on the previous map, and their vectors there."""
    place_before = {one: column for column, one in enumerate(ids)}
    pairs = [(now, place_before[one]) for now, one in enumerate(votes.statements) if one in place_before]
    now, then = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
    return now, previous.vectors[then]


def _agree_correlation(votes: Votes, first: NDArray[np.float32], fitted: NDArray[np.bool_]) -> float:
    cast = votes.per_participant
    agrees = np.zeros(len(cast))
    for block in votes.blocks():
        span = slice(votes.starts[block.start], votes.starts[block.stop])
        sums = np.concatenate([[0], np.cumsum(votes.values[span] == 1, dtype=np.int32)])
        agrees[block] = np.diff(sums[votes.starts[block.start : block.stop + 1] - span.start])
    share, place_ = agrees[fitted] / cast[fitted], first[fitted].astype(float)
    spread = share.std() * place_.std()
    if spread < 1e-12:
        return 0.0
    return float(((share - share.mean()) * (place_ - place_.mean())).mean() / spread)
