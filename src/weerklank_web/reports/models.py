"""Editions of the report, and notes that were taken in."""

from weerklank_web.reports.records.report import (
    Delivery,
    DeliveryTo,
    Report,
    ReportFile,
    ReportState,
    TroubleAt,
)
from weerklank_web.reports.records.upload import NotesLine, NotesUpload, UploadState

__all__ = [
    "Delivery",
    "DeliveryTo",
    "NotesLine",
    "NotesUpload",
    "Report",
    "ReportFile",
    "ReportState",
    "TroubleAt",
    "UploadState",
]
