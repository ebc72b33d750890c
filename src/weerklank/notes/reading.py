"""Front door for files: picks the reader by what the file is."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from weerklank.errors import BadInput
from weerklank.notes.files import read_bytes, read_text
from weerklank.notes.findings import Findings
from weerklank.notes.phrasebook import Phrasebook, load_phrasebook
from weerklank.notes.records import Notes, Progress
from weerklank.notes.refusals import because
from weerklank.notes.table import notes_of_table
from weerklank.notes.text import marker_test, notes_of_blocks, notes_of_text
from weerklank.notes.transcript import notes_of_transcript
from weerklank.notes.word import blocks_of_word

__all__ = ["SUFFIXES", "read_notes"]

#: What can be read, by the end of the file's name.
SUFFIXES = (".md", ".markdown", ".txt", ".docx", ".csv", ".tsv", ".vtt")


def read_notes(
    path: str | os.PathLike[str],
    *,
    agenda: Sequence[str] = (),
    prompts: Phrasebook | None = None,
    language: str = "nl",
    progress: Progress | None = None,
) -> Notes:
    """Read a session's notes: Markdown, Word, CSV or a WebVTT transcript (W8–W13).

    Every non-blank line of the source arrives as a contribution or as a marker, with its place. Levels are never
    guessed; what is doubtful is in ``questions``. Names of speakers in a transcript are not kept.

    :param agenda: titles of the planned themes; headings are matched with them one to one.
    :param prompts: the phrases to recognise (see :meth:`Phrasebook.with_prompts`); the shipped ones by default.
    :param language: language of questions and log.
    :param progress: called with (done, total) while a long file is read.
    :raises BadInput: the file cannot be read as notes; names file, line and remedy.
    :raises MissingExtra: reading this kind needs an extra that is not installed.
    """
    file = Path(path)
    suffix, source = file.suffix.casefold(), file.name
    if suffix not in SUFFIXES:
        raise BadInput(
            because("kind", kind=suffix) if suffix else because("no-kind"),
            source=source,
            remedy=because("kinds"),
        )
    findings = Findings(language)
    book = prompts or load_phrasebook(language)
    if suffix == ".docx":
        blocks = blocks_of_word(
            read_bytes(file),
            source=source,
            is_marker=marker_test(book, agenda),
            findings=findings,
            progress=progress,
        )
        return notes_of_blocks(blocks, source=source, agenda=agenda, book=book, findings=findings)
    read = {".csv": notes_of_table, ".tsv": notes_of_table, ".vtt": notes_of_transcript}.get(
        suffix, notes_of_text
    )
    return read(
        read_text(file, findings),
        source=source,
        agenda=agenda,
        book=book,
        findings=findings,
        progress=progress,
    )
