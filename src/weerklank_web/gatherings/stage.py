"""Where a gathering stands in its format, and what may happen there.

What may happen follows from the step in the format file: a step that writes contributions opens the rooms,
a step of the kind «review» asks participants to read back, and so on. No step is known by its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from weerklank.formats import Audience, Format, Step, StepKind, VoteMethod, When
from weerklank_web.formats.bridge import format_of
from weerklank_web.gatherings.models import Gathering

__all__ = [
    "CONTRIBUTION",
    "INSIGHT",
    "MESSAGE",
    "PROPOSITION",
    "ROOM_REPORT",
    "THEME_CHOICE",
    "VOTE",
    "Deed",
    "Stage",
    "StepState",
    "stage_of",
]

# The objects that the web knows how to hold; a format names them, with fields and dimensions of its own.
THEME_CHOICE = "theme_choice"
CONTRIBUTION = "contribution"
ROOM_REPORT = "room_report"
INSIGHT = "insight"
MESSAGE = "message"
PROPOSITION = "proposition"
VOTE = "vote"


class Deed(StrEnum):
    """What people may do at a moment of the gathering."""

    REGISTER = "register"  # sign up in advance, choose themes
    CHECK_IN = "check-in"  # arrive; walk in at the door
    SEAT = "seat"  # divide people over rooms, move them
    SPEAK = "speak"  # contribute in a room
    VOTE = "vote"  # agree, disagree or pass on propositions or on what was said
    HARVEST = "harvest"  # write the room's own report, read it back, sign it off
    TYPE_UP = "type-up"  # crew types in cards and notes, also afterwards
    SYNTHESISE = "synthesise"  # word insights and messages
    REVIEW = "review"  # participants agree, disagree, object
    PUBLISH = "publish"  # hand over report and messages
    ANSWER = "answer"  # the desk is open
    RETURN = "return"  # the answer goes back


class StepState(StrEnum):
    """A step seen from now."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Stage:
    """The format, the step where the gathering stands (None: not published yet), and what that allows."""

    format: Format
    step: Step | None

    @property
    def place(self) -> int:
        """Index of the current step; -1 before publication."""
        return -1 if self.step is None else self.format.steps.index(self.step)

    @property
    def next_step(self) -> Step | None:
        """The step after this one, or None at the end."""
        after = self.place + 1
        return self.format.steps[after] if after < len(self.format.steps) else None

    def at(self, step_id: str) -> Stage:
        """The same format, standing at this step; ``KeyError`` for a step it does not have."""
        return Stage(format=self.format, step=self.format.step(step_id))

    def text(self, key: str, language: str) -> str:
        """A sentence of the format for the screens; empty when it has none under this key."""
        try:
            return self.format.text(key, language)
        except KeyError:
            return ""

    def states(self) -> list[tuple[Step, StepState]]:
        """Every step with done, now or later."""
        order = {-1: StepState.DONE, 0: StepState.NOW, 1: StepState.LATER}
        return [
            (step, order[(index > self.place) - (index < self.place)])
            for index, step in enumerate(self.format.steps)
        ]

    def may(self, deed: Deed) -> bool:
        """Whether this may happen now."""
        return deed in self.allowed()

    def past(self, deed: Deed) -> bool:
        """Whether the last step that allows this lies behind."""
        places = [index for index, allowed in enumerate(self._deeds()) if deed in allowed]
        return bool(places) and self.place > places[-1]

    def ahead(self, deed: Deed) -> bool:
        """Whether the first step that allows this is still to come."""
        places = [index for index, allowed in enumerate(self._deeds()) if deed in allowed]
        return bool(places) and self.place < places[0]

    def allowed(self) -> frozenset[Deed]:
        """All that may happen now."""
        return frozenset() if self.step is None else self._deeds()[self.place]

    @property
    def vote_steps(self) -> tuple[Step, ...]:
        """The steps in which people vote on propositions or contributions, in order."""
        return tuple(step for step in self.format.steps if Deed.VOTE in _deeds_at(step))

    def votes_are_cast_at(self, step_id: str) -> bool:
        """Whether the gathering stands at this step and people vote there."""
        return self.step is not None and self.step.id == step_id and self.may(Deed.VOTE)

    def votes_are_open_to(self, audience: Audience, step_id: str) -> bool:
        """Whether this audience may see by now how people voted in this step.

        At once, when the step is over, or when a later step releases the votes: as the format says. ``KeyError`` for
        a step that the format does not have.
        """
        voted = self.format.step(step_id)
        reached = list(self.format.steps[self.format.steps.index(voted) : self.place + 1])
        if not reached:
            return False
        releases = [
            step.release for step in reached[1:] if step.release is not None and VOTE in step.release.objects
        ]
        by_now = {
            When.DIRECT: True,
            When.AFTER_STEP: len(reached) > 1,
            When.AFTER_RELEASE: bool(releases),
        }[voted.shown.when]
        seen_by = [voted.shown.who] if by_now else []
        return any(not audience.wider_than(each) for each in (*seen_by, *(each.to for each in releases)))

    def _deeds(self) -> list[frozenset[Deed]]:
        """What each step allows. Without a step to choose in, people register at the first one."""
        deeds = [_deeds_at(step) for step in self.format.steps]
        if not any(Deed.REGISTER in allowed for allowed in deeds):
            deeds[0] |= {Deed.REGISTER}
        return deeds


def stage_of(gathering: Gathering) -> Stage:
    """Where this gathering stands."""
    format_ = format_of(gathering.format_version)
    step = format_.step(gathering.step) if gathering.step else None
    return Stage(format=format_, step=step)


def _deeds_at(step: Step) -> frozenset[Deed]:
    deeds = set()
    if THEME_CHOICE in step.writes:
        deeds |= {Deed.REGISTER, Deed.SEAT}
    if step.kind is StepKind.ALLOCATE:
        deeds |= {Deed.REGISTER, Deed.SEAT, Deed.CHECK_IN}
    if not step.asynchronous and step.kind is not StepKind.PAUSE:
        deeds |= {Deed.CHECK_IN, Deed.SEAT}
    if CONTRIBUTION in step.writes:
        deeds |= {Deed.SPEAK, Deed.TYPE_UP}
    if _is_voted_in(step):
        deeds.add(Deed.VOTE)
    if ROOM_REPORT in step.writes:
        deeds |= {Deed.HARVEST, Deed.TYPE_UP}
    if step.kind is StepKind.SYNTHESISE:
        deeds |= {Deed.SYNTHESISE, Deed.HARVEST, Deed.TYPE_UP}
    if step.kind is StepKind.REVIEW and (INSIGHT in step.reads or MESSAGE in step.reads):
        deeds.add(Deed.REVIEW)
    if step.kind is StepKind.PUBLISH:
        deeds.add(Deed.PUBLISH)
    if step.kind is StepKind.ANSWER:
        deeds.add(Deed.ANSWER)
    if step.kind is StepKind.RETURN:
        deeds |= {Deed.RETURN, Deed.ANSWER}  # a late answer is still an answer
    return frozenset(deeds)


def _is_voted_in(step: Step) -> bool:
    by_stance = step.vote is not None and step.vote.method is VoteMethod.STANCE
    return by_stance and (PROPOSITION in step.reads or CONTRIBUTION in step.reads)
