"""The letters of this app: their words (``templates/gatherings/letters/``) and which way they leave.

A letter with a private link leaves at once and is never kept; every other waits for working hours and carries
no secret (docs/decisions/0003).
"""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from weerklank_web.accounts.models import Person
from weerklank_web.gatherings.calendar_file import calendar_name, calendar_of
from weerklank_web.gatherings.models import Gathering, Registration, RegistrationState, Role, Seat, Theme
from weerklank_web.groundwork.dates import span_in_words
from weerklank_web.notifications.actions import Attachment, post, send_requested

__all__ = [
    "address_of",
    "invite_to_crew",
    "private_address",
    "send_already_registered",
    "send_confirmation",
    "send_new_link",
    "send_walk_in",
    "tell_everybody_it_moved",
    "tell_place_is_free",
    "tell_seat",
    "tell_theme_declined",
]


def address_of(gathering: Gathering, page: str = "public") -> str:
    """The full address of a page of this gathering."""
    return f"{settings.ADDRESS}{reverse(f'gatherings:{page}', args=[gathering.slug])}"


def private_address(secret: str) -> str:
    """The full address of a private link. Only ever for its holder."""
    return f"{settings.ADDRESS}{reverse('home:open-link', args=[secret])}"


def send_confirmation(registration: Registration, *, secret: str) -> bool:
    """The first letter: the private link, with the calendar file. Says whether it left."""
    gathering = registration.gathering
    subject, body = _words("confirmation", registration.language, gathering, registration, secret=secret)
    return send_requested(
        to=registration.email,
        kind="registration-confirm",
        subject=subject,
        body=body,
        gathering=gathering.id,
        attachments=[_calendar(gathering)],
        message_id=registration.thread_id,
    )


def send_already_registered(registration: Registration, *, language: str) -> bool:
    """Somebody filled in an address that is registered already: only its owner hears so, without a link."""
    gathering = registration.gathering
    subject, body = _words("already_registered", language, gathering, registration)
    return send_requested(
        to=registration.email,
        kind="registration-double",
        subject=subject,
        body=body,
        gathering=gathering.id,
        in_reply_to=registration.thread_id,
    )


def send_new_link(registration: Registration, *, secret: str) -> bool:
    """A new private link, because its owner asked."""
    gathering = registration.gathering
    subject, body = _words("new_link", registration.language, gathering, registration, secret=secret)
    return send_requested(
        to=registration.email,
        kind="registration-link",
        subject=subject,
        body=body,
        gathering=gathering.id,
        in_reply_to=registration.thread_id,
    )


def send_walk_in(registration: Registration, *, secret: str) -> bool:
    """The first letter of somebody who walked in and asked to keep their link. Says whether it left."""
    gathering = registration.gathering
    subject, body = _words("walk_in", registration.language, gathering, registration, secret=secret)
    return send_requested(
        to=registration.email,
        kind="walk-in-link",
        subject=subject,
        body=body,
        gathering=gathering.id,
        message_id=registration.thread_id,
    )


def tell_seat(seat: Seat) -> bool:
    """In which room somebody sits. Why stands on their own page: a reason may tell of a need."""
    if not seat.registration.email:
        return False
    _post(seat.registration, "seat", kind="seat", seat=seat, room=seat.room)
    return True


def tell_place_is_free(registration: Registration) -> None:
    """From the waiting list to a place."""
    _post(registration, "place_is_free", kind="registration-place")


def tell_everybody_it_moved(gathering: Gathering) -> int:
    """A new time or place, to everybody who comes or waits; returns how many letters were handed in."""
    going = Registration.objects.filter(
        gathering=gathering, state__in=(RegistrationState.CONFIRMED, RegistrationState.WAITING)
    ).exclude(email="")
    for registration in going:
        registration.gathering = gathering
        _post(registration, "it_moved", kind="gathering-moved")
    return len(going)


def tell_theme_declined(registration: Registration, *, theme: Theme, reason: str) -> None:
    """A proposed theme does not come: whoever wished for it hears why."""
    _post(registration, "theme_declined", kind="theme-declined", theme=theme, reason=reason)


def invite_to_crew(person: Person, gathering: Gathering, *, role: Role, by: Person) -> None:
    """Tell somebody that they have a role, and how to sign in."""
    subject, body = _words(
        "crew",
        person.language,
        gathering,
        more={
            "person": person,
            "role": role,
            "by": by,
            "sign_in": settings.ADDRESS + reverse("accounts:sign-in"),
        },
    )
    post(
        to=person.email,
        kind="crew-invitation",
        subject=subject,
        body=body,
        gathering=gathering.id,
        zone=gathering.zone,
        country=gathering.country,
    )


def _post(registration: Registration, template: str, *, kind: str, **more: object) -> None:
    if not registration.email:
        return
    gathering = registration.gathering
    subject, body = _words(template, registration.language, gathering, registration, more=more)
    post(
        to=registration.email,
        kind=kind,
        subject=subject,
        body=body,
        gathering=gathering.id,
        zone=gathering.zone,
        country=gathering.country,
        in_reply_to=registration.thread_id,
    )


def _words(
    template: str,
    language: str,
    gathering: Gathering,
    registration: Registration | None = None,
    *,
    secret: str = "",
    more: Mapping[str, object] | None = None,
) -> tuple[str, str]:
    """Subject and body; the file's first line is the subject."""
    with translation.override(language):
        when = (
            ""
            if gathering.starts_at is None
            else span_in_words(gathering.starts_at, gathering.ends_at, gathering.zone)
        )
        text = render_to_string(
            f"gatherings/letters/{template}.txt",
            {
                "gathering": gathering,
                "registration": registration,
                "when": when,
                "link": private_address(secret) if secret else "",
                "own_page": address_of(gathering, "own"),
                "link_page": address_of(gathering, "new-link"),
                "public_page": address_of(gathering),
                **(more or {}),
            },
        )
    subject, _, body = text.strip().partition("\n")
    return " ".join(subject.split())[:200], body.strip() + "\n"


def _calendar(gathering: Gathering) -> Attachment:
    return Attachment(
        name=calendar_name(gathering),
        content=calendar_of(gathering, page=address_of(gathering)),
        media_type="text/calendar",
    )
