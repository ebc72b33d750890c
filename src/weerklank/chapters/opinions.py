"""How people look at it: votes as a report, in the order a reader asks: what is it, what unites, what divides, how sure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from weerklank.chapters.composing import Composer
from weerklank.chapters.opinion_facts import OpinionFacts, PartFacts, StatementVotes, TypicalFacts
from weerklank.evidence.gate import admit
from weerklank.evidence.ground import Ground, ground_of
from weerklank.evidence.ledger import Json, evidence_of
from weerklank.evidence.records import Contribution
from weerklank.report.chart import Chart, ChartKind, ChartRow
from weerklank.report.citable import Basis, Figure, Run
from weerklank.report.document import Block, Document, Point, Points, Section
from weerklank.report.slides import Slide, SlideKind, SlidePoint, Slides

__all__ = ["opinion_chapters", "opinion_data", "opinion_evidence", "opinion_report"]

#: What fits a page; the table of all statements holds the rest.
SHORT, LONG = 3, 10
_GIVEN = "given:source"


def opinion_report(facts: OpinionFacts) -> tuple[Document, Slides]:
    """Report and slides of an analysis of votes, every sentence through the gate.

    ``facts`` are written as they are: pass them through :func:`~weerklank.chapters.opinion_facts.disclosed` first, or through
    ``exactly`` when the votes are public. Raises :class:`~weerklank.errors.Unfounded` naming the sentence that does not hold.
    """
    ground = _ground(facts)
    compose = Composer(facts.language, ground.contributions, ground.facts, ground.k)
    document = Document(
        title=facts.title,
        subtitle=compose.say("opinions.subtitle"),
        language=facts.language,
        date=facts.report_date,
        organisers=(),
        cover_lines=((compose.say("cover.date"), compose.day(facts.report_date)),),
        sections=opinion_chapters(facts, compose),
    )
    slides = _slides(facts, compose)
    admit(document, slides, ground=ground)
    return document, slides


def opinion_chapters(facts: OpinionFacts, compose: Composer) -> tuple[Section, ...]:
    """In brief, what unites, what divides, the parts where there are any, all statements, method."""
    chapters = [_brief(facts, compose), _unites(facts, compose), _divides(facts, compose)]
    if facts.parts:
        chapters.append(_parts(facts, compose))
    return (*chapters, _statements(facts, compose), _method(facts, compose))


def opinion_evidence(document: Document, facts: OpinionFacts) -> dict[str, Json]:
    """``evidence.json`` of the report: per paragraph its figures with the rule to recompute them, and the statements literally."""
    return evidence_of(document, _said(facts), facts=_ground(facts).facts, k=facts.k)


def opinion_data(facts: OpinionFacts, *, seed: int) -> bytes:
    """``opinion.json``: everything the report was made from, for a program to read; the same facts give the same bytes."""
    told = {"schema": "weerklank-opinion/1", "seed": seed, **asdict(facts)}
    told["report_date"], told["language"] = facts.report_date.isoformat(), facts.language.value
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _said(facts: OpinionFacts) -> list[Contribution]:
    """The statements, as what was literally said."""
    return [Contribution(id=one.id, text=one.text, theme=facts.title) for one in facts.statements]


def _ground(facts: OpinionFacts) -> Ground:
    """Facts by name, from the records by themselves; the chapters must state the same."""
    known: dict[str, int | None] = {
        "people": facts.people,
        "votes": facts.votes,
        "statements": len(facts.statements),
        "dropped": facts.dropped,
        "level": facts.level,
        "k": facts.k,
        "parts": len(facts.parts),
    }
    if facts.agree_style is not None:
        known["agree_style"] = facts.agree_style
    for statement in facts.statements:
        known |= {f"share:{name}:{statement.id}": told for name, told in statement.shares.each()}
    for line in facts.unites:
        known |= {f"unites:{line.statement}:{at}": getattr(line, at) for at in ("agree", "low", "high")}
    for divide in facts.divides:
        ends = ("lowest", "highest", "low", "high")
        known |= {f"divides:{divide.statement}:{at}": getattr(divide, at) for at in ends}
        known[f"divides:{divide.statement}:gap"] = divide.highest - divide.lowest
    for place, part in enumerate(facts.parts):
        known |= {f"part:{place}:{at}": getattr(part, at) for at in ("share", "low", "high")}
        for typical in part.typical:
            name = f"part:{place}:{typical.statement}"
            known |= {f"{name}:inside": typical.inside, f"{name}:outside": typical.outside}
    if facts.grid is not None:
        for row, cells in enumerate(facts.grid.rows):
            known |= {f"grid:{row}:{column}": cell for column, cell in enumerate(cells)}
    given = {"given:verdict": facts.verdict, "given:united-over": facts.united_over}
    given |= {f"given:evidence:{place}": text for place, text in enumerate(facts.evidence)}
    if facts.source is not None:
        given[_GIVEN] = facts.source
    return ground_of(
        _said(facts), facts=known, given=given, names=(facts.title,), dates=(facts.report_date,), k=facts.k
    )


def _brief(facts: OpinionFacts, compose: Composer) -> Section:
    blocks: list[Block] = [
        compose.given("given:verdict", facts.verdict),
        compose.counted(
            "brief/size",
            "opinions.size",
            people=compose.fact("people", people=True),
            statements=compose.fact("statements"),
            votes=compose.fact("votes"),
        ),
    ]
    sections = []
    if facts.unites:
        lines = tuple(_literal(line.statement, "brief/unites", compose) for line in facts.unites[:SHORT])
        sections.append(
            Section(id="brief/unites", title=compose.say("opinions.unites"), blocks=(Points(lines),))
        )
    if facts.divides:
        lines = tuple(_literal(line.statement, "brief/divides", compose) for line in facts.divides[:SHORT])
        sections.append(
            Section(id="brief/divides", title=compose.say("opinions.divides"), blocks=(Points(lines),))
        )
    if facts.grid is not None:
        sections.append(_map(facts, compose))
    if facts.evidence:
        sections.append(
            Section(
                id="brief/sure",
                title=compose.say("opinions.sure"),
                blocks=(compose.given_points("given:evidence", facts.evidence),),
            )
        )
    return Section(
        id="brief", title=compose.say("opinions.title"), blocks=tuple(blocks), sections=tuple(sections)
    )


def _literal(statement: str, where: str, compose: Composer, *, figures: tuple[Figure, ...] = ()) -> Point:
    return Point(
        id=f"{where}/{statement}",
        basis=Basis.LITERAL,
        sources=(statement,),
        text=(Run(compose.contributions[statement].text),),
        figures=figures,
    )


def _map(facts: OpinionFacts, compose: Composer) -> Section:
    """The map as fields with at least k people each; nobody stands on it as a point."""
    grid = facts.grid
    assert grid is not None
    columns = compose.sentences.lists["opinions.columns"]
    heights = compose.sentences.lists["opinions.rows"]
    figures = tuple(
        Figure(f"grid:{row}:{column}", cell, people=True)
        for row, cells in enumerate(grid.rows)
        for column, cell in enumerate(cells)
    )
    blocks: list[Block] = [
        Chart(
            id="map/grid",
            kind=ChartKind.GRID,
            caption=compose.say("opinions.map_caption"),
            alt=compose.say("opinions.map_alt"),
            header=(compose.say("opinions.map_head"), *columns),
            rows=tuple(ChartRow(name, cells) for name, cells in zip(heights, grid.rows, strict=True)),
            withheld="·",
            note=compose.say("opinions.map_note"),
            figures=figures,
        )
    ]
    for end, statement in (("left", grid.left), ("right", grid.right)):
        if statement is not None:
            slots = {"statement": compose.contributions[statement].text}
            text = compose.sentences.say(f"opinions.{end}", slots)
            blocks.append(compose.worded(f"map/{end}", text, sources=(statement,)))
    return Section(id="map", title=compose.say("opinions.map"), blocks=tuple(blocks))


def _unites(facts: OpinionFacts, compose: Composer) -> Section:
    if not facts.unites:
        none = compose.counted("unites/none", "opinions.unites_none", muted=True)
        return Section(id="unites", title=compose.say("opinions.unites"), blocks=(none,))
    lines = facts.unites[:LONG]
    head = compose.sentences.lists["opinions.unites_head"]
    chart = Chart(
        id="unites/chart",
        kind=ChartKind.RANGES,
        caption=compose.say("opinions.unites_caption"),
        alt=compose.say("opinions.unites_alt"),
        header=head,
        rows=tuple(
            ChartRow(compose.contributions[line.statement].text, (line.agree, line.low, line.high))
            for line in lines
        ),
        unit="%",
        figures=tuple(
            compose.fact(f"unites:{line.statement}:{at}") for line in lines for at in ("agree", "low", "high")
        ),
    )
    over = compose.given("given:united-over", facts.united_over)
    order = compose.counted("unites/order", "opinions.order", level=compose.fact("level"))
    return Section(id="unites", title=compose.say("opinions.unites"), blocks=(over, order, chart))


def _divides(facts: OpinionFacts, compose: Composer) -> Section:
    if not facts.divides:
        none = compose.counted("divides/none", "opinions.divides_none", muted=True)
        return Section(id="divides", title=compose.say("opinions.divides"), blocks=(none,))
    lines = facts.divides[:LONG]
    over = "parts" if facts.parts and not facts.cut else "map"
    chart = Chart(
        id="divides/chart",
        kind=ChartKind.RANGES,
        caption=compose.say("opinions.divides_caption"),
        alt=compose.say("opinions.divides_alt"),
        header=compose.sentences.lists["opinions.divides_head"],
        rows=tuple(
            ChartRow(
                compose.contributions[line.statement].text, (line.highest - line.lowest, line.low, line.high)
            )
            for line in lines
        ),
        unit="%",
        figures=tuple(
            figure
            for line in lines
            for figure in (
                compose.fact(f"divides:{line.statement}:gap"),
                compose.fact(f"divides:{line.statement}:low"),
                compose.fact(f"divides:{line.statement}:high"),
            )
        ),
    )
    intro = compose.counted("divides/intro", f"opinions.divides_over_{over}")
    return Section(id="divides", title=compose.say("opinions.divides"), blocks=(intro, chart))


def _parts(facts: OpinionFacts, compose: Composer) -> Section:
    word = "cut" if facts.cut else "groups"
    intro = compose.counted("parts/intro", f"opinions.{word}_intro", parts=compose.fact("parts"))
    sections = tuple(_part(place, part, compose) for place, part in enumerate(facts.parts))
    return Section(id="parts", title=compose.say(f"opinions.{word}"), blocks=(intro,), sections=sections)


def _part(place: int, part: PartFacts, compose: Composer) -> Section:
    names = compose.sentences.lists["opinions.letters"]
    title = compose.sentences.say("opinions.part", {"name": names[place]})
    blocks: list[Block] = [
        compose.counted(
            f"part:{place}/size",
            "opinions.part_size",
            share=compose.fact(f"part:{place}:share"),
            low=compose.fact(f"part:{place}:low"),
            high=compose.fact(f"part:{place}:high"),
        )
    ]
    for line in part.typical:
        blocks += _typical(place, line, compose)
    if not part.typical:
        blocks.append(compose.counted(f"part:{place}/none", "opinions.typical_none", muted=True))
    return Section(id=f"part:{place}", title=title, blocks=tuple(blocks))


def _typical(place: int, line: TypicalFacts, compose: Composer) -> list[Block]:
    name = f"part:{place}:{line.statement}"
    return [
        Points((_literal(line.statement, f"part:{place}", compose),)),
        compose.counted(
            f"{name}/{line.answer}",
            f"opinions.typical_{line.answer}",
            inside=compose.fact(f"{name}:inside"),
            outside=compose.fact(f"{name}:outside"),
        ),
    ]


def _statements(facts: OpinionFacts, compose: Composer) -> Section:
    """Every statement with its answers, in tables of twenty; the first also as a picture, since more would say no more."""
    pages = [facts.statements[start : start + 20] for start in range(0, len(facts.statements), 20)]
    blocks: list[Block] = [
        compose.counted("statements/intro", "opinions.statements_intro", k=compose.fact("k"))
    ]
    blocks += [_shares(number, page, compose) for number, page in enumerate(pages)]
    return Section(id="statements", title=compose.say("opinions.statements"), blocks=tuple(blocks))


def _shares(number: int, page: Sequence[StatementVotes], compose: Composer) -> Chart:
    rows, figures = [], []
    for statement in page:
        names = [f"share:{name}:{statement.id}" for name, _ in statement.shares.each()]
        figures += [compose.fact(name) for name in names]
        rows.append(ChartRow(statement.text, tuple(told for _, told in statement.shares.each())))
    return Chart(
        id=f"statements/{number}",
        kind=ChartKind.SHARES,
        caption=compose.say("opinions.statements_caption" if number == 0 else "opinions.statements_more"),
        alt=compose.say("opinions.statements_alt"),
        header=compose.sentences.lists["opinions.statements_head"],
        rows=tuple(rows),
        unit="%",
        withheld="–",
        drawn=number == 0,
        figures=tuple(figures),
    )


def _method(facts: OpinionFacts, compose: Composer) -> Section:
    blocks: list[Block] = [
        compose.counted("method/how", "opinions.method"),
        compose.counted("method/limits", "opinions.limits"),
        compose.counted("method/privacy", "opinions.privacy", k=compose.fact("k")),
    ]
    if facts.agree_style is not None:
        style = compose.fact("agree_style")
        blocks.append(compose.counted("method/style", "opinions.style", style=style))
    if facts.dropped:
        blocks.append(compose.counted("method/dropped", "opinions.dropped", dropped=compose.fact("dropped")))
    if facts.source is not None:
        blocks.append(compose.given(_GIVEN, facts.source, label=compose.say("opinions.source")))
    blocks.append(compose.counted("method/reported", "method.reported", day=facts.report_date))
    return Section(id="method", title=compose.say("method.title"), blocks=tuple(blocks))


def _slides(facts: OpinionFacts, compose: Composer) -> Slides:
    """Cover, the verdict, what unites, what divides."""
    slides = [
        Slide(title=facts.title, subtitle=compose.say("opinions.subtitle"), kind=SlideKind.COVER),
        Slide(
            title=compose.say("opinions.title"),
            points=(SlidePoint(text=facts.verdict, rests_on="given:verdict"),),
            kind=SlideKind.QUOTE,
        ),
    ]
    for kind, lines in (("unites", facts.unites), ("divides", facts.divides)):
        if lines:
            points = tuple(
                SlidePoint(
                    text=compose.contributions[line.statement].text, rests_on=f"brief/{kind}/{line.statement}"
                )
                for line in lines[:SHORT]
            )
            slides.append(Slide(title=compose.say(f"opinions.{kind}"), points=points))
            caption = compose.say(f"opinions.{kind}_caption")
            slides.append(Slide(title=caption, kind=SlideKind.CHART, chart=f"{kind}/chart"))
    return Slides(tuple(slides))
