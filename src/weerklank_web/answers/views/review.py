"""Reading back before it goes out: what stands behind each sentence, and what one thinks of it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from weerklank_web.answers.actions.stance import freeze_read_back, give_stance, take_back_stances
from weerklank_web.answers.bridge.format import reading_question
from weerklank_web.answers.forms.review import StanceForm
from weerklank_web.answers.gates import Reader, insight_to_read, message_to_read, reader_for
from weerklank_web.answers.queries.people import was_there
from weerklank_web.answers.queries.review import ReadItem, read_back_of
from weerklank_web.answers.views.saying import go_to
from weerklank_web.gatherings.stage import INSIGHT, stage_of
from weerklank_web.gatherings.views.saying import refusals_told
from weerklank_web.groundwork.errors import Denied
from weerklank_web.groundwork.language import language_now

__all__ = ["react", "review", "take_back"]


@require_safe
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything to read back; the outcome once it is over."""
    reader = reader_for(request, slug)
    freeze_read_back(reader.gathering)
    return render(request, "answers/review.html", _context(reader))


@require_POST
def react(request: HttpRequest, slug: str, noun: str, id: UUID) -> HttpResponse:  # noqa: A002
    """Say what one thinks of one statement."""
    reader = reader_for(request, slug)
    if reader.participant is None:
        raise Denied(_("Reageren is voor wie meedeed."))
    thing = insight_to_read(reader, id) if noun == INSIGHT else message_to_read(reader, id)
    form = StanceForm(request.POST, prefix=_prefix(id), stage=stage_of(reader.gathering))
    if not form.is_valid():
        return render(request, "answers/review.html", _context(reader, wrong=(id, form)), status=422)
    with refusals_told(request, done=_("Bewaard. Je kunt het wijzigen tot het nalezen sluit.")):
        give_stance(
            thing,
            participant=reader.participant,
            kind=form.cleaned_data["kind"],
            objection=form.cleaned_data["objection"],
            seen=form.cleaned_data["version"],
        )
    return go_to("review", reader.gathering, at=_prefix(id))


@require_POST
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Take back everything said under this link."""
    reader = reader_for(request, slug)
    if reader.participant is not None:
        with refusals_told(request, done=_("Je reacties onder deze link zijn teruggenomen.")):
            take_back_stances(reader.participant)
    return go_to("review", reader.gathering)


def _prefix(id: UUID) -> str:  # noqa: A002
    return f"r-{id.hex}"


def _context(reader: Reader, wrong: tuple[UUID, StanceForm] | None = None) -> dict[str, object]:
    gathering, participant = reader.gathering, reader.participant
    stage = stage_of(gathering)
    read_back = read_back_of(
        gathering, author_key=participant.author_key if participant else "", language=language_now()
    )
    speaks = bool(participant and reader.newest and was_there(participant))

    def with_form(item: ReadItem) -> tuple[ReadItem, StanceForm | None]:
        if not (speaks and read_back.open):
            return item, None
        if wrong is not None and wrong[0] == item.view.id:
            return item, wrong[1]
        return item, _form(item, reader)

    return {
        "gathering": gathering,
        "reader": reader,
        "stage": stage,
        "questions": reading_question(stage, language_now()) if read_back.open else [],
        "read_back": read_back,
        "insights": [with_form(item) for item in read_back.insights],
        "messages_made": [with_form(item) for item in read_back.messages],
        "speaks": speaks,
        "renewed": participant is not None
        and reader.newest
        and participant.registration.earlier_links.exists(),
    }


def _form(item: ReadItem, reader: Reader) -> StanceForm:
    mine = item.mine
    return StanceForm(
        prefix=_prefix(item.view.id),
        stage=stage_of(reader.gathering),
        initial={
            "version": item.view.thing.version,
            "kind": "" if mine is None else mine.kind,
            "objection": "" if mine is None else mine.objection,
        },
    )
