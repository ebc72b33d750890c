"""A round of propositions that was voted on twice: to see how a spectrum of opinions looks."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from weerklank_web.accounts.models import Person
from weerklank_web.demo.content import CONTENT
from weerklank_web.demo.tables import read_as
from weerklank_web.dialogue.actions.proposition import add_propositions
from weerklank_web.dialogue.actions.snapshot import make_snapshot
from weerklank_web.dialogue.actions.vote import ballot_of, cast_votes
from weerklank_web.dialogue.models import Snapshot
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
from weerklank_web.gatherings.actions.setup import add_organisation, invite_to_crew
from weerklank_web.gatherings.models import Gathering, Promise, Role
from weerklank_web.groundwork import clock

__all__ = ["SLUG", "VotingRound", "vote_twice"]

SLUG = "stellingen"
_AGREES, _DISAGREES = 0.25, -0.25


@dataclass(frozen=True, slots=True)
class _Proposition:
    text: str
    leans: float
    liked: float
    moved: float = 0.0


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
    people: int
    share: float
    seed: int
    propositions: tuple[_Proposition, ...]


@dataclass(frozen=True, slots=True)
class VotingRound:
    """The round as it stands: everything voted, the picture there to see; and one voter's link."""

    gathering: Gathering
    secret: str


def vote_twice(*, organiser: Person, facilitator: Person) -> VotingRound:
    """Everybody votes, talks, votes again; the pictures are made."""
    source = CONTENT / "voting.toml"
    script = read_as(_Script, tomllib.loads(source.read_text(encoding="utf-8")), source=source.name)
    gathering = _open(script, by=organiser)
    invite_to_crew(gathering, email=facilitator.email, role=Role.FACILITATOR, by=organiser)
    made = add_propositions(gathering, [each.text for each in script.propositions], by=organiser)
    items = [each.id for each in made]
    gathering = move_to_step(gathering, "before", by=organiser)
    secrets = [
        walk_in(gathering, details=Details(name=f"Stemmer {number}")).secret
        for number in range(1, script.people + 1)
    ]
    _vote(gathering, script, items, secrets, step="before")
    move_to_step(gathering, "talk", by=organiser)
    move_to_step(gathering, "after", by=organiser)
    _vote(gathering, script, items, secrets, step="after")
    gathering = move_to_step(gathering, "look", by=organiser)
    for step in ("before", "after"):
        make_snapshot(Snapshot.objects.get(gathering=gathering, step=step).id)
    return VotingRound(gathering, secrets[0])


def _vote(gathering: Gathering, script: _Script, items: list[UUID], secrets: list[str], *, step: str) -> None:
    """Everybody votes as their place on the line says, with some chance; most answer, a few pass or stop early."""
    chance = random.Random(
        script.seed
    )  # the same people both times; what differs is the conversation in between
    again = random.Random(f"{script.seed}|{step}")
    talked = step == "after"
    ballots = []
    for secret in secrets:
        stands = chance.gauss(0, 1)
        votes = []
        for item, said in zip(items, script.propositions, strict=True):
            moods, comes_by = chance.gauss(0, 0.8), chance.random() < script.share
            pull = said.liked + said.leans * stands + moods + again.gauss(0, 0.15)
            pull += said.moved if talked else 0.0
            if comes_by:
                votes.append((item, 1 if pull > _AGREES else -1 if pull < _DISAGREES else 0))
        ballots.append(ballot_of(secret, gathering=gathering.id, step=step, votes=votes))
    refused = [refusal for refusal in cast_votes(ballots) if refusal is not None]
    assert not refused, refused[0]


def _open(script: _Script, *, by: Person) -> Gathering:
    format_ = next(each for each in catalogue() if each.id == "propositions-round")
    gathering = make_gathering(take_format(format_), title=script.title, by=by)
    purposes = "\n".join(script.purposes)
    describe(
        gathering,
        Basics(title=script.title, slug=script.slug, summary=script.summary, purposes=purposes),
        by=by,
    )
    starts = clock.now() - timedelta(minutes=90)
    describe(
        gathering,
        Moment(
            zone="Europe/Brussels",
            country="BE",
            starts_at=starts,
            ends_at=starts + timedelta(hours=3),
            place="De Verbinding, Rietmonde",
            capacity=500,
        ),
        by=by,
    )
    describe(
        gathering,
        PromiseWords(
            recipient_name=script.recipient_name,
            recipient_office=script.recipient_office,
            promise=Promise.LETTER,
            promise_text="Jullie krijgen een brief met de drie keuzes en de redenen.",
            promised_on=(starts + timedelta(days=42)).date(),
        ),
        by=by,
    )
    word_mandate(
        gathering,
        MandateWords(
            rung="advise",
            open_matters=script.open_matters,
            fixed_matters="Het budget van dit jaar, want dat is al verdeeld.",
            pledge=script.pledge,
            deviates_with_reason=True,
            decider="De gemeentesecretaris, binnen zes weken.",
            information="Wat deelnemers stemmen en zeggen.",
            means="Er is geen apart budget.",
            hear_from_us="Binnen zes weken, met een brief.",
            contact=script.contact,
            adopted_by="Het managementteam",
        ),
        by=by,
    )
    add_organisation(gathering, name=script.organiser, by=by)
    gathering.refresh_from_db()
    return publish(gathering, by=by)
