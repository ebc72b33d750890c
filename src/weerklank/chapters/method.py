"""Method, traces of what was taken back, mandate, and colophon: how far this report can be trusted, and why."""

from __future__ import annotations

from weerklank.chapters.composing import Composer
from weerklank.chapters.facts import NotesFacts, ReportFacts
from weerklank.report.document import Block, Paragraph, Section

__all__ = ["method_of_gathering", "method_of_notes"]


def method_of_gathering(facts: ReportFacts, compose: Composer) -> Section:
    """The last chapter of a gathering's report."""
    privacy = compose.counted("method/privacy", "method.privacy", k=compose.fact("k"))
    sections = [_made(compose, privacy, worded=facts.has_findings)]
    traces = _traces(facts, compose)
    if traces:
        sections.append(Section(id="method/traces", title=compose.say("method.traces"), blocks=tuple(traces)))
    if facts.gathering.mandate:
        lines = tuple(
            compose.given(f"given:mandate:{place}", line.text, label=line.label)
            for place, line in enumerate(facts.gathering.mandate)
        )
        sections.append(Section(id="method/mandate", title=compose.say("method.mandate"), blocks=lines))
    sections.append(_colophon(facts, compose))
    return Section(id="method", title=compose.say("method.title"), sections=tuple(sections))


def method_of_notes(facts: NotesFacts, compose: Composer) -> Section:
    """The last chapter of a report from notes."""
    sections = [_made(compose)]
    if facts.remarks:
        points = compose.given_points("given:remark", facts.remarks)
        sections.append(Section(id="method/remarks", title=compose.say("method.remarks"), blocks=(points,)))
    lines: list[Block] = [
        compose.given("given:source", facts.source, label=compose.say("method.source")),
        *_organisers(facts.organisers, compose),
        compose.counted("method/reported", "method.reported", day=facts.report_date),
    ]
    sections.append(Section(id="method/colophon", title=compose.say("method.colophon"), blocks=tuple(lines)))
    return Section(id="method", title=compose.say("method.title"), sections=tuple(sections))


def _made(compose: Composer, *more: Paragraph, worded: bool = True) -> Section:
    blocks: list[Block] = []
    if compose.facts["contributions"]:
        blocks += [
            compose.counted("method/printed", "method.printed", contributions=compose.fact("contributions")),
            compose.counted("method/empty", "method.empty"),
            compose.counted("method/bold", "method.bold"),
        ]
    else:
        blocks.append(compose.counted("method/printed", "method.printed_none"))
    if compose.facts["unfinished"]:
        unfinished = compose.fact("unfinished")
        blocks.append(compose.counted("method/unfinished", "method.unfinished", unfinished=unfinished))
    if worded:
        blocks.append(
            compose.counted(
                "method/thresholds",
                "method.thresholds",
                min_sources=compose.fact("min_sources"),
                min_rooms=compose.fact("min_rooms"),
            )
        )
    else:
        blocks.append(compose.counted("method/checked", "method.checked"))
    blocks.append(compose.counted("method/numbering", "method.numbering"))
    return Section(id="method/made", title=compose.say("method.made"), blocks=(*blocks, *more))


def _traces(facts: ReportFacts, compose: Composer) -> list[Block]:
    blocks: list[Block] = [
        compose.counted(
            f"withdrawn:{place}", "method.withdrawn", count=compose.fact(f"withdrawn:{place}"), day=trace.on
        )
        for place, trace in enumerate(facts.withdrawn)
    ]
    if facts.hidden:
        blocks.append(compose.counted("hidden", "method.hidden", hidden=compose.fact("hidden")))
    return blocks


def _organisers(organisers: tuple[str, ...], compose: Composer) -> list[Block]:
    return [
        compose.given(
            f"given:organiser:{place}", name, label=compose.say("method.organisers") if place == 0 else None
        )
        for place, name in enumerate(organisers)
    ]


def _colophon(facts: ReportFacts, compose: Composer) -> Section:
    colophon = facts.colophon
    lines = _organisers(facts.gathering.organisers, compose)
    for name, text in (
        ("format", colophon.format_name),
        ("format_source", colophon.format_source),
        ("contact", colophon.contact),
        ("retention", colophon.retention),
        ("made_with", colophon.made_with),
    ):
        if text:
            lines.append(compose.given(f"given:colophon:{name}", text, label=compose.say(f"method.{name}")))
    lines.append(compose.counted("method/reported", "method.reported", day=facts.report_date))
    return Section(id="method/colophon", title=compose.say("method.colophon"), blocks=tuple(lines))
