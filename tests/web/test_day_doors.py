"""The pages of the day against Anna, Bram, Carla, Dirk and Esra: rooms, seating, the door, its lists (issue §3)."""

from __future__ import annotations

import csv
import io
import re
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from web.cast import NAMES, Cast, cookie_name, new_registration
from web.full_house import FullHouse, full_house
from weerklank_web.gatherings.actions import seating
from weerklank_web.gatherings.actions.presence import check_in, freeze_attendance
from weerklank_web.gatherings.door_file import plain_cell
from weerklank_web.gatherings.models import (
    Membership,
    PublishedTable,
    Registration,
    Role,
    Room,
    Seat,
    SeatingRun,
)
from weerklank_web.gatherings.stage import Deed
from weerklank_web.groundwork import links

MANAGE = (
    "beheer/kamers",
    "beheer/kamers/nieuw",
    "beheer/kamers/{room}",
    "beheer/indeling",
    "beheer/deur/sluiten",
)
MANAGE_DEEDS = (
    "beheer/kamers/voorstel",
    "beheer/kamers/nieuw",
    "beheer/kamers/{room}",
    "beheer/kamers/{room}/team",
    "beheer/kamers/{room}/weg",
    "beheer/indeling/verdelen",
    "beheer/indeling/aanvullen",
    "beheer/indeling/terugdraaien",
    "beheer/indeling/bekend",
    "beheer/indeling/regels",
    "beheer/indeling/{anna}/kamer",
    "beheer/indeling/{anna}/vast",
    "beheer/deur/code",
    "beheer/deur/plaats-maken",
    "beheer/deur/sluiten",
)
CREW = (
    "beheer/deur",
    "beheer/deur/inloper",
    "beheer/deur/lijsten",
    "beheer/deur/affiche",
    "beheer/deur/lijsten/deurlijst.csv",
)
CREW_DEEDS = ("beheer/deur/inloper", "beheer/deur/{anna}")

pytestmark = pytest.mark.django_db


def address(cast: Cast, page: str) -> str:
    page = page.format(room=cast.rooms[0].pk, anna=cast.anna.pk)
    return f"/b/{cast.gathering.slug}/{page}{'' if page.endswith('.csv') else '/'}"


@pytest.fixture
def open_door(cast: Cast) -> Cast:
    """The cast on the day itself."""
    cast.stand_at(Deed.CHECK_IN)
    return cast


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("page", MANAGE)
def test_only_the_organiser_sees_needs_reasons_and_relations(open_door: Cast, page: str, name: str) -> None:
    response = open_door.client_of(name).get(address(open_door, page))
    if name == "carla":
        assert response.status_code == 200
        assert "Samen sterker" in response.content.decode()
    elif name == "bram":
        assert response.status_code == 403
    else:
        assert response.status_code == 302
        assert response["Location"].startswith("/inloggen/")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("page", CREW)
def test_names_at_the_door_are_for_the_crew(open_door: Cast, page: str, name: str) -> None:
    response = open_door.client_of(name).get(address(open_door, page))
    if name in ("bram", "carla"):
        assert response.status_code == 200
    else:
        assert response.status_code in (302, 403)
        assert b"Anna" not in response.content


@pytest.mark.parametrize("name", ["anna", "bram", "dirk", "esra"])
@pytest.mark.parametrize("page", MANAGE_DEEDS)
def test_only_the_organiser_changes_rooms_and_seats(open_door: Cast, page: str, name: str) -> None:
    code = open_door.gathering.door_code
    response = open_door.client_of(name).post(address(open_door, page), {"room": open_door.rooms[2].pk})
    assert response.status_code == 403
    open_door.gathering.refresh_from_db()
    assert (open_door.gathering.door_code, open_door.gathering.absent_give_way) == (code, False)
    assert Seat.objects.get(registration=open_door.anna).room_id == open_door.rooms[0].pk
    assert (Room.objects.count(), SeatingRun.objects.count(), PublishedTable.objects.count()) == (3, 0, 0)


