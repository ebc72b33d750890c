"""After a room signed off its harvest, changes stay visible."""

from __future__ import annotations

from weerklank_web.dialogue.models import Harvest, HarvestChange
from weerklank_web.gatherings.models import Room
from weerklank_web.groundwork import clock

__all__ = ["note_change"]


def note_change(room: Room, what: str) -> None:
    """Write under a signed harvest what changed and on which day; nothing when it is not signed yet."""
    harvest = Harvest.objects.filter(room=room, signed_on__isnull=False).first()
    if harvest is not None:
        HarvestChange.objects.create(harvest=harvest, what=what, on=clock.today(room.gathering.zone))
