"""Front door for notes in text form: Markdown, or plain lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from weerklank.notes.blocks import Block, words_in
from weerklank.notes.findings import Findings
from weerklank.notes.harvest import harvest
from weerklank.notes.lines import read_line
from weerklank.notes.markdown import blocks_of_markdown
from weerklank.notes.outline import outline
from weerklank.notes.phrasebook import Phrasebook, fold, load_phrasebook
from weerklank.notes.records import Marker, MarkerRole, Notes, Progress
from weerklank.notes.refusals import because

__all__ = ["marker_test", "notes_of_blocks", "notes_of_text", "parse_notes"]

_SHORTEST_HEADLINE = 3


def notes_of_blocks(
    blocks: Sequence[Block],
    *,
    source: str,
    agenda: Sequence[str],
    book: Phrasebook,
    findings: Findings,
    title: str | None = None,
) -> Notes:
    """Notes from the common form of a format.

    :raises BadInput: nothing was said in it.
    """
    readings = outline(blocks, agenda=agenda, book=book, findings=findings)
    said, themes, markers = harvest(blocks, readings, source=source, book=book, findings=findings)
    if not said:
        raise because.bad_input("nothing-said", source=source, line=1)
    headline = title or _headline(markers) or source
    return Notes(source, headline, said, themes, markers, findings.questions, findings.log)


def _headline(markers: Sequence[Marker]) -> str | None:
    """The title heading, or else the first heading about the notes as a whole that says something."""
    named = [one.text for one in markers if one.role is MarkerRole.TITLE]
    about = [
        one.text
        for one in markers
        if one.role is MarkerRole.STRUCTURE and words_in(one.text) >= _SHORTEST_HEADLINE
    ]
    return next(iter(named + about), None)


def marker_test(book: Phrasebook, agenda: Sequence[str] = ()) -> Callable[[str], bool]:
    """Whether a line by itself surely is a prompt, level, theme or room, and so never flows into the next."""
    planned = frozenset(fold(title) for title in agenda)

    def is_marker(line: str) -> bool:
        if fold(line) in planned:
            return True
        reading = read_line(line, heading=False, book=book)
        return reading is not None and reading.sure and reading.role is not MarkerRole.TONE

    return is_marker


def notes_of_text(
    text: str,
    *,
    source: str,
    agenda: Sequence[str],
    book: Phrasebook,
    findings: Findings,
    progress: Progress | None = None,
    title: str | None = None,
) -> Notes:
    """Notes from Markdown or plain lines; see :func:`parse_notes` for the promise."""
    if not text.strip():
        raise because.bad_input("empty", source=source, line=1)
    blocks = blocks_of_markdown(text, is_marker=marker_test(book, agenda), progress=progress)
    return notes_of_blocks(blocks, source=source, agenda=agenda, book=book, findings=findings, title=title)


def parse_notes(
    text: str,
    *,
    source: str = "notities",
    agenda: Sequence[str] = (),
    prompts: Phrasebook | None = None,
    language: str = "nl",
    title: str | None = None,
    progress: Progress | None = None,
) -> Notes:
    """Read notes written in Markdown (or plain lines), as unevenly as people write them (W12).

    Themes may stand at any heading depth; levels may be missing and then stay empty; nothing is guessed that
    a person could be asked (``Notes.questions``). Every non-blank line arrives.

    :param source: name for the origins.
    :param agenda: titles of the themes that were planned; headings are matched with them one to one, and a
        contribution then carries the agenda's title.
    :param prompts: the phrases to recognise; by default those shipped with the library.
    :param language: language of the questions and the log (``nl``, ``en``).
    :raises BadInput: empty, not text, or without any contribution.
    """
    return notes_of_text(
        text,
        source=source,
        agenda=agenda,
        book=prompts or load_phrasebook(language),
        findings=Findings(language),
        progress=progress,
        title=title,
    )
