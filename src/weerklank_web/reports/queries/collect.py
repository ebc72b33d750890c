"""Collect the rows behind an edition. Counts of people come only from what the disclosure gate released."""

from __future__ import annotations

from collections import Counter
from datetime import date

from weerklank_web.answers.models import Insight, Message
from weerklank_web.answers.queries.review import objections_of, released_stances
from weerklank_web.dialogue.models import Contribution, ContributionState
from weerklank_web.dialogue.queries.board import contributions_to_use
from weerklank_web.gatherings.models import Gathering, Room, Theme
from weerklank_web.gatherings.queries.presence import attendance_facts
from weerklank_web.groundwork import clock
from weerklank_web.reports.collected import Collected

__all__ = ["collect"]


def collect(gathering: Gathering, *, language: str) -> Collected:
    """Everything that goes into the report now."""
    attendance = attendance_facts(gathering)
    return Collected(
        gathering=gathering,
        today=clock.today(gathering.zone),
        language=language,
        themes=tuple(Theme.objects.filter(gathering=gathering, accepted=True)),
        rooms=tuple(
            Room.objects.filter(gathering=gathering)
            .select_related("theme", "harvest")
            .prefetch_related("harvest__changes")
        ),
        contributions=tuple(contributions_to_use(gathering).exclude(room=None)),
        insights=tuple(
            Insight.objects.filter(gathering=gathering, published=True).prefetch_related(
                "sources__contribution"
            )
        ),
        messages=tuple(
            Message.objects.filter(gathering=gathering, published=True)
            .select_related("answer")
            .prefetch_related("sources__contribution", "insights")
        ),
        turnout=None,
        tables=(),
        stances=released_stances(gathering),
        objections=objections_of(gathering),
        withdrawn=_withdrawn(gathering),
        hidden=Contribution.objects.filter(gathering=gathering, state=ContributionState.HIDDEN).count(),
        contact=gathering.mandate.contact,
    )


def _withdrawn(gathering: Gathering) -> tuple[tuple[date, int], ...]:
    days = Contribution.objects.filter(
        gathering=gathering, state=ContributionState.WITHDRAWN, state_on__isnull=False
    ).values_list("state_on", flat=True)
    return tuple(sorted(Counter(day for day in days if day is not None).items()))
