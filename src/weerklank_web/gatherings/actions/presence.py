"""Coming in: by one's own link, at the door with a code, or through the desk; and counting it, once (W4).

Registrations and attendance are two things: who walks in takes no registered place, and show-up may pass 100 %.
No journal line here names a participant, and none that follows a person in carries a moment finer than a day.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from weerklank_web.accounts.models import Person
from weerklank_web.formats.bridge import format_of
from weerklank_web.gatherings import letters
from weerklank_web.gatherings.actions.arrivals import seat_arrival, seat_whoever_waits
from weerklank_web.gatherings.actions.places import locked, next_number
from weerklank_web.gatherings.actions.registration import Details
from weerklank_web.gatherings.actions.seats import as_it_was, ring_seating
from weerklank_web.gatherings.bridge import layers_of, small_number
from weerklank_web.gatherings.models import (
    EarlierLink,
    Gathering,
    PublishedTable,
    Registration,
    RegistrationState,
    Seat,
    SeatingKind,
    SeatingRun,
    Wish,
)
from weerklank_web.gatherings.presence_bridge import TEXTS, AlreadyReleased, Attendee, Group, released
from weerklank_web.gatherings.queries.presence import ATTENDANCE, is_counted
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.groundwork import clock, journal, links
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.language import language_now
from weerklank_web.groundwork.live import ring
from weerklank_web.notifications.actions import new_message_id

__all__ = [
    "WalkIn",
    "check_in",
    "count_before_thinning",
    "freeze_attendance",
    "freeze_due",
    "release_absent",
    "renew_door_code",
    "undo_check_in",
    "walk_in",
]

# After the last live moment the crew may still correct who was there; then it is counted by itself.
_DAYS_TO_CORRECT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class WalkIn:
    """Somebody who came in without registering. The secret is shown to them, and kept nowhere."""

    registration: Registration
    secret: str
    mailed: bool


@transaction.atomic
def check_in(registration: Registration, *, by: Person | None = None) -> Registration:
    """Somebody is here: they keep their seat, or get one. A second time changes nothing.

    Whoever waited for a place, never confirmed, or had cancelled comes in like somebody who walks in.

    :param by: the crew member who does it for them; they may still do so after the last live moment.
    :raises NotNow: before the door opens, or once attendance was counted.
    """
    gathering = _open_door(registration.gathering_id, by=by)
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    registration.gathering = gathering
    if not registration.present:
        if registration.state != RegistrationState.CONFIRMED:
            registration.state, registration.walk_in = RegistrationState.CONFIRMED, True
        registration.present = True
        registration.save(update_fields=["state", "walk_in", "present"])
        journal.write("presence.arrived", gathering=gathering.id, by=None)
    seat_arrival(registration, gathering=gathering)
    Seat.objects.filter(registration=registration).update(told=True)
    ring(f"door/{gathering.id}")
    return Registration.objects.select_related("gathering__format_version", "seat__room__theme").get(
        pk=registration.pk
    )


@transaction.atomic
def undo_check_in(registration: Registration, *, by: Person) -> None:
    """They are not here after all. Who registered keeps their seat, unless absent people hold none any more.

    :raises NotNow: once attendance was counted.
    """
    gathering = _open_door(registration.gathering_id, by=by)
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if not registration.present:
        return
    registration.present = False
    registration.save(update_fields=["present"])
    if registration.walk_in or gathering.absent_give_way:
        Seat.objects.filter(registration=registration).delete()
        seat_whoever_waits(gathering)
    journal.write("presence.corrected", gathering=gathering.id, by=None)
    ring(f"door/{gathering.id}")


def walk_in(
    gathering: Gathering,
    *,
    details: Details,
    wishes: Sequence[int] = (),
    email: str = "",
    language: str = "nl",
    form: UUID | None = None,
    by: Person | None = None,
) -> WalkIn:
    """Write somebody down who comes in without having registered, and seat them.

    :param form: the form's own mark: sent twice, it is still one person, with a link that works.
    :raises NotNow: before the door opens, or once attendance was counted.
    """
    secret, number = links.new_secret(), _number_of(form or uuid4())
    address = email.strip().lower()
    with transaction.atomic():
        gathering = _open_door(gathering.id, by=by)
        known = (
            Registration.objects.filter(gathering=gathering, email=address)
            .exclude(state=RegistrationState.CANCELLED)
            .exclude(pk=number)
            .first()
            if address
            else None
        )
        registration = Registration.objects.filter(pk=number, gathering=gathering, walk_in=True).first()
        if registration is None:
            registration = _written_down(
                gathering, number, secret, details, email="" if known else address, language=language
            )
            _write_wishes(registration, wishes)
            journal.write("presence.walked-in", gathering=gathering.id, by=None)
        else:
            _give_link(registration, secret)
        seat_arrival(registration, gathering=gathering)
        ring(f"door/{gathering.id}")
    registration = Registration.objects.select_related("gathering", "seat__room__theme").get(pk=number)
    mailed = False
    if known is not None:
        # Whoever typed this address hears nothing; its owner hears that they were registered already.
        letters.send_already_registered(known, language=language)
    elif registration.email:
        mailed = letters.send_walk_in(registration, secret=secret)
    return WalkIn(registration=registration, secret=secret, mailed=mailed)


@transaction.atomic
def release_absent(gathering: Gathering, *, by: Person) -> int:
    """Who is not here makes room: their seats go to who is, now and later. Returns how many seats came free.

    Whoever comes late anyway is seated again, best wish first. Undone with ``undo_last_change``.

    :raises NotNow: before the door opens, or once attendance was counted.
    """
    gathering = _open_door(gathering.id, by=by)
    absent = Seat.objects.filter(room__gathering=gathering, registration__present=False)
    before = [as_it_was(seat) for seat in absent]
    absent.delete()
    gathering.absent_give_way = True
    gathering.save(update_fields=["absent_give_way", "changed_at"])
    SeatingRun.objects.create(gathering=gathering, kind=SeatingKind.RELEASE, before=before)
    seat_whoever_waits(gathering)
    journal.write("seating.absent-released", gathering=gathering.id, by=str(by), subject=str(len(before)))
    ring_seating(gathering)
    return len(before)


@transaction.atomic
def renew_door_code(gathering: Gathering, *, by: Person) -> str:
    """A new code for who walks in; the old one opens nothing any more."""
    gathering = locked(gathering.id)
    gathering.door_code = f"{secrets.randbelow(1_000_000):06d}"
    gathering.save(update_fields=["door_code", "changed_at"])
    journal.write("door.code-renewed", gathering=gathering.id, by=str(by))
    ring(f"door/{gathering.id}")
    return gathering.door_code


@transaction.atomic
def freeze_attendance(gathering: Gathering, *, by: str) -> PublishedTable:
    """Count who came, once, through the disclosure gate. From then on the door is closed and every page shows this.

    :param by: who closed the door, or the house's own name.
    :raises NotNow: before anybody can have come in.
    """
    gathering = locked(gathering.id)
    counted = PublishedTable.objects.filter(gathering=gathering, name=ATTENDANCE).first()
    if counted is not None:
        return counted
    stage = stage_of(gathering)
    if not (stage.may(Deed.CHECK_IN) or stage.past(Deed.CHECK_IN)):
        raise NotNow(_("Tellen kan pas als er iemand binnen kan zijn."))
    there = Registration.objects.filter(gathering=gathering, state=RegistrationState.CONFIRMED, present=True)
    people = [Attendee(layer=layer, room=room) for layer, room in there.values_list("layer", "seat__room_id")]
    in_advance = Registration.objects.filter(
        gathering=gathering, state=RegistrationState.CONFIRMED, walk_in=False
    )
    format_ = format_of(gathering.format_version)
    try:
        release, labels = released(
            people,
            registered=in_advance.count(),
            came=in_advance.filter(present=True).count(),
            k=small_number(format_),
            layers={
                key: {language: dict(layers_of(format_, language=language))[key] for language in TEXTS}
                for key, _label in layers_of(format_, language=TEXTS[0])
            },
            groups=[
                Group(
                    room=room.id,
                    name=room.name,
                    theme=room.theme_id,
                    theme_title=room.theme.title,
                    theme_place=room.theme.position,
                )
                for room in gathering.rooms.select_related("theme")
            ],
            earlier=PublishedTable.objects.filter(gathering=gathering).values_list("release", flat=True),
        )
    except AlreadyReleased as refusal:
        raise NotNow(refusal.told(language_now()), code="already-released") from refusal
    counted = PublishedTable.objects.create(
        gathering=gathering, name=ATTENDANCE, release=release, labels=labels, on=clock.today(gathering.zone)
    )
    journal.write("attendance.counted", gathering=gathering.id, by=by)
    ring_seating(gathering)
    return counted


def freeze_due() -> int:
    """Count what nobody counted, two days after the end; returns how many. For the periodic round."""
    over = clock.now() - _DAYS_TO_CORRECT
    waiting = (
        Gathering.objects.filter(published_at__isnull=False)
        .filter(Q(ends_at__lt=over) | Q(ends_at__isnull=True, starts_at__lt=over))
        .exclude(published_tables__name=ATTENDANCE)
        .select_related("format_version")
    )
    due = [each for each in waiting if stage_of(each).past(Deed.CHECK_IN)]
    for gathering in due:
        freeze_attendance(gathering, by="Weerklank")
    return len(due)


def count_before_thinning(gathering: Gathering) -> None:
    """Before layers and names go: count now, or never."""
    stage = stage_of(gathering)
    if stage.may(Deed.CHECK_IN) or stage.past(Deed.CHECK_IN):
        freeze_attendance(gathering, by="Weerklank")


def _open_door(gathering_id: UUID, *, by: Person | None) -> Gathering:
    """The gathering, locked, if people may come in now."""
    gathering = locked(gathering_id)
    stage = stage_of(gathering)
    if is_counted(gathering):
        raise NotNow(_("De deur is dicht: de opkomst is geteld en staat vast."))
    if stage.may(Deed.CHECK_IN) or (by is not None and stage.past(Deed.CHECK_IN)):
        return gathering
    if stage.past(Deed.CHECK_IN):
        raise NotNow(_("De bijeenkomst is voorbij. Was je er wel? Laat het de organisator weten."))
    raise NotNow(_("De deur is nog niet open. Dat gebeurt op de dag zelf."))


def _written_down(
    gathering: Gathering, number: UUID, secret: str, details: Details, *, email: str, language: str
) -> Registration:
    today = clock.today(gathering.zone)
    return Registration.objects.create(
        id=number,
        gathering=gathering,
        email=email,
        state=RegistrationState.CONFIRMED,
        walk_in=True,
        present=True,
        queue_number=next_number(gathering),
        link_fingerprint=links.fingerprint(secret),
        thread_id=new_message_id() if email else "",
        language=language,
        letters_wanted=bool(email),
        consent_on=today,
        registered_on=today,
        **details.columns(),
    )


def _number_of(form: UUID) -> UUID:
    """The id that this form gives. One way: who sees the id somewhere cannot send the form again."""
    return UUID(bytes=sha256(b"walk-in:" + form.bytes).digest()[:16], version=4)


def _give_link(registration: Registration, secret: str) -> None:
    """The same form sent again: this answer may be the only one that arrived, so its link must work."""
    EarlierLink.objects.create(
        registration=registration,
        fingerprint=registration.link_fingerprint,
        replaced_on=clock.today(registration.gathering.zone),
    )
    registration.link_fingerprint = links.fingerprint(secret)
    registration.save(update_fields=["link_fingerprint"])


def _write_wishes(registration: Registration, wishes: Sequence[int]) -> None:
    known = set(
        registration.gathering.themes.filter(id__in=wishes, accepted=True).values_list("id", flat=True)
    )
    ranked = list(dict.fromkeys(theme for theme in wishes if theme in known))
    Wish.objects.bulk_create(
        Wish(registration=registration, theme_id=theme, rank=rank)
        for rank, theme in enumerate(ranked, start=1)
    )
