"""``weerklank report``: notes → report, slides and evidence."""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from weerklank.cli.command import OK, Subparsers, new_command
from weerklank.cli.publishing import Publication, publication_arguments, publish
from weerklank.cli.screen import Screen, Steps, Voice, say

if TYPE_CHECKING:
    from weerklank.chapters import NotesFacts
    from weerklank.notes import Notes

__all__ = ["add"]


def add(subparsers: Subparsers, *, language: str) -> None:
    """Arguments of the command."""
    parser = new_command(subparsers, "report", about="report", language=language, run=_run)
    parser.add_argument("notes", type=Path, metavar="NOTES", help=say("report-notes", language=language))
    publication_arguments(parser, language=language)
    parser.add_argument(
        "--agenda", action="append", default=[], metavar="THEME", help=say("report-agenda", language=language)
    )
    parser.add_argument(
        "--no-suggestions", action="store_true", help=say("report-suggestions", language=language)
    )


def _run(arguments: argparse.Namespace, screen: Screen) -> int:
    from weerklank.chapters import report_of_notes
    from weerklank.evidence import evidence_of
    from weerklank.notes import read_notes

    began = time.perf_counter()
    publication = Publication(arguments)
    with screen.steps() as steps:
        steps.begin(screen.text("reading"))
        notes = read_notes(
            arguments.notes, agenda=arguments.agenda, language=screen.paper.language, progress=steps.tell
        )
        facts = _facts(notes, arguments, day=publication.day, screen=screen, steps=steps)
        steps.begin(screen.text("building"))
        document, slides = report_of_notes(facts)
        evidence = evidence_of(document, notes.contributions)
        files = publish(publication, document, slides, evidence, screen=screen, steps=steps)
    _tell(notes, files, seconds=time.perf_counter() - began, out=publication.out, screen=screen)
    return OK


def _facts(
    notes: Notes, arguments: argparse.Namespace, *, day: dt.date, screen: Screen, steps: Steps
) -> NotesFacts:
    """What the chapters ask, put together from the front doors; nothing is computed here."""
    from weerklank.chapters import InsightFacts, NotesFacts, Voice
    from weerklank.report import Language
    from weerklank.synthesis import Settings, suggestion_sentence, synthesise, voice_sentence

    steps.begin(screen.text("thinking"))
    title = arguments.title or notes.title
    found = synthesise(notes.contributions, settings=Settings(language=screen.paper.language, title=title))
    suggested = () if arguments.no_suggestions else found.insights
    insights = tuple(
        InsightFacts(
            id=str(number),
            sentence=suggestion_sentence(insight, language=screen.paper.language),
            explanation=screen.paper.text("suggestion-why"),
            sources=insight.coverage.contributions,
            quotes=insight.evidence,
        )
        for number, insight in enumerate(suggested, start=1)
    )
    remarks = [screen.paper.text("suggestion-remark")] if insights else []
    remarks += [_place(question.line, question.sentence, screen.paper) for question in notes.questions]
    return NotesFacts(
        title=title,
        contributions=notes.contributions,
        report_date=day,
        source=notes.source,
        source_sha256=hashlib.sha256(arguments.notes.read_bytes()).hexdigest(),
        insights=insights,
        voices=tuple(
            Voice(voice.contribution, voice_sentence(voice, language=screen.paper.language))
            for voice in found.voices
        ),
        remarks=tuple(remarks),
        language=Language(screen.paper.language),
    )


def _place(line: int | None, sentence: str, paper: Voice) -> str:
    if line is None:
        return sentence
    return paper.text("line-remark", line=line, sentence=sentence)


def _tell(notes: Notes, files: Sequence[Path], *, seconds: float, out: Path, screen: Screen) -> None:
    screen.line(
        screen.text(
            "report-done",
            contributions=screen.count("contributions", len(notes.contributions)),
            themes=screen.count("themes", len(notes.themes)),
            seconds=f"{seconds:.1f}".replace(".", screen.text("decimal-sign")),
            folder=out,
        )
    )
    for path in files:
        screen.line(f"  {path.name}")
    if notes.questions:
        # The report says these too: one language for them all.
        screen.line(screen.paper.text("report-look", count=len(notes.questions)))
        for question in notes.questions:
            screen.line(f"  {_place(question.line, question.sentence, screen.paper)}")
