"""The bench in pictures, and one contribution read with what is near it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from weerklank_web.answers.actions.suggestions import ask_suggestions
from weerklank_web.answers.gates import bench_for
from weerklank_web.answers.queries.pictures import heat_of, related_to, ring_of
from weerklank_web.answers.queries.suggestions import found_now
from weerklank_web.dialogue.queries.board import contributions_to_use
from weerklank_web.dialogue.rules import pieces
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.gatherings.views.saying import tabs_of
from weerklank_web.groundwork.errors import NotFound
from weerklank_web.groundwork.language import language_now

__all__ = ["pictures", "reading"]


@require_safe
def pictures(request: HttpRequest, slug: str) -> HttpResponse:
    """Themes by level and rooms by what they share, each with its table."""
    visit = bench_for(request, slug)
    ask_suggestions(visit.gathering)
    rows = list(contributions_to_use(visit.gathering))
    found = found_now(visit.gathering, rows)
    context = {
        "gathering": visit.gathering,
        "tabs": tabs_of(visit.gathering, current="answers:bench"),
        "heat": heat_of(visit.gathering, rows, language=language_now()),
        "ring": None if found is None else ring_of(found, {str(row.id): row for row in rows}),
    }
    return render(request, "answers/pictures.html", context)


@require_safe
def reading(request: HttpRequest, slug: str, id: UUID) -> HttpResponse:  # noqa: A002
    """One contribution with what speaks of the same in other words, to make something of together."""
    visit = bench_for(request, slug)
    rows = {str(row.id): row for row in contributions_to_use(visit.gathering)}
    if str(id) not in rows:
        raise NotFound(_("Deze inbreng is er niet meer, of ze is verborgen of ingetrokken."))
    said = rows[str(id)]
    found = found_now(visit.gathering, list(rows.values()))
    near = [] if found is None else related_to(found, said, rows)
    context = {
        "gathering": visit.gathering,
        "tabs": tabs_of(visit.gathering, current="answers:bench"),
        "said": said,
        "pieces": pieces(said.text, said.fragments),
        "near": near,
        "may_word": stage_of(visit.gathering).may(Deed.SYNTHESISE),
    }
    return render(request, "answers/reading.html", context)
