"""What participants think of an insight or a message before it goes out."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from weerklank_web.answers.records.insight import Insight, Message
from weerklank_web.gatherings.models import Gathering

__all__ = ["Stance", "StanceKind"]


class StanceKind(models.TextChoices):
    """What a participant thinks of a message or an insight."""

    AGREE = "agree", _("eens")
    DISAGREE = "disagree", _("oneens")
    PASS = "pass", _("weet niet")


class Stance(models.Model):
    """One participant's stance, under their author key; with an objection in words if they like.

    ``version`` is the version of the statement that was read: after a rewording the stance no longer counts.
    The id is random, so that listing objections by it tells no order.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="stances")
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.CASCADE, related_name="stances"
    )
    insight = models.ForeignKey(
        Insight, null=True, blank=True, on_delete=models.CASCADE, related_name="stances"
    )
    author_key = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=StanceKind.choices)
    objection = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["message", "author_key"], name="one_stance_per_message"),
            models.UniqueConstraint(fields=["insight", "author_key"], name="one_stance_per_insight"),
            models.CheckConstraint(
                condition=models.Q(message__isnull=False, insight__isnull=True)
                | models.Q(message__isnull=True, insight__isnull=False),
                name="stance_on_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
