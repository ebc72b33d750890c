"""At the bench: merge, split, leave a word out, take a step back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from weerklank_web.answers.actions import bench as deeds
from weerklank_web.answers.forms.statement import chosen_in
from weerklank_web.answers.gates import bench_for, statement_for
from weerklank_web.answers.models import Insight
from weerklank_web.answers.views.saying import go_to
from weerklank_web.gatherings.stage import INSIGHT
from weerklank_web.gatherings.views.saying import refusals_told

__all__ = ["merge", "split", "undo", "word"]


@require_POST
def merge(request: HttpRequest, slug: str) -> HttpResponse:
    """Two chosen insights become one, the higher in the list keeps its sentence."""
    visit = bench_for(request, slug)
    chosen = list(
        Insight.objects.filter(gathering=visit.gathering, id__in=chosen_in(request.POST.getlist("inzicht")))
    )
    if len(chosen) != 2:
        messages.error(request, _("Kies precies twee inzichten om samen te voegen."))
        return go_to("bench", visit.gathering, at="inzichten")
    done = _(
        "Samengevoegd. De zin van het andere inzicht staat nu in de toelichting; lees het geheel nog eens na."
    )
    with refusals_told(request, done=done):
        insight = deeds.merge_insights(chosen[0], chosen[1], by=visit.by)
        return go_to(INSIGHT, visit.gathering, insight.id)
    return go_to("bench", visit.gathering, at="inzichten")


@require_POST
def split(request: HttpRequest, slug: str, id: UUID) -> HttpResponse:  # noqa: A002
    """The chosen sources get an insight of their own."""
    visit = statement_for(request, slug, INSIGHT, id)
    with refusals_told(request, done=_("Gesplitst. Dit is het nieuwe inzicht; geef het een zin.")):
        made = deeds.split_insight(visit.thing, chosen_in(request.POST.getlist("bron")), by=visit.by)  # type: ignore[arg-type]
        return go_to(INSIGHT, visit.gathering, made.id)
    return go_to(INSIGHT, visit.gathering, id, at="bronnen")


@require_POST
def word(request: HttpRequest, slug: str) -> HttpResponse:
    """A word that says nothing here, or one that may count again."""
    visit = bench_for(request, slug)
    text = request.POST.get("woord", "")
    if request.POST.get("wat") == "terug":
        with refusals_told(request, done=_("Dit woord doet weer mee.")):
            deeds.drop_frame_word(visit.gathering, text, by=visit.by)
    else:
        with refusals_told(
            request, done=_("Dit woord doet niet meer mee. De suggesties worden opnieuw berekend.")
        ):
            deeds.add_frame_word(visit.gathering, text, by=visit.by)
    return go_to("bench", visit.gathering, at="suggesties-kop")


@require_POST
def undo(request: HttpRequest, slug: str, step: int) -> HttpResponse:
    """One step back."""
    visit = bench_for(request, slug)
    with refusals_told(request, done=_("Teruggezet.")):
        deeds.undo(visit.gathering, step, by=visit.by)
    return go_to("bench", visit.gathering, at="stappen")
