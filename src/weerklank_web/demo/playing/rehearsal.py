"""The rehearsal room: a small gathering that stands open, to try what is live."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta

from weerklank_web.accounts.models import Person
from weerklank_web.demo.content import CONTENT
from weerklank_web.demo.tables import read_as
from weerklank_web.dialogue.actions.contribution import Words, add_contribution
from weerklank_web.formats.actions import take_format
from weerklank_web.formats.bridge import catalogue
from weerklank_web.gatherings.actions.gathering import (
    Basics,
    Moment,
    PromiseWords,
    describe,
    make_gathering,
    move_to_step,
    publish,
)
from weerklank_web.gatherings.actions.mandate import MandateWords, word_mandate
from weerklank_web.gatherings.actions.presence import walk_in
from weerklank_web.gatherings.actions.registration import Details
from weerklank_web.gatherings.actions.rooms import RoomWords, add_room, assign_crew
from weerklank_web.gatherings.actions.seating import divide_seats
from weerklank_web.gatherings.actions.setup import add_organisation, invite_to_crew
from weerklank_web.gatherings.actions.themes import add_theme
from weerklank_web.gatherings.models import Gathering, Promise, Role, Room
from weerklank_web.groundwork import clock, links

__all__ = ["Rehearsal", "rehearse"]


@dataclass(frozen=True, slots=True)
class _Room:
    name: str
    theme: str
    question: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    room: str
    by: str
    text: str
    level: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class _Script:
    slug: str
    title: str
    summary: str
    purposes: tuple[str, ...]
    organiser: str
    recipient_name: str
    recipient_office: str
    open_matters: str
    pledge: str
    contact: str
    rooms: tuple[_Room, ...]
    said: tuple[_Said, ...]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The open gathering, and two people in the same room."""

    gathering: Gathering
    secrets: tuple[str, str]


def rehearse(*, organiser: Person, facilitator: Person) -> Rehearsal:
    """Make it, fill it with a few voices, and leave it open."""
    source = CONTENT / "rehearsal.toml"
    script = read_as(_Script, tomllib.loads(source.read_text(encoding="utf-8")), source=source.name)
    gathering = _open(script, by=organiser)
    invite_to_crew(gathering, email=facilitator.email, role=Role.FACILITATOR, by=organiser)
    rooms: dict[str, Room] = {}
    for each in script.rooms:
        theme = gathering.themes.get(title=each.theme)
        words = RoomWords(name=each.name, theme=theme, places_min=2, places_max=12)
        rooms[each.name] = add_room(gathering, words, by=organiser)
    first = script.rooms[0]
    assign_crew(rooms[first.name], role=Role.FACILITATOR, person=facilitator, by=organiser)
    move_to_step(gathering, "welcome", by=organiser)
    secrets = {
        name: walk_in(gathering, details=Details(name=name), wishes=[rooms[room.name].theme_id]).secret
        for room in script.rooms
        for name in room.people
    }
    divide_seats(gathering, by=organiser)
    move_to_step(gathering, "room", by=organiser)
    for said in script.said:
        room = Room.objects.select_related("gathering__format_version", "theme").get(id=rooms[said.room].id)
        key = links.author_key(secrets[said.by], gathering.id)
        add_contribution(room, Words(said.text, level=said.level, tone=said.tone), author_key=key)
    gathering.refresh_from_db()
    return Rehearsal(gathering, (secrets[first.people[0]], secrets[first.people[1]]))


def _open(script: _Script, *, by: Person) -> Gathering:
    format_ = next(each for each in catalogue() if each.id == "workinar")
    gathering = make_gathering(take_format(format_), title=script.title, by=by)
    purposes = "\n".join(script.purposes)
    describe(
        gathering,
        Basics(title=script.title, slug=script.slug, summary=script.summary, purposes=purposes),
        by=by,
    )
    starts = clock.now() + timedelta(hours=1)
    describe(
        gathering,
        Moment(
            zone="Europe/Brussels",
            country="BE",
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            place="Overal waar je een scherm hebt",
        ),
        by=by,
    )
    describe(
        gathering,
        PromiseWords(
            recipient_name=script.recipient_name,
            recipient_office=script.recipient_office,
            promise=Promise.NONE,
        ),
        by=by,
    )
    word_mandate(
        gathering,
        MandateWords(
            rung="advise",
            open_matters=script.open_matters,
            fixed_matters="Dit is een oefening, dus er ligt niets vast.",
            pledge=script.pledge,
            deviates_with_reason=True,
            decider="Niemand: het is een oefening.",
            information="Alles wat je hier schrijft.",
            means="Geen.",
            hear_from_us="Meteen: je ziet het in de kamer verschijnen.",
            contact=script.contact,
            adopted_by="De makers van de oefening",
        ),
        by=by,
    )
    add_organisation(gathering, name=script.organiser, by=by)
    for each in script.rooms:
        add_theme(gathering, title=each.theme, text=each.question, by=by)
    gathering.refresh_from_db()
    return publish(gathering, by=by)
