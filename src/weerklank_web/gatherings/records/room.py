"""Themes, rooms, seats (W6, W7)."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from weerklank_web.gatherings.records.gathering import Gathering

__all__ = ["Room", "Seat", "SeatingRun", "Theme"]


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
    video_link = models.URLField(_("videolink"), blank=True)
    languages = models.JSONField(_("talen"), default=list, blank=True)
    features = models.JSONField(_("voorzieningen"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """One participant in one room. ``rank`` is which wish it was (None: not wished for)."""

    registration = models.OneToOneField(
        "gatherings.Registration", on_delete=models.CASCADE, related_name="seat"
    )
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="seats")
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.JSONField(default=dict, blank=True)
    moved_by_hand = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.registration} in {self.room}"


class SeatingRun(models.Model):
    """One run of the allocation: enough to repeat it to the byte."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="seating_runs")
    seed = models.BigIntegerField()
    summary = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"indeling van {self.gathering}"
