"""What came of the messages: for everybody what may be public, for who took part everything."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from weerklank_web.answers.actions.stance import freeze_read_back
from weerklank_web.answers.bridge.disclosure import explained
from weerklank_web.answers.bridge.format import ANSWER, Audience, k_of, may_read_now
from weerklank_web.answers.gates import Reader, reader_of
from weerklank_web.answers.queries.answer import counts_of, is_promised, threads_of, word_to_everybody
from weerklank_web.answers.queries.offering import is_offered, offered_on
from weerklank_web.gatherings.stage import MESSAGE, stage_of
from weerklank_web.groundwork.language import language_now

__all__ = ["answers"]


@require_safe
def answers(request: HttpRequest, slug: str) -> HttpResponse:
    """Messages, answers, commitments, and how late it is."""
    reader = reader_of(request, slug)
    freeze_read_back(reader.gathering)
    return render(request, "answers/answers.html", _context(reader))


def _context(reader: Reader) -> dict[str, object]:
    gathering, language = reader.gathering, language_now()
    stage, offered = stage_of(gathering), is_offered(gathering)
    reads_messages = offered and (
        _inside(reader) or may_read_now(stage, MESSAGE, Audience.PUBLIC, offered=offered)
    )
    reads_answers = reads_messages and (
        _inside(reader) or may_read_now(stage, ANSWER, Audience.PUBLIC, offered=offered)
    )
    return {
        "gathering": gathering,
        "reader": reader,
        "offered": offered,
        "offered_on": offered_on(gathering),
        "promised": is_promised(gathering),
        "counts": counts_of(gathering),
        "reads_messages": reads_messages,
        "reads_answers": reads_answers,
        "inside": _inside(reader),
        "threads": threads_of(gathering, language=language) if reads_messages else [],
        "word": word_to_everybody(gathering) if reads_answers else None,
        "explanation": explained(k=k_of(stage), language=language),
    }


def _inside(reader: Reader) -> bool:
    """Who took part, crew and the recipient read the same (W15)."""
    return reader.belongs or reader.desk is not None
