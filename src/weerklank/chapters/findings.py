"""Insights with their evidence, messages with their addressee and answer, and the voices that stand apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from weerklank.chapters.answering import answer_to, word_section
from weerklank.chapters.composing import Composer
from weerklank.chapters.facts import (
    AnswerFacts,
    InsightFacts,
    MessageFacts,
    Promise,
    Stances,
    Statement,
    Voice,
    WordFacts,
)
from weerklank.evidence.records import Contribution, Quote, Span
from weerklank.report.citable import Figure, FigureRule, Role, Run
from weerklank.report.document import Block, Paragraph, Section

__all__ = [
    "dissent_chapter",
    "insights_chapter",
    "messages_chapter",
    "name_of",
    "objected",
    "sources_of",
]


def name_of(fact: Statement) -> str:
    """The id of the block that says it."""
    return f"{'insight' if isinstance(fact, InsightFacts) else 'message'}:{fact.id}"


def sources_of(fact: Statement) -> tuple[str, ...]:
    """Named sources and quoted ones, each once."""
    return tuple(dict.fromkeys((*fact.sources, *(quote.contribution for quote in fact.quotes))))


def insights_chapter(insights: tuple[InsightFacts, ...], compose: Composer) -> Section:
    """A section per insight: the sentence, why, how much it rests on, and literal quotes (W13)."""
    title = compose.say("insights.title")
    if not insights:
        return Section(
            id="insights", title=title, blocks=(compose.counted("insights/none", "insights.none"),)
        )
    sections = tuple(_insight(number, insight, compose) for number, insight in enumerate(insights, start=1))
    return Section(id="insights", title=title, sections=sections)


def _insight(number: int, insight: InsightFacts, compose: Composer) -> Section:
    name, sources = f"insight:{insight.id}", sources_of(insight)
    blocks: list[Block] = [compose.worded(name, insight.sentence, sources=sources, role=Role.INSIGHT)]
    if insight.explanation:
        blocks.append(compose.worded(f"{name}/why", insight.explanation, sources=sources))
    blocks += [compose.quotation(f"{name}/quote:{n}", quote) for n, quote in enumerate(insight.quotes)]
    if insight.stances is not None:
        blocks.append(_stances(name, insight.id, insight.stances, compose))
    blocks.append(_rests("insights", name, sources, compose))
    blocks += _dissent(name, insight, compose)
    title = compose.sentences.say("insights.one", {"number": str(number)})
    more = _objections(insight, compose)
    return Section(id=f"{name}/section", title=title, blocks=tuple(blocks), sections=more)


def _dissent(name: str, fact: Statement, compose: Composer) -> list[Block]:
    """Who saw it differently, where the reader cannot miss it: beside the sentence itself."""
    if not fact.dissent:
        return []
    said = compose.worded(f"{name}/dissent", fact.dissent, sources=fact.against)
    return [replace(said, label=compose.say("dissent.label"), show_sources=True)]


def _stances(name: str, about: str, stances: Stances, compose: Composer) -> Paragraph:
    figures = tuple(compose.fact(f"stance:{about}:{label}", people=True) for label, _ in stances.cells)
    told = [
        f"{label} {compose.shown(figure)}" for (label, _), figure in zip(stances.cells, figures, strict=True)
    ]
    text = compose.sentences.say("messages.stances", {"told": ", ".join(told)})
    return Paragraph(id=f"{name}/stances", text=(Run(text),), figures=compose.with_k(figures))


def _rests(kind: str, name: str, sources: tuple[str, ...], compose: Composer) -> Paragraph:
    cited = [compose.contributions[source] for source in sources if source in compose.contributions]
    number = Figure("sources", len(cited), FigureRule.SOURCES)
    if kind == "messages":
        line = compose.counted(f"{name}/rests", "messages.rests", sources=number)
    elif all(contribution.room is not None for contribution in cited):
        rooms = Figure("rooms", len({contribution.room for contribution in cited}), FigureRule.ROOMS)
        line = compose.counted(f"{name}/rests", "insights.rests", sources=number, rooms=rooms)
    else:
        themes = Figure("themes", len({contribution.theme for contribution in cited}), FigureRule.THEMES)
        line = compose.counted(f"{name}/rests", "insights.rests_themes", sources=number, themes=themes)
    return Paragraph(
        id=line.id, text=line.text, figures=line.figures, sources=sources, show_sources=True, muted=True
    )


def messages_chapter(
    messages: tuple[MessageFacts, ...],
    *,
    answers: Mapping[str, AnswerFacts],
    promise: Promise | None,
    answers_expected: bool,
    insights: tuple[InsightFacts, ...],
    report_date: dt.date,
    compose: Composer,
    word: WordFacts | None = None,
) -> Section:
    """A section per message (W19): to whom, on what it rests, who stands behind it, objections, and the answer.

    A word to everybody who took part stands before them."""
    title = compose.say("messages.title")
    sections = [] if word is None else [word_section(word, compose)]
    if not messages:
        none = compose.counted("messages/none", "messages.none")
        return Section(id="messages", title=title, blocks=(none,), sections=tuple(sections))
    known = {insight.id for insight in insights}
    for number, message in enumerate(messages, start=1):
        blocks = _message(message, known, compose)
        if answers_expected:
            blocks += answer_to(
                message.id, answers.get(message.id), promise=promise, today=report_date, compose=compose
            )
        heading = compose.sentences.say("messages.one", {"number": str(number)})
        sections.append(
            Section(
                id=f"message:{message.id}/section",
                title=heading,
                blocks=tuple(blocks),
                sections=_objections(message, compose),
            )
        )
    return Section(id="messages", title=title, sections=tuple(sections))


def _message(message: MessageFacts, known: set[str], compose: Composer) -> list[Block]:
    name, sources = f"message:{message.id}", sources_of(message)
    blocks: list[Block] = [
        compose.worded(name, message.text, sources=sources, role=Role.MESSAGE),
        compose.given(f"{name}/addressee", message.addressee, label=compose.say("messages.addressee")),
    ]
    if message.level is not None:
        level = Run(compose.level_name(message.level))
        blocks.append(Paragraph(id=f"{name}/level", text=(level,), label=compose.say("messages.level")))
    behind = tuple(f"insight:{insight}" for insight in message.insights if insight in known)
    if behind:
        blocks.append(
            Paragraph(id=f"{name}/insights", text=(Run(compose.say("messages.follows")),), see=behind)
        )
    blocks += [compose.quotation(f"{name}/quote:{n}", quote) for n, quote in enumerate(message.quotes)]
    if message.stances is not None:
        blocks.append(_stances(name, message.id, message.stances, compose))
    blocks.append(_rests("messages", name, sources, compose))
    return blocks + _dissent(name, message, compose)


def _objections(fact: Statement, compose: Composer) -> tuple[Section, ...]:
    if not fact.objections:
        return ()
    points = compose.given_points(f"{name_of(fact)}/objection", fact.objections)
    title = compose.say("messages.objections")
    return (Section(id=f"{name_of(fact)}/objections", title=title, blocks=(points,)),)


def objected(statements: Iterable[Statement]) -> tuple[str, ...]:
    """Block ids of all objections, in reading order."""
    return tuple(
        f"{name_of(fact)}/objection:{place}" for fact in statements for place in range(len(fact.objections))
    )


def dissent_chapter(voices: tuple[Voice, ...], statements: Iterable[Statement], compose: Composer) -> Section:
    """The voices that stand apart, literally: an obligatory chapter, also when it has to say there are none."""
    blocks: list[Block] = []
    if voices:
        blocks.append(compose.counted("dissent/intro", "dissent.intro"))
    for place, voice in enumerate(voices):
        contribution = compose.contributions.get(voice.contribution)
        quote = Quote(voice.contribution, Span(0, 0), "") if contribution is None else _whole(contribution)
        blocks.append(compose.quotation(f"dissent/voice:{place}", quote, reason=voice.reason))
    objections = objected(statements)
    if objections:
        text = (Run(compose.say("dissent.objections")),)
        blocks.append(Paragraph(id="dissent/objections", text=text, see=objections))
    if not blocks:
        blocks.append(compose.counted("dissent/none", "dissent.none", muted=True))
    return Section(id="dissent", title=compose.say("dissent.title"), blocks=tuple(blocks))


def _whole(contribution: Contribution) -> Quote:
    return Quote(contribution.id, Span(0, len(contribution.text)), contribution.text)
