"""Background work of this app. Safe to run twice: each looks first whether it is still to be done."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from weerklank_web.reports.actions import notes, report

__all__ = ["make_report", "read_notes"]


@task()
def make_report(report_id: str) -> None:
    """Make an edition."""
    report.make_report(UUID(report_id))


@task()
def read_notes(upload_id: str, language: str) -> None:
    """Read uploaded notes."""
    notes.read_notes(UUID(upload_id), language=language)
