"""What an analysis of votes returns: frozen records, numbers with their uncertainty, no logic beyond picking
from them.

Shares are fractions (0–1) of the people who *saw* a statement and answered it; a pass counts as seen. Every
interval is central at the ``level`` the analysis was asked for. Arrays follow the order of
``votes.participants`` (n rows) and ``votes.statements`` (m columns); answers stand in the order agree,
disagree, pass.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from weerklank.opinion.intervals import share_interval
from weerklank.opinion.wording import bridge_in_words

__all__ = [
    "ANSWERS",
    "Answer",
    "Bridge",
    "BridgeMethod",
    "Curves",
    "Divider",
    "Estimate",
    "OpinionMap",
    "Parts",
    "Route",
    "StatementFigures",
    "Statements",
    "Typical",
]

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Integers = NDArray[np.int64]


class Answer(StrEnum):
    """What somebody answers to a statement."""

    AGREE = "agree"
    DISAGREE = "disagree"
    PASS = "pass"  # noqa: S105 - an answer, not a password


ANSWERS = (Answer.AGREE, Answer.DISAGREE, Answer.PASS)


@dataclass(frozen=True)
class Estimate:
    """A share with its interval; ``count`` of ``total`` where it was counted."""

    value: float
    low: float
    high: float
    count: int = 0
    total: int = 0


@dataclass(frozen=True, eq=False)
class Curves:
    """How the answers to each statement change over the map: a nominal regression on the position, per
    statement.

    ``coefficients`` (m, 2, 3): log-odds against pass of agree and of disagree: intercept, slope 1, slope 2.
    ``covariance`` (m, 6, 6): of the six of them, agree first. ``flat`` (m,): the p of a statement that is
    answered the same everywhere.
    """

    coefficients: Floats
    covariance: Floats
    flat: Floats

    def shares(self, points: Floats) -> Floats:
        """Predicted shares (points, m, 3) of agree, disagree, pass at positions (points, 2)."""
        at = np.column_stack([np.ones(len(points)), points])
        odds = np.zeros((len(points), len(self.coefficients), 3))
        odds[:, :, :2] = (self.coefficients @ at.T).transpose(2, 0, 1)
        odds -= np.maximum(np.maximum(odds[:, :, 0], odds[:, :, 1]), 0.0)[:, :, None]
        raised = np.exp(odds)
        return np.asarray(raised / (raised[:, :, 0] + raised[:, :, 1] + raised[:, :, 2])[:, :, None])


@dataclass(frozen=True, eq=False)
class OpinionMap:
    """Where everybody stands on two axes, in units in which people are spread N(0, 1) along each.

    ``position`` (n, 2) and ``covariance`` (n, 2, 2): the posterior of each participant; who voted little
    stands near the middle with a wide covariance, and who did not vote stands in it with covariance 1. A
    place is where somebody would stand after endless votes on such statements, on the scale of average
    answers: where all statements run out (everybody there agrees with all) the ends lie closer together than
    the opinions behind them. ``vectors`` (m, 2): how much the answer to a statement (agree 1, pass 0,
    disagree −1) moves per step along an axis. ``noise``: the variance of an answer around that. ``explained``
    (2,): the share of the variance of the votes along each axis. ``fitted`` (n,): who helped to fit the axes.
    ``agree_correlation``: between axis 1 and the share of statements somebody agrees with; near ±1 the first
    axis may be a style of answering rather than an opinion.
    """

    position: Singles
    covariance: Singles
    vectors: Floats
    centres: Floats
    noise: float
    explained: Floats
    fitted: NDArray[np.bool_]
    agree_correlation: float


@dataclass(frozen=True)
class StatementFigures:
    """The answers to one statement by a body of people."""

    statement: Hashable
    seen: int
    agree: Estimate
    disagree: Estimate
    passed: Estimate


@dataclass(frozen=True, eq=False)
class Statements:
    """The answers to all statements: ``counts``, ``shares``, ``low`` and ``high``, each (m, 3)."""

    ids: tuple[Hashable, ...]
    counts: Integers
    shares: Floats
    low: Floats
    high: Floats

    @cached_property
    def seen(self) -> Integers:
        """How many people answered each statement, passes included (m,)."""
        return np.asarray(self.counts.sum(axis=1))

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, index: int) -> StatementFigures:
        """The figures of the statement in column ``index``."""
        seen = int(self.counts[index].sum())
        answers = [
            Estimate(
                float(self.shares[index, answer]),
                float(self.low[index, answer]),
                float(self.high[index, answer]),
                int(self.counts[index, answer]),
                seen,
            )
            for answer in range(3)
        ]
        return StatementFigures(self.ids[index], seen, *answers)


@dataclass(frozen=True)
class Typical:
    """A statement on which a part of the people differs from the rest, with the chance-corrected ``q``."""

    statement: Hashable
    index: int
    answer: Answer
    inside: Estimate
    outside: Estimate
    difference: Estimate
    q: float


@dataclass(frozen=True)
class Divider:
    """A statement on which people differ: the largest difference in agreement, with its interval.

    ``shares``: the agreement of each part, or, where there are no parts, at both ends of the map.
    """

    statement: Hashable
    index: int
    seen: int
    difference: Estimate
    shares: tuple[float, ...]


class BridgeMethod(StrEnum):
    """Over what a statement bridges."""

    GROUPS = "groups"
    MAP = "map"
    EVERYBODY = "everybody"

    def explained(self, language: str = "nl") -> str:
        """What the agreement figure means, in a sentence."""
        return bridge_in_words(self.value, language=language)


@dataclass(frozen=True)
class Bridge:
    """A statement that unites, ranked by the lower bound of its agreement.

    ``GROUPS``: the geometric mean of the agreement of the groups (so that it compares between numbers of
    groups; ``product`` is the group-informed consensus itself). ``MAP``: the least predicted agreement over
    the central 90 % of the map. ``EVERYBODY``: the plain share, for fewer than fifty people.
    """

    statement: Hashable
    index: int
    seen: int
    method: BridgeMethod
    agreement: Estimate
    product: Estimate | None = None


@dataclass(frozen=True, eq=False)
class Parts:
    """A division of the people: groups that the verdict allows, or (``cut``) an explicit cut of a spectrum.

    ``probability`` (n, k): of belonging to each part; ``label`` (n,): the likeliest, −1 for who voted too
    little. ``sizes``: the share of the people in each part, with an interval. ``figures``: the answers per
    part. What follows is cross-fitted: for each fifth of the statements the parts were made from the other
    statements. ``inside``, ``outside`` (k, m, 4): agree, disagree, pass and seen, counted among the people so
    placed; ``q`` (k, m, 2): whether these differ, for agree and disagree. ``shares`` (k, m, 2) and
    ``difference``, ``low``, ``high`` (k, m, 2: the part minus the rest): of the groups themselves, allowing
    for people placed in the wrong one, so that a difference is rather larger than between the counts.
    """

    cut: bool
    level: float
    probability: Singles
    label: NDArray[np.int16]
    sizes: tuple[Estimate, ...]
    figures: tuple[Statements, ...]
    shares: Floats
    difference: Floats
    low: Floats
    high: Floats
    q: Floats
    inside: Integers
    outside: Integers

    @property
    def k(self) -> int:
        """The number of parts."""
        return len(self.sizes)

    def representative(self, part: int, *, q: float = 0.1) -> tuple[Typical, ...]:
        """The statements on which ``part`` differs from the rest, the largest sure difference first. May be
        empty.

        ``q``: the share of false ones accepted among all that are called typical of some part
        (Benjamini–Hochberg).
        """
        found = [
            self._typical(part, index, answer)
            for index in range(self.q.shape[1])
            for answer in (0, 1)
            if self.q[part, index, answer] <= q and self.difference[part, index, answer] > 0
        ]
        return tuple(sorted(found, key=lambda one: -one.difference.low))

    def divisive(self, *, q: float = 0.1) -> tuple[Divider, ...]:
        """The statements on which the parts differ most in agreement, the largest sure difference first. May
        be empty.
        """
        found = []
        for index in range(self.q.shape[1]):
            sizes = np.abs(self.difference[:, index, 0])
            part = int(np.argmax(sizes))
            if not self.q[part, index, 0] <= q:
                continue
            way = np.sign(self.difference[part, index, 0])
            bounds = sorted(max(float(way * end[part, index, 0]), 0.0) for end in (self.low, self.high))
            found.append(
                Divider(
                    self.figures[0].ids[index],
                    index,
                    int(self.inside[:, index, 3].sum()),
                    Estimate(float(sizes[part]), bounds[0], bounds[1]),
                    tuple(self.shares[:, index, 0].tolist()),
                )
            )
        return tuple(sorted(found, key=lambda one: -one.difference.low))

    def _typical(self, part: int, index: int, answer: int) -> Typical:
        def share(counts: Integers) -> Estimate:
            count, seen = int(counts[part, index, answer]), int(counts[part, index, 3])
            low, high = share_interval(np.array([count]), np.array([seen]), self.level)
            return Estimate(count / max(seen, 1), float(low[0]), float(high[0]), count, seen)

        value, low, high = (
            float(each[part, index, answer]) for each in (self.difference, self.low, self.high)
        )
        return Typical(
            self.figures[0].ids[index],
            index,
            ANSWERS[answer],
            share(self.inside),
            share(self.outside),
            Estimate(value, low, high),
            float(self.q[part, index, answer]),
        )


@dataclass(frozen=True)
class Route:
    """Which statement to show next, and the chance each unseen statement had to be it."""

    statement: Hashable | None
    probabilities: dict[Hashable, float]
