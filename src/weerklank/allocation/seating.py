"""A seating in the making: what a move gains, whether it may, and doing it, from counts and never from all pairs.

What people of one organisation, layer or role cost each other is kept per room and per kind of person, so that the price of
a move is a few look-ups. Who met whom is only counted where there are several rounds or a history.
"""

from __future__ import annotations

from collections.abc import Sequence

from weerklank.allocation.board import Board
from weerklank.allocation.floors import Limits
from weerklank.allocation.tables import FULL_TABLE, WIDE_TABLE, Row, Sparse

__all__ = ["FORBIDDEN", "Seating"]

FORBIDDEN = 10**7
"""The price of a theme that comes back; above any sum of others, so that no chance ever accepts it."""


class Seating:
    """Seats that keep every hard rule, with the counts that make the price of a move a few additions.

    :param seats: per person a room; must keep every hard rule but the sizes of rooms nobody touches, and the rule
        that no theme comes back: a theme that does costs :data:`FORBIDDEN`.
    :param limits: how many people may carry which burden at most.
    :param worth: cost of each burden, for a search that looks at nothing but the worst-off; None: steps by weight.
    """

    def __init__(
        self,
        board: Board,
        seats: Sequence[int],
        *,
        limits: Limits | None,
        worth: Sequence[int] | None = None,
    ) -> None:
        policy = board.policy
        rooms = range(len(board.rooms))
        self.board = board
        self.seats = [-1] * len(seats)
        self.low = [room.min for room in board.rooms]
        self.high = [room.max for room in board.rooms]
        self.inside: list[list[int]] = [[] for _ in rooms]
        self._place = [0] * len(seats)
        self._lay_options()
        self._lay_mix()
        self.layer = board.traits[1]
        self.layers = [[0] * (max(self.layer, default=0) + 2) for _ in rooms]
        self.found = [0 for _ in rooms]
        self.wanted = board.layers_within_reach if policy.few_layers else 0
        self._lay_ties()
        self._worth = worth
        rows = {row: [policy.wish * board.steps[level] for level in row] for row in set(board.level)}
        if worth is not None and board.rounds == 1:
            rows = {row: [worth[board.steps[level]] for level in row] for row in rows}
        self.wish = [rows[row] for row in board.level]
        self._organisations = (
            None
            if board.organisation_max is None
            else [[0] * (max(board.traits[0], default=0) + 2) for _ in rooms]
        )
        # Only where people sit more than once, or met before, does it matter whom they meet.
        self.plain = board.rounds == 1 and not (board.met and policy.repeat)
        self._many = board.count
        self._had = [0] * board.count
        self._lay_meetings()
        self.limits = limits
        self._guarded = limits[0][0] if limits else None
        self._worse = [0] * len(limits or ())
        for person, room in enumerate(seats):
            self._enter(person, room)
        for burden in board.burdens(self.seats):
            for place, (steps, _) in enumerate(limits or ()):
                self._worse[place] += burden >= steps

    # --- tables -----------------------------------------------------------------------------------

    def _lay_options(self) -> None:
        board = self.board
        fits: dict[tuple[int, ...], frozenset[int]] = {row: frozenset(row) for row in set(board.allowed)}
        self.fits = [fits[row] for row in board.allowed]
        # Rooms worth trying: a theme that somebody wants, or any if they gave no preference.
        near: dict[tuple[tuple[int, ...], tuple[int, ...]], tuple[int, ...]] = {}
        for row, levels in zip(board.allowed, board.level, strict=True):
            if (row, levels) not in near:
                near[row, levels] = tuple(r for r in row if levels[board.theme[r]] < board.unwished)
        likes = {key: frozenset(rooms) for key, rooms in near.items()}
        keys = list(zip(board.allowed, board.level, strict=True))
        self.near = [near[key] for key in keys]
        self.likes = [likes[key] for key in keys]

    def _lay_mix(self) -> None:
        """Two tables of what a room costs: per organisation, and per pair of layer and role."""
        board, policy = self.board, self.board.policy
        rooms = range(len(board.rooms))
        organisation, layer, role = board.traits
        self.org_weight = policy.organisation
        self.org = [value if policy.organisation else -1 for value in organisation]
        kinds = sorted(
            {
                (one if policy.layer else -1, other if policy.role else -1)
                for one, other in zip(layer, role, strict=True)
            }
        )
        number = {kind: place for place, kind in enumerate(kinds)}
        self.kind = [
            number[one if policy.layer else -1, other if policy.role else -1]
            for one, other in zip(layer, role, strict=True)
        ]
        shared = [
            [
                (place, weight)
                for place, other in enumerate(kinds)
                if (
                    weight := policy.layer * (kind[0] == other[0] >= 0)
                    + policy.role * (kind[1] == other[1] >= 0)
                )
            ]
            for kind in kinds
        ]
        self._shared = shared
        self.alike: list[Row]
        if len(kinds) <= FULL_TABLE:
            self.alike = [[dict(row).get(place, 0) for place in range(len(kinds))] for row in shared]
        else:
            self.alike = [Sparse(row) for row in shared]
        alone = [dict(row).get(place, 0) for place, row in enumerate(shared)]
        # What somebody costs a room with their own kind: taken off, as nobody is a pair with themselves.
        self.own = [
            alone[kind] + (policy.organisation if org >= 0 else 0)
            for kind, org in zip(self.kind, self.org, strict=True)
        ]
        # The last place of a row is for who has no organisation: it stays 0.
        self.org_cost = [[0] * (max(self.org, default=0) + 2) for _ in rooms]
        self.kind_cost = [[0] * len(kinds) for _ in rooms]

    def _lay_ties(self) -> None:
        board = self.board
        self.foes: list[tuple[int, ...]] = [()] * len(self.seats)
        for one, other in board.apart:
            self.foes[one] += (other,)
            self.foes[other] += (one,)
        self.mates: list[tuple[int, ...]] = [(person,) for person in range(len(self.seats))]
        for group in board.groups:
            for member in group:
                self.mates[member] = group

    def _lay_meetings(self) -> None:
        board = self.board
        self.sat: list[list[int]] = []
        if self.plain:
            return
        self._repeat = board.policy.repeat
        self._who: list[list[int]] = [[] for _ in board.rooms]
        self._met: list[Row] = [
            [0] * board.count if board.count <= WIDE_TABLE else Sparse() for _ in range(board.count)
        ]
        for (one, other), often in board.met.items():
            self._met[one][other] = self._met[other][one] = often
        themes = max(board.theme, default=0) + 1
        self._back = FORBIDDEN if board.rounds > 1 and not board.themes_again else 0
        self.sat = [[0] * themes for _ in range(board.count)]

    # --- may it -----------------------------------------------------------------------------------

    def may_shift(self, person: int, to: int) -> bool:
        """Sizes, apart pairs, caps and the floor allow ``person`` (not in a group) to move to ``to``, which suits."""
        start = self.seats[person]
        if len(self.inside[to]) >= self.high[to] or len(self.inside[start]) <= self.low[start]:
            return False
        seats = self.seats
        for other in self.foes[person]:
            if seats[other] == to:
                return False
        return self._under_cap(to, person) and self._keeps_floor((person,), (to,))

    def may_swap(self, one: int, other: int) -> bool:
        """Apart pairs, caps and the floor allow the two (not in groups) to change places, which suit both."""
        seats = self.seats
        here, there = seats[one], seats[other]
        for foe in self.foes[one]:
            if seats[foe] == there and foe != other:
                return False
        for foe in self.foes[other]:
            if seats[foe] == here and foe != one:
                return False
        organisation = self.board.traits[0]
        if organisation[one] != organisation[other] and not (
            self._under_cap(there, one) and self._under_cap(here, other)
        ):
            return False
        return self._keeps_floor((one, other), (there, here))

    def sound(self, moved: Sequence[int]) -> bool:
        """After moves of ``moved``: apart pairs, caps of their rooms, and the floor hold."""
        for person in moved:
            room = self.seats[person]
            if any(self.seats[foe] == room for foe in self.foes[person]):
                return False
            if self._organisations is not None and self.board.organisation_max is not None:
                value = self.board.traits[0][person]
                if value >= 0 and self._organisations[room][value] > self.board.organisation_max:
                    return False
        return all(worse <= most for worse, (_, most) in zip(self._worse, self.limits or (), strict=True))

    def _under_cap(self, room: int, person: int) -> bool:
        if self._organisations is None or self.board.organisation_max is None:
            return True
        value = self.board.traits[0][person]
        return value < 0 or self._organisations[room][value] < self.board.organisation_max

    def _keeps_floor(self, people: tuple[int, ...], rooms: tuple[int, ...]) -> bool:
        if self._guarded is None:
            return True
        moves = []
        risen = False
        for person, room in zip(people, rooms, strict=True):
            before = self._burden(person)
            after = before + self._rise(person, room)
            moves.append((before, after))
            risen = risen or (after > before and after >= self._guarded)
        # Nobody falls below what is guarded: nothing to count.
        if not risen:
            return True
        for worse, (steps, most) in zip(self._worse, self.limits or (), strict=True):
            rise = sum((after >= steps) - (before >= steps) for before, after in moves)
            if rise > 0 and worse + rise > most:
                return False
        return True

    def _burden(self, person: int) -> int:
        own = person % self._many
        return self._had[own] - self.board.ideal[own]

    def _rise(self, person: int, to: int) -> int:
        board, levels = self.board, self.board.level[person]
        return board.steps[levels[board.theme[to]]] - board.steps[levels[board.theme[self.seats[person]]]]

    # --- what it costs ----------------------------------------------------------------------------

    def shift_price(self, person: int, to: int) -> int:
        """What the score rises by when ``person`` moves to ``to``."""
        start = self.seats[person]
        policy, org, kind = self.board.policy, self.org[person], self.kind[person]
        price = (
            self.wish_price(person, to)
            + policy.uneven * (len(self.inside[to]) - len(self.inside[start]) + 1)
            + self.org_cost[to][org]
            - self.org_cost[start][org]
            + self.kind_cost[to][kind]
            - self.kind_cost[start][kind]
            + self.own[person]
        )
        layer = self.layer[person]
        if self.wanted and layer >= 0:
            if self.layers[start][layer] == 1 and self.found[start] <= self.wanted:
                price += policy.few_layers
            if not self.layers[to][layer] and self.found[to] < self.wanted:
                price -= policy.few_layers
        return price if self.plain else price + self._meeting_price(person, to) + self._back_price(person, to)

    def swap_price(self, one: int, other: int) -> int:
        """What the score rises by when the two change places."""
        here, there = self.seats[one], self.seats[other]
        org, back = self.org[one], self.org[other]
        kind, behind = self.kind[one], self.kind[other]
        same = self.alike[kind][behind] + (self.org_weight if org == back >= 0 else 0)
        near, far = self.org_cost[here], self.org_cost[there]
        price = (
            self.wish_price(one, there)
            + self.wish_price(other, here)
            + far[org]
            - near[org]
            + near[back]
            - far[back]
            + self.own[one]
            + self.own[other]
            - 2 * same
        )
        near, far = self.kind_cost[here], self.kind_cost[there]
        price += far[kind] - near[kind] + near[behind] - far[behind]
        if self.wanted and self.layer[one] != self.layer[other]:
            price += self.layers_price(one, other)
        if self.plain:
            return price
        # Either price counts a meeting of the two, that does not come about.
        again = self._met[one % self._many][other % self._many]
        return (
            price
            + self._meeting_price(one, there)
            + self._meeting_price(other, here)
            - 2 * self._repeat * again
            + self._back_price(one, there)
            + self._back_price(other, here)
        )

    def layers_price(self, one: int, other: int) -> int:
        """What layers that rooms miss cost more when the two change places."""
        here, there = self.seats[one], self.seats[other]
        lost = self._layers_lost(here, one, other) + self._layers_lost(there, other, one)
        return self.board.policy.few_layers * lost

    def wish_price(self, person: int, to: int) -> int:
        """The part of the price that is the person's own wish."""
        if self.board.rounds == 1 or self._worth is None:
            theme, wish = self.board.theme, self.wish[person]
            return wish[theme[to]] - wish[theme[self.seats[person]]]
        burden = self._burden(person)
        return self._worth[max(0, burden + self._rise(person, to))] - self._worth[max(0, burden)]

    def _meeting_price(self, person: int, to: int) -> int:
        met = self._met[person % self._many]
        here = self._who[self.seats[person]]
        ahead, behind = sum(map(met.__getitem__, self._who[to])), sum(map(met.__getitem__, here))
        return self._repeat * (ahead - behind + len(here) - 1)

    def _back_price(self, person: int, to: int) -> int:
        theme = self.board.theme
        start, goal = theme[self.seats[person]], theme[to]
        if start == goal:
            return 0
        sat = self.sat[person % self._many]
        return self._back * (sat[goal] - sat[start] + 1)

    def _layers_lost(self, room: int, leaving: int, coming: int) -> int:
        """By how many layers ``room`` falls further short when ``leaving`` makes way for ``coming``."""
        layers, found = self.layers[room], self.found[room]
        after = found
        if self.layer[leaving] >= 0 and layers[self.layer[leaving]] == 1:
            after -= 1
        if self.layer[coming] >= 0 and not layers[self.layer[coming]]:
            after += 1
        return max(0, self.wanted - after) - max(0, self.wanted - found)

    # --- doing it ---------------------------------------------------------------------------------

    def move(self, person: int, to: int) -> None:
        """Move ``person``; checks nothing."""
        if self._guarded is not None:
            before = self._burden(person)
            after = before + self._rise(person, to)
            if before != after:
                for place, (steps, _) in enumerate(self.limits or ()):
                    self._worse[place] += (after >= steps) - (before >= steps)
        self._leave(person)
        self._enter(person, to)

    def swap(self, one: int, other: int) -> None:
        """Let the two change places; checks nothing."""
        here, there = self.seats[one], self.seats[other]
        self.move(one, there)
        self.move(other, here)

    def _enter(self, person: int, room: int) -> None:
        self._place[person] = len(self.inside[room])
        self.inside[room].append(person)
        self.seats[person] = room
        self._count(person, room, 1)
        if not self.plain:
            own = person % self._many
            self._meet(own, room, 1)
            self._who[room].append(own)

    def _leave(self, person: int) -> None:
        room = self.seats[person]
        members, place = self.inside[room], self._place[person]
        last = members.pop()
        if last != person:
            members[place] = last
            self._place[last] = place
        self._count(person, room, -1)
        if not self.plain:
            own = person % self._many
            self._who[room].remove(own)
            self._meet(own, room, -1)

    def _meet(self, own: int, room: int, step: int) -> None:
        met = self._met[own]
        for one in self._who[room]:
            met[one] += step
            self._met[one][own] += step
        self.sat[own][self.board.theme[room]] += step

    def _count(self, person: int, room: int, step: int) -> None:
        board = self.board
        if self.org[person] >= 0:
            self.org_cost[room][self.org[person]] += step * self.org_weight
        costs = self.kind_cost[room]
        for kind, weight in self._shared[self.kind[person]]:
            costs[kind] += step * weight
        self._had[person % self._many] += step * board.steps[board.level[person][board.theme[room]]]
        if self._organisations is not None and board.traits[0][person] >= 0:
            self._organisations[room][board.traits[0][person]] += step
        layer = self.layer[person]
        if self.wanted and layer >= 0:
            layers = self.layers[room]
            layers[layer] += step
            if layers[layer] == (step > 0):
                self.found[room] += step
