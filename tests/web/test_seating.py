"""Dividing places and changing them by hand (W5, W6; issue §2.4)."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from web.cast import Cast, new_registration
from web.full_house import FullHouse, full_house, small_house
from weerklank.allocation import Plan, allocate, breaches, check_plan
from weerklank_web.gatherings.actions import seating as deeds
from weerklank_web.gatherings.actions import seating_by_hand as hands
from weerklank_web.gatherings.actions.registration import change_wishes
from weerklank_web.gatherings.actions.rights import erase_own_data
from weerklank_web.gatherings.actions.seating_rules import add_rule
from weerklank_web.gatherings.gates import Participant
from weerklank_web.gatherings.models import (
    Registration,
    Room,
    RuleKind,
    Seat,
    SeatingKind,
    SeatingRun,
    SeatingState,
    Wish,
)
from weerklank_web.gatherings.queries.seating import board_of, reason_for, seat_for, seating_of
from weerklank_web.gatherings.seating_bridge import event_of
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.models import JournalLine
from weerklank_web.notifications.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(cast: Cast) -> FullHouse:
    """Forty registrations, nobody seated."""
    return small_house(cast)


@pytest.fixture
def full(cast: Cast) -> FullHouse:
    """The whole 99, nobody seated."""
    return full_house(cast)


def seats_of(house: FullHouse) -> dict[str, str]:
    rows = Seat.objects.filter(room__gathering=house.cast.gathering)
    return {str(who): str(room) for who, room in rows.values_list("registration_id", "room_id")}


def fresh(person: Registration) -> Registration:
    return Registration.objects.select_related("gathering__format_version", "seat__room").get(pk=person.pk)


def test_everybody_gets_a_seat_that_keeps_every_hard_rule(full: FullHouse) -> None:
    """W6: 99 people in 10 rooms: sizes 9–11, first or second choice for all where that can be, needs met."""
    run = deeds.divide_seats(full.cast.gathering, by=full.cast.carla)
    board = board_of(full.cast.gathering)
    event = event_of(board)
    assert run.state == SeatingState.DONE
    assert len(seats_of(full)) == 99
    assert breaches(event, seats_of(full)) == ()
    sizes = Counter(seats_of(full).values())
    assert set(sizes.values()) <= {9, 10, 11}
    view = seating_of(full.cast.gathering, language="nl")
    assert view.proven is True
    assert view.choices.unwished == 0
    assert sum(view.choices.by_rank) == 99
    assert all(room.layers >= 3 for room in view.rooms), "each room holds three layers of government (W5)"
    assert all(4 <= (room.minutes or 0) <= 5 for room in view.rooms), "45 minutes for ten people is 4.5 each"


def test_what_is_stored_repeats_the_division_to_the_byte(house: FullHouse) -> None:
    run = deeds.divide_seats(house.cast.gathering, by=house.cast.carla)
    run.refresh_from_db()
    Seat.objects.all().delete()
    event = event_of(board_of(house.cast.gathering))
    plan = Plan.from_json(json.dumps(run.plan))
    check_plan(event, plan)
    assert run.fingerprint == event.fingerprint
    assert run.seed is not None
    assert allocate(event, seed=run.seed).as_json() == plan.as_json()


def test_nobody_can_keep_drawing_until_they_like_it(house: FullHouse) -> None:
    """The seed stays while people and wishes do, whatever else changes; other wishes, another draw."""
    gathering = house.cast.gathering
    first = deeds.divide_seats(gathering, by=house.cast.carla)
    was = seats_of(house)
    again = deeds.divide_seats(gathering, by=house.cast.carla)
    assert (again.seed, seats_of(house)) == (first.seed, was)
    Wish.objects.filter(registration=house.people[0], rank=1).delete()
    assert deeds.divide_seats(gathering, by=house.cast.carla).seed != first.seed


def test_wishes_stand_still_once_somebody_has_a_seat(house: FullHouse) -> None:
    deeds.divide_seats(house.cast.gathering, by=house.cast.carla)
    with pytest.raises(NotNow, match="al ingedeeld"):
        change_wishes(fresh(house.people[0]), [house.themes[3].pk])


def test_demands_that_contradict_each_other_are_told_and_the_old_seating_stays(house: FullHouse) -> None:
    gathering, carla = house.cast.gathering, house.cast.carla
    deeds.divide_seats(gathering, by=carla)
    was = seats_of(house)
    Registration.objects.filter(pk=house.people[5].pk).update(needs=["hearing-loop"])
    run = deeds.divide_seats(gathering, by=carla)
    assert run.state == SeatingState.REFUSED
    assert seats_of(house) == was
    (conflict,) = seating_of(gathering, language="nl").conflicts
    assert "Deelnemer 006" in conflict.words
    assert "een ringleiding" in conflict.words
    assert "Geef een kamer die taal of voorziening" in conflict.words
    assert conflict.parts == "Dit gaat niet samen: Deelnemer 006 heeft dit nodig: een ringleiding."
    assert all(way.enough and way.by_button for way in conflict.ways)
    assert conflict.ways[0].words == "geef Kamer 1 dit erbij: een ringleiding"


def test_a_move_that_breaks_a_hard_rule_is_refused_in_words(house: FullHouse) -> None:
    gathering, carla = house.cast.gathering, house.cast.carla
    deeds.divide_seats(gathering, by=carla)
    wheels = fresh(house.people[3])
    steps = next(room for room in house.rooms if not room.features)
    with pytest.raises(NotNow, match="zonder trappen of drempels"):
        hands.move_person(wheels, steps, by=carla)
    Room.objects.filter(pk=house.rooms[3].pk).update(
        places_max=Seat.objects.filter(room=house.rooms[3]).count()
    )
    elsewhere = next(
        fresh(one)
        for one in house.people
        if str(house.rooms[3].pk) != seats_of(house)[str(one.pk)] and not one.needs
    )
    with pytest.raises(NotNow, match="plaatsen") as refusal:
        hands.move_person(elsewhere, house.rooms[3], by=carla)
    assert refusal.value.code == "hard-rule"
    assert fresh(elsewhere).seat.room_id != house.rooms[3].pk


def test_a_move_tells_its_price_and_can_be_undone(house: FullHouse) -> None:
    gathering, carla = house.cast.gathering, house.cast.carla
    Room.objects.filter(gathering=gathering).update(places_max=12, places_min=1)
    deeds.divide_seats(gathering, by=carla)
    was = seats_of(house)
    mover = next(one for one in map(fresh, house.people) if one.seat.rank == 1 and not one.needs)
    wishes = list(mover.wishes.order_by("rank").values_list("theme_id", flat=True))
    room = next(each for each in house.rooms if each.theme_id not in wishes)
    price = hands.move_person(mover, room, by=carla)
    assert (price.before, price.after) == (1, None)
    seat = fresh(mover).seat
    assert (seat.room_id, seat.pinned) == (room.pk, True)
    hands.undo_last_change(gathering, by=carla)
    assert seats_of(house) == was
    seat = fresh(mover).seat
    assert (seat.rank, seat.pinned) == (1, False)
    hands.undo_last_change(gathering, by=carla)
    assert seats_of(house) == {}
    with pytest.raises(NotNow, match="niets om terug"):
        hands.undo_last_change(gathering, by=carla)


def test_undo_does_not_break_a_rule_that_came_since(house: FullHouse) -> None:
    gathering, carla = house.cast.gathering, house.cast.carla
    Room.objects.filter(gathering=gathering).update(places_max=12, places_min=1)
    deeds.divide_seats(gathering, by=carla)
    mover = next(one for one in map(fresh, house.people) if one.seat.rank == 1 and not one.needs)
    home = mover.seat.room
    other = next(each for each in house.rooms if each.pk != home.pk)
    hands.move_person(mover, other, by=carla)
    Room.objects.filter(pk=home.pk).update(places_max=Seat.objects.filter(room=home).count())
    with pytest.raises(NotNow, match="Terugdraaien kan niet meer"):
        hands.undo_last_change(gathering, by=carla)
    assert fresh(mover).seat.room_id == other.pk


def test_pins_survive_a_new_division(house: FullHouse) -> None:
    gathering, carla = house.cast.gathering, house.cast.carla
    deeds.divide_seats(gathering, by=carla)
    pinned = fresh(house.people[10])
    wishes = set(pinned.wishes.values_list("theme_id", flat=True))
    Room.objects.filter(gathering=gathering).update(places_max=12, places_min=1)
    room = next(each for each in house.rooms if each.theme_id not in wishes)
    hands.move_person(pinned, room, by=carla)
    Wish.objects.filter(registration=house.people[0], rank=3).delete()
    deeds.divide_seats(gathering, by=carla)
    assert fresh(pinned).seat.room_id == room.pk
    assert "vaste plek" in fresh(pinned).seat.reason["nl"]
    hands.pin_person(fresh(pinned), pinned=False, by=carla)
    deeds.divide_seats(gathering, by=carla)
    assert fresh(pinned).seat.room_id != room.pk


def test_people_stay_apart_or_together_and_only_the_organiser_knows(house: FullHouse) -> None:
    gathering, carla = house.cast.gathering, house.cast.carla
    deeds.divide_seats(gathering, by=carla)
    one = fresh(house.people[0])
    mate = next(each for each in map(fresh, house.people[1:]) if each.seat.room_id == one.seat.room_id)
    add_rule(gathering, one=one.pk, other=mate.pk, kind=RuleKind.APART, by=carla)
    assert any("uit elkaar" in fault for fault in seating_of(gathering, language="nl").faults)
    deeds.divide_seats(gathering, by=carla)
    one, mate = fresh(one), fresh(mate)
    assert one.seat.room_id != mate.seat.room_id
    for text in (*one.seat.reason.values(), *mate.seat.reason.values()):
        assert one.name not in text
        assert mate.name not in text
    for line in JournalLine.objects.all():
        assert one.name not in f"{line.subject} {line.note}"
        assert mate.name not in f"{line.subject} {line.note}"
    with pytest.raises(NotNow, match="uit elkaar"):
        hands.move_person(one, mate.seat.room, by=carla)


def test_who_registers_after_the_division_gets_a_seat_without_moving_anybody(house: FullHouse) -> None:
    gathering, carla = house.cast.gathering, house.cast.carla
    deeds.divide_seats(gathering, by=carla)
    was = seats_of(house)
    late, _secret = new_registration(gathering, "Laat")
    Wish.objects.create(registration=late, theme=house.themes[3], rank=1)
    assert deeds.fill_seats(gathering, by=carla) == 1
    assert {who: room for who, room in seats_of(house).items() if who != str(late.pk)} == was
    assert fresh(late).seat.rank == 1


def test_when_not_everybody_fits_who_came_first_gets_a_seat(house: FullHouse) -> None:
    gathering, carla = house.cast.gathering, house.cast.carla
    deeds.divide_seats(gathering, by=carla)
    late = [new_registration(gathering, f"Laat{number}")[0] for number in range(6)]
    assert deeds.fill_seats(gathering, by=carla) == 4
    assert [hasattr(fresh(one), "seat") for one in late] == [True] * 4 + [False] * 2
    with pytest.raises(NotNow, match="Voeg een"):
        deeds.fill_seats(gathering, by=carla)
    hands.undo_last_change(gathering, by=carla)
    assert len(seats_of(house)) == 40


def test_a_seat_shows_to_its_holder_only_once_it_is_released(house: FullHouse) -> None:
    gathering, carla = house.cast.gathering, house.cast.carla
    gathering.seats_shown_on = None
    gathering.save(update_fields=["seats_shown_on"])
    deeds.divide_seats(gathering, by=carla)
    person = fresh(house.people[0])
    assert seat_for(person) is None
    assert reason_for(person, language="nl") == ""
    assert deeds.release_seating(gathering, by=carla) == 40
    person = fresh(person)
    assert seat_for(person) is not None
    assert person.seat.room.name in reason_for(person, language="nl")
    assert "keuze" in reason_for(person, language="nl")
    assert "choice" in reason_for(person, language="en-gb")
    letter = Letter.objects.get(to=person.email, kind="seat")
    assert person.seat.room.name in letter.body
    assert "/l/" not in letter.body, "a letter that waits never carries a private link"


def test_only_who_moved_since_gets_another_letter(house: FullHouse) -> None:
    gathering, carla = house.cast.gathering, house.cast.carla
    Room.objects.filter(gathering=gathering).update(places_max=12, places_min=1)
    deeds.divide_seats(gathering, by=carla)
    deeds.release_seating(gathering, by=carla)
    Letter.objects.all().delete()
    mover = fresh(house.people[0])
    room = next(each for each in house.rooms if each.pk != mover.seat.room_id)
    hands.move_person(mover, room, by=carla)
    assert seating_of(gathering, language="nl").untold == 1
    assert deeds.release_seating(gathering, by=carla) == 1
    assert Letter.objects.get().to == mover.email


def test_very_many_people_are_divided_by_the_worker(house: FullHouse) -> None:
    gathering, carla = house.cast.gathering, house.cast.carla
    run = deeds.ask_division(gathering, by=carla)
    assert deeds.ask_division(gathering, by=carla).pk == run.pk, "pressing twice asks once"
    assert seating_of(gathering, language="nl").asked
    made = deeds.make_division(run.pk, by=str(carla))
    assert made is not None
    assert made.state == SeatingState.DONE
    assert deeds.make_division(run.pk, by=str(carla)) is None
    assert len(seats_of(house)) == 40


def test_erasing_leaves_no_trace_in_what_the_seating_remembers(house: FullHouse) -> None:
    gathering, carla = house.cast.gathering, house.cast.carla
    deeds.divide_seats(gathering, by=carla)
    person = fresh(house.people[0])
    mark = str(person.pk)
    erase_own_data(Participant(registration=person, secret=house.secrets[mark]), withdraw=False)
    for run in SeatingRun.objects.all():
        assert mark not in str(run.plan)
        assert mark not in str(run.before)
        assert mark not in str(run.conflicts)


def test_the_page_asks_the_store_equally_often_for_one_room_or_ten(
    full: FullHouse, django_assert_num_queries: object
) -> None:
    gathering = full.cast.gathering
    deeds.divide_seats(gathering, by=full.cast.carla)
    with django_assert_num_queries(8):  # type: ignore[operator]
        view = seating_of(gathering, language="nl")
        assert len(view.sitters) == 99
        assert view.last is not None
        assert view.last.kind == SeatingKind.DIVIDE
