"""Propositions, votes without a voter, and the frozen picture of what votes say. No column here leads to a person."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from weerklank_web.gatherings.models import Gathering

__all__ = ["Proposition", "Snapshot", "SnapshotState", "Vote", "VoteValue"]


class VoteValue(models.IntegerChoices):
    """What somebody thinks of it. Passing is an answer; not having seen it leaves no row."""

    AGREE = 1, _("eens")
    DISAGREE = -1, _("oneens")
    PASS = 0, _("weet ik niet, sla over")


class Proposition(models.Model):
    """A sentence to agree or disagree with, worded by an organiser or facilitator.

    Once somebody voted on it the words stay; then it can only be taken out, and its votes count no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="propositions")
    text = models.CharField(_("stelling"), max_length=280)
    position = models.PositiveSmallIntegerField(default=0)
    taken_out = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text


class Vote(models.Model):
    """What the holder of one link thinks of one thing, in one step of the format.

    ``item`` is the id of a proposition or a contribution. The four columns of the constraint are the natural key: the
    same vote sent twice is one row, a later one takes its place. There is no journal line and no moment beside it, only a
    day: whatever were written at the same time as a vote could be laid beside it.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="votes", db_index=False)
    step = models.CharField(max_length=60)
    author_key = models.CharField(max_length=64)
    item = models.UUIDField()
    value = models.SmallIntegerField(choices=VoteValue.choices)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "step", "author_key", "item"], name="one_vote_per_link_and_item"
            )
        ]

    def __str__(self) -> str:
        return self.get_value_display()


class SnapshotState(models.TextChoices):
    """How far the making is."""

    WAITING = "waiting", "waiting"
    READY = "ready", "ready"
    FAILED = "failed", "failed"


class Snapshot(models.Model):
    """What the votes of one step say, reckoned once and kept.

    ``content`` holds only what passed the disclosure gate; ``model`` is what it takes to find the place of somebody's own
    votes on the map, and is shown to nobody. With ``seed`` and the votes that ``fingerprint`` stands for
    both can be made again, number for number.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="snapshots")
    step = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=SnapshotState.choices, default=SnapshotState.WAITING)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    seed = models.BigIntegerField()
    fingerprint = models.CharField(max_length=64, blank=True)
    content = models.JSONField(default=dict, blank=True)
    model = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "step"], name="one_snapshot_per_step")]

    def __str__(self) -> str:
        return f"{self.gathering}: {self.step}"
