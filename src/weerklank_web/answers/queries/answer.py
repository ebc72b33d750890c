"""What came of the messages: answers, what was promised, and how late it is (W16–W19)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from weerklank_web.answers.models import (
    Answer,
    Commitment,
    CommitmentReport,
    CommitmentState,
    EarlierAnswer,
    Message,
)
from weerklank_web.answers.queries.offering import is_offered, offered_on, reception_of
from weerklank_web.answers.queries.review import Outcome, outcomes_of
from weerklank_web.answers.queries.statement import StatementView, messages_of
from weerklank_web.answers.rules import Milestone, Reached, days_late, milestones_of
from weerklank_web.gatherings.models import Gathering, Promise
from weerklank_web.groundwork import clock

__all__ = [
    "AnswerView",
    "CommitmentView",
    "Counts",
    "MessageThread",
    "TimelineStep",
    "answers_by_message",
    "counts_of",
    "is_promised",
    "threads_of",
    "word_to_everybody",
]


@dataclass(frozen=True)
class CommitmentView:
    """A commitment with what was said about it since."""

    commitment: Commitment
    reports: list[CommitmentReport]
    late: int

    @property
    def done_on(self) -> date | None:
        """The day on which it was reported done."""
        if self.commitment.state != CommitmentState.DONE:
            return None
        return self.reports[-1].on if self.reports else self.commitment.due


@dataclass(frozen=True)
class AnswerView:
    """A released answer, what it said before, and its commitments."""

    answer: Answer
    earlier: list[EarlierAnswer]
    commitments: list[CommitmentView]


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """One milestone for the steps on a page. ``state``: done, current or coming."""

    label: str
    state: str
    on: date | None
    note: str = ""


@dataclass(frozen=True)
class MessageThread:
    """One message from offering to carrying out."""

    view: StatementView
    answer: AnswerView | None
    outcome: Outcome
    milestones: list[Reached]
    late: int = 0
    promised: bool = True

    @property
    def timeline(self) -> list[TimelineStep]:
        """The milestones as steps; the first that is not reached is where it stands now."""
        labels = {
            Milestone.OFFERED: _("aangeboden"),
            Milestone.RECEIVED: _("ontvangen"),
            Milestone.ANSWERED: _("beantwoord"),
            Milestone.DONE: _("uitgevoerd"),
        }
        steps = []
        waiting = False
        for each in self.milestones:
            state = "done" if each.reached else "coming" if waiting else "current"
            waiting = waiting or not each.reached
            steps.append(TimelineStep(labels[each.milestone], state, each.on))
        return steps


@dataclass(frozen=True, slots=True)
class Counts:
    """How many messages there are and how many are answered. Counts of messages, never of people."""

    messages: int
    answered: int
    late: int = 0
    commitments: int = 0
    commitments_late: int = 0

    @property
    def open(self) -> int:
        """How many still wait for an answer."""
        return self.messages - self.answered


def is_promised(gathering: Gathering) -> bool:
    """Whether an answer was promised at all."""
    return gathering.promise not in ("", Promise.NONE)


def threads_of(gathering: Gathering, *, language: str) -> list[MessageThread]:
    """Every published message with its answer, in a fixed number of questions to the database."""
    today = clock.today(gathering.zone)
    offered, day, reception = is_offered(gathering), offered_on(gathering), reception_of(gathering)
    outcomes = outcomes_of(gathering, language=language)
    answers = _answers(gathering, today=today)
    promised = is_promised(gathering)
    late = days_late(gathering.promised_on, today=today) if promised and offered else 0
    threads = []
    for view in messages_of(gathering, language=language, only_published=True):
        answer = answers.get(view.id)
        threads.append(
            MessageThread(
                view=view,
                answer=answer,
                outcome=outcomes.get(view.id, Outcome()),
                milestones=milestones_of(
                    offered=offered,
                    offered_on=day,
                    received_on=None if reception is None else reception.on,
                    answered_on=_first_day(answer),
                    done_on=[] if answer is None else [each.done_on for each in answer.commitments],
                ),
                late=0 if answer else late,
                promised=promised,
            )
        )
    return threads


def answers_by_message(gathering: Gathering) -> Mapping[UUID | None, AnswerView]:
    """Released answers by message; under None the word to everybody."""
    return _answers(gathering, today=clock.today(gathering.zone))


def word_to_everybody(gathering: Gathering) -> AnswerView | None:
    """What the recipient said to everybody who took part, if anything."""
    return answers_by_message(gathering).get(None)


def counts_of(gathering: Gathering) -> Counts:
    """How far the answering is, for whoever may not read the answers themselves."""
    today = clock.today(gathering.zone)
    messages = Message.objects.filter(gathering=gathering, published=True)
    late = days_late(gathering.promised_on, today=today) if is_promised(gathering) else 0
    due = list(
        Commitment.objects.filter(answer__gathering=gathering).values_list("due", "state").order_by("due")
    )
    return Counts(
        messages=messages.count(),
        answered=messages.filter(answer__isnull=False).count(),
        late=late,
        commitments=len(due),
        commitments_late=sum(day < today and state == CommitmentState.OPEN for day, state in due),
    )


def _answers(gathering: Gathering, *, today: date) -> dict[UUID | None, AnswerView]:
    reports: QuerySet[CommitmentReport] = CommitmentReport.objects.order_by("id")
    commitments = Commitment.objects.order_by("due", "id").prefetch_related(
        Prefetch("reports", queryset=reports)
    )
    answers = Answer.objects.filter(gathering=gathering).prefetch_related(
        Prefetch("commitments", queryset=commitments), "earlier"
    )
    return {answer.message_id: _view(answer, today=today) for answer in answers}


def _view(answer: Answer, *, today: date) -> AnswerView:
    return AnswerView(
        answer=answer,
        earlier=list(answer.earlier.all()),
        commitments=[_commitment(each, today=today) for each in answer.commitments.all()],
    )


def _commitment(commitment: Commitment, *, today: date) -> CommitmentView:
    open_ = commitment.state == CommitmentState.OPEN
    return CommitmentView(
        commitment=commitment,
        reports=list(commitment.reports.all()),
        late=days_late(commitment.due, today=today) if open_ else 0,
    )


def _first_day(answer: AnswerView | None) -> date | None:
    """The day of the first answer: answering anew does not make it late."""
    if answer is None:
        return None
    days: Iterable[date] = [answer.answer.released_on, *(each.released_on for each in answer.earlier)]
    return min(days)
