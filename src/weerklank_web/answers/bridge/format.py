"""What answers asks the format: how much evidence, how long, and who may read what by now."""

from __future__ import annotations

from dataclasses import dataclass

from weerklank.formats import Audience, When
from weerklank_web.gatherings.bridge import small_number
from weerklank_web.gatherings.stage import INSIGHT, MESSAGE, Stage

__all__ = [
    "ANSWER",
    "Audience",
    "Needed",
    "evidence_needed",
    "k_of",
    "longest",
    "may_read_now",
    "reading_question",
]

ANSWER = "answer"

# Where a format says nothing, this holds (W13, W19).
_LEAST = {INSIGHT: (3, 2), MESSAGE: (1, 1)}


@dataclass(frozen=True, slots=True)
class Needed:
    """The fewest contributions, from the fewest rooms."""

    sources: int
    rooms: int


def evidence_needed(stage: Stage, noun: str) -> Needed:
    """How much an insight or message must rest on; never less than W13 and W19 ask."""
    sources, rooms = _LEAST[noun]
    try:
        asked = stage.format.object(noun).evidence
    except KeyError:
        asked = None
    if asked is None:
        return Needed(sources, rooms)
    return Needed(max(sources, asked.sources), max(rooms, asked.rooms))


def longest(stage: Stage, noun: str, field: str, *, room: int) -> int:
    """The most characters of a field: what the format says, and never more than there is room for."""
    try:
        asked = stage.format.object(noun).field(field).max
    except KeyError:
        asked = None
    return min(room, asked or room)


def k_of(stage: Stage) -> int:
    """Nothing is counted out loud for fewer people than this."""
    return small_number(stage.format)


def may_read_now(stage: Stage, noun: str, audience: Audience, *, offered: bool) -> bool:
    """Whether this audience may read objects of this kind by now.

    Read from the format: a step that shows or releases them to this audience (or a wider one) must have come; what
    waits for the end of its step, must be over. To the recipient they also need to have been offered (W15).
    """
    for reach in stage.format.reach_of(noun):
        if audience.wider_than(reach.audience):
            continue
        place = stage.format.steps.index(stage.format.step(reach.step))
        since = place + 1 if reach.when is When.AFTER_STEP else place
        if stage.place < since:
            continue
        if reach.audience.wider_than(Audience.PLENARY) and not offered:
            continue
        return True
    return False


def reading_question(stage: Stage, language: str) -> list[str]:
    """The questions that the format puts to whoever reads back."""
    return [] if stage.step is None else [ask.in_language(language) for ask in stage.step.ask]
