"""Making a gathering, and its set-up pages that are one form each."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from weerklank_web.accounts.gates import organiser
from weerklank_web.accounts.models import Person
from weerklank_web.formats.actions import take_format
from weerklank_web.formats.queries import formats_for
from weerklank_web.gatherings.actions.gathering import describe, make_gathering, publish
from weerklank_web.gatherings.actions.mandate import word_mandate
from weerklank_web.gatherings.forms.setup import (
    BasicsForm,
    MandateForm,
    MomentForm,
    NewGatheringForm,
    PromiseForm,
)
from weerklank_web.gatherings.gates import Right, gathering_for, signed_in
from weerklank_web.gatherings.letters import address_of
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.queries.gathering import changes_of, mandate_of, missing_for, steps_of
from weerklank_web.gatherings.queries.registration import attendance_of
from weerklank_web.gatherings.rules import Gap
from weerklank_web.gatherings.views.saying import PARTS, Tab, go_to, organiser_page, parts_of, refusals_told
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.language import language_now

__all__ = ["basics", "manage", "mandate", "moment", "new", "promise", "publish_now"]

# Where a gap of gatherings.rules can be mended.
_PAGES = {
    "basis": "setup-basics",
    "moment": "setup-moment",
    "organisaties": "setup-organisations",
    "belofte": "setup-promise",
    "mandaat": "setup-mandate",
    "themas": "setup-themes",
}


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose a title and a format; everything else may follow later."""
    person = organiser(request)
    form = NewGatheringForm(
        request.POST if request.method == "POST" else None,
        offered=formats_for(person),
        language=language_now(),
    )
    if request.method == "POST" and form.is_valid():
        gathering = make_gathering(
            take_format(form.chosen()),
            title=form.cleaned_data["title"],
            language=form.cleaned_data["language"],
            by=person,
        )
        messages.success(
            request, _("Je bijeenkomst is er, als concept. Alleen jij en je team zien haar nog.")
        )
        return go_to("manage", gathering)
    return render(request, "gatherings/new.html", {"form": form}, status=422 if form.errors else 200)


def manage(request: HttpRequest, slug: str) -> HttpResponse:
    """The overview: what is missing, where it stands, who comes."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    parts = {
        "checklist": _checklist(gathering),
        "steps": steps_of(gathering),
        "attendance": attendance_of(gathering),
        "changes": changes_of(gathering),
        "public_address": address_of(gathering),
    }
    return organiser_page(request, gathering, "gatherings/manage.html", parts, current="manage")


@require_POST
def publish_now(request: HttpRequest, slug: str) -> HttpResponse:
    """Put it online."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    with refusals_told(request, done=_("De bijeenkomst staat online. Mensen kunnen zich inschrijven.")):
        publish(gathering, by=signed_in(request))
    return go_to("manage", gathering)


def basics(request: HttpRequest, slug: str) -> HttpResponse:
    """Title, address, purposes, language, retention."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    form = BasicsForm(_typed(request), gathering=gathering)

    def save(person: Person) -> Gathering:
        return describe(gathering, form.words(), by=person)

    return _section(request, gathering, form, save, page="setup-basics")


def moment(request: HttpRequest, slug: str) -> HttpResponse:
    """When and where."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    form = MomentForm(_typed(request), gathering=gathering)

    def save(person: Person) -> Gathering:
        return describe(gathering, form.words(), by=person)

    return _section(request, gathering, form, save, page="setup-moment")


def promise(request: HttpRequest, slug: str) -> HttpResponse:
    """Who receives it, and what they promise."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    form = PromiseForm(_typed(request), gathering=gathering)

    def save(person: Person) -> Gathering:
        return describe(gathering, form.words(), by=person, reason=form.reason_given())

    return _section(request, gathering, form, save, page="setup-promise")


def mandate(request: HttpRequest, slug: str) -> HttpResponse:
    """How far taking part goes."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    form = MandateForm(_typed(request), mandate=mandate_of(gathering))

    def save(person: Person) -> Gathering:
        word_mandate(gathering, form.words(), by=person, reason=form.reason_given())
        return gathering

    return _section(request, gathering, form, save, page="setup-mandate")


def _typed(request: HttpRequest) -> dict[str, object] | None:
    return request.POST if request.method == "POST" else None  # type: ignore[return-value]


def _section(
    request: HttpRequest,
    gathering: Gathering,
    form: forms.BaseForm,
    save: Callable[[Person], Gathering],
    *,
    page: str,
) -> HttpResponse:
    """One form, saved by itself; what was typed stays when something is wrong with it."""
    if request.method == "POST" and form.is_valid():
        try:
            gathering = save(signed_in(request))
        except NotNow as refusal:
            form.add_error("reason" if refusal.code == "reason-needed" else None, refusal.sentence)
        else:
            messages.success(request, _("Bewaard."))
            return go_to(page, gathering)
    gaps = [gap for gap in missing_for(gathering) if _PAGES[gap.section] == page]
    parts = {
        "page": page,
        "form": form,
        "gaps": gaps,
        "changes": changes_of(gathering) if page in ("setup-promise", "setup-mandate") else (),
        "frozen_on": mandate_of(gathering).frozen_on if page == "setup-mandate" else None,
    }
    return organiser_page(
        request,
        gathering,
        "gatherings/section.html",
        parts,
        current=page,
        status=422 if form.errors else 200,
    )


def _checklist(gathering: Gathering) -> list[tuple[Tab, list[Gap]]]:
    """The parts in which something is missing, each with what."""
    missing = missing_for(gathering)
    parts = zip(PARTS, parts_of(gathering, current="setup-basics"), strict=True)
    rows = [
        (tab, [gap for gap in missing if f"gatherings:{_PAGES[gap.section]}" == name])
        for (name, _label), tab in parts
    ]
    return [row for row in rows if row[1]]
