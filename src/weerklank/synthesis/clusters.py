"""Clusters: communities of the graph of nearest neighbours, agreed on by several draws.

An edge weighs by how near two texts are *for their surroundings*: in a crowd only the very nearest count, in a sparse
corner what is farther counts too (local scaling: Zelnik-Manor & Perona 2004). Louvain (Blondel et al. 2008) once per
seed; the draws vote on every edge, and the graph of what most of them kept together is clustered once more (consensus
clustering: Lancichinetti, Fortunato 2012). How often a text stayed with the others of its cluster is its confidence, and
is shown. Last, each text goes to the nearest centre, by places that took on something of their neighbours'.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weerklank.errors import MissingExtra
from weerklank.synthesis.refusals import because

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from scipy.sparse import csr_matrix

    Matrix = npt.NDArray[np.float32]
    Numbers = npt.NDArray[np.int64]

__all__ = ["Partition", "graph_of", "nearest", "partition_of", "settled", "spread_over"]

_BLOCK = 1_000
_AGREED = 0.5
_AGAIN = 0.75
_LEAST = 0.05
_NARROWEST = 0.5
_OWN, _STEPS = 0.3, 5
_SETTLING = 3
_TINY = 1e-9


@dataclass(frozen=True, eq=False)
class Partition:
    """A cluster per text and how sure it is of it; -1 when it is near nothing."""

    labels: Numbers
    confidence: Matrix


def nearest(places: Matrix, count: int) -> tuple[Numbers, Matrix]:
    """Per text its ``count`` nearest others and their cosine, nearest first; ties by position."""
    import numpy as np

    texts = places.shape[0]
    kept = max(0, min(count, texts - 1))
    found = np.zeros((texts, kept), dtype=np.int64)
    cosine = np.zeros((texts, kept), dtype=np.float32)
    if kept == 0:
        return found, cosine
    for start in range(0, texts, _BLOCK):
        rows = np.arange(start, min(start + _BLOCK, texts))
        likeness = np.round(places[rows] @ places.T, 5)
        likeness[np.arange(len(rows)), rows] = -2.0
        part = np.sort(np.argpartition(-likeness, kept - 1, axis=1)[:, :kept], axis=1)
        values = np.take_along_axis(likeness, part, axis=1)
        order = np.argsort(-values, axis=1, kind="stable")
        found[rows] = np.take_along_axis(part, order, axis=1)
        cosine[rows] = np.take_along_axis(values, order, axis=1)
    return found, cosine


def graph_of(neighbours: Numbers, cosine: Matrix) -> csr_matrix:
    """Texts × texts: how near two are for their surroundings, from 0 to 1; nothing where they have nothing in common.

    Each text's scale is its mean distance to its neighbours; copies do not make it narrower than half of what is usual.
    """
    import numpy as np
    from scipy.sparse import csr_matrix

    texts, count = neighbours.shape
    near = cosine >= _LEAST
    distance = np.where(near, np.maximum(1 - cosine, 0), 0).astype(np.float64)
    scale = distance.sum(axis=1) / np.maximum(near.sum(axis=1), 1)
    linked = near.any(axis=1)
    usual = float(scale[linked].mean()) if linked.any() else 0.0
    scale = np.maximum(scale, max(_NARROWEST * usual, _TINY))
    weight = np.exp(-(distance**2) / (scale[:, None] * scale[neighbours]))[near].astype(np.float32)
    rows = np.repeat(np.arange(texts), count)[near.ravel()]
    graph = csr_matrix((weight, (rows, neighbours[near])), shape=(texts, texts))
    return graph.maximum(graph.T).tocsr()


def _communities(graph: csr_matrix, *, resolution: float, seed: int) -> Numbers:
    try:
        from sknetwork.clustering import Louvain
    except ImportError as error:
        raise MissingExtra("synthesis", needed_for=because("needs-groups")) from error
    import numpy as np

    found = Louvain(resolution=resolution, random_state=seed, shuffle_nodes=True).fit_predict(graph)
    return np.asarray(found, dtype=np.int64)


def partition_of(graph: csr_matrix, *, resolution: float, seeds: tuple[int, ...]) -> Partition:
    """Clusters of texts from the graph of :func:`graph_of`; the same for the same input."""
    import numpy as np
    from scipy.sparse import csr_matrix

    texts = graph.shape[0]
    if graph.nnz == 0:
        return Partition(np.full(texts, -1, dtype=np.int64), np.ones(texts, dtype=np.float32))
    draws = [_communities(graph, resolution=resolution, seed=seed) for seed in seeds]
    edges = graph.tocoo()
    votes = np.mean([draw[edges.row] == draw[edges.col] for draw in draws], axis=0)
    kept = votes >= _AGREED
    agreed = csr_matrix(
        (edges.data[kept] * votes[kept], (edges.row[kept], edges.col[kept])), shape=graph.shape
    )
    # What the draws cut is cut already: at the full resolution it would crumble.
    labels = _communities(agreed, resolution=_AGAIN * resolution, seed=seeds[0]) if agreed.nnz else draws[0]
    alone = np.asarray(graph.getnnz(axis=1)).ravel() == 0
    confidence = _stayed(labels, draws)
    _, numbered = np.unique(np.where(alone, -1, labels), return_inverse=True)
    return Partition(numbered.ravel() - int(alone.any()), confidence)


def _stayed(labels: Numbers, draws: list[Numbers]) -> Matrix:
    """Per text the share of its cluster that a draw kept with it, over all draws."""
    import numpy as np

    size = np.bincount(labels)[labels]
    total = np.zeros(len(labels))
    for draw in draws:
        pair = labels * (int(draw.max()) + 1) + draw
        _, inverse, counts = np.unique(pair, return_inverse=True, return_counts=True)
        total += np.where(size > 1, (counts[inverse] - 1) / np.maximum(size - 1, 1), 1.0)
    return (total / len(draws)).astype(np.float32)


def spread_over(places: Matrix, graph: csr_matrix) -> Matrix:
    """Places, each of length one, that took on something of their neighbours', and of those' in turn.

    A walk over the graph that returns to the text itself three times in ten (Gasteiger, Bojchevski, Günnemann 2019): a
    sentence of ten words says little, those around it say what it is about.
    """
    import numpy as np
    from scipy.sparse import diags

    degree = np.asarray(graph.sum(axis=1), dtype=np.float32).ravel()
    walk = ((1 - _OWN) * diags(1 / np.maximum(degree, np.float32(_TINY))) @ graph).tocsr().astype(np.float32)
    found = places
    for _ in range(_STEPS):
        found = np.float32(_OWN) * places + walk @ found
    norms = np.linalg.norm(found, axis=1, keepdims=True)
    return np.where(norms > _TINY, found / np.maximum(norms, _TINY), 0).astype(np.float32)


def settled(places: Matrix, labels: Numbers, tied: npt.NDArray[np.bool_]) -> Numbers:
    """Each text moves to the nearest centre, a few times (Lloyd's step); what empties disappears.

    A text does not count in the centre it stands before: else it is always near the cluster it made small.
    """
    import numpy as np

    moving = np.flatnonzero((labels >= 0) & ~tied & places.any(axis=1))
    for _ in range(_SETTLING if len(moving) else 0):
        sums, own = _sums(places, labels), labels[moving]
        likeness = places[moving] @ (sums / np.maximum(_lengths(sums), _TINY)).T
        others = sums[own] - places[moving]
        alone = np.bincount(labels[labels >= 0])[own] == 1
        beside = np.einsum("ij,ij->i", others, places[moving]) / np.maximum(_lengths(others).ravel(), _TINY)
        likeness[np.arange(len(moving)), own] = np.where(alone, -2.0, beside)
        moved = labels.copy()
        moved[moving] = np.round(likeness, 5).argmax(axis=1)
        _, numbered = np.unique(moved, return_inverse=True)
        labels = numbered.ravel() - int((moved < 0).any())
    return labels


def _sums(places: Matrix, labels: Numbers) -> Matrix:
    import numpy as np
    from scipy.sparse import csr_matrix

    held = np.flatnonzero(labels >= 0)
    shape = int(labels.max()) + 1, len(labels)
    found: Matrix = (
        csr_matrix((np.ones(len(held), dtype=np.float32), (labels[held], held)), shape=shape) @ places
    )
    return found


def _lengths(rows: Matrix) -> Matrix:
    import numpy as np

    found: Matrix = np.linalg.norm(rows, axis=1, keepdims=True)
    return found
