"""``weerklank opinion``: votes → what they say together, as a report with its evidence."""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from weerklank.cli.command import OK, Subparsers, new_command
from weerklank.cli.publishing import Publication, publication_arguments, publish
from weerklank.cli.refusals import because
from weerklank.cli.screen import Screen, say

if TYPE_CHECKING:
    from weerklank.opinion import Convention, Votes
    from weerklank.report import Document

__all__ = ["add"]

RESULT = "opinion.json"


def add(subparsers: Subparsers, *, language: str) -> None:
    """Arguments of the command."""
    parser = new_command(subparsers, "opinion", about="opinion", language=language, run=_run)
    parser.add_argument(
        "votes", nargs="?", type=Path, metavar="VOTES", help=say("opinion-votes", language=language)
    )
    parser.add_argument("--polis", type=Path, metavar="FOLDER", help=say("opinion-polis", language=language))
    publication_arguments(parser, language=language)
    parser.add_argument(
        "--statements", type=Path, metavar="CSV", help=say("opinion-statements", language=language)
    )
    conventions = ("agree-is-positive", "agree-is-negative")
    parser.add_argument("--means", choices=conventions, help=say("opinion-means", language=language))
    parser.add_argument("--cut", type=int, metavar="PARTS", help=say("opinion-cut", language=language))
    parser.add_argument("--strict", action="store_true", help=say("opinion-strict", language=language))
    parser.add_argument("--public", action="store_true", help=say("opinion-public", language=language))
    parser.add_argument("--quick", action="store_true", help=say("opinion-quick", language=language))
    parser.add_argument("--seed", type=int, default=0, help=say("seed", language=language))


@dataclass(frozen=True, slots=True)
class _Source:
    """Votes with the texts of their statements, and how many statements moderators had refused."""

    name: str
    votes: Votes
    texts: Mapping[Hashable, str]
    topic: str
    dropped: int


def _run(arguments: argparse.Namespace, screen: Screen) -> int:
    from weerklank.chapters import disclosed, exactly, opinion_data, opinion_evidence, opinion_report
    from weerklank.chapters.opinion_reading import opinion_facts
    from weerklank.opinion import Honesty, analyse
    from weerklank.report import Language

    began = time.perf_counter()
    publication = Publication(arguments)
    with screen.steps() as steps:
        steps.begin(screen.text("reading"))
        source = _read(arguments)
        steps.begin(screen.text("judging"))
        honesty = Honesty.QUICK if arguments.quick else Honesty.FULL
        opinion = analyse(source.votes, seed=arguments.seed, honesty=honesty)
        steps.begin(screen.text("building"))
        facts = opinion_facts(
            opinion,
            texts=source.texts,
            title=arguments.title or source.topic,
            report_date=publication.day,
            language=Language(screen.paper.language),
            cut=arguments.cut,
            source=source.name,
            dropped=source.dropped,
        )
        shown = exactly(facts) if arguments.public else disclosed(facts)
        document, slides = opinion_report(shown)
        files = publish(
            publication,
            document,
            slides,
            opinion_evidence(document, shown),
            screen=screen,
            steps=steps,
            also={RESULT: opinion_data(shown, seed=arguments.seed), **_figures(document)},
        )
    screen.line(shown.verdict)
    screen.line()
    seconds = f"{time.perf_counter() - began:.1f}".replace(".", screen.text("decimal-sign"))
    screen.line(
        screen.text(
            "opinion-done",
            people=screen.count("people", facts.people or 0),
            statements=screen.count("statements", len(shown.statements)),
            seconds=seconds,
            folder=publication.out,
        )
    )
    for path in files:
        screen.line(f"  {path.name}")
    return OK


def _figures(document: Document) -> dict[str, bytes]:
    """Every figure of the report by itself, to use elsewhere: named after its paragraph."""
    from weerklank.report import svg_of
    from weerklank.report.words import words_for

    name = words_for(document.language).figure_file
    return {
        f"{document.numbering.anchor(chart.id).replace('p', f'{name}-')}.svg": svg_of(chart).encode("utf-8")
        for chart in document.charts.values()
        if chart.drawn
    }


def _read(arguments: argparse.Namespace) -> _Source:
    from weerklank.opinion import Votes, read_polis_export

    path: Path | None = arguments.polis or arguments.votes
    if path is None or (arguments.polis is not None and arguments.votes is not None):
        raise because.bad_input("one-source")
    convention = _convention(arguments.means)
    if arguments.polis is not None or path.is_dir():
        export = read_polis_export(path, convention=convention, strict=arguments.strict)
        texts: dict[Hashable, str] = dict(export.texts)
        texts |= _texts(arguments.statements)
        topic = export.about.get("topic") or path.resolve().name
        return _Source(path.name, export.votes, _complete(texts, export.votes), topic, len(export.dropped))
    reader = Votes.from_parquet if path.suffix.casefold() == ".parquet" else Votes.from_csv
    votes = reader(path, convention=convention)
    return _Source(path.name, votes, _complete(_texts(arguments.statements), votes), path.stem, 0)


def _convention(means: str | None) -> Convention | None:
    from weerklank.opinion import Convention

    return None if means is None else Convention(means)


def _texts(path: Path | None) -> dict[Hashable, str]:
    """Texts by id from a file with two columns and no heading, or a heading that nobody voted on."""
    if path is None:
        return {}
    texts: dict[Hashable, str] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for line, cells in enumerate(csv.reader(lines), start=1):
            if not cells:
                continue
            if len(cells) < 2 or not cells[0].strip() or not cells[1].strip():
                raise because.bad_input("statement-row", source=path.name, line=line)
            texts[cells[0].strip()] = cells[1].strip()
    return texts


def _complete(texts: Mapping[Hashable, str], votes: Votes) -> dict[Hashable, str]:
    """A text for every statement: its own, that of the same id written as text, or the id itself."""
    return {
        statement: texts.get(statement) or texts.get(str(statement)) or str(statement)
        for statement in votes.statements
    }
