"""Reads of registrations. The list with names is for organisers; a participant only sees their own."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from weerklank_web.gatherings.models import Gathering, Registration, RegistrationState, Theme
from weerklank_web.groundwork import links

__all__ = [
    "ACTIVE",
    "Attendance",
    "ThemeRow",
    "attendance_of",
    "free_places",
    "place_in_queue",
    "registration_of_link",
    "registrations_of",
    "theme_choices",
    "theme_rows",
]

ACTIVE = (RegistrationState.CONFIRMED, RegistrationState.WAITING)


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many stand where, for organisers only: they see the names anyway."""

    confirmed: int
    waiting: int
    unconfirmed: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme with how often it was wished for by people who take part or wait."""

    theme: Theme
    wished: int
    rooms: int


def registration_of_link(secret: str) -> Registration | None:
    """The registration that this private link opens, whether it is the newest link or an earlier one."""
    mark = links.fingerprint(secret)
    return (
        Registration.objects.select_related("gathering", "gathering__format_version", "seat__room__theme")
        .filter(Q(link_fingerprint=mark) | Q(earlier_links__fingerprint=mark))
        .first()
    )


def registrations_of(gathering: Gathering) -> QuerySet[Registration]:
    """Everybody who registered in advance, in order of arrival, with wishes and seat."""
    return (
        Registration.objects.filter(gathering=gathering)
        .select_related("seat__room")
        .prefetch_related("wishes__theme")
        .order_by("queue_number")
    )


def attendance_of(gathering: Gathering) -> Attendance:
    """How many are confirmed, wait, have yet to confirm, or cancelled. People who walked in are not counted."""
    states = RegistrationState
    counts = Registration.objects.filter(gathering=gathering, walk_in=False).aggregate(
        **{str(state.value): Count("id", filter=Q(state=state)) for state in states}
    )
    return Attendance(
        confirmed=counts[states.CONFIRMED.value],
        waiting=counts[states.WAITING.value],
        unconfirmed=counts[states.UNCONFIRMED.value],
        cancelled=counts[states.CANCELLED.value],
    )


def free_places(gathering: Gathering) -> int:
    """Places that are left. Who walks in at the door takes none: show-up may pass 100 % (W4)."""
    taken = Registration.objects.filter(
        gathering=gathering, state=RegistrationState.CONFIRMED, walk_in=False
    ).count()
    return max(0, gathering.capacity - taken)


def place_in_queue(registration: Registration) -> int:
    """1 for the first of the waiting list."""
    return (
        Registration.objects.filter(
            gathering_id=registration.gathering_id,
            state=RegistrationState.WAITING,
            queue_number__lt=registration.queue_number,
        ).count()
        + 1
    )


def theme_choices(gathering: Gathering) -> list[tuple[int, str]]:
    """The themes that anybody may choose: id and title."""
    return list(gathering.themes.filter(accepted=True).values_list("id", "title"))


def theme_rows(gathering: Gathering) -> list[ThemeRow]:
    """Every theme, also proposed ones, with how often it was wished for and how many rooms it has."""
    wished = Count("wishes", filter=Q(wishes__registration__state__in=ACTIVE), distinct=True)
    themes = gathering.themes.annotate(wished=wished, room_count=Count("rooms", distinct=True))
    return [
        ThemeRow(theme=theme, wished=theme.wished, rooms=theme.room_count)
        for theme in themes.order_by("-accepted", "position", "id")
    ]
