"""A gathering with its cast inside the running house, for journeys that begin in the middle."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

from journeys.installation import Installation
from journeys.walking import sign_in

ORGANISER = "carla@voorbeeld.example"

_MAKE = """
import json
from web.answers_scene import people
from web.cast import cast_in
cast = cast_in("{slug}")
guests = people(cast, 3)
for guest in guests[:2]:
    cast.rooms[0].seats.create(registration=guest.registration, rank=1)
room = f"/b/{slug}/kamer/{{cast.rooms[0].id}}/"
print(json.dumps({{"room": room, "links": [cast.secret, *(guest.secret for guest in guests)]}}))
"""

_STAND = """
import json
from weerklank_web.accounts.models import Person
from weerklank_web.gatherings.actions.gathering import move_to_step
from weerklank_web.gatherings.models import Gathering
gathering = Gathering.objects.get(slug="{slug}")
carla = Person.objects.get(email="{organiser}")
if gathering.step != "{step}":
    move_to_step(gathering, step="{step}", by=carla, reason="voor de proef")
print(json.dumps(gathering.step))
"""

_SEAT = """
import json
from weerklank_web.gatherings.models import Registration, Seat, Room
room = Room.objects.get(id="{room}".rstrip("/").rsplit("/", 1)[1])
registration = Registration.objects.get(gathering=room.gathering, name="{name}")
Seat.objects.create(registration=registration, room=room, rank=1)
Registration.objects.filter(pk=registration.pk).update(present=True)
print(json.dumps(True))
"""

_WORD = """
import json
from web.cast import Cast
from weerklank_web.answers.actions import statement as bench
from weerklank_web.dialogue.models import Contribution
from weerklank_web.gatherings.models import Gathering
gathering = Gathering.objects.get(slug="{slug}")
behind = [row.id for row in Contribution.objects.filter(gathering=gathering, shared=True).exclude(text="")]
message = bench.make_message(gathering, behind[:2], by="Carla Peeters", text="{text}")
bench.set_ready(message, by="Carla Peeters")
print(json.dumps(str(message.id)))
"""


@dataclass
class Scene:
    """``room`` is its first room, ``links`` the private links of four participants; the last one has no seat."""

    house: Installation
    slug: str
    room: str
    links: list[str]

    @classmethod
    def made_in(cls, house: Installation, slug: str) -> Scene:
        """Put the cast and their gathering in this house."""
        made = house.ask(_MAKE.format(slug=slug))
        return cls(house, slug, made["room"], [f"/l/{secret}/" for secret in made["links"]])

    def address(self, page: str = "") -> str:
        """A page of the gathering."""
        return f"/b/{self.slug}/{page}"

    def stand_at(self, step: str) -> None:
        """The organiser turns to this step."""
        self.house.ask(_STAND.format(slug=self.slug, step=step, organiser=ORGANISER))

    def seat(self, name: str) -> None:
        """This participant sits in the first room and is there."""
        self.house.ask(_SEAT.format(room=self.room, name=name))

    def word_a_message(self, text: str) -> None:
        """A message on what was said so far, ready to be read back."""
        self.house.ask(_WORD.format(slug=self.slug, text=text))

    def open_room(self, page: Page, guest: int) -> Page:
        """One of the participants opens the room with their own link."""
        page.goto(self.links[guest])
        page.goto(self.room)
        return page

    def organiser(self, page: Page) -> Page:
        """The organiser signs in on this device."""
        sign_in(self.house, page, ORGANISER)
        return page
