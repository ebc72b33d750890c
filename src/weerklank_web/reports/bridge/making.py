"""From facts to files: every format from one document, with the evidence beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from weerklank.chapters import ReportFacts, report_of
from weerklank.errors import WeerklankError
from weerklank.evidence import evidence_of
from weerklank.report import Format, file_name, render

__all__ = ["MadeFile", "Refused", "files_of"]

_MEDIA = {
    Format.HTML: "text/html; charset=utf-8",
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Format.MARKDOWN: "text/markdown; charset=utf-8",
}


class Refused(Exception):
    """The evidence gate or a writer said no; the sentence names what, and what to do."""


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One file of an edition."""

    name: str
    media_type: str
    content: bytes


def files_of(facts: ReportFacts) -> list[MadeFile]:
    """Every format of the report, the slides, and ``evidence.json``; or Refused, naming the sentence."""
    fonts = Path(settings.STATICFILES_DIRS[0]) / "build" / "print"
    try:
        document, slides = report_of(facts)
        made = [
            MadeFile(
                file_name(document, format_),
                _MEDIA[format_],
                render(document, slides, as_=format_, fonts=fonts if fonts.is_dir() else None),
            )
            for format_ in Format
        ]
        evidence = evidence_of(document, facts.contributions())
    except WeerklankError as refusal:
        raise Refused(str(refusal)) from refusal
    text = json.dumps(evidence, ensure_ascii=False, indent=1)
    return [*made, MadeFile("evidence.json", "application/json", text.encode())]
