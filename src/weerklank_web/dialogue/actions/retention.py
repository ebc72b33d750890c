"""Forgetting raw contributions and votes in time (DOMAIN 7.5): what the organiser promised when people registered."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from weerklank_web.dialogue.models import Contribution, HarvestReading, Snapshot, Vote
from weerklank_web.gatherings.models import Gathering
from weerklank_web.groundwork import clock, journal

__all__ = ["forget_contributions_due", "forget_votes_due"]


def forget_contributions_due(now: datetime | None = None) -> int:
    """Forget what its days have run out for; returns how many contributions went.

    What a published insight or message rests on, or what was said against it, stays as part of the record, without its author key: from then on no link
    leads to it. Everything else goes.
    """
    moment = now or clock.now()
    forgotten = 0
    ended = Gathering.objects.filter(ends_at__lt=moment, contributions__isnull=False).distinct()
    for gathering in ended:
        assert gathering.ends_at is not None
        if gathering.ends_at + timedelta(days=gathering.retention_days) < moment:
            forgotten += _forget(gathering)
    return forgotten


def forget_votes_due(now: datetime | None = None) -> int:
    """Forget the votes whose days have run out; returns how many. The pictures that were made of them stay."""
    moment = now or clock.now()
    voted = Exists(Vote.objects.filter(gathering=OuterRef("pk")))
    forgotten = 0
    for gathering in Gathering.objects.filter(voted, ends_at__lt=moment):
        assert gathering.ends_at is not None
        if gathering.ends_at + timedelta(days=gathering.retention_days) < moment:
            forgotten += _forget_votes(gathering)
    return forgotten


@transaction.atomic
def _forget_votes(gathering: Gathering) -> int:
    gone = Vote.objects.filter(gathering=gathering).delete()[0]
    Snapshot.objects.filter(gathering=gathering).update(model={})
    journal.write("votes.forgotten", gathering=gathering.id, by="Weerklank", note=str(gone))
    return gone


@transaction.atomic
def _forget(gathering: Gathering) -> int:
    everything = Contribution.objects.filter(gathering=gathering)
    behind = Q(insight_sources__insight__published=True) | Q(message_sources__message__published=True)
    against = Q(insights_against__published=True) | Q(messages_against__published=True)
    on_record = behind | against
    kept = set(everything.filter(on_record).values_list("id", flat=True))
    gone = everything.exclude(id__in=kept).delete()[1].get("dialogue.Contribution", 0)
    detached = everything.exclude(author_key="").update(author_key="")
    HarvestReading.objects.filter(harvest__room__gathering=gathering).delete()
    if gone or detached:
        journal.write("contributions.forgotten", gathering=gathering.id, by="Weerklank", note=str(gone))
    return gone
