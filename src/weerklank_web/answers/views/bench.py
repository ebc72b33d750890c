"""The bench: look, choose, and make insights and messages."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from weerklank_web.answers.actions import statement as deeds
from weerklank_web.answers.actions.suggestions import ask_suggestions
from weerklank_web.answers.forms.statement import FilterForm, chosen_in
from weerklank_web.answers.gates import BenchVisit, bench_for, statement_for
from weerklank_web.answers.queries.bench import bench_of
from weerklank_web.answers.queries.statement import faults_of, insights_of, messages_of
from weerklank_web.answers.queries.steps import steps_of
from weerklank_web.answers.queries.suggestions import frame_words_of, suggestions_of
from weerklank_web.answers.views.saying import go_to
from weerklank_web.dialogue.queries.board import contributions_to_use
from weerklank_web.gatherings.gates import signed_in
from weerklank_web.gatherings.models import Room
from weerklank_web.gatherings.stage import INSIGHT, MESSAGE, Deed, stage_of
from weerklank_web.gatherings.views.saying import refusals_told, tabs_of
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.language import language_now

__all__ = ["bench", "choose", "message_from_insight"]

_PARTS = {"uitspraken": "#statements", "suggesties": "#suggestions"}


@require_safe
def bench(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole bench; for a doorbell, only the part that rang."""
    visit = bench_for(request, slug)
    ask_suggestions(visit.gathering)
    part = _PARTS.get(request.GET.get("deel", ""), "") if request.headers.get("HX-Request") else ""
    return render(request, f"answers/bench.html{part}", _context(request, visit))


@require_POST
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """What was ticked (or suggested) becomes an insight or a message, or comes behind one that is there."""
    visit = bench_for(request, slug)
    ids = chosen_in(request.POST.getlist("bron"))
    what = request.POST.get("wat", "")
    if not ids:
        messages.error(request, _("Vink eerst inbreng aan."))
        return go_to("bench", visit.gathering, at="inbreng")
    try:
        if what == INSIGHT:
            insight = deeds.make_insight(visit.gathering, ids, by=visit.by)
            return go_to("insight", visit.gathering, insight.id)
        if what == MESSAGE:
            message = deeds.make_message(visit.gathering, ids, by=visit.by)
            return go_to("message", visit.gathering, message.id)
        return _put_behind(request, visit, ids, against=what == "ander-geluid")
    except NotNow as refusal:
        messages.error(request, refusal.sentence)
        return go_to("bench", visit.gathering, at="inbreng")


@require_POST
def message_from_insight(request: HttpRequest, slug: str, id: UUID) -> HttpResponse:  # noqa: A002
    """A message on everything behind an insight."""
    visit = statement_for(request, slug, INSIGHT, id)
    with refusals_told(request):
        message = deeds.make_message(visit.gathering, by=visit.by, insights=[visit.thing])  # type: ignore[list-item]
        return go_to("message", visit.gathering, message.id)
    return go_to("bench", visit.gathering)


def _put_behind(request: HttpRequest, visit: BenchVisit, ids: list[UUID], *, against: bool) -> HttpResponse:
    noun, _colon, number = request.POST.get("bij", "").partition(":")
    found = chosen_in([number])
    if noun not in (INSIGHT, MESSAGE) or not found:
        messages.error(request, _("Kies bij welk inzicht of welke boodschap dit hoort."))
        return go_to("bench", visit.gathering, at="inbreng")
    thing = statement_for(request, visit.gathering.slug, noun, found[0]).thing
    if against:
        for each in ids:
            deeds.object_with(thing, each, by=visit.by)
        messages.success(request, _("Dit staat er nu bij als ander geluid."))
        return go_to(noun, visit.gathering, thing.id)
    added = deeds.put_behind(thing, ids, by=visit.by)
    said = ngettext("%(n)d keer inbreng toegevoegd.", "%(n)d keer inbreng toegevoegd.", added)
    messages.success(request, said % {"n": added})
    return go_to(noun, visit.gathering, thing.id)


def _context(request: HttpRequest, visit: BenchVisit) -> dict[str, object]:
    gathering, language = visit.gathering, language_now()
    rows = list(contributions_to_use(gathering))
    insights = insights_of(gathering, language=language)
    made = [*insights, *messages_of(gathering, language=language)]
    faults = faults_of(gathering, made)
    labels = {INSIGHT: _("inzicht"), MESSAGE: _("boodschap")}
    filters = FilterForm.filters_in(request.GET)
    laid_out = bench_of(gathering, rows, filters=filters, statements=made, labels=labels, language=language)
    form = FilterForm(request.GET or None)
    form.lay_out(laid_out)
    stage = stage_of(gathering)
    rooms = Room.objects.filter(gathering=gathering).values_list("id", flat=True)
    return {
        "gathering": gathering,
        "tabs": tabs_of(gathering, current="answers:bench"),
        "bench": laid_out,
        "filters": filters,
        "form": form,
        "insights": [(view, faults[view.id]) for view in insights],
        "messages_made": [(view, faults[view.id]) for view in made if view.noun == MESSAGE],
        "choices": [
            (f"{view.noun}:{view.id.hex}", _choice(view.number, view.thing.words, labels[view.noun]))
            for view in made
        ],
        "chosen": request.GET.get("voor", ""),
        "suggestions": suggestions_of(gathering, rows, language=language),
        "may_word": stage.may(Deed.SYNTHESISE),
        "too_early": stage.ahead(Deed.SYNTHESISE),
        "topics": [deeds.bench_topic(gathering)],
        "room_topics": [deeds.bench_topic(gathering), *(f"room-{id_.hex}" for id_ in rooms)],
        "statements_address": f"{resolve_url('answers:bench', gathering.slug)}?deel=uitspraken",
        "suggestions_address": f"{resolve_url('answers:bench', gathering.slug)}?deel=suggesties",
        "person": signed_in(request),
        "frame_words": frame_words_of(gathering),
        "steps": steps_of(gathering),
    }


def _choice(number: int, words: str, label: str) -> str:
    return f"{label} {number}: {words or _('(nog zonder zin)')}"[:90]
