"""Signing in by mail, and bringing people in."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from weerklank_web.accounts.models import Person, SignInLink
from weerklank_web.groundwork import clock, links
from weerklank_web.groundwork.errors import NotFound
from weerklank_web.notifications.actions import send_requested

__all__ = ["bring_in", "make_sign_in_link", "purge_sign_in_links", "send_sign_in_link", "use_sign_in_link"]

_VALID = timedelta(minutes=30)


def bring_in(*, email: str, name: str = "", language: str = "nl", may_organise: bool = False) -> Person:
    """The person with this address, made if need be. Rights are only ever added."""
    person, made = Person.objects.get_or_create(
        email=email.strip().lower(), defaults={"name": name.strip(), "language": language}
    )
    if made:
        person.set_unusable_password()
    if name.strip() and not person.name:
        person.name = name.strip()
    person.may_organise = person.may_organise or may_organise
    person.save()
    return person


def make_sign_in_link(person: Person, *, valid: timedelta = _VALID) -> str:
    """A one-time address that signs this person in; only its fingerprint is kept."""
    secret = links.new_secret()
    SignInLink.objects.create(
        person=person, fingerprint=links.fingerprint(secret), expires_at=clock.now() + valid
    )
    return f"{settings.ADDRESS}{reverse('accounts:open-link', args=[secret])}"


def send_sign_in_link(email: str) -> None:
    """Mail a sign-in link, if somebody has this address; says nothing either way."""
    person = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        return
    address = make_sign_in_link(person)
    send_requested(
        to=person.email,
        kind="sign-in",
        subject=_("Je link om in te loggen bij Weerklank"),
        body=_(
            "Dag %(name)s,\n\nMet deze link log je in. Hij werkt één keer, een half uur lang:\n\n%(address)s\n\n"
            "Heb je dit niet gevraagd? Dan hoef je niets te doen.\n"
        )
        % {"name": person.name or person.email, "address": address},
    )


@transaction.atomic
def use_sign_in_link(secret: str) -> Person:
    """The person whom this link signs in, once. NotFound when it is unknown, used or too old."""
    link = SignInLink.objects.filter(
        fingerprint=links.fingerprint(secret), used_at__isnull=True, expires_at__gt=clock.now()
    ).first()
    if link is None or not link.person.is_active:
        raise NotFound(_("Deze link werkt niet (meer). Vraag een nieuwe aan."))
    used = SignInLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=clock.now())
    if used != 1:
        raise NotFound(_("Deze link werkt niet (meer). Vraag een nieuwe aan."))
    return link.person


def purge_sign_in_links() -> int:
    """Forget links that no longer open anything; returns how many."""
    return SignInLink.objects.filter(expires_at__lt=clock.now()).delete()[0]
