"""What a person leaves behind who closes their account."""

from __future__ import annotations

from django.db.models import QuerySet

from weerklank_web.accounts.models import Person
from weerklank_web.gatherings.models import Gathering, Membership, Role

__all__ = ["drafts_of_one", "roles_of", "waiting_for_another"]


def roles_of(person: Person) -> QuerySet[Membership]:
    """What this person does in which gathering, newest first."""
    return (
        Membership.objects.filter(person=person)
        .select_related("gathering", "room")
        .order_by("-gathering__starts_at", "role")
    )


def waiting_for_another(person: Person) -> list[Gathering]:
    """Gatherings of which this person is the only organiser and that somebody else relies on; once closed, nobody does."""
    alone = drafts_of_one(person)
    return [
        gathering
        for gathering in Gathering.objects.filter(
            memberships__person=person, memberships__role=Role.ORGANISER, closed_at__isnull=True
        )
        .distinct()
        .order_by("title")
        if gathering not in alone
        and not gathering.memberships.filter(role=Role.ORGANISER).exclude(person=person).exists()
    ]


def drafts_of_one(person: Person) -> list[Gathering]:
    """Gatherings that were never online and that nobody but this person works on: they go along."""
    mine = Gathering.objects.filter(memberships__person=person, published_at__isnull=True).distinct()
    return list(mine.exclude(memberships__in=Membership.objects.exclude(person=person)).order_by("title"))
