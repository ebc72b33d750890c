"""«Waar bleef mijn bijdrage?»: a participant's own page, without an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from weerklank_web.answers.actions.stance import freeze_read_back
from weerklank_web.answers.queries.answer import counts_of, is_promised
from weerklank_web.answers.queries.receipt import receipt_of
from weerklank_web.gatherings.gates import participant_for
from weerklank_web.gatherings.stage import stage_of
from weerklank_web.groundwork.language import language_now

__all__ = ["receipt"]


@require_safe
def receipt(request: HttpRequest, slug: str) -> HttpResponse:
    """Each of my words, and what became of it."""
    participant = participant_for(request, slug)
    gathering, language = participant.gathering, language_now()
    freeze_read_back(gathering)
    context = {
        "gathering": gathering,
        "receipt": receipt_of(participant, language=language),
        "promised": is_promised(gathering),
        "counts": counts_of(gathering),
        "steps_words": stage_of(gathering).text("next_steps", language),
        "renewed": participant.registration.earlier_links.exists(),
    }
    return render(request, "answers/receipt.html", context)
