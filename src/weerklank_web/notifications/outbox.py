"""Without a mail server: each letter becomes a file that the organiser can open. Local trials only."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from weerklank_web.groundwork import clock

__all__ = ["OutboxBackend"]


class OutboxBackend(BaseEmailBackend):
    """Writes each message as an ``.eml`` file; refuses to work on an installation that is not local."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if not settings.LOCAL:
            raise ImproperlyConfigured("WEERKLANK_MAIL_URL is missing: without it no mail can leave.")
        settings.OUTBOX.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{clock.now():%Y%m%dT%H%M%S%f}-{uuid4().hex[:8]}.eml"
            (settings.OUTBOX / name).write_bytes(bytes(message.message()))
        return len(email_messages)
