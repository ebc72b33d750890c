"""Forgetting in time (DOMAIN 7.5), in three strokes, each safe to repeat:

1. a registration that nobody confirmed goes after two weeks;
2. thirty days after the gathering (the format may say otherwise) everybody who did not take part goes, and the others
   lose name, layer, organisation, languages, needs and wishes. What stays is what the promise needs: an address to
   bring the answer back to, the link, and the room for the receipt;
3. thirty days after the gathering is closed, and at the latest when its raw contributions go, the rest goes too.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from weerklank_web.formats.bridge import format_of
from weerklank_web.gatherings.bridge import registration_days
from weerklank_web.gatherings.models import (
    Gathering,
    Registration,
    RegistrationState,
    Seat,
    Wish,
)
from weerklank_web.gatherings.rights import forgetting_calls, thinning_calls
from weerklank_web.groundwork import clock, journal

__all__ = ["UNCONFIRMED_DAYS", "purge_due"]

UNCONFIRMED_DAYS = 14


def purge_due(now: datetime | None = None) -> int:
    """Forget whatever its time has come for; returns how many registrations went or were thinned."""
    moment = now or clock.now()
    old = (moment - timedelta(days=UNCONFIRMED_DAYS)).date()
    forgotten = (
        Registration.objects.filter(state=RegistrationState.UNCONFIRMED, registered_on__lt=old)
        .delete()[1]
        .get("gatherings.Registration", 0)
    )
    held = Gathering.objects.filter(
        Q(ends_at__lt=moment) | Q(ends_at__isnull=True, starts_at__lt=moment), registrations__isnull=False
    ).select_related("format_version")
    for gathering in held.distinct():
        ended = gathering.ends_at or gathering.starts_at
        assert ended is not None
        days = timedelta(days=registration_days(format_of(gathering.format_version)))
        if (
            _answered(gathering, days=days, now=moment)
            or ended + timedelta(days=gathering.retention_days) < moment
        ):
            forgotten += _forget_all(gathering)
        elif gathering.thinned_on is None and ended + days < moment:
            forgotten += _thin(gathering)
    return forgotten


def _answered(gathering: Gathering, *, days: timedelta, now: datetime) -> bool:
    return gathering.closed_at is not None and gathering.closed_at + days < now


@transaction.atomic
def _thin(gathering: Gathering) -> int:
    for call in thinning_calls():
        call(gathering)
    everybody = Registration.objects.filter(gathering=gathering)
    came = Q(state=RegistrationState.CONFIRMED)
    everybody.exclude(came).delete()
    Wish.objects.filter(registration__gathering=gathering).delete()
    Seat.objects.filter(registration__gathering=gathering).update(reason={})
    thinned = everybody.update(name="", layer="", organisation="", languages=[], needs=[], needs_text="")
    # Who wants no letters and said nothing to be told about needs no address either.
    everybody.filter(letters_wanted=False).update(email="")
    Gathering.objects.filter(pk=gathering.pk).update(thinned_on=clock.today(gathering.zone))
    journal.write("registrations.thinned", gathering=gathering.id, by="Weerklank", note=str(thinned))
    return thinned


@transaction.atomic
def _forget_all(gathering: Gathering) -> int:
    if gathering.thinned_on is None:
        for call in thinning_calls():
            call(gathering)
    for call in forgetting_calls():
        call(gathering)
    gone = Registration.objects.filter(gathering=gathering).delete()[1].get("gatherings.Registration", 0)
    Gathering.objects.filter(pk=gathering.pk).update(thinned_on=clock.today(gathering.zone))
    journal.write("registrations.forgotten", gathering=gathering.id, by="Weerklank", note=str(gone))
    return gone
