"""Reports that were made, their files, and who got them when (W14, W15)."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from weerklank_web.gatherings.models import Gathering

__all__ = ["Delivery", "DeliveryTo", "Report", "ReportFile", "ReportState", "TroubleAt"]


class ReportState(models.TextChoices):
    """How far the making is."""

    WAITING = "waiting", "waiting"
    READY = "ready", "ready"
    REFUSED = "refused", "refused"  # the evidence gate or a writer said no: see trouble


class TroubleAt(models.TextChoices):
    """Where a refused sentence can be mended."""

    INSIGHT = "insight", "insight"
    MESSAGE = "message", "message"
    ROOM = "room", "room"
    SET_UP = "set-up", "set-up"


class Report(models.Model):
    """One edition of the report: every format made from the same facts.

    ``fingerprint`` tells whether anything it says has changed since. After a refusal ``trouble`` says why,
    ``trouble_sentence`` which sentence it is about, ``trouble_at`` and ``trouble_subject`` (an id) where to mend it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="reports")
    edition = models.PositiveIntegerField()
    language = models.CharField(max_length=5, default="nl")
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.WAITING)
    done = models.PositiveSmallIntegerField(default=0, help_text="Per cent made.")
    trouble = models.TextField(blank=True)
    trouble_sentence = models.TextField(blank=True)
    trouble_at = models.CharField(max_length=10, choices=TroubleAt.choices, blank=True)
    trouble_subject = models.CharField(max_length=60, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-edition"]
        constraints = [models.UniqueConstraint(fields=["gathering", "edition"], name="one_edition_number")]

    def __str__(self) -> str:
        return f"verslag {self.edition} van {self.gathering}"


class ReportFile(models.Model):
    """One file of an edition; the content is kept as it was handed out."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField(default=0)
    content = models.BinaryField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["report", "name"], name="one_file_per_name")]

    def __str__(self) -> str:
        return self.name


class DeliveryTo(models.TextChoices):
    """Who got it."""

    RECIPIENT = "recipient", "recipient"
    PARTICIPANTS = "participants", "participants"


class Delivery(models.Model):
    """To whom an edition went, at one and the same moment (W15). ``letters``: how many were handed to the post room."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="deliveries")
    to = models.CharField(max_length=20, choices=DeliveryTo.choices)
    letters = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["report", "to"], name="one_delivery_each")]

    def __str__(self) -> str:
        return self.to
