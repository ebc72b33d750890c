"""The seating by hand: the price before anything is done, swaps, steps back and forth, two organisers, files (W5, W6)."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from django.test import Client

from web.cast import Cast
from web.full_house import FullHouse, small_house
from weerklank.allocation import Policy
from weerklank_web.accounts.models import Person
from weerklank_web.gatherings.actions import seating as deeds
from weerklank_web.gatherings.actions import seating_by_hand as hands
from weerklank_web.gatherings.actions import seating_choices as choices
from weerklank_web.gatherings.actions.rights import erase_own_data
from weerklank_web.gatherings.actions.seating_rules import add_rule
from weerklank_web.gatherings.gates import Participant
from weerklank_web.gatherings.models import (
    Registration,
    Room,
    RuleKind,
    Seat,
    SeatingRule,
    SeatingRun,
    SeatingState,
)
from weerklank_web.gatherings.queries.seating import answers_of, board_of, seating_of
from weerklank_web.gatherings.seating_bridge import new_faults
from weerklank_web.gatherings.seating_bridge.moving import offers, swaps
from weerklank_web.gatherings.seating_bridge.policies import ANSWERS, policy_of
from weerklank_web.groundwork.errors import NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(cast: Cast) -> FullHouse:
    """Forty people over four rooms, ten each, without a search: who sits where is plain."""
    house = small_house(cast)
    Room.objects.filter(gathering=cast.gathering).update(places_max=12, places_min=5)
    wheels = [one for one in house.people if one.needs]
    rest = [one for one in house.people if not one.needs]
    for place, person in enumerate([*wheels, *rest]):
        room = house.rooms[place % 2 if person.needs else place % 4]
        wishes = list(person.wishes.values_list("theme_id", flat=True))
        rank = wishes.index(room.theme_id) + 1 if room.theme_id in wishes else None
        Seat.objects.create(registration=person, room=room, rank=rank, reason={"nl": "Omdat."})
    return house


def fresh(person: Registration) -> Registration:
    return Registration.objects.select_related("gathering__format_version", "seat__room").get(pk=person.pk)


def rooms_of(house: FullHouse) -> dict[str, str]:
    rows = Seat.objects.filter(room__gathering=house.cast.gathering)
    return {str(who): str(room) for who, room in rows.values_list("registration_id", "room_id")}


def somebody(house: FullHouse, *, room: int = 0, place: int = 0) -> Registration:
    found = [one for one in map(fresh, house.people) if one.seat.room_id == house.rooms[room].pk]
    return [one for one in found if not one.needs][place]


# --- the price -------------------------------------------------------------------------------------


def test_every_room_tells_its_price_before_anything_is_done(house: FullHouse) -> None:
    person = somebody(house)
    board = board_of(house.cast.gathering)
    on_board = next(one for one in board.people if one.pk == person.pk)
    found = offers(board, on_board, language="nl")
    assert {offer.room.pk for offer in found} == {room.pk for room in house.rooms} - {person.seat.room_id}
    for offer in found:
        assert offer.allowed == (not new_faults(board, {person.id: offer.room.id}, language="nl"))
        assert offer.words.startswith(("Was ", "Blijft "))
    assert [offer.worse for offer in found] == sorted(offer.worse for offer in found)
    was = rooms_of(house)
    page = house.cast.client_of("carla").get(house.cast.path("beheer", "indeling", person.pk))
    text = page.content.decode()
    assert all(offer.room.name in text for offer in found)
    assert "wordt" in text
    assert rooms_of(house) == was, "looking changes nothing"


def test_what_forbids_a_room_stands_there_and_a_swap_is_offered(house: FullHouse) -> None:
    gathering = house.cast.gathering
    Room.objects.filter(gathering=gathering).update(places_max=10)
    person = somebody(house)
    board = board_of(gathering)
    one = next(each for each in board.people if each.pk == person.pk)
    assert not any(offer.allowed for offer in offers(board, one, language="nl"))
    assert "er zijn 10 plaatsen" in offers(board, one, language="nl")[0].words
    best = swaps(board, one, language="nl")
    assert len(best) == 5
    assert [swap.worse for swap in best] == sorted(swap.worse for swap in best)
    Seat.objects.filter(registration=best[0].other).update(pinned=True)
    again = swaps(board_of(gathering), one, language="nl")
    assert best[0].other.pk not in {swap.other.pk for swap in again}, "who stands fixed is left alone"


def test_the_price_opens_in_the_list_and_works_without_javascript(house: FullHouse) -> None:
    client = house.cast.client_of("carla")
    person = somebody(house)
    address = house.cast.path("beheer", "indeling", person.pk)
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert f'name="was" value="{person.seat.room_id}"' in part
    room = next(room for room in house.rooms if room.pk != person.seat.room_id and not room.features)
    moved = client.post(
        f"{address}kamer/", {"room": str(room.pk), "was": str(person.seat.room_id)}, follow=True
    )
    assert moved.redirect_chain[0][1] == 303
    assert fresh(person).seat.room_id == room.pk
    assert f"{person.name} zit nu in {room.name}" in moved.content.decode()


def test_two_people_change_places(house: FullHouse) -> None:
    one, other = somebody(house, room=2), somebody(house, room=3)
    rooms = (str(one.seat.room_id), str(other.seat.room_id))
    client = house.cast.client_of("carla")
    client.post(
        house.cast.path("beheer", "indeling", one.pk, "ruil"),
        {"other": str(other.pk), "was": rooms[0], "other_was": rooms[1]},
    )
    assert (str(fresh(one).seat.room_id), str(fresh(other).seat.room_id)) == rooms[::-1]
    assert fresh(one).seat.pinned
    assert fresh(other).seat.pinned
    assert "vaste plek" in fresh(one).seat.reason["nl"] or fresh(one).seat.rank == 1
    hands.undo_last_change(house.cast.gathering, by=house.cast.carla)
    assert (str(fresh(one).seat.room_id), str(fresh(other).seat.room_id)) == rooms
    assert not fresh(one).seat.pinned


def test_a_swap_that_breaks_a_rule_is_refused(house: FullHouse) -> None:
    gathering, carla = house.cast.gathering, house.cast.carla
    one, other, mate = somebody(house, room=2), somebody(house, room=3), somebody(house, room=3, place=1)
    add_rule(gathering, one=one.pk, other=mate.pk, kind=RuleKind.APART, by=carla)
    with pytest.raises(NotNow, match="uit elkaar"):
        hands.swap_people(one, other, by=carla, was=(str(one.seat.room_id), str(other.seat.room_id)))
    assert fresh(one).seat.room_id == house.rooms[2].pk


# --- steps back and forth, and two organisers -------------------------------------------------------


def test_steps_go_back_and_forth_until_something_else_is_done(house: FullHouse) -> None:
    gathering, carla = house.cast.gathering, house.cast.carla
    one, other = somebody(house, room=0), somebody(house, room=1)
    stands = [rooms_of(house)]
    for person, room in ((one, house.rooms[2]), (other, house.rooms[3])):
        hands.move_person(person, room, by=carla)
        stands.append(rooms_of(house))
    hands.pin_person(fresh(one), pinned=False, by=carla)
    for back in (2, 1, 0):
        hands.undo_last_change(gathering, by=carla)
        assert rooms_of(house) == stands[back]
    view = seating_of(gathering, language="nl")
    assert view.last is None
    assert [run.state for run in view.steps] == [SeatingState.UNDONE] * 3
    for forth in (1, 2, 2):
        hands.redo_change(gathering, by=carla)
        assert rooms_of(house) == stands[forth]
    assert not fresh(one).seat.pinned
    with pytest.raises(NotNow, match="niets om opnieuw"):
        hands.redo_change(gathering, by=carla)
    hands.undo_last_change(gathering, by=carla)
    hands.move_person(fresh(other), house.rooms[0], by=carla)
    assert seating_of(gathering, language="nl").again is None, "a new step closes the way forth"


def test_two_organisers_do_not_overwrite_each_other(house: FullHouse) -> None:
    """Both looked at the same page; whoever presses second is told, and nothing is undone or moved unseen."""
    gathering, carla = house.cast.gathering, house.cast.carla
    second = Person.objects.create_user("els@voorbeeld.example", "Els")
    person = somebody(house)
    was = str(person.seat.room_id)
    hands.move_person(person, house.rooms[2], by=carla, was=was)
    with pytest.raises(NotNow, match="intussen ergens anders") as refusal:
        hands.move_person(fresh(person), house.rooms[3], by=second, was=was)
    assert refusal.value.code == "changed"
    assert fresh(person).seat.room_id == house.rooms[2].pk
    first = SeatingRun.objects.get()
    hands.move_person(somebody(house, room=1), house.rooms[3], by=second)
    with pytest.raises(NotNow, match="Iemand anders"):
        hands.undo_last_change(gathering, by=carla, seen=first.pk)
    with pytest.raises(NotNow, match="Iemand anders"):
        deeds.divide_seats(gathering, by=carla, seen=first.pk)
    assert SeatingRun.objects.filter(state=SeatingState.DONE).count() == 2
    other = somebody(house, room=3)
    with pytest.raises(NotNow, match="intussen ergens anders"):
        hands.swap_people(fresh(person), other, by=second, was=(was, str(other.seat.room_id)))


def test_erasing_reaches_the_steps_that_can_be_done_again(house: FullHouse) -> None:
    person = somebody(house)
    hands.move_person(person, house.rooms[2], by=house.cast.carla)
    hands.undo_last_change(house.cast.gathering, by=house.cast.carla)
    mark = str(person.pk)
    assert mark in str(SeatingRun.objects.get().after)
    erase_own_data(Participant(registration=fresh(person), secret=house.secrets[mark]), withdraw=False)
    run = SeatingRun.objects.get()
    assert mark not in str((run.before, run.after, run.plan))


# --- what weighs more ------------------------------------------------------------------------------


def test_four_answers_in_words_become_weights(house: FullHouse) -> None:
    gathering, carla = house.cast.gathering, house.cast.carla
    assert policy_of({}) == Policy()
    assert policy_of({"wishes": "first"}).wish > Policy().wish > policy_of({"wishes": "mix"}).wish
    assert policy_of({"organisations": "strong"}).organisation > Policy().organisation
    assert policy_of({"organisations": "nonsense", "sizes": "free"}).uneven == 0
    usual = answers_of(gathering)
    choices.choose_policy(gathering, {**usual, "layers": "strong"}, was=usual, by=carla)
    gathering.refresh_from_db()
    assert answers_of(gathering)["layers"] == "strong"
    with pytest.raises(NotNow, match="Iemand anders koos"):
        choices.choose_policy(gathering, usual, was=usual, by=carla)
    run = deeds.divide_seats(gathering, by=carla)
    assert run.plan["audit"]["policy"]["layer"] == policy_of(answers_of(gathering)).layer


def test_the_answers_stand_on_the_page_as_words(house: FullHouse) -> None:
    client = house.cast.client_of("carla")
    address = house.cast.path("beheer", "indeling")
    page = client.get(address).content.decode()
    assert page.count('type="radio" name="') >= sum(map(len, ANSWERS.values()))
    sent = {"wishes": "mix", "organisations": "free", "layers": "usual", "sizes": "strong"}
    was = " ".join(["usual"] * 4)
    assert client.post(f"{address}wat-weegt/", {**sent, "was": was}).status_code == 303
    house.cast.gathering.refresh_from_db()
    assert answers_of(house.cast.gathering) == sent
    refused = client.post(f"{address}wat-weegt/", {**sent, "was": was}, follow=True).content.decode()
    assert "Iemand anders koos intussen iets anders" in refused
    assert client.post(f"{address}wat-weegt/", {**sent, "wishes": "x"}).status_code == 422


def test_how_far_from_the_best_stands_there_in_words(house: FullHouse) -> None:
    gathering = house.cast.gathering
    deeds.divide_seats(gathering, by=house.cast.carla)
    view = seating_of(gathering, language="nl")
    assert view.distance is not None
    plan = view.division.plan if view.division else {}
    score = sum(term["amount"] * term["weight"] for term in plan["terms"])
    assert view.distance.at_most == score - plan["bound"] >= 0
    page = house.cast.client_of("carla").get(house.cast.path("beheer", "indeling")).content.decode()
    assert ("Ook de mix kan niet beter: bewezen." in page) == (view.distance.at_most == 0)
    hands.move_person(somebody(house), house.rooms[2], by=house.cast.carla)
    assert seating_of(gathering, language="nl").distance is None, "people sit otherwise by now"


# --- when it cannot be done ------------------------------------------------------------------------


def test_a_way_out_is_one_button_and_then_it_fits(house: FullHouse) -> None:
    gathering, carla = house.cast.gathering, house.cast.carla
    Registration.objects.filter(pk__in=[one.pk for one in house.people[:3]]).update(needs=["hearing-loop"])
    Room.objects.filter(pk=house.rooms[1].pk).update(features=["step-free", "captions"])
    run = deeds.divide_seats(gathering, by=carla)
    assert run.state == SeatingState.REFUSED
    client = house.cast.client_of("carla")
    address = house.cast.path("beheer", "indeling")
    page = client.get(address).content.decode()
    assert "3 mensen hebben dit nodig: een ringleiding" in page
    assert "Doe dit en verdeel" in page
    (conflict, *_others) = seating_of(gathering, language="nl").conflicts
    way = next(way for way in conflict.ways if way.by_button and way.enough)
    answer = client.post(f"{address}oplossen/", {"run": run.pk, "number": way.number, "seen": 0}, follow=True)
    assert "De plaatsen zijn verdeeld." in answer.content.decode()
    looped = {
        str(room.pk) for room in Room.objects.filter(gathering=gathering) if "hearing-loop" in room.features
    }
    assert len(looped) == 1
    assert {rooms_of(house)[str(one.pk)] for one in house.people[:3]} == looped
    again = client.post(f"{address}oplossen/", {"run": run.pk, "number": way.number}, follow=True)
    assert "Dit kan niet meer zo" in again.content.decode()


def test_a_rule_is_only_let_go_of_by_pressing(house: FullHouse) -> None:
    gathering, carla = house.cast.gathering, house.cast.carla
    one, other = somebody(house, room=0), somebody(house, room=1)
    add_rule(gathering, one=one.pk, other=other.pk, kind=RuleKind.TOGETHER, by=carla)
    Seat.objects.filter(registration__in=(one, other)).update(pinned=True)
    run = deeds.divide_seats(gathering, by=carla)
    assert run.state == SeatingState.REFUSED
    assert SeatingRule.objects.count() == 1
    kinds = [repair["kind"] for repair in run.conflicts[0]["repairs"]]
    choices.mend(gathering, run=run.pk, number=kinds.index("together"), by=carla)
    assert not SeatingRule.objects.exists()
    assert deeds.divide_seats(gathering, by=carla).state == SeatingState.DONE


# --- files -----------------------------------------------------------------------------------------


def test_files_hold_names_and_rooms_and_nothing_else(house: FullHouse) -> None:
    client: Client = house.cast.client_of("carla")
    Registration.objects.filter(pk=house.people[0].pk).update(email="")
    Registration.objects.filter(pk=house.people[1].pk).update(name="=1+1")
    address = house.cast.path("beheer", "indeling") + "bestand/"
    groups = json.loads(client.get(f"{address}bigbluebutton.json").content)
    assert [group["name"] for group in groups] == ["Kamer 1", "Kamer 2", "Kamer 3", "Kamer 4"]
    assert sum(len(group["roster"]) for group in groups) == 40
    zoom = client.get(f"{address}zoom.csv").content.decode().splitlines()
    assert zoom[0] == "Pre-assign Room Name,Email Address"
    assert len(zoom) == 40, "thirty-nine with an address"
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}indeling.xlsx").content))
    assert book.sheetnames == ["Deurlijst", "Kamer 1", "Kamer 2", "Kamer 3", "Kamer 4"]
    cells = [str(cell.value) for sheet in book for row in sheet.rows for cell in row]
    assert "=1+1" in cells
    assert not any("step-free" in cell or "Omdat" in cell or "keuze" in cell for cell in cells)
    teams = client.get(f"{address}teams.csv")
    assert "attachment" in teams["Content-Disposition"]
    assert "'=1+1" in teams.content.decode("utf-8-sig")
    assert client.get(f"{address}alles.zip").status_code == 404
    page = client.get(house.cast.path("beheer", "indeling")).content.decode()
    assert f"Zoom en Teams: {house.people[0].name}." in " ".join(page.split())
