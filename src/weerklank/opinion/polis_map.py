"""Where Polis puts people and statements, and which groups it makes of that (research 3).

Known to be biased, and kept so for comparison only:

* There are always two to five groups, on pure noise too: the best of several partitions is taken, and one group is never
  among them. That a partition comes back in resamples is no evidence of groups either.
* The result depends on the order of participants, since the first ones that differ are the first centres.
* Positions are multiplied by the root of (statements / own votes), which magnifies the noise of whoever voted little.
* A statement that was moderated out is not removed but counts as a pass of everybody, also of who never saw it. In one
  published conversation that decides who is in which group (agreement with the published groups .97 with, .58 without).

Other than Polis: principal components are computed to convergence and without chance, for any size (Polis stops after 100
power iterations from a random start, and above 10,000 people takes unseeded samples), and there is no history: no
smoothing of the number of groups over time, no participant who once was in and remains so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.linalg import svds
from scipy.spatial.distance import cdist

from weerklank.opinion.coding import chunks
from weerklank.opinion.votes import Votes

__all__ = ["PolisGroups", "PolisMap", "group_people", "in_conversation", "place_people"]

Floats: TypeAlias = npt.NDArray[np.float64]
Labels: TypeAlias = npt.NDArray[np.int64]

_ENOUGH_VOTES = 7
_FEWEST_PEOPLE = 15
_STILL = 0.01  # k-means stops when no centre moves further
_BASE_ROUNDS, _GROUP_ROUNDS = 100, 20
_TIE = 1e-9
_AT_ONCE = 1 << 10  # points whose distances to all centres fit in the processor's own memory
_DENSE = 5  # below so many rows or columns the iterative method has no room


@dataclass(frozen=True, eq=False)
class PolisMap:
    """Where people and statements are.

    :param position: (n, 2) per participant.
    :param components: (2, m) directions of most spread; signs are arbitrary in Polis, here the largest is positive.
    :param means: (m,) the mean vote, which stands in for a vote that was not cast.
    :param extremity: (m,) how far from the middle a participant would be who only agreed with that statement.
    """

    position: Floats
    components: Floats
    means: Floats
    extremity: Floats


@dataclass(frozen=True, eq=False)
class PolisGroups:
    """Groups of the participants who are in the conversation.

    :param group: (n,) 0 … k-1; -1 for whoever voted too little.
    :param silhouettes: of each number of groups that was tried.
    :param base: (n,) the base cluster each belongs to; -1 likewise.
    """

    group: Labels
    silhouettes: dict[int, float]
    base: Labels


def in_conversation(votes: Votes) -> npt.NDArray[np.bool_]:
    """(n,) who voted enough: seven times or on all statements; if fewer than fifteen did, also the most active others."""
    cast = votes.per_participant
    enough = cast >= min(_ENOUGH_VOTES, len(votes.statements))
    if enough.sum() < _FEWEST_PEOPLE:
        order = np.lexsort((np.arange(len(cast)), -cast))
        enough[order[:_FEWEST_PEOPLE]] = True
    return enough


def place_people(votes: Votes, out: npt.NDArray[np.bool_], *, zero_moderated: bool) -> PolisMap:
    """Two principal components of the votes, missing ones replaced by the mean of their statement.

    :param out: (m,) the statements moderated out.
    :param zero_moderated: treat them as Polis does (a pass of everybody); else as if they were not there.
    """
    m = len(votes.statements)
    seen = np.maximum(votes.seen, 1)
    means = np.where(out, 0.0, (votes.agrees - votes.disagrees) / seen)
    centred = votes.matrix()
    centred.data -= means[centred.indices]
    centred.data[out[centred.indices]] = 0.0
    components = _components(centred)
    cast, columns = votes.per_participant, m
    if out.any():
        remaining = votes.at(statements=~out).per_participant
        cast = remaining + int(out.sum()) if zero_moderated else remaining
        columns = m if zero_moderated else int((~out).sum())
    scale = np.sqrt(columns / np.maximum(cast, 1))
    position = (centred @ components.T) * scale[:, None]
    alone = np.sqrt(columns) * (1 - means) * components
    return PolisMap(position, components, means, np.hypot(*alone))


def _components(centred: sparse.csr_array) -> Floats:
    """(2, m) the two directions of most spread; zeros where there is no spread left."""
    n, m = centred.shape
    found = np.zeros((2, m))
    if not centred.nnz or not np.any(centred.data):
        return found
    if min(n, m) < _DENSE:
        _, spread, directions = np.linalg.svd(centred.toarray(), full_matrices=False)
    else:
        _, spread, directions = svds(centred, k=2, v0=np.ones(min(n, m)), solver="arpack")
        spread, directions = spread[::-1], directions[::-1]
    real = spread[:2] > 1e-9 * spread[0]
    directions = directions[:2][real[: len(directions)]]
    largest = np.argmax(np.abs(directions), axis=1)
    directions = directions * np.sign(directions[np.arange(len(directions)), largest])[:, None]
    found[: len(directions)] = directions
    return found


def group_people(
    position: Floats, inside: npt.NDArray[np.bool_], *, base_clusters: int, max_groups: int
) -> PolisGroups:
    """First many base clusters, then two to ``max_groups`` groups of them, by the best mean silhouette."""
    points = position[inside]
    centres, base = _k_means(points, np.ones(len(points)), base_clusters, _BASE_ROUNDS)
    weights = np.bincount(base, minlength=len(centres)).astype(float)
    distances = cdist(centres, centres)
    best, silhouettes, highest = np.zeros(len(centres), np.int64), {}, -np.inf
    for k in range(2, min(max_groups, 2 + len(centres) // 12) + 1):
        _, labels = _k_means(centres, weights, k, _GROUP_ROUNDS)
        if labels.max(initial=0) == 0:
            continue
        silhouettes[k] = _silhouette(distances, labels)
        if silhouettes[k] > highest:
            best, highest = labels, silhouettes[k]
    group, among = np.full(len(position), -1, np.int64), np.full(len(position), -1, np.int64)
    group[inside], among[inside] = best[base], base
    return PolisGroups(group, silhouettes, among)


def _k_means(points: Floats, weights: Floats, k: int, rounds: int) -> tuple[Floats, Labels]:
    """Centres and the nearest centre of each point, from the first ``k`` points that differ; empty ones vanish."""
    _, first = np.unique(points, axis=0, return_index=True)
    centres = points[np.sort(first)[:k]]
    nearest, lead = np.zeros(len(points), np.int64), np.full(len(points), -np.inf)
    for _ in range(rounds):
        _assign(points, centres, nearest, lead)
        total = np.bincount(nearest, weights, len(centres))
        there = total > 0
        sums = np.stack([np.bincount(nearest, weights * axis, len(centres)) for axis in points.T], axis=1)
        moved = sums[there] / total[there, None]
        if there.all():
            drift = np.hypot(*(moved - centres).T)
            lead -= drift[nearest] + drift.max()
            still = bool(np.all(np.hypot(*(_sorted(moved) - _sorted(centres)).T) < _STILL))
        else:
            lead[:], still = -np.inf, False
        centres = moved
        if still:
            break
    _assign(points, centres, nearest, lead)
    used, nearest = np.unique(nearest, return_inverse=True)
    return centres[used], nearest.astype(np.int64)


def _assign(points: Floats, centres: Floats, nearest: Labels, lead: Floats) -> None:
    """The nearest centre of each point for which that may have changed, in place.

    ``lead`` is how much nearer the nearest centre at least is than the next: while that one and any other have together
    moved less, nothing can have changed (Hamerly, 2010).
    """
    lengths, doubled = np.sum(centres**2, axis=1), 2 * centres.T
    asked = np.flatnonzero(lead <= _TIE)
    for part in chunks(len(asked), _AT_ONCE):
        some = asked[part]
        # |c|² - 2 c·p orders the centres as the distance does.
        beyond = lengths - points[some] @ doubled
        own, row = np.argmin(beyond, axis=1), np.arange(len(some))
        square = np.sum(points[some] ** 2, axis=1)
        here = beyond[row, own]
        beyond[row, own] = np.inf
        apart = np.sqrt(np.maximum(np.stack([beyond.min(axis=1), here]) + square, 0))
        nearest[some], lead[some] = own, apart[0] - apart[1]


def _sorted(centres: Floats) -> Floats:
    return centres[np.lexsort(centres.T[::-1])]


def _silhouette(distances: Floats, labels: Labels) -> float:
    """The mean over points of how much nearer the own group is than the next; 0 for who is alone."""
    member = np.eye(labels.max() + 1)[labels]
    sizes = member.sum(axis=0)
    total = distances @ member
    own = sizes[labels]
    inside = total[np.arange(len(labels)), labels] / np.maximum(own - 1, 1)
    means = total / sizes
    means[np.arange(len(labels)), labels] = np.inf
    outside = means.min(axis=1)
    larger = np.maximum(inside, outside)
    score = np.where((own > 1) & (larger > 0), (outside - inside) / np.where(larger > 0, larger, 1), 0.0)
    return float(score.mean())
