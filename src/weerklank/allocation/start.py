"""The first seating: every hard rule kept, and the worst-off as well off as can be.

Without groups and apart pairs the cheapest flow is the leximin optimum: fewest people without a wish, then fewest with
the last choice, and so on. A group that the flow tears apart, or an apart pair that it joins, is settled by
branching (in this room, or not in this room); every branch only bars people from rooms, so its flow bounds
what lies below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from weerklank.allocation.board import Board
from weerklank.allocation.conflicts import Conflict, Demand, NoSeating
from weerklank.allocation.flow import Flow

__all__ = ["Start", "find_start"]


@dataclass(frozen=True, slots=True)
class Start:
    """A first seating.

    :param proven: no seating treats the worst-off better; else the branches were not all tried.
    :param moved: people who had a room and got another.
    """

    seats: tuple[int, ...]
    proven: bool
    branches: int
    moved: int = 0


def find_start(board: Board, *, budget: int, kept: Sequence[int | None] | None = None) -> Start:
    """Seat everybody, leximin over the floor of the policy, trying at most ``budget`` branches.

    :param kept: per person the room they already have (None: no room yet). Then first as few people as can be move.
    :raises NoSeating: it cannot be done, or (demand ``search``) nothing was found within the budget.
    """
    root, unit, step = _flow(board, kept)
    best, branches, done = _branch(board, root, unit, budget)
    if best is None:
        if not done:
            raise NoSeating((Conflict(Demand.SEARCH, asked=branches),))
        raise NoSeating((_clashing(board, budget),))
    return Start(tuple(best.seats), done, branches, best.cost(unit=step))


def frozen_from(board: Board) -> int | None:
    """The mildest level that the floor guards, or None."""
    guard = board.policy.guard
    return None if guard is None else min(guard, board.unwished)


def _flow(board: Board, kept: Sequence[int | None] | None) -> tuple[Flow, int, int]:
    """Everybody inserted; with the unit of what the floor counts, and that of one move."""
    many = len(board.people) + 1
    least = many * many  # above the sum of squares of room sizes
    top = least * many**board.unwished
    barred = top * many**3
    costs = []
    price = [0, *(least * many**level for level in range(board.unwished))]
    for person, levels in enumerate(board.level):
        row = [barred] * len(board.rooms)
        for room in board.allowed[person]:
            row[room] = price[levels[board.theme[room]]]
            here = kept[person] if kept is not None else None
            if here is not None:
                row[room] = 0 if room == here else top
        costs.append(row)
    flow = Flow(
        costs,
        low=[room.min for room in board.rooms],
        high=[room.max for room in board.rooms],
        reward=top * many,
        barred=barred,
    )
    for person in range(len(board.people)):
        if not flow.insert(person):
            raise NoSeating((_crowded(board, flow.reachable(person)),))
    if short := flow.short():
        raise NoSeating((_empty(board, flow.feeding(short[0])),))
    frozen = frozen_from(board)
    unit = top if frozen is None else least * many ** (frozen - 1)
    return flow, unit, top


def _branch(board: Board, root: Flow, unit: int, budget: int) -> tuple[Flow | None, int, bool]:
    """Depth first; the best flow that keeps groups and apart pairs, the branches tried, and whether that was all."""
    mates: list[tuple[int, ...]] = [(person,) for person in range(len(board.people))]
    for group in board.groups:
        for member in group:
            mates[member] = group
    best: Flow | None = None
    stack = [root] if _follow(board, root, mates) else []
    branches = 0
    while stack:
        if branches >= budget:
            return best, branches, False
        flow = stack.pop()
        branches += 1
        if flow.short() or (best is not None and flow.cost(unit=unit) >= best.cost(unit=unit)):
            continue
        broken = _broken(board, flow)
        if broken:
            stack.extend(_children(board, flow, broken, mates))
        else:
            best = flow
    return best, branches, True


def _broken(board: Board, flow: Flow) -> tuple[int, ...]:
    """A torn group, or else a joined pair, or else a crowd of one organisation; of those the one with fewest rooms
    left, because it fails soonest."""
    torn = [group for group in board.groups if len({flow.seats[member] for member in group}) > 1]
    if not torn:
        torn = [pair for pair in board.apart if flow.seats[pair[0]] == flow.seats[pair[1]]]
    if not torn and board.organisation_max is not None:
        crowds: dict[tuple[int, int], tuple[int, ...]] = {}
        for person, organisation in enumerate(board.traits[0]):
            if organisation >= 0:
                place = flow.seats[person], organisation
                crowds[place] = (*crowds.get(place, ()), person)
        torn = [
            # Whoever may still go elsewhere comes first: that is whom the branches are about.
            tuple(sorted(crowd, key=lambda person: (len(flow.open_to(person)) == 1, person)))
            for _, crowd in sorted(crowds.items())
            if len(crowd) > board.organisation_max
        ]
    return min(torn, key=lambda rule: min(len(flow.open_to(member)) for member in rule), default=())


def _children(
    board: Board, flow: Flow, broken: tuple[int, ...], mates: Sequence[tuple[int, ...]]
) -> list[Flow]:
    """The two ways on (the first of them in this room, or not), the more promising last: it is tried first."""
    if len(flow.open_to(broken[0])) == 1:
        return []  # a crowd of whom nobody can go elsewhere
    homes = [flow.seats[member] for member in broken]
    room = max(sorted(set(homes)), key=homes.count)
    elsewhere = [other for other in range(len(board.rooms)) if other != room]
    children = []
    # For a pair it is better to part them now, for a group to seat it now.
    for barred in ([room], elsewhere) if broken in board.groups else (elsewhere, [room]):
        child = flow.copy()
        if _bar(child, mates[broken[0]], barred) and _follow(board, child, mates):
            children.append(child)
    return children


def _bar(flow: Flow, people: tuple[int, ...], rooms: Sequence[int]) -> bool:
    return all(flow.bar(member, rooms) for member in people)


def _follow(board: Board, flow: Flow, mates: Sequence[tuple[int, ...]]) -> bool:
    """Whoever has one room left keeps everybody who must be apart, and their group, out of it; False when that fails."""
    again = True
    while again:
        again = False
        for pair in board.apart:
            for one, other in (pair, pair[::-1]):
                left = flow.open_to(one)
                if len(left) == 1 and left[0] in flow.open_to(other):
                    if not _bar(flow, mates[other], left):
                        return False
                    again = True
    return True


# --- why it cannot be done ------------------------------------------------------------------------


def _crowded(board: Board, rooms: set[int]) -> Conflict:
    """More people can only go to ``rooms`` than these hold (Hall's condition, violated)."""
    people = [person for person, allowed in enumerate(board.allowed) if rooms.issuperset(allowed)]
    needs = _needs(board, people)
    return Conflict(
        Demand.CROWDED if needs else Demand.FIXED,
        asked=len(people),
        there=sum(board.rooms[room].max for room in rooms),
        people=tuple(sorted(board.people[person].id for person in people)),
        rooms=_names(board, rooms),
        needs=needs,
    )


def _empty(board: Board, rooms: set[int]) -> Conflict:
    """Fewer people can go to ``rooms`` than these need."""
    people = [person for person, allowed in enumerate(board.allowed) if not rooms.isdisjoint(allowed)]
    return Conflict(
        Demand.EMPTY,
        asked=sum(board.rooms[room].min for room in rooms),
        there=len(people),
        rooms=_names(board, rooms),
    )


def _clashing(board: Board, budget: int) -> Conflict:
    """The fewest groups and apart pairs that still clash: each is left out in turn, and stays out if that does not help."""
    if board.organisation_max is not None:
        uncapped = replace(board, organisation_max=None)
        root, unit, _ = _flow(uncapped, None)
        if _branch(uncapped, root, unit, budget)[0] is not None:
            return Conflict(Demand.CROWDS, asked=board.organisation_max)
    rules = [*board.groups, *board.apart]
    groups = set(board.groups)
    for rule in list(rules):
        fewer = [other for other in rules if other != rule]
        relaxed = replace(
            board,
            groups=tuple(other for other in fewer if other in groups),
            apart=tuple((other[0], other[1]) for other in fewer if other not in groups),
        )
        root, unit, _ = _flow(relaxed, None)
        found, _, done = _branch(relaxed, root, unit, budget)
        if found is None and done:
            rules = fewer
    people = {member for rule in rules for member in rule}
    return Conflict(
        Demand.RULES,
        asked=len(rules),
        people=tuple(sorted(board.people[person].id for person in people)),
    )


def _needs(board: Board, people: Sequence[int]) -> tuple[str, ...]:
    wanted = [board.people[person].needs | board.people[person].languages for person in people]
    return tuple(sorted(frozenset().union(*wanted)))


def _names(board: Board, rooms: set[int]) -> tuple[str, ...]:
    return tuple(sorted(board.rooms[room].name for room in rooms))
