"""The only clock. Aware UTC inside; the gathering's own zone at the edge."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

__all__ = ["as_if", "now", "today"]

_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _pretended.get() or timezone.now()


def today(zone: str = "Europe/Brussels") -> date:
    """The calendar day in ``zone``."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def as_if(moment: datetime) -> Iterator[None]:
    """As if it were ``moment``, in this thread only. For playing a story that began earlier (the demonstration)."""
    before = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(before)
