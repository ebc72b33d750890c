"""Places have one gate: however many press at once, nobody gets a place that is not there."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from django.db import connection

from web.cast import cast_in, new_registration
from weerklank_web.gatherings.actions.registration import cancel_registration, confirm_registration
from weerklank_web.gatherings.models import Registration, RegistrationState

UNCONFIRMED, CONFIRMED, WAITING = (
    RegistrationState.UNCONFIRMED,
    RegistrationState.CONFIRMED,
    RegistrationState.WAITING,
)


def _at_once(deeds: list[Registration]) -> None:
    """Confirm all of them at the same moment, each on a connection of its own."""
    start = threading.Barrier(len(deeds))
    troubles: list[Exception] = []

    def press(registration: Registration) -> None:
        try:
            start.wait()
            confirm_registration(registration)
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(registration,)) for registration in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not troubles


@pytest.mark.django_db(transaction=True)
def test_eight_people_press_at_once_for_three_places() -> None:
    cast = cast_in()
    cast.gathering.capacity = 4  # Anna has one
    cast.gathering.save()
    people = [new_registration(cast.gathering, f"Mens{number}", state=UNCONFIRMED)[0] for number in range(8)]

    _at_once(people)

    rows = Registration.objects.filter(gathering=cast.gathering)
    assert Counter(rows.values_list("state", flat=True)) == {CONFIRMED: 4, WAITING: 5}
    numbers = list(rows.exclude(pk=cast.anna.pk).values_list("queue_number", flat=True))
    assert len(set(numbers)) == len(numbers), "two people have the same place in the queue"


@pytest.mark.django_db(transaction=True)
def test_pressing_twice_at_once_takes_one_place() -> None:
    cast = cast_in()
    somebody, _secret = new_registration(cast.gathering, "Wim", state=UNCONFIRMED)

    _at_once([somebody, somebody, somebody])

    assert Registration.objects.filter(gathering=cast.gathering, state=CONFIRMED).count() == 2


@pytest.mark.django_db
def test_show_up_may_pass_the_capacity_but_registering_never_does() -> None:
    cast = cast_in()
    cast.gathering.capacity = 2
    cast.gathering.save()
    new_registration(cast.gathering, "Binnenloper", walk_in=True, present=True)
    second, _ = new_registration(cast.gathering, "Tweede", state=UNCONFIRMED)
    third, _ = new_registration(cast.gathering, "Derde", state=UNCONFIRMED)

    assert confirm_registration(second).state == CONFIRMED
    assert confirm_registration(third).state == WAITING

    cancel_registration(second)
    third.refresh_from_db()
    assert third.state == CONFIRMED
