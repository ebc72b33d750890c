"""What every command that writes a report shares: where to, in which forms, of which day; all files or none."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from weerklank.cli.clock import today
from weerklank.cli.folder import checked_folder, fill_folder
from weerklank.cli.refusals import because
from weerklank.cli.screen import Screen, Steps, say

if TYPE_CHECKING:
    from weerklank.evidence.ledger import Json
    from weerklank.report import Document, Format, Slides

__all__ = ["EVIDENCE", "Publication", "publication_arguments", "publish"]

EVIDENCE = "evidence.json"


class Publication:
    """Where a report goes, in which formats, with which day on it.

    Checked before any work is done: :class:`~weerklank.errors.BadInput` for a wish that cannot be met.
    """

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.formats = _formats(arguments.formats)
        self.day = _day(arguments.date)
        self.out = checked_folder(arguments.out)


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
    from weerklank.report import check_slides, file_name, render

    check_slides(slides, document)
    files: dict[str, bytes] = {}
    for place, format_ in enumerate(publication.formats):
        steps.begin(screen.text("writing", name=format_.value.upper()))
        steps.tell(place, len(publication.formats))
        files[file_name(document, format_)] = render(document, slides, as_=format_)
    written = json.dumps(evidence, ensure_ascii=False, indent=1) + "\n"
    files |= {**(also or {}), EVIDENCE: written.encode("utf-8")}
    fill_folder(publication.out, files)
    return [publication.out / name for name in files]


def _formats(chosen: str | None) -> Sequence[Format]:
    from weerklank.report import Format

    if chosen is None:
        return tuple(Format)
    known = {format_.value: format_ for format_ in Format}
    names = [name.strip().casefold() for name in chosen.split(",") if name.strip()]
    for name in names:
        if name not in known:
            raise because.bad_input("unknown-format", name=name, known=", ".join(known))
    if not names:
        raise because.bad_input("no-format", known=", ".join(known))
    return tuple(dict.fromkeys(known[name] for name in names))


def _day(text: str | None) -> dt.date:
    if text is None:
        return today()
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise because.bad_input("bad-date", text=text) from error
