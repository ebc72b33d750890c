"""The post room's table: letters that wait for their receiver's working hours."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

__all__ = ["Letter", "Urgency"]


class Urgency(models.TextChoices):
    """How soon a letter may go out."""

    QUIET = "quiet", "quiet"  # in the receiver's working hours only
    REQUESTED = "requested", "requested"  # the receiver asked for it this minute
    URGENT = "urgent", "urgent"  # at once, with a reason that is kept


class Letter(models.Model):
    """One mail. Never holds a private link: letters with one are sent at once and not kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    gathering = models.UUIDField(null=True, blank=True, db_index=True)
    kind = models.CharField(max_length=60)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    in_reply_to = models.CharField(max_length=200, blank=True)
    urgency = models.CharField(max_length=12, choices=Urgency.choices, default=Urgency.QUIET)
    urgent_reason = models.TextField(blank=True)
    zone = models.CharField(max_length=60, default="Europe/Brussels")
    country = models.CharField(max_length=2, default="BE")
    not_before = models.DateTimeField()
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject}"
