"""How many people: who took part, and who may say what they think of a statement. Always through the gate."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from weerklank_web.answers.bridge.disclosure import about_that_many, population_of
from weerklank_web.answers.bridge.format import k_of
from weerklank_web.dialogue.queries.board import own_words
from weerklank_web.gatherings.gates import Participant
from weerklank_web.gatherings.models import Gathering, PublishedTable, Registration, RegistrationState
from weerklank_web.gatherings.presence_bridge import AttendanceTable
from weerklank_web.gatherings.queries.presence import attendance_facts
from weerklank_web.gatherings.stage import stage_of

__all__ = ["TookPart", "ledger_of", "people_counted", "took_part", "was_there"]


@dataclass(frozen=True, slots=True)
class TookPart:
    """Who took part, in words that may be shown; ``present`` is empty when nobody was checked in."""

    registered: str
    present: str
    percent: int | None = None
    layers: tuple[str, ...] = ()


def ledger_of(gathering: Gathering) -> list[dict[str, object]]:
    """Everything that was ever published about people of this gathering, oldest first."""
    return list(
        PublishedTable.objects.filter(gathering=gathering).order_by("id").values_list("release", flat=True)
    )


def people_counted(gathering: Gathering) -> int:
    """How many people were there. Once that was published, the published number."""
    published = population_of(ledger_of(gathering))
    return _present(gathering) if published is None else published


def took_part(gathering: Gathering, *, language: str) -> TookPart:
    """Registered and present as they were released; before that in steps of k, which may stand beside anything."""
    facts = attendance_facts(gathering, language=language)
    if facts is not None:
        return TookPart(
            registered=facts.registered.text(language),
            present=facts.present.text(language),
            percent=facts.percent,
            layers=_lines(facts.layers, language),
        )
    k = k_of(stage_of(gathering))
    registered = Registration.objects.filter(
        gathering=gathering, walk_in=False, state=RegistrationState.CONFIRMED
    ).count()
    present = _checked_in(gathering)
    return TookPart(
        registered=about_that_many(registered, k=k, language=language),
        present=about_that_many(present, k=k, language=language) if present else "",
    )


def _lines(table: AttendanceTable | None, language: str) -> tuple[str, ...]:
    if table is None:
        return ()
    alone = [
        f"{row.label}: {row.figure.text(language)}" for row in table.rows if row.figure.value is not None
    ]
    together = _("%(names)s: samen %(count)d")
    return (*alone, *(together % {"names": names, "count": count} for names, count in table.together))


def was_there(participant: Participant) -> bool:
    """Whether this participant can tell what was said: checked in, or spoke; everybody when nobody was checked in."""
    registration = participant.registration
    if registration.state != RegistrationState.CONFIRMED:
        return False
    if registration.present or not _checked_in(participant.gathering):
        return True
    return own_words(participant.gathering, participant.author_key).exists()


def _checked_in(gathering: Gathering) -> int:
    return Registration.objects.filter(
        gathering=gathering, state=RegistrationState.CONFIRMED, present=True
    ).count()


def _present(gathering: Gathering) -> int:
    everybody = Registration.objects.filter(gathering=gathering, state=RegistrationState.CONFIRMED)
    return _checked_in(gathering) or everybody.count()
