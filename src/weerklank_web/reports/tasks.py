"""Background work of this app. Safe to run twice: each looks first whether it is still to be done."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django_tasks import task

from weerklank_web.reports.actions import notes, report
from weerklank_web.reports.models import NotesUpload, Report

__all__ = ["make_report", "read_notes"]


@task()
def make_report(report_id: str) -> None:
    """Make an edition, unless it is gone."""
    with suppress(Report.DoesNotExist):
        report.make_report(UUID(report_id))


@task()
def read_notes(upload_id: str, language: str) -> None:
    """Read uploaded notes, unless they were thrown away."""
    with suppress(NotesUpload.DoesNotExist):
        notes.read_notes(UUID(upload_id), language=language)
