"""None, a spectrum, groups, or too little to tell: the verdict and its guards.

The contest on hidden votes decides (``contest.py``); ``structure.py`` must confirm that votes hang together
at all; and what is found is only as good as the chance of finding it (``power.py``). Guards that hold
whatever the contest says: fewer than fifty people are never groups; the largest number of groups tried is no
evidence of groups (classes can tile a continuum); without confirmation there is neither a spectrum nor
groups; *none* needs the power to have seen something, and votes that hang together although nothing predicts
them are too little to tell from.
"""

from __future__ import annotations

import numpy as np

from weerklank.opinion.contest import Contest, contest
from weerklank.opinion.structure import permutation_p, split_half
from weerklank.opinion.tables import sample_of
from weerklank.opinion.verdicts import Evidence, Honesty, Power, Reason, Verdict, VerdictKind
from weerklank.opinion.votes import Votes

__all__ = ["FEWEST_FOR_GROUPS", "decided", "judge", "kind_of"]

FEWEST_FOR_GROUPS = 50
_FEWEST_PEOPLE, _FEWEST_STATEMENTS, _FEWEST_VOTES = 10, 5, 200
_TESTED_ON = 200_000  # votes: more make every test longer and none of them better
_MOST_PEOPLE = 5_000
_CONFIRMED = 0.05
_SURE_ENOUGH = 0.8


def judge(votes: Votes, *, seed: int, honesty: Honesty, max_groups: int, min_votes: int) -> Verdict:
    """The verdict on ``votes``; which are cleaned first and, when they are many, sampled by person."""
    from weerklank.opinion.power import power_to_see

    if honesty is Honesty.OFF:
        return Verdict(VerdictKind.UNDETERMINED, (Reason.NOT_TESTED,))
    tested, sampled = _tested(votes, min_votes, seed)
    n, m = tested.shape
    if n < _FEWEST_PEOPLE or m < _FEWEST_STATEMENTS or tested.n_votes < _FEWEST_VOTES:
        few = (Reason.FEW_PEOPLE,) if (votes.per_participant > 0).sum() < FEWEST_FOR_GROUPS else ()
        return Verdict(VerdictKind.UNDETERMINED, (*few, Reason.FEW_VOTES))
    played = contest(tested, max_groups=max_groups, rng=np.random.default_rng([seed, 1]))
    p = permutation_p(tested, rng=np.random.default_rng([seed, 2]))
    kind, reasons = kind_of(played, p, people=n)
    power: Power | None = None
    if honesty is Honesty.FULL:
        power = power_to_see(tested, seed=seed, max_groups=max_groups)
    kind, reasons = decided(kind, reasons, power, people=n)
    evidence = Evidence(
        participants=n,
        statements=m,
        votes=played.votes,
        sampled=sampled,
        gain_groups=played.gain_groups,
        gain_map=played.gain_map,
        z_groups=played.z_groups,
        z_map=played.z_map,
        z_difference=played.z_difference,
        threshold=played.threshold,
        k=played.k,
        dimensions=played.dimensions,
        p_structure=p,
        split_half=split_half(tested, rng=np.random.default_rng([seed, 3])),
    )
    return Verdict(kind, reasons, evidence, power)


def kind_of(played: Contest, p: float, *, people: int) -> tuple[VerdictKind, tuple[Reason, ...]]:
    """What contest and confirmation say together, before power."""
    few = (Reason.FEW_PEOPLE,) if people < FEWEST_FOR_GROUPS else ()
    best = max((played.gain_groups, played.z_groups), (played.gain_map, played.z_map))
    if best[1] < played.threshold:
        if p <= _CONFIRMED:
            return VerdictKind.UNDETERMINED, (*few, Reason.HANGS_TOGETHER)
        return VerdictKind.NONE, (*few, Reason.NOTHING_PREDICTS)
    if p > _CONFIRMED:
        return VerdictKind.UNDETERMINED, (*few, Reason.NOT_CONFIRMED)
    if played.z_difference < -played.threshold:
        return VerdictKind.SPECTRUM, (*few, Reason.MAP_PREDICTS_BETTER)
    if played.z_difference <= played.threshold:
        return VerdictKind.UNDETERMINED, (*few, Reason.NEITHER_BETTER)
    if few:
        return VerdictKind.UNDETERMINED, few
    if played.capped:
        return VerdictKind.UNDETERMINED, (Reason.NEITHER_BETTER, Reason.MOST_GROUPS_ALLOWED)
    return VerdictKind.GROUPS, (Reason.GROUPS_PREDICT_BETTER,)


def decided(
    kind: VerdictKind, reasons: tuple[Reason, ...], power: Power | None, *, people: int
) -> tuple[VerdictKind, tuple[Reason, ...]]:
    """*None* only where something would have been seen; without simulated power, where there are people
    enough.
    """
    if kind is not VerdictKind.NONE:
        return kind, reasons
    blind = people < FEWEST_FOR_GROUPS if power is None else power.any_structure < _SURE_ENOUGH
    return (VerdictKind.UNDETERMINED, (*reasons, Reason.LOW_POWER)) if blind else (kind, reasons)


def _tested(votes: Votes, min_votes: int, seed: int) -> tuple[Votes, bool]:
    """Cleaned (research 5.2), sampled where there are many, in canonical order."""
    clean = votes.active(min_votes=min_votes)
    n = len(clean.participants)
    people = min(_MOST_PEOPLE, max(1000, int(n * _TESTED_ON / max(clean.n_votes, 1))))
    tested, _ = sample_of(clean, people=people, seed=seed)
    return tested.canonical().votes, len(tested.participants) < n
