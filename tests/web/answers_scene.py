"""The cast after the conversation: what was said in three rooms, an insight and a message on it, and so on to answers."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex

from django.test import Client

from web.cast import Cast, cookie_name, new_registration
from weerklank_web.answers.actions import statement as bench
from weerklank_web.answers.actions.desk import release_answers, save_draft
from weerklank_web.answers.models import Answer, Insight, Message
from weerklank_web.answers.rules import CommitmentRow, Drafted
from weerklank_web.dialogue.actions.contribution import Words, add_contribution
from weerklank_web.dialogue.models import Contribution
from weerklank_web.gatherings.gates import Participant
from weerklank_web.gatherings.models import Registration
from weerklank_web.gatherings.stage import Deed
from weerklank_web.groundwork import clock, links

__all__ = [
    "ADOPTED",
    "CARLA",
    "DAY",
    "Scene",
    "answered",
    "client_with",
    "newer_link",
    "people",
    "stand_at",
    "talk",
    "worded",
]

CARLA = "Carla Peeters"
DAY = "2027-03-01"

ADOPTED = Drafted(
    to_everybody=False,
    kind="adopt",
    reason="Jullie hebben gelijk.",
    owner="Lucas, secretaris-generaal",
    due=clock.today(),
    commitments=[CommitmentRow(text="Drie teams krijgen een budget.", owner="Lucas", due=DAY)],
)


@dataclass
class Scene:
    """``said`` in order: Anna's, one from each other room, one that disagrees, and Anna's that nobody used."""

    cast: Cast
    said: list[Contribution]
    insight: Insight
    message: Message

    @property
    def hers(self) -> Contribution:
        """What Anna said that is used."""
        return self.said[0]

    @property
    def unused(self) -> Contribution:
        """What Anna said that stands behind nothing."""
        return self.said[4]


def stand_at(cast: Cast, deed: Deed) -> None:
    """Put the gathering there, also in the eyes of rows that hold it."""
    cast.stand_at(deed)
    for room in cast.rooms:
        room.gathering = cast.gathering


def talk(cast: Cast) -> list[Contribution]:
    """Five contributions in three rooms, two of them Anna's."""
    cast.gathering.step = "room"
    cast.gathering.save(update_fields=["step"])
    for room in cast.rooms:
        room.gathering = cast.gathering
    mine = cast.author_key
    spoken = [
        (0, "Geef teams zelf een budget om een knelpunt op te lossen.", "macro", mine),
        (1, "Een budget per team scheelt weken wachten.", "meso", token_hex(32)),
        (2, "Met een klein budget help je een inwoner dezelfde dag.", "micro", token_hex(32)),
        (0, "Ik wil juist duidelijke regels, geen los budget.", "meso", token_hex(32)),
        (0, "De koffie mag beter.", "", mine),
    ]
    return [
        add_contribution(cast.rooms[room], Words(text, level=level), author_key=key)
        for room, text, level, key in spoken
    ]


def worded(cast: Cast, *, ready: bool = True) -> Scene:
    """The organiser worded an insight and a message on three contributions; ready to be read back."""
    said = talk(cast)
    stand_at(cast, Deed.SYNTHESISE)
    behind = [row.id for row in said[:3]]
    insight = bench.make_insight(
        cast.gathering, behind, by=CARLA, sentence="Een eigen budget helpt teams om snel te helpen."
    )
    message = bench.make_message(
        cast.gathering, by=CARLA, insights=[insight], text="Geef elk team een eigen budget.", level="macro"
    )
    if ready:
        bench.set_ready(insight, by=CARLA)
        bench.set_ready(message, by=CARLA)
    return Scene(cast, said, insight, message)


def answered(cast: Cast, words: Drafted = ADOPTED) -> tuple[Scene, Answer]:
    """… and the recipient released an answer with a commitment."""
    scene = worded(cast)
    stand_at(cast, Deed.ANSWER)
    save_draft(cast.gathering, scene.message, words, seen=0, by=cast.desk_link)
    release_answers(cast.gathering, by=cast.desk_link)
    return scene, Answer.objects.get(message=scene.message)


def people(cast: Cast, count: int, *, present: bool = True) -> list[Participant]:
    """So many more who took part, each with their link."""
    made = [new_registration(cast.gathering, f"deelnemer{n}", present=present) for n in range(count)]
    return [Participant(registration=registration, secret=secret) for registration, secret in made]


def client_with(cast: Cast, secret: str) -> Client:
    """A browser on the device of whoever holds this link."""
    client = Client()
    client.cookies[cookie_name("participant", cast.gathering.id)] = secret
    return client


def newer_link(registration: Registration) -> str:
    """Give this participant a newer link, as when they ask for one; returns its secret."""
    secret = links.new_secret()
    registration.earlier_links.create(fingerprint=registration.link_fingerprint, replaced_on=clock.today())
    Registration.objects.filter(pk=registration.pk).update(link_fingerprint=links.fingerprint(secret))
    registration.refresh_from_db()
    return secret
