"""Insights with their evidence, messages with their addressee and answer, and the voices that stand apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from weerklank.chapters.composing import Composer
from weerklank.chapters.facts import AnswerFacts, InsightFacts, MessageFacts, Promise, Voice
from weerklank.evidence.records import Contribution, Quote, Span
from weerklank.report.document import Block, Figure, FigureRule, Paragraph, Role, Run, Section

__all__ = [
    "days_late",
    "dissent_chapter",
    "insights_chapter",
    "messages_chapter",
    "objected",
    "sources_of",
]


def sources_of(fact: InsightFacts | MessageFacts) -> tuple[str, ...]:
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
    blocks.append(_rests("insights", name, sources, compose))
    title = compose.sentences.say("insights.one", {"number": str(number)})
    return Section(id=f"{name}/section", title=title, blocks=tuple(blocks))


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
) -> Section:
    """A section per message (W19): to whom, on what it rests, who stands behind it, objections, and the answer."""
    title = compose.say("messages.title")
    if not messages:
        return Section(
            id="messages", title=title, blocks=(compose.counted("messages/none", "messages.none"),)
        )
    known = {insight.id for insight in insights}
    sections = []
    for number, message in enumerate(messages, start=1):
        blocks = _message(message, known, compose)
        if answers_expected:
            blocks += _answer(
                message, answers.get(message.id), promise=promise, today=report_date, compose=compose
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
        agree, disagree, passed = (
            compose.fact(f"stance:{message.id}:{stance}", people=True)
            for stance in ("agree", "disagree", "passed")
        )
        blocks.append(
            compose.counted(
                f"{name}/stances", "messages.stances", agree=agree, disagree=disagree, passed=passed
            )
        )
    blocks.append(_rests("messages", name, sources, compose))
    return blocks


def _objections(message: MessageFacts, compose: Composer) -> tuple[Section, ...]:
    if not message.objections:
        return ()
    source = f"message:{message.id}/objection"
    return (
        Section(
            id=f"message:{message.id}/objections",
            title=compose.say("messages.objections"),
            blocks=(compose.given_points(source, message.objections),),
        ),
    )


def days_late(promise: Promise | None, today: dt.date) -> int:
    """Days since the promised date; 0 when it has not passed or was never set."""
    return max(0, (today - promise.by).days) if promise is not None and promise.by is not None else 0


def _answer(
    message: MessageFacts,
    answer: AnswerFacts | None,
    *,
    promise: Promise | None,
    today: dt.date,
    compose: Composer,
) -> list[Block]:
    name, label = f"message:{message.id}/answer", compose.say("messages.answer")
    if answer is None:
        line = _silence(name, promise, today, compose)
        return [Paragraph(id=line.id, text=line.text, figures=line.figures, label=label)]
    blocks: list[Block] = [
        Paragraph(id=name, text=(Run(compose.say(f"answers.{answer.kind.value}")),), label=label),
        compose.given(f"{name}/reason", answer.reason, label=compose.say("messages.reason")),
    ]
    if answer.owner:
        blocks.append(compose.given(f"{name}/owner", answer.owner, label=compose.say("messages.owner")))
    if answer.due is not None:
        blocks.append(compose.counted(f"{name}/due", "messages.due", day=answer.due))
    if answer.answered_on is not None:
        blocks.append(compose.counted(f"{name}/on", "messages.answered_on", day=answer.answered_on))
    return blocks


def _silence(name: str, promise: Promise | None, today: dt.date, compose: Composer) -> Paragraph:
    if promise is None:
        return compose.counted(name, "messages.unpromised")
    if days_late(promise, today):
        return compose.counted(name, "messages.late", days=compose.fact("days_late"))
    if promise.by is not None:
        return compose.counted(name, "messages.awaited", day=promise.by)
    return compose.counted(name, "messages.open")


def objected(messages: tuple[MessageFacts, ...]) -> tuple[str, ...]:
    """Block ids of all objections, in reading order."""
    return tuple(
        f"message:{message.id}/objection:{place}"
        for message in messages
        for place in range(len(message.objections))
    )


def dissent_chapter(
    voices: tuple[Voice, ...], messages: tuple[MessageFacts, ...], compose: Composer
) -> Section:
    """The voices that stand apart, literally: an obligatory chapter, also when it has to say there are none."""
    blocks: list[Block] = []
    if voices:
        blocks.append(compose.counted("dissent/intro", "dissent.intro"))
    for place, voice in enumerate(voices):
        contribution = compose.contributions.get(voice.contribution)
        quote = Quote(voice.contribution, Span(0, 0), "") if contribution is None else _whole(contribution)
        blocks.append(compose.quotation(f"dissent/voice:{place}", quote, reason=voice.reason))
    objections = objected(messages)
    if objections:
        text = (Run(compose.say("dissent.objections")),)
        blocks.append(Paragraph(id="dissent/objections", text=text, see=objections))
    if not blocks:
        blocks.append(compose.counted("dissent/none", "dissent.none", muted=True))
    return Section(id="dissent", title=compose.say("dissent.title"), blocks=tuple(blocks))


def _whole(contribution: Contribution) -> Quote:
    return Quote(contribution.id, Span(0, len(contribution.text)), contribution.text)
