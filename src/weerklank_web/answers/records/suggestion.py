"""What the library suggests, kept per state of the contributions."""

from __future__ import annotations

from django.db import models

from weerklank_web.gatherings.models import Gathering

__all__ = ["RunState", "SuggestionRun"]


class RunState(models.TextChoices):
    """How far the reckoning is."""

    WAITING = "waiting", "waiting"
    READY = "ready", "ready"
    REFUSED = "refused", "refused"  # the library said why: see trouble


class SuggestionRun(models.Model):
    """One run over the contributions as they were. ``found`` holds ids and places, and single words that several share, never anybody's sentences."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="suggestion_runs")
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.WAITING)
    found = models.JSONField(default=dict, blank=True)
    trouble = models.TextField(blank=True)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "fingerprint"], name="one_run_per_fingerprint")
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.fingerprint[:8]}"
