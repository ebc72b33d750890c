"""The last steps at the bench, so that each can be taken back; and the words that say nothing here."""

from __future__ import annotations

from django.db import models

from weerklank_web.gatherings.models import Gathering

__all__ = ["BenchStep", "FrameWord"]


class BenchStep(models.Model):
    """One deed at the bench: what each insight or message was before and after it (None: not there).

    Holds what organisers worded and ids of contributions, never a contribution's words. Only the last few are kept.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="bench_steps")
    verb = models.CharField(max_length=40)
    by = models.CharField(max_length=200)
    changes = models.JSONField(default=list)
    undone = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.verb


class FrameWord(models.Model):
    """A word that an organiser says everybody uses here: it heads no suggestion (it is a setting, and shown as one)."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="frame_words")
    word = models.CharField(max_length=80)

    class Meta:
        ordering = ["word"]
        constraints = [models.UniqueConstraint(fields=["gathering", "word"], name="one_frame_word_each")]

    def __str__(self) -> str:
        return self.word
