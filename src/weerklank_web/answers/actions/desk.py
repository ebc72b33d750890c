"""The desk: drafts, releasing all at once, and saying how a commitment goes (W16–W19)."""

from __future__ import annotations

from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from weerklank_web.answers.actions.milestone import tell_answers_are_there, tell_commitment_is_done
from weerklank_web.answers.errors import Overtaken
from weerklank_web.answers.models import (
    Answer,
    Commitment,
    CommitmentReport,
    CommitmentState,
    DeskLink,
    Draft,
    EarlierAnswer,
    Message,
    Reception,
)
from weerklank_web.answers.queries.desk import drafted
from weerklank_web.answers.rules import Drafted, gaps_in_draft, read_day
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.groundwork import clock, journal
from weerklank_web.groundwork.errors import Denied, NotNow
from weerklank_web.groundwork.live import ring

__all__ = ["confirm_reception", "release_answers", "report_commitment", "save_draft"]

_WORDS = ("kind", "reason", "owner", "due", "film_link", "transcript")


@transaction.atomic
def save_draft(
    gathering: Gathering, message: Message | None, words: Drafted, *, seen: int, by: DeskLink
) -> Draft | None:
    """Keep what was prepared, finished or not; a draft in which nothing stands is thrown away.

    :param message: None prepares a word to everybody who took part.
    :param seen: the version that was read; 0 when there was no draft yet.
    :raises Overtaken: somebody else at the desk was first; nothing is changed.
    """
    _must_be_answer_time(gathering)
    columns = {**asdict(words), "commitments": [dict(row) for row in words.commitments]}
    del columns["to_everybody"]
    now = Draft.objects.filter(gathering=gathering, message=message).first()
    if now is None:
        return _first_draft(gathering, message, words, columns, seen=seen, by=by)
    if all(getattr(now, name) == value for name, value in columns.items()):
        return now
    mine = Draft.objects.filter(pk=now.pk, version=seen)
    if words.is_empty:
        changed = mine.delete()[0]
    else:
        changed = mine.update(version=F("version") + 1, drafted_by=by.holder, **columns)
    if changed != 1:
        raise _overtaken()
    journal.write("answer.drafted", gathering=gathering.id, by=by.holder, subject=_subject(message))
    return Draft.objects.filter(pk=now.pk).first()


@transaction.atomic
def release_answers(gathering: Gathering, *, by: DeskLink) -> int:
    """Release every draft at once; returns how many answers. What was released before stays readable.

    :raises Denied: aides prepare, they do not release.
    :raises NotNow: there is nothing to release, or a draft is not finished; then nothing is released.
    """
    if not by.may_release:
        raise Denied(_("Vrijgeven doet de ontvanger zelf. Jouw concepten staan klaar."), code="aide")
    _must_be_answer_time(gathering)
    Gathering.objects.select_for_update(of=("self",)).get(pk=gathering.pk)
    drafts = [
        draft
        for draft in Draft.objects.filter(gathering=gathering).select_related("message")
        if draft.message is None or draft.message.published
    ]
    if not drafts:
        raise NotNow(_("Er staat niets klaar om vrij te geven."), code="nothing")
    _must_be_complete(drafts)
    for draft in drafts:
        _release(draft, by=by)
    if not Reception.objects.filter(gathering=gathering).exists():
        confirm_reception(gathering, by=by)
    journal.write("answers.released", gathering=gathering.id, by=by.holder, note=str(len(drafts)))
    tell_answers_are_there(gathering)
    ring(f"gathering/{gathering.id}")
    return len(drafts)


@transaction.atomic
def confirm_reception(gathering: Gathering, *, by: DeskLink) -> Reception:
    """Say that the messages arrived; the first time counts."""
    _must_be_answer_time(gathering)
    reception, made = Reception.objects.get_or_create(
        gathering=gathering, defaults={"on": clock.today(gathering.zone), "by": by.holder}
    )
    if made:
        journal.write("messages.received", gathering=gathering.id, by=by.holder)
        ring(f"gathering/{gathering.id}")
    return reception


