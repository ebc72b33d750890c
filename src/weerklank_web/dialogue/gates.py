"""Who may: change one contribution, vote, see what votes say, write propositions."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from weerklank_web.accounts.models import Person
from weerklank_web.dialogue.bridge.format import Audience, Step, ever_open_to, vote_step
from weerklank_web.dialogue.models import Contribution, ContributionSource, Proposition
from weerklank_web.gatherings.gates import (
    LinkNeeded,
    Participant,
    Right,
    RoomRight,
    RoomVisit,
    gathering_for,
    memberships_of,
    participant_for,
    participant_or_none,
    room_for,
    signed_in,
)
from weerklank_web.gatherings.models import Gathering, Role
from weerklank_web.gatherings.recipients import is_recipient
from weerklank_web.gatherings.stage import stage_of
from weerklank_web.groundwork.errors import Denied, NotFound

__all__ = [
    "Editor",
    "Hand",
    "Onlooker",
    "VoteVisit",
    "contribution_to_change",
    "contribution_to_hide",
    "editor_for",
    "onlooker_for",
    "own_contribution",
    "proposition_for",
    "voting_for",
]


@dataclass(frozen=True, slots=True)
class Hand:
    """A contribution in the hands of somebody who may change it. ``by`` is None for its author."""

    contribution: Contribution
    visit: RoomVisit
    by: str | None


@dataclass(frozen=True, slots=True)
class VoteVisit:
    """A participant at a step in which people vote."""

    gathering: Gathering
    participant: Participant
    step: Step


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Somebody who may come to see what the votes of a step say. ``audience``: as the widest that they are."""

    gathering: Gathering
    step: Step
    audience: Audience
    participant: Participant | None
    crew: bool
    organises: bool


@dataclass(frozen=True, slots=True)
class Editor:
    """Somebody who writes propositions: an organiser, or one who facilitates."""

    gathering: Gathering
    person: Person
    organises: bool


def voting_for(request: HttpRequest, slug: str, step_id: str) -> VoteVisit:
    """A step of votes, for whoever takes part."""
    participant = participant_for(request, slug)
    step = vote_step(stage_of(participant.gathering), step_id)
    if step is None:
        raise NotFound(_("Hier valt niets te stemmen."))
    return VoteVisit(gathering=participant.gathering, participant=participant, step=step)


def onlooker_for(request: HttpRequest, slug: str, step_id: str) -> Onlooker:
    """A step of votes, for whoever the format ever shows it to; whether now is for the page."""
    gathering = gathering_for(request, slug, to=Right.SEE)
    stage = stage_of(gathering)
    step = vote_step(stage, step_id)
    if step is None:
        raise NotFound(_("Hier valt niets te zien."))
    roles = memberships_of(request, gathering)
    participant = participant_or_none(request, gathering)
    audiences = [Audience.PUBLIC]
    if is_recipient(request, gathering):
        audiences.append(Audience.RECIPIENT)
    if participant is not None:
        audiences.append(Audience.PLENARY)
    if roles:
        audiences.append(Audience.FACILITATOR)
    known = [audience for audience in audiences if ever_open_to(stage, audience, step_id)]
    if not known:
        raise LinkNeeded(
            _("Open deze pagina met je eigen link uit je mail."),
            way_in=reverse("gatherings:own", args=[slug]),
        )
    return Onlooker(
        gathering=gathering,
        step=step,
        audience=min(known, key=lambda audience: audience.breadth),
        participant=participant,
        crew=bool(roles),
        organises=any(role.role == Role.ORGANISER for role in roles),
    )


def editor_for(request: HttpRequest, slug: str) -> Editor:
    """The list of propositions, for organisers and those who facilitate."""
    gathering = gathering_for(request, slug, to=Right.FACILITATE)
    roles = {membership.role for membership in memberships_of(request, gathering)}
    if not roles & {Role.ORGANISER, Role.FACILITATOR}:
        raise Denied(_("Stellingen schrijven de organisator en de gespreksleiders."))
    return Editor(gathering=gathering, person=signed_in(request), organises=Role.ORGANISER in roles)


def proposition_for(request: HttpRequest, slug: str, id: UUID) -> tuple[Editor, Proposition]:  # noqa: A002
    """One proposition, for whoever may write them."""
    editor = editor_for(request, slug)
    found = Proposition.objects.select_related("gathering").filter(gathering=editor.gathering, id=id).first()
    if found is None:
        raise NotFound(_("Deze stelling bestaat niet (meer)."))
    return editor, found


def contribution_to_change(request: HttpRequest, slug: str, room_id: UUID, id: UUID) -> Hand:  # noqa: A002
    """One's own words, or as crew those that the crew typed; nobody changes somebody else's words."""
    visit = room_for(request, slug, room_id, to=RoomRight.READ)
    contribution = _in_room(visit, id)
    if visit.participant is not None and contribution.author_key == visit.participant.author_key:
        return Hand(contribution, visit, by=None)
    if visit.leads and visit.member is not None and contribution.source != ContributionSource.PARTICIPANT:
        return Hand(contribution, visit, by=str(visit.member))
    raise Denied(_("Dit zijn de woorden van iemand anders."))


def contribution_to_hide(request: HttpRequest, slug: str, room_id: UUID, id: UUID) -> Hand:  # noqa: A002
    """Any contribution of a room one leads: to hide, show again, or mark its key words."""
    visit = room_for(request, slug, room_id, to=RoomRight.LEAD)
    contribution = _in_room(visit, id)
    if not contribution.shared:
        raise NotFound(_("Deze inbreng bestaat niet (meer)."))
    return Hand(contribution, visit, by=str(visit.member))


def own_contribution(request: HttpRequest, slug: str, id: UUID) -> Contribution:  # noqa: A002
    """One's own words, from anywhere: also after leaving the room."""
    participant = participant_for(request, slug)
    contribution = Contribution.objects.filter(
        gathering=participant.gathering, id=id, author_key=participant.author_key
    ).first()
    if contribution is None:
        raise NotFound(_("Deze inbreng bestaat niet (meer)."))
    return contribution


def _in_room(visit: RoomVisit, id: UUID) -> Contribution:  # noqa: A002
    contribution = (
        Contribution.objects.select_related("room", "gathering").filter(room=visit.room, id=id).first()
    )
    if contribution is None:
        raise NotFound(_("Deze inbreng bestaat niet (meer)."))
    return contribution
