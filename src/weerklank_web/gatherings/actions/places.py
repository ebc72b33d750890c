"""The one gate through which places are given. Two people can never get the last one."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Max

from weerklank_web.gatherings import letters
from weerklank_web.gatherings.models import Gathering, Registration, RegistrationState
from weerklank_web.gatherings.queries.registration import free_places
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.groundwork import journal
from weerklank_web.groundwork.live import ring

__all__ = ["fill_places", "give_place", "locked", "next_number"]


def locked(gathering_id: UUID) -> Gathering:
    """The gathering, held until this transaction ends: whoever gives places waits here for their turn.

    On SQLite the transaction itself is the lock (IMMEDIATE); on PostgreSQL it is this row.
    """
    return (
        Gathering.objects.select_for_update(of=("self",))
        .select_related("format_version")
        .get(pk=gathering_id)
    )


def next_number(gathering: Gathering) -> int:
    """The next number in order of arrival; call it with the gathering locked."""
    highest = Registration.objects.filter(gathering=gathering).aggregate(most=Max("queue_number"))["most"]
    return (highest or 0) + 1


def give_place(registration: Registration, *, gathering: Gathering) -> Registration:
    """A place if there is one, else the end of the waiting list. ``gathering`` must be locked."""
    registration.queue_number = next_number(gathering)
    # Whoever already waits goes first, also when a place happens to be free at this moment.
    somebody_waits = Registration.objects.filter(
        gathering=gathering, state=RegistrationState.WAITING
    ).exists()
    free = free_places(gathering) > 0 and not somebody_waits
    registration.state = RegistrationState.CONFIRMED if free else RegistrationState.WAITING
    registration.save(update_fields=["state", "queue_number"])
    return registration


@transaction.atomic
def fill_places(gathering: Gathering) -> list[Registration]:
    """Let the waiting list move up into every free place, first come first served; each gets a quiet letter."""
    gathering = locked(gathering.id)
    stage = stage_of(gathering)
    if not (stage.may(Deed.REGISTER) or stage.may(Deed.CHECK_IN)):
        return []
    free = free_places(gathering)
    waiting = Registration.objects.filter(gathering=gathering, state=RegistrationState.WAITING)
    moved = list(waiting.order_by("queue_number")[:free])
    for registration in moved:
        registration.state = RegistrationState.CONFIRMED
        registration.save(update_fields=["state"])
        letters.tell_place_is_free(registration)
        journal.write("registration.moved-up", gathering=gathering.id, by=None)
    if moved:
        ring(f"gathering/{gathering.id}")
    return moved
