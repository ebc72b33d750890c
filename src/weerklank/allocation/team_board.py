"""A question about a team as numbers, and what a team is worth: whole numbers only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

from weerklank.allocation.team import ENOUGH, Colleague, Role, Shares, TeamPolicy, TeamTerm

__all__ = ["TeamBoard", "most_possible", "terms_of"]


@dataclass(frozen=True, slots=True)
class TeamBoard:
    """People by place, in an order that the seed decided.

    :param must: places that are in every team; ``apart``: places that are never in one team together.
    """

    people: tuple[Colleague, ...]
    size: int
    profile: Shares
    policy: TeamPolicy
    must: frozenset[int]
    apart: tuple[tuple[int, int], ...]

    @property
    def enough(self) -> tuple[int, ...]:
        """Per role, thousandths of a person from which more is not better."""
        return tuple(share * self.size * ENOUGH[0] // ENOUGH[1] for share in self.profile.all)

    def allows(self, team: Collection[int]) -> bool:
        """Whether ``team`` keeps every rule."""
        chosen = set(team)
        return (
            len(chosen) == self.size
            and chosen >= self.must
            and not any(one in chosen and other in chosen for one, other in self.apart)
        )

    def worth(self, team: Sequence[int]) -> int:
        """The weighted sum of all terms."""
        return sum(
            term.amount * term.weight for term in terms_of(self, [self.people[place] for place in team])
        )


def terms_of(board: TeamBoard, members: Sequence[Colleague]) -> tuple[TeamTerm, ...]:
    """What ``members`` are together, term by term, with the most that any people could have."""
    policy, size = board.policy, board.size
    together = [sum(one.shares.all[role] for one in members) for role in range(len(Role))]
    # The distance between two mixes that both sum to a thousand is even: half of it is what one must change into the other.
    difference = sum(
        sum(abs(mine - yours) for mine, yours in zip(one.shares.all, other.shares.all, strict=True)) // 2
        for one, other in combinations(members, 2)
    )
    pairs = size * (size - 1) // 2
    return (
        TeamTerm("cover", sum(map(min, together, board.enough)), sum(board.enough), policy.cover),
        TeamTerm("difference", difference, _widest(size), policy.difference),
        TeamTerm(
            "organisation", pairs - _same([one.organisation for one in members]), pairs, policy.organisation
        ),
        TeamTerm("layer", pairs - _same([one.layer for one in members]), pairs, policy.layer),
    )


def most_possible(board: TeamBoard) -> int:
    """A bound without a solver: each term at its best by itself. True, and seldom near."""
    size = board.size
    bests = []
    spread = cover = 0
    for role in range(len(Role)):
        shares = sorted(one.shares.all[role] for one in board.people)
        cover += min(board.enough[role], sum(shares[-size:]))
        # As many of the lowest as of the highest: each further one is counted against all that lie on the other side.
        low, high = shares[: size // 2], shares[len(shares) - (size - size // 2) :]
        chosen = sorted([*low, *high])
        spread += sum(share * (2 * place - size + 1) for place, share in enumerate(chosen))
    bests.append(board.policy.cover * cover)
    bests.append(board.policy.difference * (spread // 2))
    for weight, values in (
        (board.policy.organisation, [one.organisation for one in board.people]),
        (board.policy.layer, [one.layer for one in board.people]),
    ):
        bests.append(weight * _most_mixed(values, size))
    return sum(bests)


def _widest(size: int) -> int:
    """The most difference of ``size`` people: as even as can be over the three corners."""
    return _most_mixed([role for role in Role for _ in range(size)], size) * 1000


def _same(values: Sequence[str | None]) -> int:
    return sum(many * (many - 1) // 2 for value, many in Counter(values).items() if value is not None)


def _most_mixed(values: Sequence[str | None], size: int) -> int:
    """Pairs of different values among ``size`` of ``values``, at most: one more of whatever has fewest so far."""
    left = Counter(value for value in values if value is not None)
    taken: Counter[str | None] = Counter()
    unknown = min(size, sum(value is None for value in values))
    same = 0
    for _ in range(size - unknown):
        value = min((value for value in left if taken[value] < left[value]), key=lambda value: taken[value])
        same += taken[value]
        taken[value] += 1
    return size * (size - 1) // 2 - same
