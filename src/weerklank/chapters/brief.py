"""The first page, for whoever has three minutes: for whom, why, who came, insights, messages, dissent (W14)."""

from __future__ import annotations

from weerklank.chapters.attendance import attendance_lines
from weerklank.chapters.composing import Composer
from weerklank.chapters.facts import GatheringFacts, InsightFacts, MessageFacts, ReportFacts, Statement, Voice
from weerklank.chapters.findings import objected, sources_of
from weerklank.chapters.voting import pollings_of
from weerklank.report.citable import Role, Run
from weerklank.report.document import Block, Paragraph, Point, Points, Section

__all__ = ["brief_of_gathering", "brief_of_notes"]

# What fits one page in the PDF with room to breathe; the rest is pointed to, not dropped.
MAX_INSIGHTS = 5
MAX_MESSAGES = 7


def brief_of_gathering(facts: ReportFacts, compose: Composer) -> Section:
    """The page for the recipient of a gathering."""
    blocks: list[Block] = _purpose(facts.gathering, compose)
    if facts.attendance is not None:
        blocks += attendance_lines("brief", facts.attendance, compose)
    else:
        blocks.append(compose.counted("brief/attendance", "attendance.unknown", muted=True))
    sections = [poll.brief() for poll in pollings_of(facts.votes, compose.contributions)]
    if facts.has_findings:
        sections += [_insights(facts.insights, compose), _messages(facts.messages, compose)]
    if facts.has_voices:
        sections.append(_others(facts.voices, (*facts.insights, *facts.messages), compose))
    return Section(
        id="brief", title=compose.say("brief.title"), blocks=tuple(blocks), sections=tuple(sections)
    )


def brief_of_notes(
    *,
    insights: tuple[InsightFacts, ...],
    messages: tuple[MessageFacts, ...],
    voices: tuple[Voice, ...],
    compose: Composer,
) -> Section:
    """The first page of a report from notes: it says what notes cannot tell."""
    opening = compose.counted(
        "brief/notes",
        "brief.notes",
        contributions=compose.fact("contributions"),
        themes=compose.fact("themes"),
    )
    sections = [_insights(insights, compose)]
    if messages:
        sections.append(_messages(messages, compose))
    sections.append(_others(voices, (*insights, *messages), compose))
    return Section(id="brief", title=compose.say("brief.title"), blocks=(opening,), sections=tuple(sections))


def _purpose(gathering: GatheringFacts, compose: Composer) -> list[Block]:
    blocks: list[Block] = [
        compose.given("given:recipient", gathering.recipient, label=compose.say("brief.recipient"))
    ]
    for place, purpose in enumerate(gathering.purposes):
        label = compose.say("brief.purpose") if place == 0 else None
        blocks.append(compose.given(f"given:purpose:{place}", purpose, label=label))
    label = compose.say("brief.promise")
    if gathering.promise is None:
        text = (Run(compose.say("brief.no_promise")),)
        blocks.append(Paragraph(id="given:promise", text=text, label=label))
        return blocks
    blocks.append(compose.given("given:promise", gathering.promise.form, label=label))
    if gathering.promise.by is not None:
        blocks.append(compose.counted("brief/promise-by", "brief.promise_by", day=gathering.promise.by))
    return blocks


def _insights(insights: tuple[InsightFacts, ...], compose: Composer) -> Section:
    points = tuple(
        compose.worded_point(
            f"brief/insight:{insight.id}",
            insight.sentence,
            sources=sources_of(insight),
            role=Role.INSIGHT,
            see=(f"insight:{insight.id}",),
        )
        for insight in insights
    )
    rest = tuple(f"insight:{insight.id}" for insight in insights[MAX_INSIGHTS:])
    return _shortlist("insights", points[:MAX_INSIGHTS], rest, compose)


def _messages(messages: tuple[MessageFacts, ...], compose: Composer) -> Section:
    points = tuple(
        compose.worded_point(
            f"brief/message:{message.id}",
            message.text,
            sources=sources_of(message),
            role=Role.MESSAGE,
            see=(f"message:{message.id}",),
        )
        for message in messages
    )
    rest = tuple(f"message:{message.id}" for message in messages[MAX_MESSAGES:])
    return _shortlist("messages", points[:MAX_MESSAGES], rest, compose)


def _shortlist(kind: str, points: tuple[Point, ...], rest: tuple[str, ...], compose: Composer) -> Section:
    blocks: list[Block] = [Points(points)] if points else []
    if not points:
        blocks.append(compose.counted(f"brief/{kind}/none", f"brief.no_{kind}", muted=True))
    if rest:
        text = (Run(compose.say(f"brief.more_{kind}")),)
        blocks.append(Paragraph(id=f"brief/{kind}/more", text=text, see=rest))
    return Section(id=f"brief/{kind}", title=compose.say(f"brief.{kind}"), blocks=tuple(blocks))


def _others(voices: tuple[Voice, ...], statements: tuple[Statement, ...], compose: Composer) -> Section:
    objections = objected(statements)
    if voices or objections:
        heard = compose.fact("voices")
        counted = (
            compose.counted(
                "brief/dissent", "brief.dissent", voices=heard, objections=compose.fact("objections")
            )
            if objections
            else compose.counted("brief/dissent", "brief.dissent_voices", voices=heard)
        )
        see = (*(f"dissent/voice:{place}" for place in range(len(voices))), *objections)
        line = Paragraph(id=counted.id, text=counted.text, figures=counted.figures, see=see)
    else:
        line = compose.counted("brief/dissent", "brief.no_dissent", muted=True)
    return Section(id="brief/others", title=compose.say("brief.others"), blocks=(line,))
