"""The whole demonstration, once; and the doors to it, every time."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from weerklank_web.accounts.actions import bring_in, make_sign_in_link
from weerklank_web.accounts.models import Person
from weerklank_web.answers.models import MessageSource
from weerklank_web.demo.content import Content, load_content
from weerklank_web.demo.playing import answering, arriving, beginning, rehearsal, talking, voting, weighing
from weerklank_web.demo.story import Story
from weerklank_web.dialogue.models import Contribution
from weerklank_web.gatherings.models import Gathering, Room
from weerklank_web.groundwork import clock, journal, links
from weerklank_web.groundwork.models import JournalLine

__all__ = ["Doors", "doors", "play"]

_PLAYED = "demo.played"
_CHAPTERS = (
    beginning.begin,
    arriving.sign_up,
    arriving.divide_rooms,
    arriving.come_in,
    talking.talk,
    arriving.count_heads,
    weighing.make_sense,
    weighing.read_back,
    answering.offer,
    answering.answer,
    answering.bring_back,
    answering.plan_next_steps,
)


@dataclass(frozen=True, slots=True)
class Doors:
    """Private links of invented people, kept beside the database of a local trial and nowhere else."""

    participant: str
    decision_maker: str
    rehearsal: tuple[str, str]
    voter: str = ""


def play() -> None:
    """Play the demonstration unless it was played to the end before; what was left half is thrown away first."""
    content = load_content()
    slugs = (content.gathering.slug, "oefenkamer", voting.SLUG)
    if JournalLine.objects.filter(verb=_PLAYED).exists() and _kept().exists():
        return
    Room.objects.filter(gathering__slug__in=slugs).delete()  # a theme with a room cannot go
    Gathering.objects.filter(slug__in=slugs).delete()
    organiser = bring_in(
        email=content.gathering.contact.mail, name=content.gathering.contact.name, may_organise=True
    )
    story = Story(
        content=content, day_zero=content.gathering.timing.held_on(clock.today()), organiser=organiser
    )
    for chapter in _CHAPTERS:
        with transaction.atomic():  # one commit a chapter: a disk is asked a dozen times instead of thousands
            chapter(story)
    facilitator = Person.objects.get(email=_facilitator_mail(content))
    open_room = rehearsal.rehearse(organiser=organiser, facilitator=facilitator)
    with transaction.atomic():
        voted = voting.vote_twice(organiser=organiser, facilitator=facilitator)
    _keep(Doors(_whose_words_went_far(story), story.desk_secret, open_room.secrets, voted.secret))
    journal.write(_PLAYED, gathering=story.gathering.id, by="Weerklank")


def doors() -> list[tuple[str, str]]:
    """(who, address) for every role, fit to print. Sign-in links are fresh; the others stay the same."""
    content = load_content()
    kept = Doors(**json.loads(_kept().read_text(encoding="utf-8")))
    organiser = Person.objects.get(email=content.gathering.contact.mail)
    facilitator = Person.objects.get(email=_facilitator_mail(content))
    valid = timedelta(hours=12)
    voter = [("Stemmer", f"{settings.ADDRESS}/l/{kept.voter}/")] if kept.voter else []
    return [
        ("Organisator", make_sign_in_link(organiser, valid=valid)),
        ("Gespreksleider", make_sign_in_link(facilitator, valid=valid)),
        ("Deelnemer", f"{settings.ADDRESS}/l/{kept.participant}/"),
        ("Beslisser", f"{settings.ADDRESS}/l/{kept.decision_maker}/"),
        ("Oefenkamer, venster 1", f"{settings.ADDRESS}/l/{kept.rehearsal[0]}/"),
        ("Oefenkamer, venster 2", f"{settings.ADDRESS}/l/{kept.rehearsal[1]}/"),
        *voter,
    ]


def _facilitator_mail(content: Content) -> str:
    return content.rooms[0].facilitator.mail.lower()


def _whose_words_went_far(story: Story) -> str:
    """The participant whose words stand behind most messages: their receipt tells the whole thread."""
    behind: Counter[str] = Counter()
    sources = MessageSource.objects.filter(message__gathering=story.gathering).select_related("contribution")
    for source in sources:
        behind[source.contribution.author_key] += 1
    keys = {
        links.author_key(person.secret, story.gathering.id): person.secret for person in story.people.values()
    }
    own = Counter(Contribution.objects.filter(gathering=story.gathering).values_list("author_key", flat=True))
    return keys[max(keys, key=lambda key: (behind[key], own[key], key))]


def _kept() -> Path:
    return Path(settings.DATA) / "demo-doors.json"


def _keep(found: Doors) -> None:
    handle = os.open(_kept(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(found), file)
