"""Notes that were handed in, and where in them each contribution stood (issue §5)."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from weerklank_web.dialogue.models import Contribution
from weerklank_web.gatherings.models import Gathering

__all__ = ["NotesLine", "NotesUpload", "UploadState"]


class UploadState(models.TextChoices):
    """How far an upload is."""

    READING = "reading", "reading"
    READY = "ready", "ready"  # read: somebody looks it over
    REFUSED = "refused", "refused"  # could not be read: see trouble
    ACCEPTED = "accepted", "accepted"


class NotesUpload(models.Model):
    """Notes that were handed in: read in the background, looked over by a person, then taken in.

    ``content`` is emptied as soon as it has been read. ``rows`` are what was found (``collected.ReadRow``), with
    corrections; they go when they are taken in. ``questions``: ``[[line or null, sentence], …]``.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="notes_uploads")
    name = models.CharField(max_length=120)
    content = models.BinaryField(default=bytes)
    state = models.CharField(max_length=10, choices=UploadState.choices, default=UploadState.READING)
    done = models.PositiveSmallIntegerField(default=0, help_text="Per cent read.")
    trouble = models.TextField(blank=True)
    rows = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    taken = models.PositiveIntegerField(default=0, help_text="How many contributions came from it.")
    handed_in_at = models.DateTimeField()

    class Meta:
        ordering = ["-handed_in_at"]

    def __str__(self) -> str:
        return self.name


class NotesLine(models.Model):
    """Where a contribution stood in the notes that it came from, so that the report can name its lines.

    ``context``: the lead-in that this point completes.
    """

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="notes_line")
    upload = models.ForeignKey(NotesUpload, on_delete=models.CASCADE, related_name="lines")
    first_line = models.PositiveIntegerField()
    last_line = models.PositiveIntegerField()
    context = models.ForeignKey(
        Contribution, null=True, blank=True, on_delete=models.SET_NULL, related_name="notes_completed_by"
    )

    def __str__(self) -> str:
        return f"{self.upload}, {self.first_line}"
