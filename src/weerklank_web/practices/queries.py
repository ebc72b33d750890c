"""Reads of a participant's own sheet."""

from __future__ import annotations

from weerklank_web.gatherings.gates import Participant
from weerklank_web.practices.models import NextStep
from weerklank_web.practices.rules import MOST_STEPS

__all__ = ["free_places", "steps_of"]


def steps_of(participant: Participant) -> list[NextStep]:
    """My steps, in order. Only the link that made them opens them."""
    return list(
        NextStep.objects.filter(gathering=participant.gathering, author_key=participant.author_key).order_by(
            "position"
        )
    )


def free_places(steps: list[NextStep]) -> list[int]:
    """The places that are left, from 1 to four."""
    taken = {step.position for step in steps}
    return [place for place in range(1, MOST_STEPS + 1) if place not in taken]
