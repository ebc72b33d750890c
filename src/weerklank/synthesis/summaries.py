"""A summary per theme, out of its own sentences: what is shared, every level, and little twice.

Greedy cover of concepts, clusters and levels, minus likeness to what was already chosen (the idea of maximal coverage:
Gillick, Favre 2009; of the penalty: Carbonell, Goldstein 1998). Centrality (LexRank) was measured and rejected: it keeps
four singletons in a hundred. A sentence stands for the contributions of its cluster that say nearly the same.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weerklank.evidence import ContributionKind
from weerklank.synthesis.duplicates import Copies
from weerklank.synthesis.grouping import Grouping
from weerklank.synthesis.reading import Reading
from weerklank.synthesis.records import Concept, Summary, SummarySentence
from weerklank.synthesis.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from scipy.sparse import csr_matrix

    Matrix = npt.NDArray[np.float32]
    Numbers = npt.NDArray[np.int64]

__all__ = ["summaries_of", "weighed"]

_STUB, _SPEECH = 4, 40
_POOL = 400
_NEW_CLUSTER, _NEW_LEVEL, _MARKED, _ALIKE = 0.6, 0.5, 0.1, 0.9
_TOO_ALIKE = 0.5
_TINY = 1e-9


def weighed(held: csr_matrix) -> csr_matrix:
    """Rows of families weighted by rarity (tf-idf), each of length one: in which likeness of sentences is measured."""
    import numpy as np
    from scipy.sparse import diags

    counts = held.tocsr().astype(np.float32)
    occurs = np.asarray((counts > 0).sum(axis=0)).ravel()
    rarity = np.log(1 + counts.shape[0] / np.maximum(occurs, 1))
    found = counts.copy()
    found.data = 1 + np.log(found.data)
    found = found @ diags(rarity)
    norms = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
    return (diags(1 / np.maximum(norms, _TINY)) @ found).tocsr()


@dataclass(frozen=True, eq=False)
class _Theme:
    """The sentences of one theme that a summary may choose from."""

    rows: Numbers
    owners: Numbers
    clusters: Numbers
    levels: tuple[str | None, ...]
    likeness: Matrix
    concepts: csr_matrix
    worth: Matrix


def _budget(sentences: int, levels: int, settings: Settings) -> int:
    wanted = min(settings.summary_most, math.ceil(settings.summary_share * sentences))
    return max(1, wanted, levels)


def _chosen(theme: _Theme, budget: int) -> list[int]:
    """Indices into the theme's rows, best first."""
    import numpy as np

    gain_of = theme.concepts.tocsr().astype(np.float64)
    uncovered = np.ones(gain_of.shape[1])
    top = max(_TINY, float(np.asarray(gain_of.sum(axis=1)).max(initial=0.0)))
    alike = np.zeros(len(theme.rows), dtype=np.float32)
    seen_clusters: set[int] = set()
    seen_levels: set[str] = set()
    left = {level for level in theme.levels if level is not None}
    chosen: list[int] = []
    free = np.ones(len(theme.rows), dtype=bool)
    while len(chosen) < budget and free.any():
        missing = left - seen_levels
        must = len(missing) >= budget - len(chosen)
        new_level = np.array([level in missing for level in theme.levels])
        new_cluster = np.array([one >= 0 and one not in seen_clusters for one in theme.clusters.tolist()])
        score = np.asarray(gain_of @ uncovered).ravel() / top
        score = score + theme.worth + _NEW_CLUSTER * new_cluster + _NEW_LEVEL * new_level - _ALIKE * alike
        # As many places left as levels unheard: only they may have them.
        allowed = free & (new_level if must and missing else True) & ((alike < _TOO_ALIKE) | new_level)
        if not allowed.any():
            break
        best = int(np.argmax(np.where(allowed, np.round(score, 6), -np.inf)))
        chosen.append(best)
        free &= theme.owners != theme.owners[best]
        level = theme.levels[best]
        seen_clusters.add(int(theme.clusters[best]))
        if level is not None:
            seen_levels.add(level)
        uncovered[gain_of[best].indices] *= 0.25
        alike = np.maximum(alike, theme.likeness[:, best])
    return chosen


def summaries_of(
    reading: Reading,
    grouping: Grouping,
    copies: Copies,
    concepts: Sequence[Concept],
    settings: Settings,
) -> tuple[Summary, ...]:
    """One summary per theme, in the order of their names.

    Cross-references and lead-ins are left to the other voices: by themselves they say nothing.
    """
    import numpy as np

    number = {family: index for index, family in enumerate(reading.families)}
    useful = [one for one in concepts if not one.frame]
    columns = np.array([number[one.family] for one in useful], dtype=np.int64)
    worth = np.array([one.score for one in useful], dtype=np.float32)
    themes = reading.where.themes
    at_theme = themes.at[reading.owner]
    order = np.argsort(at_theme, kind="stable")
    ends = np.cumsum(np.bincount(at_theme, minlength=len(themes.names)))
    plain = _plain(reading)
    table = weighed(reading.segment_families)
    found = []
    for theme, every in zip(themes.names, np.split(order, ends)[:-1], strict=True):
        levels = reading.where.levels.among(reading.owner[every])
        pool = _pool(reading, grouping, every[plain[reading.owner[every]]])
        if len(pool):
            about = _theme(reading, grouping, pool, columns=columns, worth=worth, table=table)
            chosen = pool[_chosen(about, _budget(len(every), len(levels), settings))]
            found.append(_summary(reading, grouping, copies, theme, every, chosen, table, settings))
    return tuple(found)


