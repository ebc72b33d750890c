"""Who may: every view gets its gathering, participant or room from a gate here, with permission.

A gate answers «who may», never «whether now»: that is for the action. A stranger at something unpublished
hears that there is nothing (NotFound); a stranger at something public that is not theirs hears Denied.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from weerklank_web.accounts.gates import signed_in
from weerklank_web.accounts.models import Person
from weerklank_web.gatherings.models import Gathering, Membership, Registration, RegistrationState, Role, Room
from weerklank_web.gatherings.queries.registration import registration_of_link
from weerklank_web.groundwork import links
from weerklank_web.groundwork.errors import Denied, NotFound

__all__ = [
    "LinkNeeded",
    "Participant",
    "Right",
    "RoomRight",
    "RoomVisit",
    "gathering_for",
    "memberships_of",
    "participant_for",
    "participant_or_none",
    "room_for",
    "signed_in",
]


class LinkNeeded(Denied):
    """Only somebody's own private link opens this; ``way_in`` says how to find it, or to get a new one."""

    code = "link-needed"

    def __init__(self, sentence: str, *, way_in: str) -> None:
        self.way_in = way_in
        super().__init__(sentence)


class Right(StrEnum):
    """What somebody wants to do with a whole gathering."""

    SEE = "see"  # anyone once it is published; members before
    FACILITATE = "facilitate"  # any member: organiser, facilitator, note-taker
    MANAGE = "manage"  # organisers


class RoomRight(StrEnum):
    """What somebody wants to do in a room."""

    READ = "read"  # those who sit there, its crew, the organisers
    SPEAK = "speak"  # those who sit there and its crew
    LEAD = "lead"  # its crew and the organisers


@dataclass(frozen=True, slots=True)
class Participant:
    """A participant as their own private link shows them. Only lives within one request."""

    registration: Registration
    secret: str

    @property
    def gathering(self) -> Gathering:
        return self.registration.gathering

    @property
    def author_key(self) -> str:
        """The key under which this participant speaks; see groundwork.links."""
        return links.author_key(self.secret, self.registration.gathering_id)


@dataclass(frozen=True, slots=True)
class RoomVisit:
    """Somebody in a room: a participant who sits there, or a member (or both are None: never)."""

    gathering: Gathering
    room: Room
    participant: Participant | None
    member: Person | None
    leads: bool

    @property
    def topic(self) -> str:
        """The doorbell of this room."""
        return f"room-{self.room.id.hex}"


def memberships_of(request: HttpRequest, gathering: Gathering) -> list[Membership]:
    """The roles of whoever is signed in, in this gathering; empty for everybody else."""
    if not isinstance(request.user, Person) or not request.user.is_active:
        return []
    return list(Membership.objects.filter(gathering=gathering, person=request.user).select_related("room"))


def gathering_for(request: HttpRequest, slug: str, *, to: Right) -> Gathering:
    """The gathering, if whoever asks may do this with it."""
    gathering = Gathering.objects.select_related("format_version").filter(slug=slug).first()
    if gathering is None:
        raise NotFound(_("Deze bijeenkomst bestaat niet (meer)."))
    roles = {membership.role for membership in memberships_of(request, gathering)}
    if to is Right.SEE and (gathering.published_at is not None or roles):
        return gathering
    if to is Right.FACILITATE and roles:
        return gathering
    if to is Right.MANAGE and Role.ORGANISER in roles:
        return gathering
    if gathering.published_at is None and not roles:
        raise NotFound(_("Deze bijeenkomst bestaat niet (meer)."))
    signed_in(request)
    raise Denied(_("Dit is alleen voor de mensen die deze bijeenkomst organiseren of begeleiden."))


def participant_or_none(request: HttpRequest, gathering: Gathering) -> Participant | None:
    """Whoever holds a private link of this gathering on this device, the newest or an earlier one."""
    secret = links.remembered(request, purpose="participant", thing=gathering.id)
    if secret is None:
        return None
    registration = registration_of_link(secret)
    if registration is not None and registration.gathering_id != gathering.id:
        return None
    return None if registration is None else Participant(registration=registration, secret=secret)


def participant_for(request: HttpRequest, slug: str) -> Participant:
    """The participant whose link this device holds; else LinkNeeded."""
    gathering = gathering_for(request, slug, to=Right.SEE)
    participant = participant_or_none(request, gathering)
    if participant is None:
        raise LinkNeeded(
            _("Open deze pagina met je eigen link uit je mail."),
            way_in=reverse("gatherings:own", args=[slug]),
        )
    return participant


def room_for(request: HttpRequest, slug: str, room_id: UUID, *, to: RoomRight) -> RoomVisit:
    """The room, if whoever asks may do this there."""
    gathering = gathering_for(request, slug, to=Right.SEE)
    room = Room.objects.select_related("theme", "gathering").filter(gathering=gathering, id=room_id).first()
    if room is None:
        raise NotFound(_("Deze kamer bestaat niet (meer)."))
    roles = memberships_of(request, gathering)
    organises = any(role.role == Role.ORGANISER for role in roles)
    crew = any(role.room_id == room.id for role in roles)
    participant = participant_or_none(request, gathering)
    if participant is not None and not _sits_in(participant, room):
        participant = None
    allowed = {
        RoomRight.READ: participant is not None or crew or organises,
        RoomRight.SPEAK: participant is not None or crew,
        RoomRight.LEAD: crew or organises,
    }[to]
    if not allowed:
        raise Denied(_("Deze kamer is alleen voor wie er zit en wie er begeleidt."), code="not-this-room")
    member = request.user if (crew or organises) and isinstance(request.user, Person) else None
    return RoomVisit(
        gathering=gathering, room=room, participant=participant, member=member, leads=crew or organises
    )


def _sits_in(participant: Participant, room: Room) -> bool:
    registration = participant.registration
    if registration.state == RegistrationState.CANCELLED:
        return False
    seat = getattr(registration, "seat", None)
    return seat is not None and seat.room_id == room.id
