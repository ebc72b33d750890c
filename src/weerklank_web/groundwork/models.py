"""The journal's one table."""

from __future__ import annotations

from django.db import models

__all__ = ["JournalLine"]


class JournalLine(models.Model):
    """One deed: what, by whom (empty: a participant), about what. Never a contribution's words."""

    gathering = models.UUIDField(null=True, blank=True, db_index=True)
    verb = models.CharField(max_length=80)
    by = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.verb}"
