"""The story while it is being played: whose day it is, and who has become whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from weerklank_web.accounts.models import Person
from weerklank_web.answers.models import Insight, Message
from weerklank_web.demo.content import Content
from weerklank_web.gatherings.models import Gathering, Registration, Room, Theme
from weerklank_web.gatherings.queries.registration import registration_of_link
from weerklank_web.groundwork import clock
from weerklank_web.notifications.actions import deliver_due
from weerklank_web.notifications.queries import letters_to

__all__ = ["Participant", "Story"]

_LINK = re.compile(r"/l/([A-Za-z0-9_-]{40,})/")


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part, with the secret from their own letter."""

    registration: UUID
    secret: str


@dataclass
class Story:
    """What the playing needs to remember. Days count from the day of the gathering."""

    content: Content
    day_zero: date
    organiser: Person
    gathering: Gathering = field(init=False)
    themes: dict[str, Theme] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    crew: dict[str, Person] = field(default_factory=dict)
    people: dict[str, Participant] = field(default_factory=dict)
    contributions: dict[str, UUID] = field(default_factory=dict)
    insights: dict[str, Insight] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    desk_secret: str = ""

    def moment(self, day: int, hour: int = 10, minute: int = 0) -> datetime:
        """A moment on a day of the story, in the gathering's own zone."""
        zone = ZoneInfo(self.content.gathering.zone)
        return datetime.combine(self.day_zero + timedelta(days=day), time(hour, minute), tzinfo=zone)

    @contextmanager
    def on(self, day: int, hour: int = 10, minute: int = 0) -> Iterator[None]:
        """Play as if it were then; letters that were due by then have left afterwards."""
        with clock.as_if(self.moment(day, hour, minute)):
            yield
            deliver_due()

    def secret_from_letter(self, address: str) -> str:
        """The secret in the newest letter to this address: read as its receiver would.

        Letters of a story that was broken off lie there too, from the same moments: their links open nothing any more.
        """
        for letter in letters_to(address):
            found = _LINK.search(letter.body)
            if found is not None and registration_of_link(found[1]) is not None:
                return found[1]
        raise LookupError(f"no letter with a private link came to {address}")

    def registration(self, key: str) -> Registration:
        """Fresh from the store."""
        return Registration.objects.select_related("gathering__format_version", "seat__room").get(
            id=self.people[key].registration
        )

    def seated_in(self, room: str) -> list[Participant]:
        """Who was there in this room, in a fixed order."""
        by_id = {person.registration: person for person in self.people.values()}
        there = Registration.objects.filter(seat__room=self.rooms[room], present=True).order_by(
            "queue_number", "name"
        )
        return [by_id[registration.id] for registration in there if registration.id in by_id]

    def seat(self, room: str, number: int) -> Participant:
        """Whoever sits on this seat (from 1); a short room counts round."""
        there = self.seated_in(room)
        return there[(number - 1) % len(there)]
