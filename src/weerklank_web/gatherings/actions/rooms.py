"""Rooms: adding, describing, removing them, and who helps where (W6, W7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from weerklank_web.accounts.models import Person
from weerklank_web.formats.bridge import format_of
from weerklank_web.gatherings.actions.arrivals import seat_whoever_waits
from weerklank_web.gatherings.actions.places import locked
from weerklank_web.gatherings.actions.themes import accept_theme
from weerklank_web.gatherings.choices import ROOM_FEATURES
from weerklank_web.gatherings.models import Gathering, Membership, Role, Room, Seat, Theme
from weerklank_web.gatherings.queries.rooms import is_spoken_in
from weerklank_web.gatherings.seating_bridge import rank_in, room_sizes
from weerklank_web.groundwork import journal
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.live import ring

__all__ = ["RoomWords", "add_room", "assign_crew", "change_room", "make_rooms", "remove_room"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomWords:
    """What a room is."""

    name: str
    theme: Theme
    places_min: int
    places_max: int
    place: str = ""
    video_link: str = ""
    languages: Sequence[str] = ()
    features: Sequence[str] = ()

    def columns(self) -> dict[str, object]:
        """As the table holds it; only what a room can have."""
        return {
            "name": self.name.strip(),
            "theme": self.theme,
            "places_min": self.places_min,
            "places_max": self.places_max,
            "place": self.place.strip(),
            "video_link": self.video_link,
            "languages": list(self.languages),
            "features": [key for key in ROOM_FEATURES if key in self.features],
        }


@transaction.atomic
def add_room(gathering: Gathering, words: RoomWords, *, by: Person) -> Room:
    """One more room; whoever waits at the door for a place gets one at once.

    :raises NotNow: when there is one with this name.
    """
    gathering = locked(gathering.id)
    _name_is_free(gathering, words.name)
    room = Room.objects.create(gathering=gathering, position=_next_position(gathering), **words.columns())
    _tell("room.added", gathering, by=by, subject=room.name)
    seat_whoever_waits(gathering)
    return room


@transaction.atomic
def change_room(room: Room, words: RoomWords, *, by: Person) -> Room:
    """Describe it anew. Whoever sits there stays; a rule that no longer holds shows with the seating.

    :raises NotNow: for a name that is taken, or another theme once something was said there.
    """
    gathering = locked(room.gathering_id)
    _name_is_free(gathering, words.name, but=room)
    if words.theme.pk != room.theme_id and is_spoken_in(room):
        raise NotNow(
            _("In deze kamer is al gesproken over dit thema. Maak voor een ander thema een nieuwe kamer.")
        )
    other_theme = words.theme.pk != room.theme_id
    columns = words.columns()
    for name, value in columns.items():
        setattr(room, name, value)
    room.save(update_fields=list(columns))
    if other_theme:
        _rank_again(room)
    _tell("room.changed", gathering, by=by, subject=room.name)
    seat_whoever_waits(gathering)
    return room


@transaction.atomic
def remove_room(room: Room, *, by: Person) -> int:
    """Take it away; returns how many people lose their seat by that.

    :raises NotNow: when something was said there, or people who are inside sit there.
    """
    gathering = locked(room.gathering_id)
    if is_spoken_in(room):
        raise NotNow(_("In deze kamer is al iets gezegd. Dat blijft staan, en dus blijft de kamer ook."))
    seats = Seat.objects.filter(room=room)
    if seats.filter(registration__present=True).exists():
        raise NotNow(_("In deze kamer zitten mensen die er al zijn. Verplaats hen eerst."))
    homeless, name = seats.count(), room.name
    room.delete()
    _tell("room.removed", gathering, by=by, subject=name)
    return homeless


@transaction.atomic
def make_rooms(gathering: Gathering, wanted: Mapping[int, int], *, by: Person) -> list[Room]:
    """As many rooms per theme as wanted, in the sizes of the format; what there is already stays.

    A theme that a participant proposed and that gets a room is on the list from then on.
    """
    gathering = locked(gathering.id)
    smallest, largest = room_sizes(format_of(gathering.format_version))
    taken = set(gathering.rooms.values_list("name", flat=True))
    position = _next_position(gathering)
    made: list[Room] = []
    for theme in gathering.themes.filter(pk__in=wanted).order_by("position", "id"):
        missing = wanted[theme.pk] - theme.rooms.count()
        if missing > 0 and not theme.accepted:
            accept_theme(theme, by=by)
        for _one in range(max(0, missing)):
            name = _free_name(taken)
            taken.add(name)
            made.append(
                Room(
                    gathering=gathering,
                    theme=theme,
                    name=name,
                    places_min=smallest,
                    places_max=largest,
                    position=position + len(made),
                )
            )
    Room.objects.bulk_create(made)
    if made:
        _tell("room.made", gathering, by=by, subject=str(len(made)))
        seat_whoever_waits(gathering)
    return made


@transaction.atomic
def assign_crew(room: Room, *, role: Role, person: Person | None, by: Person) -> None:
    """Who leads or notes in this room (None: nobody). One person may have several rooms.

    :raises NotNow: for somebody without this role in the gathering.
    """
    gathering = locked(room.gathering_id)
    if person is not None:
        theirs = gathering.memberships.filter(role=role, person=person)
        if not theirs.exists():
            raise NotNow(_("Nodig deze persoon eerst uit voor het team."))
    for member in gathering.memberships.filter(role=role, room=room).exclude(person=person):
        _let_go(member)
    if person is not None and not theirs.filter(room=room).exists():
        free = theirs.filter(room__isnull=True).first()
        if free is None:
            Membership.objects.create(gathering=gathering, person=person, role=role, room=room)
        else:
            free.room = room
            free.save(update_fields=["room"])
    _tell("room.crew", gathering, by=by, subject=f"{room.name}: {person or '-'} ({role})")


def _let_go(member: Membership) -> None:
    """The role stays, without this room; never two lines for nothing."""
    others = Membership.objects.filter(
        gathering_id=member.gathering_id, person_id=member.person_id, role=member.role
    ).exclude(pk=member.pk)
    if others.exists():
        member.delete()
    else:
        member.room = None
        member.save(update_fields=["room"])


def _rank_again(room: Room) -> None:
    for seat in Seat.objects.filter(room=room).select_related("registration"):
        seat.rank = rank_in(seat.registration, room)
        seat.reason = {}
        seat.save(update_fields=["rank", "reason"])


def _name_is_free(gathering: Gathering, name: str, *, but: Room | None = None) -> None:
    others = gathering.rooms.filter(name__iexact=name.strip())
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise NotNow(_("Er is al een kamer met deze naam."), code="double")


def _free_name(taken: set[str]) -> str:
    names = (_("Kamer %(number)d") % {"number": number} for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _next_position(gathering: Gathering) -> int:
    highest = gathering.rooms.aggregate(most=Max("position"))["most"]
    return 0 if highest is None else highest + 1


def _tell(verb: str, gathering: Gathering, *, by: Person, subject: str) -> None:
    journal.write(verb, gathering=gathering.id, by=str(by), subject=subject[:200])
    ring(f"gathering/{gathering.id}")
