"""The harvest of rooms, as the room and the others see it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from weerklank_web.dialogue.bridge.format import leaving_steps, plenary_steps, room_reports_are_shared
from weerklank_web.dialogue.models import (
    Contribution,
    ContributionSource,
    ContributionState,
    Harvest,
    HarvestReading,
)
from weerklank_web.gatherings.gates import RoomVisit
from weerklank_web.gatherings.models import Gathering, Room
from weerklank_web.gatherings.stage import stage_of

__all__ = ["RoomHarvest", "closing_words", "harvests_of", "room_harvest"]


@dataclass(frozen=True)
class RoomHarvest:
    """A room's harvest with what its readers said of it. Remarks carry no name."""

    harvest: Harvest | None
    mine: HarvestReading | None
    open_remarks: list[HarvestReading]
    settled_remarks: list[HarvestReading]

    @property
    def signed(self) -> bool:
        """Whether the room signed it off."""
        return self.harvest is not None and self.harvest.signed_on is not None


def room_harvest(visit: RoomVisit) -> RoomHarvest:
    """The harvest of the room that is visited."""
    harvest = Harvest.objects.filter(room=visit.room).prefetch_related("changes", "readings").first()
    if harvest is None:
        return RoomHarvest(None, None, [], [])
    key = visit.participant.author_key if visit.participant else ""
    remarks = [reading for reading in harvest.readings.all() if reading.remark]
    return RoomHarvest(
        harvest=harvest,
        mine=next((reading for reading in harvest.readings.all() if key and reading.author_key == key), None),
        open_remarks=[remark for remark in remarks if not remark.settled],
        settled_remarks=[remark for remark in remarks if remark.settled],
    )


def harvests_of(gathering: Gathering) -> QuerySet[Room]:
    """Every room with its theme, harvest and the key fragments people marked; empty until rooms are shared."""
    stage = stage_of(gathering)
    if not room_reports_are_shared(stage):
        return Room.objects.none()
    marked = (
        Contribution.objects.filter(state=ContributionState.SHOWN, shared=True)
        .exclude(fragments=[])
        .exclude(step__in=leaving_steps(stage.format), source=ContributionSource.PARTICIPANT)
    )
    return (
        Room.objects.filter(gathering=gathering)
        .select_related("theme", "harvest")
        .prefetch_related(Prefetch("contributions", queryset=marked.order_by("position"), to_attr="marked"))
    )


def closing_words(gathering: Gathering) -> QuerySet[Contribution]:
    """What people wrote for everyone (check-out), in no room's order: by their random id, not by time."""
    steps = plenary_steps(stage_of(gathering))
    return Contribution.objects.filter(
        gathering=gathering, step__in=steps, shared=True, state=ContributionState.SHOWN
    ).order_by("id")
