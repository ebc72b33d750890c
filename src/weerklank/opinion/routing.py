"""Which statement to show next.

Three considerations each have an equal say: what is still *uncertain* about a statement (the standard
deviation of its share of agreement), what the answer would *tell* about this participant (the information it
adds to their place on the map), and *fairness* to statements that few have seen (the inverse square of how
often). Each makes a set of chances over the statements the participant has not seen; the chance of a
statement is their mean, and one is drawn. So no statement is ever shut out, and nothing depends on whether
others agreed with it. Without a map there are two considerations.
"""

from __future__ import annotations

from collections.abc import Hashable
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from weerklank.opinion.records import OpinionMap, Route
from weerklank.opinion.votes import Votes

__all__ = ["route"]

Floats = NDArray[np.float64]


def route(votes: Votes, participant: Hashable, *, map_: OpinionMap | None, seed: int) -> Route:
    """The next statement for ``participant`` and the chance of each; None when they have seen them all."""
    seen_here, row = _seen_by(votes, participant)
    unseen = np.flatnonzero(~seen_here)
    if not len(unseen):
        return Route(None, {})
    seen, agreed = votes.seen[unseen], votes.agrees[unseen]
    share = (agreed + 1) / (seen + 2)
    chances = [_normalised(np.sqrt(share * (1 - share) / (seen + 3))), _normalised(1 / (1.0 + seen) ** 2)]
    if map_ is not None:
        covariance = np.eye(2) if row is None else map_.covariance[row].astype(float)
        vectors = map_.vectors[unseen]
        told = np.log1p(np.einsum("ma,ab,mb->m", vectors, covariance, vectors) / map_.noise)
        if told.sum() > 0:
            chances.append(_normalised(told))
    chance = np.mean(chances, axis=0)
    order = sorted(range(len(unseen)), key=lambda one: str(votes.statements[unseen[one]]))
    drawn = _number_for(participant, int(seen_here.sum()), seed)
    place = int(np.searchsorted(np.cumsum(chance[order]), drawn, side="right"))
    chosen = unseen[order[min(place, len(order) - 1)]]
    return Route(
        votes.statements[chosen],
        {votes.statements[one]: float(odds) for one, odds in zip(unseen, chance, strict=True)},
    )


def _seen_by(votes: Votes, participant: Hashable) -> tuple[NDArray[np.bool_], int | None]:
    seen = np.zeros(len(votes.statements), bool)
    try:
        row = votes.participants.index(participant)
    except ValueError:
        return seen, None
    seen[votes.columns[votes.starts[row] : votes.starts[row + 1]]] = True
    return seen, row


def _normalised(weights: Floats) -> Floats:
    return np.asarray(weights / weights.sum())


def _number_for(participant: Hashable, cast: int, seed: int) -> float:
    """A number in [0, 1) that anybody can recompute from the seed, the participant and how many votes they
    cast.
    """
    digest = blake2b(f"{seed}\n{participant}\n{cast}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64
