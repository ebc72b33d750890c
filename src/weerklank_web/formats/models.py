"""The format (werkvorm) as it was when a gathering took it, frozen; and the formats that an organiser wrote."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models

__all__ = ["FormatVersion", "OwnFormat"]


class FormatVersion(models.Model):
    """One version of a format. The text is the truth; the fingerprint tells versions apart."""

    key = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    text = models.TextField()
    fingerprint = models.CharField(max_length=64, unique=True)
    taken_on = models.DateField(auto_now_add=True)

    def __str__(self) -> str:
        return self.title


class OwnFormat(models.Model):
    """A format on the list of the organiser who read it in, and on nobody else's. ``version`` is the newest one read."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="own_formats")
    key = models.SlugField(max_length=80)
    version = models.ForeignKey(FormatVersion, on_delete=models.PROTECT, related_name="own_formats")
    read_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="one_own_format_per_key")]

    def __str__(self) -> str:
        return str(self.version)
