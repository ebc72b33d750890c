"""Reads of the post room."""

from __future__ import annotations

import email
import email.policy
import email.utils
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from weerklank_web.notifications.models import Letter

__all__ = ["OutboxLetter", "letters_to", "outbox", "waiting_letters"]


@dataclass(frozen=True, slots=True)
class OutboxLetter:
    """A letter that landed in the outbox folder of a local installation."""

    to: str
    subject: str
    body: str
    at: datetime
    attachments: tuple[str, ...]


def outbox(limit: int = 100) -> list[OutboxLetter]:
    """The newest letters in the outbox folder, newest first."""
    if not settings.OUTBOX.is_dir():
        return []
    files = sorted(settings.OUTBOX.glob("*.eml"), reverse=True)[:limit]
    return [_read(file.read_bytes()) for file in files]


def letters_to(address: str) -> Iterator[OutboxLetter]:
    """Letters in the outbox folder to this address, newest first, read one by one."""
    for file in sorted(settings.OUTBOX.glob("*.eml"), reverse=True):
        letter = _read(file.read_bytes())
        if letter.to == address:
            yield letter


def waiting_letters(gathering: UUID | None = None) -> QuerySet[Letter]:
    """Letters that wait for working hours or for another attempt."""
    letters = Letter.objects.filter(sent_at__isnull=True).order_by("not_before")
    return letters if gathering is None else letters.filter(gathering=gathering)


def _read(raw: bytes) -> OutboxLetter:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    return OutboxLetter(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        body="" if body is None else body.get_content(),
        at=email.utils.parsedate_to_datetime(str(message["Date"])),
        attachments=tuple(part.get_filename() or "" for part in message.iter_attachments()),
    )
