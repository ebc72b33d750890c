"""The room's own harvest: write it, read it back, sign it off (W9, issue §2.5)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from weerklank_web.dialogue.actions.change import note_change
from weerklank_web.dialogue.models import Harvest, HarvestReading
from weerklank_web.gatherings.models import Room
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.groundwork import clock, journal
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.live import ring

__all__ = ["harvest_of", "offer_harvest", "read_harvest", "settle_remark", "sign_harvest", "write_harvest"]


def harvest_of(room: Room) -> Harvest:
    """The room's harvest, made empty when there is none yet."""
    harvest, _made = Harvest.objects.get_or_create(room=room)
    return harvest


@transaction.atomic
def write_harvest(room: Room, *, why: str, essence: str, by: str) -> Harvest:
    """Write why the room chose this theme and what the essence is. Empty stays empty (W12)."""
    _must_be_time(room)
    harvest = harvest_of(room)
    changed = (harvest.why, harvest.essence) != (why.strip(), essence.strip())
    harvest.why, harvest.essence = why.strip(), essence.strip()
    harvest.save()
    if changed:
        note_change(room, _("de samenvatting van de kamer gewijzigd"))
        _tell(room, "harvest.written", by=by)
    return harvest


@transaction.atomic
def offer_harvest(room: Room, *, by: str) -> Harvest:
    """Ask everyone in the room to read the harvest back."""
    _must_be_time(room)
    harvest = harvest_of(room)
    if not harvest.read_back:
        harvest.read_back = True
        harvest.save(update_fields=["read_back"])
        _tell(room, "harvest.offered", by=by)
    return harvest


@transaction.atomic
def read_harvest(room: Room, *, author_key: str, agrees: bool, remark: str = "") -> HarvestReading:
    """A participant's word: it is right, or this is missing. The last word counts."""
    _must_be_time(room)
    harvest = harvest_of(room)
    if not harvest.read_back:
        raise NotNow(_("De oogst is nog niet klaar om na te lezen."), code="not-offered")
    if not agrees and not remark.strip():
        raise NotNow(_("Schrijf kort op wat er mist of niet klopt."), code="remark-needed")
    reading, _made = HarvestReading.objects.update_or_create(
        harvest=harvest,
        author_key=author_key,
        defaults={"agrees": agrees, "remark": "" if agrees else remark.strip(), "settled": agrees},
    )
    _tell(room, "harvest.read", by=None)
    return reading


@transaction.atomic
def settle_remark(reading: HarvestReading, *, by: str) -> None:
    """The room dealt with this remark."""
    reading.settled = True
    reading.save(update_fields=["settled"])
    _tell(reading.harvest.room, "harvest.remark-settled", by=by)


@transaction.atomic
def sign_harvest(room: Room, *, by: str) -> Harvest:
    """Sign off: the room read it back and nothing is left open. Changes after this stay visible."""
    _must_be_time(room)
    harvest = harvest_of(room)
    if harvest.signed_on is not None:
        return harvest
    if not harvest.read_back:
        raise NotNow(_("Laat de kamer de oogst eerst nalezen."), code="not-offered")
    if harvest.readings.filter(settled=False).exists():
        raise NotNow(
            _("Er staat nog een opmerking open. Bespreek die eerst in de kamer."), code="remarks-open"
        )
    harvest.signed_on = clock.today(room.gathering.zone)
    harvest.signed_by = by
    harvest.save(update_fields=["signed_on", "signed_by"])
    _tell(room, "harvest.signed", by=by)
    return harvest


def _must_be_time(room: Room) -> None:
    stage = stage_of(room.gathering)
    if not (stage.may(Deed.HARVEST) or stage.may(Deed.SPEAK)):
        raise NotNow(_("De oogst van de kamer kan nu niet worden gewijzigd."), code="not-harvest-time")


def _tell(room: Room, verb: str, *, by: str | None) -> None:
    journal.write(verb, gathering=room.gathering_id, by=by, subject=str(room.id))
    ring(f"room-{room.id.hex}")
