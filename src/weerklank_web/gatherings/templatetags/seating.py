"""Words for seats: ``{% load seating %}``."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from weerklank_web.gatherings.choices import LANGUAGES, NEEDS, ROOM_FEATURES, labels_of
from weerklank_web.gatherings.models import Registration, Room, Seat
from weerklank_web.gatherings.queries.seating import reason_for
from weerklank_web.groundwork.language import language_now

register = template.Library()


@register.filter
def choice_word(rank: int | None, wished: bool = True) -> str:
    """Which wish a room is, in two words."""
    if rank is not None:
        return _("%(rank)de keuze") % {"rank": rank}
    return _("niet gekozen") if wished else _("geen voorkeur")


@register.filter
def minutes_word(minutes: float | None) -> str:
    """«4,3 min» with the comma of the reader's language."""
    return (
        "–" if minutes is None else _("%(minutes)s min") % {"minutes": number_format(minutes, decimal_pos=1)}
    )


@register.simple_tag
def seat_words(seat: Seat) -> str:
    """Why somebody sits there, as its holder reads it; for that person and for the organiser only."""
    language = language_now()
    return str(seat.reason.get(language) or seat.reason.get("nl") or "")


@register.simple_tag
def own_seat_words(registration: Registration) -> str:
    """Why I sit where I sit, as soon as I may see it."""
    return reason_for(registration, language=language_now())


@register.simple_tag
def room_features(room: Room) -> str:
    """What a room has and which languages are spoken there, in one line."""
    return ", ".join([*labels_of(room.features, NEEDS), *labels_of(room.languages, LANGUAGES)])


@register.simple_tag
def seat_needs(registration: Registration) -> str:
    """The needs that decide in which rooms somebody can sit; for organisers only."""
    return ", ".join(labels_of([key for key in registration.needs if key in ROOM_FEATURES], NEEDS))
