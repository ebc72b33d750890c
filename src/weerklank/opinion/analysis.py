"""The front door: votes in, an honest picture out.

:func:`analyse` counts, places everybody on a map, and says whether that map is empty, a spectrum or a set of
    groups; :func:`update` does it again after later votes without repeating the tests. Method, sources and
    limits: ``docs/methods/opinion.md``.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import cached_property

from weerklank.opinion.axes import fit_map
from weerklank.opinion.bridging import (
    bridges_over_everybody,
    bridges_over_groups,
    bridges_over_map,
    dividers_over,
)
from weerklank.opinion.counting import as_answers, figures_of
from weerklank.opinion.curves import curves_on
from weerklank.opinion.grouping import groups_of, segments_of
from weerklank.opinion.judging import FEWEST_FOR_GROUPS, judge
from weerklank.opinion.records import (
    Bridge,
    Curves,
    Divider,
    OpinionMap,
    Parts,
    Route,
    Statements,
    Typical,
)
from weerklank.opinion.refusals import because
from weerklank.opinion.routing import route
from weerklank.opinion.verdicts import Honesty, Verdict, VerdictKind
from weerklank.opinion.votes import Votes

__all__ = ["Opinion", "analyse", "routing", "update"]


@dataclass(frozen=True, eq=False)
class Opinion:
    """What votes say: the verdict, the map, the statements, and groups only where the verdict allows them.

    ``map`` is None where there is too little for one (ten people who voted enough, three statements).
    What takes longer is worked out when it is first asked for, and kept.
    """

    votes: Votes
    statements: Statements
    verdict: Verdict
    map: OpinionMap | None
    level: float
    seed: int
    min_votes: int

    @cached_property
    def groups(self) -> Parts | None:
        """The groups; None unless the verdict is that there are."""
        if self.verdict.kind is not VerdictKind.GROUPS or self.verdict.evidence is None:
            return None
        return groups_of(
            self.votes, k=self.verdict.evidence.k, level=self.level, seed=self.seed, min_votes=self.min_votes
        )

    @cached_property
    def curves(self) -> Curves | None:
        """How the answers to each statement change over the map; None without a map."""
        return None if self.map is None else curves_on(self.votes, self.map, seed=self.seed)

    @property
    def enough_people(self) -> bool:
        """Whether there are people enough (fifty) to speak of parts of them at all."""
        return int((self.votes.per_participant > 0).sum()) >= FEWEST_FOR_GROUPS

    def segments(self, k: int = 2) -> Parts:
        """The people cut into ``k`` parts of equal size along the first axis: a cut, never groups.

        :raises BadInput: fewer than two parts, fewer than fifty people, or no map.
        """
        if k < 2:
            raise because.bad_input("parts")
        if self.map is None or not self.enough_people:
            raise because.bad_input("too-few-to-cut", least=FEWEST_FOR_GROUPS)
        return segments_of(
            self.votes, self.map, k=k, level=self.level, seed=self.seed, min_votes=self.min_votes
        )

    def representative(self, group: int, *, q: float = 0.1) -> tuple[Typical, ...]:
        """The statements typical of a group, see :meth:`Parts.representative`; empty where there are no
        groups.
        """
        return () if self.groups is None else self.groups.representative(group, q=q)

    def divisive(self, *, q: float = 0.1) -> tuple[Divider, ...]:
        """The statements that divide people most, the largest sure difference first. May be empty.

        Between groups where there are any, else between the ends of the central 90 % of the map.
        """
        if self.groups is not None:
            return self.groups.divisive(q=q)
        if self.map is None or self.curves is None or not self.enough_people:
            return ()
        return dividers_over(self.map, self.curves, self.statements, level=self.level)

    def bridging(self) -> tuple[Bridge, ...]:
        """All statements that anybody saw, what unites first: ranked by the lower bound of the agreement."""
        if self.groups is not None:
            return bridges_over_groups(self.statements, self.groups, level=self.level, seed=self.seed)
        if self.map is None or self.curves is None or not self.enough_people:
            return bridges_over_everybody(self.statements)
        return bridges_over_map(self.map, self.curves, self.statements, level=self.level)

    def routing(self, participant: Hashable, *, seed: int = 0) -> Route:
        """Which statement to show ``participant`` next."""
        return route(self.votes, participant, map_=self.map, seed=seed)


def analyse(
    votes: Votes,
    *,
    seed: int = 0,
    honesty: Honesty = Honesty.FULL,
    level: float = 0.95,
    max_groups: int = 6,
    min_votes: int = 7,
    previous: Opinion | None = None,
) -> Opinion:
    """The honest picture of ``votes``.

    :param seed: for every chance; the same votes and seed give the same answer, in any order and with any
        ids.
    :param honesty: how much is tested; without tests the verdict is *undetermined*.
    :param level: of every interval.
    :param max_groups: the largest number of groups tried; ending up there is not evidence of groups.
    :param min_votes: who voted less helps in no fit or test but is placed on the map all the same.
    :param previous: an analysis of earlier votes; the new map is turned to lie as that one did.
    :raises BadInput: nobody voted, or a setting makes no sense.
    """
    _check(votes, level, max_groups, min_votes)
    return Opinion(
        votes=votes,
        statements=figures_of(votes.statements, as_answers(votes.tally), level=level),
        verdict=judge(votes, seed=seed, honesty=honesty, max_groups=max_groups, min_votes=min_votes),
        map=_map_after(votes, previous, seed, min_votes),
        level=level,
        seed=seed,
        min_votes=min_votes,
    )


def update(opinion: Opinion, votes: Votes) -> Opinion:
    """The picture after later votes, with the verdict of ``opinion`` kept: the tests are not repeated.

    ``votes`` are all votes, not only the later ones. The rest is what :func:`analyse` would give, the map
    turned to lie as it did.
    """
    return replace(
        opinion,
        votes=votes,
        statements=figures_of(votes.statements, as_answers(votes.tally), level=opinion.level),
        map=_map_after(votes, opinion, opinion.seed, opinion.min_votes),
    )


def routing(votes: Votes | Opinion, participant: Hashable, *, seed: int = 0) -> Route:
    """Which statement to show ``participant`` next, see :mod:`weerklank.opinion.routing`; works from the
    first vote on.

    A participant who is not in the votes has seen nothing yet. The chance depends on ``seed``, the name of
    the participant and how many votes they cast.
    """
    if isinstance(votes, Opinion):
        return votes.routing(participant, seed=seed)
    return route(votes, participant, map_=None, seed=seed)


def _map_after(votes: Votes, previous: Opinion | None, seed: int, min_votes: int) -> OpinionMap | None:
    return fit_map(
        votes,
        previous=None if previous is None else previous.map,
        ids_before=() if previous is None else previous.votes.statements,
        min_votes=min_votes,
        seed=seed,
    )


def _check(votes: Votes, level: float, max_groups: int, min_votes: int) -> None:
    if not votes.n_votes:
        raise because.bad_input("not-voted-yet")
    if not 0 < level < 1:
        raise because.bad_input("level", level=level)
    if not 3 <= max_groups <= 12:
        raise because.bad_input("max-groups", max_groups=max_groups)
    if min_votes < 1:
        raise because.bad_input("min-votes")
