"""What a change of seats would bring, before anybody makes it: who gains, who loses, which rule would break (W6).

Everything is a difference between two seatings, counted anew from the event. For organisers, except
:meth:`Effect.own_text`: that tells a person about themselves only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb

from weerklank.allocation.board import suits
from weerklank.allocation.checking import Breach, Rule, breaches
from weerklank.allocation.event import Event, Meetings, Person, Policy, Room
from weerklank.allocation.plan import Plan, Unit
from weerklank.allocation.refusals import because
from weerklank.allocation.wording import change_in_words, effect_words, rank_in_words, room_in_words

__all__ = [
    "Change",
    "Effect",
    "RoomReason",
    "Step",
    "explain_room",
    "swap_options",
    "weigh",
    "what_if",
]

_UNWISHED = 20  # at least this many steps for a theme nobody asked for, as everywhere in this package
_UNITS = {
    "wish": Unit.STEPS,
    "organisation": Unit.PAIRS,
    "layer": Unit.PAIRS,
    "role": Unit.PAIRS,
    "uneven": Unit.PAIRS,
    "few_layers": Unit.LAYERS,
    "repeat": Unit.MEETINGS,
}
_OWN_RULES = {Rule.LANGUAGE, Rule.NEEDS, Rule.PIN}

Seats = Plan | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One term that rises (worse) or falls (better) by ``by``, in ``unit``."""

    name: str
    by: int
    unit: Unit
    weight: int

    def text(self, language: str = "nl") -> str:
        """The change in a few words, as a facilitator would count it."""
        return change_in_words(self.name, self.by, language=language)


