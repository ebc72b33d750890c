"""How people look at it: votes as a report, in the order a reader asks: what is it, what unites, what divides, how sure."""

from __future__ import annotations

import json
from dataclasses import asdict

from weerklank.chapters.composing import Composer
from weerklank.chapters.opinion_facts import OpinionFacts
from weerklank.chapters.opinion_grounding import given_of, known_of
from weerklank.chapters.opinion_sections import (
    divides_section,
    map_section,
    method_blocks,
    parts_section,
    size_of_vote,
    statement_points,
    too_few,
    unites_section,
    verdict_of_vote,
)
from weerklank.chapters.opinion_tables import shifts_section, statements_section
from weerklank.evidence.gate import admit
from weerklank.evidence.ground import Ground, ground_of
from weerklank.evidence.ledger import Json, evidence_of
from weerklank.evidence.records import Contribution
from weerklank.report.citable import plain
from weerklank.report.document import Block, Document, Points, Section
from weerklank.report.slides import Slide, SlideKind, SlidePoint, Slides

__all__ = ["SHORT", "found_sections", "opinion_data", "opinion_evidence", "opinion_report"]

#: What fits a slide, or the first page.
SHORT = 3


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
        sections=_chapters(facts, compose),
    )
    cover = Slide(title=facts.title, subtitle=compose.say("opinions.subtitle"), kind=SlideKind.COVER)
    slides = Slides((cover, *(() if facts.people is None else _slides(facts, compose))))
    admit(document, slides, ground=ground)
    return document, slides


def _chapters(facts: OpinionFacts, compose: Composer) -> tuple[Section, ...]:
    if facts.people is None:
        few = Section(id="brief", title=compose.say("opinions.title"), blocks=(too_few(compose),))
        return (few, _method(facts, compose))
    return (_brief(facts, compose), *found_sections(facts, compose), _method(facts, compose))


def found_sections(facts: OpinionFacts, compose: Composer) -> tuple[Section, ...]:
    """What unites, what divides, the parts where there are any, what moved, all statements."""
    found = [unites_section(facts, compose), divides_section(facts, compose)]
    if facts.parts:
        found.append(parts_section(facts, compose))
    if facts.shifts:
        found.append(shifts_section(facts, compose))
    return (*found, statements_section(facts, compose))


def opinion_evidence(document: Document, facts: OpinionFacts) -> dict[str, Json]:
    """``evidence.json`` of the report: per paragraph its figures with the rule to recompute them, and the statements literally."""
    return evidence_of(document, _said(facts), facts=_ground(facts).facts, k=facts.k)


def opinion_data(facts: OpinionFacts, *, seed: int) -> bytes:
    """``opinion.json``: everything the report was made from, for a program to read; the same facts give the same bytes."""
    told = {"schema": "weerklank-opinion/1", "seed": seed, **asdict(facts)}
    told["report_date"], told["language"] = facts.report_date.isoformat(), facts.language.value
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _slides(facts: OpinionFacts, compose: Composer) -> tuple[Slide, ...]:
    """The verdict, what unites, what divides: in words, and as figures."""
    verdict = verdict_of_vote(facts, compose)
    slides = [
        Slide(
            title=compose.say("opinions.title"),
            points=(SlidePoint(text=plain(verdict.text), rests_on=verdict.id),),
            kind=SlideKind.QUOTE,
        )
    ]
    for kind, statements in facts.found:
        points = tuple(
            SlidePoint(text=facts.texts[statement], rests_on=f"brief/{kind}/{statement}")
            for statement in statements[:SHORT]
        )
        slides.append(Slide(title=compose.say(f"opinions.{kind}"), points=points))
        caption = compose.say(f"opinions.{kind}_caption")
        slides.append(Slide(title=caption, kind=SlideKind.CHART, chart=f"{kind}/chart"))
    return tuple(slides)


def _said(facts: OpinionFacts) -> list[Contribution]:
    """The statements, as what was literally said."""
    return [Contribution(id=one.id, text=one.text, theme=facts.title) for one in facts.statements]


def _ground(facts: OpinionFacts) -> Ground:
    said = _said(facts)
    return ground_of(
        said,
        facts=known_of(facts),
        given=given_of(facts, said={one.id for one in said}),
        names=(facts.title,),
        dates=(facts.report_date,),
        k=facts.k,
    )


def _brief(facts: OpinionFacts, compose: Composer) -> Section:
    blocks: list[Block] = [verdict_of_vote(facts, compose), size_of_vote(facts, compose)]
    sections = []
    for kind, statements in facts.found:
        points = Points(statement_points(statements[:SHORT], f"brief/{kind}", facts, compose))
        title = compose.say(f"opinions.{kind}")
        sections.append(Section(id=f"brief/{kind}", title=title, blocks=(points,)))
    if facts.grid is not None:
        sections.append(map_section(facts, compose))
    if facts.shown_evidence:
        lines_ = compose.given_points("given:evidence", facts.shown_evidence)
        sections.append(Section(id="brief/sure", title=compose.say("opinions.sure"), blocks=(lines_,)))
    return Section(
        id="brief", title=compose.say("opinions.title"), blocks=tuple(blocks), sections=tuple(sections)
    )


def _method(facts: OpinionFacts, compose: Composer) -> Section:
    blocks = method_blocks(facts, compose)
    if facts.source is not None:
        blocks.append(compose.given("given:source", facts.source, label=compose.say("opinions.source")))
    blocks.append(compose.counted("method/reported", "method.reported", day=facts.report_date))
    return Section(id="method", title=compose.say("method.title"), blocks=tuple(blocks))
