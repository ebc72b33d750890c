"""Rows of this app as an event of the library, and the library's plans as places for these rows.

With the other files of this package the only place of this app that calls ``weerklank.allocation``. Reads no database:
whoever calls brings the rows.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from uuid import UUID

from weerklank.allocation import (
    Breach,
    Conflict,
    Demand,
    Event,
    NoSeating,
    Person,
    Policy,
    Reason,
    Rule,
    allocate,
    breaches,
    diagnose,
    explain,
    plan_from_seats,
    reallocate,
)
from weerklank.allocation import Room as AllocationRoom
from weerklank.formats import Format, NameRule, Shape, StepKind
from weerklank_web.gatherings.choices import LANGUAGES, NEEDS, ROOM_FEATURES, labels_of
from weerklank_web.gatherings.models import Registration, Room, RuleKind, SeatingRule
from weerklank_web.gatherings.seating_bridge.policies import policy_of

__all__ = [
    "Board",
    "Division",
    "Impossible",
    "Place",
    "divide",
    "draw_of",
    "event_of",
    "event_with",
    "fingerprint_of",
    "known_language",
    "names_are_shared",
    "needs_in_words",
    "new_faults",
    "person_of",
    "place_arrivals",
    "place_by_hand",
    "place_of",
    "rank_in",
    "room_sizes",
    "rooms_for",
    "seat_faults",
    "speaking_minutes",
    "suited_rooms",
    "titles_of",
]

# At the door the first choice counts before everything else: nobody's mixing is worth somebody's evening.
_AT_THE_DOOR = Policy(guard=1)
_TEXTS = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that matters to who sits where. ``people`` come with their wishes and seat loaded.

    ``opened``: people are arriving. A room's minimum is a wish for the planning; at the door it turns nobody away.
    ``answers``: what the organiser said weighs more (see ``policies``).
    """

    people: tuple[Registration, ...]
    rooms: tuple[Room, ...]
    rules: tuple[SeatingRule, ...]
    opened: bool
    answers: Mapping[str, str] = field(default_factory=dict)

    def seats(self) -> dict[UUID, UUID]:
        """Person → room, of whoever has one."""
        return {
            person.id: seat.room_id
            for person in self.people
            if (seat := getattr(person, "seat", None)) is not None
        }

    def pins(self) -> dict[UUID, UUID]:
        """Who stays where they are: pinned by the organiser, or already inside."""
        seats = self.seats()
        return {
            person.id: seats[person.id]
            for person in self.people
            if person.id in seats and (person.present or person.seat.pinned)
        }


@dataclass(frozen=True, slots=True)
class Place:
    """One person's room, which wish that was, and why in words per language."""

    room: UUID
    rank: int | None
    reason: dict[str, str]


@dataclass(frozen=True, slots=True)
class Division:
    """A whole seating, with what is needed to repeat it."""

    places: dict[UUID, Place]
    plan: dict[str, object]
    fingerprint: str


