"""The journal of one gathering as an organiser reads it: what the crew and the desk did, and nothing of participants."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from weerklank_web.gatherings.deeds import SENTENCES, WITH_REASON
from weerklank_web.gatherings.models import Gathering, Role, Room
from weerklank_web.gatherings.stage import stage_of
from weerklank_web.groundwork.journal import journal_of
from weerklank_web.groundwork.models import JournalLine

__all__ = ["Deed", "Logbook", "logbook_of"]

_PAGE = 50
_WITH_ROLE = re.compile(r"\((organiser|facilitator|note-taker)\)$")


@dataclass(frozen=True, slots=True)
class Deed:
    """One line: when, who, what, and the reason that was given for it."""

    at: datetime
    by: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Logbook:
    """One page of it: what there is to turn, and the deeds in words."""

    page: Page[JournalLine]
    deeds: list[Deed]


def logbook_of(gathering: Gathering, *, language: str, page: str | None = None) -> Logbook:
    """One page, newest first. A line without a name is a participant's, and is not here."""
    lines = journal_of(gathering.id).exclude(by="").filter(verb__in=SENTENCES)
    shown = Paginator(lines, _PAGE).get_page(page)
    return Logbook(shown, _worded(shown.object_list, gathering, language))


def _worded(lines: Iterable[JournalLine], gathering: Gathering, language: str) -> list[Deed]:
    rooms = {
        str(id_): name for id_, name in Room.objects.filter(gathering=gathering).values_list("id", "name")
    }
    steps = {step.id: step.title.in_language(language) for step in stage_of(gathering).format.steps}
    return [
        Deed(
            at=line.at,
            by=line.by,
            what=str(SENTENCES[line.verb])
            % {
                "subject": _WITH_ROLE.sub(_role_in_words, line.subject),
                "note": line.note,
                "room": rooms.get(line.subject, _("een kamer die er niet meer is")),
                "step": steps.get(line.subject, line.subject),
            },
            reason=line.note if line.verb in WITH_REASON else "",
        )
        for line in lines
    ]


def _role_in_words(found: re.Match[str]) -> str:
    return f"({Role(found[1]).label})"
