"""Words for what this app stores as keys: ``{% load gatherings %}``."""

from __future__ import annotations

from django import template
from django.db.models import Model
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from weerklank_web.formats.bridge import format_of
from weerklank_web.gatherings.bridge import layers_of
from weerklank_web.gatherings.choices import LANGUAGES, NEEDS, labels_of
from weerklank_web.gatherings.models import Gathering, Mandate, Promise, Registration, Rung
from weerklank_web.gatherings.rules import MANDATE_FIELDS
from weerklank_web.groundwork.dates import day_in_words
from weerklank_web.groundwork.language import language_now

register = template.Library()


@register.simple_tag
def change_label(field: str) -> str:
    """The name of a part of mandate or promise, as people read it."""
    model: type[Model] = Mandate if field in MANDATE_FIELDS else Gathering
    label = str(model._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


@register.simple_tag
def change_value(field: str, value: str) -> str:
    """What a part said or says, in words."""
    day = parse_date(value) if field == "promised_on" and value else None
    if day is not None:
        return day_in_words(day, weekday=False)
    if field == "deviates_with_reason":
        return _("ja") if value else _("nee")
    choices = {"rung": Rung.choices, "promise": Promise.choices}.get(field, [])
    return str(dict(choices).get(value, value)) if value else _("niets")


@register.simple_tag
def layer_label(gathering: Gathering, key: str) -> str:
    """The layer of government in words."""
    layers = dict(layers_of(format_of(gathering.format_version), language=language_now()))
    return layers.get(key, key) or "–"


@register.simple_tag
def needs_labels(registration: Registration) -> str:
    """What somebody needs, in one line."""
    return ", ".join([*labels_of(registration.needs, NEEDS), *filter(None, [registration.needs_text])])


@register.simple_tag
def language_labels(registration: Registration) -> str:
    """The languages somebody likes to speak, in one line."""
    return ", ".join(labels_of(registration.languages, LANGUAGES))
