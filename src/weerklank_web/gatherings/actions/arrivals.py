"""Places for whoever comes in: one gate, with the gathering locked, so that two people never get the last one.

No journal line and no change of the seating is written here: a moment would lead to a person.
"""

from __future__ import annotations

from weerklank_web.gatherings.actions.seats import write_places
from weerklank_web.gatherings.models import Gathering, Registration, RegistrationState, Seat
from weerklank_web.gatherings.queries.seating import board_of, is_divided
from weerklank_web.gatherings.seating_bridge import Impossible, place_arrivals
from weerklank_web.groundwork.live import ring

__all__ = ["seat_arrival", "seat_whoever_waits"]


def seat_arrival(registration: Registration, *, gathering: Gathering) -> Seat | None:
    """A seat for somebody who is here, best wish first, without moving anybody. ``gathering`` must be locked.

    None when the places are not divided yet, or when every room that suits them is full: the desk sees that at once.
    """
    seats = Seat.objects.select_related("room__theme")
    kept = seats.filter(registration=registration).first()
    if kept is not None or not is_divided(gathering):
        return kept
    board = board_of(gathering)
    person = next((one for one in board.people if one.pk == registration.pk), None)
    if person is None or not board.rooms:
        return None
    try:
        places = place_arrivals(board, [person])
    except Impossible:
        return None
    write_places(board, places, run=None, told=True)
    return seats.get(registration=person)


def seat_whoever_waits(gathering: Gathering) -> int:
    """Seats for the people who are here without one, first come first served; returns how many got one.

    Call it, with the gathering locked, whenever places may have come free.
    """
    waiting = Registration.objects.filter(
        gathering=gathering, state=RegistrationState.CONFIRMED, present=True, seat__isnull=True
    )
    seated = sum(
        seat_arrival(registration, gathering=gathering) is not None
        for registration in waiting.order_by("queue_number", "id")
    )
    if seated:
        ring(f"door/{gathering.id}")
    return seated
