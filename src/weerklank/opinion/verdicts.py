"""The verdict on the shape of opinions, with the evidence behind it and the power to have seen otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from weerklank.opinion.wording import verdict_in_words

__all__ = ["Evidence", "Honesty", "Power", "Reason", "Verdict", "VerdictKind"]


class Honesty(StrEnum):
    """How much is tested before anything is called a group.

    ``FULL``: all tests, and the power by simulation. ``QUICK``: the tests, without the power.
    ``OFF``: no test; the verdict is then *undetermined* and there are no groups.
    """

    FULL = "full"
    QUICK = "quick"
    OFF = "off"


class VerdictKind(StrEnum):
    """What can honestly be said about the shape of the opinions."""

    NONE = "none"
    SPECTRUM = "spectrum"
    GROUPS = "groups"
    UNDETERMINED = "undetermined"


class Reason(StrEnum):
    """Why the verdict is what it is; several may hold."""

    NOT_TESTED = "not-tested"
    FEW_PEOPLE = "few-people"
    FEW_VOTES = "few-votes"
    NOTHING_PREDICTS = "nothing-predicts"
    MAP_PREDICTS_BETTER = "map-predicts-better"
    GROUPS_PREDICT_BETTER = "groups-predict-better"
    NEITHER_BETTER = "neither-better"
    MOST_GROUPS_ALLOWED = "most-groups-allowed"
    NOT_CONFIRMED = "not-confirmed"
    HANGS_TOGETHER = "hangs-together"
    LOW_POWER = "low-power"


@dataclass(frozen=True)
class Evidence:
    """The tests behind a verdict, on votes the models had not seen.

    Gains are in nats per vote above the base rates (negative: worse than knowing nothing about the voter);
    each ``z`` is a paired comparison clustered by participant, to be read beside ``threshold``.
    """

    participants: int
    statements: int
    votes: int
    sampled: bool
    gain_groups: float
    gain_map: float
    z_groups: float
    z_map: float
    z_difference: float
    threshold: float
    k: int
    dimensions: int
    p_structure: float | None
    split_half: float | None


@dataclass(frozen=True)
class Power:
    """How often two clear groups would have been seen in data of this shape (fractions of ``repetitions``).

    ``equal`` is for groups of 50/50, ``uneven`` for 80/20; ``any_structure``: how often the 50/50 groups
    would have been seen as structure of whatever kind. With ``at_least`` it was simulated on part of the
    participants, so that the real figures are these or better.
    """

    equal: float
    uneven: float
    any_structure: float
    repetitions: int
    at_least: bool


@dataclass(frozen=True)
class Verdict:
    """None, a spectrum, groups, or too little to tell: with the evidence and the power to have seen
    otherwise.
    """

    kind: VerdictKind
    reasons: tuple[Reason, ...]
    evidence: Evidence | None = None
    power: Power | None = None

    def sentence(self, language: str = "nl") -> str:
        """The verdict in one or two plain sentences (``nl`` or ``en``)."""
        return verdict_in_words(
            self.kind.value,
            tuple(reason.value for reason in self.reasons),
            groups=self.evidence.k if self.evidence else 0,
            equal=None if self.power is None else self.power.equal,
            repetitions=0 if self.power is None else self.power.repetitions,
            language=language,
        )
