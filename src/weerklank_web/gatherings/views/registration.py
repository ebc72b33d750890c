"""Registering (W3)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from weerklank_web.gatherings.actions.registration import register as write_down
from weerklank_web.gatherings.bridge import registration_days
from weerklank_web.gatherings.forms.registration import RegistrationForm
from weerklank_web.gatherings.gates import Right, gathering_for, participant_or_none
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.queries.registration import attendance_of, free_places, registrations_of
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.gatherings.views.public import process_card
from weerklank_web.gatherings.views.saying import go_to, organiser_page
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.language import language_now
from weerklank_web.groundwork.limits import count_attempt

__all__ = ["register", "registered", "registrations"]


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form. Whoever fills it in hears «look in your mail», whether the address was known or not."""
    gathering = gathering_for(request, slug, to=Right.SEE)
    stage = stage_of(gathering)
    if not stage.may(Deed.REGISTER):
        return render(request, "gatherings/register_closed.html", {"gathering": gathering, "stage": stage})
    form = RegistrationForm(request.POST if request.method == "POST" else None, gathering=gathering)
    if request.method == "POST" and form.is_valid():
        count_attempt(request, what=f"register:{gathering.id}", allowed=60, minutes=15)
        if _written_down(gathering, form):
            return go_to("registered", gathering)
    return render(
        request,
        "gatherings/register.html",
        {
            **process_card(gathering),
            "form": form,
            "full": free_places(gathering) == 0,
            "registration_days": registration_days(stage.format),
            "participant": participant_or_none(request, gathering),
        },
        status=422 if form.errors else 200,
    )


def registered(request: HttpRequest, slug: str) -> HttpResponse:
    """«Look in your mail.»"""
    gathering = gathering_for(request, slug, to=Right.SEE)
    return render(request, "gatherings/registered.html", {"gathering": gathering})


def registrations(request: HttpRequest, slug: str) -> HttpResponse:
    """The list, for organisers: names, needs, wishes; no mail addresses."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    parts = {
        "registrations": registrations_of(gathering),
        "attendance": attendance_of(gathering),
        "free": free_places(gathering),
    }
    return organiser_page(request, gathering, "gatherings/registrations.html", parts, current="registrations")


def _written_down(gathering: Gathering, form: RegistrationForm) -> bool:
    try:
        left = write_down(
            gathering,
            email=form.cleaned_data["email"],
            details=form.details(),
            wishes=form.themes(),
            proposes=form.proposal(),
            language=language_now(),
            letters_wanted=form.letters_wanted(),
        )
    except NotNow as refusal:
        form.add_error(None, refusal.sentence)
        return False
    if not left:
        form.add_error(
            None, _("De mail met je link wilde niet weg. Wacht een paar minuten en probeer het opnieuw.")
        )
    return left