@transaction.atomic
def report_commitment(commitment: Commitment, *, text: str, state: str, by: DeskLink) -> CommitmentReport:
    """Say how it goes with a commitment. It can be read at once, so it is for whoever may release.

    :raises Denied: by an aide.
    :raises NotNow: without words, or in a state that does not exist.
    """
    if not by.may_release:
        raise Denied(_("Wat hier staat, leest iedereen meteen. Dat doet de ontvanger zelf."), code="aide")
    if not text.strip():
        raise NotNow(_("Schrijf kort hoe het ervoor staat."), code="empty")
    if state not in CommitmentState.values:
        raise NotNow(_("Kies of het loopt, gedaan is of niet doorgaat."), code="choose")
    gathering = commitment.answer.gathering
    last = commitment.reports.last()
    today = clock.today(gathering.zone)
    if last is not None and (last.text, last.state, last.on) == (text.strip(), state, today):
        return last  # the same press twice
    report = CommitmentReport.objects.create(
        commitment=commitment, text=text.strip(), state=state, on=today, by=by.holder
    )
    was_done = commitment.state == CommitmentState.DONE
    commitment.state = state
    commitment.save(update_fields=["state"])
    journal.write("commitment.reported", gathering=gathering.id, by=by.holder, subject=str(commitment.pk))
    if state == CommitmentState.DONE and not was_done:
        tell_commitment_is_done(commitment)
    ring(f"gathering/{gathering.id}")
    return report


def _first_draft(
    gathering: Gathering,
    message: Message | None,
    words: Drafted,
    columns: dict[str, object],
    *,
    seen: int,
    by: DeskLink,
) -> Draft | None:
    if words.is_empty:
        return None
    if seen:
        raise _overtaken()  # it was released or thrown away meanwhile
    try:
        with transaction.atomic():
            draft = Draft.objects.create(
                gathering=gathering, message=message, drafted_by=by.holder, **columns
            )
    except IntegrityError:
        raise _overtaken() from None
    journal.write("answer.drafted", gathering=gathering.id, by=by.holder, subject=_subject(message))
    return draft


def _release(draft: Draft, *, by: DeskLink) -> None:
    today = clock.today(draft.gathering.zone)
    words = {name: getattr(draft, name) for name in _WORDS}
    answer = Answer.objects.filter(gathering=draft.gathering, message=draft.message).first()
    if answer is None:
        answer = Answer(gathering=draft.gathering, message=draft.message)
    else:
        earlier = {name: getattr(answer, name) for name in _WORDS}
        EarlierAnswer.objects.create(
            answer=answer, released_on=answer.released_on, replaced_on=today, **earlier
        )
    for name, value in words.items():
        setattr(answer, name, value)
    answer.drafted_by, answer.released_by, answer.released_on = draft.drafted_by, by.holder, today
    answer.save()
    Commitment.objects.bulk_create(
        Commitment(
            answer=answer, text=row["text"].strip(), owner=row["owner"].strip(), due=due, made_on=today
        )
        for row in draft.commitments
        if (due := read_day(row["due"])) is not None
    )
    draft.delete()


def _must_be_complete(drafts: list[Draft]) -> None:
    lacking = []
    for draft in drafts:
        about = _("Aan iedereen") if draft.message is None else f"«{draft.message.text[:80]}»"
        lacking += [f"{about}: {gap}" for gap in gaps_in_draft(drafted(draft))]
    if lacking:
        raise NotNow(" ".join([_("Er is nog niets vrijgegeven."), *lacking]), code="incomplete")


def _must_be_answer_time(gathering: Gathering) -> None:
    stage = stage_of(gathering)
    if stage.may(Deed.ANSWER):
        return
    if stage.ahead(Deed.ANSWER):
        raise NotNow(_("De boodschappen zijn nog niet aangeboden. Je krijgt bericht."), code="not-open-yet")
    raise NotNow(_("Antwoorden kan hier niet meer."), code="closed")


def _overtaken() -> Overtaken:
    return Overtaken(_("Iemand anders aan dit bureau heeft dit net gewijzigd. Vergelijk de twee teksten."))


def _subject(message: Message | None) -> str:
    return "" if message is None else str(message.pk)
