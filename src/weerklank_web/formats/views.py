"""Formats of one's own: read in, look over what the checker found, take off the list."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from weerklank_web.accounts.gates import organiser
from weerklank_web.formats.actions import keep_own_format, remove_own_format
from weerklank_web.formats.bridge import Reading, Remark, catalogue, file_of_shipped, read_format
from weerklank_web.formats.forms import OwnFormatForm
from weerklank_web.formats.models import OwnFormat
from weerklank_web.formats.queries import own_formats_of
from weerklank_web.groundwork.errors import NotFound
from weerklank_web.groundwork.language import language_now
from weerklank_web.groundwork.replies import SeeOther

__all__ = ["own_formats", "remove", "shipped"]


# More than this nobody mends in one go; a file that is no format at all has a remark for each line.
_MOST_REMARKS = 100


@require_http_methods(["GET", "POST"])
def own_formats(request: HttpRequest) -> HttpResponse:
    """The list, and a file to read in; with faults in it nothing is kept, and each is told by its line."""
    person = organiser(request)
    form = OwnFormatForm(request.POST or None, request.FILES or None)
    reading: Reading | None = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        reading = read_format(file.read(), source=file.name, language=language_now())
        if reading.format is not None:
            own = keep_own_format(reading.format, by=person)
            messages.success(
                request,
                _("«%(title)s» staat op je lijst. Je kunt er een bijeenkomst mee maken.") % {"title": own},
            )
            for remark in reading.remarks:
                messages.warning(request, _in_one_line(remark))
            return SeeOther(reverse("formats:own"))
    refused = reading is not None or bool(form.errors)
    context = {
        "form": form,
        "reading": reading,
        "remarks": reading.remarks[:_MOST_REMARKS] if reading else (),
        "own": own_formats_of(person),
        "shipped": [(each.id, each.title.in_language(language_now())) for each in catalogue()],
        "language": language_now(),
    }
    return render(request, "formats/own.html", context, status=422 if refused else 200)


@require_POST
def remove(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """Take one of my formats off my list."""
    person = organiser(request)
    own = OwnFormat.objects.select_related("version").filter(owner=person, id=id).first()
    if own is None:
        raise NotFound(_("Deze werkvorm staat niet op je lijst."))
    title = str(own)
    if remove_own_format(own, by=person):
        messages.success(request, _("«%(title)s» is weg.") % {"title": title})
    else:
        messages.success(
            request,
            _("«%(title)s» staat niet meer op je lijst. Bijeenkomsten die hem gebruiken, houden hem.")
            % {"title": title},
        )
    return SeeOther(reverse("formats:own"))


@require_safe
def shipped(request: HttpRequest, key: str) -> HttpResponse:
    """The file of a format that comes with Weerklank, to begin one's own with."""
    organiser(request)
    text = file_of_shipped(key)
    if text is None:
        raise NotFound(_("Deze werkvorm bestaat niet (meer)."))
    response = HttpResponse(text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}.toml"'
    return response


def _in_one_line(remark: Remark) -> str:
    """A warning as a sentence: where, what, and what to do."""
    where = _("Let op: regel %(line)s.") % {"line": remark.line} if remark.line else _("Let op.")
    return f"{where} {remark.what} {remark.remedy}"
