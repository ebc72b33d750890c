"""Why it cannot be done: the fewest demands that already contradict each other, and the smallest ways out (W5, W6).

First the cheap tests with numbers that the search does anyway (places, Hall's condition). Then every demand of the event is
named, and left out in turn: what can be left out while it stays impossible plays no part (a deletion filter; Chinneck and
Dravnieks 1991). What remains is irreducible: without any one of it there is a seating.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from weerklank.allocation.allocating import allocate
from weerklank.allocation.board import lay_out
from weerklank.allocation.conflicts import Conflict, Demand, NoSeating, Part, PartKind, Repair, RepairKind
from weerklank.allocation.effort import Effort
from weerklank.allocation.event import Event, Policy, Room
from weerklank.allocation.start import find_start

__all__ = ["diagnose", "parts_of"]

_ONLY_RULES = Policy(guard=None, wish=0, organisation=0, layer=0, role=0, uneven=0, few_layers=0, repeat=0)
_MOST_REPAIRS = 4
_LARGEST = 25_000
_NOT_OF_SIZE = {Demand.UNSUITED, Demand.PIN, Demand.GROUP_APART, Demand.PINS_APART}


def diagnose(event: Event, *, effort: str = Effort.QUICK) -> Conflict | None:
    """What makes ``event`` impossible; None when there is a seating.

    ``minimal`` names the demands: leave out any one of them and the others can be met (``certain``: each was proven to
    play a part). ``repairs`` are the smallest changes that settle this conflict, the smallest first; ``enough`` says of
    each whether everything fits after it, or another conflict remains. Nothing is dropped by itself. Of very large events
    (more than 25,000 people times rooms) only the first test and its numbers are told.

    :param effort: how long to look in each test, as for ``allocate``.
    """
    said = _refusal(event, effort)
    if said is None:
        return None
    parts = parts_of(event)
    if said.demand is Demand.SEARCH:
        # A search that stopped proves nothing, and would stop again in every test.
        return _too_many_apart(event, parts) or said
    if len(event.people) * len(event.rooms) > _LARGEST:
        return said
    needed, certain = _irreducible(event, parts, said, effort)
    return replace(
        said, minimal=tuple(needed), certain=certain, repairs=tuple(_repairs(event, parts, needed, effort))
    )


def parts_of(event: Event) -> tuple[Part, ...]:
    """Every demand of ``event`` by name, each of which could be let go of by itself."""
    parts: list[Part] = []
    rooms = sorted(event.rooms, key=lambda room: room.id)
    for needs in sorted({person.needs for person in event.people if person.needs}, key=sorted):
        for need in sorted(needs):
            people = _ids(person.id for person in event.people if need in person.needs)
            part = Part(PartKind.NEED, people=people, needs=(need,), there=len(people))
            if part not in parts:
                parts.append(part)
    for languages in sorted({person.languages for person in event.people if person.languages}, key=sorted):
        people = _ids(person.id for person in event.people if person.languages == languages)
        parts.append(
            Part(PartKind.LANGUAGE, people=people, needs=tuple(sorted(languages)), there=len(people))
        )
    held = {**event.pins}
    for room in rooms:
        people = _ids(who for who, where in held.items() if where == room.id)
        if people:
            parts.append(Part(PartKind.PINS, room.id, room.name, people=people, there=len(people)))
    for pair in sorted({_ids(pair) for pair in event.apart}):
        parts.append(Part(PartKind.APART, people=pair))
    for group in sorted({_ids(group) for group in event.together}):
        if len(group) > 1:
            parts.append(Part(PartKind.TOGETHER, people=group))
    if event.organisation_max is not None:
        parts.append(Part(PartKind.CAP, there=event.organisation_max))
    for room in rooms:
        if room.min:
            parts.append(Part(PartKind.MINIMUM, room.id, room.name, there=room.min))
    for room in rooms:
        parts.append(Part(PartKind.PLACES, room.id, room.name, there=room.max))
    return tuple(parts)


def _irreducible(event: Event, parts: Sequence[Part], said: Conflict, effort: str) -> tuple[list[Part], bool]:
    """The demands that remain when each was left out in turn; and whether each was proven to be needed."""
    kept, certain = list(parts), True
    # What the first test did not point at goes first, so that what remains is what it counted.
    order = sorted(parts, key=lambda part: _pointed_at(part, said))
    for block in _blocks(order):
        fewer = [part for part in kept if part not in block]
        if _possible(_with(event, parts, fewer), effort) is False:
            kept = fewer
            continue
        if len(block) == 1:
            continue
        for part in block:
            fewer = [other for other in kept if other != part]
            if _possible(_with(event, parts, fewer), effort) is False:
                kept = fewer
    for part in kept:
        without = [other for other in kept if other != part]
        certain = certain and _possible(_with(event, parts, without), effort) is True
    return kept, certain


def _too_many_apart(event: Event, parts: Sequence[Part]) -> Conflict | None:
    """More people who all avoid each other than there are rooms: one too many is enough, and needs every pair."""
    foes: dict[str, set[str]] = {}
    for one, other in event.apart:
        foes.setdefault(one, set()).add(other)
        foes.setdefault(other, set()).add(one)
    rooms = len(event.rooms)
    for first in sorted(foes, key=lambda who: (-len(foes[who]), who)):
        clique = [first]
        for other in sorted(foes[first], key=lambda who: (-len(foes[who] & foes[first]), who)):
            if len(clique) <= rooms and all(other in foes[one] for one in clique):
                clique.append(other)
        if len(clique) > rooms:
            pairs = [
                part for part in parts if part.kind is PartKind.APART and set(part.people) <= set(clique)
            ]
            ways = [Repair(RepairKind.NEW_ROOM, amount=1, to=1)]
            ways += [Repair(RepairKind.APART, people=part.people, amount=1) for part in pairs]
            return Conflict(
                Demand.RULES,
                asked=len(pairs),
                there=rooms,
                people=_ids(clique),
                minimal=tuple(pairs),
                repairs=tuple(ways[:_MOST_REPAIRS]),
                certain=True,
            )
    return None


def _pointed_at(part: Part, said: Conflict) -> bool:
    if part.kind in (PartKind.PLACES, PartKind.MINIMUM):
        if said.demand in _NOT_OF_SIZE:
            return False
        return not said.rooms or part.room_name in said.rooms
    if part.kind is PartKind.CAP:
        return said.demand in (Demand.ORGANISATION, Demand.CROWDS)
    return bool(set(part.needs) & set(said.needs)) or bool(set(part.people) & set(said.people))


def _blocks(parts: Sequence[Part]) -> list[list[Part]]:
    """Neighbours of one kind: most of a kind plays no part and goes in one test."""
    blocks: list[list[Part]] = []
    for part in parts:
        if blocks and blocks[-1][0].kind is part.kind:
            blocks[-1].append(part)
        else:
            blocks.append([part])
    return blocks


def _with(event: Event, parts: Sequence[Part], kept: Iterable[Part]) -> Event:
    """``event`` with only the demands in ``kept``; whatever is no demand stays as it is."""
    held = set(kept)
    lost = [part for part in parts if part not in held]
    needs = {part.needs[0] for part in lost if part.kind is PartKind.NEED}
    languages = {part.needs for part in lost if part.kind is PartKind.LANGUAGE}
    unpinned = {who for part in lost if part.kind is PartKind.PINS for who in part.people}
    free = {kind: {part.people for part in lost if part.kind is kind} for kind in PartKind}
    small = {part.room for part in lost if part.kind is PartKind.MINIMUM}
    large = {part.room for part in lost if part.kind is PartKind.PLACES}
    everybody = len(event.people)
    return replace(
        event,
        people=tuple(
            replace(
                person,
                needs=person.needs - needs,
                languages=frozenset() if tuple(sorted(person.languages)) in languages else person.languages,
            )
            for person in event.people
        ),
        rooms=tuple(
            replace(
                room,
                min=0 if room.id in small else room.min,
                max=max(everybody, room.max) if room.id in large else room.max,
            )
            for room in event.rooms
        ),
        apart=tuple(pair for pair in event.apart if _ids(pair) not in free[PartKind.APART]),
        together=tuple(group for group in event.together if _ids(group) not in free[PartKind.TOGETHER]),
        pins={who: room for who, room in event.pins.items() if who not in unpinned},
        organisation_max=None if any(part.kind is PartKind.CAP for part in lost) else event.organisation_max,
    )


def _refusal(event: Event, effort: str) -> Conflict | None:
    """The first conflict that the search meets; None when it finds a seating."""
    try:
        if event.rounds > 1 or event.organisation_max is not None:
            allocate(event, policy=_ONLY_RULES, seed=0, effort=effort)
        else:
            find_start(lay_out(event, policy=_ONLY_RULES, seed=0), budget=Effort(effort).branches)
    except NoSeating as refusal:
        return refusal.conflicts[0]
    return None


def _possible(event: Event, effort: str) -> bool | None:
    """Whether there is a seating; None when the search stopped before it knew."""
    said = _refusal(event, effort)
    if said is None:
        return True
    return None if said.demand is Demand.SEARCH else False


# --- ways out --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Try:
    """A kind of change: ``done(event, amount)`` makes it, from 1 to ``most``."""

    repair: Repair
    most: int
    done: Callable[[Event, int], Event]


def _repairs(event: Event, parts: Sequence[Part], needed: Sequence[Part], effort: str) -> list[Repair]:
    core = _with(event, parts, needed)
    found = []
    for one in _tries(core, needed):
        amount = _smallest(core, one, effort)
        if amount is not None:
            enough = _possible(one.done(event, amount), effort) is True
            found.append(
                replace(one.repair, amount=amount, to=one.repair.to + amount * _sign(one), enough=enough)
            )
    return _best_of_each_kind(found)


def _best_of_each_kind(found: Iterable[Repair]) -> list[Repair]:
    """The smallest of every kind, and then the next of each, up to as many as one wants to read."""
    kinds = list(RepairKind)
    ordered = sorted(
        found,
        key=lambda repair: (not repair.enough, kinds.index(repair.kind), repair.amount, repair.room_name),
    )
    turn = dict.fromkeys(kinds, 0)
    ranked = []
    for repair in ordered:
        ranked.append((turn[repair.kind], repair))
        turn[repair.kind] += 1
    return [repair for _turn, repair in sorted(ranked, key=lambda pair: pair[0])[:_MOST_REPAIRS]]


def _sign(one: _Try) -> int:
    return -1 if one.repair.kind is RepairKind.MINIMUM else 1


def _smallest(event: Event, one: _Try, effort: str) -> int | None:
    """The least amount after which the conflict is gone, by halving: more never hurts."""
    if one.most < 1 or _possible(one.done(event, one.most), effort) is not True:
        return None
    low, high = 1, one.most
    while low < high:
        middle = (low + high) // 2
        if _possible(one.done(event, middle), effort) is True:
            high = middle
        else:
            low = middle + 1
    return low


def _tries(event: Event, needed: Sequence[Part]) -> list[_Try]:
    tries: list[_Try] = []
    for part in needed:
        tries += _tries_for(event, part)
    if any(part.kind is PartKind.PLACES for part in needed) or not event.rooms:
        most = len(event.people)
        tries.append(_Try(Repair(RepairKind.NEW_ROOM), most, _with_new_room))
    return tries


def _tries_for(event: Event, part: Part) -> list[_Try]:
    room = next((room for room in event.rooms if room.id == part.room), None)
    if part.kind is PartKind.PLACES and room is not None:
        repair = Repair(RepairKind.PLACES, room.id, room.name, to=room.max)
        return [_Try(repair, len(event.people), lambda e, by: _resized(e, room, larger=by))]
    if part.kind is PartKind.MINIMUM and room is not None:
        repair = Repair(RepairKind.MINIMUM, room.id, room.name, to=room.min)
        return [_Try(repair, room.min, lambda e, by: _resized(e, room, smaller=by))]
    if part.kind in (PartKind.NEED, PartKind.LANGUAGE):
        return [_equipped(other, part) for other in event.rooms if _lacks(other, part)]
    if part.kind in (PartKind.APART, PartKind.TOGETHER):
        kind = RepairKind.APART if part.kind is PartKind.APART else RepairKind.TOGETHER
        return [_Try(Repair(kind, people=part.people), 1, lambda e, _by: _with(e, [part], []))]
    if part.kind is PartKind.PINS:
        return [
            _Try(
                Repair(RepairKind.UNPIN, part.room, part.room_name, people=(who,)),
                1,
                lambda e, _by, who=who: _unpinned(e, who),  # type: ignore[misc]
            )
            for who in part.people
        ]
    if part.kind is PartKind.CAP and event.organisation_max is not None:
        repair = Repair(RepairKind.CAP, to=event.organisation_max)
        return [_Try(repair, len(event.people), _with_cap)]
    return []


def _lacks(room: Room, part: Part) -> bool:
    if part.kind is PartKind.NEED:
        return not set(part.needs) <= room.features
    return bool(room.languages) and room.languages.isdisjoint(part.needs)


def _equipped(room: Room, part: Part) -> _Try:
    """The room gets what is needed there; of several languages that would do, the first."""
    need = part.needs[:1]
    kind = RepairKind.FEATURE if part.kind is PartKind.NEED else RepairKind.LANGUAGE

    def done(event: Event, _amount: int) -> Event:
        return replace(
            event,
            rooms=tuple(
                other
                if other.id != room.id
                else replace(other, features=other.features | set(need))
                if part.kind is PartKind.NEED
                else replace(other, languages=other.languages | set(need))
                for other in event.rooms
            ),
        )

    return _Try(Repair(kind, room.id, room.name, needs=need), 1, done)


def _resized(event: Event, room: Room, *, larger: int = 0, smaller: int = 0) -> Event:
    return replace(
        event,
        rooms=tuple(
            replace(other, max=other.max + larger, min=other.min - smaller) if other.id == room.id else other
            for other in event.rooms
        ),
    )


def _unpinned(event: Event, who: str) -> Event:
    return replace(event, pins={one: room for one, room in event.pins.items() if one != who})


def _with_cap(event: Event, by: int) -> Event:
    return replace(event, organisation_max=(event.organisation_max or 0) + by)


def _with_new_room(event: Event, places: int) -> Event:
    """One more room that has everything; about a theme of its own, which costs no rule."""
    everything = frozenset(need for person in event.people for need in person.needs)
    taken = {room.id for room in event.rooms}
    name = "+"
    while name in taken:
        name += "+"
    room = Room(name, name, name, 0, places, features=everything)
    return replace(event, rooms=(*event.rooms, room))


def _ids(people: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(people)))
