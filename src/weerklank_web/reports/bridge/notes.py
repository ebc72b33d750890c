"""From an uploaded file to rows that a person can look over."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from weerklank.errors import WeerklankError
from weerklank.evidence import Contribution
from weerklank.notes import SUFFIXES, read_notes
from weerklank_web.reports.bridge.making import Refused
from weerklank_web.reports.collected import ReadRow

__all__ = ["SUFFIXES", "ReadNotes", "read_upload"]


@dataclass(frozen=True, slots=True)
class ReadNotes:
    """What was found, and where a person should look."""

    rows: list[ReadRow]
    questions: list[str]


def read_upload(
    name: str, content: bytes, *, agenda: Sequence[str], language: str, progress: Callable[[int, int], None]
) -> ReadNotes:
    """Read an uploaded file; raises Refused with file, line and remedy."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(content)
        try:
            notes = read_notes(path, agenda=agenda, language=language, progress=progress)
        except WeerklankError as refusal:
            raise Refused(str(refusal)) from refusal
    doubts: dict[int, list[str]] = defaultdict(list)
    for question in notes.questions:
        if question.line is not None:
            doubts[question.line].append(question.sentence)
    return ReadNotes(
        rows=[_row(contribution, doubts) for contribution in notes.contributions],
        questions=[question.sentence for question in notes.questions],
    )


def _row(found: Contribution, doubts: Mapping[int, Sequence[str]]) -> ReadRow:
    lines = range(found.origin.first_line, found.origin.last_line + 1) if found.origin else ()
    return ReadRow(
        text=found.text,
        theme=found.theme,
        level=found.level or "",
        tone=found.tone or "",
        prompt=found.prompt or "",
        kind=found.kind.value,
        unfinished=found.unfinished,
        fragments=tuple(found.text[span.start : span.end] for span in found.emphasis),
        line=found.origin.first_line if found.origin else None,
        doubts=tuple(doubt for line in lines for doubt in doubts.get(line, ())),
    )
