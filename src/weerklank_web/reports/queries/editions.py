"""Editions of the report and their files."""

from __future__ import annotations

from django.db.models import QuerySet

from weerklank_web.gatherings.models import Gathering
from weerklank_web.reports.models import Report, ReportFile

__all__ = ["editions_of", "file_of", "newest_shared"]


def editions_of(gathering: Gathering) -> QuerySet[Report]:
    """Every edition, newest first, with its files (without their content) and deliveries."""
    return (
        Report.objects.filter(gathering=gathering)
        .prefetch_related("deliveries")
        .prefetch_related("files")
        .order_by("-edition")
    )


def newest_shared(gathering: Gathering) -> Report | None:
    """The edition that recipient and participants have, if any."""
    return Report.objects.filter(gathering=gathering, shared_at__isnull=False).order_by("-edition").first()


def file_of(report: Report, name: str) -> ReportFile | None:
    """One file, with its content."""
    return ReportFile.objects.filter(report=report, name=name).first()
