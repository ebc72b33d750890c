"""The offered report: the same page and the same files for participants, recipient and crew (W15)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from weerklank_web.answers.gates import desk_or_none
from weerklank_web.gatherings.gates import Right, gathering_for, memberships_of, participant_or_none
from weerklank_web.gatherings.models import Gathering
from weerklank_web.groundwork.errors import Denied, NotFound
from weerklank_web.reports.files import as_download
from weerklank_web.reports.queries.editions import file_of, newest_shared

__all__ = ["file", "report"]


def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest offered edition, in every format."""
    gathering = _reader(request, slug)
    return render(
        request, "reports/shared.html", {"gathering": gathering, "report": newest_shared(gathering)}
    )


def file(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """One of its files."""
    gathering = _reader(request, slug)
    shared = newest_shared(gathering)
    found = None if shared is None else file_of(shared, name)
    if found is None:
        raise NotFound(_("Dit bestand bestaat niet (meer)."))
    return as_download(found)


def _reader(request: HttpRequest, slug: str) -> Gathering:
    """Participants, recipient and aides, crew: whoever may read what was offered."""
    gathering = gathering_for(request, slug, to=Right.SEE)
    if (
        participant_or_none(request, gathering) is None
        and desk_or_none(request, gathering) is None
        and not memberships_of(request, gathering)
    ):
        raise Denied(_("Open deze pagina met je eigen link uit je mail."), code="link-needed")
    return gathering
