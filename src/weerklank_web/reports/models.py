"""Reports that were made, their files, and who got them when (W14, W15)."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from weerklank_web.gatherings.models import Gathering

__all__ = ["Delivery", "NotesUpload", "Report", "ReportFile", "ReportState", "UploadState"]


class ReportState(models.TextChoices):
    """How far the making is."""

    WAITING = "waiting", "waiting"
    READY = "ready", "ready"
    REFUSED = "refused", "refused"  # the evidence gate or a writer said no: see trouble


class Report(models.Model):
    """One edition of the report: every format made from the same facts."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="reports")
    edition = models.PositiveIntegerField()
    language = models.CharField(max_length=5, default="nl")
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.WAITING)
    trouble = models.TextField(blank=True)
    evidence = models.JSONField(default=dict, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
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
    content = models.BinaryField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """To whom an edition went, at one and the same moment (W15)."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="deliveries")
    to = models.CharField(
        max_length=20, choices=[("recipient", "recipient"), ("participants", "participants")]
    )
    letters = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.to


class UploadState(models.TextChoices):
    """How far the reading of an upload is."""

    READING = "reading", "reading"
    READY = "ready", "ready"  # read: somebody looks it over
    REFUSED = "refused", "refused"  # could not be read: see trouble
    ACCEPTED = "accepted", "accepted"


class NotesUpload(models.Model):
    """Notes that were handed in: read in the background, looked over by a person, then taken in.

    ``content`` is emptied as soon as it has been read. ``rows`` are what was found, with corrections.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="notes_uploads")
    name = models.CharField(max_length=200)
    content = models.BinaryField(default=bytes)
    state = models.CharField(max_length=10, choices=UploadState.choices, default=UploadState.READING)
    done = models.PositiveSmallIntegerField(default=0, help_text="Per cent read.")
    trouble = models.TextField(blank=True)
    rows = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name
