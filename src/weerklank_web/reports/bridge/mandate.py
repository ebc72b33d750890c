"""What had been agreed beforehand, line by line, and what changed in it since."""

from __future__ import annotations

from django.utils.translation import gettext as _

from weerklank.chapters import MandateLine
from weerklank.report import Language
from weerklank.report.days import day_in_words
from weerklank_web.gatherings.models import Gathering, Mandate
from weerklank_web.gatherings.queries.changes import change_label, change_value
from weerklank_web.gatherings.rules import MANDATE_FIELDS
from weerklank_web.reports.collected import Collected

__all__ = ["mandate_lines"]


def mandate_lines(rows: Collected) -> tuple[MandateLine, ...]:
    """The mandate as it stands, then its changes in the order in which they were made."""
    return (*_mandate(rows.gathering, rows.mandate), *_changes(rows))


def _mandate(gathering: Gathering, mandate: Mandate) -> list[MandateLine]:
    lines = []
    for name in MANDATE_FIELDS:
        value = getattr(mandate, name)
        standing = name in ("rung", "deviates_with_reason")
        if value:
            text = change_value(name, value) if standing else str(value)
            lines.append(MandateLine(label=_lead(name), text=text, standing=standing))
    if gathering.promise_text:
        lines.append(MandateLine(label=_lead("promise_text"), text=gathering.promise_text))
    return lines


def _changes(rows: Collected) -> list[MandateLine]:
    return [
        MandateLine(
            label=_("Gewijzigd op %(day)s")
            % {"day": day_in_words(change.on, language=Language(rows.language))},
            text=_("%(what)s: was «%(before)s», is nu «%(after)s». Waarom: %(reason)s")
            % {
                "what": _lead(change.field),
                "before": change_value(change.field, change.before),
                "after": change_value(change.field, change.after),
                "reason": change.reason,
            },
            standing=True,
        )
        for change in rows.changes
    ]


def _lead(field: str) -> str:
    """The name of a field as a lead; every format puts a colon after it."""
    return change_label(field).rstrip("? \u00a0")
