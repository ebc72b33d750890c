"""What every command that writes a report shares: where to, in which forms, of which day; all files or none."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from weerklank.cli.clock import today
from weerklank.cli.screen import Screen, Steps, say
from weerklank.errors import BadInput

if TYPE_CHECKING:
    from weerklank.evidence.ledger import Json
    from weerklank.report import Document, Format, Slides

__all__ = ["EVIDENCE", "Publication", "publication_arguments", "publish"]

EVIDENCE = "evidence.json"


class Publication:
    """Where a report goes, in which formats, with which day on it.

    Checked before any work is done: :class:`~weerklank.errors.BadInput` for a wish that cannot be met.
    """

    def __init__(self, arguments: argparse.Namespace, screen: Screen) -> None:
        self.formats = _formats(arguments.formats, screen)
        self.day = _day(arguments.date, screen)
        self.out: Path = arguments.out
        if self.out.exists() and not self.out.is_dir():
            remedy = screen.text("out-is-file-remedy")
            raise BadInput(screen.text("out-is-file"), source=str(self.out), remedy=remedy)


def publication_arguments(parser: argparse.ArgumentParser, *, language: str) -> None:
    """``--out``, ``--title``, ``--formats`` and ``--date``."""
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help=say("report-out", language=language)
    )
    parser.add_argument("--title", help=say("report-title", language=language))
    parser.add_argument("--formats", metavar="LIST", help=say("report-formats", language=language))
    parser.add_argument("--date", metavar="DAY", help=say("report-date", language=language))


def publish(
    publication: Publication,
    document: Document,
    slides: Slides,
    evidence: Mapping[str, Json],
    *,
    screen: Screen,
    steps: Steps,
    also: Mapping[str, bytes] | None = None,
) -> list[Path]:
    """Write the report in all its formats, its evidence, and the files of ``also`` by name; returns where they stand."""
    from weerklank.report import write_all

    out = publication.out
    out.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target, so that moving is one step on one disk: all or nothing.
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as workshop:
        made: list[Path] = []
        for place, format_ in enumerate(publication.formats):
            steps.begin(screen.text("writing", name=format_.value.upper()))
            steps.tell(place, len(publication.formats))
            made += write_all(document, slides, Path(workshop), formats=(format_,)).values()
        written = json.dumps(evidence, ensure_ascii=False, indent=1) + "\n"
        for name, content in {**(also or {}), EVIDENCE: written.encode("utf-8")}.items():
            made.append(Path(workshop) / name)
            made[-1].write_bytes(content)
        out.mkdir(exist_ok=True)
        return [path.replace(out / path.name) for path in made]


def _formats(chosen: str | None, screen: Screen) -> Sequence[Format]:
    from weerklank.report import Format

    if chosen is None:
        return tuple(Format)
    known = {format_.value: format_ for format_ in Format}
    names = [name.strip().casefold() for name in chosen.split(",") if name.strip()]
    for name in names:
        if name not in known:
            raise BadInput(screen.text("unknown-format", name=name, known=", ".join(known)))
    if not names:
        raise BadInput(screen.text("no-format", known=", ".join(known)))
    return tuple(dict.fromkeys(known[name] for name in names))


def _day(text: str | None, screen: Screen) -> dt.date:
    if text is None:
        return today()
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(screen.text("bad-date", text=text)) from error
