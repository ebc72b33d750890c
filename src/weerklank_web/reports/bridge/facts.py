"""From rows to the library's facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import override

from weerklank.chapters import (
    AnswerFacts,
    AnswerKind,
    AttendanceFacts,
    Colophon,
    CommitmentFacts,
    CommitmentState,
    GatheringFacts,
    InsightFacts,
    LevelFacts,
    Margin,
    MessageFacts,
    Promise,
    ReportFacts,
    RoomHarvest,
    SignOff,
    Stances,
    ThemeHarvest,
    Withdrawal,
    WordFacts,
)
from weerklank.evidence import Contribution, ContributionKind, Origin, Quote, Span
from weerklank.report import Language
from weerklank_web.answers.bridge.evidence import as_evidence
from weerklank_web.answers.models import Answer
from weerklank_web.answers.queries.statement import SourceView, StatementView
from weerklank_web.dialogue.bridge.format import leaving_steps, values_of
from weerklank_web.dialogue.models import Contribution as Row
from weerklank_web.dialogue.models import Harvest
from weerklank_web.dialogue.rules import said_on_leaving
from weerklank_web.formats.bridge import Format, format_of
from weerklank_web.gatherings.bridge import small_number
from weerklank_web.gatherings.models import Gathering, Room
from weerklank_web.gatherings.models import Promise as PromiseChoice
from weerklank_web.gatherings.presence_bridge import AttendanceTable
from weerklank_web.gatherings.stage import INSIGHT, MESSAGE, ROOM_REPORT, stage_of
from weerklank_web.reports.bridge.mandate import mandate_lines
from weerklank_web.reports.bridge.voices import voices_in
from weerklank_web.reports.bridge.votes import votes_in
from weerklank_web.reports.collected import Collected, Line

__all__ = ["facts_of"]

_ANSWERS = {
    "adopt": AnswerKind.ADOPTED,
    "partly": AnswerKind.PARTLY,
    "no": AnswerKind.NO,
    "referred": AnswerKind.REFERRED,
    "study": AnswerKind.UNDER_STUDY,
}


def facts_of(rows: Collected, *, voices: bool = True) -> ReportFacts:
    """Everything the report says, as facts, in the language of the edition.

    ``voices``: whether to look for the voices that stand apart; False where only the rows themselves matter.
    """
    with override(rows.language):
        gathering = rows.gathering
        format_ = format_of(gathering.format_version)
        asks = _asks_in(rows.language, format_)
        contributions = [_contribution(row, rows.lines.get(str(row.id)), asks) for row in rows.contributions]
        leaving = _on_leaving(rows, format_)
        return ReportFacts(
            gathering=_gathering(rows),
            attendance=_attendance(rows),
            themes=_themes(rows, [said for said in contributions if said.id not in leaving]),
            leaving=tuple(
                sorted((said for said in contributions if said.id in leaving), key=lambda each: each.id)
            ),
            report_date=rows.today,
            insights=tuple(_insight(view, rows) for view in rows.insights),
            messages=tuple(_message(view, rows) for view in rows.messages),
            answers=tuple(
                _answer(rows.answers[str(view.id)], rows)
                for view in rows.messages
                if str(view.id) in rows.answers
            ),
            word=_word(rows),
            votes=votes_in(rows, k=small_number(format_)),
            worded=bool(format_.steps_writing(INSIGHT) or format_.steps_writing(MESSAGE)),
            voices=voices_in(rows, contributions) if voices else (),
            withdrawn=tuple(Withdrawal(count=count, on=on) for on, count in rows.withdrawn),
            hidden=rows.hidden,
            levels=tuple(
                LevelFacts(key=value.key, label=value.heading, question=value.question or None)
                for value in values_of(stage_of(gathering), "level", rows.language)
            ),
            colophon=Colophon(
                contact=rows.mandate.contact or None,
                retention=_("Ruwe inbreng wordt %(days)s dagen bewaard.")
                % {"days": gathering.retention_days},
                format_name=format_.title.in_language(rows.language),
                format_source=f"{format_.source.name} ({format_.source.licence})",
            ),
            language=Language(rows.language),
            spoken=Language(gathering.language),
            k=small_number(format_),
        )


# --- the gathering ---------------------------------------------------------------------------------


def _gathering(rows: Collected) -> GatheringFacts:
    gathering = rows.gathering
    assert gathering.starts_at is not None  # nothing is asked for without a moment
    promise = None
    if gathering.promise and gathering.promise != PromiseChoice.NONE:
        form = str(gathering.get_promise_display())
        promise = Promise(form=form[:1].upper() + form[1:], by=gathering.promised_on)
    return GatheringFacts(
        title=gathering.title,
        subtitle=_("Verslag, uitgave %(edition)s") % {"edition": rows.edition},
        date=gathering.starts_at.astimezone(ZoneInfo(gathering.zone)).date(),
        organisers=tuple(organisation.name for organisation in gathering.organisations.all()),
        recipient=_recipient(gathering),
        purposes=tuple(gathering.purpose_lines),
        promise=promise,
        mandate=mandate_lines(rows),
        place=gathering.place or None,
    )


def _recipient(gathering: Gathering) -> str:
    return ", ".join(part for part in (gathering.recipient_name, gathering.recipient_office) if part)


def _attendance(rows: Collected) -> AttendanceFacts | None:
    counted = rows.attendance
    if counted is None:
        return None
    return AttendanceFacts(
        registered=counted.registered.value,
        present=counted.present.value,
        walk_ins=counted.walked_in.value,
        rooms=len(rows.rooms),
        margins=tuple(
            Margin(title=title, cells=_cells(table))
            for title, table in (
                (_("Bestuurslaag"), counted.layers),
                (_("Thema"), counted.themes),
                (_("Kamer"), counted.rooms),
            )
            if table is not None and _cells(table)
        ),
    )


def _cells(table: AttendanceTable) -> tuple[tuple[str, int | None], ...]:
    """Every number that was released, each with whom it counts; nothing for those that were not."""
    alone = [(row.label, row.figure.value) for row in table.rows if row.figure.value is not None]
    together = [(_("%(names)s samen") % {"names": names}, count) for names, count in table.together]
    return (*alone, *together)


# --- what was said ---------------------------------------------------------------------------------


def _themes(rows: Collected, contributions: Sequence[Contribution]) -> tuple[ThemeHarvest, ...]:
    said: dict[str, list[Contribution]] = defaultdict(list)
    room_of = {str(row.id): str(row.room_id) for row in rows.contributions}
    for contribution in contributions:
        said[room_of[contribution.id]].append(contribution)
    asked = _asked_of_rooms(format_of(rows.gathering.format_version))
    return tuple(
        ThemeHarvest(
            theme=theme.title,
            rooms=tuple(
                _room(room, said[str(room.id)], asked) for room in rows.rooms if room.theme_id == theme.id
            ),
        )
        for theme in rows.themes
        if any(room.theme_id == theme.id for room in rows.rooms)
    )


def _on_leaving(rows: Collected, format_: Format) -> frozenset[str]:
    """The ids of what people wrote for everybody after the rooms were done."""
    steps = leaving_steps(format_)
    return frozenset(str(row.id) for row in rows.contributions if said_on_leaving(row, steps=steps))


def _asked_of_rooms(format_: Format) -> dict[str, str]:
    """The questions under which a room writes its own report: question → the field that it fills.

    A step that writes the room report asks about its fields in their order.
    """
    asked: dict[str, str] = {}
    for step in format_.steps_writing(ROOM_REPORT):
        for field, ask in zip(format_.object(ROOM_REPORT).fields, step.ask, strict=False):
            for phrase in (field.label, ask):
                asked |= {phrase.in_language(spoken): field.id for spoken in Language}
    return asked


def _room(room: Room, said: Sequence[Contribution], asked: Mapping[str, str]) -> RoomHarvest:
    """The room's own words first, then what others added under the same question (W9)."""
    parts: dict[str, list[Contribution]] = {"why": [], "essence": [], "": []}
    for contribution in said:
        part = "" if contribution.level else asked.get(contribution.prompt or "", "")
        parts[part if part in parts else ""].append(contribution)
    harvest: Harvest | None = getattr(room, "harvest", None)
    signed = None
    if harvest is not None:
        signed = SignOff(on=harvest.signed_on, changed_after=len(harvest.changes.all()))
        parts["why"] = [*_own_words(room, "why", harvest.why), *parts["why"]]
        parts["essence"] = [*_own_words(room, "essence", harvest.essence), *parts["essence"]]
    return RoomHarvest(
        room=room.name,
        contributions=tuple(parts[""]),
        why=tuple(parts["why"]),
        essence=tuple(parts["essence"]),
        sign_off=signed,
    )


