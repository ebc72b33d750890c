"""The front door of the chapters: facts in, report and slides out, every sentence through the gate."""

from __future__ import annotations

from weerklank.chapters.attendance import attendance_chapter
from weerklank.chapters.brief import brief_of_gathering, brief_of_notes
from weerklank.chapters.composing import Composer
from weerklank.chapters.facts import (
    InsightFacts,
    LevelFacts,
    MessageFacts,
    NotesFacts,
    ReportFacts,
    ThemeHarvest,
)
from weerklank.chapters.findings import dissent_chapter, insights_chapter, messages_chapter
from weerklank.chapters.grounding import ground_of_gathering, ground_of_notes
from weerklank.chapters.harvest import default_levels, harvest_of, leaving_chapter, theme_chapters
from weerklank.chapters.method import method_of_gathering, method_of_notes
from weerklank.chapters.overview import overview_section
from weerklank.chapters.presenting import Talk, slide_heading, slides_of
from weerklank.chapters.refusals import because
from weerklank.chapters.speaking import spoken_in
from weerklank.chapters.voting import pollings_of
from weerklank.evidence.gate import admit
from weerklank.evidence.ground import Ground, ground_of
from weerklank.evidence.ledger import Json, evidence_of
from weerklank.evidence.wording import check_insight, check_message
from weerklank.report.document import Document, Language, Section
from weerklank.report.slides import MAX_SLIDES, Slides

__all__ = ["report_evidence", "report_of", "report_of_notes"]


def report_of(facts: ReportFacts) -> tuple[Document, Slides]:
    """Report and slides of a gathering.

    Reading order: in brief for the recipient, who was there, a chapter per theme, what was written on leaving, what people
    voted, insights, messages with answers, other voices, method and colophon. Raises :class:`~weerklank.errors.Unfounded`, naming the
    sentence that its sources do not carry, and :class:`~weerklank.errors.BadInput` when ids clash or an answer has no message.
    """
    lost = {answer.message for answer in facts.answers} - {message.id for message in facts.messages}
    if lost:
        raise because.bad_input("no-message", message=min(lost))
    bare = _composer(facts.language, ground_of(()))
    levels = facts.levels or default_levels(bare)
    headings = _headings(len(facts.insights), len(facts.messages), bare)
    ground = ground_of_gathering(facts, levels=levels, headings=headings)
    _check_findings(facts.insights, facts.messages, ground)
    compose = _composer(facts.language, ground, levels)
    gathering = facts.gathering
    cover = [(compose.say("cover.recipient"), gathering.recipient)]
    cover.append((compose.say("cover.date"), compose.day(gathering.date)))
    if gathering.place:
        cover.append((compose.say("cover.place"), gathering.place))
    document = Document(
        title=gathering.title,
        subtitle=gathering.subtitle or compose.say("cover.subtitle"),
        language=facts.language,
        date=facts.report_date,
        organisers=gathering.organisers,
        cover_lines=tuple(cover),
        sections=_chapters_of_gathering(facts, levels, compose),
    )
    written = [f"given:mandate:{at}" for at, line in enumerate(gathering.mandate) if not line.standing]
    document = spoken_in(document, facts.spoken or facts.language, written=written)
    talk = Talk(
        document=document,
        attendance=facts.attendance,
        themes=facts.themes,
        insights=facts.insights,
        messages=facts.messages,
        voices=facts.voices,
        polls=pollings_of(facts.votes, compose.contributions),
        promise=gathering.promise,
        recipient=gathering.recipient,
    )
    slides = slides_of(talk, compose)
    admit(document, slides, ground=ground)
    return document, slides


def report_evidence(document: Document, facts: ReportFacts) -> dict[str, Json]:
    """``evidence.json`` of the report of a gathering; the figures of votes travel along under their names, to be held against."""
    said = facts.contributions()
    polls = pollings_of(facts.votes, {one.id: one for one in said})
    votes = {name: value for poll in polls for name, value in poll.known.items()}
    return evidence_of(document, said, facts=votes, k=facts.k)


def report_of_notes(facts: NotesFacts) -> tuple[Document, Slides]:
    """Report and slides of a file of notes, without anything that notes cannot tell. Raises as :func:`report_of`."""
    themes = harvest_of(facts.contributions)
    bare = _composer(facts.language, ground_of(()))
    levels = facts.levels or default_levels(bare)
    headings = _headings(len(facts.insights), len(facts.messages), bare)
    ground = ground_of_notes(facts, themes=themes, levels=levels, headings=headings)
    _check_findings(facts.insights, facts.messages, ground)
    compose = _composer(facts.language, ground, levels)
    document = Document(
        title=facts.title,
        subtitle=facts.subtitle or compose.say("cover.subtitle"),
        language=facts.language,
        date=facts.report_date,
        organisers=facts.organisers,
        cover_lines=(
            (compose.say("cover.source"), facts.source),
            (compose.say("cover.date"), compose.day(facts.report_date)),
        ),
        sections=_chapters_of_notes(facts, themes, levels, compose),
    )
    talk = Talk(
        document=document,
        attendance=None,
        themes=themes,
        insights=facts.insights,
        messages=facts.messages,
        voices=facts.voices,
        promise=None,
        recipient=None,
    )
    slides = slides_of(talk, compose)
    admit(document, slides, ground=ground)
    return document, slides


