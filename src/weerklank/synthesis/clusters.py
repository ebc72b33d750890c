"""Clusters: communities of the graph of nearest neighbours, agreed on by several draws.

Louvain (Blondel et al. 2008) on the graph of the nearest texts, once per seed; the draws vote on every edge, and the
graph of what most of them kept together is clustered once more (consensus clustering: Lancichinetti, Fortunato 2012). How
often a text stayed with the others of its cluster is its confidence, and is shown.
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

__all__ = ["Partition", "nearest", "partition_of"]

_BLOCK = 1_000
_AGREED = 0.5
_LEAST = 0.05


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


def _graph(neighbours: Numbers, cosine: Matrix) -> csr_matrix:
    import numpy as np
    from scipy.sparse import csr_matrix

    texts, count = neighbours.shape
    near = cosine.ravel() >= _LEAST
    rows = np.repeat(np.arange(texts), count)[near]
    graph = csr_matrix((cosine.ravel()[near], (rows, neighbours.ravel()[near])), shape=(texts, texts))
    return graph.maximum(graph.T).tocsr()


def _communities(graph: csr_matrix, *, resolution: float, seed: int) -> Numbers:
    try:
        from sknetwork.clustering import Louvain
    except ImportError as error:
        raise MissingExtra("synthesis", needed_for=because("needs-groups")) from error
    import numpy as np

    found = Louvain(resolution=resolution, random_state=seed, shuffle_nodes=True).fit_predict(graph)
    return np.asarray(found, dtype=np.int64)


def partition_of(
    neighbours: Numbers, cosine: Matrix, *, resolution: float, seeds: tuple[int, ...]
) -> Partition:
    """Clusters of texts from their nearest neighbours; the same for the same input."""
    import numpy as np
    from scipy.sparse import csr_matrix

    texts = neighbours.shape[0]
    graph = _graph(neighbours, cosine)
    if graph.nnz == 0:
        return Partition(np.full(texts, -1, dtype=np.int64), np.ones(texts, dtype=np.float32))
    draws = [_communities(graph, resolution=resolution, seed=seed) for seed in seeds]
    edges = graph.tocoo()
    votes = np.mean([draw[edges.row] == draw[edges.col] for draw in draws], axis=0)
    kept = votes >= _AGREED
    agreed = csr_matrix(
        (edges.data[kept] * votes[kept], (edges.row[kept], edges.col[kept])), shape=graph.shape
    )
    labels = _communities(agreed, resolution=resolution, seed=seeds[0]) if agreed.nnz else draws[0]
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
