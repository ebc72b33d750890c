"""The small lists around a gathering: organisations (W2), programme, and who helps."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from weerklank_web.accounts.actions import bring_in
from weerklank_web.accounts.models import Person
from weerklank_web.gatherings import letters
from weerklank_web.gatherings.actions.order import move_in_order
from weerklank_web.gatherings.models import Gathering, Membership, Organisation, ProgrammeItem, Role
from weerklank_web.groundwork import journal
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.live import ring

__all__ = [
    "add_organisation",
    "add_programme_item",
    "change_organisation",
    "change_programme_item",
    "invite_to_crew",
    "leave_crew",
    "move_organisation",
    "move_programme_item",
    "remove_organisation",
    "remove_programme_item",
]


@transaction.atomic
def add_organisation(gathering: Gathering, *, name: str, website: str = "", by: Person) -> Organisation:
    """One more organising organisation, at the end."""
    highest = gathering.organisations.aggregate(most=Max("position"))["most"]
    organisation = Organisation.objects.create(
        gathering=gathering,
        name=name.strip(),
        website=website,
        position=0 if highest is None else highest + 1,
    )
    _tell("organisation.added", gathering, by=by, subject=organisation.name)
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation, *, name: str, website: str = "", by: Person
) -> Organisation:
    """Another name or website."""
    organisation.name, organisation.website = name.strip(), website
    organisation.save(update_fields=["name", "website"])
    _tell("organisation.changed", organisation.gathering, by=by, subject=organisation.name)
    return organisation


@transaction.atomic
def remove_organisation(organisation: Organisation, *, by: Person) -> None:
    """Take it off; what is online keeps at least one.

    :raises NotNow: for the last one of something online.
    """
    gathering = organisation.gathering
    if gathering.published_at is not None and gathering.organisations.count() == 1:
        raise NotNow(_("Er blijft minstens één organisatie over. Voeg eerst een andere toe."))
    name = organisation.name
    organisation.delete()
    _tell("organisation.removed", gathering, by=by, subject=name)


def move_organisation(organisation: Organisation, *, up: bool) -> None:
    """One place up or down."""
    move_in_order(organisation, list(organisation.gathering.organisations.all()), up=up)


@transaction.atomic
def add_programme_item(
    gathering: Gathering, *, title: str, text: str = "", minutes: int, by: Person
) -> ProgrammeItem:
    """One more line, at the end."""
    highest = gathering.programme.aggregate(most=Max("position"))["most"]
    item = ProgrammeItem.objects.create(
        gathering=gathering,
        title=title.strip(),
        text=text.strip(),
        minutes=minutes,
        position=0 if highest is None else highest + 1,
    )
    _tell("programme.added", gathering, by=by, subject=item.title)
    return item


@transaction.atomic
def change_programme_item(
    item: ProgrammeItem, *, title: str, text: str = "", minutes: int, by: Person
) -> ProgrammeItem:
    """Other words or minutes."""
    item.title, item.text, item.minutes = title.strip(), text.strip(), minutes
    item.save(update_fields=["title", "text", "minutes"])
    _tell("programme.changed", item.gathering, by=by, subject=item.title)
    return item


@transaction.atomic
def remove_programme_item(item: ProgrammeItem, *, by: Person) -> None:
    """Take a line off."""
    gathering, title = item.gathering, item.title
    item.delete()
    _tell("programme.removed", gathering, by=by, subject=title)


def move_programme_item(item: ProgrammeItem, *, up: bool) -> None:
    """One place up or down."""
    move_in_order(item, list(item.gathering.programme.all()), up=up)


@transaction.atomic
def invite_to_crew(gathering: Gathering, *, email: str, name: str = "", role: Role, by: Person) -> Membership:
    """Give somebody a role; they are made known if need be and get a quiet letter. Twice is once."""
    person = bring_in(email=email, name=name, language=gathering.language)
    membership = Membership.objects.filter(gathering=gathering, person=person, role=role).first()
    if membership is not None:
        return membership
    membership = Membership.objects.create(gathering=gathering, person=person, role=role)
    if person.pk != by.pk:
        letters.invite_to_crew(person, gathering, role=role, by=by)
    _tell("crew.invited", gathering, by=by, subject=f"{person} ({role})")
    return membership


@transaction.atomic
def leave_crew(membership: Membership, *, by: Person) -> None:
    """Take a role away.

    :raises NotNow: from the last organiser.
    """
    gathering = membership.gathering
    organisers = gathering.memberships.filter(role=Role.ORGANISER)
    if membership.role == Role.ORGANISER and organisers.count() == 1:
        raise NotNow(_("Er is altijd minstens één organisator. Vraag eerst iemand anders."))
    subject = f"{membership.person} ({membership.role})"
    membership.delete()
    _tell("crew.left", gathering, by=by, subject=subject)


def _tell(verb: str, gathering: Gathering, *, by: Person, subject: str) -> None:
    journal.write(verb, gathering=gathering.id, by=str(by), subject=subject[:200])
    ring(f"gathering/{gathering.id}")
