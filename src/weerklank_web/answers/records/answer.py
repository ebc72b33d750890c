"""The desk: who may open it, what was answered, what was promised (W15–W19, G16)."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from weerklank_web.answers.records.insight import Message
from weerklank_web.gatherings.models import Gathering

__all__ = ["Answer", "AnswerKind", "Commitment", "CommitmentReport", "CommitmentState", "DeskLink"]


class DeskLink(models.Model):
    """A way to the desk without an account. Aides draft; only the recipient releases."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="desk_links")
    holder = models.CharField(_("voor wie"), max_length=120)
    email = models.EmailField(blank=True)
    may_release = models.BooleanField(default=False)
    fingerprint = models.CharField(max_length=64, unique=True)
    revoked = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.holder


class AnswerKind(models.TextChoices):
    """What the recipient does with a message."""

    ADOPT = "adopt", _("dit nemen we over")
    PARTLY = "partly", _("dit nemen we deels over")
    NO = "no", _("dit nemen we niet over")
    REFERRED = "referred", _("doorverwezen")
    STUDY = "study", _("we onderzoeken het")


class Answer(models.Model):
    """The answer to one message. A draft until the recipient releases all at once."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="answer")
    kind = models.CharField(max_length=10, choices=AnswerKind.choices)
    reason = models.TextField(_("waarom"))
    owner = models.CharField(_("wie doet dit"), max_length=160, blank=True)
    due = models.DateField(_("wanneer"), null=True, blank=True)
    film_link = models.URLField(_("filmpje"), blank=True)
    transcript = models.TextField(_("uitgeschreven tekst van het filmpje"), blank=True)
    drafted_by = models.CharField(max_length=120, blank=True)
    released_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.get_kind_display()


class CommitmentState(models.TextChoices):
    """Where a commitment stands."""

    OPEN = "open", _("loopt")
    DONE = "done", _("gedaan")
    DROPPED = "dropped", _("niet doorgegaan")


class Commitment(models.Model):
    """What somebody will do, by when. Shows when it is overdue."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="commitments")
    text = models.CharField(_("toezegging"), max_length=300)
    owner = models.CharField(_("wie"), max_length=160)
    due = models.DateField(_("wanneer"))
    state = models.CharField(max_length=10, choices=CommitmentState.choices, default=CommitmentState.OPEN)

    class Meta:
        ordering = ["due"]

    def __str__(self) -> str:
        return self.text


class CommitmentReport(models.Model):
    """A word on how it goes with a commitment."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="reports")
    text = models.TextField(_("hoe staat het ervoor?"))
    state = models.CharField(max_length=10, choices=CommitmentState.choices)
    on = models.DateField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text
