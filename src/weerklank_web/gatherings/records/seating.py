"""Who sits where, the rules between people, and every change of the seating (W6)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from weerklank_web.gatherings.records.gathering import Gathering
from weerklank_web.gatherings.records.registration import Registration
from weerklank_web.gatherings.records.room import Room

__all__ = ["RuleKind", "Seat", "SeatingKind", "SeatingRule", "SeatingRun", "SeatingState"]


class Seat(models.Model):
    """One participant in one room.

    ``rank`` is which wish it was (None: not wished for). ``reason`` holds why, per language, for that person's own
    eyes. ``pinned``: a new division leaves it as it is. ``told``: its holder has seen it or got a letter.
    ``moved_from``: the room they sat in before, for who had to move on the day itself; their own page says so.
    """

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="seat")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="seats")
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.JSONField(default=dict, blank=True)
    pinned = models.BooleanField(default=False)
    told = models.BooleanField(default=False)
    moved_from = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return f"{self.registration} in {self.room}"


class RuleKind(models.TextChoices):
    """What the organiser wants for two people."""

    TOGETHER = "together", _("altijd in dezelfde kamer")
    APART = "apart", _("nooit in dezelfde kamer")


class SeatingRule(models.Model):
    """Two people together (somebody and their interpreter) or apart (somebody and their manager). Organisers only."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="seating_rules")
    kind = models.CharField(max_length=10, choices=RuleKind.choices)
    one = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="one_rule_per_pair")]

    def __str__(self) -> str:
        return f"{self.one} {self.kind} {self.other}"


class SeatingKind(models.TextChoices):
    """What an organiser did to the seating."""

    DIVIDE = "divide", _("de plaatsen verdeeld")
    FILL = "fill", _("wie nog geen plek had een plek gegeven")
    MOVE = "move", _("iemand verplaatst")
    SWAP = "swap", _("twee mensen van plek laten ruilen")
    RESEAT = "reseat", _("opnieuw ingedeeld terwijl er mensen binnenkwamen")
    PIN = "pin", _("iemand vastgezet of losgelaten")
    RELEASE = "release", _("plaatsen vrijgemaakt van wie er niet is")


class SeatingState(models.TextChoices):
    """How it went."""

    ASKED = "asked", _("bezig")
    DONE = "done", _("gedaan")
    REFUSED = "refused", _("niet gelukt")
    UNDONE = "undone", _("teruggedraaid")


class SeatingRun(models.Model):
    """One change of the seating by an organiser; arrivals at the door leave none (no moment leads to a person).

    ``plan`` with ``seed`` and ``fingerprint`` is enough to repeat a division to the byte. ``draw`` is the fingerprint of
    people and wishes alone: as long as it is the same, so is the seed, and nobody can keep on drawing. ``before``
    lists who sat elsewhere, to undo it; ``after`` who sat where when it was undone, to do it again; ``conflicts`` why
    it could not be done.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="seating_runs")
    kind = models.CharField(max_length=10, choices=SeatingKind.choices, default=SeatingKind.DIVIDE)
    state = models.CharField(max_length=10, choices=SeatingState.choices, default=SeatingState.DONE)
    seed = models.BigIntegerField(null=True, blank=True)
    draw = models.CharField(max_length=64, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    plan = models.JSONField(default=dict, blank=True)
    before = models.JSONField(default=list, blank=True)
    after = models.JSONField(default=list, blank=True)
    conflicts = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_state_display()})"
