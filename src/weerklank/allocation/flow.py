"""People to rooms at least cost: a minimum cost flow, kept at its optimum while people come and go.

Successive shortest paths (Ford and Fulkerson; Ahuja, Magnanti and Orlin, *Network Flows*, 1993, ch. 9) on a graph
in which only rooms are nodes: from room a to room b runs the cheapest move of anybody now in a. The cost
of a room is convex in its size, so minimum sizes (a reward for each needed person) and evenness
fit in. Costs are whole numbers of any size; a choice one step worse costs more than any number of
people one step better, which makes the cheapest flow the leximin one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

__all__ = ["Flow"]


class Flow:
    """A cheapest seating of the people inserted so far, without groups and apart pairs.

    :param costs: per person and room; ``barred`` where the person may not go.
    :param reward: what a person is worth to a room under its minimum; above any sum of costs.
    """

    def __init__(
        self,
        costs: Sequence[Sequence[int]],
        *,
        low: Sequence[int],
        high: Sequence[int],
        reward: int,
        barred: int,
    ) -> None:
        self._costs = list(costs)
        self._low, self._high = low, high
        self._reward, self._barred = reward, barred
        rooms = range(len(high))
        self.seats = [-1] * len(costs)
        self.inside: list[set[int]] = [set() for _ in rooms]
        self._price = [[barred] * len(high) for _ in rooms]
        self._mover = [[-1] * len(high) for _ in rooms]

    def copy(self) -> Flow:
        """The same flow, to go on with in another direction."""
        other = Flow.__new__(Flow)
        other._costs = list(self._costs)
        other._low, other._high = self._low, self._high
        other._reward, other._barred = self._reward, self._barred
        other.seats = list(self.seats)
        other.inside = [set(members) for members in self.inside]
        other._price = [list(row) for row in self._price]
        other._mover = [list(row) for row in self._mover]
        return other

    def cost(self, *, unit: int = 1) -> int:
        """Costs of all seats in whole ``unit``s, evenness and minimum sizes aside."""
        return sum(self._costs[person][room] // unit for person, room in enumerate(self.seats) if room >= 0)

    def open_to(self, person: int) -> list[int]:
        """Rooms that ``person`` is not barred from."""
        barred = self._barred
        return [room for room, cost in enumerate(self._costs[person]) if cost < barred]

    def short(self) -> list[int]:
        """Rooms under their minimum."""
        return [room for room, members in enumerate(self.inside) if len(members) < self._low[room]]

    def insert(self, person: int) -> bool:
        """Give ``person`` a seat, moving others if that is cheapest; False when all they can reach is full."""
        far, before = self._reach(list(self._costs[person]))
        best, goal = self._barred, -1
        for room, way in enumerate(far):
            if way < self._barred and len(self.inside[room]) < self._high[room]:
                price = way + self._seat(room, len(self.inside[room]))
                if goal < 0 or price < best:
                    best, goal = price, room
        if goal < 0:
            return False
        steps = [goal]
        while before[steps[-1]] >= 0:
            steps.append(before[steps[-1]])
        for to, start in pairwise(steps):
            self._put(self._mover[start][to], to)
        self._put(person, steps[-1])
        self._refresh(steps)
        return True

    def remove(self, person: int) -> None:
        """Take ``person`` out and let others move up where that is cheaper."""
        room = self.seats[person]
        self.inside[room].discard(person)
        self.seats[person] = -1
        self._refresh([room])
        # The empty seat wanders back along moves into it, to the room that gains most by losing one.
        far, onward = self._reach_back(room)
        best, goal = -self._seat(room, len(self.inside[room])), room
        for other, way in enumerate(far):
            if other != room and way < self._barred and self.inside[other]:
                price = way - self._seat(other, len(self.inside[other]) - 1)
                if price < best:
                    best, goal = price, other
        steps = [goal]
        while steps[-1] != room:
            steps.append(onward[steps[-1]])
        movers = [self._mover[start][to] for start, to in pairwise(steps)]
        for mover, to in zip(movers, steps[1:], strict=True):
            self._put(mover, to)
        self._refresh(steps)

    def bar(self, person: int, rooms: Iterable[int]) -> bool:
        """Keep ``person`` out of ``rooms`` from now on; False when nobody can seat them any more."""
        costs = list(self._costs[person])
        for room in rooms:
            costs[room] = self._barred
        moves = self.seats[person] in set(rooms)
        if moves:
            self.remove(person)
        self._costs[person] = costs
        if moves:
            return self.insert(person)
        self._refresh([self.seats[person]])
        return True

    def reachable(self, person: int) -> set[int]:
        """Rooms to which somebody must move when ``person`` is to be seated."""
        far, _ = self._reach(list(self._costs[person]))
        return {room for room, way in enumerate(far) if way < self._barred}

    def feeding(self, room: int) -> set[int]:
        """Rooms from which people could move, directly or in a chain, to ``room``; itself included."""
        far, _ = self._reach_back(room)
        return {other for other, way in enumerate(far) if way < self._barred}

    def _seat(self, room: int, taken: int) -> int:
        return 2 * taken + 1 - (self._reward if taken < self._low[room] else 0)

    def _put(self, person: int, room: int) -> None:
        if self.seats[person] >= 0:
            self.inside[self.seats[person]].discard(person)
        self.seats[person] = room
        self.inside[room].add(person)

    def _refresh(self, rooms: Iterable[int]) -> None:
        everywhere = range(len(self._high))
        for room in rooms:
            price = [self._barred] * len(self._high)
            mover = [-1] * len(self._high)
            for person in sorted(self.inside[room]):
                costs = self._costs[person]
                here = costs[room]
                for to in everywhere:
                    if costs[to] - here < price[to] and costs[to] < self._barred:
                        price[to], mover[to] = costs[to] - here, person
            price[room], mover[room] = self._barred, -1
            self._price[room], self._mover[room] = price, mover

    def _reach(self, far: list[int]) -> tuple[list[int], list[int]]:
        """Bellman-Ford along moves, from the given distances; with the room before each."""
        before = [-1] * len(far)
        barred = self._barred
        queue = [room for room, way in enumerate(far) if way < barred]
        while queue:
            touched: dict[int, None] = {}
            for room in queue:
                here = far[room]
                for to, price in enumerate(self._price[room]):
                    if here + price < far[to] and price < barred:
                        far[to], before[to] = here + price, room
                        touched[to] = None
            queue = list(touched)
        return far, before

    def _reach_back(self, goal: int) -> tuple[list[int], list[int]]:
        """Bellman-Ford against the moves, towards ``goal``; with the room after each."""
        far = [self._barred] * len(self._high)
        onward = [-1] * len(self._high)
        far[goal] = 0
        queue = [goal]
        while queue:
            touched: dict[int, None] = {}
            for room in queue:
                here = far[room]
                for start, prices in enumerate(self._price):
                    price = prices[room]
                    if price < self._barred and here + price < far[start] and start != goal:
                        far[start], onward[start] = here + price, room
                        touched[start] = None
            queue = list(touched)
        return far, onward
