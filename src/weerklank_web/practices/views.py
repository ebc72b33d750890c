"""My own sheet of at most four next steps, opened by my private link (T9)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from weerklank_web.gatherings.gates import Participant, participant_for
from weerklank_web.gatherings.views.saying import SeeOther, refusals_told
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.practices.actions import add_step, drop_step, tick_step
from weerklank_web.practices.forms import StepForm
from weerklank_web.practices.queries import free_places, steps_of
from weerklank_web.practices.rules import MOST_STEPS

__all__ = ["drop", "steps", "tick"]


@require_http_methods(["GET", "POST"])
def steps(request: HttpRequest, slug: str) -> HttpResponse:
    """The sheet, and room for one step more."""
    participant = participant_for(request, slug)
    form = StepForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            add_step(participant, when=form.cleaned_data["when"], then=form.cleaned_data["then"])
        except NotNow as refusal:
            messages.info(request, refusal.sentence)
            return _page(request, participant, form, status=409)
        messages.success(request, _("Bewaard. Alleen jij ziet dit."))
        return _back(participant)
    return _page(request, participant, form, status=422 if form.errors else 200)


@require_POST
def tick(request: HttpRequest, slug: str, id: UUID) -> HttpResponse:  # noqa: A002
    """Done, or not after all."""
    participant = participant_for(request, slug)
    tick_step(participant, id, done=request.POST.get("gedaan") == "ja")
    return _back(participant)


@require_POST
def drop(request: HttpRequest, slug: str, id: UUID) -> HttpResponse:  # noqa: A002
    """Throw a step away."""
    participant = participant_for(request, slug)
    with refusals_told(request, done=_("Weg. Er is weer plaats.")):
        drop_step(participant, id)
    return _back(participant)


def _back(participant: Participant) -> HttpResponse:
    return SeeOther(resolve_url("practices:steps", participant.gathering.slug))


def _page(request: HttpRequest, participant: Participant, form: StepForm, *, status: int) -> HttpResponse:
    mine = steps_of(participant)
    context = {
        "gathering": participant.gathering,
        "steps": mine,
        "left": len(free_places(mine)),
        "most": MOST_STEPS,
        "form": form,
    }
    return render(request, "practices/steps.html", context, status=status)
