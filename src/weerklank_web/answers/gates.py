"""Who may: the bench is for organisers, the desk for whoever holds its link, reading back for who took part."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from weerklank_web.accounts.models import Person
from weerklank_web.answers.models import Commitment, DeskLink, Insight, Message
from weerklank_web.gatherings.gates import (
    Participant,
    Right,
    gathering_for,
    memberships_of,
    participant_or_none,
    signed_in,
)
from weerklank_web.gatherings.models import Gathering, RegistrationState
from weerklank_web.gatherings.stage import INSIGHT
from weerklank_web.groundwork import links
from weerklank_web.groundwork.errors import Denied, NotFound

__all__ = [
    "BenchVisit",
    "DeskVisit",
    "Reader",
    "StatementVisit",
    "bench_for",
    "commitment_for",
    "desk_for",
    "desk_link_for",
    "desk_or_none",
    "insight_to_read",
    "message_at_desk",
    "message_to_read",
    "reader_for",
    "reader_of",
    "statement_for",
]


@dataclass(frozen=True, slots=True)
class BenchVisit:
    """An organiser at the bench."""

    gathering: Gathering
    person: Person

    @property
    def by(self) -> str:
        """The name for the journal."""
        return str(self.person)


@dataclass(frozen=True, slots=True)
class StatementVisit:
    """An organiser with one insight or message in hand."""

    gathering: Gathering
    person: Person
    thing: Insight | Message

    @property
    def by(self) -> str:
        """The name for the journal."""
        return str(self.person)


@dataclass(frozen=True, slots=True)
class DeskVisit:
    """The recipient or an aide, known by the link on their device."""

    gathering: Gathering
    link: DeskLink

    @property
    def may_release(self) -> bool:
        """Aides prepare; only the recipient releases."""
        return self.link.may_release

    @property
    def by(self) -> str:
        """The name that stands with a draft."""
        return self.link.holder


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: a participant (``newest``: with their newest link), crew, the desk, or anybody."""

    gathering: Gathering
    participant: Participant | None
    newest: bool
    crew: bool
    desk: DeskVisit | None = None

    @property
    def belongs(self) -> bool:
        """Whether this reader took part or works on the gathering."""
        return self.participant is not None or self.crew


def bench_for(request: HttpRequest, slug: str) -> BenchVisit:
    """The bench, for organisers."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    return BenchVisit(gathering=gathering, person=signed_in(request))


def statement_for(request: HttpRequest, slug: str, noun: str, id: UUID) -> StatementVisit:  # noqa: A002
    """One insight or message, for organisers."""
    visit = bench_for(request, slug)
    thing: Insight | Message | None
    if noun == INSIGHT:
        thing = Insight.objects.filter(gathering=visit.gathering, id=id).first()
    else:
        thing = Message.objects.filter(gathering=visit.gathering, id=id).first()
    if thing is None:
        raise NotFound(_("Dit staat niet (meer) op de werkbank."))
    thing.gathering = visit.gathering
    return StatementVisit(gathering=visit.gathering, person=visit.person, thing=thing)


def desk_link_for(request: HttpRequest, slug: str, id: UUID) -> tuple[BenchVisit, DeskLink]:  # noqa: A002
    """One link to the desk, for organisers."""
    visit = bench_for(request, slug)
    link = DeskLink.objects.filter(gathering=visit.gathering, id=id).first()
    if link is None:
        raise NotFound(_("Deze link bestaat niet (meer)."))
    return visit, link


def desk_or_none(request: HttpRequest, gathering: Gathering) -> DeskVisit | None:
    """Whoever holds a link to the desk of this gathering on this device."""
    secret = links.remembered(request, purpose="desk", thing=gathering.id)
    if secret is None:
        return None
    mark = links.fingerprint(secret)
    link = DeskLink.objects.filter(gathering=gathering, fingerprint=mark, revoked=False).first()
    return None if link is None else DeskVisit(gathering=gathering, link=link)


def desk_for(request: HttpRequest, slug: str) -> DeskVisit:
    """The desk, for the recipient and aides."""
    gathering = gathering_for(request, slug, to=Right.SEE)
    visit = desk_or_none(request, gathering)
    if visit is None:
        raise Denied(_("Open deze pagina met de link naar het bureau uit je mail."), code="link-needed")
    return visit


def message_at_desk(request: HttpRequest, slug: str, id: UUID) -> tuple[DeskVisit, Message]:  # noqa: A002
    """A published message, in the hands of the desk."""
    visit = desk_for(request, slug)
    message = Message.objects.filter(gathering=visit.gathering, published=True, id=id).first()
    if message is None:
        raise NotFound(_("Deze boodschap is er niet (meer)."))
    message.gathering = visit.gathering
    return visit, message


def commitment_for(request: HttpRequest, slug: str, id: UUID) -> tuple[DeskVisit, Commitment]:  # noqa: A002
    """A commitment, in the hands of the desk."""
    visit = desk_for(request, slug)
    commitment = Commitment.objects.filter(answer__gathering=visit.gathering, id=id).first()
    if commitment is None:
        raise NotFound(_("Deze toezegging is er niet (meer)."))
    return visit, commitment


def reader_of(request: HttpRequest, slug: str) -> Reader:
    """Anybody who may see the gathering, and as whom they read."""
    gathering = gathering_for(request, slug, to=Right.SEE)
    participant = participant_or_none(request, gathering)
    if participant is not None and participant.registration.state != RegistrationState.CONFIRMED:
        participant = None  # waiting, cancelled or not confirmed: not somebody who takes part
    newest = participant is not None and _is_newest(participant)
    return Reader(
        gathering=gathering,
        participant=participant,
        newest=newest,
        crew=bool(memberships_of(request, gathering)),
        desk=desk_or_none(request, gathering),
    )


def _is_newest(participant: Participant) -> bool:
    return participant.registration.link_fingerprint == links.fingerprint(participant.secret)


def reader_for(request: HttpRequest, slug: str) -> Reader:
    """Who takes part, and crew; nobody else."""
    reader = reader_of(request, slug)
    if not reader.belongs:
        raise Denied(
            _("Nalezen is voor wie meedoet. Open deze pagina met je eigen link uit je mail."),
            code="link-needed",
        )
    return reader


def insight_to_read(reader: Reader, id: UUID) -> Insight:  # noqa: A002
    """A published insight of the gathering that is read."""
    found = Insight.objects.filter(gathering=reader.gathering, published=True, id=id).first()
    if found is None:
        raise NotFound(_("Dit inzicht is er niet (meer)."))
    return found


def message_to_read(reader: Reader, id: UUID) -> Message:  # noqa: A002
    """A published message of the gathering that is read."""
    found = Message.objects.filter(gathering=reader.gathering, published=True, id=id).first()
    if found is None:
        raise NotFound(_("Deze boodschap is er niet (meer)."))
    return found
