"""How often two clear groups would have been seen in data of this shape.

The votes are drawn anew in the cells where somebody voted, for two groups that are homogeneous and clear: on
the scale of log-odds the two differ per statement by a normal amount with standard deviation 2, around what
everybody answers now (on a typical statement about a third of the people think otherwise). Then the same
contest and confirmation are held, but shorter: with two or three groups, on four hundred people at most and,
where there are many votes, on two of the five folds. All of that can only lower the power: where it was done,
what is said is "at least".
"""

from __future__ import annotations

import numpy as np

from weerklank.opinion.contest import contest
from weerklank.opinion.judging import kind_of
from weerklank.opinion.simulating import two_or_more_groups
from weerklank.opinion.structure import permutation_p
from weerklank.opinion.tables import sample_of
from weerklank.opinion.verdicts import Power, VerdictKind
from weerklank.opinion.votes import Votes

__all__ = ["power_to_see"]

_PEOPLE = 400
_MANY_VOTES = 8_000  # from here on two folds will do
_SHUFFLES = 19  # reaches the level of the confirmation exactly


def power_to_see(votes: Votes, *, seed: int, max_groups: int, repetitions: int = 10) -> Power:
    """Simulate for ``votes`` in canonical order."""
    part, _ = sample_of(votes, people=_PEOPLE, seed=seed)
    rng = np.random.default_rng([seed, 4])
    seen = {0.5: 0, 0.2: 0}
    structure = 0
    for share in seen:
        for _ in range(repetitions):
            kind = _kind(two_or_more_groups(part, (share, 1 - share), rng).votes, max_groups, rng)
            seen[share] += kind is VerdictKind.GROUPS
            structure += share == 0.5 and kind is not VerdictKind.NONE
    return Power(
        equal=seen[0.5] / repetitions,
        uneven=seen[0.2] / repetitions,
        any_structure=structure / repetitions,
        repetitions=repetitions,
        at_least=part is not votes or votes.n_votes > _MANY_VOTES,
    )


def _kind(votes: Votes, max_groups: int, rng: np.random.Generator) -> VerdictKind:
    many = votes.n_votes > _MANY_VOTES
    played = contest(
        votes, max_groups=max_groups, rng=rng, tried=min(3, max_groups), folds=2 if many else None
    )
    p = permutation_p(votes, rng=rng, shuffles=_SHUFFLES)
    return kind_of(played, p, people=len(votes.participants))[0]
