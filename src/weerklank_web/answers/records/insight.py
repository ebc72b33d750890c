"""Insights and messages, each standing on what was said; and what participants think of them."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from weerklank_web.dialogue.models import Contribution
from weerklank_web.gatherings.models import Gathering

__all__ = ["Insight", "InsightSource", "Message", "MessageSource", "Stance", "StanceKind"]


class Insight(models.Model):
    """What rooms have in common, worded by a person (W13)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="insights")
    position = models.PositiveSmallIntegerField(default=0)
    sentence = models.CharField(_("inzicht"), max_length=300)
    explanation = models.TextField(_("toelichting"), blank=True)
    published = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.sentence


class InsightSource(models.Model):
    """A contribution on which an insight rests; with a start and end, a literal quote from it."""

    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="sources")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="insight_sources")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["insight", "contribution"], name="one_source_per_insight")
        ]

    def __str__(self) -> str:
        return str(self.contribution_id)


class Message(models.Model):
    """A message to the decision-maker: text, addressee, sources (W19)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="messages_out")
    insights = models.ManyToManyField(Insight, blank=True, related_name="messages")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("boodschap"), max_length=500)
    addressee = models.CharField(_("wie kan hier iets aan doen?"), max_length=160, blank=True)
    level = models.CharField(_("niveau"), max_length=40, blank=True)
    published = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text


class MessageSource(models.Model):
    """A contribution on which a message rests."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="sources")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="message_sources")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "contribution"], name="one_source_per_message")
        ]

    def __str__(self) -> str:
        return str(self.contribution_id)


class StanceKind(models.TextChoices):
    """What a participant thinks of a message or an insight."""

    AGREE = "agree", _("eens")
    DISAGREE = "disagree", _("oneens")
    PASS = "pass", _("weet niet")


class Stance(models.Model):
    """One participant's stance, under their author key; with an objection in words if they like."""

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

    class Meta:
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
