"""Links to the desk: an organiser makes them, sees each once, and lets them lapse."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from weerklank_web.answers.actions.desk_link import MadeLink, make_desk_link, revoke_desk_link
from weerklank_web.answers.forms.desk import DeskLinkForm
from weerklank_web.answers.gates import BenchVisit, bench_for, desk_link_for
from weerklank_web.answers.models import DeskLink
from weerklank_web.answers.queries.desk import desk_link_of_secret, desk_links_of
from weerklank_web.answers.views.saying import go_to
from weerklank_web.gatherings.letters import private_address
from weerklank_web.gatherings.views.saying import refusals_told, tabs_of
from weerklank_web.groundwork import links

__all__ = ["desk_links", "revoke"]


# A new link waits in a cookie of the browser that made it, until the next page has shown it.
_NEW, _A_MOMENT = "new-desk", 120


@never_cache
@require_http_methods(["GET", "POST"])
def desk_links(request: HttpRequest, slug: str) -> HttpResponse:
    """Who can open the desk. A new link is shown once, on the page that follows its making, and nowhere afterwards."""
    visit = bench_for(request, slug)
    if request.method != "POST":
        return _with_new_link(request, visit)
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
    _say_if_mailed(request, made)
    response = go_to("desk-links", visit.gathering)
    links.remember(response, made.secret, purpose=_NEW, thing=visit.gathering.id, seconds=_A_MOMENT)
    return response


@require_POST
def revoke(request: HttpRequest, slug: str, id: UUID) -> HttpResponse:  # noqa: A002
    """Let a link lapse."""
    visit, link = desk_link_for(request, slug, id)
    with refusals_told(request, done=_("Deze link werkt niet meer. Wat ermee is voorbereid, blijft.")):
        revoke_desk_link(link, by=visit.by)
    return go_to("desk-links", visit.gathering)


def _with_new_link(request: HttpRequest, visit: BenchVisit) -> HttpResponse:
    """The page, with the link that this browser made a moment ago; it leaves the browser with this very answer."""
    gathering = visit.gathering
    secret = links.remembered(request, purpose=_NEW, thing=gathering.id)
    made = desk_link_of_secret(gathering, secret) if secret else None
    response = _page(
        request,
        visit,
        DeskLinkForm(initial={"role": "aide"}),
        made=made,
        address=private_address(secret) if secret and made else "",
    )
    if secret:
        links.forget(response, purpose=_NEW, thing=gathering.id)
    return response


def _say_if_mailed(request: HttpRequest, made: MadeLink) -> None:
    email = {"email": made.link.email}
    if made.mailed:
        messages.success(request, _("De link is ook gemaild naar %(email)s.") % email)
    elif made.mailed is False:
        messages.error(request, _("Mailen naar %(email)s lukte niet. Geef de link zelf door.") % email)


def _page(
    request: HttpRequest,
    visit: BenchVisit,
    form: DeskLinkForm,
    *,
    made: DeskLink | None = None,
    address: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "gathering": visit.gathering,
        "tabs": tabs_of(visit.gathering, current="answers:desk-links"),
        "form": form,
        "links": desk_links_of(visit.gathering),
        "made": made,
        "address": address,
    }
    return render(request, "answers/desk_links.html", context, status=status)
