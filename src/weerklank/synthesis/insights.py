"""Suggested insights: an anchor that spreads, what is said along with it, and a literal sentence per place.

Associates are the concepts said with the anchor more often than by chance (normalised pointwise mutual information,
Bouma 2009), in the same contribution or in the lead-in it completes; what was said together twice binds less than what was
ten times (Pantel & Lin 2002). A word and its own compound (*ruimte*, *speelruimte*) do not bind: they are one word. An
anchor is as strong as its own score and what it binds: score + Σ bond × the lower of the two scores, where what it binds
adds at most as much as it carries itself: otherwise a word of two contributions rides on the strongest of all. The
strongest comes first; each next one loses half of the share of its contributions that earlier ones already stand on.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from weerklank.evidence import Quote
from weerklank.evidence.wording import MIN_INSIGHT_ROOMS, MIN_INSIGHT_SOURCES
from weerklank.synthesis.duplicates import Copies, repeats_in
from weerklank.synthesis.reading import Reading
from weerklank.synthesis.records import Concept, Connection, Insight
from weerklank.synthesis.settings import Settings

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["connections_of", "evidence_for", "insights_of"]

_TOO_ALIKE = 0.5
_TOGETHER = 2
_LEAST_NPMI = 0.1
_COMFORTABLE = 22
_CANDIDATES = 300


def connections_of(concepts: Sequence[Concept]) -> tuple[Connection, ...]:
    """Concepts that were said in at least two rooms or themes, with everything that says them."""
    return tuple(
        Connection(one.family, one.label, one.coverage)
        for one in concepts
        if not one.frame and one.coverage.places >= MIN_INSIGHT_ROOMS
    )


def _contexts(reading: Reading, concepts: Sequence[Concept]) -> csr_matrix:
    """Contributions × concepts: held by the contribution, or by the lead-in it completes."""
    import numpy as np
    from scipy.sparse import csr_matrix

    number = {family: index for index, family in enumerate(reading.families)}
    held = (reading.said_families[:, [number[one.family] for one in concepts]] > 0).astype(np.float32)
    pairs = [
        (position, reading.place[one.context])
        for position, one in enumerate(reading.said)
        if one.context in reading.place
    ]
    if not pairs:
        return held.tocsr()
    rows, columns = zip(*pairs, strict=True)
    shape = (len(reading.said), len(reading.said))
    led = csr_matrix((np.ones(len(pairs), dtype=np.float32), (rows, columns)), shape=shape)
    return ((held + led @ held) > 0).astype(np.float32).tocsr()


def _npmi(together: float, left: float, right: float, total: int) -> float:
    if together < _TOGETHER:
        return -1.0
    chance, joint = left * right / total / total, together / total
    return math.log(joint / chance) / -math.log(joint) if joint < 1 else 1.0


def _bonds(
    reading: Reading, concepts: Sequence[Concept], within: csr_matrix
) -> list[list[tuple[float, int]]]:
    """Per concept what is said along with it: (bond × the lower of both scores, index), best first."""
    import numpy as np

    number = {family: index for index, family in enumerate(reading.families)}
    words = [frozenset(reading.words_of[number[one.family]]) for one in concepts]
    sizes = np.asarray(within.sum(axis=0)).ravel().tolist()
    together = (within.T @ within).tocsr()
    found: list[list[tuple[float, int]]] = []
    for place, one in enumerate(concepts):
        row = slice(together.indptr[place], together.indptr[place + 1])
        bound = []
        both = zip(together.indices[row].tolist(), together.data[row].tolist(), strict=True)
        for other, often in both:
            if other == place or concepts[other].frame or often < _TOGETHER:
                continue
            if words[place] <= words[other] or words[other] <= words[place]:
                continue
            npmi = _npmi(often, sizes[place], sizes[other], within.shape[0])
            if npmi >= _LEAST_NPMI:
                bond = npmi * often / (often + 1) * min(one.score, concepts[other].score)
                bound.append((-round(bond, 6), concepts[other].family, other))
        found.append([(-bond, other) for bond, _, other in sorted(bound)])
    return found


def evidence_for(
    families: Sequence[str],
    associates: Sequence[str],
    reading: Reading,
    *,
    only: frozenset[str] | None = None,
) -> tuple[Quote, ...]:
    """One sentence per room or theme that holds one of the families.

    Best first: holds more associates, is marked by a person, is neither a stub nor a speech.

    :param only: look in these contributions alone.
    """
    import numpy as np

    number = {family: index for index, family in enumerate(reading.families)}
    held = reading.segment_families
    holds = np.asarray((held[:, [number[one] for one in families]] > 0).sum(axis=1)).ravel()
    along_with = [number[one] for one in associates if one in number]
    along = np.asarray((held[:, along_with] > 0).sum(axis=1)).ravel() if along_with else np.zeros(len(holds))
    best: dict[int, tuple[tuple[int, int, int, bytes], Quote]] = {}
    for row in np.flatnonzero(holds > 0).tolist():
        position = int(reading.owner[row])
        one, quote = reading.said[position], reading.segments[row].quote
        if only is not None and one.id not in only:
            continue
        marked = any(span.start < quote.span.end and quote.span.start < span.end for span in one.emphasis)
        length = abs(len(quote.text.split()) - _COMFORTABLE)
        worth = (-int(along[row]), -int(marked), length, reading.hashes[position])
        place = int(reading.at_place[position])
        if place not in best or worth < best[place][0]:
            best[place] = (worth, quote)
    ranked = sorted(best.values(), key=lambda pair: (pair[0], pair[1].contribution))
    return tuple(quote for _, quote in ranked)


def insights_of(
    reading: Reading, concepts: Sequence[Concept], copies: Copies, settings: Settings
) -> tuple[Insight, ...]:
    """Suggestions, strongest first, each resting on enough contributions from enough rooms to be published (W13).

    Where the gathering had several themes, on at least two of them.
    """
    import numpy as np

    if not concepts:
        return ()
    within = _contexts(reading, concepts)[~repeats_in(reading, copies)]
    bonds = [found[: settings.associates] for found in _bonds(reading, concepts, within)]
    strength = {
        place: concepts[place].score + min(concepts[place].score, sum(bond for bond, _ in bonds[place]))
        for place in _anchors(reading, concepts)
    }
    columns, taken = within.tocsc(), np.zeros(within.shape[0], dtype=bool)
    chosen: list[Insight] = []
    while strength and len(chosen) < settings.insights:
        held = {
            place: columns.indices[columns.indptr[place] : columns.indptr[place + 1]] for place in strength
        }
        new = {place: 1 - float(taken[rows].mean()) if len(rows) else 0.0 for place, rows in held.items()}
        best = min(strength, key=lambda place: (-round(strength[place] * (1 + new[place]) / 2, 6), place))
        found = strength.pop(best)
        if new[best] > _TOO_ALIKE:
            chosen.append(_insight(best, found, concepts, bonds, reading))
            taken[held[best]] = True
    return tuple(chosen)


def _anchors(reading: Reading, concepts: Sequence[Concept]) -> list[int]:
    """Indices of the concepts that may carry a suggestion, of the best ones."""
    themes = min(2, len({one.theme for one in reading.said}))
    return [
        place
        for place, one in enumerate(concepts[:_CANDIDATES])
        if not one.frame
        and len(one.coverage.contributions) >= MIN_INSIGHT_SOURCES
        and one.coverage.places >= MIN_INSIGHT_ROOMS
        and len(one.coverage.themes) >= themes
    ]


def _insight(
    place: int,
    strength: float,
    concepts: Sequence[Concept],
    bonds: Sequence[Sequence[tuple[float, int]]],
    reading: Reading,
) -> Insight:
    anchor, associates = concepts[place], [concepts[other] for _, other in bonds[place]]
    return Insight(
        anchor=anchor.label,
        associates=tuple(one.label for one in associates),
        evidence=evidence_for([anchor.family], [one.family for one in associates], reading),
        coverage=anchor.coverage,
        id=anchor.family,
        families=(anchor.family,),
        parts=anchor.parts,
        strength=round(strength, 6),
    )
