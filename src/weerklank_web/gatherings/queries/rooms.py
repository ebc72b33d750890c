"""Reads of the rooms: the list with its crew, what is missing, and a proposal that follows the wishes."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from weerklank_web.formats.bridge import format_of
from weerklank_web.gatherings.bridge import small_number
from weerklank_web.gatherings.models import (
    Gathering,
    Membership,
    Registration,
    RegistrationState,
    Role,
    Room,
    Seat,
    Theme,
)
from weerklank_web.gatherings.queries.registration import ACTIVE
from weerklank_web.gatherings.queries.seating import crew_by_room
from weerklank_web.gatherings.room_shares import ThemeWishes, room_count, shared_out
from weerklank_web.gatherings.seating_bridge import room_sizes, rooms_for, speaking_minutes

__all__ = [
    "Proposal",
    "RoomRow",
    "RoomsView",
    "ThemeShare",
    "helpers_of",
    "is_spoken_in",
    "proposal_for",
    "rooms_view",
]


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A room with who helps there and how many sit there."""

    room: Room
    crew: tuple[Membership, ...]
    seated: int

    @property
    def facilitators(self) -> tuple[Membership, ...]:
        return tuple(member for member in self.crew if member.role == Role.FACILITATOR)

    @property
    def note_takers(self) -> tuple[Membership, ...]:
        return tuple(member for member in self.crew if member.role == Role.NOTE_TAKER)


@dataclass(frozen=True, slots=True)
class RoomsView:
    """All rooms, and whether they are enough."""

    rows: tuple[RoomRow, ...]
    people: int
    places: int
    facilitators: int
    without_facilitator: int
    without_note_taker: int

    @property
    def short_of_places(self) -> int:
        return max(0, self.people - self.places)

    @property
    def short_of_facilitators(self) -> int:
        return max(0, len(self.rows) - self.facilitators)


@dataclass(frozen=True, slots=True)
class ThemeShare:
    """How many rooms a theme has, and how many the wishes ask for."""

    theme: Theme
    first: int
    any: int
    now: int
    proposed: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Rooms as the wishes want them; the organiser decides."""

    people: int
    rooms: int
    fewest: int
    most: int
    smallest: int
    largest: int
    minutes: float | None
    shares: tuple[ThemeShare, ...]

    @property
    def per_room(self) -> float:
        """People in a room, on average."""
        return self.people / self.rooms if self.rooms else 0.0


def rooms_view(gathering: Gathering) -> RoomsView:
    """The rooms with their crew."""
    crew = crew_by_room(gathering)
    rooms = (
        gathering.rooms.select_related("theme").annotate(seated=Count("seats")).order_by("position", "name")
    )
    rows = tuple(RoomRow(room=room, crew=tuple(crew.get(room.id, ())), seated=room.seated) for room in rooms)
    return RoomsView(
        rows=rows,
        people=_people(gathering),
        places=sum(row.room.places_max for row in rows),
        facilitators=gathering.memberships.filter(role=Role.FACILITATOR).values("person").distinct().count(),
        without_facilitator=sum(not row.facilitators for row in rows),
        without_note_taker=sum(not row.note_takers for row in rows),
    )


def proposal_for(gathering: Gathering, *, rooms: int | None = None) -> Proposal:
    """Rooms by the wishes: how many (or as many as asked), and about which themes."""
    format_ = format_of(gathering.format_version)
    people = _people(gathering) or gathering.capacity
    bounds = rooms_for(format_, people)
    smallest, largest = room_sizes(format_)
    helpers = gathering.memberships.filter(role=Role.FACILITATOR).values("person").distinct().count()
    count = room_count(people, bounds=bounds, facilitators=helpers) if rooms is None else rooms
    themes = _theme_wishes(gathering)
    shares = shared_out(
        count, {theme.pk: wishes for theme, wishes, _now in themes}, enough=small_number(format_)
    )
    total = sum(shares.values())
    minutes = speaking_minutes(format_)
    return Proposal(
        people=people,
        rooms=total,
        fewest=bounds[0],
        most=bounds[1],
        smallest=smallest,
        largest=largest,
        minutes=minutes * total / people if minutes and total and people else None,
        shares=tuple(
            ThemeShare(theme=theme, first=wishes.first, any=wishes.any, now=now, proposed=shares[theme.pk])
            for theme, wishes, now in themes
        ),
    )


def helpers_of(gathering: Gathering, role: Role) -> list[tuple[str, str]]:
    """Who may be asked for a room: id and name, with the rooms they have already."""
    rooms: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    members = gathering.memberships.filter(role=role).select_related("person", "room")
    for member in members.order_by("person__name", "person__email"):
        names[str(member.person_id)] = str(member.person)
        if member.room is not None:
            rooms.setdefault(str(member.person_id), []).append(member.room.name)
    return [
        (who, f"{name} ({', '.join(rooms[who])})" if who in rooms else name) for who, name in names.items()
    ]


def is_spoken_in(room: Room) -> bool:
    """Whether anything that somebody said, wrote or harvested hangs on this room.

    Asked of every table that points at a room, so that a later app cannot be forgotten here.
    """
    own = (Seat, Membership)
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: room}).exists()
        for relation in Room._meta.related_objects
        if not isinstance(relation.related_model, str) and relation.related_model not in own
    )


def _people(gathering: Gathering) -> int:
    everybody = Registration.objects.filter(gathering=gathering, state=RegistrationState.CONFIRMED)
    return everybody.filter(present=True).count() if gathering.absent_give_way else everybody.count()


def _theme_wishes(gathering: Gathering) -> list[tuple[Theme, ThemeWishes, int]]:
    active = Q(wishes__registration__state__in=ACTIVE)
    themes = gathering.themes.annotate(
        wished=Count("wishes", filter=active, distinct=True),
        wished_first=Count("wishes", filter=active & Q(wishes__rank=1), distinct=True),
        room_count=Count("rooms", distinct=True),
    ).order_by("-accepted", "position", "id")
    # A theme on the organiser's own list is no longer a proposal, unless a participant thought of it.
    return [
        (theme, ThemeWishes(theme.wished_first, theme.wished, theme.proposed), theme.room_count)
        for theme in themes
    ]
