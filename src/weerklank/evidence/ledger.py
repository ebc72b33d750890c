"""``evidence.json``: per published paragraph what it rests on, so that a third party can check it again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from weerklank.errors import BadInput, Unfounded
from weerklank.evidence.claims import quoted_in
from weerklank.evidence.ground import Ground, ground_of
from weerklank.evidence.records import Contribution
from weerklank.evidence.refusals import because
from weerklank.evidence.wording import check_insight, check_message, check_wording
from weerklank.report.document import Basis, Citable, Document, Figure, FigureRule, Role
from weerklank.report.visible import main_text

__all__ = ["Finding", "Json", "evidence_of", "verify_evidence"]

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

_SCHEMA = "weerklank-evidence/1"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold: in which paragraph (``where``), a stable ``code``, and the sentence."""

    where: str
    code: str
    message: str


def evidence_of(document: Document, contributions: Iterable[Contribution]) -> dict[str, Json]:
    """The evidence of a document, JSON-serialisable, in reading order.

    Per paragraph its number, text and basis, its figures with the rule to recompute them, and its sources: id, theme, room, level,
    origin, whole text and the SHA-256 of that text (UTF-8). Texts that were given rather than contributed are named only.
    """
    by_id = {contribution.id: contribution for contribution in contributions}
    printed = {
        citable.sources[0]
        for citable in document.citables()
        if citable.basis is Basis.LITERAL and citable.sources
    }
    return {
        "schema": _SCHEMA,
        "title": document.title,
        "language": document.language.value,
        "date": document.date.isoformat(),
        "contributions": len(by_id),
        "not_printed": [source for source in by_id if source not in printed],
        "paragraphs": [_paragraph(document, citable, by_id) for citable in document.citables()],
    }


def _paragraph(document: Document, citable: Citable, by_id: Mapping[str, Contribution]) -> Json:
    text = main_text(citable)
    quoted = [text] if citable.basis is Basis.LITERAL else list(quoted_in(text))
    return {
        "id": citable.id,
        "number": document.numbering.of(citable.id),
        "basis": citable.basis.value,
        "role": citable.role.value,
        "text": text,
        "literal": list[Json](quoted) if citable.basis in {Basis.LITERAL, Basis.WORDED} else [],
        "figures": [_figure(figure) for figure in citable.figures],
        "sources": [_source(source, by_id.get(source)) for source in dict.fromkeys(citable.sources)],
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
        "sha256": _hash(contribution.text),
    }


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def verify_evidence(
    evidence: Mapping[str, Json], contributions: Iterable[Contribution]
) -> tuple[Finding, ...]:
    """Check evidence against the contributions; an empty tuple when everything holds.

    Codes: ``unknown-source``, ``changed-source``, ``not-literal``, ``unfounded``, ``wrong-count``, ``not-printed``. Facts that
    no contribution can tell (attendance) and given texts are outside its reach. :class:`BadInput` when this is no evidence file.
    """
    ground = ground_of(contributions)
    paragraphs = evidence.get("paragraphs")
    if evidence.get("schema") != _SCHEMA or not isinstance(paragraphs, list):
        raise BadInput(
            f"Dit is geen bewijsbestand ({_SCHEMA}).", remedy="Gebruik het evidence.json van het verslag."
        )
    findings: list[Finding] = []
    printed: set[str] = set()
    for paragraph in paragraphs:
        if not isinstance(paragraph, dict):
            raise BadInput("Een alinea in het bewijsbestand is geen object.")
        findings += _verify_paragraph(paragraph, ground)
        if paragraph.get("basis") == Basis.LITERAL:
            printed |= {source for source, _ in _sources(paragraph)}
    findings += [
        Finding(source, "not-printed", f"Bijdrage {source} staat nergens in het verslag.")
        for source in ground.contributions
        if source not in printed
    ]
    return tuple(findings)


def _sources(paragraph: Mapping[str, Json]) -> Iterator[tuple[str, Mapping[str, Json]]]:
    listed = paragraph.get("sources")
    for source in listed if isinstance(listed, list) else []:
        if isinstance(source, dict) and not source.get("given"):
            yield str(source.get("id")), source


def _verify_paragraph(paragraph: Mapping[str, Json], ground: Ground) -> Iterator[Finding]:
    where = str(paragraph.get("number", paragraph.get("id")))
    known: list[str] = []
    for source, entry in _sources(paragraph):
        contribution = ground.contributions.get(source)
        if contribution is None:
            yield Finding(where, "unknown-source", f"Bron {source} bestaat niet.")
            continue
        known.append(source)
        if entry.get("sha256") != _hash(contribution.text) or entry.get("text") != contribution.text:
            yield Finding(where, "changed-source", f"Bron {source} luidt nu anders.")
        if (entry.get("room"), entry.get("theme"), entry.get("level")) != (
            contribution.room,
            contribution.theme,
            contribution.level,
        ):
            yield Finding(where, "changed-source", f"Bron {source} staat nu elders.")
    text, cited = str(paragraph.get("text", "")), tuple(known)
    if paragraph.get("basis") == Basis.LITERAL:
        if not any(text and text in ground.contributions[source].text for source in cited):
            yield Finding(where, "not-literal", f"«{text}» staat niet letterlijk in de bron.")
    elif paragraph.get("basis") == Basis.WORDED:
        yield from _verify_worded(where, str(paragraph.get("role")), text, cited, ground, paragraph)
    yield from _verify_counts(where, paragraph, cited, ground)


def _verify_worded(
    where: str, role: str, text: str, cited: tuple[str, ...], ground: Ground, paragraph: Mapping[str, Json]
) -> Iterator[Finding]:
    facts = {name: value for name, value, rule in _figures(paragraph) if rule == FigureRule.FACT}
    stood = Ground(ground.contributions, facts, {}, ground.names, ground.dates, ground.k)
    try:
        if role == Role.INSIGHT:
            check_insight(text, sources=cited, ground=stood)
        elif role == Role.MESSAGE:
            check_message(text, sources=cited, ground=stood)
        else:
            check_wording(text, sources=cited, ground=stood)
    except Unfounded as error:
        yield Finding(where, "unfounded", str(error))


def _figures(paragraph: Mapping[str, Json]) -> Iterator[tuple[str, int | None, str]]:
    listed = paragraph.get("figures")
    for figure in listed if isinstance(listed, list) else []:
        if isinstance(figure, dict):
            value = figure.get("value")
            yield str(figure.get("name")), value if isinstance(value, int) else None, str(figure.get("rule"))


def _verify_counts(
    where: str, paragraph: Mapping[str, Json], cited: tuple[str, ...], ground: Ground
) -> Iterator[Finding]:
    behind = tuple(ground.contributions[source] for source in cited)
    counted = {
        FigureRule.SOURCES: len(behind),
        FigureRule.ROOMS: ground.rooms(behind),
        FigureRule.THEMES: len({contribution.theme for contribution in behind}),
    }
    for name, value, rule in _figures(paragraph):
        if rule in counted and value != counted[FigureRule(rule)]:
            yield Finding(where, "wrong-count", f"«{name}» is {value}; geteld: {counted[FigureRule(rule)]}.")
