"""``evidence.json``: per published paragraph what it rests on, so that a third party can check it again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from weerklank.evidence.claims import numbers_in, quoted_in
from weerklank.evidence.directions import SIDES
from weerklank.evidence.records import Contribution
from weerklank.report.chart import Chart
from weerklank.report.citable import Basis, Citable, Figure
from weerklank.report.document import Document, Table
from weerklank.report.visible import main_text

__all__ = ["SCHEMA", "Json", "digest", "evidence_of"]

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

SCHEMA = "weerklank-evidence/2"


def evidence_of(
    document: Document,
    contributions: Iterable[Contribution],
    *,
    facts: Mapping[str, int | None] | None = None,
    k: int = 5,
) -> dict[str, Json]:
    """The evidence of a document, JSON-serialisable, in reading order.

    Per paragraph its number, text (with SHA-256) and basis, its figures with the rule to recompute them, its table, the numbers
    that are part of a name or a day, and its sources: id, theme, room, level, origin, whole text and the SHA-256 of that text
    (UTF-8). Texts that were given rather than contributed are named only.

    :param facts: counts that no contribution can tell: what shares and claims follow from, and what figures state. Only those
        travel along that a figure states or names, or that are the votes on a source. They must be fit to be shown.
    :param k: the smallest number of people that is shown.
    """
    by_id = {contribution.id: contribution for contribution in contributions}
    citables = tuple(document.citables())
    printed = {one.sources[0] for one in citables if one.basis is Basis.LITERAL and one.sources}
    behind = {
        name for one in citables for figure in one.figures for name in (figure.name, *(figure.of or ()))
    }
    behind |= {f"{side}:{source}" for one in citables for source in one.sources for side in SIDES}
    known = {name: value for name, value in (facts or {}).items() if name in behind}
    return {
        "schema": SCHEMA,
        "title": document.title,
        "language": document.language.value,
        "date": document.date.isoformat(),
        "k": k,
        "contributions": len(by_id),
        "not_printed": [source for source in by_id if source not in printed],
        "facts": dict[str, Json](known),
        "paragraphs": [_paragraph(document, citable, by_id) for citable in citables],
    }


def _paragraph(document: Document, citable: Citable, by_id: Mapping[str, Contribution]) -> Json:
    text = main_text(citable)
    quoted = [text] if citable.basis is Basis.LITERAL else list(quoted_in(text))
    own = {str(figure.value) for figure in citable.figures if figure.value is not None}
    return {
        "id": citable.id,
        "number": document.numbering.of(citable.id),
        "basis": citable.basis.value,
        "role": citable.role.value,
        "text": text,
        "sha256": digest(text),
        "literal": list[Json](quoted) if citable.basis in {Basis.LITERAL, Basis.WORDED} else [],
        "figures": [_figure(figure) for figure in citable.figures],
        "named": [number for number in numbers_in(text) if number not in own],
        "table": _table(citable),
        "sources": [_source(source, by_id.get(source)) for source in dict.fromkeys(citable.sources)],
    }


def _table(citable: Citable) -> Json:
    if not isinstance(citable, Table | Chart):
        return None
    rows = citable.rows if isinstance(citable, Table) else citable.cells
    return {
        "header": list[Json](citable.header),
        "rows": [list[Json](row) for row in rows],
        "numeric": list[Json](citable.numeric),
    }


def _figure(figure: Figure) -> Json:
    of: Json = None if figure.of is None else list[Json](figure.of)
    return {
        "name": figure.name,
        "value": figure.value,
        "rule": figure.rule.value,
        "of": of,
        "people": figure.people,
    }


def _source(source: str, contribution: Contribution | None) -> Json:
    if contribution is None:
        return {"id": source, "given": True}
    origin: Json = None
    if contribution.origin is not None:
        where = contribution.origin
        origin = {"source": where.source, "first_line": where.first_line, "last_line": where.last_line}
    return {
        "id": source,
        "theme": contribution.theme,
        "room": contribution.room,
        "level": contribution.level,
        "origin": origin,
        "text": contribution.text,
        "sha256": digest(contribution.text),
    }


def digest(text: str) -> str:
    """SHA-256 of a text (UTF-8), in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
