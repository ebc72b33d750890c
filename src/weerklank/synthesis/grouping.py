"""Which contributions belong together, for a hundred or for a million.

Up to ``Settings.full_graph`` every contribution stands in the graph. Above that, near-copies count once, a sample drawn by
the hash of the content is clustered, and every other contribution joins the nearest centre, unless it is farther from it
than nearly all of the sample is: then it belongs to no cluster and is heard among the other voices.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from weerklank.synthesis.clusters import graph_of, nearest, partition_of, settled, spread_over
from weerklank.synthesis.duplicates import Copies, repeats_in
from weerklank.synthesis.reading import Reading
from weerklank.synthesis.records import Cluster, Related
from weerklank.synthesis.settings import Settings
from weerklank.synthesis.words import most_common

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from scipy.sparse import csc_matrix

    from weerklank.synthesis.space import Encoder, Space

    Matrix = npt.NDArray[np.float32]
    Numbers = npt.NDArray[np.int64]

__all__ = ["Grouping", "clusters_of", "grouping_of", "places_of", "related_in", "sample_of"]

_BLOCK = 50_000
_FARTHEST = 0.02
_LABELS = 4
_RELATED = 5
_LEAST_RELATED = 0.25
_LABEL_SHARE = 0.15


@dataclass(frozen=True, eq=False)
class Grouping:
    """A cluster per contribution (-1: none), how sure, how near its centre; and the nearest others of each.

    :param neighbours: contributions × nearest, empty above the full graph.
    """

    labels: Numbers
    confidence: Matrix
    nearness: Matrix
    neighbours: Numbers
    cosine: Matrix


def sample_of(reading: Reading, copies: Copies, settings: Settings) -> Numbers:
    """Whose places make the space: all, or the first by hash that repeat nobody, which is as good as drawn by lot."""
    import numpy as np

    if not reading.large:
        return np.arange(len(reading.said))
    return np.flatnonzero(~repeats_in(reading, copies))[: settings.sample]


def places_of(reading: Reading, space: Space, encoder: Encoder | None, rows: Numbers) -> Matrix:
    """The places of some contributions, by the encoder when there is one."""
    import numpy as np

    tongues = [reading.tongue[row] for row in rows.tolist()]
    if encoder is None:
        return space.places(reading.said_words[rows], tongues)
    found = np.asarray(
        encoder.encode([reading.said[row].text for row in rows.tolist()], tongues), dtype=np.float32
    )
    norms = np.linalg.norm(found, axis=1, keepdims=True)
    return np.where(norms > 0, found / np.maximum(norms, np.float32(1e-9)), 0).astype(np.float32)


def grouping_of(
    reading: Reading, space: Space, copies: Copies, settings: Settings, encoder: Encoder | None
) -> Grouping:
    """Clusters of contributions, the same whatever the order they came in."""
    import numpy as np

    count = len(reading.said)
    seeds = tuple(range(settings.seeds))
    if not reading.large:
        places = places_of(reading, space, encoder, np.arange(count))
        neighbours, cosine = nearest(places, settings.neighbours)
        graph = graph_of(*_with_lead_ins(reading, neighbours, cosine))
        found = partition_of(graph, resolution=settings.resolution, seeds=seeds)
        labels = settled(spread_over(places, graph), found.labels, _tied(reading))
        near = _nearness(places, _centres(places, labels), labels)
        return Grouping(labels, found.confidence, near, neighbours, cosine)
    sample = sample_of(reading, copies, settings)
    places = places_of(reading, space, encoder, sample)
    graph = graph_of(*nearest(places, settings.neighbours))
    found = partition_of(graph, resolution=settings.resolution, seeds=seeds)
    drawn = settled(spread_over(places, graph), found.labels, np.zeros(len(sample), dtype=bool))
    centres = _centres(places, drawn)
    near = _nearness(places, centres, drawn)[drawn >= 0]
    farthest = float(np.quantile(near, _FARTHEST)) if len(near) else 0.0
    labels, nearness = np.full(count, -1, dtype=np.int64), np.zeros(count, dtype=np.float32)
    confidence = np.zeros(count, dtype=np.float32)
    sure = np.array([found.confidence[drawn == label].mean() for label in range(len(centres))])
    for start in range(0, count, _BLOCK):
        rows = np.arange(start, min(start + _BLOCK, count))
        likeness = places_of(reading, space, encoder, rows) @ centres.T
        best = likeness.argmax(axis=1)
        nearness[rows] = likeness[np.arange(len(rows)), best]
        labels[rows] = np.where(nearness[rows] >= farthest, best, -1)
        confidence[rows] = sure[best]
    empty = np.zeros((count, 0))
    return Grouping(labels, confidence, nearness, empty.astype(np.int64), empty.astype(np.float32))


def _with_lead_ins(reading: Reading, neighbours: Numbers, cosine: Matrix) -> tuple[Numbers, Matrix]:
    """A point and the lead-in it completes are one sentence, whatever their words."""
    import numpy as np

    led = reading.lead_in
    if not (led >= 0).any() or neighbours.shape[1] == 0:
        return neighbours, cosine
    extra = np.where(led >= 0, led, 0)
    value = np.where(led >= 0, 1.0, -2.0).astype(np.float32)
    return np.column_stack((neighbours, extra)), np.column_stack((cosine, value))


def _tied(reading: Reading) -> npt.NDArray[np.bool_]:
    """Contributions that complete a lead-in, and lead-ins: they stay together."""
    import numpy as np

    tied = reading.lead_in >= 0
    tied[reading.lead_in[tied]] = True
    found: npt.NDArray[np.bool_] = np.asarray(tied, dtype=bool)
    return found


def _centres(places: Matrix, labels: Numbers) -> Matrix:
    import numpy as np

    count = int(labels.max()) + 1 if len(labels) else 0
    centres = np.zeros((count, places.shape[1]), dtype=np.float32)
    for label in range(count):
        mean = places[labels == label].mean(axis=0)
        centres[label] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return centres


def _nearness(places: Matrix, centres: Matrix, labels: Numbers) -> Matrix:
    import numpy as np

    if not len(centres):
        return np.zeros(len(labels), dtype=np.float32)
    near: Matrix = np.round(np.einsum("ij,ij->i", places, centres[np.maximum(labels, 0)]), 5)
    return np.where(labels >= 0, near, 0).astype(np.float32)


def clusters_of(reading: Reading, grouping: Grouping, frame: frozenset[str]) -> tuple[Cluster, ...]:
    """Groups of at least two related contributions, largest first; what is related to nothing is in none."""
    import numpy as np

    order = np.argsort(grouping.labels, kind="stable")
    ends = np.searchsorted(grouping.labels[order], np.arange(int(grouping.labels.max(initial=-1)) + 2))
    if not len(order):
        return ()
    overall = np.asarray((reading.said_families > 0).mean(axis=0)).ravel()
    clusters = []
    for label in range(len(ends) - 1):
        rows = order[ends[label] : ends[label + 1]]
        if len(rows) > 1:
            clusters.append(_cluster(reading, grouping, np.sort(rows), frame=frame, overall=overall))
    return tuple(sorted(clusters, key=lambda one: (-len(one.members), one.labels, one.centre)))


def _cluster(
    reading: Reading, grouping: Grouping, rows: Numbers, *, frame: frozenset[str], overall: Matrix
) -> Cluster:
    import numpy as np

    centre = rows[np.lexsort((rows, -grouping.nearness[rows]))[0]]
    spoken = Counter(reading.tongue[row] for row in rows.tolist())
    labels = _labels(reading, rows, frame=frame, overall=overall)
    return Cluster(
        centre=reading.said[int(centre)].id,
        members=reading.where.ids_of(rows),
        labels=labels or _words_of(reading, int(centre)),
        coverage=reading.where.coverage(rows),
        confidence=round(float(grouping.confidence[rows].mean()), 4),
        languages=tuple(sorted(spoken.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def _labels(reading: Reading, rows: Numbers, *, frame: frozenset[str], overall: Matrix) -> tuple[str, ...]:
    """What most of its members share and the rest does not, in its plainest form."""
    import numpy as np

    held = np.asarray((reading.said_families[rows] > 0).sum(axis=0)).ravel()
    share = held / len(rows)
    score = share * np.log((share + 1e-6) / (overall + 1e-6))
    score = np.where((held > 1) & (share >= min(_LABEL_SHARE, 2 / len(rows))), score, 0.0)
    ranked = sorted(
        np.flatnonzero(score > 0).tolist(),
        key=lambda one: (-round(float(score[one]), 6), reading.families[one]),
    )
    kept = (one for one in ranked if reading.families[one] not in frame)
    # A compound counts for the family of its part as well: the same form is shown once.
    said = reading.said_words[rows].tocsc()
    forms = dict.fromkeys(_plainest(reading, said, family) for family in islice(kept, 2 * _LABELS))
    return tuple(forms)[:_LABELS]


def _plainest(reading: Reading, said: csc_matrix, family: int) -> str:
    import numpy as np

    columns = np.array(reading.words_of[family], dtype=np.int64)
    counts = np.diff(said.indptr)[columns]
    return most_common(
        Counter(
            {
                reading.words[column][1]: int(count)
                for column, count in zip(columns.tolist(), counts, strict=True)
                if count
            }
        )
    )


def _words_of(reading: Reading, position: int) -> tuple[str, ...]:
    families = reading.said_families[position].indices.tolist()
    return tuple(sorted(reading.families[one].split(":")[-1] for one in families))[:_LABELS]


def related_in(reading: Reading, grouping: Grouping) -> tuple[tuple[Related, ...], ...]:
    """Per contribution what is nearest; nothing above the full graph."""
    if grouping.neighbours.shape[1] == 0:
        return ()
    found: list[tuple[Related, ...]] = []
    for position in range(len(reading.said)):
        pairs: dict[int, float] = {}
        both = zip(grouping.neighbours[position].tolist(), grouping.cosine[position].tolist(), strict=True)
        for other, cosine in both:
            if cosine >= _LEAST_RELATED and other != position:
                pairs[other] = max(cosine, pairs.get(other, 0.0))
        best: Sequence[int] = sorted(pairs, key=lambda other: (-pairs[other], other))[:_RELATED]
        found.append(tuple(Related(reading.said[one].id, round(pairs[one], 4)) for one in best))
    return tuple(found)
