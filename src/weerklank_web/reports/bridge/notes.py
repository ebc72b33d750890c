"""From an uploaded file to rows that a person can look over."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from weerklank.errors import WeerklankError
from weerklank.evidence import Contribution
from weerklank.notes import SUFFIXES, Phrasebook, load_phrasebook, read_notes
from weerklank.notes.phrasebook import LANGUAGES as PHRASES
from weerklank_web.dialogue.bridge.format import known_value, values_of
from weerklank_web.gatherings.models import Room
from weerklank_web.gatherings.stage import Stage
from weerklank_web.reports.bridge.refusal import Refused
from weerklank_web.reports.collected import ReadNotes, ReadRow

__all__ = ["SUFFIXES", "read_upload"]

_LONGEST_STEM = 40
_BOTH = ("nl", "en")


def read_upload(
    name: str,
    content: bytes,
    *,
    stage: Stage,
    agenda: Sequence[str],
    rooms: Sequence[Room],
    language: str,
    spoken: str,
    progress: Callable[[int, int], None],
) -> ReadNotes:
    """Read an uploaded file along the format's own questions and levels.

    ``spoken``: the language of the gathering, in which the notes are; ``language``: that of whoever looks them over.

    A row goes to a room by itself only when that is certain: the file names the room, or its theme has just one.

    :raises Refused: the file cannot be read; names file, line and remedy.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / _safe(name)
        path.write_bytes(content)
        try:
            notes = read_notes(
                path,
                agenda=agenda,
                prompts=_phrases(stage, spoken),
                language=language,
                progress=progress,
            )
        except WeerklankError as refusal:
            raise Refused(refusal.told(language)) from refusal
    doubts: dict[int, list[str]] = defaultdict(list)
    for question in notes.questions:
        if question.line is not None:
            doubts[question.line].append(question.sentence)
    places = _places(rooms)
    return ReadNotes(
        rows=[_row(found, stage, doubts, places) for found in notes.contributions],
        questions=[(question.line, question.sentence) for question in notes.questions],
    )


def _safe(name: str) -> str:
    """A short file name of its own kind, wherever it came from: refusals name it."""
    given = Path(name.replace("\\", "/")).name
    path = Path(given or "notities")
    return f"{path.stem[:_LONGEST_STEM]}{path.suffix[:12]}"


def _phrases(stage: Stage, language: str) -> Phrasebook:
    """The shipped phrases, with the questions and levels of this format in both languages."""
    asks = [ask.in_language(spoken) for step in stage.format.steps for ask in step.ask for spoken in _BOTH]
    levels: dict[str, list[str]] = defaultdict(list)
    for spoken in _BOTH:
        for value in values_of(stage, "level", spoken):
            levels[value.key] += [phrase for phrase in (value.question, value.heading) if phrase]
    known = language if language in PHRASES else PHRASES[0]
    return load_phrasebook(known).with_prompts(asks, levels=levels)


def _places(rooms: Iterable[Room]) -> dict[tuple[str, str], str]:
    """(theme, room) → room id where that is certain. A theme or room may be left empty."""
    every: dict[tuple[str, str], list[str]] = defaultdict(list)
    for room in rooms:
        theme, name, id_ = room.theme.title.casefold(), room.name.casefold(), str(room.id)
        for key in ((theme, name), ("", name), (theme, "")):
            every[key].append(id_)
    return {key: ids[0] for key, ids in every.items() if len(ids) == 1}


def _row(
    found: Contribution,
    stage: Stage,
    doubts: Mapping[int, Sequence[str]],
    places: Mapping[tuple[str, str], str],
) -> ReadRow:
    first, last = (found.origin.first_line, found.origin.last_line) if found.origin else (0, 0)
    theme, room = found.theme.casefold(), (found.room or "").casefold()
    tried = ((theme, room), ("", room)) if room else ((theme, ""),)
    return ReadRow(
        key=found.id,
        part=" · ".join(name for name in (found.theme, found.room) if name),
        text=found.text,
        level=known_value(stage, "level", found.level or ""),
        tone=known_value(stage, "tone", found.tone or ""),
        prompt=found.prompt or "",
        kind=found.kind.value,
        unfinished=found.unfinished,
        spans=tuple((span.start, span.end) for span in found.emphasis),
        context=found.context or "",
        first_line=first,
        last_line=last,
        doubts=tuple(doubt for line in range(first, last + 1) for doubt in doubts.get(line, ())),
        room=next((places[key] for key in tried if key in places), ""),
    )