def _chapters_of_gathering(
    facts: ReportFacts, levels: tuple[LevelFacts, ...], compose: Composer
) -> tuple[Section, ...]:
    overview = (overview_section(facts.themes, levels=levels, compose=compose),) if facts.themes else ()
    chapters = [brief_of_gathering(facts, compose)]
    if facts.attendance is not None:
        came = attendance_chapter(facts.attendance, compose)
        chapters.append(
            Section(id=came.id, title=came.title, blocks=came.blocks, sections=(*came.sections, *overview))
        )
    else:
        chapters += overview
    chapters += theme_chapters(facts.themes, levels=levels, compose=compose)
    if facts.leaving:
        chapters.append(leaving_chapter(facts.leaving, compose))
    chapters += [poll.chapter() for poll in pollings_of(facts.votes, compose.contributions)]
    if facts.has_findings:
        chapters += _findings(facts, compose)
    if facts.has_voices:
        chapters.append(dissent_chapter(facts.voices, (*facts.insights, *facts.messages), compose))
    chapters.append(method_of_gathering(facts, compose))
    return tuple(chapters)


def _findings(facts: ReportFacts, compose: Composer) -> tuple[Section, Section]:
    """Insights, and messages with their answers."""
    return (
        insights_chapter(facts.insights, compose),
        messages_chapter(
            facts.messages,
            answers={answer.message: answer for answer in facts.answers},
            promise=facts.gathering.promise,
            answers_expected=True,
            insights=facts.insights,
            report_date=facts.report_date,
            compose=compose,
            word=facts.word,
        ),
    )


def _chapters_of_notes(
    facts: NotesFacts, themes: tuple[ThemeHarvest, ...], levels: tuple[LevelFacts, ...], compose: Composer
) -> tuple[Section, ...]:
    overview = overview_section(themes, levels=levels, compose=compose)
    chapters = [
        brief_of_notes(
            insights=facts.insights, messages=facts.messages, voices=facts.voices, compose=compose
        ),
        overview,
    ]
    chapters += theme_chapters(themes, levels=levels, compose=compose)
    if facts.insights:
        chapters.append(insights_chapter(facts.insights, compose))
    if facts.messages:
        chapters.append(
            messages_chapter(
                facts.messages,
                answers={},
                promise=None,
                answers_expected=False,
                insights=facts.insights,
                report_date=facts.report_date,
                compose=compose,
            )
        )
    chapters.append(dissent_chapter(facts.voices, (*facts.insights, *facts.messages), compose))
    chapters.append(method_of_notes(facts, compose))
    return tuple(chapters)


def _check_findings(
    insights: tuple[InsightFacts, ...], messages: tuple[MessageFacts, ...], ground: Ground
) -> None:
    """Claims and exact places of quotes, which the finished document no longer shows; the rest the gate sees there."""
    for insight in insights:
        check_insight(
            insight.sentence,
            sources=insight.sources,
            ground=ground,
            explanation=insight.explanation,
            quotes=insight.quotes,
            claimed_sources=insight.claimed_sources,
            claimed_rooms=insight.claimed_rooms,
        )
    for message in messages:
        check_message(message.text, sources=message.sources, ground=ground, quotes=message.quotes)


def _composer(language: Language, ground: Ground, levels: tuple[LevelFacts, ...] = ()) -> Composer:
    names = {level.key: level.label.partition(":")[0].rstrip() for level in levels}
    return Composer(language, ground.contributions, ground.facts, ground.k, names)


def _headings(insights: int, messages: int, compose: Composer) -> tuple[str, ...]:
    """Numbered headings ("Inzicht 2", "Uit de groepen (3)"): names, not counts."""
    numbered = (
        compose.sentences.say(f"{kind}.one", {"number": str(number)})
        for kind, total in (("insights", insights), ("messages", messages))
        for number in range(1, total + 1)
    )
    slides = (
        slide_heading(compose.say(f"slides.{kind}"), number, compose)
        for kind in ("insights", "messages", "harvest")
        for number in range(1, MAX_SLIDES)
    )
    return (*numbered, *slides)
