"""The front door of the chapters: facts in, report and slides out, every sentence through the gate."""

from __future__ import annotations

from weerklank.chapters.facts import NotesFacts, ReportFacts
from weerklank.report.document import Document
from weerklank.report.slides import Slides

__all__ = ["report_of", "report_of_notes"]


def report_of(facts: ReportFacts) -> tuple[Document, Slides]:
    """Report and slides of a gathering. Raises :class:`~weerklank.errors.Unfounded`, naming the sentence."""
    raise NotImplementedError


def report_of_notes(facts: NotesFacts) -> tuple[Document, Slides]:
    """Report and slides of a file of notes, without anything that notes cannot tell."""
    raise NotImplementedError
