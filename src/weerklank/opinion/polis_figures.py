"""The figures that Polis publishes about groups and statements, from their formulas (research 3).

Known to be biased, and kept so for comparison only; :mod:`weerklank.opinion` itself uses none of them:

* One is added to successes *and* to trials of each test, so that one person who agrees out of one who saw it is already
  "significant" (z = 1.41 where 1.28 is asked), and nobody out of nobody scores z = 1.
* Every statement is tested in two directions in every group, at 90 %, without correction for so many tests; and the
  groups were made from the same votes. On votes in which there is nothing to find, 24 to 69 % of statements pass.
* The group-informed consensus is a product over groups: it falls with the number of groups, and a group of nine weighs as
  much as one of twelve hundred.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from weerklank.opinion.votes import Votes

__all__ = [
    "GroupCounts",
    "PolisConsensus",
    "Representative",
    "consensus_of",
    "group_counts",
    "group_informed_consensus",
    "priorities",
    "prop_test",
    "representative_of",
    "two_prop_test",
]

Floats: TypeAlias = npt.NDArray[np.float64]
Counts: TypeAlias = npt.NDArray[np.int64] | Floats

_Z_90 = 1.2816  # one-sided 90 %
_SHOWN = 5
_META_PRIORITY = 49.0
_NOVELTY, _HALF_LIFE = 8.0, 5.0


@dataclass(frozen=True, eq=False)
class GroupCounts:
    """Answers per group and statement, each (k, m); ``seen`` counts passes too."""

    agrees: npt.NDArray[np.int64]
    disagrees: npt.NDArray[np.int64]
    seen: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Representative:
    """Why a statement is called representative of a group, in the direction ``agree`` or not.

    :param share: of the group, with one added success and two trials.
    :param test: the z of that share against one half.
    :param ratio: of that share to the one of the rest.
    :param ratio_test: the z of the difference to the rest.
    :param best_agree: shown first since the group agrees with it most distinctly.
    """

    statement: Hashable
    agree: bool
    share: float
    test: float
    ratio: float
    ratio_test: float
    best_agree: bool = False

    @property
    def metric(self) -> float:
        """By which Polis orders."""
        return self.ratio * self.ratio_test * self.share * self.test


@dataclass(frozen=True, slots=True)
class PolisConsensus:
    """At most five statements that most participants agree with, and that most disagree with; best first."""

    agree: tuple[Hashable, ...]
    disagree: tuple[Hashable, ...]


def group_counts(votes: Votes, group: npt.NDArray[np.integer]) -> GroupCounts:
    """Answers per group.

    :param group: (n,) 0 … k-1, or -1 for whoever is in none.
    """
    k, m = int(group.max(initial=-1)) + 1, len(votes.statements)
    count = np.zeros(k * m * 3, np.int64)
    for part in votes.blocks():
        span = slice(votes.starts[part.start], votes.starts[part.stop])
        of = np.repeat(group[part].astype(np.int64), votes.per_participant[part])
        cell = (of * m + votes.columns[span]) * 3 + (votes.values[span] + 1)
        count += np.bincount(cell[of >= 0], minlength=len(count))
    answers = count.reshape(k, m, 3)
    return GroupCounts(answers[..., 2], answers[..., 0], answers.sum(axis=2))


def prop_test(successes: Counts, trials: Counts) -> Floats:
    """Polis's z of a share against one half."""
    n = np.asarray(trials, float) + 1
    z: Floats = 2 * np.sqrt(n) * ((np.asarray(successes, float) + 1) / n - 0.5)
    return z


def two_prop_test(successes: Counts, trials: Counts, other: Counts, other_trials: Counts) -> Floats:
    """Polis's z of a share against another share; 0 where both are everybody."""
    s1, n1, s2, n2 = (np.asarray(count, float) + 1 for count in (successes, trials, other, other_trials))
    pooled = (s1 + s2) / (n1 + n2)
    spread = pooled * (1 - pooled) * (1 / n1 + 1 / n2)
    difference = s1 / n1 - s2 / n2
    return np.where(spread > 0, difference / np.sqrt(np.where(spread > 0, spread, 1.0)), 0.0)


def group_informed_consensus(counts: GroupCounts) -> Floats:
    """(m,) the product over groups of the share that agrees, with one added success and two trials."""
    return np.asarray(np.prod((counts.agrees + 1) / (counts.seen + 2), axis=0))


