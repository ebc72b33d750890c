"""From facts to files: every format from one document, with the evidence beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from weerklank.chapters import ReportFacts, report_evidence, report_of
from weerklank.errors import Unfounded, WeerklankError
from weerklank.report import Format, file_name, render
from weerklank_web.reports.bridge.refusal import Refused

__all__ = ["EVIDENCE", "MadeFile", "files_of", "fingerprint_of"]

EVIDENCE = "evidence.json"

_MEDIA = {
    Format.HTML: "text/html; charset=utf-8",
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.ODT: "application/vnd.oasis.opendocument.text",
    Format.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Format.MARKDOWN: "text/markdown; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One file of an edition."""

    name: str
    media_type: str
    content: bytes


def files_of(facts: ReportFacts, *, progress: Callable[[int, int], None]) -> list[MadeFile]:
    """Every format of the report, the slides, and the evidence; ``progress`` is called with (done, total).

    :raises Refused: a sentence does not follow from its sources; names it.
    """
    fonts = Path(settings.STATICFILES_DIRS[0]) / "build" / "print"
    steps = len(Format) + 1
    try:
        document, slides = report_of(facts)
        progress(1, steps)
        made = []
        for place, format_ in enumerate(Format, start=2):
            content = render(document, slides, as_=format_, fonts=fonts if fonts.is_dir() else None)
            made.append(MadeFile(file_name(document, format_), _MEDIA[format_], content))
            progress(place, steps)
        evidence = report_evidence(document, facts)
    except Unfounded as refusal:
        raise Refused(refusal.reason(facts.language.value), about=refusal.sentence) from refusal
    except WeerklankError as refusal:
        raise Refused(refusal.told(facts.language.value)) from refusal
    text = json.dumps(evidence, ensure_ascii=False, indent=1)
    return [*made, MadeFile(EVIDENCE, "application/json", text.encode())]


def fingerprint_of(facts: ReportFacts) -> str:
    """Tells whether anything that the report says has changed; the day and the number of the edition do not count."""
    same = replace(
        facts,
        report_date=facts.gathering.date,
        voices=(),
        gathering=replace(facts.gathering, subtitle=None),
    )
    return hashlib.sha256(repr(same).encode()).hexdigest()
