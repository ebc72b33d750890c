"""Closing an account: a person of the crew removes themself, and no gathering is left without an organiser."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from weerklank_web.accounts.models import Person
from weerklank_web.formats.actions import forget_own_formats
from weerklank_web.gatherings.models import Gathering, Registration
from weerklank_web.gatherings.queries.account import drafts_of_one, roles_of, waiting_for_another
from weerklank_web.groundwork import journal
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.live import ring
from weerklank_web.notifications.models import Letter

__all__ = ["close_account"]


@transaction.atomic
def close_account(person: Person) -> None:
    """Remove this person: name, address, ways to sign in, roles, own formats, letters, and drafts of theirs alone.

    What they did stays in the journal under their name until its time has come. Whoever also takes part somewhere keeps
    that: a registration has a link of its own.

    :raises NotNow: while a gathering would be left without an organiser.
    """
    mine = Gathering.objects.filter(memberships__person=person).values_list("pk", flat=True)
    list(
        Gathering.objects.select_for_update().filter(pk__in=list(mine)).order_by("pk")
    )  # two may leave at once
    waiting = waiting_for_another(person)
    if waiting:
        raise NotNow(
            _("Zonder jou heeft «%(title)s» geen organisator. Vraag daar eerst iemand anders.")
            % {"title": waiting[0].title},
            code="last-organiser",
        )
    for draft in drafts_of_one(person):
        draft.delete()
    for role in roles_of(person):
        journal.write(
            "crew.left", gathering=role.gathering.id, by=str(person), subject=f"{person} ({role.role})"[:200]
        )
        ring(f"gathering/{role.gathering.id}")
    takes_part = Registration.objects.filter(email=person.email).values_list("gathering_id", flat=True)
    Letter.objects.filter(to=person.email).exclude(gathering__in=list(takes_part)).delete()
    forget_own_formats(person)
    person.delete()
    journal.write("account.closed", gathering=None, by=None)