@pytest.mark.parametrize("name", ["anna", "dirk", "esra"])
@pytest.mark.parametrize("page", CREW_DEEDS)
def test_only_the_crew_lets_people_in(open_door: Cast, page: str, name: str) -> None:
    sent = {"is": "yes", "name": "Sluip", "form": uuid4(), "consent": "on"}
    assert open_door.client_of(name).post(address(open_door, page), sent).status_code == 403
    assert Registration.objects.filter(present=True).count() == 0


@pytest.mark.parametrize("name", NAMES)
def test_anybody_reads_the_door_and_nobody_reads_a_name_there(open_door: Cast, name: str) -> None:
    page = open_door.client_of(name).get(open_door.path("deur"))
    assert page.status_code == 200
    assert ("Anna" in page.content.decode()) == (name == "anna")
    for deed in ("ik-ben-er", "bewaar"):
        go = open_door.client_of(name).post if deed == "ik-ben-er" else open_door.client_of(name).get
        assert (go(open_door.path("deur", deed)).status_code == 403) == (name != "anna")


def test_one_press_brings_somebody_in_and_shows_the_way(open_door: Cast) -> None:
    Room.objects.filter(pk=open_door.rooms[0].pk).update(place="Eerste verdieping, links")
    anna = open_door.client_of("anna")
    page = anna.get(open_door.path("deur")).content.decode()
    assert "Ik ben er" in page
    response = anna.post(open_door.path("deur", "ik-ben-er"), follow=True)
    page = response.content.decode()
    assert response.redirect_chain[0][1] == 303
    assert "Kamer 1" in page
    assert "Vertrouwen in het werk" in page
    assert "Eerste verdieping, links" in page
    assert Registration.objects.get(pk=open_door.anna.pk).present


