"""Personal next steps (T9): private, at most four, nobody else sees them."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from weerklank_web.gatherings.models import Gathering

__all__ = ["NextStep"]


class NextStep(models.Model):
    """One step of a participant's own: if this happens, then I do that. Under the author key, without a moment."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="next_steps")
    author_key = models.CharField(max_length=64, db_index=True)
    position = models.PositiveSmallIntegerField()
    when = models.CharField(_("als …"), max_length=300, blank=True)
    then = models.CharField(_("dan doe ik …"), max_length=300)
    done = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "author_key", "position"], name="one_step_per_place"
            ),
            models.CheckConstraint(
                condition=models.Q(position__gte=1, position__lte=4), name="four_steps_at_most"
            ),
        ]

    def __str__(self) -> str:
        return self.then
