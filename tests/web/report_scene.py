"""The cast after a whole day: twelve people came, three rooms spoke, and what they said was read back.

Small and uneven on purpose: something withdrawn, something hidden, a sentence that breaks off, a remark on other rooms,
an empty level, somebody who disagrees, and counts that may only be told together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from web.cast import Cast, new_registration
from weerklank_web.answers.actions import statement as bench
from weerklank_web.answers.actions.desk import release_answers, save_draft
from weerklank_web.answers.actions.stance import freeze_read_back, give_stance
from weerklank_web.answers.models import Insight, Message
from weerklank_web.answers.rules import CommitmentRow, Drafted
from weerklank_web.dialogue.actions import contribution as words
from weerklank_web.dialogue.actions import harvest as harvests
from weerklank_web.dialogue.actions.contribution import Words, add_contribution
from weerklank_web.dialogue.models import Contribution
from weerklank_web.gatherings.actions.presence import freeze_attendance
from weerklank_web.gatherings.gates import Participant
from weerklank_web.gatherings.models import Registration, Room, Seat
from weerklank_web.gatherings.stage import Deed
from weerklank_web.groundwork import clock
from weerklank_web.reports.actions.report import ask_for_report, make_report
from weerklank_web.reports.models import Report, ReportFile

__all__ = ["CARLA", "HIDDEN", "PRIVATE", "WITHDRAWN", "Scene", "files_of", "filled"]

CARLA = "Carla Peeters"
WITHDRAWN = "Dit neem ik terug: wortelkanaalbehandeling."
HIDDEN = "Onze afdelingschef heet Quirijn en slaapt."
PRIVATE = "Alleen voor mezelf: olifantenpaadje."


@dataclass
class Scene:
    """Who came, what was said (by a short name), and what was made of it."""

    cast: Cast
    people: list[Participant] = field(default_factory=list)
    said: dict[str, Contribution] = field(default_factory=dict)
    insight: Insight | None = None
    message: Message | None = None

    def room(self, place: int) -> Room:
        """A room with the gathering as it stands now."""
        room = self.cast.rooms[place]
        room.gathering = self.cast.gathering
        return room

    def stand_at(self, deed: Deed) -> None:
        """Go to the first step where this may happen."""
        self.cast.stand_at(deed)

    def say(self, name: str, place: int, by: int, words: Words) -> Contribution:
        """Let one of the people say something in a room."""
        key = self.people[by].author_key
        self.said[name] = add_contribution(self.room(place), words, author_key=key)
        return self.said[name]

    def make(self, language: str = "nl") -> Report:
        """Ask for an edition and make it at once."""
        return make_report(ask_for_report(self.cast.gathering, by=self.cast.carla, language=language).id)

    def answer(self) -> None:
        """The recipient answers the message and says a word to everybody."""
        self.stand_at(Deed.ANSWER)
        gathering, link = self.cast.gathering, self.cast.desk_link
        adopted = Drafted(
            to_everybody=False,
            kind="adopt",
            reason="Vanaf januari ligt er 250 euro per team.",
            owner="Dienst Middelen",
            due=clock.today() + timedelta(days=90),
            commitments=[CommitmentRow(text="Drie teams beginnen.", owner="Lucas", due="2027-03-01")],
        )
        word = Drafted(
            to_everybody=True,
            reason="Dank jullie wel.",
            film_link="https://film.example/a",
            transcript="Ik heb alles gelezen.",
        )
        save_draft(gathering, self.message, adopted, seen=0, by=link)
        save_draft(gathering, None, word, seen=0, by=link)
        release_answers(gathering, by=link)


def filled(cast: Cast) -> Scene:
    """Everything up to the step where the report is offered."""
    scene = Scene(cast)
    _come(scene)
    _talk(scene)
    freeze_attendance(cast.gathering, by=CARLA)
    _make_sense(scene)
    _read_back(scene)
    scene.stand_at(Deed.PUBLISH)
    freeze_read_back(cast.gathering)
    return scene


def files_of(report: Report) -> dict[str, bytes]:
    """The content of every file of an edition, by the end of its name."""
    files = ReportFile.objects.filter(report=report)
    return {file.name.rpartition(".")[2]: bytes(file.content) for file in files}


def _come(scene: Scene) -> None:
    cast = scene.cast
    Registration.objects.filter(id=cast.anna.id).update(present=True)
    cast.anna.refresh_from_db()
    scene.people.append(Participant(registration=cast.anna, secret=cast.secret))
    for number in range(1, 12):
        registration, secret = new_registration(
            cast.gathering, f"Deelnemer{number}", layer="local" if number < 6 else "regional", present=True
        )
        Seat.objects.create(registration=registration, room=cast.rooms[number % 3])
        scene.people.append(Participant(registration=registration, secret=secret))


def _talk(scene: Scene) -> None:
    step = scene.cast.gathering
    step.step = "alone"
    step.save(update_fields=["step"])
    scene.say("private", 0, 0, Words(PRIVATE))
    words.withdraw_contribution(scene.said["private"], by=None)
    scene.say("unshared", 0, 3, Words(PRIVATE))
    scene.stand_at(Deed.SPEAK)
    step.step = "room"
    step.save(update_fields=["step"])
    budget = "Geef teams een eigen budget, dan is een knelpunt dezelfde dag opgelost."
    scene.say("budget", 0, 0, Words(budget, level="macro", tone="wish", spans=[(11, budget.index(","))]))
    scene.say("weeks", 1, 1, Words("Zonder budget wachten we 6 weken op een handtekening.", level="meso"))
    scene.say("same-day", 2, 2, Words("Met een klein budget help je een inwoner meteen.", level="micro"))
    scene.say("rules", 0, 3, Words("Ik wil juist duidelijke regels, geen los budget.", level="meso"))
    scene.say("why", 1, 4, Words("Omdat we elkaar zelden spreken.", prompt="Waarom dit thema?"))
    scene.say("gone", 0, 5, Words(WITHDRAWN))
    scene.say("hidden", 1, 6, Words(HIDDEN))
    words.withdraw_contribution(scene.said["gone"], by=None)
    words.hide_contribution(scene.said["hidden"], reason="Dit gaat over één persoon.", by="Bram")
    for name, more in {
        "broken": Words("En als het dan misgaat zouden we eigenlijk", unfinished=True),
        "elsewhere": Words("Zie ook wat kamer 1 zei.", kind="cross-reference"),
    }.items():
        scene.said[name] = add_contribution(scene.room(2), more, author_key="", source="notes")
    room = scene.room(0)
    harvests.write_harvest(
        room, why="Vertrouwen is dun.", essence="Geef ruimte aan wie het werk doet.", by="Bram"
    )
    harvests.offer_harvest(room, by="Bram")
    harvests.sign_harvest(room, by="Bram")
    scene.say("late", 0, 0, Words("Nog één ding: zeg het op tijd.", level="macro"))


def _make_sense(scene: Scene) -> None:
    scene.stand_at(Deed.SYNTHESISE)
    gathering = scene.cast.gathering
    behind = [scene.said[name].id for name in ("budget", "weeks", "same-day")]
    insight = bench.make_insight(
        gathering, behind, by=CARLA, sentence="Met een eigen budget helpen teams sneller."
    )
    bench.quote_piece(insight, scene.said["weeks"].id, "wachten we 6 weken", by=CARLA)
    bench.object_with(insight, scene.said["rules"].id, by=CARLA)
    bench.reword(
        insight,
        {
            "sentence": insight.sentence,
            "explanation": "Nu kost een handtekening 6 weken.",
            "dissent": "Een ander wil regels, geen los budget.",
        },
        seen=insight.version,
        by=CARLA,
    )
    message = bench.make_message(
        gathering, by=CARLA, insights=[insight], text="Geef elk team een eigen budget.", level="macro"
    )
    bench.set_ready(insight, by=CARLA)
    bench.set_ready(message, by=CARLA)
    scene.insight, scene.message = insight, message


def _read_back(scene: Scene) -> None:
    scene.stand_at(Deed.REVIEW)
    assert scene.insight is not None
    assert scene.message is not None
    kinds = ["agree"] * 5 + ["disagree"] * 4 + ["pass"]
    for place, (person, kind) in enumerate(zip(scene.people, kinds, strict=False)):
        person.registration.gathering.refresh_from_db()
        objection = "Bij ons kan dat niet in 2027." if kind == "disagree" and place == 7 else ""
        for thing in (scene.insight, scene.message):
            thing.refresh_from_db()
            give_stance(thing, participant=person, kind=kind, objection=objection, seen=thing.version)