@dataclass(frozen=True, slots=True)
class Step:
    """One person from one room to another. ``start`` is None for who had no room.

    :param before: which wish the old room was; ``after``: which the new one is; None is none of them.
    :param wished: the person gave a preference at all.
    """

    person: str
    start: str | None
    to: str
    before: int | None
    after: int | None
    wished: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What these steps together would bring.

    :param changes: terms that change, except the wishes: those stand with each step.
    :param broken: hard rules that would be broken and are not broken now; for organisers, they may name needs.
    :param score: by how much the weighted sum would rise; below nought is better.
    """

    steps: tuple[Step, ...]
    changes: tuple[Change, ...]
    broken: tuple[Breach, ...]
    score: int

    @property
    def allowed(self) -> bool:
        """No hard rule would break."""
        return not self.broken

    def text(
        self, language: str = "nl", *, names: Mapping[str, str] | None = None, named: bool = True
    ) -> str:
        """The price for the organiser: per person which wish it becomes, then the mix, or what forbids it.

        :param named: say who; else only what, where the reader knows about whom it is.
        """
        if self.broken:
            return " ".join(breach.text(language) for breach in self.broken)
        words, known = effect_words(language), names or {}
        wishes = [(step.person, _wish_change(step, language=language)) for step in self.steps]
        told = [
            words["step"].format(name=known.get(who, who), wish=wish)
            if named
            else f"{wish[:1].upper()}{wish[1:]}."
            for who, wish in wishes
        ]
        mixed = ", ".join(change.text(language) for change in self.changes)
        return " ".join([*told, words["mix"].format(changes=mixed) if mixed else words["same-mix"]])

    def own_text(self, person: str, language: str = "nl") -> str:
        """What ``person`` may know about going there alone: their wish, their needs, whether the room is full.

        A rule about other people is «een regel van de organisator», whatever rule it is.
        """
        words = effect_words(language)
        step = next((step for step in self.steps if step.person == person), None)
        if step is None:
            raise because.bad_input("not-moving", person=person)
        wish = words["own-wish"].format(wish=rank_in_words(step.after, step.wished, language=language))
        rules = {breach.rule for breach in self.broken}
        mine = any(breach.rule in _OWN_RULES and person in breach.people for breach in self.broken)
        if mine:
            return f"{wish} {words['own-needs']}"
        if Rule.LARGE in rules:
            return f"{wish} {words['own-full']}"
        return f"{wish} {words['own-rule'] if rules else words['own-possible']}"


@dataclass(frozen=True, slots=True)
class RoomReason:
    """Why a room is as it is, in counts; for organisers.

    :param asked: people who put its theme first; ``ranks``: how many sit there by first, second, … wish.
    :param unwished: people there who did not ask for it; ``no_wish``: who gave no preference.
    """

    room: str
    name: str
    theme: str
    people: int
    least: int
    places: int
    asked: int
    ranks: tuple[int, ...]
    unwished: int
    no_wish: int
    layers: int
    colleagues: int

    def text(self, language: str = "nl", *, titles: Mapping[str, str] | None = None) -> str:
        """Two or three sentences."""
        theme = (titles or {}).get(self.theme, self.theme)
        got = [(rank, count) for rank, count in enumerate(self.ranks, start=1) if count]
        return room_in_words(
            language=language,
            room=self.name,
            theme=theme,
            people=self.people,
            places=self.places,
            asked=self.asked,
            ranks=got,
            unwished=self.unwished,
            layers=self.layers,
            colleagues=self.colleagues,
        )


def what_if(
    event: Event, plan: Seats, person: str, room: str, *, policy: Policy | None = None, turn: int = 1
) -> Effect:
    """What it would bring to put ``person`` in ``room``, everybody else staying.

    :param plan: a plan, or person → room. ``policy``: the weights; by default those of the plan.
    :param turn: in which round.
    :raises BadInput: an unknown person or room.
    """
    return weigh(event, plan, {person: room}, policy=policy, turn=turn)


def swap_options(
    event: Event,
    plan: Seats,
    person: str,
    *,
    room: str | None = None,
    most: int = 5,
    policy: Policy | None = None,
    turn: int = 1,
) -> tuple[Effect, ...]:
    """With whom ``person`` could change places without breaking a rule, the best for everybody together first.

    :param room: only with people in this room. Pinned people are left where they are.
    :param most: how many to give.
    """
    seats = _seats(plan, turn)
    people, rooms = {one.id: one for one in event.people}, {one.id: one for one in event.rooms}
    pinned = event.pinned(turn)
    if person not in people or seats.get(person) not in rooms:
        raise because.bad_input("unseated", person=person)
    here = seats[person]
    found = []
    for other, there in sorted(seats.items()):
        if there == here or other in pinned or (room is not None and there != room):
            continue
        if not suits(people[person], rooms[there]) or not suits(people[other], rooms[here]):
            continue
        effect = weigh(event, plan, {person: there, other: here}, policy=policy, turn=turn)
        if effect.allowed:
            found.append(effect)
    found.sort(key=lambda effect: (effect.score, tuple(step.person for step in effect.steps)))
    return tuple(found[:most])


def weigh(
    event: Event, plan: Seats, moves: Mapping[str, str], *, policy: Policy | None = None, turn: int = 1
) -> Effect:
    """What it would bring to give each person of ``moves`` the room that stands there, all at once, in round ``turn``.

    Whoever has no seat yet may be among them. Only rooms that change are counted.
    """
    used = policy if policy is not None else plan.audit.policy if isinstance(plan, Plan) else Policy()
    seats, elsewhere = _seats(plan, turn), _met(plan, turn)
    people, rooms = {one.id: one for one in event.people}, {one.id: one for one in event.rooms}
    for who, room in moves.items():
        if who not in people or room not in rooms:
            raise because.bad_input("no-move", person=who, room=room)
    after = {**seats, **moves}
    touched = {room for who in moves for room in (seats.get(who), moves[who]) if room in rooms}
    was, becomes = (_amounts(event, each, touched, used, elsewhere) for each in (seats, after))
    changes = []
    for name, unit in _UNITS.items():
        by = becomes[name] - was[name]
        if by:
            changes.append(Change(name, by, unit, getattr(used, name)))
    return Effect(
        steps=tuple(_step(people[who], seats.get(who), room, rooms) for who, room in sorted(moves.items())),
        changes=tuple(change for change in changes if change.name != "wish"),
        broken=_newly_broken(event, seats, after, turn),
        score=sum(change.by * change.weight for change in changes),
    )


def explain_room(event: Event, plan: Seats, room: str, *, turn: int = 1) -> RoomReason:
    """Who came to sit in ``room`` and how wanted it was, in counts.

    :raises BadInput: the event has no such room.
    """
    asked = next((one for one in event.rooms if one.id == room), None)
    if asked is None:
        raise because.bad_input("no-room", room=room)
    seats = _seats(plan, turn)
    inside = [one for one in event.people if seats.get(one.id) == room]
    ranks = Counter(_rank(one, asked) for one in inside if one.wishes)
    longest = max((rank for rank in ranks if rank is not None), default=0)
    return RoomReason(
        room=room,
        name=asked.name,
        theme=asked.theme,
        people=len(inside),
        least=asked.min,
        places=asked.max,
        asked=sum(one.wishes[:1] == (asked.theme,) for one in event.people),
        ranks=tuple(ranks[rank] for rank in range(1, longest + 1)),
        unwished=ranks[None],
        no_wish=sum(not one.wishes for one in inside),
        layers=len({one.layer for one in inside} - {None}),
        colleagues=_pairs(one.organisation for one in inside),
    )


def _seats(plan: Seats, turn: int) -> dict[str, str]:
    return plan.rooms_of(turn) if isinstance(plan, Plan) else dict(plan)


def _met(plan: Seats, turn: int) -> Meetings:
    """Who meets whom in the other rounds of the plan."""
    if not isinstance(plan, Plan) or plan.rounds == 1:
        return Meetings()
    return replace(plan, seats=tuple(seat for seat in plan.seats if seat.round != turn)).meetings()


def _step(person: Person, start: str | None, to: str, rooms: Mapping[str, Room]) -> Step:
    left = rooms.get(start) if start is not None else None
    return Step(
        person.id,
        start,
        to,
        before=None if left is None else _rank(person, left),
        after=_rank(person, rooms[to]),
        wished=bool(person.wishes),
    )


def _rank(person: Person, room: Room) -> int | None:
    return person.wishes.index(room.theme) + 1 if room.theme in person.wishes else None


def _wish_change(step: Step, *, language: str) -> str:
    words = effect_words(language)
    after = rank_in_words(step.after, step.wished, language=language)
    if step.start is None or (step.before == step.after):
        return words["becomes" if step.start is None else "stays"].format(after=after)
    before = rank_in_words(step.before, step.wished, language=language)
    return words["was-becomes"].format(before=before, after=after)


def _newly_broken(
    event: Event, before: Mapping[str, str], after: Mapping[str, str], turn: int
) -> tuple[Breach, ...]:
    """What ``after`` breaks beyond ``before``. Who has no seat is not counted: only those who sit can break a rule."""
    known = {_mark(breach) for breach in breaches(_of(event, before, turn), before)} if before else set()
    return tuple(breach for breach in breaches(_of(event, after, turn), after) if _mark(breach) not in known)


def _of(event: Event, seats: Mapping[str, str], turn: int) -> Event:
    """The round as an event of those who sit."""
    return replace(
        event,
        people=tuple(one for one in event.people if one.id in seats),
        apart=tuple(pair for pair in event.apart if set(pair) <= seats.keys()),
        together=tuple(tuple(one for one in group if one in seats) for group in event.together),
        pins={who: room for who, room in event.pinned(turn).items() if who in seats},
        pins_in={},
        rounds=1,
    )


def _mark(breach: Breach) -> tuple[object, ...]:
    """A room that is too full stays the same fault until it gets fuller: then it is a new one."""
    worse = breach.there if breach.rule in (Rule.LARGE, Rule.SMALL) else 0
    return breach.rule, breach.people, breach.rooms, breach.needs, worse


def _amounts(
    event: Event, seats: Mapping[str, str], touched: Iterable[str], policy: Policy, met: Meetings
) -> dict[str, int]:
    """The terms over the rooms in ``touched``; the rest of the event is the same in both."""
    inside: dict[str, list[Person]] = {room: [] for room in touched}
    themes = {room.id: room for room in event.rooms}
    longest = max([1, *(len(one.wishes) for one in event.people)])
    nothing = max(_UNWISHED, longest * (longest + 1) // 2)
    for one in event.people:
        if (room := seats.get(one.id)) in inside and room is not None:
            inside[room].append(one)
    wanted = min(policy.layers_wanted, len({one.layer for one in event.people} - {None}))
    amounts = Counter(dict.fromkeys(_UNITS, 0))
    for room, members in inside.items():
        for one in members:
            rank = _rank(one, themes[room])
            amounts["wish"] += 0 if not one.wishes else nothing if rank is None else rank * (rank - 1) // 2
        amounts["organisation"] += _pairs(one.organisation for one in members)
        amounts["layer"] += _pairs(one.layer for one in members)
        amounts["role"] += _pairs(one.role for one in members)
        amounts["uneven"] += comb(len(members), 2)
        amounts["few_layers"] += max(0, wanted - len({one.layer for one in members} - {None}))
        if met.counts:
            pairs = combinations(sorted(one.id for one in members), 2)
            amounts["repeat"] += sum(met.counts.get(pair, 0) for pair in pairs)
    return dict(amounts)


def _pairs(values: Iterable[str | None]) -> int:
    return sum(comb(count, 2) for value, count in Counter(values).items() if value is not None)
