"""Registering, confirming, changing, cancelling, and getting a new link (W3, W4).

No journal line here names a participant, and no moment is finer than a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from weerklank_web.formats.bridge import format_of
from weerklank_web.gatherings import letters
from weerklank_web.gatherings.actions.arrivals import seat_whoever_waits
from weerklank_web.gatherings.actions.places import fill_places, give_place, locked, next_number
from weerklank_web.gatherings.actions.themes import propose_theme
from weerklank_web.gatherings.bridge import wishes_allowed
from weerklank_web.gatherings.models import (
    EarlierLink,
    Gathering,
    Registration,
    RegistrationState,
    Seat,
    Wish,
)
from weerklank_web.gatherings.queries.registration import ACTIVE
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.groundwork import clock, journal, links
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.live import ring
from weerklank_web.notifications.actions import new_message_id

__all__ = [
    "Details",
    "cancel_registration",
    "change_details",
    "change_wishes",
    "choose_letters",
    "confirm_registration",
    "forget_earlier_links",
    "register",
    "renew_link",
]

_LINK_LETTERS_APART = 10 * 60
_LETTERS_AN_HOUR = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What somebody tells about themselves. Only the name, or an alias, is needed."""

    name: str
    layer: str = ""
    organisation: str = ""
    languages: Sequence[str] = ()
    needs: Sequence[str] = ()
    needs_text: str = ""

    def columns(self) -> dict[str, object]:
        """As the table holds it."""
        return {**asdict(self), "languages": list(self.languages), "needs": list(self.needs)}


def register(
    gathering: Gathering,
    *,
    email: str,
    details: Details,
    wishes: Sequence[int] = (),
    proposes: str = "",
    language: str = "nl",
    letters_wanted: bool = True,
) -> bool:
    """Write somebody down and mail their private link at once. Says whether a letter left.

    An address that takes part or waits already is left as it is: its owner gets a letter that says so, and
    whoever typed it sees the same page as everybody. One that was never confirmed is written down anew.

    :raises NotNow: when registering is over or has not begun.
    """
    address = email.strip().lower()
    with transaction.atomic():
        gathering = locked(gathering.id)
        _require(gathering, Deed.REGISTER, _("Inschrijven kan nu niet (meer)."))
        known = (
            Registration.objects.select_related("gathering")
            .filter(gathering=gathering, email=address)
            .exclude(state=RegistrationState.CANCELLED)
            .first()
        )
        if known is None or known.state == RegistrationState.UNCONFIRMED:
            if known is not None:
                known.delete()
            secret = links.new_secret()
            registration = Registration.objects.create(
                gathering=gathering,
                email=address,
                queue_number=next_number(gathering),
                link_fingerprint=links.fingerprint(secret),
                thread_id=new_message_id(),
                language=language,
                letters_wanted=letters_wanted,
                consent_on=clock.today(gathering.zone),
                registered_on=clock.today(gathering.zone),
                **details.columns(),
            )
            _write_wishes(registration, wishes, proposes=proposes)
            journal.write("registration.made", gathering=gathering.id, by=None)
            known = None
    if _written_to_often(address):
        return True
    if known is not None:
        return letters.send_already_registered(known, language=language)
    return letters.send_confirmation(registration, secret=secret)


@transaction.atomic
def confirm_registration(registration: Registration) -> Registration:
    """Confirm, and get a place or the end of the waiting list. A second press changes nothing.

    :raises NotNow: when registering is over.
    """
    gathering = locked(registration.gathering_id)
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    registration.gathering = gathering
    if registration.state != RegistrationState.UNCONFIRMED:
        return registration
    _require(gathering, Deed.REGISTER, _("Bevestigen kan niet meer: de inschrijving is gesloten."))
    give_place(registration, gathering=gathering)
    journal.write("registration.confirmed", gathering=gathering.id, by=None)
    ring(f"gathering/{gathering.id}")
    return registration


@transaction.atomic
def cancel_registration(registration: Registration) -> Registration:
    """Withdraw: the place is free for the first who waits. What is no longer needed is wiped at once.

    :raises NotNow: for somebody who has been there; they may still have everything erased.
    """
    gathering = locked(registration.gathering_id)
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if registration.state == RegistrationState.CANCELLED:
        return registration
    if registration.present:
        raise NotNow(_("Je bent er geweest, dus afmelden kan niet meer. Je gegevens laten wissen kan wel."))
    Wish.objects.filter(registration=registration).delete()
    Seat.objects.filter(registration=registration).delete()
    registration.state = RegistrationState.CANCELLED
    registration.layer = registration.organisation = registration.needs_text = ""
    registration.languages, registration.needs = [], []
    registration.save()
    journal.write("registration.cancelled", gathering=gathering.id, by=None)
    fill_places(gathering)
    seat_whoever_waits(gathering)
    ring(f"gathering/{gathering.id}")
    return registration


