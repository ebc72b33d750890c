"""What the seating remembers about people, and forgetting it: with somebody who goes, and when names go (DOMAIN 7.5)."""

from __future__ import annotations

from typing import Any

from weerklank_web.gatherings.gates import Participant
from weerklank_web.gatherings.models import Gathering, SeatingRule, SeatingRun

__all__ = ["export_place", "forget_person", "forget_seating"]


def export_place(participant: Participant) -> dict[str, object]:
    """What the seating keeps about somebody, beyond their seat.

    Rules between two people are not among it: they tell about the other one as well.
    """
    seat = getattr(participant.registration, "seat", None)
    return {"vastgezet_door_de_organisator": bool(seat is not None and seat.pinned)}


def forget_person(participant: Participant, withdraw: bool) -> None:  # noqa: ARG001 - a place is not somebody's words
    """Take somebody out of every division that is kept. It can then no longer be repeated, and says so by itself."""
    mark = str(participant.registration.pk)
    for run in SeatingRun.objects.filter(gathering=participant.registration.gathering_id):
        if mark in str((run.plan, run.before, run.after, run.conflicts)):
            run.plan, run.conflicts = _without(run.plan, mark), _without(run.conflicts, mark)
            run.before, run.after = _without(run.before, mark), _without(run.after, mark)
            run.save(update_fields=["plan", "before", "after", "conflicts"])


def forget_seating(gathering: Gathering) -> None:
    """When registrations lose their names and wishes, what the divisions kept of them goes too."""
    SeatingRun.objects.filter(gathering=gathering).update(plan={}, before=[], after=[], conflicts=[])
    SeatingRule.objects.filter(gathering=gathering).delete()


def _without(stored: Any, mark: str) -> Any:
    """The same JSON without whatever is about this person: a list or object that names them as its own."""
    if isinstance(stored, dict):
        return {key: _without(value, mark) for key, value in stored.items() if value != mark}
    if isinstance(stored, list):
        return [_without(item, mark) for item in stored if not _is_about(item, mark)]
    return stored


def _is_about(item: Any, mark: str) -> bool:
    if isinstance(item, dict):
        return item.get("person") == mark
    return item == mark or (isinstance(item, list) and mark in item[:1])
