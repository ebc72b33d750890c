"""Reads at the door: who is there, who has no room, what was counted.

Names and live counts are for the crew. Everybody else sees what was released, once, when the door closed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from weerklank_web.formats.bridge import format_of
from weerklank_web.gatherings.bridge import small_number
from weerklank_web.gatherings.choices import LANGUAGES, NEEDS, ROOM_FEATURES, labels_of
from weerklank_web.gatherings.models import (
    Gathering,
    PublishedTable,
    Registration,
    RegistrationState,
    Room,
    Seat,
)
from weerklank_web.gatherings.presence_bridge import AttendanceFacts, Figure, about, facts_from, percentage
from weerklank_web.gatherings.queries.seating import board_of, is_divided
from weerklank_web.gatherings.seating_bridge import (
    Board,
    Impossible,
    names_are_shared,
    place_arrivals,
    suited_rooms,
)
from weerklank_web.gatherings.seating_bridge.conflicts import conflicts_in_words
from weerklank_web.groundwork.language import language_now

__all__ = [
    "ATTENDANCE",
    "DoorCounts",
    "Standing",
    "attendance_facts",
    "door_counts",
    "door_list",
    "is_counted",
    "room_company",
    "room_sizes_now",
    "standing_without_room",
]

ATTENDANCE = "attendance"


@dataclass(frozen=True, slots=True)
class DoorCounts:
    """Registrations and attendance apart, for the crew (W3, W4)."""

    registered: int
    came: int
    walked_in: int

    @property
    def present(self) -> int:
        return self.came + self.walked_in

    @property
    def absent(self) -> int:
        return self.registered - self.came

    @property
    def percent(self) -> int | None:
        """Present as a share of registered; may pass 100."""
        return percentage(self.present, self.registered)


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody who is here without a room, and why."""

    registration: Registration
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """Who sits in my room: how many in steps of k, and names only when the format says that names are shared."""

    figure: Figure
    names: tuple[str, ...]


def door_counts(gathering: Gathering) -> DoorCounts:
    """The counts of this moment, for the crew."""
    counts = Registration.objects.filter(gathering=gathering, state=RegistrationState.CONFIRMED).aggregate(
        registered=Count("id", filter=Q(walk_in=False)),
        came=Count("id", filter=Q(walk_in=False, present=True)),
        walked_in=Count("id", filter=Q(walk_in=True, present=True)),
    )
    return DoorCounts(**counts)


def door_list(gathering: Gathering, *, search: str = "", which: str = "") -> list[Registration]:
    """Everybody who may come in, by name. ``which``: «binnen», «nog-niet», or all."""
    people = Registration.objects.filter(gathering=gathering).exclude(
        state__in=(RegistrationState.CANCELLED, RegistrationState.UNCONFIRMED)
    )
    if search.strip():
        people = people.filter(name__icontains=search.strip())
    if which == "binnen":
        people = people.filter(present=True)
    elif which == "nog-niet":
        people = people.filter(present=False)
    rows = list(people.select_related("seat__room__theme"))
    return sorted(rows, key=lambda one: one.name.casefold())


def standing_without_room(gathering: Gathering, *, language: str) -> list[Standing]:
    """People who are here and have no room, though places were divided. ``why`` is empty when all rooms are full."""
    if not is_divided(gathering):
        return []
    board = board_of(gathering)
    taken = Counter(board.seats().values())
    free = {room.id for room in board.rooms if taken[room.id] < room.places_max}
    return [
        Standing(registration=person, why=_in_the_way(board, person, free=free, language=language))
        for person in board.people
        if person.present and not hasattr(person, "seat")
    ]


def _in_the_way(board: Board, person: Registration, *, free: Set[UUID], language: str) -> tuple[str, ...]:
    """Why nobody could be let in to a room: needs that only full rooms meet, or a rule; nothing when all is full."""
    if not free:
        return ()
    suited = suited_rooms(board, person)
    keys = [*(key for key in person.needs if key in ROOM_FEATURES), *person.languages]
    needed = ", ".join(labels_of(keys, (*NEEDS, *LANGUAGES)))
    if not suited:
        return (_("Geen kamer past bij wat nodig is: %(needed)s.") % {"needed": needed},)
    if not free & {room.id for room in suited}:
        names = ", ".join(room.name for room in suited)
        return (
            _("Wat nodig is (%(needed)s) hebben alleen %(rooms)s, en die zitten vol.")
            % {"needed": needed, "rooms": names},
        )
    try:
        place_arrivals(board, [person])
    except Impossible as refusal:
        known = {str(one.id): one.name for one in board.people}
        return tuple(conflicts_in_words(refusal.conflicts, known, language=language))
    return ()


def room_sizes_now(gathering: Gathering) -> Sequence[Room]:
    """Every room with how many are inside (``inside``) and how many are expected (``seated``); for the crew."""
    return list(
        gathering.rooms.select_related("theme")
        .annotate(
            seated=Count("seats"),
            inside=Count("seats", filter=Q(seats__registration__present=True)),
        )
        .order_by("position", "name")
    )


def room_company(seat: Seat, gathering: Gathering) -> Company:
    """What somebody may know about who else sits in their room."""
    format_ = format_of(gathering.format_version)
    people = Registration.objects.filter(seat__room_id=seat.room_id)
    names = sorted(people.values_list("name", flat=True)) if names_are_shared(format_) else []
    return Company(figure=about(people.count(), k=small_number(format_)), names=tuple(names))


def is_counted(gathering: Gathering) -> bool:
    """Whether attendance was counted, once; from then on the door is closed."""
    return PublishedTable.objects.filter(gathering=gathering, name=ATTENDANCE).exists()


def attendance_facts(gathering: Gathering, *, language: str | None = None) -> AttendanceFacts | None:
    """Who came, as released when the door closed; None while it is still being counted."""
    table = PublishedTable.objects.filter(gathering=gathering, name=ATTENDANCE).first()
    if table is None:
        return None
    return facts_from(table.release, table.labels, on=table.on, language=language or language_now())
