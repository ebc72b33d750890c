"""The last steps at the bench, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from weerklank_web.answers.models import BenchStep
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.stage import INSIGHT

__all__ = ["StepView", "steps_of"]

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class StepView:
    """What was done, to what (the words of it), by whom; ``undone``: it was taken back."""

    id: int
    deed: str
    words: str
    by: str
    undone: bool


def steps_of(gathering: Gathering) -> list[StepView]:
    """The last few steps, newest first."""
    deeds = _deeds()
    found = BenchStep.objects.filter(gathering=gathering).order_by("-id")[:_SHOWN]
    return [
        StepView(
            step.id, deeds.get(step.verb.partition(".")[2], step.verb), _words(step), step.by, step.undone
        )
        for step in found
    ]


def _deeds() -> dict[str, str]:
    return {
        "made": _("gemaakt"),
        "reworded": _("anders verwoord"),
        "added": _("inbreng erachter gezet"),
        "dropped": _("inbreng weggehaald"),
        "quoted": _("citaat gewijzigd"),
        "objecting": _("ander geluid aangewezen"),
        "not-objecting": _("ander geluid weggehaald"),
        "ready": _("klaargezet"),
        "taken-back": _("teruggehaald"),
        "deleted": _("weggegooid"),
        "merged": _("samengevoegd"),
        "split": _("gesplitst"),
    }


def _words(step: BenchStep) -> str:
    """The sentence of the first thing it touched, as it became or as it was."""
    for change in step.changes:
        state = change["after"] or change["before"] or {}
        words = str(state.get("sentence" if change["noun"] == INSIGHT else "text", ""))
        if words:
            return words
    return _("(nog zonder zin)")