def _plain(reading: Reading) -> npt.NDArray[np.bool_]:
    """Per contribution whether it says something by itself."""
    import numpy as np

    kinds = {ContributionKind.POINT, ContributionKind.PROSE}
    return np.fromiter((one.kind in kinds for one in reading.said), dtype=bool, count=len(reading.said))


def _pool(reading: Reading, grouping: Grouping, rows: Numbers) -> Numbers:
    """Of very many sentences some of every cluster and every level, those nearest to a centre first."""
    import numpy as np

    if len(rows) <= _POOL:
        return rows
    owners = reading.owner[rows]
    levels = reading.where.levels
    cells = (grouping.labels[owners] + 1) * (len(levels.names) + 1) + levels.at[owners] + 1
    order = np.lexsort((rows, -grouping.nearness[owners], cells))
    _, starts, often = np.unique(cells[order], return_index=True, return_counts=True)
    rank = np.arange(len(rows)) - np.repeat(starts, often)
    return np.sort(rows[order[rank < max(1, _POOL // len(starts))]])


def _theme(
    reading: Reading, grouping: Grouping, rows: Numbers, *, columns: Numbers, worth: Matrix, table: csr_matrix
) -> _Theme:
    import numpy as np
    from scipy.sparse import diags

    owners = reading.owner[rows]
    held = (reading.segment_families[rows][:, columns] > 0).astype(np.float32)
    lengths = np.asarray(reading.counts[rows].sum(axis=1)).ravel()
    marked = np.array(
        [
            any(
                span.start < reading.segments[row].quote.span.end
                and reading.segments[row].quote.span.start < span.end
                for span in reading.said[owner].emphasis
            )
            for row, owner in zip(rows.tolist(), owners.tolist(), strict=True)
        ],
        dtype=np.float32,
    )
    clumsy = (lengths < _STUB) * 0.5 + np.maximum(0, lengths - _SPEECH) / _SPEECH
    said = table[rows]
    return _Theme(
        rows=rows,
        owners=owners,
        clusters=grouping.labels[owners],
        levels=tuple(reading.said[owner].level for owner in owners.tolist()),
        likeness=np.asarray((said @ said.T).todense(), dtype=np.float32),
        concepts=held @ diags(worth),
        worth=(_MARKED * marked - clumsy).astype(np.float32),
    )


def _summary(
    reading: Reading,
    grouping: Grouping,
    copies: Copies,
    theme: str,
    rows: Numbers,
    chosen: Numbers,
    table: csr_matrix,
    settings: Settings,
) -> Summary:
    """The chosen sentences in the order of their contributions, each with what it stands for."""
    import numpy as np

    owners, speakers = reading.owner[rows], reading.owner[chosen]
    likeness = (table[rows] @ table[chosen].T).toarray()
    together = (grouping.labels[owners][:, None] == grouping.labels[speakers]) & (
        grouping.labels[speakers] >= 0
    )
    speaks = np.where(together & (likeness >= settings.related_likeness), likeness, 0.0)
    # A contribution of several sentences says more than the one that is like a chosen one.
    single = np.bincount(owners, minlength=len(reading.said))[owners] == 1
    speaks[~single] = 0.0
    speaks[_bound(reading, copies, rows, chosen) & single[:, None]] = 2.0
    # A lead-in is nothing without what completes it.
    speaks[owners[:, None] == reading.lead_in[speakers]] = 2.0
    speaks[np.isin(owners, speakers)] = 0.0
    behind: dict[int, set[int]] = {row: set() for row in chosen.tolist()}
    for place in np.flatnonzero(speaks.max(axis=1, initial=0.0) > 0).tolist():
        behind[int(chosen[np.argmax(speaks[place])])].add(int(owners[place]))
    rank = reading.id_order
    ordered = sorted(chosen.tolist(), key=lambda row: int(rank[reading.owner[row]]))
    return Summary(
        theme,
        tuple(
            _sentence(reading, row, sorted(behind[row], key=lambda one: int(rank[one]))) for row in ordered
        ),
    )


def _bound(reading: Reading, copies: Copies, rows: Numbers, chosen: Numbers) -> npt.NDArray[np.bool_]:
    """Rows × chosen: the same words, or linked as near-duplicates."""
    import numpy as np

    other = np.full(len(reading.segments), -1, dtype=np.int64)
    other[copies.right] = copies.left
    same = copies.head[rows][:, None] == copies.head[chosen]
    linked = (other[rows][:, None] == chosen) | (other[chosen] == rows[:, None])
    found: npt.NDArray[np.bool_] = same | linked
    return found


def _sentence(reading: Reading, row: int, behind: Sequence[int]) -> SummarySentence:
    quote = reading.segments[row].quote
    evidence = (quote.contribution, *(reading.said[owner].id for owner in behind))
    return SummarySentence(text=quote.text, quotes=(quote,), evidence=evidence)
