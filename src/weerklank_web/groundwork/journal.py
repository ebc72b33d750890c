"""The journal: one line per deed, kept apart from what was said.

Deeds of people with a role carry a name and a moment. Deeds of participants carry neither: they are
written as «een deelnemer» with the day only, so that no line can be laid beside a contribution.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from weerklank_web.groundwork import clock
from weerklank_web.groundwork.models import JournalLine

__all__ = ["journal_of", "purge_journal", "write"]


def write(
    verb: str, *, gathering: UUID | None, by: str | None, subject: str = "", note: str = ""
) -> JournalLine:
    """Write one line. ``verb`` is a stable code (``gathering.published``); ``by`` is None for a participant."""
    moment = clock.now()
    if by is None:
        moment = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return JournalLine.objects.create(
        verb=verb, gathering=gathering, by=by or "", subject=subject, note=note, at=moment
    )


def journal_of(gathering: UUID) -> QuerySet[JournalLine]:
    """The lines of one gathering, newest first."""
    return JournalLine.objects.filter(gathering=gathering).order_by("-at", "-id")


def purge_journal(*, older_than_days: int) -> int:
    """Forget lines older than this; returns how many."""
    return JournalLine.objects.filter(at__lt=clock.now() - timedelta(days=older_than_days)).delete()[0]
