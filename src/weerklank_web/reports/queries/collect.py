"""Collect the rows behind an edition. Counts of people come only from what the disclosure gate released."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from weerklank_web.answers.bridge.disclosure import Tally, tallies_in
from weerklank_web.answers.models import Answer, Commitment
from weerklank_web.answers.queries.review import frozen_table, outcomes_of, stance_words
from weerklank_web.answers.queries.statement import insights_of, messages_of
from weerklank_web.dialogue.bridge.format import Audience
from weerklank_web.dialogue.models import Contribution, ContributionState
from weerklank_web.dialogue.queries.board import contributions_to_use
from weerklank_web.dialogue.queries.look import looks_for
from weerklank_web.gatherings.models import Gathering, Room, Theme
from weerklank_web.gatherings.queries.gathering import changes_of, mandate_of
from weerklank_web.gatherings.queries.presence import attendance_facts
from weerklank_web.groundwork import clock
from weerklank_web.reports.collected import Collected, Line
from weerklank_web.reports.models import NotesLine

__all__ = ["collect"]


def collect(gathering: Gathering, *, language: str, edition: int) -> Collected:
    """Everything that goes into the report now, in a fixed number of questions to the database."""
    with override(language):
        outcomes = outcomes_of(gathering, language=language)
        return Collected(
            gathering=gathering,
            mandate=mandate_of(gathering),
            changes=tuple(changes_of(gathering)),
            today=clock.today(gathering.zone),
            language=language,
            edition=edition,
            themes=tuple(Theme.objects.filter(gathering=gathering)),
            rooms=tuple(
                Room.objects.filter(gathering=gathering)
                .select_related("theme", "harvest")
                .prefetch_related("harvest__changes")
            ),
            contributions=tuple(contributions_to_use(gathering).exclude(room=None)),
            lines=_lines(gathering),
            insights=tuple(insights_of(gathering, language=language, only_published=True)),
            messages=tuple(messages_of(gathering, language=language, only_published=True)),
            answers=_answers(gathering),
            commitments=_commitments(gathering),
            attendance=attendance_facts(gathering, language=language),
            stood=_stood(gathering),
            objections={str(id_): tuple(outcome.objections) for id_, outcome in outcomes.items()},
            withdrawn=_withdrawn(gathering),
            hidden=Contribution.objects.filter(
                gathering=gathering, shared=True, state=ContributionState.HIDDEN
            ).count(),
            votes=tuple(looks_for(gathering, Audience.RECIPIENT, language=language)),
        )


def _lines(gathering: Gathering) -> dict[str, Line]:
    rows = NotesLine.objects.filter(contribution__gathering=gathering).select_related("upload")
    return {
        str(row.contribution_id): Line(
            source=row.upload.name,
            first=row.first_line,
            last=row.last_line,
            context=str(row.context_id) if row.context_id else None,
        )
        for row in rows
        if row.first_line
    }


def _answers(gathering: Gathering) -> dict[str, Answer]:
    """Released answers by message; a word to everybody under the empty text."""
    return {str(answer.message_id or ""): answer for answer in Answer.objects.filter(gathering=gathering)}


def _commitments(gathering: Gathering) -> dict[str, tuple[Commitment, ...]]:
    found: dict[str, list[Commitment]] = defaultdict(list)
    for commitment in Commitment.objects.filter(answer__gathering=gathering).order_by("due", "id"):
        found[str(commitment.answer_id)].append(commitment)
    return {answer: tuple(commitments) for answer, commitments in found.items()}


def _stood(gathering: Gathering) -> dict[str, tuple[tuple[str, int], ...]]:
    """Per insight and message each released number with whom it counts; nothing that was not released."""
    table = frozen_table(gathering)
    if table is None:
        return {}
    labels = stance_words()
    return {
        name: _cells(tally, labels) for name, tally in tallies_in(table.release).items() if not tally.withheld
    }


def _cells(tally: Tally, labels: dict[str, str]) -> tuple[tuple[str, int], ...]:
    alone = [(labels[row], count) for row, count in tally.rows.items() if count is not None]
    together = [(_together([labels[row] for row in rows]), count) for rows, count in tally.together]
    return (*alone, *together)


def _together(names: list[str]) -> str:
    first, last = ", ".join(names[:-1]), names[-1]
    return _("%(first)s en %(last)s samen") % {"first": first, "last": last} if first else last


def _withdrawn(gathering: Gathering) -> tuple[tuple[date, int], ...]:
    """How many shared contributions were taken back on which day; what nobody else had read leaves no trace."""
    days = Contribution.objects.filter(
        gathering=gathering, shared=True, state=ContributionState.WITHDRAWN, state_on__isnull=False
    ).values_list("state_on", flat=True)
    return tuple(sorted(Counter(day for day in days if day is not None).items()))