def test_walking_in_with_the_code_gives_a_room_and_a_link_on_this_device_only(open_door: Cast) -> None:
    esra = open_door.client_of("esra")
    form = {
        "form": uuid4(),
        "code": " 47 11 ",
        "name": "Zon",
        "wishes_1": open_door.themes[1].pk,
        "consent": "on",
    }
    response = esra.post(open_door.path("deur", "binnen"), form, follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [(open_door.path("deur", "bewaar"), 303)]
    secret = esra.cookies[cookie_name("participant", open_door.gathering.id)].value
    assert f"/l/{secret}/" in page
    assert "Kamer 3" in page, "the only room with the wished theme"
    zon = Registration.objects.get(name="Zon")
    assert (zon.walk_in, zon.present, zon.link_fingerprint) == (True, True, links.fingerprint(secret))
    assert secret not in str(list(Registration.objects.values()))


def test_a_wrong_code_opens_nothing_and_soon_nobody_may_try_again(open_door: Cast) -> None:
    esra = open_door.client_of("esra")
    form = {"form": uuid4(), "code": "0000", "name": "Raad", "consent": "on"}
    answers = {esra.post(open_door.path("deur", "binnen"), form).status_code for _attempt in range(60)}
    assert answers == {422}
    right = {**form, "code": "4711"}
    assert esra.post(open_door.path("deur", "binnen"), right).status_code == 429
    cache.clear()
    assert esra.post(open_door.path("deur", "binnen"), right).status_code == 303


def test_without_a_code_nobody_walks_in(open_door: Cast) -> None:
    open_door.gathering.door_code = ""
    open_door.gathering.save(update_fields=["door_code"])
    form = {"form": uuid4(), "code": " ", "name": "Leeg", "consent": "on"}
    assert open_door.client_of("esra").post(open_door.path("deur", "binnen"), form).status_code == 422


def test_a_full_house_says_what_to_do_and_the_desk_sees_it_at_once(open_door: Cast) -> None:
    Room.objects.update(places_max=1)
    for number in range(3):
        form = {"form": uuid4(), "code": "4711", "name": f"Vol {number}", "consent": "on"}
        page = Client().post(open_door.path("deur", "binnen"), form, follow=True).content.decode()
    assert "Ga naar de balie" in page
    desk = open_door.client_of("carla").get(open_door.path("beheer/deur")).content.decode()
    assert "1 mens is er zonder kamer" in desk
    assert "Vol 2" in desk


def test_the_desk_renews_its_parts_and_says_why_it_refuses(open_door: Cast) -> None:
    bram = open_door.client_of("bram")
    desk = open_door.path("beheer/deur")
    for part, there, elsewhere in (
        ("aan-de-deur", "ingeschreven", "Schrijf iemand zonder telefoon in"),
        ("wie-er-komt", "Anna", "ingeschreven</span>"),
    ):
        answer = bram.get(desk, headers={"HX-Request": "true", "HX-Target": part}).content.decode()
        assert "<html" not in answer
        assert there in answer
        assert elsewhere not in answer
    freeze_attendance(open_door.gathering, by="Carla")
    refused = bram.post(
        open_door.path("beheer/deur", open_door.anna.pk),
        {"is": "yes"},
        headers={"HX-Request": "true", "HX-Target": "wie-er-komt"},
        follow=True,
    )
    assert "staat vast" in refused.content.decode()
    assert not Registration.objects.get(pk=open_door.anna.pk).present


def test_the_desk_writes_down_who_has_no_phone_and_prints_a_link_that_works(open_door: Cast) -> None:
    page = open_door.client_of("bram").post(
        open_door.path("beheer/deur/inloper"), {"form": uuid4(), "name": "Oma", "consent": "on"}
    )
    found = re.search(r"/l/([\w-]{43})/", page.content.decode())
    assert found is not None
    assert "<svg" in page.content.decode()
    opened = Client().get(found.group(0), follow=True)
    assert "Oma" in opened.content.decode()


def test_a_helper_prints_only_the_people_of_their_own_room(open_door: Cast) -> None:
    other, _secret = new_registration(open_door.gathering, "Bea")
    Seat.objects.create(registration=other, room=open_door.rooms[2])
    for page in ("beheer/deur/lijsten", "beheer/deur/lijsten/deurlijst.csv"):
        own = open_door.client_of("bram").get(address(open_door, page)).content.decode()
        everybody = open_door.client_of("carla").get(address(open_door, page)).content.decode()
        assert ("Anna" in own, "Bea" in own) == (True, False)
        assert ("Anna" in everybody, "Bea" in everybody) == (True, True)


def test_a_name_is_never_a_formula(open_door: Cast) -> None:
    Registration.objects.filter(pk=open_door.anna.pk).update(name='=HYPERLINK("http://kwaad.example";"Klik")')
    response = open_door.client_of("carla").get(address(open_door, "beheer/deur/lijsten/deurlijst.csv"))
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][0] == "Naam"
    assert rows[1][0] == '\'=HYPERLINK("http://kwaad.example";"Klik")'
    assert rows[1][1:3] == ["Kamer 1", "Vertrouwen in het werk"]


@given(st.text(max_size=30))
def test_no_cell_begins_as_a_formula_and_none_is_changed_otherwise(text: str) -> None:
    cell = plain_cell(text)
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell in (text, f"'{text}")


def test_after_counting_everybody_sees_the_same_released_figures(open_door: Cast) -> None:
    for number in range(11):
        person, _secret = new_registration(open_door.gathering, f"P{number}", layer="local")
        check_in(person)
    freeze_attendance(open_door.gathering, by="Carla")
    for name, page in (("esra", "deur"), ("anna", "deur"), ("bram", "beheer/deur"), ("carla", "beheer/deur")):
        shown = open_door.client_of(name).get(open_door.path(page)).content.decode()
        assert "92 %" in shown, name
    form = {"form": uuid4(), "code": "4711", "name": "Te laat", "consent": "on"}
    assert open_door.client_of("esra").post(open_door.path("deur", "binnen"), form).status_code == 409


