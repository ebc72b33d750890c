"""Taking in notes: upload, wait while they are read, look them over, accept."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from weerklank_web.dialogue.bridge.format import values_of
from weerklank_web.gatherings.gates import Right, gathering_for, signed_in
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.stage import stage_of
from weerklank_web.gatherings.views.saying import organiser_page, refusals_told
from weerklank_web.groundwork.errors import NotFound, NotNow
from weerklank_web.groundwork.language import language_now
from weerklank_web.reports import tasks
from weerklank_web.reports.actions.notes import (
    correct_rows,
    drop_upload,
    hand_in_notes,
    place_parts,
    take_in,
)
from weerklank_web.reports.collected import ReadRow
from weerklank_web.reports.forms.notes import LookOverForm, PartsForm, UploadForm
from weerklank_web.reports.models import NotesUpload
from weerklank_web.reports.queries.uploads import (
    PAGE,
    is_stuck,
    may_take_in,
    parts_in,
    rooms_of,
    rows_of,
    tally_of,
    upload_of,
    uploads_of,
)
from weerklank_web.reports.views.saying import go_to, is_part

__all__ = ["drop", "look_over", "parts", "uploads"]


@require_http_methods(["GET", "POST"])
def uploads(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand in a file; earlier uploads."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    rooms = rooms_of(gathering)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = _hand_in(request, gathering, form)
        except NotNow as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return go_to("look-over", gathering, upload.id)
    context = {
        "form": form,
        "rooms": rooms,
        "may_take_in": may_take_in(gathering),
        "uploads": uploads_of(gathering),
    }
    status = 422 if form.errors else 200
    return organiser_page(
        request, gathering, "reports/uploads.html", context, current="reports:uploads", status=status
    )


@require_http_methods(["GET", "POST"])
def look_over(request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
    """Look over one page of what was read; every correction is kept, so that nothing is lost."""
    gathering, upload = _upload(request, slug, upload_id)
    desk = _desk(gathering, upload, request.GET.get("p"))
    form = LookOverForm(
        request.POST or None, rows=list(desk.page.object_list), rooms=desk.rooms, levels=desk.levels
    )
    if request.method == "POST" and is_part(request) and not form.is_valid():
        raise NotNow(_("De kamers zijn intussen veranderd. Ververs de bladzijde."), code="rooms-changed")
    if request.method == "POST" and form.is_valid():
        upload = correct_rows(upload, form.corrections)
        if is_part(request):
            context = {"tally": tally_of(rows_of(upload)), "gathering": gathering, "upload": upload}
            return render(request, "reports/look_over.html#tally", {**context, "saved": True})
        if "accept" in request.POST:
            return _accept(request, gathering, upload, page=desk.page.number)
        messages.success(request, _("Bewaard."))
        return go_to("look-over", gathering, upload.id, query=f"?p={_next(request, desk.page)}")
    context = {
        "upload": upload,
        "page": desk.page,
        "form": form,
        "headings": list(form.parts()),
        "parts_form": PartsForm(parts=parts_in(desk.rows), rooms=desk.rooms),
        "tally": tally_of(desk.rows),
        "stuck": is_stuck(upload),
        "may_take_in": may_take_in(gathering),
        "topic": f"notes-{upload.id.hex}",
    }
    if is_part(request):
        return render(request, "reports/look_over.html#progress", {**context, "gathering": gathering})
    status = 422 if form.errors else 200
    return organiser_page(
        request, gathering, "reports/look_over.html", context, current="reports:uploads", status=status
    )


@require_POST
def parts(request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
    """Choose a room for each part of the file at once."""
    gathering, upload = _upload(request, slug, upload_id)
    desk = _desk(gathering, upload, None)
    form = PartsForm(request.POST, parts=parts_in(desk.rows), rooms=desk.rooms)
    if form.is_valid():
        with refusals_told(request, done=_("De delen staan nu bij hun kamer.")):
            place_parts(upload, form.rooms)
    else:
        messages.error(request, _("Deze kamers zijn intussen veranderd. Kies opnieuw."))
    return go_to("look-over", gathering, upload.id)


@require_POST
def drop(request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
    """Throw an upload away."""
    gathering, upload = _upload(request, slug, upload_id)
    with refusals_told(request, done=_("Weggegooid. Er is niets van overgenomen.")):
        drop_upload(upload, by=signed_in(request))
    return go_to("uploads", gathering)


@dataclass(frozen=True)
class _Desk:
    """Everything that lies on the table while somebody looks notes over."""

    rows: list[ReadRow]
    page: Page[tuple[int, ReadRow]]
    rooms: list[tuple[str, str]]
    levels: list[tuple[str, str]]


def _desk(gathering: Gathering, upload: NotesUpload, page: str | None) -> _Desk:
    rows = rows_of(upload)
    return _Desk(
        rows=rows,
        page=Paginator(list(enumerate(rows)), PAGE).get_page(page),
        rooms=[(str(room.id), f"{room.name}: {room.theme.title}") for room in rooms_of(gathering)],
        levels=[
            (value.key, value.label) for value in values_of(stage_of(gathering), "level", language_now())
        ],
    )


def _hand_in(request: HttpRequest, gathering: Gathering, form: UploadForm) -> NotesUpload:
    file = form.cleaned_data["file"]
    upload = hand_in_notes(gathering, name=file.name, content=file.read(), by=signed_in(request))
    tasks.read_notes.enqueue(str(upload.id), language_now())
    return upload


def _accept(request: HttpRequest, gathering: Gathering, upload: NotesUpload, *, page: int) -> HttpResponse:
    try:
        taken = take_in(upload, by=signed_in(request))
    except NotNow as refusal:
        messages.error(request, refusal.sentence)
        lost = tally_of(rows_of(upload))
        there = lost.lost_page if lost.homeless else page
        return go_to("look-over", gathering, upload.id, query=f"?p={there}")
    told = ngettext(
        "%(count)d stuk inbreng staat nu in de kamers.",
        "%(count)d stukken inbreng staan nu in de kamers.",
        taken,
    )
    messages.success(request, told % {"count": taken})
    return go_to("uploads", gathering)


def _next(request: HttpRequest, page: Page[tuple[int, ReadRow]]) -> int:
    return page.next_page_number() if "next" in request.POST and page.has_next() else page.number


def _upload(request: HttpRequest, slug: str, upload_id: UUID) -> tuple[Gathering, NotesUpload]:
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    upload = upload_of(gathering, upload_id)
    if upload is None:
        raise NotFound(_("Dit bestand is er niet (meer)."))
    return gathering, upload