class Impossible(Exception):
    """There is no seating within the hard rules; ``conflicts`` can be stored, and told with ``conflicts.told``."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        self.conflicts = [asdict(conflict) for conflict in conflicts]
        super().__init__()


# --- whole seatings --------------------------------------------------------------------------------


def draw_of(board: Board) -> str:
    """The fingerprint of people and wishes alone: while it stays the same, so does the draw."""
    return Event(tuple(person_of(one) for one in board.people), ()).fingerprint


def fingerprint_of(board: Board) -> str:
    """The fingerprint of everything that ``divide`` looks at."""
    return event_of(board).fingerprint


def event_of(board: Board) -> Event:
    """What is to be divided, as the library takes it."""
    return event_with(board, pins=board.pins())


def divide(board: Board, *, seed: int) -> Division:
    """Everybody of ``board`` gets a place; whoever is pinned or inside stays.

    :raises Impossible: demands contradict each other.
    """
    event = event_of(board)
    try:
        plan = allocate(event, policy=policy_of(board.answers), seed=seed)
    except NoSeating as refusal:
        # The first conflict is worked out to what clashes at the least, with ways out; the others as they were found.
        found = diagnose(event)
        raise Impossible(refusal.conflicts if found is None else (found, *refusal.conflicts[1:])) from refusal
    titles = titles_of(board)
    ranks = {seat.person: seat.rank for seat in plan.seats}
    places = {
        UUID(reason.person): place_of(reason, ranks[reason.person], titles=titles) for reason in plan.reasons
    }
    return Division(places=places, plan=json.loads(plan.as_json()), fingerprint=event.fingerprint)


def place_arrivals(
    board: Board, arrivals: Iterable[Registration], *, placed: Mapping[UUID, Place] | None = None
) -> dict[UUID, Place]:
    """Places for ``arrivals`` (people of ``board`` without a seat), best wish first; nobody else moves.

    Whoever sits is taken as they sit, also where a rule was changed since. ``placed`` got a place a moment ago.

    :raises Impossible: not all of them fit where they can be.
    """
    coming = {one.id for one in arrivals}
    newest = {who: place.room for who, place in (placed or {}).items()}
    seats = {who: room for who, room in (board.seats() | newest).items() if who not in coming}
    taken = Counter(seats.values())
    rooms = tuple(
        replace(_room(room, opened=True), max=max(room.places_max, taken[room.id])) for room in board.rooms
    )
    # Who sits has nothing left to decide: their own needs cannot stand in the way of somebody who comes in.
    sitting = tuple(
        replace(person_of(one), languages=frozenset(), needs=frozenset())
        for one in board.people
        if one.id in seats
    )
    newcomers = tuple(person_of(one) for one in board.people if one.id in coming)
    about = [rule for rule in board.rules if {rule.one_id, rule.other_id} & coming]
    apart, together = _pairs(about, among=seats.keys() | coming)
    ruled = Event((*sitting, *newcomers), rooms, apart=apart, together=together)
    sat = {str(who): str(room) for who, room in seats.items()}
    try:
        (calmest,) = reallocate(ruled, sat, budgets=(0,), policy=_AT_THE_DOOR)
    except NoSeating as refusal:
        raise Impossible(refusal.conflicts) from refusal
    if calmest.moves:
        raise Impossible((Conflict(Demand.MOVES, asked=calmest.moves, there=0),))
    after = calmest.plan
    titles = titles_of(board)
    ranks = {seat.person: seat.rank for seat in after.seats}
    return {
        UUID(reason.person): place_of(reason, ranks[reason.person], titles=titles)
        for reason in after.reasons
        if UUID(reason.person) in coming
    }


def place_by_hand(board: Board, person: Registration, room: Room) -> Place:
    """The place that the organiser chose, with the reason that its holder reads."""
    seats = {**board.seats(), person.id: room.id}
    event = event_with(board, people=seats.keys(), pins={person.id: room.id}, opened=True, rules=())
    plan = plan_from_seats(
        replace(
            event,
            people=tuple(replace(one, languages=frozenset(), needs=frozenset()) for one in event.people),
            rooms=tuple(replace(one, max=max(one.max, len(event.people))) for one in event.rooms),
        ),
        {str(who): str(where) for who, where in seats.items()},
    )
    reason = explain(event, plan, str(person.id))
    return place_of(reason, reason.rank, titles=titles_of(board))


# --- hard rules, in words --------------------------------------------------------------------------


def seat_faults(board: Board, *, language: str) -> list[str]:
    """Every hard rule that the seating breaks as it stands, for organisers."""
    return [_breach_in_words(board, breach, language) for breach in _breaches(board, board.seats())]


def new_faults(board: Board, changes: Mapping[UUID, UUID | None], *, language: str) -> list[str]:
    """The hard rules that would be broken by these changes and are not broken now; for organisers."""
    seats = board.seats()
    after = {who: room for who, room in {**seats, **changes}.items() if room is not None}
    known = {_mark(breach) for breach in _breaches(board, seats)}
    return [
        _breach_in_words(board, breach, language)
        for breach in _breaches(board, after)
        if _mark(breach) not in known
    ]


def rank_in(person: Registration, room: Room) -> int | None:
    """Which wish this room would be: 1 the first, None not wished for."""
    wishes = [wish.theme_id for wish in person.wishes.all()]
    return wishes.index(room.theme_id) + 1 if room.theme_id in wishes else None


def suited_rooms(board: Board, person: Registration) -> tuple[Room, ...]:
    """The rooms that have what this person needs, full or not."""
    asking = person_of(person)
    return tuple(
        room
        for room in board.rooms
        if asking.needs <= set(room.features)
        and (not asking.languages or not room.languages or asking.languages & set(room.languages))
    )


# --- what the format says --------------------------------------------------------------------------


def rooms_for(format_: Format, people: int) -> tuple[int, int]:
    """Fewest and most rooms that this many people can be divided over."""
    return format_.group.rooms_for(people)


def room_sizes(format_: Format) -> tuple[int, int]:
    """Fewest and most people in one room."""
    sub = format_.group.sub
    return (format_.group.min, format_.group.max) if sub is None else (sub.min, sub.max)


def speaking_minutes(format_: Format) -> int:
    """Minutes that a room has for talking: what is shared by everybody who sits there."""
    return sum(
        step.live_minutes
        for step in format_.steps
        if step.kind is StepKind.SPEAK and step.grouping is not None and step.grouping.shape is Shape.ROOM
    )


def names_are_shared(format_: Format) -> bool:
    """Whether the format puts names beside what is written in a room, so that its members may know each other's."""
    return any(
        step.shown.name is NameRule.ALWAYS
        for step in format_.steps
        if step.grouping is not None and step.grouping.shape is Shape.ROOM and step.writes
    )


