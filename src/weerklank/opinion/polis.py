"""What Polis would say about the same votes: for comparison, never for a report of ours.

The formulas are those of research 3; what is biased in them stands in :mod:`weerklank.opinion.polis_map` and
:mod:`weerklank.opinion.polis_figures`.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from weerklank.errors import TooLittleData
from weerklank.opinion.coding import chosen_among
from weerklank.opinion.polis_figures import (
    Floats,
    GroupCounts,
    PolisConsensus,
    Representative,
    consensus_of,
    group_counts,
    group_informed_consensus,
    priorities,
    representative_of,
)
from weerklank.opinion.polis_map import (
    Labels,
    PolisGroups,
    PolisMap,
    group_people,
    in_conversation,
    place_people,
)
from weerklank.opinion.refusals import because
from weerklank.opinion.votes import Votes

__all__ = ["PolisResult", "polis_compat"]


@dataclass(frozen=True, eq=False)
class PolisResult:
    """Everything Polis publishes; arrays follow the order of ``votes``.

    :param group: (n,) 0 … k-1, -1 for whoever is not in the conversation.
    :param silhouettes: of each number of groups that was tried; empty when the groups were given.
    :param consensus: (m,) the group-informed consensus, from all votes, on moderated statements too.
    :param representative: per group, at most five statements, moderated ones left out.
    :param agreed: what most agree or disagree with, moderated statements left out.
    :param priority: (m,) how much a statement asks to be shown next.
    """

    votes: Votes
    inside: npt.NDArray[np.bool_]
    map: PolisMap
    group: Labels
    silhouettes: Mapping[int, float]
    counts: GroupCounts
    consensus: Floats
    representative: tuple[tuple[Representative, ...], ...]
    agreed: PolisConsensus
    priority: Floats

    @property
    def k(self) -> int:
        """How many groups."""
        return len(self.counts.seen)


def polis_compat(
    votes: Votes,
    *,
    moderated_out: Collection[Hashable] = (),
    meta: Collection[Hashable] = (),
    groups: Mapping[Hashable, int] | None = None,
    zero_moderated: bool = True,
    base_clusters: int = 100,
    max_groups: int = 5,
) -> PolisResult:
    """The numbers of Polis: map, groups, tests, representative statements, consensus, priorities.

    Give it the votes as they were cast (:attr:`Export.cast`), in the order of the participants' first votes.

    :param moderated_out: statements that were rejected or are about the conversation itself.
    :param meta: statements about the conversation itself; only for the priorities.
    :param groups: published groups to use instead of making them; whoever is not in it is in none.
    :param zero_moderated: count a moderated statement as a pass of everybody, as Polis does; else leave it out.
    :param base_clusters: how many small clusters the groups are made of.
    :param max_groups: the most groups that are tried; Polis never tries one.
    :raises TooLittleData: nobody voted.
    :raises BadInput: a statement or participant is not in the votes.
    """
    if not votes.n_votes:
        raise TooLittleData(because("nobody-voted"))
    out = chosen_among(votes.statements, moderated_out, "statement")
    is_meta = chosen_among(votes.statements, meta, "statement")
    out |= is_meta
    inside = in_conversation(votes)
    placed = place_people(votes, out, zero_moderated=zero_moderated)
    if groups is None:
        made = group_people(placed.position, inside, base_clusters=base_clusters, max_groups=max_groups)
    else:
        made = _published(votes, groups)
    counts = group_counts(votes, made.group)
    kept = votes.at(statements=~out)
    of_kept = GroupCounts(counts.agrees[:, ~out], counts.disagrees[:, ~out], counts.seen[:, ~out])
    return PolisResult(
        votes,
        inside,
        placed,
        made.group,
        made.silhouettes,
        counts,
        group_informed_consensus(counts),
        tuple(representative_of(of_kept, g, kept.statements) for g in range(len(counts.seen))),
        consensus_of(kept),
        priorities(votes, placed.extremity, is_meta),
    )


def _published(votes: Votes, groups: Mapping[Hashable, int]) -> PolisGroups:
    """Groups as given, numbered from 0 in the order of their numbers."""
    chosen_among(votes.participants, groups, "participant")
    number = {one: place for place, one in enumerate(sorted(set(groups.values())))}
    group = np.array([number[groups[one]] if one in groups else -1 for one in votes.participants], np.int64)
    return PolisGroups(group, {}, group)
