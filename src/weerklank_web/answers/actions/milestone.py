"""One quiet letter per milestone to everybody who wants letters (W17). Calling twice sends nothing twice.

A row per letter is the claim: whoever makes the row hands in the letter, in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from weerklank_web.answers import letters
from weerklank_web.answers.actions.stance import freeze_read_back
from weerklank_web.answers.models import (
    Answer,
    Commitment,
    DeskLink,
    Insight,
    Message,
    MilestoneKind,
    MilestoneLetter,
)
from weerklank_web.gatherings.models import Gathering, Registration, RegistrationState
from weerklank_web.gatherings.stage import Deed, stage_of

__all__ = [
    "Told",
    "settle_due",
    "tell_answers_are_there",
    "tell_commitment_is_done",
    "tell_reading_back_is_open",
    "tell_report_is_offered",
]


@dataclass(frozen=True, slots=True)
class Told:
    """How many letters were handed in now; nobody is counted twice."""

    participants: int = 0
    recipients: int = 0


def tell_reading_back_is_open(gathering: Gathering) -> Told:
    """Reading back began, and there is something to read."""
    if not stage_of(gathering).may(Deed.REVIEW) or not _something_to_read(gathering):
        return Told()
    if not _untold(gathering, MilestoneKind.READ_BACK).exists():
        return Told()
    with transaction.atomic():
        return Told(participants=_tell_participants(gathering, MilestoneKind.READ_BACK))


@transaction.atomic
def tell_report_is_offered(gathering: Gathering, *, edition: int = 1) -> Told:
    """The report was handed over: recipient and participants hear it at the same moment (W15)."""
    key = str(edition)
    return Told(
        participants=_tell_participants(gathering, MilestoneKind.OFFERED, key=key),
        recipients=_tell_desk(gathering, MilestoneKind.OFFERED, key=key),
    )


@transaction.atomic
def tell_answers_are_there(gathering: Gathering) -> Told:
    """Answers were released; what is released on one day is one milestone."""
    newest = Answer.objects.filter(gathering=gathering).order_by("-released_on").first()
    if newest is None:
        return Told()
    key = newest.released_on.isoformat()
    return Told(participants=_tell_participants(gathering, MilestoneKind.ANSWERED, key=key))


@transaction.atomic
def tell_commitment_is_done(commitment: Commitment) -> Told:
    """What was promised, was done."""
    gathering = commitment.answer.gathering
    key = str(commitment.pk)
    return Told(
        participants=_tell_participants(gathering, MilestoneKind.DONE, key=key, commitment=commitment)
    )


def settle_due() -> int:
    """For the periodic round: tell that reading back opened, and count what was said once it is over.

    Steps are taken in ``gatherings``, which knows nothing of this app. Safe to run twice; returns how many letters.
    """
    handed_in = 0
    going_on = Gathering.objects.filter(published_at__isnull=False, closed_at__isnull=True)
    for gathering in going_on.select_related("format_version"):
        stage = stage_of(gathering)
        if stage.may(Deed.REVIEW):
            handed_in += tell_reading_back_is_open(gathering).participants
        elif stage.past(Deed.REVIEW):
            freeze_read_back(gathering)
    return handed_in


def _something_to_read(gathering: Gathering) -> bool:
    insights = Insight.objects.filter(gathering=gathering, published=True)
    return insights.exists() or Message.objects.filter(gathering=gathering, published=True).exists()


def _listeners(gathering: Gathering) -> QuerySet[Registration]:
    takes_part = Registration.objects.filter(
        gathering=gathering, state=RegistrationState.CONFIRMED, letters_wanted=True
    )
    return takes_part.exclude(email="").order_by("id")


def _untold(gathering: Gathering, kind: MilestoneKind, *, key: str = "") -> QuerySet[Registration]:
    told = MilestoneLetter.objects.filter(gathering=gathering, kind=kind, key=key, registration__isnull=False)
    return _listeners(gathering).exclude(id__in=told.values("registration_id"))


def _tell_participants(gathering: Gathering, kind: MilestoneKind, *, key: str = "", **more: object) -> int:
    handed_in = 0
    for registration in _untold(gathering, kind, key=key):
        _claim, fresh = MilestoneLetter.objects.get_or_create(
            gathering=gathering, kind=kind, key=key, registration=registration
        )
        if fresh:
            registration.gathering = gathering
            letters.post_to_participant(registration, _template(kind), kind=f"milestone-{kind}", **more)
            handed_in += 1
    return handed_in


def _tell_desk(gathering: Gathering, kind: MilestoneKind, *, key: str) -> int:
    handed_in = 0
    for link in DeskLink.objects.filter(gathering=gathering, revoked=False).exclude(email=""):
        _claim, fresh = MilestoneLetter.objects.get_or_create(
            gathering=gathering, kind=kind, key=key, desk_link=link
        )
        if fresh:
            link.gathering = gathering
            letters.post_to_desk(link, f"desk_{_template(kind)}", kind=f"milestone-{kind}")
            handed_in += 1
    return handed_in


def _template(kind: MilestoneKind) -> str:
    return str(kind.value).replace("-", "_")
