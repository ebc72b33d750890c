"""Days and moments in words, in the reader's language and the gathering's zone.

Stored moments are aware UTC. A reader sees «zaterdag 21 november 2026, 14.00 uur» on the clock of the place
where the gathering is held.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

__all__ = ["ZONE", "day_in_words", "local", "moment_in_words", "span_in_words", "time_in_words"]

ZONE = "Europe/Brussels"


def local(moment: datetime, zone: str = ZONE) -> datetime:
    """The moment on the clock of ``zone``; a naive moment is taken as it stands."""
    return moment.astimezone(ZoneInfo(zone)) if moment.tzinfo else moment


def day_in_words(day: date, *, weekday: bool = True) -> str:
    """«zaterdag 21 november 2026», or without the weekday."""
    return formats.date_format(day, "l j F Y" if weekday else "j F Y")


def time_in_words(moment: datetime, zone: str = ZONE) -> str:
    """«14.00 uur» in Dutch, «14:00» in English."""
    here = local(moment, zone)
    return pgettext("tijd", "%(hour)s.%(minute)s uur") % {
        "hour": f"{here:%H}".lstrip("0") or "0",
        "minute": f"{here:%M}",
    }


def moment_in_words(moment: datetime, zone: str = ZONE) -> str:
    """«zaterdag 21 november 2026, 14.00 uur»."""
    return f"{day_in_words(local(moment, zone).date())}, {time_in_words(moment, zone)}"


def span_in_words(start: datetime, end: datetime | None, zone: str = ZONE) -> str:
    """«zaterdag 21 november 2026, van 14.00 uur tot 17.00 uur»; two days are both named."""
    if end is None:
        return moment_in_words(start, zone)
    first, last = local(start, zone), local(end, zone)
    if first.date() != last.date():
        return _("van %(start)s tot %(end)s") % {
            "start": moment_in_words(start, zone),
            "end": moment_in_words(end, zone),
        }
    return _("%(day)s, van %(start)s tot %(end)s") % {
        "day": day_in_words(first.date()),
        "start": time_in_words(start, zone),
        "end": time_in_words(end, zone),
    }