@transaction.atomic
def change_details(registration: Registration, details: Details) -> Registration:
    """Correct what somebody told about themselves."""
    _require_active(registration)
    columns = details.columns()
    for name, value in columns.items():
        setattr(registration, name, value)
    registration.save(update_fields=list(columns))
    ring(f"gathering/{registration.gathering_id}")
    return registration


@transaction.atomic
def change_wishes(registration: Registration, wishes: Sequence[int], *, proposes: str = "") -> Registration:
    """Other wishes, until somebody has a seat.

    :raises NotNow: after seating, or when choosing is over.
    """
    gathering = locked(registration.gathering_id)
    _require_active(registration)
    if Seat.objects.filter(registration=registration).exists():
        raise NotNow(_("Je bent al ingedeeld. Wil je ergens anders zitten? Vraag het de organisator."))
    _require(gathering, Deed.REGISTER, _("Thema's kiezen kan nu niet (meer)."))
    registration.gathering = gathering
    Wish.objects.filter(registration=registration).delete()
    _write_wishes(registration, wishes, proposes=proposes)
    ring(f"gathering/{gathering.id}")
    return registration


def choose_letters(registration: Registration, *, wanted: bool) -> None:
    """Letters about what happens next: yes or no. A change of time or place is always told."""
    Registration.objects.filter(pk=registration.pk).update(letters_wanted=wanted)


def renew_link(gathering: Gathering, *, email: str) -> None:
    """Mail a new private link to this address, if it is registered; tells nobody whether it is.

    The earlier link stays: only it leads to the words said with it, and nobody can take a link away from
    somebody by typing their address. One letter in ten minutes for one registration.
    """
    registration = (
        Registration.objects.select_related("gathering")
        .filter(gathering=gathering, email=email.strip().lower())
        .exclude(state=RegistrationState.CANCELLED)
        .first()
    )
    if registration is None:
        return
    if not cache.add(f"link-letter:{registration.pk}", 1, timeout=_LINK_LETTERS_APART):
        return
    secret = links.new_secret()
    with transaction.atomic():
        registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
        registration.gathering = gathering
        if (
            registration.state != RegistrationState.UNCONFIRMED
        ):  # without a place nobody has said anything yet
            EarlierLink.objects.create(
                registration=registration,
                fingerprint=registration.link_fingerprint,
                replaced_on=clock.today(gathering.zone),
            )
        registration.link_fingerprint = links.fingerprint(secret)
        registration.save(update_fields=["link_fingerprint"])
        journal.write("registration.new-link", gathering=gathering.id, by=None)
    letters.send_new_link(registration, secret=secret)


@transaction.atomic
def forget_earlier_links(registration: Registration, *, secret: str) -> int:
    """Let every link lapse but the one in hand; returns how many. For a lost phone or a forwarded mail."""
    mark = links.fingerprint(secret)
    others = EarlierLink.objects.filter(registration=registration).exclude(fingerprint=mark)
    lapsed = others.delete()[0]
    if registration.link_fingerprint != mark:
        EarlierLink.objects.filter(registration=registration).delete()
        Registration.objects.filter(pk=registration.pk).update(link_fingerprint=mark)
        lapsed += 1
    journal.write("registration.one-link", gathering=registration.gathering_id, by=None)
    return lapsed


def _written_to_often(address: str) -> bool:
    """Whether this address had its letters of this hour: nobody's mailbox is filled by who types their address."""
    key = f"registration-letters:{links.fingerprint(address)}"
    cache.add(key, 0, timeout=3600)
    try:
        return cache.incr(key) > _LETTERS_AN_HOUR
    except ValueError:  # it expired between the two calls
        return False


def _write_wishes(registration: Registration, wishes: Sequence[int], *, proposes: str) -> None:
    """Ranked from 1; unknown themes and doubles fall away; a proposed theme comes after the chosen ones."""
    gathering = registration.gathering
    most = wishes_allowed(format_of(gathering.format_version))
    known = set(gathering.themes.filter(id__in=wishes).values_list("id", flat=True))
    ranked = list(dict.fromkeys(theme for theme in wishes if theme in known))
    if proposes.strip() and most:
        own = propose_theme(gathering, title=proposes).id
        others = [theme for theme in ranked if theme != own]
        ranked = [*others[: most - 1], own]
    Wish.objects.bulk_create(
        Wish(registration=registration, theme_id=theme, rank=rank)
        for rank, theme in enumerate(ranked[:most], start=1)
    )


def _require(gathering: Gathering, deed: Deed, sentence: str) -> None:
    if not stage_of(gathering).may(deed):
        raise NotNow(sentence)


def _require_active(registration: Registration) -> None:
    if registration.state not in (*ACTIVE, RegistrationState.UNCONFIRMED):
        raise NotNow(_("Je bent afgemeld. Schrijf je opnieuw in als je toch mee wilt doen."))
