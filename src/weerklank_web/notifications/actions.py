"""The post room: what goes at once, what waits for working hours, and the carrying itself."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F

from weerklank_web.groundwork import clock, journal
from weerklank_web.notifications.models import Letter, Urgency
from weerklank_web.notifications.rules import next_working_moment

__all__ = [
    "Attachment",
    "deliver",
    "deliver_due",
    "new_message_id",
    "post",
    "post_urgent",
    "purge_letters",
    "send_requested",
]

log = logging.getLogger(__name__)

# After a failed attempt: wait this long (minutes), then once a working day.
_PATIENCE = (5, 30, 120, 24 * 60, 24 * 60, 24 * 60)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along."""

    name: str
    content: bytes
    media_type: str


def new_message_id() -> str:
    """A Message-ID under which later letters can be threaded."""
    return make_msgid(domain=urlsplit(settings.ADDRESS).hostname or "localhost")


def send_requested(
    *,
    to: str,
    kind: str,
    subject: str,
    body: str,
    gathering: UUID | None = None,
    attachments: Sequence[Attachment] = (),
    message_id: str = "",
    in_reply_to: str = "",
) -> bool:
    """Send at once what the receiver asked for this minute; the body is never stored.

    For sign-in links and private links only. Returns False when the mail server would not take it, so that
    the page can say so; the receiver then simply asks again.
    """
    letter = Letter(
        gathering=gathering,
        kind=kind,
        to=to,
        subject=subject,
        urgency=Urgency.REQUESTED,
        not_before=clock.now(),
        in_reply_to=in_reply_to,
    )
    try:
        _carry(letter, body=body, attachments=attachments, message_id=message_id)
    except OSError as trouble:  # SMTPException is an OSError
        log.warning("a requested letter (%s) was not taken: %s", kind, type(trouble).__name__)
        return False
    return True


@transaction.atomic
def post(
    *,
    to: str,
    kind: str,
    subject: str,
    body: str,
    gathering: UUID | None = None,
    zone: str = "Europe/Brussels",
    country: str = "BE",
    in_reply_to: str = "",
) -> Letter:
    """Hand in a quiet letter: it leaves in the receiver's working hours. Never put a private link in it."""
    moment = next_working_moment(clock.now(), zone=zone, country=country)
    return _hand_in(
        Letter(
            gathering=gathering,
            kind=kind,
            to=to,
            subject=subject,
            body=body,
            zone=zone,
            country=country,
            in_reply_to=in_reply_to,
            not_before=moment,
        )
    )


@transaction.atomic
def post_urgent(
    *, to: str, kind: str, subject: str, body: str, reason: str, by: str, gathering: UUID | None = None
) -> Letter:
    """Hand in a letter that cannot wait. The reason is obligatory, kept, and written in the journal.

    :raises ValueError: without a reason.
    """
    if not reason.strip():
        raise ValueError("an urgent letter needs a reason")
    journal.write("letter.urgent", gathering=gathering, by=by, subject=kind, note=reason)
    return _hand_in(
        Letter(
            gathering=gathering,
            kind=kind,
            to=to,
            subject=subject,
            body=body,
            urgency=Urgency.URGENT,
            urgent_reason=reason,
            not_before=clock.now(),
        )
    )


def deliver(letter_id: UUID) -> bool:
    """Carry one letter if it is due. Safe to call twice: whoever changes the row first carries it.

    A letter that missed its hours (the machine was off) waits for the next ones. Returns whether it left.
    """
    letter = Letter.objects.filter(id=letter_id, sent_at__isnull=True).first()
    if letter is None or letter.not_before > clock.now():
        return False
    if letter.urgency == Urgency.QUIET:
        moment = next_working_moment(clock.now(), zone=letter.zone, country=letter.country)
        if moment > clock.now():
            _wait_until(letter, moment)
            return False
    claimed = Letter.objects.filter(id=letter.id, attempts=letter.attempts, sent_at__isnull=True)
    if claimed.update(attempts=F("attempts") + 1, not_before=clock.now() + timedelta(minutes=15)) != 1:
        return False
    try:
        _carry(letter, body=letter.body)
    except OSError as trouble:
        _try_later(letter, trouble)
        return False
    Letter.objects.filter(id=letter.id).update(sent_at=clock.now(), trouble="")
    return True


def deliver_due() -> int:
    """Carry every letter that is due; returns how many left. For the periodic round."""
    due = Letter.objects.filter(sent_at__isnull=True, not_before__lte=clock.now()).values_list(
        "id", flat=True
    )
    return sum(deliver(letter_id) for letter_id in due)


def purge_letters(*, older_than_days: int = 30) -> int:
    """Forget letters that left (or failed) so long ago; returns how many."""
    return Letter.objects.filter(made_at__lt=clock.now() - timedelta(days=older_than_days)).delete()[0]


def _hand_in(letter: Letter) -> Letter:
    letter.save()
    return letter


def _wait_until(letter: Letter, moment: datetime) -> None:
    Letter.objects.filter(id=letter.id, sent_at__isnull=True).update(not_before=moment)


def _try_later(letter: Letter, trouble: OSError) -> None:
    wait = _PATIENCE[min(letter.attempts, len(_PATIENCE) - 1)]
    Letter.objects.filter(id=letter.id).update(
        not_before=clock.now() + timedelta(minutes=wait), trouble=type(trouble).__name__
    )
    log.warning(
        "a letter (%s) was not taken: %s; next attempt in %s min", letter.kind, type(trouble).__name__, wait
    )


def _carry(
    letter: Letter, *, body: str, attachments: Sequence[Attachment] = (), message_id: str = ""
) -> None:
    headers = {"Auto-Submitted": "auto-generated"}
    if message_id:
        headers["Message-ID"] = message_id
    if letter.in_reply_to:
        headers["In-Reply-To"] = letter.in_reply_to
        headers["References"] = letter.in_reply_to
    message = EmailMessage(subject=letter.subject, body=body, to=[letter.to], headers=headers)
    for attachment in attachments:
        message.attach(attachment.name, attachment.content, attachment.media_type)
    message.send()
