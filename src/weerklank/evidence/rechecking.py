"""Evidence laid beside the notes again, by whoever doubts it: everything that a reader can be told about must still hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from weerklank.errors import BadInput, Phrase, Unfounded
from weerklank.evidence.claims import numbers_in
from weerklank.evidence.directions import check_claims, check_columns, check_labels, votes_on
from weerklank.evidence.figures import percent_of
from weerklank.evidence.ground import Ground, ground_of
from weerklank.evidence.ledger import SCHEMA, Json, digest
from weerklank.evidence.records import Contribution
from weerklank.evidence.refusals import because
from weerklank.evidence.wording import check_insight, check_message, check_wording
from weerklank.report.citable import Basis, Figure, FigureRule, Role

__all__ = ["Finding", "verify_evidence"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold: in which paragraph (``where``), a stable ``code``, and the sentence."""

    where: str
    code: str
    phrase: Phrase
    about: str = ""

    @property
    def message(self) -> str:
        """The sentence, in Dutch."""
        return self.told("nl")

    def told(self, language: str) -> str:
        """The sentence, for a reader of ``language``."""
        said = self.phrase.text(language)
        return f"{said} «{self.about}»" if self.about else said


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph of the evidence, read with care: whatever has the wrong shape is as good as absent."""

    where: str
    basis: str
    role: str
    text: str
    digest: str
    figures: tuple[Figure, ...]
    named: frozenset[str]
    table: tuple[tuple[str, ...], tuple[tuple[str, ...], ...], tuple[int, ...]] | None
    sources: tuple[Mapping[str, Json], ...]
    given: tuple[str, ...]


def verify_evidence(
    evidence: Mapping[str, Json], contributions: Iterable[Contribution]
) -> tuple[Finding, ...]:
    """Check evidence against the contributions; an empty tuple when everything holds.

    Codes: ``unknown-source``, ``changed-source``, ``changed-text``, ``not-literal``, ``unfounded``, ``wrong-count``,
    ``wrong-direction``, ``under-k``, ``not-printed``. Facts that no contribution can tell (attendance, votes) are only checked
    for being the same wherever they are stated, and as they travel along; given texts for being as they were written. :class:`BadInput` when this is no
    evidence file.
    """
    ground = ground_of(contributions)
    listed = evidence.get("paragraphs")
    if evidence.get("schema") != SCHEMA or not isinstance(listed, list):
        raise BadInput(because("no-evidence-file", schema=SCHEMA), remedy=because("no-evidence-file-remedy"))
    paragraphs = [_read(paragraph) for paragraph in listed]
    facts = _facts(evidence, paragraphs)
    k = evidence.get("k")
    findings: list[Finding] = []
    printed: set[str] = set()
    for paragraph in paragraphs:
        findings += _sources_hold(paragraph, ground)
        findings += _text_holds(paragraph, ground)
        findings += _figures_hold(paragraph, ground, facts, k=k if isinstance(k, int) else ground.k)
        findings += _sides_hold(paragraph, facts)
        if paragraph.basis == Basis.LITERAL:
            printed |= {str(source.get("id")) for source in paragraph.sources}
    findings += [
        Finding(source, "not-printed", because("not-printed", id=source))
        for source in ground.contributions
        if source not in printed
    ]
    return tuple(findings)


# --- reading it, whatever somebody did to it -----------------------------------------------------------


def _read(paragraph: Json) -> _Paragraph:
    if not isinstance(paragraph, dict):
        raise BadInput(because("evidence-paragraph"))
    sources = [source for source in _list(paragraph, "sources") if isinstance(source, dict)]
    return _Paragraph(
        where=str(paragraph.get("number", paragraph.get("id"))),
        basis=str(paragraph.get("basis")),
        role=str(paragraph.get("role")),
        text=str(paragraph.get("text", "")),
        digest=str(paragraph.get("sha256")),
        figures=tuple(_figure(figure) for figure in _list(paragraph, "figures") if isinstance(figure, dict)),
        named=frozenset(str(number) for number in _list(paragraph, "named")),
        table=_table(paragraph.get("table")),
        sources=tuple(source for source in sources if not source.get("given")),
        given=tuple(str(source.get("id")) for source in sources if source.get("given")),
    )


def _list(table: Mapping[str, Json], name: str) -> list[Json]:
    found = table.get(name)
    return found if isinstance(found, list) else []


def _figure(figure: Mapping[str, Json]) -> Figure:
    value, rule, of = figure.get("value"), figure.get("rule"), _list(figure, "of")
    return Figure(
        name=str(figure.get("name")),
        value=value if isinstance(value, int) and not isinstance(value, bool) else None,
        rule=FigureRule(rule) if rule in set(FigureRule) else FigureRule.FACT,
        of=(str(of[0]), str(of[1])) if len(of) == 2 else None,
        people=figure.get("people") is True,
    )


def _table(table: Json) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], tuple[int, ...]] | None:
    if not isinstance(table, dict):
        return None
    header = tuple(str(cell) for cell in _list(table, "header"))
    rows = tuple(tuple(str(cell) for cell in row) for row in _list(table, "rows") if isinstance(row, list))
    numeric = tuple(
        place for place in _list(table, "numeric") if isinstance(place, int) and place < len(header)
    )
    return header, tuple(row for row in rows if len(row) == len(header)), numeric


def _facts(evidence: Mapping[str, Json], paragraphs: Iterable[_Paragraph]) -> dict[str, int | None]:
    """Every fact that travels along, then every other as it is stated first."""
    facts: dict[str, int | None] = {}
    behind = evidence.get("facts")
    for name, value in behind.items() if isinstance(behind, dict) else ():
        facts[name] = value if isinstance(value, int) and not isinstance(value, bool) else None
    for paragraph in paragraphs:
        for figure in paragraph.figures:
            if figure.rule is FigureRule.FACT:
                facts.setdefault(figure.name, figure.value)
    return facts


# --- holding it against the notes ----------------------------------------------------------------------


def _known(paragraph: _Paragraph, ground: Ground) -> tuple[str, ...]:
    ids = (str(source.get("id")) for source in paragraph.sources)
    return tuple(source for source in dict.fromkeys(ids) if source in ground.contributions)


def _sources_hold(paragraph: _Paragraph, ground: Ground) -> Iterator[Finding]:
    for entry in paragraph.sources:
        source = str(entry.get("id"))
        contribution = ground.contributions.get(source)
        if contribution is None:
            yield Finding(paragraph.where, "unknown-source", because("source-gone", id=source))
            continue
        if entry.get("sha256") != digest(contribution.text) or entry.get("text") != contribution.text:
            yield Finding(paragraph.where, "changed-source", because("source-changed", id=source))
        there = (contribution.room, contribution.theme, contribution.level)
        if (entry.get("room"), entry.get("theme"), entry.get("level")) != there:
            yield Finding(paragraph.where, "changed-source", because("source-moved", id=source))


def _text_holds(paragraph: _Paragraph, ground: Ground) -> Iterator[Finding]:
    text, cited = paragraph.text, _known(paragraph, ground)
    if paragraph.digest != digest(text):
        yield Finding(paragraph.where, "changed-text", because("text-changed"), text)
    if paragraph.basis == Basis.LITERAL:
        if not any(text and text in ground.contributions[source].text for source in cited):
            yield Finding(paragraph.where, "not-literal", because("text-not-literal", text=text))
    elif paragraph.basis == Basis.WORDED:
        yield from _wording_holds(paragraph, cited, ground)
    elif paragraph.basis == Basis.COUNTED:
        own = {str(figure.value) for figure in paragraph.figures} | paragraph.named
        for number in numbers_in(text):
            if number not in own:
                why = because("number-unnamed", number=number)
                yield Finding(paragraph.where, "wrong-count", why, text)


def _wording_holds(paragraph: _Paragraph, cited: tuple[str, ...], ground: Ground) -> Iterator[Finding]:
    facts = {figure.name: figure.value for figure in paragraph.figures if figure.rule is FigureRule.FACT}
    stood = Ground(ground.contributions, facts, {}, ground.names, ground.dates, ground.k)
    try:
        if paragraph.role == Role.INSIGHT:
            check_insight(paragraph.text, sources=cited, ground=stood)
        elif paragraph.role == Role.MESSAGE:
            check_message(paragraph.text, sources=cited, ground=stood)
        else:
            check_wording(paragraph.text, sources=cited, ground=stood)
    except Unfounded as error:
        yield Finding(paragraph.where, "unfounded", error.phrase, error.sentence)


def _figures_hold(
    paragraph: _Paragraph, ground: Ground, facts: Mapping[str, int | None], *, k: int
) -> Iterator[Finding]:
    behind = tuple(ground.contributions[source] for source in _known(paragraph, ground))
    for figure in paragraph.figures:
        if figure.rule is FigureRule.FACT:
            other = facts[figure.name]
            if other != figure.value:
                why = because("fact-differs", name=figure.name, value=figure.value, other=other)
                yield Finding(paragraph.where, "wrong-count", why)
        else:
            counted = _counted(figure, behind, ground, facts)
            if counted != figure.value:
                why = because("count-wrong", name=figure.name, value=figure.value, counted=counted)
                yield Finding(paragraph.where, "wrong-count", why)
        if figure.people and figure.value is not None and figure.value < k:
            yield Finding(paragraph.where, "under-k", because("under-k", name=figure.name, k=k))
    if paragraph.table is not None:
        own = {str(figure.value) for figure in paragraph.figures}
        _, rows, numeric = paragraph.table
        for row in rows:
            for number in (number for place in numeric for number in numbers_in(row[place])):
                if number not in own:
                    yield Finding(paragraph.where, "wrong-count", because("cell-uncounted"), " · ".join(row))


def _counted(
    figure: Figure, behind: tuple[Contribution, ...], ground: Ground, facts: Mapping[str, int | None]
) -> int | None:
    match figure.rule:
        case FigureRule.SOURCES:
            return len(behind)
        case FigureRule.ROOMS:
            return ground.rooms(behind)
        case FigureRule.THEMES:
            return len({contribution.theme for contribution in behind})
        case _:
            part, whole = (facts.get(name) for name in figure.of or ("", ""))
            return None if part is None or not whole else percent_of(part, whole)


def _sides_hold(paragraph: _Paragraph, facts: Mapping[str, int | None]) -> Iterator[Finding]:
    if paragraph.basis not in {Basis.WORDED, Basis.COUNTED}:
        return
    try:
        check_labels(paragraph.text, paragraph.figures)
        sources = (*(str(source.get("id")) for source in paragraph.sources), *paragraph.given)
        votes = votes_on(sources, facts)
        if votes is not None:
            check_claims(paragraph.text, votes)
        if paragraph.table is not None:
            header, rows, _ = paragraph.table
            check_columns(paragraph.text, header, rows, paragraph.figures)
    except Unfounded as error:
        yield Finding(paragraph.where, "wrong-direction", error.phrase, error.sentence)
