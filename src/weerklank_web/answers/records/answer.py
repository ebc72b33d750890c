"""What was answered and promised (W16–W19, G16). Only what was released stands here; drafts stand in ``desk``."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from weerklank_web.answers.records.insight import Message
from weerklank_web.gatherings.models import Gathering

__all__ = [
    "Answer",
    "AnswerKind",
    "Commitment",
    "CommitmentReport",
    "CommitmentState",
    "EarlierAnswer",
]


class AnswerKind(models.TextChoices):
    """What the recipient does with a message."""

    ADOPT = "adopt", _("dit nemen we over")
    PARTLY = "partly", _("dit nemen we deels over")
    NO = "no", _("dit nemen we niet over")
    REFERRED = "referred", _("doorverwezen")
    STUDY = "study", _("we onderzoeken het")


class AnswerWords(models.Model):
    """What an answer says."""

    kind = models.CharField(max_length=10, choices=AnswerKind.choices, blank=True)
    reason = models.TextField(_("waarom"))
    owner = models.CharField(_("wie doet dit"), max_length=160, blank=True)
    due = models.DateField(_("wanneer"), null=True, blank=True)
    film_link = models.URLField(_("filmpje"), blank=True)
    transcript = models.TextField(_("uitgeschreven tekst van het filmpje"), blank=True)
    released_on = models.DateField()

    class Meta:
        abstract = True


class Answer(AnswerWords):
    """The released answer to one message; without a message, a word to everybody who took part (W16)."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="answers")
    message = models.OneToOneField(
        Message, null=True, blank=True, on_delete=models.CASCADE, related_name="answer"
    )
    drafted_by = models.CharField(max_length=120, blank=True)
    released_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gathering"], condition=models.Q(message__isnull=True), name="one_answer_to_everybody"
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class EarlierAnswer(AnswerWords):
    """What an answer said before it was answered anew. Stays readable, with its day."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="earlier")
    replaced_on = models.DateField()

    class Meta:
        ordering = ["-id"]

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
    text = models.CharField(_("toezegging"), max_length=400)
    owner = models.CharField(_("wie"), max_length=160)
    due = models.DateField(_("wanneer"))
    state = models.CharField(max_length=10, choices=CommitmentState.choices, default=CommitmentState.OPEN)
    made_on = models.DateField()

    class Meta:
        ordering = ["due", "id"]

    def __str__(self) -> str:
        return self.text


class CommitmentReport(models.Model):
    """A word on how it goes with a commitment."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="reports")
    text = models.TextField(_("hoe staat het ervoor?"))
    state = models.CharField(max_length=10, choices=CommitmentState.choices)
    on = models.DateField()
    by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text
