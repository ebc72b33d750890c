"""Why am I in this room? Told from one's own data and what everybody may know, and from nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from weerklank.allocation.board import suits
from weerklank.allocation.event import Event, Person, Room
from weerklank.allocation.refusals import because
from weerklank.allocation.wording import seat_in_words, why_in_words

__all__ = ["Reason", "WhyNot", "reason_for", "reasons_for"]


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
    round: int = 1

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
    asking = next((one for one in event.people if one.id == person), None)
    if asking is None or seats.get(person) not in {room.id for room in event.rooms}:
        raise because.bad_input("unseated", person=person)
    return _reason(event, seats, asking, known=_Known.of(event, seats))


def reasons_for(
    event: Event,
    seats: Mapping[str, str],
    *,
    turn: int = 1,
    elsewhere: Mapping[str, frozenset[str]] | None = None,
) -> tuple[Reason, ...]:
    """The reasons of everybody in round ``turn``, in the order of ids; each as :func:`reason_for` gives it.

    :param elsewhere: person → themes of their other rounds. Who has their first choice in another round reads
        no reason for not having it in this one.
    """
    known = _Known.of(event, seats)
    had = elsewhere or {}
    people = sorted(event.people, key=lambda person: person.id)
    return tuple(
        _reason(event, seats, one, known=known, turn=turn, had=had.get(one.id, frozenset())) for one in people
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What everybody may know: the rooms, how many sit in each, and how many put each theme first."""

    rooms: dict[str, Room]
    about: dict[str, tuple[Room, ...]]
    taken: Counter[str]
    wanted: Counter[str]

    @classmethod
    def of(cls, event: Event, seats: Mapping[str, str]) -> _Known:
        about: dict[str, tuple[Room, ...]] = {}
        for room in event.rooms:
            about[room.theme] = (*about.get(room.theme, ()), room)
        return cls(
            rooms={room.id: room for room in event.rooms},
            about=about,
            taken=Counter(seats.values()),
            wanted=Counter(person.wishes[0] for person in event.people if person.wishes),
        )


def _reason(
    event: Event,
    seats: Mapping[str, str],
    asking: Person,
    *,
    known: _Known,
    turn: int = 1,
    had: frozenset[str] = frozenset(),
) -> Reason:
    room = known.rooms[seats[asking.id]]
    rank = asking.wishes.index(room.theme) + 1 if room.theme in asking.wishes else None
    plain = Reason(asking.id, room.id, room.name, room.theme, rank, bool(asking.wishes), round=turn)
    if rank == 1 or not asking.wishes or asking.wishes[0] in had:
        return plain
    first = asking.wishes[0]
    about = known.about.get(first, ())
    open_to = [other for other in about if suits(asking, other)]
    places = sum(other.max for other in open_to)
    taken = sum(known.taken[other.id] for other in open_to)
    if not about:
        why = WhyNot.NO_ROOM
    elif asking.id in event.pinned(turn):
        why = WhyNot.PINNED
    elif not open_to:
        why = WhyNot.OWN_NEEDS
    elif taken < places:
        why = WhyNot.BALANCE
    else:
        why = WhyNot.FULL_MANY if known.wanted[first] > places else WhyNot.FULL
    return replace(plain, first=first, why=why, places=places)
