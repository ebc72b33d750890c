"""The offered report: the same page and the same files for participants, recipient and crew (W15)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from weerklank_web.answers.gates import Reader, reader_of
from weerklank_web.gatherings.forms.registration import NewLinkForm
from weerklank_web.groundwork.errors import Denied, NotFound
from weerklank_web.reports.files import as_download
from weerklank_web.reports.queries.editions import file_of, newest_shared, shared_editions
from weerklank_web.reports.views.saying import file_links, spoken_in

__all__ = ["file", "report"]


@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest offered edition, in every format; whoever has no link reads how to get in."""
    reader = reader_of(request, slug)
    gathering = reader.gathering
    if not _may_read(reader):
        context = {"gathering": gathering, "form": NewLinkForm()}
        return render(request, "gatherings/link_needed.html", context, status=403)
    editions = list(shared_editions(gathering))
    newest = editions[0] if editions else None
    files = list(newest.files.all()) if newest else []
    return render(
        request,
        "reports/shared.html",
        {
            "gathering": gathering,
            "report": newest,
            "report_language": spoken_in(newest) if newest else "",
            "earlier": editions[1:],
            "links": file_links(files, lambda one: reverse("reports:file", args=[slug, one.name])),
            "reader": reader,
        },
    )


@require_safe
def file(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """One of its files. What was never offered, or was replaced, is not handed out."""
    reader = reader_of(request, slug)
    if not _may_read(reader):
        raise Denied(_("Open deze pagina met je eigen link uit je mail."), code="link-needed")
    shared = newest_shared(reader.gathering)
    found = None if shared is None else file_of(shared, name)
    if shared is None or found is None:
        raise NotFound(_("Dit bestand bestaat niet (meer)."))
    shared.gathering = reader.gathering
    return as_download(found, shared)


def _may_read(reader: Reader) -> bool:
    """Participants, recipient and aides, crew: whoever may read what was offered."""
    return reader.belongs or reader.desk is not None
