"""The only clock. Aware UTC inside; the gathering's own zone at the edge."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

__all__ = ["now", "today"]


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def today(zone: str = "Europe/Brussels") -> date:
    """The calendar day in ``zone``."""
    return now().astimezone(ZoneInfo(zone)).date()
