"""A proposal for a sentence, beside the literal one. The person chooses; nothing is filled in by itself."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from weerklank_web.answers.actions.wording import propose_sentence
from weerklank_web.answers.bridge.wording import endpoint_or_none
from weerklank_web.answers.gates import statement_for
from weerklank_web.answers.views import statement
from weerklank_web.answers.views.saying import go_to
from weerklank_web.gatherings.views.saying import refusals_told

__all__ = ["propose"]


@require_POST
def propose(request: HttpRequest, slug: str, id: UUID, noun: str) -> HttpResponse:  # noqa: A002
    """Ask for a sentence and show it with what the check says."""
    visit = statement_for(request, slug, noun, id)
    with refusals_told(request):
        proposal = propose_sentence(visit.thing, endpoint=endpoint_or_none(), by=visit.by)
        return statement.page(request, visit, statement.form_of(visit), proposal=proposal)
    return go_to(noun, visit.gathering, id)