def _own_words(room: Room, part: str, text: str) -> tuple[Contribution, ...]:
    """What the room itself wrote about its theme, as prose."""
    if not text.strip():
        return ()
    kind = ContributionKind.PROSE
    return (
        Contribution(id=f"{room.id}-{part}", text=text, theme=room.theme.title, room=room.name, kind=kind),
    )


def _asks_in(language: str, format_: Format) -> dict[str, str]:
    """Every question of the format, in whichever language it was put → the same question in ``language``."""
    return {
        phrase.in_language(spoken): phrase.in_language(language)
        for step in format_.steps
        for phrase in step.ask
        for spoken in phrase.languages
    }


def _contribution(row: Row, line: Line | None, asks: Mapping[str, str]) -> Contribution:
    said = as_evidence(row)
    said = replace(said, prompt=asks.get(said.prompt or "", said.prompt))
    if line is None:
        return said
    return replace(said, origin=Origin(line.source, line.first, line.last), context=line.context)


# --- what was made of it ---------------------------------------------------------------------------


def _insight(view: StatementView, rows: Collected) -> InsightFacts:
    return InsightFacts(
        id=str(view.id),
        sentence=view.thing.words,
        explanation=getattr(view.thing, "explanation", "") or None,
        sources=_ids(view.readable),
        quotes=_quotes(view),
        dissent=view.thing.dissent or None,
        against=_ids([source for source in view.against if not source.gone]),
        stances=_stances(view, rows),
        objections=_objections(view, rows),
    )


