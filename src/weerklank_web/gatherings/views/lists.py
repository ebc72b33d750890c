"""The set-up pages that are short lists: organisations, programme, crew. Keyboard buttons, no dragging."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from weerklank_web.gatherings.actions import setup as deeds
from weerklank_web.gatherings.forms.lists import (
    CrewForm,
    OrganisationForm,
    ProgrammeItemForm,
)
from weerklank_web.gatherings.gates import Right, gathering_for, signed_in
from weerklank_web.gatherings.models import Membership, Organisation, ProgrammeItem
from weerklank_web.gatherings.queries.gathering import programme_of
from weerklank_web.gatherings.views.saying import (
    change_page,
    go_to,
    goes_up,
    list_page,
    or_not_found,
    refusals_told,
)

__all__ = [
    "crew",
    "leave_crew",
    "move_organisation",
    "move_programme_item",
    "organisation",
    "organisations",
    "programme",
    "programme_item",
    "remove_organisation",
    "remove_programme_item",
]


# --- organisations ---------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def organisations(request: HttpRequest, slug: str) -> HttpResponse:
    """Every organising organisation, and a form for one more."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_told(request, done=_("Toegevoegd.")):
            deeds.add_organisation(gathering, by=signed_in(request), **form.cleaned_data)
        return go_to("setup-organisations", gathering)
    rows = {"organisations": gathering.organisations.all()}
    return list_page(request, gathering, form, "organisations", rows)


@require_http_methods(["GET", "POST"])
def organisation(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change one."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    one = or_not_found(Organisation.objects.filter(gathering=gathering, pk=number).first())
    form = OrganisationForm(
        request.POST if request.method == "POST" else None, initial={"name": one.name, "website": one.website}
    )
    if request.method == "POST" and form.is_valid():
        deeds.change_organisation(one, by=signed_in(request), **form.cleaned_data)
        return go_to("setup-organisations", gathering)
    return change_page(request, gathering, form, title=one.name, back="setup-organisations")


@require_POST
def move_organisation(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Up or down."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    one = or_not_found(Organisation.objects.filter(gathering=gathering, pk=number).first())
    deeds.move_organisation(one, up=goes_up(request))
    return go_to("setup-organisations", gathering)


@require_POST
def remove_organisation(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take it off."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    one = or_not_found(Organisation.objects.filter(gathering=gathering, pk=number).first())
    with refusals_told(request, done=_("Weggehaald.")):
        deeds.remove_organisation(one, by=signed_in(request))
    return go_to("setup-organisations", gathering)


# --- programme -------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Every line with its moment, and a form for one more."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    form = ProgrammeItemForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        deeds.add_programme_item(gathering, by=signed_in(request), **form.cleaned_data)
        return go_to("setup-programme", gathering)
    rows = programme_of(gathering)
    minutes = sum(row.item.minutes for row in rows)
    return list_page(request, gathering, form, "programme", {"rows": rows, "minutes": minutes})


@require_http_methods(["GET", "POST"])
def programme_item(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change one."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    one = or_not_found(ProgrammeItem.objects.filter(gathering=gathering, pk=number).first())
    initial = {"title": one.title, "minutes": one.minutes, "text": one.text}
    form = ProgrammeItemForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        deeds.change_programme_item(one, by=signed_in(request), **form.cleaned_data)
        return go_to("setup-programme", gathering)
    return change_page(request, gathering, form, title=one.title, back="setup-programme")


@require_POST
def move_programme_item(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Up or down."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    one = or_not_found(ProgrammeItem.objects.filter(gathering=gathering, pk=number).first())
    deeds.move_programme_item(one, up=goes_up(request))
    return go_to("setup-programme", gathering)


@require_POST
def remove_programme_item(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take it off."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    one = or_not_found(ProgrammeItem.objects.filter(gathering=gathering, pk=number).first())
    deeds.remove_programme_item(one, by=signed_in(request))
    return go_to("setup-programme", gathering)


# --- crew ------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def crew(request: HttpRequest, slug: str) -> HttpResponse:
    """Who helps, and a form to invite somebody."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    form = CrewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with refusals_told(request, done=_("Uitgenodigd. De mail vertrekt binnen werktijd.")):
            deeds.invite_to_crew(
                gathering,
                email=data["email"],
                name=data["name"],
                role=form.role_chosen(),
                by=signed_in(request),
            )
        return go_to("setup-crew", gathering)
    members = gathering.memberships.select_related("person", "room").order_by("role", "person__name")
    return list_page(request, gathering, form, "crew", {"members": members})


@require_POST
def leave_crew(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a role away."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    one = or_not_found(Membership.objects.filter(gathering=gathering, pk=number).first())
    person = signed_in(request)
    with refusals_told(request, done=_("Weggehaald.")):
        deeds.leave_crew(one, by=person)
    if not Membership.objects.filter(gathering=gathering, person=person).exists():
        return go_to("public", gathering)
    return go_to("setup-crew", gathering)
