"""Where a sentence that the gate refused can be mended."""

from __future__ import annotations

from collections.abc import Sequence

from weerklank_web.answers.queries.statement import StatementView
from weerklank_web.reports.collected import Collected
from weerklank_web.reports.models import TroubleAt

__all__ = ["home_of"]


def home_of(about: str, rows: Collected) -> tuple[TroubleAt, str] | None:
    """The kind of place and its id, for the sentence that a refusal is about; None when it is nobody's own words."""
    about = about.strip()
    if not about:
        return None
    kinds: tuple[tuple[TroubleAt, Sequence[StatementView]], ...] = (
        (TroubleAt.INSIGHT, rows.insights),
        (TroubleAt.MESSAGE, rows.messages),
    )
    for place, views in kinds:
        for view in views:
            if any(about in text for text in _texts(view)):
                return place, str(view.id)
    for row in rows.contributions:
        if about in row.text:
            return TroubleAt.ROOM, str(row.room_id)
    for room in rows.rooms:
        harvest = getattr(room, "harvest", None)
        if harvest is not None and (about in harvest.why or about in harvest.essence):
            return TroubleAt.ROOM, str(room.id)
    gathering = rows.gathering
    given = (gathering.title, gathering.purposes, gathering.promise_text, *rows.mandate.__dict__.values())
    return (TroubleAt.SET_UP, "") if any(about in text for text in given if isinstance(text, str)) else None


def _texts(view: StatementView) -> list[str]:
    """Everything that people worded in it, and what they quoted."""
    explanation = getattr(view.thing, "explanation", "")
    return [view.thing.words, explanation, view.thing.dissent, *(source.quote for source in view.quotes)]
