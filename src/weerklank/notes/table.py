"""CSV → notes: one row, one contribution. Column names may be Dutch, English or French."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from weerklank.evidence import Contribution, ContributionKind, Origin
from weerklank.notes.agenda import match_agenda
from weerklank.notes.findings import Findings
from weerklank.notes.markup import plain
from weerklank.notes.phrasebook import Phrasebook, fold
from weerklank.notes.records import Marker, MarkerRole, Notes, Progress
from weerklank.notes.refusals import because

__all__ = ["notes_of_table"]

_SIGNS = ";,\t|"
_TELL_EVERY = 400


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    last_line: int
    cells: Mapping[str, str]
    others: tuple[str, ...]


def _delimiter(header: str) -> str:
    """The sign that splits the header into most columns."""
    return max(_SIGNS, key=lambda sign: (header.count(sign), -_SIGNS.index(sign)))


def _columns(header: Sequence[str], *, source: str, line: int, book: Phrasebook) -> dict[int, str]:
    found: dict[int, str] = {}
    for place, name in enumerate(header):
        key = next((key for key, names in book.columns.items() if fold(name) in names), None)
        if key and key not in found.values():
            found[place] = key
    if "text" not in found.values():
        there = ", ".join(name.strip() for name in header if name.strip()) or "–"
        raise because.bad_input("no-column", source=source, line=line, there=there)
    return found


def _rows(text: str, *, source: str, book: Phrasebook) -> tuple[Marker, list[_Row]]:
    first = next(line for line in text.splitlines() if line.strip())
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(first), strict=True)
    header: dict[int, str] | None = None
    marker = Marker(MarkerRole.META, "", Origin(source, 1, 1))
    rows: list[_Row] = []
    ended = 0
    try:
        for cells in reader:
            began, ended = ended + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = _columns(cells, source=source, line=began, book=book)
                names = " ".join(cell.strip() for cell in cells if cell.strip())
                marker = Marker(MarkerRole.META, names, Origin(source, began, ended))
                continue
            known = {header[i]: cell.strip() for i, cell in enumerate(cells) if i in header}
            others = tuple(cell.strip() for i, cell in enumerate(cells) if i not in header and cell.strip())
            rows.append(_Row(began, ended, known, others))
    except csv.Error as error:
        raise because.bad_input("table", source=source, line=reader.line_num or 1, why=error) from error
    return marker, rows


def _themes(
    rows: Sequence[_Row], agenda: Sequence[str], *, book: Phrasebook, findings: Findings
) -> dict[str, str]:
    """The titles in the table, and the agenda item each one is."""
    written = list(dict.fromkeys(row.cells.get("theme", "") for row in rows if row.cells.get("theme")))
    exact = {fold(item): item for item in agenda}
    known = {title: exact.get(fold(title), title) for title in written}
    left = [item for item in agenda if item not in known.values()]
    open_titles = {i: title for i, title in enumerate(written) if fold(title) not in exact}
    for place, (item, _) in match_agenda(left, open_titles, fillers=book.fillers).items():
        known[written[place]] = item
        findings.ask("agenda-close", line=None, subject=written[place], other=item)
    for item in agenda:
        if item not in known.values():
            findings.ask("agenda-missing", line=None, subject=item)
    return known


def _contribution(
    row: _Row, nth: int, *, source: str, theme: str, book: Phrasebook, findings: Findings
) -> Contribution:
    text, emphasis = plain(" ".join(row.cells["text"].split()))
    level = book.level_named(row.cells.get("level", "")) if row.cells.get("level") else None
    tone = book.tone_named(row.cells.get("tone", "")) if row.cells.get("tone") else None
    if row.cells.get("level") and level is None:
        findings.ask("unknown-level", line=row.line, subject=row.cells["level"])
    if row.cells.get("tone") and tone is None:
        findings.ask("unknown-tone", line=row.line, subject=row.cells["tone"])
    return Contribution(
        id=f"c{nth:03d}",
        text=text,
        theme=theme,
        room=row.cells.get("room") or None,
        level=level,
        tone=tone,
        prompt=row.cells.get("prompt") or None,
        kind=ContributionKind.POINT,
        emphasis=emphasis,
        origin=Origin(source, row.line, row.last_line),
    )


def notes_of_table(
    text: str,
    *,
    source: str,
    agenda: Sequence[str],
    book: Phrasebook,
    findings: Findings,
    progress: Progress | None = None,
) -> Notes:
    """Notes from a table; cells of columns that mean nothing here are kept as markers.

    :raises BadInput: no column with the text, a broken row, or no row with text.
    """
    marker, rows = _rows(text, source=source, book=book)
    themes = _themes(rows, agenda, book=book, findings=findings)
    said: list[Contribution] = []
    markers = [marker]
    empty = 0
    for done, row in enumerate(rows, start=1):
        if row.others:
            markers.append(
                Marker(MarkerRole.META, " | ".join(row.others), Origin(source, row.line, row.last_line))
            )
        if not row.cells.get("text"):
            empty += 1
            kept = " | ".join(cell for cell in row.cells.values() if cell)
            if kept:
                markers.append(Marker(MarkerRole.META, kept, Origin(source, row.line, row.last_line)))
            continue
        title = row.cells.get("theme", "")
        if not title and len(agenda) != 1:
            findings.ask("no-theme", line=row.line, subject=row.cells["text"])
        theme = themes[title] if title else (agenda[0] if len(agenda) == 1 else book.no_theme)
        said.append(
            _contribution(row, len(said) + 1, source=source, theme=theme, book=book, findings=findings)
        )
        if progress is not None and (done % _TELL_EVERY == 0 or done == len(rows)):
            progress(done, len(rows))
    if empty:
        findings.tell("empty-rows", count=empty)
    if not said:
        raise because.bad_input("no-rows", source=source, line=marker.origin.last_line + 1)
    order = tuple(dict.fromkeys(one.theme for one in said))
    return Notes(source, source, tuple(said), order, tuple(markers), findings.questions, findings.log)
