"""Coming in, walking in, and counting it once (W3, W4; issue §2.3)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection

from web.cast import Cast, cast_in, new_registration
from web.full_house import FullHouse, full_house, small_house
from weerklank.allocation import breaches
from weerklank.disclosure import Release, reveals
from weerklank.formats import shipped_format
from weerklank_web.gatherings.actions import presence as deeds
from weerklank_web.gatherings.actions import seating
from weerklank_web.gatherings.actions.registration import Details
from weerklank_web.gatherings.actions.retention import purge_due
from weerklank_web.gatherings.models import (
    Gathering,
    PublishedTable,
    Registration,
    RegistrationState,
    Room,
    Seat,
    Wish,
)
from weerklank_web.gatherings.queries.presence import (
    attendance_facts,
    door_counts,
    door_list,
    room_company,
    standing_without_room,
)
from weerklank_web.gatherings.queries.registration import free_places
from weerklank_web.gatherings.queries.seating import board_of, seat_for
from weerklank_web.gatherings.seating_bridge import event_of, names_are_shared
from weerklank_web.gatherings.stage import Deed
from weerklank_web.groundwork import clock, links
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.models import JournalLine
from weerklank_web.notifications.models import Letter

pytestmark = pytest.mark.django_db


def at_the_door(house: FullHouse) -> FullHouse:
    house.cast.stand_at(Deed.CHECK_IN)
    seating.divide_seats(house.cast.gathering, by=house.cast.carla)
    return house


@pytest.fixture
def house(cast: Cast) -> FullHouse:
    """Forty registrations, divided over four rooms of eleven, at the door."""
    return at_the_door(small_house(cast))


@pytest.fixture
def full(cast: Cast) -> FullHouse:
    """The whole 99, divided over ten rooms of eleven, at the door."""
    return at_the_door(full_house(cast))


def walk_in(gathering: Gathering, name: str, **more: object) -> deeds.WalkIn:
    return deeds.walk_in(gathering, details=Details(name=name, layer="local"), **more)  # type: ignore[arg-type]


def present(house: FullHouse) -> dict[str, str]:
    rows = Seat.objects.filter(room__gathering=house.cast.gathering, registration__present=True)
    return {str(who): str(room) for who, room in rows.values_list("registration_id", "room_id")}


@pytest.mark.slow
def test_105_of_99_reads_106_percent_and_everybody_sits(full: FullHouse) -> None:
    """W4: nine stay away, fifteen walk in; the rooms overflow until who is not there makes room."""
    gathering, carla = full.cast.gathering, full.cast.carla
    for person in full.people[9:]:
        deeds.check_in(person)
    for number in range(15):
        walk_in(gathering, f"Inloper {number}", wishes=[full.themes[number % 8].pk])
    counts = door_counts(gathering)
    assert (counts.registered, counts.present, counts.walked_in, counts.absent) == (99, 105, 15, 9)
    assert counts.percent == 106
    assert len(present(full)) == 101, (
        "ten rooms of eleven hold 110, and nine seats wait for who may still come"
    )
    standing = standing_without_room(gathering, language="nl")
    assert len(standing) == 4
    assert standing[0].why == (), "all rooms are full: there is nothing more to explain"

    assert deeds.release_absent(gathering, by=carla) == 9
    assert standing_without_room(gathering, language="nl") == []
    seats = present(full)
    assert len(seats) == 105
    gathering.refresh_from_db()
    assert breaches(event_of(board_of(gathering)), seats) == ()

    latecomer = deeds.check_in(full.people[0])
    assert latecomer.seat is not None, "somebody who comes late anyway is seated again"
    deeds.undo_check_in(latecomer, by=carla)

    deeds.freeze_attendance(gathering, by="Carla")
    facts = attendance_facts(gathering, language="nl")
    assert facts is not None
    assert (facts.registered.value, facts.present.value, facts.percent) == (99, 105, 106)
    assert (facts.came.value, facts.stayed_away.value, facts.walked_in.value) == (90, 9, 15)


def test_newcomers_get_their_best_wish_and_nobody_moves(house: FullHouse) -> None:
    gathering = house.cast.gathering
    Room.objects.filter(gathering=gathering).update(places_max=12)
    before = dict(Seat.objects.values_list("registration_id", "room_id"))
    made = walk_in(gathering, "Inloper", wishes=[house.themes[3].pk, house.themes[1].pk])
    assert made.registration.seat.room.theme_id == house.themes[3].pk
    assert made.registration.seat.rank == 1
    assert "eerste keuze" in made.registration.seat.reason["nl"]
    after = dict(Seat.objects.values_list("registration_id", "room_id"))
    assert {who: room for who, room in after.items() if who in before} == before


def test_who_walks_in_takes_no_registered_place(house: FullHouse) -> None:
    gathering = house.cast.gathering
    Gathering.objects.filter(pk=gathering.pk).update(capacity=41)
    gathering.refresh_from_db()
    assert free_places(gathering) == 1
    walk_in(gathering, "Inloper")
    assert free_places(gathering) == 1


def test_checking_in_twice_is_once_and_needs_are_kept_at_the_door(house: FullHouse) -> None:
    gathering = house.cast.gathering
    person = deeds.check_in(house.people[9])
    again = deeds.check_in(house.people[9])
    assert again.seat.pk == person.seat.pk
    assert JournalLine.objects.filter(verb="presence.arrived").count() == 1
    Room.objects.filter(gathering=gathering, position__lt=2).update(places_max=1)
    made = deeds.walk_in(gathering, details=Details(name="Wieltjes", needs=["step-free"]))
    assert not Seat.objects.filter(registration=made.registration).exists(), (
        "no room without steps has a place"
    )
    (standing,) = standing_without_room(gathering, language="nl")
    assert "zonder trappen of drempels" in standing.why[0]


def test_the_door_opens_and_closes_with_the_format(cast: Cast) -> None:
    with pytest.raises(NotNow, match="nog niet open"):
        deeds.check_in(cast.anna)
    cast.gathering.step = "answer"
    cast.gathering.save(update_fields=["step"])
    with pytest.raises(NotNow, match="voorbij"):
        deeds.check_in(cast.anna)
    assert deeds.check_in(cast.anna, by=cast.carla).present, "the crew may still correct who was there"
    deeds.freeze_attendance(cast.gathering, by="Carla")
    with pytest.raises(NotNow, match="geteld"):
        deeds.undo_check_in(cast.anna, by=cast.carla)


@pytest.mark.parametrize(
    "state", [RegistrationState.WAITING, RegistrationState.UNCONFIRMED, RegistrationState.CANCELLED]
)
def test_who_had_no_place_in_advance_comes_in_like_a_walk_in(cast: Cast, state: RegistrationState) -> None:
    cast.stand_at(Deed.CHECK_IN)
    person, _secret = new_registration(cast.gathering, "Noor", state=state)
    person = deeds.check_in(person)
    assert (person.present, person.walk_in, person.state) == (True, True, RegistrationState.CONFIRMED)
    assert door_counts(cast.gathering).registered == 1, "Anna alone registered and was confirmed"
    assert person.seat is not None


def test_nobody_gets_a_room_before_the_places_are_divided(cast: Cast) -> None:
    cast.stand_at(Deed.CHECK_IN)
    Seat.objects.all().delete()
    person = deeds.check_in(cast.anna)
    assert getattr(person, "seat", None) is None
    assert standing_without_room(cast.gathering, language="nl") == []


def test_a_form_sent_twice_is_one_person_with_a_link_that_works(cast: Cast) -> None:
    cast.stand_at(Deed.CHECK_IN)
    form = uuid4()
    first = walk_in(cast.gathering, "Zes", form=form)
    second = walk_in(cast.gathering, "Zes", form=form)
    assert first.registration.pk == second.registration.pk
    registration = Registration.objects.get(pk=first.registration.pk)
    assert registration.link_fingerprint == links.fingerprint(second.secret)
    assert registration.earlier_links.get().fingerprint == links.fingerprint(first.secret)
    hijack = walk_in(cast.gathering, "Kaper", form=registration.pk)
    assert hijack.registration.pk != registration.pk, "an id that somebody saw does not open the registration"


def test_an_address_that_is_registered_tells_nothing_to_who_typed_it(cast: Cast) -> None:
    cast.stand_at(Deed.CHECK_IN)
    made = walk_in(cast.gathering, "Nieuw", email=cast.anna.email)
    assert made.registration.email == ""
    assert "/l/" not in mail.outbox[-1].body
    assert mail.outbox[-1].to == [cast.anna.email]
    own = walk_in(cast.gathering, "Met mail", email="zelf@voorbeeld.example")
    assert own.mailed
    assert own.secret in mail.outbox[-1].body
    assert not Letter.objects.filter(body__contains=own.secret).exists()


def test_no_moment_and_no_name_of_who_came_in_stands_in_the_journal(cast: Cast) -> None:
    cast.stand_at(Deed.CHECK_IN)
    deeds.check_in(cast.anna, by=cast.bram)
    walk_in(cast.gathering, "Zahra", by=cast.bram)
    for line in JournalLine.objects.filter(verb__startswith="presence."):
        assert (line.by, line.at.hour, line.at.minute) == ("", 0, 0)
        assert "Zahra" not in line.subject + line.note


def test_it_is_counted_once_and_nothing_small_can_be_reasoned_out(full: FullHouse) -> None:
    gathering = full.cast.gathering
    Registration.objects.filter(pk__in=[person.pk for person in full.people[:-9]]).update(present=True)
    assert attendance_facts(gathering) is None
    first = deeds.freeze_attendance(gathering, by="Carla")
    Registration.objects.filter(pk=full.people[0].pk).update(present=False)
    again = deeds.freeze_attendance(gathering, by="Carla")
    assert (again.pk, again.release) == (first.pk, first.release)
    assert PublishedTable.objects.count() == 1
    stored = [Release.from_dict(table.release) for table in PublishedTable.objects.all()]
    assert reveals(stored, k=5) == ()
    assert reveals(stored, k=5, occupied=True) == ()
    facts = attendance_facts(gathering, language="nl")
    assert facts is not None
    assert facts.rooms is not None
    assert facts.layers is not None
    assert {row.label for row in facts.layers.rows} >= {"lokaal", "provincie"}
    assert {row.label for row in facts.rooms.rows} == {f"Kamer {number}" for number in range(1, 11)}
    for table in facts.tables.values():
        assert all(row.figure.value is None or row.figure.value >= 5 for row in table.rows)


@pytest.mark.parametrize("came", [0, 3, 5, 12])
def test_a_handful_is_never_shown_apart(cast: Cast, came: int) -> None:
    cast.stand_at(Deed.CHECK_IN)
    Registration.objects.all().delete()
    for number in range(12):
        person, _secret = new_registration(
            cast.gathering, f"P{number}", layer=("local", "federal")[number % 2]
        )
        if number < came:
            deeds.check_in(person)
    deeds.freeze_attendance(cast.gathering, by="Carla")
    (stored,) = PublishedTable.objects.all()
    assert reveals([Release.from_dict(stored.release)], k=5) == ()
    facts = attendance_facts(cast.gathering)
    assert facts is not None
    assert facts.present.value == (came if came >= 5 else None)


def test_counting_waits_until_somebody_can_be_inside(cast: Cast) -> None:
    with pytest.raises(NotNow, match="pas als"):
        deeds.freeze_attendance(cast.gathering, by="Carla")
    assert deeds.freeze_due() == 0


def test_what_nobody_counted_is_counted_by_itself_and_before_layers_go(cast: Cast) -> None:
    cast.stand_at(Deed.CHECK_IN)
    deeds.check_in(cast.anna)
    ended = clock.now() - deeds._DAYS_TO_CORRECT * 2
    Gathering.objects.filter(pk=cast.gathering.pk).update(step="synthesise", starts_at=ended, ends_at=ended)
    assert deeds.freeze_due() == 1
    assert deeds.freeze_due() == 0
    PublishedTable.objects.all().delete()
    long_ago = clock.now() - deeds._DAYS_TO_CORRECT * 40
    Gathering.objects.filter(pk=cast.gathering.pk).update(starts_at=long_ago, ends_at=long_ago)
    purge_due()
    assert PublishedTable.objects.count() == 1


def test_others_in_the_room_are_a_rounded_number_without_names(house: FullHouse) -> None:
    person = deeds.check_in(house.people[0])
    seat = seat_for(person)
    assert seat is not None
    company = room_company(seat, person.gathering)
    assert company.names == ()
    assert company.figure.value in (5, 10)


def test_names_are_known_in_a_room_only_where_the_format_signs_what_is_written_there() -> None:
    assert not names_are_shared(shipped_format("workinar"))
    assert names_are_shared(shipped_format("five-relations-45")), (
        "agreements carry the name of who makes them"
    )


def test_the_door_list_asks_the_store_once_and_finds_by_name(
    full: FullHouse, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        rows = door_list(full.cast.gathering)
        assert len([row.seat.room.theme.title for row in rows]) == 99
    assert [row.name for row in door_list(full.cast.gathering, search="042")] == ["Deelnemer 042"]


@pytest.mark.django_db(transaction=True)
def test_two_people_never_get_the_last_place() -> None:
    """Forty people walk in at once where twenty places are left: on PostgreSQL truly at the same moment."""
    cast = cast_in()
    cast.stand_at(Deed.CHECK_IN)
    Room.objects.filter(gathering=cast.gathering).update(places_max=7)
    cast.gathering.refresh_from_db()

    def arrive(number: int) -> None:
        try:
            walk_in(cast.gathering, f"Tegelijk {number}", wishes=[cast.themes[0].pk])
        finally:
            if connection.vendor == "postgresql":
                connection.close()

    if connection.vendor == "postgresql":
        with ThreadPoolExecutor(max_workers=8) as pool:
            list(pool.map(arrive, range(40)))
    else:
        for number in range(40):
            arrive(number)
    sizes = [Seat.objects.filter(room=room).count() for room in cast.rooms]
    assert sizes == [7, 7, 7]
    assert Registration.objects.filter(present=True).count() == 40
    numbers = list(Registration.objects.values_list("queue_number", flat=True))
    assert len(set(numbers)) == len(numbers)
    assert Wish.objects.filter(registration__walk_in=True).count() == 40
    assert len(standing_without_room(cast.gathering, language="nl")) == 20
