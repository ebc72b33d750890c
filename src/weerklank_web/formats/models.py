"""The format (werkvorm) as it was when a gathering took it: frozen."""

from __future__ import annotations

from django.db import models

__all__ = ["FormatVersion"]


class FormatVersion(models.Model):
    """One version of a format. The text is the truth; the fingerprint tells versions apart."""

    key = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    text = models.TextField()
    fingerprint = models.CharField(max_length=64, unique=True)
    taken_on = models.DateField(auto_now_add=True)

    def __str__(self) -> str:
        return self.title
