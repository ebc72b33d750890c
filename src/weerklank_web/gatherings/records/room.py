"""Themes and rooms (W6, W7)."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from weerklank_web.gatherings.records.gathering import Gathering

__all__ = ["Room", "Theme"]


class Theme(models.Model):
    """What a room may talk about. Participants may propose one; the organiser accepts it."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="themes")
    title = models.CharField(_("thema"), max_length=160)
    text = models.TextField(_("toelichting"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    proposed = models.BooleanField(default=False)
    accepted = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class Room(models.Model):
    """A group of people around one theme; several rooms may share a theme."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="rooms")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(_("naam"), max_length=80)
    places_min = models.PositiveSmallIntegerField(_("minstens"), default=5)
    places_max = models.PositiveSmallIntegerField(_("hoogstens"), default=12)
    place = models.CharField(_("waar te vinden"), max_length=160, blank=True)
    video_link = models.URLField(_("videolink"), blank=True)
    languages = models.JSONField(_("talen"), default=list, blank=True)
    features = models.JSONField(_("voorzieningen"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name
