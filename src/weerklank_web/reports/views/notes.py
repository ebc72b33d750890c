"""Taking in notes: upload, wait while they are read, look them over, accept."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from weerklank_web.dialogue.bridge import values_of
from weerklank_web.gatherings.gates import Right, gathering_for, signed_in
from weerklank_web.gatherings.models import Gathering, Room
from weerklank_web.gatherings.stage import stage_of
from weerklank_web.groundwork.errors import NotFound
from weerklank_web.reports import tasks
from weerklank_web.reports.actions.notes import correct_rows, drop_upload, hand_in_notes, rows_of, take_in
from weerklank_web.reports.forms.notes import PAGE, LookOverForm, UploadForm
from weerklank_web.reports.models import NotesUpload

__all__ = ["accept", "drop", "look_over", "uploads"]


@require_http_methods(["GET", "POST"])
def uploads(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand in a file; earlier uploads that still wait."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        upload = hand_in_notes(gathering, name=file.name, content=file.read(), by=signed_in(request))
        tasks.read_notes.enqueue(str(upload.id), _language())
        return redirect("reports:look-over", slug=slug, upload_id=upload.id)
    context = {
        "gathering": gathering,
        "form": form,
        "uploads": gathering.notes_uploads.defer("content", "rows"),
    }
    return render(request, "reports/uploads.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def look_over(request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
    """Look over one page of what was read; saving keeps the corrections, so that nothing is lost."""
    gathering, upload = _upload(request, slug, upload_id)
    numbered = list(enumerate(rows_of(upload)))
    page = Paginator(numbered, PAGE).get_page(request.GET.get("p"))
    rooms = [(str(room.id), f"{room.name}: {room.theme.title}") for room in _rooms(gathering)]
    levels = [(value.key, value.label) for value in values_of(stage_of(gathering), "level", _language())]
    form = LookOverForm(request.POST or None, rows=list(page.object_list), rooms=rooms, levels=levels)
    if request.method == "POST" and form.is_valid():
        correct_rows(upload, form.corrections)
        if "accept" in request.POST:
            return accept(request, slug, upload_id)
        messages.success(request, _("Bewaard."))
        return redirect(f"{request.path}?p={request.POST.get('next', page.number)}")
    lines = [
        {
            "row": row,
            "place": place,
            "keep": form[f"keep-{place}"],
            "room": form[f"room-{place}"],
            "level": form[f"level-{place}"],
        }
        for place, row in page.object_list
    ]
    kept = sum(row.keep for _place, row in numbered)
    context = {
        "gathering": gathering,
        "upload": upload,
        "page": page,
        "lines": lines,
        "kept": kept,
        "total": len(numbered),
        "topic": f"notes-{upload.id.hex}",
    }
    part = "#progress" if request.headers.get("HX-Request") else ""
    return render(request, f"reports/look_over.html{part}", context)


@require_POST
def accept(request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
    """Take the kept rows in."""
    _gathering, upload = _upload(request, slug, upload_id)
    taken = take_in(upload, by=signed_in(request))
    messages.success(request, _("%(count)s stukken inbreng staan nu in de kamers.") % {"count": taken})
    return redirect("reports:uploads", slug=slug)


@require_POST
def drop(request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
    """Throw an upload away."""
    _gathering, upload = _upload(request, slug, upload_id)
    drop_upload(upload, by=signed_in(request))
    messages.success(request, _("Weggegooid."))
    return redirect("reports:uploads", slug=slug)


def _upload(request: HttpRequest, slug: str, upload_id: UUID) -> tuple[Gathering, NotesUpload]:
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    upload = NotesUpload.objects.filter(gathering=gathering, id=upload_id).defer("content").first()
    if upload is None:
        raise NotFound(_("Dit bestand is er niet (meer)."))
    return gathering, upload


def _rooms(gathering: Gathering) -> list[Room]:
    return list(Room.objects.filter(gathering=gathering).select_related("theme"))


def _language() -> str:
    return (get_language() or "nl").split("-")[0]