def _message(view: StatementView, rows: Collected) -> MessageFacts:
    gathering = rows.gathering
    return MessageFacts(
        id=str(view.id),
        text=view.thing.words,
        addressee=getattr(view.thing, "addressee", "")
        or gathering.recipient_office
        or gathering.recipient_name,
        sources=_ids(view.readable),
        level=getattr(view.thing, "level", "") or None,
        insights=tuple(str(insight.id) for insight in view.insights),
        quotes=_quotes(view),
        dissent=view.thing.dissent or None,
        against=_ids([source for source in view.against if not source.gone]),
        stances=_stances(view, rows),
        objections=_objections(view, rows),
    )


def _ids(sources: Sequence[SourceView]) -> tuple[str, ...]:
    return tuple(str(source.contribution.id) for source in sources)


def _quotes(view: StatementView) -> tuple[Quote, ...]:
    return tuple(
        Quote(
            contribution=str(source.contribution.id), span=Span(source.start, source.end), text=source.quote
        )
        for source in view.quotes
        if source.start is not None and source.end is not None
    )


def _stances(view: StatementView, rows: Collected) -> Stances | None:
    cells = rows.stood.get(str(view.id), ())
    return Stances(cells) if cells else None


def _objections(view: StatementView, rows: Collected) -> tuple[str, ...]:
    """Each objection in its own words; one about an earlier wording says so."""
    earlier = _("%(objection)s (over een eerdere tekst)")
    return tuple(
        earlier % {"objection": each.text} if each.earlier else each.text
        for each in rows.objections.get(str(view.id), ())
    )


# --- what came back --------------------------------------------------------------------------------


def _answer(answer: Answer, rows: Collected) -> AnswerFacts:
    return AnswerFacts(
        message=str(answer.message_id),
        kind=_ANSWERS[answer.kind],
        reason=answer.reason,
        owner=answer.owner or None,
        due=answer.due,
        answered_on=answer.released_on,
        film=answer.film_link or None,
        transcript=answer.transcript or None,
        commitments=_commitments(answer, rows),
    )


def _word(rows: Collected) -> WordFacts | None:
    answer = rows.answers.get("")
    if answer is None:
        return None
    return WordFacts(
        text=answer.reason,
        answered_on=answer.released_on,
        film=answer.film_link or None,
        transcript=answer.transcript or None,
        commitments=_commitments(answer, rows),
    )


def _commitments(answer: Answer, rows: Collected) -> tuple[CommitmentFacts, ...]:
    return tuple(
        CommitmentFacts(text=each.text, owner=each.owner, due=each.due, state=CommitmentState(each.state))
        for each in rows.commitments.get(str(answer.pk), ())
    )
