"""Dividing people: into the groups that the verdict allows, or into segments of a spectrum; and what is
typical of each.

What is typical is never read off the votes that made the division. The statements fall into five folds; for
each fold the people are divided again by the other statements only, the parts are matched to those of the
whole (Kuhn 1955), and the answers to the fold are counted per part so made. The difference between groups
allows for people placed in the wrong one (``misplaced.py``); a cut has nobody in a wrong part, since its
borders were chosen. All tests together are corrected for their number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.special import ndtr

from weerklank.opinion.axes import active_rows, aligned, fit_trait, place
from weerklank.opinion.canonical import statement_order
from weerklank.opinion.classes import ClassFit, fit_classes, memberships, memberships_by_others
from weerklank.opinion.counting import as_answers, figures_of
from weerklank.opinion.intervals import difference_p, share_interval, with_fewest_false
from weerklank.opinion.misplaced import Between, between_parts, truly_in
from weerklank.opinion.records import Estimate, OpinionMap, Parts
from weerklank.opinion.tables import said_in, sample_of, summed_per_answer, summed_per_person
from weerklank.opinion.trait import Trait
from weerklank.opinion.votes import Votes

__all__ = ["base_shares", "classes_in", "groups_of", "segments_of"]

Floats = NDArray[np.float64]
Labels = NDArray[np.int16]

FOLDS = 5
_FITTED_ON = 10_000  # people whose votes make the parts
_TESTED_ON = 50_000  # people whose votes are compared: with more, every difference would be sure
_SPREAD_PRIOR = 3.0


@dataclass(frozen=True, eq=False)
class _Placed:
    """The part of everybody (n,), and of those placed in each part the share that belongs to each (k, k)."""

    label: Labels
    truly: Floats

    def matched(self, whole: Labels) -> _Placed:
        """The parts renamed so that they agree with ``whole`` as often as possible."""
        k = len(self.truly)
        both = np.zeros((k, k))
        np.add.at(both, (self.label, whole), 1)
        was, name = linear_sum_assignment(-both)
        rename = np.empty(k, np.int16)
        rename[was] = name
        order = np.argsort(rename)
        return _Placed(rename[self.label], self.truly[np.ix_(order, order)])


def groups_of(votes: Votes, *, k: int, level: float, seed: int, min_votes: int) -> Parts:
    """The ``k`` latent classes of ``votes``, the largest first."""
    active = active_rows(votes, min_votes=min_votes)
    fitting = sample_of(votes, people=_FITTED_ON, seed=seed, among=active)[0].canonical()
    fit = classes_in(fitting.votes, k, np.random.default_rng([seed, 21]))
    shares = np.empty_like(fit.log_shares).reshape(-1, 3, k)
    shares[fitting.statements] = fit.log_shares.reshape(-1, 3, k)
    weights, _ = memberships(summed_per_person(votes, shares.reshape(-1, k)), fit.log_sizes)
    order = np.argsort(-weights[active].sum(axis=0), kind="stable")
    probability = weights[:, order]

    def without(part: Votes, kept: NDArray[np.bool_], fold: int) -> _Placed:
        """Labels of all people of ``part`` by classes of the kept statements."""
        less = part.at(statements=kept)
        sample, chosen = sample_of(less, people=_FITTED_ON, seed=seed)
        small = sample.canonical()
        again = classes_in(small.votes, k, np.random.default_rng([seed, 22, fold]))
        table = np.empty_like(again.log_shares).reshape(-1, 3, k)
        table[small.statements] = again.log_shares.reshape(-1, 3, k)
        member, _ = memberships(summed_per_person(less, table.reshape(-1, k)), again.log_sizes)
        label = member.argmax(axis=1).astype(np.int16)
        people = np.flatnonzero(chosen)[small.participants]
        chance = memberships_by_others(small.votes, again, base_shares(small.votes.tally))
        tested = (part.per_participant - less.per_participant)[people].astype(float)
        return _Placed(label, truly_in(label[people], chance, tested, k))

    return _parts(votes, active, probability, without, cut=False, level=level, seed=seed)


def segments_of(votes: Votes, map_: OpinionMap, *, k: int, level: float, seed: int, min_votes: int) -> Parts:
    """``k`` parts of equal size along the first axis of the map, from its negative end."""
    active = active_rows(votes, min_votes=min_votes)
    steps = np.arange(1, k) / k
    borders = np.quantile(map_.position[active, 0], steps)
    error = np.sqrt(map_.covariance[:, 0, 0].astype(float))
    below = ndtr((borders[None, :] - map_.position[:, :1]) / error[:, None])
    edges = np.column_stack([np.zeros(len(below)), below, np.ones(len(below))])
    columns = {one: column for column, one in enumerate(votes.statements)}

    def without(part: Votes, kept: NDArray[np.bool_], _fold: int) -> _Placed:
        """Labels by a map of the kept statements, turned to lie as the whole one does."""
        less = part.at(statements=kept)
        trait = fit_trait(sample_of(less, people=_FITTED_ON, seed=seed)[0])
        if trait is None:
            return _Placed(np.zeros(len(part.participants), np.int16), np.eye(k))
        there = map_.vectors[[columns[one] for one in less.statements]]
        trait = Trait(aligned(trait.vectors, there), trait.centres, trait.noise, trait.variance)
        first = place(less, trait)[0][:, 0]
        label = np.searchsorted(np.quantile(first, steps), first, side="left").astype(np.int16)
        return _Placed(label, np.eye(k))

    labels = np.searchsorted(borders, map_.position[:, 0], side="left").astype(np.int16)
    return _parts(
        votes,
        active,
        np.diff(edges, axis=1).astype(np.float32),
        without,
        cut=True,
        level=level,
        seed=seed,
        labels=labels,
    )


def classes_in(votes: Votes, k: int, rng: np.random.Generator) -> ClassFit:
    """The ``k`` latent classes of votes in canonical order."""
    trait = fit_trait(votes)
    position = (
        np.zeros((len(votes.participants), 2)) if trait is None else place(votes, trait)[0].astype(float)
    )
    base = base_shares(votes.tally)
    return fit_classes(said_in(votes), base, position, [k], rng, starts=6, rounds=150)[0]


def base_shares(tally: NDArray[np.int64]) -> Floats:
    """(m, 3) the shares of disagree, pass, agree per statement, drawn a little to those of all votes
    together.
    """
    overall = (tally.sum(axis=0) + 1.0) / (tally.sum() + 3.0)
    return np.asarray((tally + _SPREAD_PRIOR * overall) / (tally.sum(axis=1, keepdims=True) + _SPREAD_PRIOR))


def _parts(
    votes: Votes,
    active: NDArray[np.bool_],
    probability: NDArray[np.float32],
    without: Callable[[Votes, NDArray[np.bool_], int], _Placed],
    *,
    cut: bool,
    level: float,
    seed: int,
    labels: Labels | None = None,
) -> Parts:
    likeliest = probability.argmax(axis=1).astype(np.int16) if labels is None else labels
    label = np.where(active, likeliest, np.int16(-1))
    k = probability.shape[1]
    per_part = _tally_by(votes, label, k)
    inside, between = _cross_fitted(votes, label, k, without, level=level, seed=seed)
    outside = inside.sum(axis=0)[None] - inside
    p = difference_p(inside[:, :, :2], inside[:, :, 3:], outside[:, :, :2], outside[:, :, 3:])
    return Parts(
        cut=cut,
        level=level,
        probability=probability,
        label=label,
        sizes=_sizes(probability[active], label[active], level),
        figures=tuple(figures_of(votes.statements, counts, level=level) for counts in per_part),
        shares=between.shares,
        difference=between.difference,
        low=between.low,
        high=between.high,
        q=with_fewest_false(p),
        inside=inside,
        outside=outside,
    )


def _cross_fitted(
    votes: Votes,
    label: Labels,
    k: int,
    without: Callable[[Votes, NDArray[np.bool_], int], _Placed],
    *,
    level: float,
    seed: int,
) -> tuple[NDArray[np.int64], Between]:
    """(k, m, 4) agree, disagree, pass, seen inside each part, and what that says of the parts themselves; the
    parts made without the statement.
    """
    tested, chosen = sample_of(votes, people=_TESTED_ON, seed=seed + 1, among=label >= 0)
    whole = label[chosen]
    m = len(votes.statements)
    order = np.empty(m, np.int64)
    # By content, so that the folds do not depend on how the statements were numbered.
    order[statement_order(tested)] = np.random.default_rng([seed, 23]).permutation(m)
    inside = np.zeros((k, m, 4), np.int64)
    shares, difference, low, high = (np.full((k, m, 2), blank) for blank in (0.0, 0.0, -1.0, 1.0))
    for fold in range(min(FOLDS, m)):
        held = order % FOLDS == fold
        if held.all() or not held.any():
            continue
        placed = without(tested, ~held, fold).matched(whole)
        counts = _tally_by(tested.at(statements=held), placed.label, k)
        inside[:, held] = np.concatenate([counts, counts.sum(axis=2, keepdims=True)], axis=2)
        found = between_parts(inside[:, held], placed.truly, level=level)
        shares[:, held], difference[:, held] = found.shares, found.difference
        low[:, held], high[:, held] = found.low, found.high
    return inside, Between(shares, difference, low, high)


def _tally_by(votes: Votes, label: Labels, k: int) -> NDArray[np.int64]:
    """(k, m, 3) agree, disagree, pass of the people with each label."""
    one_hot = (label[:, None] == np.arange(k)).astype(np.float32)
    counts = np.rint(summed_per_answer(votes, one_hot)).astype(np.int64)
    return as_answers(counts.reshape(-1, 3, k).transpose(2, 0, 1))


def _sizes(probability: NDArray[np.float32], label: Labels, level: float) -> tuple[Estimate, ...]:
    """The share of people in each part; the interval knows that people are a sample and their part is not
    certain.
    """
    n = len(probability)
    found = []
    for part, each in enumerate(probability.T.astype(float)):
        share = float(each.mean())
        variance = share * (1 - share) / n + float((each * (1 - each)).sum()) / n**2
        worth = share * (1 - share) / variance if variance > 0 else float(n)
        low, high = share_interval(np.array([share * worth]), np.array([worth]), level)
        found.append(Estimate(share, float(low[0]), float(high[0]), int((label == part).sum()), n))
    return tuple(found)
