"""The gathering as an entry for anybody's calendar (RFC 5545, by the library ``icalendar``).

The entry names the public page, never a private link: calendars are shared with colleagues.
"""

from __future__ import annotations

from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vUri

from weerklank_web.gatherings.models import Gathering
from weerklank_web.groundwork.errors import NotFound

__all__ = ["calendar_name", "calendar_of"]


def calendar_name(gathering: Gathering) -> str:
    """The name of the file."""
    return f"{gathering.slug}.ics"


def calendar_of(gathering: Gathering, *, page: str) -> bytes:
    """The calendar file, in the gathering's own zone. The same UID for ever; SEQUENCE rises with each move.

    :raises NotFound: while nobody has set a moment.
    """
    if gathering.starts_at is None:
        raise NotFound(_("Er is nog geen dag en tijd gekozen."))
    zone = ZoneInfo(gathering.zone)
    event = Event()
    host = urlsplit(settings.ADDRESS).hostname or "localhost"
    event.add("uid", f"{gathering.id}@{host}")
    event.add("sequence", gathering.calendar_edition)
    event.add("dtstamp", gathering.changed_at)
    event.add("last-modified", gathering.changed_at)
    event.add("dtstart", gathering.starts_at.astimezone(zone))
    if gathering.ends_at is not None:
        event.add("dtend", gathering.ends_at.astimezone(zone))
    event.add("summary", gathering.title)
    event.add("location", gathering.place or gathering.video_link)
    event.add("description", _description(gathering, page=page))
    event.add("url", vUri(page))
    event.add("status", "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Weerklank//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _description(gathering: Gathering, *, page: str) -> str:
    lines = [gathering.summary, *gathering.purpose_lines]
    if gathering.video_link:
        lines.append(_("Meedoen op afstand: %(link)s") % {"link": gathering.video_link})
    if gathering.captions_link:
        lines.append(_("Ondertiteling: %(link)s") % {"link": gathering.captions_link})
    lines.append(page)
    return "\n".join(line for line in lines if line)
