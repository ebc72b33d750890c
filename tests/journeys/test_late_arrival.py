"""Somebody comes late and fits only where it is full: the organiser reads who would move, chooses, and who moves sees it at once."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from journeys.browser import DESK, PHONE
from journeys.scene import Scene
from journeys.walking import choose, field, follow, press, told

pytestmark = pytest.mark.browser

# The first room is step-free and full; of who sits there only Anna may be asked to move.
_FULL = """
import json
from weerklank_web.gatherings.models import Room, Seat
first = Room.objects.get(id="{room}".rstrip("/").rsplit("/", 1)[1])
others = Room.objects.filter(gathering=first.gathering).exclude(pk=first.pk)
# Another walk may have given Anna another room by hand.
Seat.objects.filter(registration__gathering=first.gathering, registration__name="Anna").update(room=first, pinned=False)
Seat.objects.filter(room=first).exclude(registration__name="Anna").update(pinned=True)
was = [first.places_max, first.features]
Room.objects.filter(pk=first.pk).update(places_max=first.seats.count(), features=["step-free"])
others.update(features=[])
print(json.dumps(was))
"""
_AS_IT_WAS = """
import json
from weerklank_web.gatherings.models import Registration, Room, Seat
first = Room.objects.get(id="{room}".rstrip("/").rsplit("/", 1)[1])
Registration.objects.filter(gathering=first.gathering, name="Wim").delete()
Seat.objects.filter(registration__gathering=first.gathering).update(pinned=False, moved_from="")
Seat.objects.filter(registration__name="Anna").update(room=first)
places, features = json.loads('{was}')
Room.objects.filter(pk=first.pk).update(places_max=places, features=features)
print(json.dumps(True))
"""


def test_somebody_makes_way_after_the_organiser_chose(device, house, scene: Scene, look) -> None:
    scene.stand_at("welcome")
    was = house.ask(_FULL.format(room=scene.room))
    desk = scene.organiser(device(DESK))
    anna = device(PHONE)
    anna.goto(scene.links[0])
    anna.goto(scene.address("ik/"))
    expect(anna.get_by_role("region", name="Je kamer")).to_contain_text("Kamer 1")

    desk.goto(scene.address("beheer/deur/inloper/"))
    field(desk, "Je naam of een schuilnaam").fill("Wim")
    choose(desk, re.compile("drempels"))
    choose(desk, re.compile("Deze persoon weet wat we bewaren"))
    press(desk, "Schrijf in")
    desk.goto(scene.address("beheer/deur/"))
    told(desk, re.compile("zonder kamer"))  # Wim, and whoever of the scene has no seat yet
    follow(desk, "Bekijk wat er kan")
    calmest = desk.get_by_role("region", name="1 mens verhuist")
    expect(calmest).to_contain_text("Met minder verhuizingen kan het niet: bewezen.")
    expect(calmest).to_contain_text(re.compile("Anna: van Kamer 1 naar Kamer"))
    expect(calmest).to_contain_text("Wim naar Kamer 1")
    look(desk, "late-arrival")
    expect(anna.get_by_role("region", name="Je kamer")).to_contain_text("Kamer 1")

    press(desk, "Kies dit: 1 verhuist")
    told(desk, re.compile(r"mensen hebben een \(andere\) plek"))
    # Live, without a reload.
    expect(anna.get_by_role("region", name="Je kamer")).to_contain_text("Je zit nu in een andere kamer")
    look(anna, "own-moved")
    house.ask(_AS_IT_WAS.format(room=scene.room, was=json.dumps(was)))
