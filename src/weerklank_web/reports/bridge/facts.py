"""From rows to the library's facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import override

from weerklank.chapters import (
    AnswerFacts,
    AnswerKind,
    AttendanceFacts,
    Colophon,
    GatheringFacts,
    InsightFacts,
    LevelFacts,
    MandateLine,
    Margin,
    MessageFacts,
    Promise,
    ReportFacts,
    RoomHarvest,
    SignOff,
    Stances,
    ThemeHarvest,
    Voice,
    Withdrawal,
)
from weerklank.evidence import Contribution, ContributionKind, Quote, Span
from weerklank.report import Language
from weerklank.synthesis import Settings, VoiceReason, synthesise, voice_sentence
from weerklank_web.answers.models import Answer, InsightSource, Message, MessageSource
from weerklank_web.dialogue.models import Contribution as Row
from weerklank_web.dialogue.models import Harvest
from weerklank_web.formats.bridge import format_of
from weerklank_web.gatherings.models import Gathering, Room
from weerklank_web.gatherings.models import Promise as PromiseChoice
from weerklank_web.reports.collected import Collected

__all__ = ["facts_of"]

_ANSWERS = {
    "adopt": AnswerKind.ADOPTED,
    "partly": AnswerKind.PARTLY,
    "no": AnswerKind.NO,
    "referred": AnswerKind.REFERRED,
    "study": AnswerKind.UNDER_STUDY,
}
_MANDATE = (
    "open_matters",
    "fixed_matters",
    "rung",
    "pledge",
    "decider",
    "information",
    "means",
    "hear_from_us",
    "contact",
    "adopted_by",
)


def facts_of(rows: Collected) -> ReportFacts:
    """Everything the report says, as facts; in the language of the edition."""
    with override(rows.language):
        gathering = rows.gathering
        format_ = format_of(gathering.format_version)
        contributions = [_contribution(row) for row in rows.contributions]
        return ReportFacts(
            gathering=_gathering(gathering),
            attendance=_attendance(rows),
            themes=_themes(rows, contributions),
            report_date=rows.today,
            insights=tuple(
                InsightFacts(
                    id=str(insight.id),
                    sentence=insight.sentence,
                    explanation=insight.explanation or None,
                    sources=_ids(insight.sources.all()),
                    quotes=_quotes(insight.sources.all()),
                )
                for insight in rows.insights
            ),
            messages=tuple(_message(message, rows) for message in rows.messages),
            answers=tuple(
                _answer(message.answer)
                for message in rows.messages
                if getattr(message, "answer", None) is not None and message.answer.released_on is not None
            ),
            voices=_voices(contributions, language=rows.language),
            withdrawn=tuple(Withdrawal(count=count, on=on) for on, count in rows.withdrawn),
            hidden=rows.hidden,
            levels=tuple(
                LevelFacts(
                    key=value.key,
                    label=(value.heading or value.label).in_language(rows.language),
                    question=value.question.in_language(rows.language) if value.question else None,
                )
                for value in format_.dimension("level").values
            ),
            colophon=Colophon(
                contact=rows.contact or None,
                retention=_("Ruwe inbreng wordt %(days)s dagen bewaard.")
                % {"days": gathering.retention_days},
                format_name=format_.title.in_language(rows.language),
                format_source=f"{format_.source.name} ({format_.source.licence})",
            ),
            language=Language(rows.language),
            k=format_.gates.k or 5,
        )


def _gathering(gathering: Gathering) -> GatheringFacts:
    mandate = gathering.mandate
    lines = []
    for name in _MANDATE:
        value = mandate.get_rung_display() if name == "rung" else getattr(mandate, name)
        if value:
            label = str(mandate._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            lines.append(MandateLine(label=label, text=str(value)))
    assert gathering.starts_at is not None  # nothing is published without a moment
    promise = None
    if gathering.promise and gathering.promise != PromiseChoice.NONE:
        promise = Promise(form=str(gathering.get_promise_display()), by=gathering.promised_on)
    return GatheringFacts(
        title=gathering.title,
        date=gathering.starts_at.astimezone(ZoneInfo(gathering.zone)).date(),
        organisers=tuple(organisation.name for organisation in gathering.organisations.all()),
        recipient=", ".join(part for part in (gathering.recipient_name, gathering.recipient_office) if part),
        purposes=tuple(gathering.purpose_lines),
        promise=promise,
        mandate=tuple(lines),
        place=gathering.place or None,
    )


def _attendance(rows: Collected) -> AttendanceFacts | None:
    if rows.turnout is None:
        return None
    return AttendanceFacts(
        registered=rows.turnout.registered,
        present=rows.turnout.present,
        walk_ins=rows.turnout.walked_in,
        rooms=len(rows.rooms),
        margins=tuple(Margin(title=table.title, cells=table.cells) for table in rows.tables),
    )


def _themes(rows: Collected, contributions: list[Contribution]) -> tuple[ThemeHarvest, ...]:
    said: dict[str, list[Contribution]] = defaultdict(list)
    for row, contribution in zip(rows.contributions, contributions, strict=True):
        said[str(row.room_id)].append(contribution)
    return tuple(
        ThemeHarvest(
            theme=theme.title,
            rooms=tuple(
                _room(room, tuple(said[str(room.id)])) for room in rows.rooms if room.theme_id == theme.id
            ),
        )
        for theme in rows.themes
        if any(room.theme_id == theme.id for room in rows.rooms)
    )


def _room(room: Room, contributions: tuple[Contribution, ...]) -> RoomHarvest:
    harvest: Harvest | None = getattr(room, "harvest", None)
    if harvest is None:
        return RoomHarvest(room=room.name, contributions=contributions)
    return RoomHarvest(
        room=room.name,
        contributions=contributions,
        why=_own_words(room, "why", harvest.why),
        essence=_own_words(room, "essence", harvest.essence),
        sign_off=SignOff(on=harvest.signed_on, changed_after=len(harvest.changes.all())),
    )


def _own_words(room: Room, part: str, text: str) -> tuple[Contribution, ...]:
    if not text:
        return ()
    kind = ContributionKind.PROSE
    return (
        Contribution(id=f"{room.id}-{part}", text=text, theme=room.theme.title, room=room.name, kind=kind),
    )


def _contribution(row: Row) -> Contribution:
    return Contribution(
        id=str(row.id),
        text=row.text,
        theme=row.theme.title if row.theme else "",
        room=row.room.name if row.room else None,
        level=row.level or None,
        tone=row.tone or None,
        kind=ContributionKind(row.kind),
        emphasis=tuple(Span(start, end) for start, end in row.fragments),
        unfinished=row.unfinished,
    )


def _ids(sources: Iterable[InsightSource | MessageSource]) -> tuple[str, ...]:
    return tuple(str(source.contribution_id) for source in sources)


def _quotes(sources: Iterable[InsightSource | MessageSource]) -> tuple[Quote, ...]:
    return tuple(
        Quote(
            contribution=str(source.contribution_id),
            span=Span(source.start, source.end),
            text=source.contribution.text[source.start : source.end],
        )
        for source in sources
        if source.start is not None and source.end is not None
    )


def _message(message: Message, rows: Collected) -> MessageFacts:
    counts = rows.stances.get(str(message.id))
    return MessageFacts(
        id=str(message.id),
        text=message.text,
        addressee=message.addressee or rows.gathering.recipient_office,
        sources=_ids(message.sources.all()),
        level=message.level or None,
        insights=tuple(str(insight.id) for insight in message.insights.all()),
        quotes=_quotes(message.sources.all()),
        stances=None
        if counts is None
        else Stances(agree=counts.get("agree"), disagree=counts.get("disagree"), passed=counts.get("pass")),
        objections=rows.objections.get(str(message.id), ()),
    )


def _answer(answer: Answer) -> AnswerFacts:
    return AnswerFacts(
        message=str(answer.message_id),
        kind=_ANSWERS[answer.kind],
        reason=answer.reason,
        owner=answer.owner or None,
        due=answer.due,
        answered_on=answer.released_on,
    )


def _voices(contributions: list[Contribution], *, language: str) -> tuple[Voice, ...]:
    """Voices that stand apart, chosen by rule, not by taste."""
    if not contributions:
        return ()
    found = synthesise(contributions, settings=Settings(language=language))
    return tuple(
        Voice(contribution=voice.contribution, reason=voice_sentence(voice, language=language))
        for voice in found.voices
        if set(voice.reasons) - {VoiceReason.ALONE}
    )
