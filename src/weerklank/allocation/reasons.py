"""Why am I in this room? Told from one's own data and what everybody may know, and from nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from weerklank.allocation.board import suits
from weerklank.allocation.event import Event
from weerklank.allocation.wording import seat_in_words, why_in_words
from weerklank.errors import BadInput

__all__ = ["Reason", "WhyNot", "reason_for"]


class WhyNot(StrEnum):
    """Why somebody did not get their first choice.

    ``BALANCE`` covers mixing, sizes *and* rules about other people on purpose: a word of its own for
    those rules would tell that there is one.
    """

    NO_ROOM = "no-room"
    OWN_NEEDS = "own-needs"
    PINNED = "pinned"
    FULL = "full"
    FULL_MANY = "full-many"
    BALANCE = "balance"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why ``person`` sits in ``room``; for that person's eyes, because ``OWN_NEEDS`` tells of a need.

    :param rank: 1 the first choice; None: not asked for.
    :param wished: the person gave a preference at all.
    :param first: the first choice when it was not given, else None.
    :param places: places at the first choice that suit the person.
    """

    person: str
    room: str
    room_name: str
    theme: str
    rank: int | None
    wished: bool
    first: str | None = None
    why: WhyNot | None = None
    places: int = 0

    def text(self, language: str = "nl", *, titles: Mapping[str, str] | None = None) -> str:
        """One or two sentences. ``titles``: theme → the title people see, where that differs."""
        shown = titles or {}
        kind = "no-wish" if not self.wished else "unwished" if self.rank is None else "wished"
        theme = shown.get(self.theme, self.theme)
        seat = seat_in_words(kind, room=self.room_name, theme=theme, rank=self.rank, language=language)
        if self.why is None or self.first is None:
            return seat
        first = shown.get(self.first, self.first)
        return f"{seat} {why_in_words(self.why, first=first, places=self.places, language=language)}"


def reason_for(event: Event, seats: Mapping[str, str], person: str) -> Reason:
    """Why ``person`` sits where ``seats`` (person → room) says.

    Uses only: the person's own record and pin, the rooms, how many sit in each, and how many put a theme first. So it is
    the same whatever other people need and whoever must be kept apart from or together with whom.
    """
    rooms = {room.id: room for room in event.rooms}
    asking = next((one for one in event.people if one.id == person), None)
    if asking is None or seats.get(person) not in rooms:
        raise BadInput(f"«{person}» heeft in deze indeling geen plek.")
    room = rooms[seats[person]]
    rank = asking.wishes.index(room.theme) + 1 if room.theme in asking.wishes else None
    plain = Reason(person, room.id, room.name, room.theme, rank, bool(asking.wishes))
    if rank == 1 or not asking.wishes:
        return plain
    first = asking.wishes[0]
    about = [other for other in event.rooms if other.theme == first]
    open_to = [other for other in about if suits(asking, other)]
    places = sum(other.max for other in open_to)
    taken = sum(room_id in {other.id for other in open_to} for room_id in seats.values())
    wanted = sum(other.wishes[:1] == (first,) for other in event.people)
    if not about:
        why = WhyNot.NO_ROOM
    elif person in event.pins:
        why = WhyNot.PINNED
    elif not open_to:
        why = WhyNot.OWN_NEEDS
    elif taken < places:
        why = WhyNot.BALANCE
    else:
        why = WhyNot.FULL_MANY if wanted > places else WhyNot.FULL
    return Reason(
        person, room.id, room.name, room.theme, rank, wished=True, first=first, why=why, places=places
    )
