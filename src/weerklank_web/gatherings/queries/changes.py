"""What changed in mandate or promise, in words: for a page and for a report alike."""

from __future__ import annotations

from django.db.models import Model
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from weerklank_web.gatherings.models import Gathering, Mandate, Promise, Rung
from weerklank_web.gatherings.rules import MANDATE_FIELDS
from weerklank_web.groundwork.dates import day_in_words

__all__ = ["change_label", "change_value"]


def change_label(field: str) -> str:
    """The name of a part of mandate or promise, as people read it."""
    model: type[Model] = Mandate if field in MANDATE_FIELDS else Gathering
    label = str(model._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def change_value(field: str, value: str) -> str:
    """What a part said or says, in words."""
    day = parse_date(value) if field == "promised_on" and value else None
    if day is not None:
        return day_in_words(day, weekday=False)
    if field == "deviates_with_reason":
        return _("ja") if value else _("nee")
    choices = {"rung": Rung.choices, "promise": Promise.choices}.get(field, [])
    return str(dict(choices).get(value, value)) if value else _("niets")
