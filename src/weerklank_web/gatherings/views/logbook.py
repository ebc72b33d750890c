"""Who did what: the journal of a gathering, for its organisers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from weerklank_web.gatherings.gates import Right, gathering_for
from weerklank_web.gatherings.queries.logbook import logbook_of
from weerklank_web.gatherings.views.saying import organiser_page
from weerklank_web.groundwork.language import language_now

__all__ = ["logbook"]


@require_safe
def logbook(request: HttpRequest, slug: str) -> HttpResponse:
    """What the crew, the desk and Weerklank itself did, newest first."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    book = logbook_of(gathering, language=language_now(), page=request.GET.get("page"))
    parts = {"page": book.page, "deeds": book.deeds}
    return organiser_page(request, gathering, "gatherings/logbook.html", parts, current="manage")
