"""Editions of the report and their files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from weerklank_web.gatherings.models import Gathering
from weerklank_web.groundwork import clock
from weerklank_web.reports.bridge.facts import facts_of
from weerklank_web.reports.bridge.making import fingerprint_of
from weerklank_web.reports.models import Report, ReportFile, ReportState
from weerklank_web.reports.queries.collect import collect

__all__ = [
    "Edition",
    "edition_of",
    "editions_of",
    "file_of",
    "is_overtaken",
    "is_stuck",
    "newest_shared",
    "shared_editions",
]

_LONG = timedelta(minutes=10)


@dataclass(frozen=True)
class Edition:
    """An edition as the organiser sees it.

    ``overtaken``: what it says has changed since it was made. ``stuck``: nobody has made it for a long time.
    """

    report: Report
    files: Sequence[ReportFile]
    overtaken: bool = False
    stuck: bool = False


def editions_of(gathering: Gathering) -> list[Edition]:
    """Every edition, newest first. Whether it was overtaken is only asked of the newest."""
    reports = Report.objects.filter(gathering=gathering).prefetch_related("deliveries", _files())
    editions = []
    for place, report in enumerate(reports):
        report.gathering = gathering
        editions.append(
            Edition(
                report=report,
                files=list(report.files.all()),
                overtaken=place == 0 and is_overtaken(report),
                stuck=is_stuck(report),
            )
        )
    return editions


def is_overtaken(report: Report) -> bool:
    """Whether anything that a finished edition says has changed since: words withdrawn, reworded, answered, counted."""
    if report.state != ReportState.READY:
        return False
    rows = collect(report.gathering, language=report.language, edition=report.edition)
    return fingerprint_of(facts_of(rows, voices=False)) != report.fingerprint


def is_stuck(report: Report) -> bool:
    """Whether it waits so long that something must have gone wrong."""
    return report.state == ReportState.WAITING and clock.now() - report.asked_at > _LONG


def edition_of(gathering: Gathering, id: UUID) -> Report | None:  # noqa: A002
    """One edition of this gathering."""
    report = Report.objects.filter(gathering=gathering, id=id).first()
    if report is not None:
        report.gathering = gathering
    return report


def shared_editions(gathering: Gathering) -> QuerySet[Report]:
    """What recipient and participants were given, newest first; only the newest is still handed out."""
    return (
        Report.objects.filter(gathering=gathering, shared_at__isnull=False)
        .prefetch_related(_files())
        .order_by("-edition")
    )


def newest_shared(gathering: Gathering) -> Report | None:
    """The edition that recipient and participants have, if any."""
    return shared_editions(gathering).first()


def file_of(report: Report, name: str) -> ReportFile | None:
    """One file, with its content."""
    return ReportFile.objects.filter(report=report, name=name).first()


def _files() -> Prefetch[str]:
    return Prefetch("files", queryset=ReportFile.objects.defer("content"))
