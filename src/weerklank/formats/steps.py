"""The steps of a format: who does what, how long, who sees it.

Every field name here is the key in the TOML file; ``docs/formats.md`` explains each.
"""

from __future__ import annotations

from dataclasses import dataclass

from weerklank.formats.kinds import (
    Audience,
    Completion,
    Consent,
    NameRule,
    Rotation,
    Shape,
    StepKind,
    Turn,
    VoteMethod,
    When,
)
from weerklank.formats.texts import Text

__all__ = ["Grouping", "Release", "Step", "Visibility", "Vote"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """How people sit.

    :param groups: a fixed number of groups; without it the size of the gathering decides.
    :param by: the dimension that decides who sits together.
    :param mix: dimensions of which each group should hold several values (W5).
    :param host: one person stays when the others move on.
    """

    shape: Shape
    groups: int | None = None
    rotation: Rotation = Rotation.FIXED
    turn: Turn = Turn.FREE
    by: str | None = None
    mix: tuple[str, ...] = ()
    host: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Visibility:
    """Who sees what is written in a step, from when, and whether with a name."""

    who: Audience
    when: When = When.DIRECT
    name: NameRule = NameRule.NEVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """How people weigh or choose in a step.

    :param budget: dots, ranks or approvals per person.
    :param threshold: per cent that must be passed.
    :param minority: the question to whoever lost the vote.
    """

    method: VoteMethod
    budget: int | None = None
    secret: bool = False
    threshold: int | None = None
    minority: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The one way in which objects come to more people: which, to whom, with whose consent."""

    objects: tuple[str, ...]
    to: Audience
    consent: Consent


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step. Live steps have ``minutes``; asynchronous ones have ``days`` and respect quiet hours.

    :param ask: the questions people see.
    :param who: role ids; empty means everybody.
    :param arrange: dimensions by which the screen may lay out what there is; the first is the default (W11).
    :param repeat: rounds of ``minutes`` each.
    :param go_back_to: an earlier step to return to until ``done`` holds.
    """

    id: str
    kind: StepKind
    title: Text
    hint: Text | None = None
    ask: tuple[Text, ...] = ()
    minutes: int | None = None
    asynchronous: bool = False
    days: int | None = None
    who: tuple[str, ...] = ()
    grouping: Grouping | None = None
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    visibility: Visibility | None = None
    vote: Vote | None = None
    release: Release | None = None
    arrange: tuple[str, ...] = ()
    done: Completion = Completion.TIME
    repeat: int = 1
    go_back_to: str | None = None

    @property
    def live_minutes(self) -> int:
        """Minutes of live time, all rounds together; 0 for an asynchronous step."""
        return 0 if self.asynchronous else (self.minutes or 0) * self.repeat

    @property
    def shown(self) -> Visibility:
        """The step's visibility, or the narrowest one when the file says nothing."""
        return self.visibility or Visibility(who=Audience.SELF)
