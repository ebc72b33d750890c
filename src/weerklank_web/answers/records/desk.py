"""The desk: who may open it, what they prepare, and that the messages arrived."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from weerklank_web.answers.records.answer import AnswerKind
from weerklank_web.answers.records.insight import Message
from weerklank_web.gatherings.models import Gathering

__all__ = ["DeskLink", "Draft", "Reception"]


class DeskLink(models.Model):
    """A way to the desk without an account. Aides draft; only the recipient releases."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="desk_links")
    holder = models.CharField(_("voor wie"), max_length=120)
    email = models.EmailField(_("e-mailadres"), blank=True)
    may_release = models.BooleanField(default=False)
    fingerprint = models.CharField(max_length=64, unique=True)
    revoked = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return self.holder


class Draft(models.Model):
    """What the desk prepares for one message, or for everybody (no message). May be half finished.

    ``commitments`` holds rows as they were typed: ``[{"text": …, "owner": …, "due": "2027-03-01"}, …]``.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="drafts")
    message = models.OneToOneField(
        Message, null=True, blank=True, on_delete=models.CASCADE, related_name="draft"
    )
    kind = models.CharField(max_length=10, choices=AnswerKind.choices, blank=True)
    reason = models.TextField(blank=True)
    owner = models.CharField(max_length=160, blank=True)
    due = models.DateField(null=True, blank=True)
    film_link = models.URLField(blank=True)
    transcript = models.TextField(blank=True)
    commitments = models.JSONField(default=list, blank=True)
    drafted_by = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering"], condition=models.Q(message__isnull=True), name="one_draft_to_everybody"
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Reception(models.Model):
    """The desk said that the messages arrived (W19). Nobody is watched: it is said, not measured."""

    gathering = models.OneToOneField(Gathering, on_delete=models.CASCADE, related_name="reception")
    on = models.DateField()
    by = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.by} ({self.on})"
