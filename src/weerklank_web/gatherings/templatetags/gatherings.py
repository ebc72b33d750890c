"""Words for what this app stores as keys: ``{% load gatherings %}``."""

from __future__ import annotations

from django import template

from weerklank_web.formats.bridge import format_of
from weerklank_web.gatherings.bridge import layers_of
from weerklank_web.gatherings.choices import LANGUAGES, NEEDS, labels_of
from weerklank_web.gatherings.models import Gathering, Registration
from weerklank_web.gatherings.queries.changes import change_label, change_value
from weerklank_web.groundwork.language import language_now

register = template.Library()


register.simple_tag(change_label)
register.simple_tag(change_value)


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
