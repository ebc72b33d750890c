"""Who may do what with one contribution."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from weerklank_web.dialogue.models import Contribution, ContributionSource
from weerklank_web.gatherings.gates import RoomRight, RoomVisit, participant_for, room_for
from weerklank_web.groundwork.errors import Denied, NotFound

__all__ = ["Hand", "contribution_to_change", "contribution_to_hide", "own_contribution"]


@dataclass(frozen=True, slots=True)
class Hand:
    """A contribution in the hands of somebody who may change it. ``by`` is None for its author."""

    contribution: Contribution
    visit: RoomVisit
    by: str | None


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
