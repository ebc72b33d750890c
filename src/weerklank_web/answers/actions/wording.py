"""Ask a model for a sentence: only what a person selected, only when a person presses, and said in the journal."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from weerklank_web.answers.actions.statement import must_be_bench_time
from weerklank_web.answers.bridge.format import longest
from weerklank_web.answers.bridge.wording import Endpoint, HttpChat, Proposal, proposal_for
from weerklank_web.answers.models import Insight, Message
from weerklank_web.answers.queries.statement import statement_view
from weerklank_web.dialogue.queries.board import contributions_to_use
from weerklank_web.gatherings.stage import INSIGHT, stage_of
from weerklank_web.groundwork import journal
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.language import language_now

__all__ = ["propose_sentence"]

# A question may take half a minute; it must not take the threads that serve everybody else.
_AT_ONCE = threading.BoundedSemaphore(2)
_COLUMNS = {"insight": ("sentence", 300), "message": ("text", 500)}


def propose_sentence(thing: Insight | Message, *, endpoint: Endpoint | None, by: str) -> Proposal:
    """Let the model of this installation word it, and check what it says. Changes nothing but the journal.

    :raises NotNow: there is no model here, the words stand, nothing can be read behind it, or enough others are asking at this moment.
    """
    if endpoint is None:
        raise NotNow(_("Bij deze Weerklank is geen taalmodel aangesloten."), code="no-endpoint")
    gathering = thing.gathering
    must_be_bench_time(gathering)
    view = statement_view(thing, language=language_now())
    sources = [source.contribution for source in view.readable]
    if not sources:
        raise NotNow(_("Kies eerst inbreng waarop de zin steunt."), code="no-sources")
    column, room = _COLUMNS["insight" if view.noun == INSIGHT else "message"]
    names = [gathering.title, *(theme.title for theme in gathering.themes.all())]
    with _one_of_a_few():
        journal.write(
            f"{view.noun}.wording-asked",
            gathering=gathering.id,
            by=by,
            subject=str(thing.pk),
            note=f"{endpoint.host} · {endpoint.model} · {len(sources)}",
        )
        return proposal_for(
            sources,
            contributions_to_use(gathering),
            HttpChat(endpoint),
            extract=view.quotes[0].quote if view.quotes else "",
            names=names,
            longest=longest(stage_of(gathering), view.noun, column, room=room),
            language=gathering.language,
            reader=language_now(),
        )


@contextmanager
def _one_of_a_few() -> Iterator[None]:
    if not _AT_ONCE.acquire(blocking=False):
        raise NotNow(
            _("Er worden al zinnen gevraagd. Probeer het over een halve minuut nog eens."), code="busy"
        )
    try:
        yield
    finally:
        _AT_ONCE.release()
