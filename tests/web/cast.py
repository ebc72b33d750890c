"""The fixed cast of every web test.

One published gathering on the shipped format «workinar», with two themes and three rooms, and five people:

* Anna takes part: registered, confirmed, seated in the first room; her device holds her private link;
* Bram facilitates the first room;
* Carla organises;
* Dirk decides: his device holds a desk link that may release;
* Esra is a stranger.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.test import Client

from weerklank.formats import shipped_format
from weerklank_web.accounts.models import Person
from weerklank_web.answers.models import DeskLink
from weerklank_web.formats.actions import take_format
from weerklank_web.gatherings.models import (
    Gathering,
    Mandate,
    Membership,
    Organisation,
    Promise,
    Registration,
    RegistrationState,
    Role,
    Room,
    Rung,
    Seat,
    Theme,
    Wish,
)
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.groundwork import clock, links

__all__ = ["NAMES", "Cast", "cast_in", "cookie_name", "new_registration"]

NAMES = ("anna", "bram", "carla", "dirk", "esra")


@dataclass
class Cast:
    """The gathering and whoever has to do with it. ``secret`` is Anna's, ``desk_secret`` is Dirk's."""

    gathering: Gathering
    themes: list[Theme]
    rooms: list[Room]
    anna: Registration
    secret: str
    bram: Person
    carla: Person
    desk_link: DeskLink
    desk_secret: str

    @property
    def author_key(self) -> str:
        """The key under which Anna speaks."""
        return links.author_key(self.secret, self.gathering.id)

    def client_of(self, name: str) -> Client:
        """A browser on the device of one of NAMES."""
        client = Client()
        if name == "anna":
            client.cookies[cookie_name("participant", self.gathering.id)] = self.secret
        elif name in ("bram", "carla"):
            client.force_login(getattr(self, name))
        elif name == "dirk":
            client.cookies[cookie_name("desk", self.gathering.id)] = self.desk_secret
        else:
            assert name == "esra", name
        return client

    def stand_at(self, deed: Deed) -> Gathering:
        """Put the gathering at the first step of its format where ``deed`` may happen."""
        for step in stage_of(self.gathering).format.steps:
            self.gathering.step = step.id
            if stage_of(self.gathering).may(deed):
                self.gathering.save(update_fields=["step"])
                return self.gathering
        raise AssertionError(f"no step allows {deed}")

    def path(self, *parts: object) -> str:
        """An address of this gathering: ``cast.path("ik")`` is ``/b/<slug>/ik/``."""
        return "/" + "/".join(["b", self.gathering.slug, *(str(part) for part in parts)]) + "/"


def cookie_name(purpose: str, thing: UUID) -> str:
    """The cookie in which ``groundwork.links`` keeps a secret."""
    return f"weerklank-{purpose}-{thing.hex}"


def new_registration(
    gathering: Gathering, name: str, *, state: str = RegistrationState.CONFIRMED, **more: object
) -> tuple[Registration, str]:
    """One more participant, with the secret of their link."""
    secret = links.new_secret()
    number = Registration.objects.filter(gathering=gathering).count() + 1
    registration = Registration.objects.create(
        gathering=gathering,
        name=name,
        state=state,
        link_fingerprint=links.fingerprint(secret),
        registered_on=clock.today(),
        consent_on=clock.today(),
        **{"email": f"{name.lower()}@voorbeeld.example", "queue_number": number, **more},
    )
    return registration, secret


def cast_in(slug: str = "samen-sterker") -> Cast:
    """Make the cast and its gathering, at the first step of the format."""
    carla = Person.objects.create_user("carla@voorbeeld.example", "Carla Peeters", may_organise=True)
    bram = Person.objects.create_user("bram@voorbeeld.example", "Bram de Wit")
    gathering = _gathering(slug)
    themes = [
        Theme.objects.create(gathering=gathering, title=title, position=place)
        for place, title in enumerate(("Vertrouwen in het werk", "Brieven die je begrijpt"))
    ]
    rooms = [
        Room.objects.create(gathering=gathering, theme=themes[of], name=f"Kamer {place + 1}", position=place)
        for place, of in enumerate((0, 0, 1))
    ]
    Membership.objects.create(gathering=gathering, person=carla, role=Role.ORGANISER)
    Membership.objects.create(gathering=gathering, person=bram, role=Role.FACILITATOR, room=rooms[0])
    anna, secret = new_registration(gathering, "Anna", layer="local")
    Wish.objects.create(registration=anna, theme=themes[0], rank=1)
    Seat.objects.create(registration=anna, room=rooms[0], rank=1)
    desk_secret = links.new_secret()
    desk_link = DeskLink.objects.create(
        gathering=gathering,
        holder="Dirk Korenaar",
        email="dirk@voorbeeld.example",
        may_release=True,
        fingerprint=links.fingerprint(desk_secret),
    )
    return Cast(
        gathering=gathering,
        themes=themes,
        rooms=rooms,
        anna=anna,
        secret=secret,
        bram=bram,
        carla=carla,
        desk_link=desk_link,
        desk_secret=desk_secret,
    )


def _gathering(slug: str) -> Gathering:
    format_ = shipped_format("workinar")
    start = (clock.now() + timedelta(days=10)).replace(hour=9, minute=0, second=0, microsecond=0)
    gathering = Gathering.objects.create(
        slug=slug,
        title="Samen sterker",
        purposes="Elkaar leren kennen\nDe minister zeggen wat we nodig hebben",
        format_version=take_format(format_),
        step=format_.steps[0].id,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        place="Stadhuis, Grote Markt 1, Rietmonde",
        capacity=99,
        recipient_name="Dirk Korenaar",
        recipient_office="minister van Publieke Dienst",
        promise=Promise.PER_MESSAGE,
        promise_text="Elke boodschap krijgt een antwoord, met de reden erbij.",
        promised_on=(start + timedelta(days=70)).date(),
        door_code="4711",
        seats_shown_on=clock.today(),
        published_at=clock.now(),
    )
    Organisation.objects.create(gathering=gathering, name="Vakhuis")
    Mandate.objects.create(
        gathering=gathering,
        open_matters="Hoe diensten samenwerken.",
        fixed_matters="De begroting van dit jaar, want die is al vastgesteld.",
        rung=Rung.ADVISE,
        pledge="Elke boodschap wordt beantwoord. Afwijken kan alleen met motivering.",
        decider="De minister, uiterlijk tien weken na de bijeenkomst.",
        information="Wat deelnemers inbrengen, en de jaarcijfers van de klachtendienst.",
        means="Er is dit jaar geld voor twee proeven.",
        hear_from_us="Uiterlijk tien weken na de bijeenkomst, per mail.",
        contact="Ronald Tjon, vertrouwenspersoon, 099 555 01 77",
        adopted_by="Stuurgroep",
    )
    return gathering