def test_the_organiser_divides_moves_and_tells_with_the_keyboard_alone(cast: Cast) -> None:
    """Every deed is a plain form: post, be sent back, read what it cost."""
    house = full_house(cast, people=30, places=12)
    Room.objects.filter(position__gt=3).delete()
    Room.objects.update(places_min=1)
    carla = cast.client_of("carla")
    page = carla.post(cast.path("beheer/indeling/verdelen"), follow=True).content.decode()
    assert "De plaatsen zijn verdeeld" in page
    person = Registration.objects.select_related("seat").get(pk=house.people[0].pk)
    room = Room.objects.exclude(pk=person.seat.room_id).first()
    assert room is not None
    moved = carla.post(cast.path("beheer/indeling", person.pk, "kamer"), {"room": room.pk}, follow=True)
    assert f"{person.name} zit nu in {room.name}" in moved.content.decode()
    assert "Draai terug: iemand verplaatst" in moved.content.decode()
    undone = carla.post(cast.path("beheer/indeling/terugdraaien"), follow=True).content.decode()
    assert "Teruggedraaid: iemand verplaatst" in undone
    told = carla.post(cast.path("beheer/indeling/bekend"), follow=True).content.decode()
    assert "Er liggen 30 brieven klaar" in told


def test_a_refused_division_stays_on_the_page_with_its_remedy(cast: Cast) -> None:
    Registration.objects.filter(pk=cast.anna.pk).update(needs=["sign-interpreter"])
    page = cast.client_of("carla").post(cast.path("beheer/indeling/verdelen"), follow=True).content.decode()
    assert "Verdelen lukt zo niet" in page
    assert "een gebarentolk" in page
    assert "De vorige indeling staat er nog" in page


def test_the_organiser_makes_rooms_and_gives_them_a_crew(cast: Cast) -> None:
    carla = cast.client_of("carla")
    shares = {f"theme-{theme.pk}": 2 for theme in cast.themes}
    page = carla.post(cast.path("beheer/kamers/voorstel"), shares, follow=True).content.decode()
    assert "1 kamer gemaakt" in page
    room = Room.objects.get(name="Kamer 4")
    carla.post(cast.path("beheer/kamers", room.pk, "team"), {"facilitator": cast.bram.pk})
    assert Membership.objects.filter(room=room, person=cast.bram, role=Role.FACILITATOR).exists()
    wrong = {"name": "Kamer 1", "theme": cast.themes[0].pk, "places_min": 9, "places_max": 3}
    answer = carla.post(cast.path("beheer/kamers", room.pk), wrong)
    assert answer.status_code == 422
    assert "meer dan er hoogstens in passen" in answer.content.decode()
    gone = carla.post(cast.path("beheer/kamers", room.pk, "weg"), follow=True).content.decode()
    assert "Kamer 4 is weg" in gone


@pytest.fixture
def seated(cast: Cast) -> FullHouse:
    """99 people in ten rooms, on the day."""
    house = full_house(cast)
    cast.stand_at(Deed.CHECK_IN)
    seating.divide_seats(cast.gathering, by=cast.carla)
    return house


@pytest.mark.parametrize(
    ("page", "queries"),
    [("beheer/indeling", 14), ("beheer/deur", 15), ("beheer/deur/lijsten", 8), ("beheer/kamers", 15)],
)
def test_a_full_house_costs_no_more_questions_than_a_small_one(
    seated: FullHouse, django_assert_max_num_queries: object, page: str, queries: int
) -> None:
    carla = seated.cast.client_of("carla")
    with django_assert_max_num_queries(queries):  # type: ignore[operator]
        assert carla.get(address(seated.cast, page)).status_code == 200
