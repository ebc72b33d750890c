"""Help: the handbook, a page per role."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from weerklank_web.home import handbook

__all__ = ["help_index", "help_page", "help_picture"]


@require_safe
def help_index(request: HttpRequest) -> HttpResponse:
    """All pages, one card each."""
    return render(request, "home/help.html", {"pages": handbook.pages_in(settings.HANDBOOK)})


@require_safe
def help_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page, with the others beside it."""
    pages = handbook.pages_in(settings.HANDBOOK)
    page = next((each for each in pages if each.slug == slug), None)
    if page is None:
        raise Http404
    crumbs = [(_("Uitleg"), reverse("home:help"))]
    return render(request, "home/help_page.html", {"page": page, "pages": pages, "crumbs": crumbs})


@require_safe
def help_picture(_request: HttpRequest, name: str) -> FileResponse:
    """A picture in the handbook."""
    place = handbook.picture_in(settings.HANDBOOK, name)
    if place is None:
        raise Http404
    return FileResponse(place.open("rb"))
