"""Where people stand by the other statements alone: one map per fold of statements, all made side by side.

Each map is that of ``axes.py`` with fewer rounds, fitted to the votes on the statements outside its fold. The folds
share one matrix of what was said, in which the statements of a fold weigh nothing, so that a round for all of
them is one product. The directions begin from those of the whole map and are taken on (block Lanczos; Golub &
Underwood 1977) until they are those of the other statements: what the whole map knew of the hidden votes is then gone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from weerklank.opinion.axes import begun, moments_of, refitted, turn_between
from weerklank.opinion.tables import Said, said_in
from weerklank.opinion.trait import Trait, posterior
from weerklank.opinion.votes import Votes

__all__ = ["places_without_fold"]

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

_ROUNDS = 2
_MOST_STEPS = 30
_LEAST = 1e-9
_SETTLED = 1e-4  # of the second eigenvalue: what is left of a direction that does not belong to it


def places_without_fold(votes: Votes, fold_of: NDArray[np.int64], vectors: Floats) -> Singles:
    """(n, folds, 2) where everybody stands by the statements outside each fold, on a map that lies as ``vectors``;
    in the middle where those do not vary.
    """
    folds = int(fold_of.max()) + 1 if len(fold_of) else 0
    places = np.zeros((len(votes.participants), folds, 2), np.float32)
    kept = fold_of[:, None] != np.arange(folds)  # (m, folds)
    centres = (votes.agrees - votes.disagrees) / np.maximum(votes.seen, 1)
    square = votes.agrees + votes.disagrees - votes.seen * centres**2
    filled = np.flatnonzero((square[:, None] * kept).sum(axis=0) > 1e-3)
    if not len(filled):
        return places
    kept = kept[:, filled]
    seen, said = votes.seen, said_in(votes)
    cast, squares = seen @ kept, square @ kept
    directions = _leading(said, centres, kept, vectors)
    traits = [
        begun(each, centres, float(squares[one] / cast[one]), statements=int(kept[:, one].sum()))
        for one, each in enumerate(directions)
    ]
    for _ in range(_ROUNDS):
        moments = [moments_of(sums) for sums in _sums(said, traits)]
        told = said.per_answer(np.concatenate(moments, axis=1, dtype=np.float32)).astype(float)
        traits = [
            refitted(
                trait,
                moments[one],
                told[:, 5 * one : 5 * one + 5],
                float(squares[one]),
                int(cast[one]),
                kept=kept[:, one],
            )
            for one, trait in enumerate(traits)
        ]
    for fold, trait, sums in zip(filled, traits, _sums(said, traits), strict=True):
        places[:, fold] = posterior(sums)[0] @ turn_between(trait.vectors, vectors)
    return places


def _sums(said: Said, traits: list[Trait]) -> list[Floats]:
    """Per trait (n, 5) the summed precision and pull of everybody."""
    weights = np.concatenate([trait.weights() for trait in traits], axis=1, dtype=np.float32)
    sums = said.per_person(weights).astype(float)
    return [sums[:, first : first + 5] for first in range(0, sums.shape[1], 5)]


def _leading(said: Said, centres: Floats, kept: NDArray[np.bool_], start: Floats) -> Floats:
    """(folds, m, 2) the two leading principal directions of the centred votes on the statements each fold keeps."""
    mask = kept.T[:, :, None].astype(float)
    folds, m, _ = mask.shape
    values = (np.array([-1.0, 0.0, 1.0]) - centres[:, None]).astype(np.float32)  # (m, 3)

    def through(block: Floats) -> Floats:
        """The votes and back again, for all folds in one product."""
        flat = block.transpose(1, 0, 2).reshape(m, 1, -1).astype(np.float32)
        there = said.per_person((values[:, :, None] * flat).reshape(3 * m, -1))
        back = (said.per_answer(there).reshape(m, 3, -1) * values[:, :, None]).sum(axis=1, dtype=float)
        return np.asarray(mask * back.reshape(m, folds, 2).transpose(1, 0, 2))

    basis = np.linalg.qr(mask * start)[0]
    image = through(basis)
    for _ in range(_MOST_STEPS):
        small = basis.transpose(0, 2, 1) @ image
        sizes, turns = np.linalg.eigh((small + small.transpose(0, 2, 1)) / 2)
        first = turns[:, :, :-3:-1]
        found = basis @ first
        left = image @ first - found * sizes[:, None, :-3:-1]
        wrong = np.linalg.norm(left, axis=1).max(axis=1) / np.maximum(sizes[:, -2], _LEAST)
        if wrong.max() < _SETTLED or basis.shape[2] + 2 > m:
            break
        fresh = image[:, :, -2:]
        for _ in range(2):
            fresh = fresh - basis @ (basis.transpose(0, 2, 1) @ fresh)
        fresh = np.linalg.qr(fresh)[0]
        basis = np.concatenate([basis, fresh], axis=2)
        image = np.concatenate([image, through(fresh)], axis=2)
    return np.asarray(found)
