"""The desk: one page to read and answer, without an account."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from weerklank_web.answers.actions.desk import (
    confirm_reception,
    release_answers,
    report_commitment,
    save_draft,
)
from weerklank_web.answers.actions.stance import freeze_read_back
from weerklank_web.answers.bridge.disclosure import explained
from weerklank_web.answers.bridge.format import Audience, k_of
from weerklank_web.answers.errors import Overtaken
from weerklank_web.answers.forms.desk import DraftForm, ProgressForm
from weerklank_web.answers.gates import DeskVisit, commitment_for, desk_for, message_at_desk
from weerklank_web.answers.models import Message
from weerklank_web.answers.queries.answer import counts_of, is_promised
from weerklank_web.answers.queries.desk import DeskMessage, desk_messages
from weerklank_web.answers.queries.offering import is_offered, offered_on, reception_of
from weerklank_web.answers.queries.people import took_part
from weerklank_web.answers.views.saying import go_to
from weerklank_web.dialogue.queries.look import votes_to_see
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.gatherings.views.saying import refusals_told
from weerklank_web.groundwork import clock
from weerklank_web.groundwork.language import language_now

__all__ = ["desk", "draft", "draft_to_everybody", "progress", "receive", "release"]


@require_safe
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole desk."""
    visit = desk_for(request, slug)
    freeze_read_back(visit.gathering)
    return render(request, "answers/desk.html", _context(visit))


@require_POST
def draft(request: HttpRequest, slug: str, id: UUID) -> HttpResponse:  # noqa: A002
    """Keep what is prepared for one message."""
    visit, message = message_at_desk(request, slug, id)
    return _keep(request, visit, message)


@require_POST
def draft_to_everybody(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what is prepared for everybody who took part."""
    return _keep(request, desk_for(request, slug), None)


@require_POST
def release(request: HttpRequest, slug: str) -> HttpResponse:
    """Release every draft at once."""
    visit = desk_for(request, slug)
    with refusals_told(request):
        count = release_answers(visit.gathering, by=visit.link)
        said = ngettext(
            "%(n)d antwoord is vrijgegeven. De deelnemers krijgen bericht in hun werkuren.",
            "%(n)d antwoorden zijn vrijgegeven. De deelnemers krijgen bericht in hun werkuren.",
            count,
        )
        messages.success(request, said % {"n": count})
    return go_to("desk", visit.gathering)


@require_POST
def receive(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that the messages arrived."""
    visit = desk_for(request, slug)
    with refusals_told(request, done=_("Dank je wel. De deelnemers zien dat de boodschappen aankwamen.")):
        confirm_reception(visit.gathering, by=visit.link)
    return go_to("desk", visit.gathering)


@require_POST
def progress(request: HttpRequest, slug: str, id: UUID) -> HttpResponse:  # noqa: A002
    """Say how it goes with a commitment."""
    visit, commitment = commitment_for(request, slug, id)
    form = ProgressForm(request.POST, prefix=f"v-{commitment.id.hex}")
    if not form.is_valid():
        return render(
            request, "answers/desk.html", _context(visit, progress=(commitment.id, form)), status=422
        )
    with refusals_told(request, done=_("Bewaard. Iedereen die meedeed kan het lezen.")):
        report_commitment(
            commitment,
            text=form.cleaned_data["text"],
            state=form.cleaned_data["state"],
            by=visit.link,
        )
    return go_to("desk", visit.gathering, at=f"t-{commitment.id.hex}")


def _keep(request: HttpRequest, visit: DeskVisit, message: Message | None) -> HttpResponse:
    key = "allen" if message is None else message.id.hex
    form = DraftForm(request.POST, prefix=key, to_everybody=message is None)
    if not form.is_valid():
        return render(request, "answers/desk.html", _context(visit, wrong=(key, form)), status=422)
    try:
        save_draft(visit.gathering, message, form.words, seen=form.cleaned_data["version"], by=visit.link)
    except Overtaken:
        return _both(request, visit, message, key)
    messages.success(request, _("Je concept is bewaard. Nog niemand buiten dit bureau ziet het."))
    return go_to("desk", visit.gathering, at=f"b-{key}")


def _both(request: HttpRequest, visit: DeskVisit, message: Message | None, key: str) -> HttpResponse:
    """Somebody else at the desk was first: mine stays in the form, theirs stands beside it."""
    now = getattr(message, "draft", None) if message else visit.gathering.drafts.filter(message=None).first()
    mine = request.POST.copy()
    mine[f"{key}-version"] = str(now.version if now else 0)
    form = DraftForm(mine, prefix=key, to_everybody=message is None)
    form.is_valid()
    return render(request, "answers/desk.html", _context(visit, wrong=(key, form), overtaken=key), status=409)


def _context(
    visit: DeskVisit,
    *,
    wrong: tuple[str, DraftForm] | None = None,
    progress: tuple[UUID, ProgressForm] | None = None,
    overtaken: str = "",
) -> dict[str, object]:
    gathering, language = visit.gathering, language_now()
    stage = stage_of(gathering)
    offered = is_offered(gathering)
    rows = desk_messages(gathering, language=language) if offered else []
    return {
        "gathering": gathering,
        "visit": visit,
        "offered": offered,
        "offered_on": offered_on(gathering),
        "may_answer": stage.may(Deed.ANSWER),
        "reception": reception_of(gathering),
        "votes": votes_to_see(gathering, Audience.RECIPIENT, language=language),
        "took_part": took_part(gathering, language=language),
        "explanation": explained(k=k_of(stage), language=language),
        "rows": [(row, _draft_form(row, wrong)) for row in rows],
        "has_messages": any(row.thread is not None for row in rows),
        "open_key": wrong[0] if wrong else "",
        "overtaken": overtaken,
        "commitments": _commitments(rows, visit, progress),
        "ready": [row for row in rows if row.draft and row.draft.ready],
        "unready": [row for row in rows if row.draft and not row.draft.ready],
        "counts": counts_of(gathering),
        "promised": is_promised(gathering),
        "today": clock.today(gathering.zone),
    }


def _draft_form(row: DeskMessage, wrong: tuple[str, DraftForm] | None) -> DraftForm:
    if wrong is not None and wrong[0] == row.key:
        return wrong[1]
    draft = None if row.draft is None else row.draft.draft
    return DraftForm.of(draft, to_everybody=row.thread is None, prefix=row.key)


def _commitments(
    rows: list[DeskMessage], visit: DeskVisit, progress: tuple[UUID, ProgressForm] | None
) -> list[tuple[object, ProgressForm | None]]:
    found: list[tuple[object, ProgressForm | None]] = []
    for row in rows:
        for view in row.answer.commitments if row.answer else []:
            id_ = view.commitment.id
            form = ProgressForm(prefix=f"v-{id_.hex}", initial={"state": view.commitment.state})
            if progress is not None and progress[0] == id_:
                form = progress[1]
            found.append((view, form if visit.may_release else None))
    return found
