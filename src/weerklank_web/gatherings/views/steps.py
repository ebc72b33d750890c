"""The steps of the format: where we are, what the next step does, going on and going back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from weerklank_web.gatherings.actions.gathering import close_gathering, move_to_step
from weerklank_web.gatherings.forms.setup import ReasonForm
from weerklank_web.gatherings.gates import Right, gathering_for, signed_in
from weerklank_web.gatherings.queries.gathering import steps_of, turn_to
from weerklank_web.gatherings.stage import stage_of
from weerklank_web.gatherings.views.saying import go_to, organiser_page, refusals_told
from weerklank_web.groundwork.errors import NotFound

__all__ = ["close", "step", "steps"]


def steps(request: HttpRequest, slug: str) -> HttpResponse:
    """Every step, and what going on to the next one will do."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    following = stage_of(gathering).next_step
    turn = None
    if following is not None and gathering.published_at is not None:
        turn = turn_to(gathering, following.id)
    parts = {"steps": steps_of(gathering), "turn": turn}
    return organiser_page(request, gathering, "gatherings/steps.html", parts, current="setup-steps")


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, slug: str, step_id: str) -> HttpResponse:
    """Say what going to this step will do; then go. Going back asks why."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    try:
        turn = turn_to(gathering, step_id)
    except KeyError:
        raise NotFound(_("Deze stap is er niet.")) from None
    form = ReasonForm(request.POST if request.method == "POST" and turn.back else None)
    if request.method == "POST" and (not turn.back or form.is_valid()):
        reason = form.cleaned_data["reason"] if turn.back else ""
        done = _("Jullie staan nu bij «%(step)s».") % {"step": turn.step.label}
        with refusals_told(request, done=done):
            move_to_step(gathering, step_id, by=signed_in(request), reason=reason)
        return go_to("setup-steps", gathering)
    return organiser_page(
        request,
        gathering,
        "gatherings/step.html",
        {"turn": turn, "form": form},
        current="setup-steps",
        status=422 if form.errors else 200,
    )


@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything is done."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    with refusals_told(request, done=_("Afgesloten. Persoonlijke gegevens gaan over dertig dagen weg.")):
        close_gathering(gathering, by=signed_in(request))
    return go_to("setup-steps", gathering)