# --- rows to the library and back ------------------------------------------------------------------


def person_of(row: Registration) -> Person:
    return Person(
        id=str(row.id),
        wishes=tuple(str(wish.theme_id) for wish in row.wishes.all()),
        layer=row.layer or None,
        organisation=" ".join(row.organisation.split()).casefold() or None,
        languages=frozenset(row.languages),
        needs=frozenset(row.needs) & frozenset(ROOM_FEATURES),
    )


def _room(row: Room, *, opened: bool) -> AllocationRoom:
    return AllocationRoom(
        id=str(row.id),
        name=row.name,
        theme=str(row.theme_id),
        min=0 if opened else min(row.places_min, row.places_max),
        max=row.places_max,
        languages=frozenset(row.languages),
        features=frozenset(row.features),
    )


def event_with(
    board: Board,
    *,
    pins: Mapping[UUID, UUID],
    people: Iterable[UUID] | None = None,
    opened: bool | None = None,
    rules: Iterable[SeatingRule] | None = None,
) -> Event:
    among = {one.id for one in board.people} if people is None else set(people)
    apart, together = _pairs(board.rules if rules is None else rules, among=among)
    return Event(
        people=tuple(person_of(one) for one in board.people if one.id in among),
        rooms=tuple(_room(one, opened=board.opened if opened is None else opened) for one in board.rooms),
        apart=apart,
        together=together,
        pins={str(who): str(room) for who, room in pins.items() if who in among},
    )


def _pairs(
    rules: Iterable[SeatingRule], *, among: Iterable[UUID]
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, ...], ...]]:
    here = set(among)
    found: dict[str, list[tuple[str, str]]] = {kind: [] for kind in RuleKind.values}
    for rule in rules:
        if rule.one_id in here and rule.other_id in here:
            found[rule.kind].append((str(rule.one_id), str(rule.other_id)))
    return tuple(found[RuleKind.APART]), tuple(found[RuleKind.TOGETHER])


def place_of(reason: Reason, rank: int | None, *, titles: Mapping[str, str]) -> Place:
    return Place(
        room=UUID(reason.room),
        rank=rank,
        reason={language: reason.text(language, titles=titles) for language in _TEXTS},
    )


def titles_of(board: Board) -> dict[str, str]:
    titles = {str(room.theme_id): room.theme.title for room in board.rooms}
    for person in board.people:
        for wish in person.wishes.all():
            titles.setdefault(str(wish.theme_id), wish.theme.title)
    return titles


def _breaches(board: Board, seats: Mapping[UUID, UUID]) -> tuple[Breach, ...]:
    """Of whoever sits. A pin is the organiser's own wish, not a rule that somebody else relies on."""
    if not seats:
        return ()
    event = event_with(board, people=seats.keys(), pins={})
    return breaches(event, {str(who): str(room) for who, room in seats.items()})


def _mark(breach: Breach) -> tuple[object, ...]:
    """A room that is too full stays the same fault when it gets fuller by a move: then it is a new one."""
    worse = breach.there if breach.rule in (Rule.LARGE, Rule.SMALL) else 0
    return breach.rule, breach.people, breach.rooms, breach.needs, worse


def _breach_in_words(board: Board, breach: Breach, language: str) -> str:
    names = {str(one.id): one.name for one in board.people}
    told = replace(
        breach,
        people=tuple(names.get(who, "?") for who in breach.people),
        needs=tuple(needs_in_words(breach.needs)),
    )
    return told.text(known_language(language))


def needs_in_words(keys: Iterable[str]) -> list[str]:
    return labels_of(keys, (*NEEDS, *LANGUAGES))


def known_language(language: str) -> str:
    short = language.split("-", maxsplit=1)[0]
    return short if short in _TEXTS else _TEXTS[0]