@dataclass(frozen=True, eq=False)
class _Side:
    """The figures of all statements in one group and one direction, each (m,)."""

    share: Floats
    test: Floats
    ratio: Floats
    ratio_test: Floats

    @property
    def passes(self) -> npt.NDArray[np.bool_]:
        return (self.ratio_test > _Z_90) & (self.test > _Z_90)

    def at(self, place: int, statement: Hashable, *, agree: bool, best_agree: bool = False) -> Representative:
        share, test, ratio, ratio_test = (
            float(one[place]) for one in (self.share, self.test, self.ratio, self.ratio_test)
        )
        return Representative(statement, agree, share, test, ratio, ratio_test, best_agree)


def _side(answers: npt.NDArray[np.int64], seen: npt.NDArray[np.int64], group: int) -> _Side:
    mine, mine_seen = answers[group], seen[group]
    rest, rest_seen = answers.sum(axis=0) - mine, seen.sum(axis=0) - mine_seen
    share = (mine + 1) / (mine_seen + 2)
    ratio = share / ((rest + 1) / (rest_seen + 2))
    return _Side(share, prop_test(mine, mine_seen), ratio, two_prop_test(mine, mine_seen, rest, rest_seen))


def representative_of(
    counts: GroupCounts, group: int, statements: tuple[Hashable, ...]
) -> tuple[Representative, ...]:
    """At most five statements that Polis calls representative of a group, never none: agrees come first."""
    agree = _side(counts.agrees, counts.seen, group)
    disagree = _side(counts.disagrees, counts.seen, group)
    prefers = agree.ratio_test > disagree.ratio_test
    found = [
        (agree if prefers[j] else disagree).at(j, statements[j], agree=bool(prefers[j]))
        for j in np.flatnonzero(agree.passes | disagree.passes).tolist()
    ]
    found.sort(key=lambda one: -one.metric)
    answered = (counts.agrees[group] + counts.disagrees[group]) > 0
    best = _best_agree(agree, answered)
    if best is not None:
        first = agree.at(best, statements[best], agree=True, best_agree=True)
        found = [first, *(one for one in found if one.statement != first.statement)]
    if not found and statements:
        j = int(np.argmax(np.maximum(agree.ratio_test, disagree.ratio_test)))
        found = [(agree if prefers[j] else disagree).at(j, statements[j], agree=bool(prefers[j]))]
    return tuple(sorted(found[:_SHOWN], key=lambda one: not one.agree))


def _best_agree(agree: _Side, answered: npt.NDArray[np.bool_]) -> int | None:
    """The statement that Polis shows first; found by going through all, since what is better depends on the best so far."""
    plain = agree.share * agree.test
    whole = plain * agree.ratio * agree.ratio_test
    best: int | None = None
    for j in np.flatnonzero(answered).tolist():
        if best is None:
            better = agree.test[j] > _Z_90 or (agree.ratio[j] > 1 and agree.share[j] > 0.5)
        elif agree.ratio[best] > 1:
            better = whole[j] > whole[best]
        else:
            better = plain[j] > plain[best]
        best = j if better else best
    return best


def consensus_of(votes: Votes) -> PolisConsensus:
    """What most participants agree or disagree with, groups aside."""

    def shown(answers: npt.NDArray[np.int64]) -> tuple[Hashable, ...]:
        share, test = (answers + 1) / (votes.seen + 2), prop_test(answers, votes.seen)
        order = np.argsort(-share * test, kind="stable")
        fit = [j for j in order.tolist() if share[j] > 0.5 and test[j] > _Z_90]
        return tuple(votes.statements[j] for j in fit[:_SHOWN])

    return PolisConsensus(shown(votes.agrees), shown(votes.disagrees))


def priorities(votes: Votes, extremity: Floats, is_meta: npt.NDArray[np.bool_]) -> Floats:
    """(m,) how much each statement asks to be shown next; Polis draws in proportion to it among those unseen."""
    agree, passed = (votes.agrees + 1) / (votes.seen + 2), (votes.passes + 1) / (votes.seen + 2)
    importance = (1 - passed) * (1 + extremity) * agree
    novelty = 1 + _NOVELTY * 2.0 ** (-votes.seen / _HALF_LIFE)
    return np.where(is_meta, _META_PRIORITY, (importance * novelty) ** 2)
