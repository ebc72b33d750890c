"""Re-seating at the door: named moves that are chosen before anything happens, and one gate for all places (W4, W6)."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from web.cast import Cast, cast_in
from web.full_house import FullHouse, full_house, small_house
from weerklank.allocation import breaches
from weerklank_web.gatherings.actions import presence
from weerklank_web.gatherings.actions import seating_by_hand as hands
from weerklank_web.gatherings.actions.registration import Details
from weerklank_web.gatherings.actions.reseating import reseat
from weerklank_web.gatherings.actions.seating_rules import add_rule
from weerklank_web.gatherings.models import Registration, Room, RuleKind, Seat, SeatingKind, SeatingRun, Wish
from weerklank_web.gatherings.queries.reseating import ways_for
from weerklank_web.gatherings.queries.seating import board_of
from weerklank_web.gatherings.seating_bridge import event_with
from weerklank_web.gatherings.stage import Deed
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.models import JournalLine
from weerklank_web.notifications.models import Letter

pytestmark = pytest.mark.django_db


def seated(house: FullHouse) -> FullHouse:
    """Everybody in a room, by turns, at the door; no search, so that it is plain who sits where."""
    rooms = house.rooms
    wheels = [one for one in house.people if one.needs]
    rest = [one for one in house.people if not one.needs]
    for place, person in enumerate([*wheels, *rest]):
        Seat.objects.create(registration=person, room=rooms[place % len(rooms)], reason={"nl": "Omdat."})
    house.cast.stand_at(Deed.CHECK_IN)
    return house


@pytest.fixture
def house(cast: Cast) -> FullHouse:
    """Forty people, ten in each of four rooms of eleven; rooms 1 and 2 are step-free."""
    return seated(small_house(cast))


def walk_in(house: FullHouse, name: str, **more: object) -> Registration:
    details = Details(name=name, layer="local", **more)  # type: ignore[arg-type]
    return presence.walk_in(house.cast.gathering, details=details).registration


def rooms_of(house: FullHouse) -> dict[str, str]:
    rows = Seat.objects.filter(room__gathering=house.cast.gathering)
    return {str(who): str(room) for who, room in rows.values_list("registration_id", "room_id")}


def faults(house: FullHouse) -> object:
    board = board_of(house.cast.gathering)
    seats = rooms_of(house)
    return breaches(
        event_with(board, people=[one.id for one in board.people if str(one.id) in seats], pins={}), seats
    )


def full_step_free_rooms(house: FullHouse) -> Registration:
    """Both step-free rooms are full; then somebody comes who needs one."""
    for room in house.rooms[:2]:
        Room.objects.filter(pk=room.pk).update(places_max=10)
    late = walk_in(house, "Wiel", needs=("step-free",))
    assert not Seat.objects.filter(registration=late).exists()
    return late


def test_somebody_makes_way_by_name_and_only_when_it_is_chosen(house: FullHouse) -> None:
    late = full_step_free_rooms(house)
    gathering, carla = house.cast.gathering, house.cast.carla
    was = rooms_of(house)
    found = ways_for(gathering)
    assert rooms_of(house) == was, "looking changes nothing"
    assert found.arrivals == (late,)
    calm = found.ways[0]
    assert (calm.moves, calm.least, len(calm.moved)) == (1, True, 1)
    (moved,) = calm.moved
    assert moved.words.startswith(f"{moved.person.name}: van {moved.start.name} naar {moved.to.name}")
    assert "step" not in moved.words
    assert "trap" not in moved.words
    assert late.name not in moved.words
    assert [way.moves for way in found.ways] == sorted({way.moves for way in found.ways})
    assert all(way.better > 0 for way in found.ways[1:])
    assert reseat(gathering, moves=1, token=found.token, by=carla) == 2
    now = rooms_of(house)
    assert {who for who, room in was.items() if now[who] != room} == {str(moved.person.pk)}
    assert Seat.objects.get(registration=late).room_id in {room.pk for room in house.rooms[:2]}
    assert faults(house) == ()
    run = SeatingRun.objects.get()
    assert run.kind == SeatingKind.RESEAT
    for line in JournalLine.objects.all():
        assert moved.person.name not in f"{line.subject} {line.note}"
    hands.undo_last_change(gathering, by=carla)
    assert rooms_of(house) == was, "who came in stands at the door again"
    hands.redo_change(gathering, by=carla)
    assert rooms_of(house) == now


def test_who_moves_is_told_on_their_own_page_and_by_letter(house: FullHouse) -> None:
    full_step_free_rooms(house)
    gathering = house.cast.gathering
    found = ways_for(gathering)
    (moved,) = found.ways[0].moved
    Letter.objects.all().delete()
    reseat(gathering, moves=1, token=found.token, by=house.cast.carla)
    seat = Seat.objects.select_related("room").get(registration=moved.person)
    assert (seat.moved_from, seat.told) == (moved.start.name, True)
    assert Letter.objects.get().to == moved.person.email
    secret = house.secrets[str(moved.person.pk)]
    client = house.cast.client_of("esra")
    client.get(f"/l/{secret}/")
    page = client.get(house.cast.path("ik"))
    text = " ".join(page.content.decode().split())
    assert f"Je zat in {moved.start.name}." in text
    assert f"naar {seat.room.name}" in text
    assert 'data-live="' in text
    part = client.get(house.cast.path("ik"), headers={"HX-Target": "mijn-kamer", "HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert seat.room.name in part.content.decode()


def test_what_was_looked_at_must_still_hold(house: FullHouse) -> None:
    full_step_free_rooms(house)
    gathering, carla = house.cast.gathering, house.cast.carla
    token = ways_for(gathering).token
    walk_in(house, "Nog een")
    was = rooms_of(house)
    with pytest.raises(NotNow, match="Intussen") as refusal:
        reseat(gathering, moves=1, token=token, by=carla)
    assert refusal.value.code == "changed"
    with pytest.raises(NotNow, match="Intussen"):
        reseat(gathering, moves=2, token=ways_for(gathering).token, by=carla)
    assert rooms_of(house) == was


def test_a_room_that_does_not_go_on_sends_its_people_elsewhere(house: FullHouse) -> None:
    """A facilitator drops out: everybody of the room is named with where they go; afterwards it takes nobody."""
    gathering = house.cast.gathering
    Room.objects.filter(gathering=gathering).update(places_max=14)
    closed = house.rooms[3]
    homeless = {who for who, room in rooms_of(house).items() if room == str(closed.pk)}
    client = house.cast.client_of("carla")
    page = client.get(house.cast.path("beheer", "deur", "opnieuw-indelen"), {"dicht": str(closed.pk)})
    text = page.content.decode()
    found = ways_for(gathering, closed=closed.pk)
    assert found.ways[0].moves == len(homeless)
    assert {str(one.person.pk) for one in found.ways[0].moved} == homeless
    assert all(one.words in " ".join(text.split()).replace("&#x27;", "'") for one in found.ways[0].moved)
    answer = client.post(
        house.cast.path("beheer", "deur", "opnieuw-indelen"),
        {"moves": found.ways[0].moves, "token": found.token, "dicht": str(closed.pk)},
        follow=True,
    )
    assert "10 mensen hebben een (andere) plek" in answer.content.decode()
    assert not Seat.objects.filter(room=closed).exists()
    walk_in(house, "Daarna")
    assert not Seat.objects.filter(room=closed).exists()
    assert faults(house) == ()


def test_a_manager_who_comes_late_sits_elsewhere_and_nobody_learns_why(house: FullHouse) -> None:
    gathering, carla = house.cast.gathering, house.cast.carla
    report = house.people[5]
    Room.objects.exclude(pk=Seat.objects.get(registration=report).room_id).update(places_max=10)
    boss = Registration.objects.create(
        gathering=gathering,
        name="Chef",
        state="confirmed",
        queue_number=99,
        link_fingerprint="x" * 64,
        registered_on=report.registered_on,
        consent_on=report.consent_on,
    )
    add_rule(gathering, one=boss.pk, other=report.pk, kind=RuleKind.APART, by=carla)
    presence.check_in(boss)
    assert not Seat.objects.filter(registration=boss).exists(), "only the report's room has a place"
    found = ways_for(gathering)
    assert found.ways[0].moves == 1
    (moved,) = found.ways[0].moved
    assert "Chef" not in moved.words
    reseat(gathering, moves=1, token=found.token, by=carla)
    now = rooms_of(house)
    assert now[str(boss.pk)] != now[str(report.pk)]


def test_when_nothing_fits_it_says_what_clashes(house: FullHouse) -> None:
    late = walk_in(house, "Lus", needs=("hearing-loop",))
    page = house.cast.client_of("carla").get(house.cast.path("beheer", "deur", "opnieuw-indelen"))
    text = " ".join(page.content.decode().split())
    assert f"Dit gaat niet samen: {late.name} heeft dit nodig: een ringleiding." in text
    assert "Geef Kamer 1 dit erbij: een ringleiding" in text


@pytest.mark.slow
def test_99_registered_9_stay_away_15_walk_in_and_nobody_has_to_move(cast: Cast) -> None:
    """W4: who is not there makes room; all fifteen can sit without a single move, and more moves buy quality."""
    house = full_house(cast)
    board_rooms = house.rooms
    for place, person in enumerate(
        [*[p for p in house.people if p.needs], *[p for p in house.people if not p.needs]]
    ):
        room = board_rooms[place % 2] if person.needs else board_rooms[place % 10]
        Seat.objects.create(registration=person, room=room)
    cast.stand_at(Deed.CHECK_IN)
    for person in house.people[9:]:
        presence.check_in(person)
    Room.objects.filter(gathering=cast.gathering).update(places_max=1)  # nobody is let in by themselves
    for number in range(15):
        walk_in(house, f"Binnenloper {number}")
    Room.objects.filter(gathering=cast.gathering).update(places_max=11)
    cast.gathering.refresh_from_db()
    cast.gathering.absent_give_way = True
    Seat.objects.filter(registration__present=False).delete()
    cast.gathering.save()
    found = ways_for(cast.gathering)
    assert len(found.arrivals) == 15
    assert (found.ways[0].moves, found.ways[0].least, len(found.ways[0].arrivals)) == (0, True, 15)
    assert len(found.ways) > 1
    assert reseat(cast.gathering, moves=0, token=found.token, by=cast.carla) == 15
    assert Counter(Seat.objects.values_list("registration__present", flat=True)) == {True: 105}


@pytest.mark.django_db(transaction=True)
def test_places_have_one_gate_also_while_people_are_moved() -> None:
    """Twenty people walk in while the organiser presses twice: no room overflows, nobody sits twice, nobody is lost."""
    cast = cast_in()
    house = seated(small_house(cast))
    full_step_free_rooms(house)
    Room.objects.filter(pk__in=[room.pk for room in house.rooms[2:]]).update(places_max=16)
    tokens = [ways_for(cast.gathering).token] * 2

    def arrive(number: int) -> str:
        try:
            walk_in(house, f"Tegelijk {number}")
        finally:
            if connection.vendor == "postgresql":
                connection.close()
        return "in"

    def press(token: str) -> str:
        try:
            reseat(cast.gathering, moves=1, token=token, by=cast.carla)
        except NotNow:
            return "refused"
        finally:
            if connection.vendor == "postgresql":
                connection.close()
        return "carried out"

    if connection.vendor == "postgresql":
        with ThreadPoolExecutor(max_workers=8) as pool:
            pressed = [pool.submit(press, token) for token in tokens]
            list(pool.map(arrive, range(20)))
            said = [each.result() for each in pressed]
    else:
        said = [press(tokens[0])]
        for number in range(20):
            arrive(number)
        said.append(press(tokens[1]))
    assert said.count("carried out") <= 1, "what was looked at holds once"
    for room in Room.objects.filter(gathering=cast.gathering):
        assert Seat.objects.filter(room=room).count() <= room.places_max
    seats = Counter(Seat.objects.values_list("registration_id", flat=True))
    assert max(seats.values()) == 1
    assert {one.pk for one in house.people} <= seats.keys(), "who had a place still has one"
    assert Registration.objects.filter(walk_in=True).count() == 21
    assert not Wish.objects.filter(registration__walk_in=True).exists()
