"""Insights and messages, each standing on what was said (W13, W19).

Both are *statements*: something that people word, with sources, a place in the list, and a version that goes up with
every rewording, so that two people at work never overwrite each other.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from weerklank_web.dialogue.models import Contribution
from weerklank_web.gatherings.models import Gathering

__all__ = ["Insight", "InsightSource", "Message", "MessageSource", "Source", "Statement"]


class Statement(models.Model):
    """What insights and messages share.

    ``published``: it passed the check and goes to participants, recipient and report. ``dissent`` is who saw it
    differently, in words; ``against`` are the contributions that say so.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    dissent = models.TextField(_("ander geluid"), blank=True)
    published = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
        ordering = ["position", "id"]


class Source(models.Model):
    """A contribution on which a statement rests; with a start and end, a literal quote from it.

    ``mark`` is a fingerprint of the quoted piece. The piece itself is not kept: words that are withdrawn must be gone.
    """

    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    mark = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True


class Insight(Statement):
    """What rooms have in common, worded by a person (W13)."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="insights")
    sentence = models.CharField(_("inzicht"), max_length=300, blank=True)
    explanation = models.TextField(_("toelichting"), blank=True)
    against = models.ManyToManyField(Contribution, blank=True, related_name="insights_against")

    def __str__(self) -> str:
        return self.sentence

    @property
    def words(self) -> str:
        """The sentence itself, as every statement has one."""
        return self.sentence


class InsightSource(Source):
    """A contribution behind an insight."""

    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="sources")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="insight_sources")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["insight", "contribution"], name="one_source_per_insight")
        ]

    def __str__(self) -> str:
        return str(self.contribution_id)


class Message(Statement):
    """A message to the decision-maker: text, addressee, sources (W19)."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="messages_out")
    insights = models.ManyToManyField(Insight, blank=True, related_name="messages")
    text = models.CharField(_("boodschap"), max_length=500, blank=True)
    addressee = models.CharField(_("wie kan hier iets aan doen?"), max_length=160, blank=True)
    level = models.CharField(_("niveau"), max_length=40, blank=True)
    against = models.ManyToManyField(Contribution, blank=True, related_name="messages_against")

    def __str__(self) -> str:
        return self.text

    @property
    def words(self) -> str:
        """The text itself, as every statement has one."""
        return self.text


class MessageSource(Source):
    """A contribution behind a message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="sources")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="message_sources")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "contribution"], name="one_source_per_message")
        ]

    def __str__(self) -> str:
        return str(self.contribution_id)
