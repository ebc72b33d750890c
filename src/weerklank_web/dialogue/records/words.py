"""What was said, and the room's own harvest. No column here leads to a person."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from weerklank_web.gatherings.models import Gathering, Room, Theme

__all__ = [
    "Contribution",
    "ContributionSource",
    "ContributionState",
    "Harvest",
    "HarvestChange",
    "HarvestReading",
]


class ContributionState(models.TextChoices):
    """Whether it can be read. Nothing disappears silently."""

    SHOWN = "shown", _("zichtbaar")
    HIDDEN = "hidden", _("verborgen door de gespreksleider")
    WITHDRAWN = "withdrawn", _("ingetrokken")


class ContributionSource(models.TextChoices):
    """How it came in."""

    PARTICIPANT = "participant", _("deelnemer")
    NOTES = "notes", _("verslaglegger")
    CARD = "card", _("papieren kaart")
    IMPORT = "import", _("ingelezen verslag")


class Contribution(models.Model):
    """One thing said in a room.

    ``id`` is made by the browser, so that sending twice stores once. ``author_key`` belongs to the holder of
    a private link (see groundwork.links); it is empty for what a note-taker typed. ``on`` is a day: no second
    is kept that could be laid beside something else.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="contributions")
    room = models.ForeignKey(
        Room, null=True, blank=True, on_delete=models.CASCADE, related_name="contributions"
    )
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="contributions"
    )
    step = models.CharField(max_length=60)
    prompt = models.CharField(max_length=300, blank=True)
    level = models.CharField(max_length=40, blank=True)
    tone = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    fragments = models.JSONField(default=list, blank=True, help_text="Key fragments: [[start, end], …].")
    kind = models.CharField(max_length=20, default="point")
    unfinished = models.BooleanField(default=False)
    source = models.CharField(max_length=12, choices=ContributionSource.choices)
    author_key = models.CharField(max_length=64, blank=True, db_index=True)
    shared = models.BooleanField(default=True, help_text="No: still only for its author.")
    position = models.PositiveIntegerField()
    on = models.DateField()
    edited = models.BooleanField(default=False)
    state = models.CharField(
        max_length=10, choices=ContributionState.choices, default=ContributionState.SHOWN
    )
    state_reason = models.TextField(blank=True)
    state_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["room", "state", "position"])]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_words(self) -> list[str]:
        """The key fragments, literally."""
        return [self.text[start:end] for start, end in self.fragments]


class Harvest(models.Model):
    """A room's own words about its theme, read back and signed off."""

    room = models.OneToOneField(Room, on_delete=models.CASCADE, related_name="harvest")
    why = models.TextField(_("Waarom koos men dit thema?"), blank=True)
    essence = models.TextField(_("Wat is de essentie volgens de groep?"), blank=True)
    read_back = models.BooleanField(default=False, help_text="The room is asked to read it back.")
    signed_on = models.DateField(null=True, blank=True)
    signed_by = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return f"oogst van {self.room}"


class HarvestReading(models.Model):
    """One participant's word on the harvest: right, or what is missing."""

    harvest = models.ForeignKey(Harvest, on_delete=models.CASCADE, related_name="readings")
    author_key = models.CharField(max_length=64)
    agrees = models.BooleanField()
    remark = models.TextField(blank=True)
    settled = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["harvest", "author_key"], name="one_reading_each")]

    def __str__(self) -> str:
        return "klopt" if self.agrees else self.remark


class HarvestChange(models.Model):
    """A change after signing off; shown under the harvest."""

    harvest = models.ForeignKey(Harvest, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(max_length=200)
    on = models.DateField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.what
