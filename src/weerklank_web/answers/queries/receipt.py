"""«Waar bleef mijn bijdrage?»: each of my own contributions, and what became of it (T16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from weerklank_web.answers.bridge.format import Audience, may_read_now
from weerklank_web.answers.queries.answer import MessageThread, threads_of
from weerklank_web.answers.queries.offering import is_offered
from weerklank_web.answers.queries.statement import StatementView, insights_of
from weerklank_web.dialogue.bridge.format import values_of
from weerklank_web.dialogue.models import Contribution, ContributionState, Harvest
from weerklank_web.dialogue.queries.board import own_words
from weerklank_web.dialogue.rules import pieces
from weerklank_web.gatherings.gates import Participant
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.stage import INSIGHT, MESSAGE, Deed, Stage, stage_of

__all__ = ["OwnThread", "Receipt", "receipt_of"]


@dataclass(frozen=True)
class OwnThread:
    """One of my contributions: the harvest of its room, the insights and messages that rest on it."""

    contribution: Contribution
    level: str
    harvest: Harvest | None
    insights: list[StatementView]
    messages: list[MessageThread]

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """My words, cut along their key fragments."""
        return pieces(self.contribution.text, self.contribution.fragments)

    @property
    def withdrawn(self) -> bool:
        return self.contribution.state == ContributionState.WITHDRAWN

    @property
    def hidden(self) -> bool:
        return self.contribution.state == ContributionState.HIDDEN

    @property
    def used(self) -> bool:
        """Whether anything rests on it."""
        return bool(self.insights or self.messages)


@dataclass(frozen=True)
class Receipt:
    """All my words in this gathering, with what became of them.

    ``settled``: insights and messages are made, so that «nothing was done with it» is final.
    """

    threads: list[OwnThread]
    settled: bool
    offered: bool

    @property
    def said(self) -> int:
        """How many contributions I made."""
        return len(self.threads)

    @property
    def used(self) -> int:
        """How many of them stand behind an insight or message."""
        return sum(thread.used for thread in self.threads)


def receipt_of(participant: Participant, *, language: str) -> Receipt:
    """The receipt of whoever holds this link, also an earlier one: the key opens the words said under it."""
    gathering = participant.gathering
    stage = stage_of(gathering)
    offered = is_offered(gathering)
    words = list(own_words(gathering, participant.author_key))
    insights = _insights(gathering, stage, offered=offered, language=language)
    messages = _messages(gathering, stage, offered=offered, language=language)
    harvests = {
        harvest.room_id: harvest
        for harvest in Harvest.objects.filter(room__in={row.room_id for row in words if row.room_id})
    }
    levels = {value.key: value.label for value in values_of(stage, "level", language)}
    return Receipt(
        threads=[
            _thread(
                row,
                level=levels.get(row.level, ""),
                harvest=harvests.get(row.room_id) if row.room_id else None,
                insights=insights,
                messages=messages,
            )
            for row in words
        ],
        settled=stage.past(Deed.SYNTHESISE),
        offered=offered,
    )


def _thread(
    row: Contribution,
    *,
    level: str,
    harvest: Harvest | None,
    insights: Sequence[StatementView],
    messages: Sequence[MessageThread],
) -> OwnThread:
    mine = [view for view in insights if row.id in view.behind]
    through = {view.id for view in mine}
    return OwnThread(
        contribution=row,
        level=level,
        harvest=harvest,
        insights=mine,
        messages=[
            thread
            for thread in messages
            if row.id in thread.view.behind or any(each.id in through for each in thread.view.insights)
        ],
    )


def _insights(gathering: Gathering, stage: Stage, *, offered: bool, language: str) -> list[StatementView]:
    if not may_read_now(stage, INSIGHT, Audience.PLENARY, offered=offered):
        return []
    return insights_of(gathering, language=language, only_published=True)


def _messages(gathering: Gathering, stage: Stage, *, offered: bool, language: str) -> list[MessageThread]:
    if not may_read_now(stage, MESSAGE, Audience.PLENARY, offered=offered):
        return []
    return threads_of(gathering, language=language)
