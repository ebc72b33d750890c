"""Do votes hang together at all? Two tests that know nothing of groups or maps.

*Permutation*: shuffle the votes of each statement among its voters, which keeps how every statement was
answered and who voted on what; structure shows as a first eigenvalue that no shuffle reaches. *Split-half*:
two maps, each from a random half of the statements, and how well the places on them agree, stepped up to the
whole (Spearman 1910; Brown 1910).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from weerklank.opinion.axes import fit_trait, place
from weerklank.opinion.coding import column_type
from weerklank.opinion.votes import Votes

__all__ = ["permutation_p", "split_half"]

Floats = NDArray[np.float64]

_STEPS = 20


def permutation_p(votes: Votes, *, rng: np.random.Generator, shuffles: int = 39) -> float:
    """The p of the first eigenvalue: how often a shuffle reaches it. Stops early once that is clearly no
    rarity.
    """
    across = votes.by_statement
    column = across.rows.astype(column_type(len(votes.statements)))
    centre = (votes.agrees - votes.disagrees) / np.maximum(votes.seen, 1)
    value = across.values - centre[column]
    pattern = (across.columns.astype(np.int32), across.starts)
    shape = (len(votes.statements), len(votes.participants))
    start = rng.normal(size=shape[0])
    found = _first_eigenvalue(value, pattern, shape, start)
    if found <= 0:
        return 1.0
    reached = 0
    for done in range(1, shuffles + 1):
        mixed = rng.permutation(len(column))
        order = mixed[np.argsort(column[mixed], kind="stable")]
        reached += _first_eigenvalue(value[order], pattern, shape, start) >= found
        if reached >= 5:
            return (reached + 1) / (done + 1)
    return (reached + 1) / (shuffles + 1)


def split_half(votes: Votes, *, rng: np.random.Generator, splits: int = 5) -> float:
    """The reliability of the first axis, 0 (none) to 1: the mean over random splits of the statements."""
    m = len(votes.statements)
    found = []
    for _ in range(splits):
        half = rng.permutation(m) < m // 2
        places = []
        for kept in (half, ~half):
            part = votes.at(statements=kept)
            trait = fit_trait(part) if part.n_votes else None
            if trait is None:
                return 0.0
            places.append(place(part, trait)[0][:, 0].astype(float))
        one, other = (each - each.mean() for each in places)
        spread = float(np.sqrt((one**2).mean() * (other**2).mean()))
        agreement = abs(float((one * other).mean())) / spread if spread > 0 else 0.0
        found.append(2 * agreement / (1 + agreement))
    return float(np.mean(found))


def _first_eigenvalue(
    value: Floats, pattern: tuple[NDArray[np.int32], NDArray[np.int64]], shape: tuple[int, int], start: Floats
) -> float:
    """The largest eigenvalue of X Xᵀ by power iteration: as exact for a shuffle as for the votes themselves."""
    matrix = sparse.csr_array((value, pattern[0], pattern[1]), shape=shape)
    back = matrix.T
    direction = start / np.linalg.norm(start)
    size = 0.0
    for _ in range(_STEPS):
        direction = matrix @ (back @ direction)
        size = float(np.linalg.norm(direction))
        if size == 0:
            return 0.0
        direction /= size
    return size
