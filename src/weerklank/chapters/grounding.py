"""What the gate may believe about a report: computed from the facts by themselves, apart from the chapters.

The chapters state figures by name; the gate looks the name up here. So a chapter that miscounts is caught.
"""

from __future__ import annotations

from collections.abc import Iterable

from weerklank.chapters.answering import days_late, given_with_answers, named_with_answers
from weerklank.chapters.facts import (
    InsightFacts,
    LevelFacts,
    MessageFacts,
    NotesFacts,
    ReportFacts,
    Statement,
    ThemeHarvest,
    Voice,
)
from weerklank.chapters.findings import name_of
from weerklank.chapters.harvest import level_title
from weerklank.chapters.overview import counts_by_theme
from weerklank.chapters.voting import pollings_of
from weerklank.evidence.ground import Ground, ground_of
from weerklank.evidence.records import Contribution
from weerklank.evidence.wording import MIN_INSIGHT_ROOMS, MIN_INSIGHT_SOURCES

__all__ = ["ground_of_gathering", "ground_of_notes"]


def ground_of_gathering(
    facts: ReportFacts, *, levels: tuple[LevelFacts, ...], headings: Iterable[str]
) -> Ground:
    """Everything a gathering's report may stand on."""
    gathering, contributions = facts.gathering, facts.contributions()
    counts = _common(facts.themes, contributions, facts.insights, facts.messages, facts.voices)
    counts |= {
        "k": facts.k,
        "hidden": facts.hidden,
        "days_late": days_late(gathering.promise, facts.report_date),
    }
    counts |= {f"withdrawn:{place}": trace.count for place, trace in enumerate(facts.withdrawn)}
    counts |= _people(facts)
    polls = pollings_of(facts.votes, {one.id: one for one in contributions})
    counts |= {name: value for poll in polls for name, value in poll.known.items()}
    for place, theme in enumerate(facts.themes, start=1):
        for number, room in enumerate(theme.rooms, start=1):
            if room.sign_off is not None:
                counts[f"theme:{place}/room:{number}/changed"] = room.sign_off.changed_after
    dates = [gathering.date, facts.report_date, *(trace.on for trace in facts.withdrawn)]
    dates += named_with_answers(facts)
    dates += [
        room.sign_off.on
        for theme in facts.themes
        for room in theme.rooms
        if room.sign_off is not None and room.sign_off.on is not None
    ]
    if gathering.promise is not None and gathering.promise.by is not None:
        dates.append(gathering.promise.by)
    dates += [poll.facts.report_date for poll in polls]
    labels = [line.label for line in gathering.mandate]
    labels += [name for poll in polls for name in (poll.title, poll.facts.title)]
    labels += [gathering.recipient, *(message.addressee for message in facts.messages)]
    if facts.attendance is not None:
        labels += [margin.title for margin in facts.attendance.margins]
    names = _names(facts.themes, levels, facts.voices, (*headings, *labels))
    given = _given(facts) | {name: text for poll in polls for name, text in poll.given.items()}
    return ground_of(contributions, facts=counts, given=given, names=names, dates=dates, k=facts.k)


def ground_of_notes(
    facts: NotesFacts,
    *,
    themes: tuple[ThemeHarvest, ...],
    levels: tuple[LevelFacts, ...],
    headings: Iterable[str],
) -> Ground:
    """Everything a report from notes may stand on: no people at all."""
    counts = _common(themes, facts.contributions, facts.insights, facts.messages, facts.voices)
    given = {"given:source": facts.source}
    given |= {f"given:remark:{place}": text for place, text in enumerate(facts.remarks)}
    given |= {f"given:organiser:{place}": name for place, name in enumerate(facts.organisers)}
    given |= _said_with(facts.insights, facts.messages)
    return ground_of(
        facts.contributions,
        facts=counts,
        given=given,
        names=_names(
            themes, levels, facts.voices, (*headings, *(message.addressee for message in facts.messages))
        ),
        dates=(facts.report_date,),
    )


def _common(
    themes: tuple[ThemeHarvest, ...],
    contributions: tuple[Contribution, ...],
    insights: tuple[InsightFacts, ...],
    messages: tuple[MessageFacts, ...],
    voices: tuple[Voice, ...],
) -> dict[str, int | None]:
    return {
        "contributions": len(contributions),
        "themes": len(themes),
        "unfinished": sum(contribution.unfinished for contribution in contributions),
        "insights": len(insights),
        "messages": len(messages),
        "voices": len(voices),
        "objections": sum(len(one.objections) for one in insights)
        + sum(len(one.objections) for one in messages),
        "min_sources": MIN_INSIGHT_SOURCES,
        "min_rooms": MIN_INSIGHT_ROOMS,
        **counts_by_theme(themes),
    }


def _people(facts: ReportFacts) -> dict[str, int | None]:
    """Figures of people, as they were disclosed."""
    counts: dict[str, int | None] = {}
    attendance = facts.attendance
    if attendance is not None:
        counts |= {
            "registered": attendance.registered,
            "present": attendance.present,
            "rooms": attendance.rooms,
            "walk_ins": attendance.walk_ins,
        }
        for place, margin in enumerate(attendance.margins):
            counts |= {f"margin:{place}:{label}": people for label, people in margin.cells}
    statements: tuple[Statement, ...] = (*facts.insights, *facts.messages)
    for fact in statements:
        if fact.stances is not None:
            counts |= {f"stance:{fact.id}:{label}": people for label, people in fact.stances.cells}
    return counts


def _given(facts: ReportFacts) -> dict[str, str]:
    gathering, colophon = facts.gathering, facts.colophon
    given = {"given:recipient": gathering.recipient}
    given |= {f"given:purpose:{place}": text for place, text in enumerate(gathering.purposes)}
    if gathering.promise is not None:
        given["given:promise"] = gathering.promise.form
    given |= {f"given:mandate:{place}": line.text for place, line in enumerate(gathering.mandate)}
    given |= {f"given:organiser:{place}": name for place, name in enumerate(gathering.organisers)}
    for name, text in (
        ("format", colophon.format_name),
        ("format_source", colophon.format_source),
        ("contact", colophon.contact),
        ("retention", colophon.retention),
        ("made_with", colophon.made_with),
    ):
        if text:
            given[f"given:colophon:{name}"] = text
    return given | _said_with(facts.insights, facts.messages) | given_with_answers(facts)


def _said_with(insights: tuple[InsightFacts, ...], messages: tuple[MessageFacts, ...]) -> dict[str, str]:
    given = {f"message:{message.id}/addressee": message.addressee for message in messages}
    statements: tuple[Statement, ...] = (*insights, *messages)
    for fact in statements:
        given |= {f"{name_of(fact)}/objection:{place}": text for place, text in enumerate(fact.objections)}
    return given


def _names(
    themes: tuple[ThemeHarvest, ...],
    levels: tuple[LevelFacts, ...],
    voices: tuple[Voice, ...],
    headings: Iterable[str],
) -> tuple[str, ...]:
    """Names that may be shown as they are; a theme or room may well be called "Groep 3"."""
    rooms = (room.room for theme in themes for room in theme.rooms)
    known = (*(theme.theme for theme in themes), *rooms, *(level_title(level) for level in levels))
    reasons = (voice.reason for voice in voices)
    return tuple(name for name in (*known, *reasons, *headings) if name)
