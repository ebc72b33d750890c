"""Which quiet letter went to whom, so that nobody gets the same one twice (W17)."""

from __future__ import annotations

from django.db import models

from weerklank_web.answers.records.desk import DeskLink
from weerklank_web.gatherings.models import Gathering, Registration

__all__ = ["MilestoneKind", "MilestoneLetter"]


class MilestoneKind(models.TextChoices):
    """What there is to tell."""

    READ_BACK = "read-back", "read-back"
    OFFERED = "offered", "offered"
    ANSWERED = "answered", "answered"
    DONE = "done", "done"


class MilestoneLetter(models.Model):
    """One letter about one milestone to one person. ``key`` tells milestones of a kind apart."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="milestone_letters")
    kind = models.CharField(max_length=12, choices=MilestoneKind.choices)
    key = models.CharField(max_length=80, blank=True)
    registration = models.ForeignKey(
        Registration, null=True, blank=True, on_delete=models.CASCADE, related_name="milestone_letters"
    )
    desk_link = models.ForeignKey(
        DeskLink, null=True, blank=True, on_delete=models.CASCADE, related_name="milestone_letters"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "kind", "key", "registration"], name="one_letter_per_participant"
            ),
            models.UniqueConstraint(
                fields=["gathering", "kind", "key", "desk_link"], name="one_letter_per_desk"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
