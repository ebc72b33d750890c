"""Quiet hours (T11): when a letter may arrive. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

__all__ = ["OPENS", "SHUTS", "is_working_moment", "next_working_moment"]

# The receiver's working hours. A letter that leaves at 17:55 is still read at the desk.
OPENS = time(8, 0)
SHUTS = time(18, 0)

_NEVER_MORE_THAN = timedelta(days=31)


@lru_cache(maxsize=64)
def _days_off(country: str, year: int) -> frozenset[date]:
    """Public holidays of this country (NL or BE), from the library ``holidays``."""
    return frozenset(holidays.country_holidays(country, years=year))


def is_working_moment(moment: datetime, *, zone: str, country: str) -> bool:
    """Whether ``moment`` (aware) lies in working hours there: Monday to Friday, 8 to 18, no public holiday."""
    local = moment.astimezone(ZoneInfo(zone))
    if local.weekday() >= 5 or local.date() in _days_off(country, local.year):
        return False
    return OPENS <= local.time() < SHUTS


def next_working_moment(moment: datetime, *, zone: str, country: str) -> datetime:
    """``moment`` itself when people are at work there, else the next working day's opening, in UTC.

    A letter made on Saturday at 22:00 leaves on Monday at 08:00.
    """
    if is_working_moment(moment, zone=zone, country=country):
        return moment
    there = ZoneInfo(zone)
    local = moment.astimezone(there)
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    last = local.date() + _NEVER_MORE_THAN
    while day <= last:
        opening = datetime.combine(day, OPENS, tzinfo=there)
        if is_working_moment(opening, zone=zone, country=country):
            return opening.astimezone(ZoneInfo("UTC"))
        day += timedelta(days=1)
    raise ValueError(f"no working day within a month after {moment} in {country}")
