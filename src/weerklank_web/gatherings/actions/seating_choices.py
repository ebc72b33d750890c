"""What weighs more in the seating, and carrying out a way out of a conflict (W5, W6)."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from weerklank_web.accounts.models import Person
from weerklank_web.gatherings.actions.places import locked
from weerklank_web.gatherings.actions.seating import open_seating
from weerklank_web.gatherings.models import Gathering, Room, Seat, SeatingRule, SeatingRun, SeatingState
from weerklank_web.gatherings.queries.seating import answers_of
from weerklank_web.gatherings.seating_bridge.conflicts import repair_of
from weerklank_web.gatherings.seating_bridge.policies import clean_answers
from weerklank_web.groundwork import journal
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.live import ring

__all__ = ["choose_policy", "mend"]


@transaction.atomic
def choose_policy(
    gathering: Gathering, answers: Mapping[str, str], *, was: Mapping[str, str], by: Person
) -> None:
    """Keep what weighs more; it counts from the next division on.

    :param was: the answers that whoever presses saw.
    :raises NotNow: when somebody else chose otherwise meanwhile.
    """
    gathering = locked(gathering.id)
    if clean_answers(was) != answers_of(gathering):
        raise NotNow(
            _("Iemand anders koos intussen iets anders. Kijk eerst wat er nu staat, en kies dan opnieuw."),
            code="changed",
        )
    gathering.seating_policy = clean_answers(answers)
    gathering.save(update_fields=["seating_policy", "changed_at"])
    journal.write("seating.policy-chosen", gathering=gathering.id, by=str(by))
    ring(f"gathering/{gathering.id}")


@transaction.atomic
def mend(gathering: Gathering, *, run: int, number: int, by: Person) -> None:
    """Carry out one way out of the last conflict: rooms, rules and pins change, nobody's seat does.

    :raises NotNow: when the conflict is not the last any more, or the way out cannot be carried out (any more).
    """
    gathering = open_seating(gathering)
    newest = SeatingRun.objects.filter(gathering=gathering).exclude(state=SeatingState.UNDONE).last()
    refused = newest is not None and newest.pk == run and newest.state == SeatingState.REFUSED
    repair = repair_of(newest.conflicts[0], number) if refused and newest and newest.conflicts else None
    gone = NotNow(
        _("Dit kan niet meer zo: er veranderde intussen iets. Verdeel opnieuw om te zien wat er botst.")
    )
    if repair is None:
        raise gone
    done = (
        _changed_room(gathering, repair.room, repair.kind, to=repair.to, needs=repair.needs)
        if repair.room and repair.kind != "unpin"
        else _let_go(gathering, repair.kind, repair.people)
    )
    if not done:
        raise gone
    journal.write("seating.mended", gathering=gathering.id, by=str(by), subject=repair.kind)
    ring(f"gathering/{gathering.id}")


def _changed_room(gathering: Gathering, number: str, kind: str, *, to: int, needs: tuple[str, ...]) -> bool:
    room = Room.objects.filter(gathering=gathering, pk=UUID(number)).first()
    if room is None:
        return False
    if kind == "places":
        room.places_max = max(room.places_max, to)
    elif kind == "minimum":
        room.places_min = min(room.places_min, to)
    elif kind == "feature":
        room.features = [*room.features, *(need for need in needs if need not in room.features)]
    else:
        room.languages = [*room.languages, *(need for need in needs if need not in room.languages)]
    room.save(update_fields=["places_max", "places_min", "features", "languages"])
    return True


def _let_go(gathering: Gathering, kind: str, people: tuple[str, ...]) -> bool:
    ids = [UUID(who) for who in people]
    if kind == "unpin":
        pinned = Seat.objects.filter(
            room__gathering=gathering, registration_id__in=ids, registration__present=False, pinned=True
        )
        return bool(pinned.update(pinned=False))
    between = SeatingRule.objects.filter(gathering=gathering, kind=kind, one__in=ids, other__in=ids)
    return bool(between.delete()[0])
