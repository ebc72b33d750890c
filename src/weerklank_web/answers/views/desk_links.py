"""Links to the desk: an organiser makes them, sees each once, and lets them lapse."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from weerklank_web.answers.actions.desk_link import MadeLink, make_desk_link, revoke_desk_link
from weerklank_web.answers.forms.desk import DeskLinkForm
from weerklank_web.answers.gates import BenchVisit, bench_for, desk_link_for
from weerklank_web.answers.queries.desk import desk_links_of
from weerklank_web.answers.views.saying import go_to
from weerklank_web.gatherings.letters import private_address
from weerklank_web.gatherings.views.saying import refusals_told, tabs_of

__all__ = ["desk_links", "revoke"]


@require_http_methods(["GET", "POST"])
def desk_links(request: HttpRequest, slug: str) -> HttpResponse:
    """Who can open the desk. A new link stands on the answer to this very request, and nowhere afterwards."""
    visit = bench_for(request, slug)
    if request.method != "POST":
        return _page(request, visit, DeskLinkForm(initial={"role": "aide"}))
    form = DeskLinkForm(request.POST)
    if not form.is_valid():
        return _page(request, visit, form, status=422)
    made = make_desk_link(
        visit.gathering,
        holder=form.cleaned_data["holder"],
        email=form.cleaned_data["email"],
        may_release=form.may_release,
        by=visit.by,
    )
    return _page(request, visit, DeskLinkForm(initial={"role": "aide"}), made=made)


@require_POST
def revoke(request: HttpRequest, slug: str, id: UUID) -> HttpResponse:  # noqa: A002
    """Let a link lapse."""
    visit, link = desk_link_for(request, slug, id)
    with refusals_told(request, done=_("Deze link werkt niet meer. Wat ermee is voorbereid, blijft.")):
        revoke_desk_link(link, by=visit.by)
    return go_to("desk-links", visit.gathering)


def _page(
    request: HttpRequest,
    visit: BenchVisit,
    form: DeskLinkForm,
    *,
    made: MadeLink | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "gathering": visit.gathering,
        "tabs": tabs_of(visit.gathering, current="answers:desk-links"),
        "form": form,
        "links": desk_links_of(visit.gathering),
        "made": made,
        "address": private_address(made.secret) if made else "",
    }
    return render(request, "answers/desk_links.html", context, status=status)
