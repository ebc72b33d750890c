"""Whether the messages were handed over, and whether they arrived (W15, W19)."""

from __future__ import annotations

from datetime import date

from weerklank_web.answers.models import Reception
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.groundwork.dates import local

__all__ = ["is_offered", "offered_on", "reception_of"]


def is_offered(gathering: Gathering) -> bool:
    """Whether recipient and participants have what goes out: it was handed over, or that step lies behind."""
    stage = stage_of(gathering)
    return gathering.offered_at is not None or stage.past(Deed.PUBLISH) or stage.may(Deed.ANSWER)


def offered_on(gathering: Gathering) -> date | None:
    """The day of handing over, on the gathering's clock, if it was written down."""
    moment = gathering.offered_at
    return None if moment is None else local(moment, gathering.zone).date()


def reception_of(gathering: Gathering) -> Reception | None:
    """What the desk said about receiving them."""
    return Reception.objects.filter(gathering=gathering).first()
