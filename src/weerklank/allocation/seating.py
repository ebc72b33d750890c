"""A seating in the making: what a move gains, whether it may, and doing it, each in constant time."""

from __future__ import annotations

from collections.abc import Sequence

from weerklank.allocation.board import Board

__all__ = ["Seating"]


class Seating:
    """Seats that keep every hard rule, with the counts that make the price of a move a few additions.

    :param seats: per person a room; must keep every hard rule but the sizes of rooms nobody touches.
    :param limits: per level from ``floor_from`` on: how many people may be at that level or worse.
    """

    def __init__(self, board: Board, seats: Sequence[int], *, limits: Sequence[int] | None) -> None:
        policy = board.policy
        rooms = range(len(board.rooms))
        self.board = board
        self.seats = [-1] * len(seats)
        self.low = [room.min for room in board.rooms]
        self.high = [room.max for room in board.rooms]
        self.inside: list[list[int]] = [[] for _ in rooms]
        self._place = [0] * len(seats)
        self.fits = [frozenset(allowed) for allowed in board.allowed]
        # Rooms worth trying: a theme that somebody wants, or any if they gave no preference.
        self.near = [
            tuple(room for room in allowed if board.level[person][room] < board.unwished)
            for person, allowed in enumerate(board.allowed)
        ]
        self.likes = [frozenset(near) for near in self.near]
        self.wish = [[policy.wish * board.steps[level] for level in levels] for levels in board.level]
        weights = (policy.organisation, policy.layer, policy.role)
        widest = [max(trait, default=0) + 1 for trait in board.traits]
        # Traits that weigh nothing or that nobody shares cost no time.
        self._traits = [
            (weight, trait, [[0] * width for _ in rooms])
            for weight, trait, width in zip(weights, board.traits, widest, strict=True)
            if weight and len(set(trait)) < len(trait)
        ]
        self._layer = board.traits[1]
        self._has_layer = [person.layer is not None for person in board.people]
        self._layers = [[0] * widest[1] for _ in rooms]
        self._found = [0 for _ in rooms]
        self._wanted = board.layers_within_reach if policy.few_layers else 0
        self.foes: list[tuple[int, ...]] = [() for _ in seats]
        for one, other in board.apart:
            self.foes[one] += (other,)
            self.foes[other] += (one,)
        self.mates: list[tuple[int, ...]] = [(person,) for person in range(len(seats))]
        for group in board.groups:
            for member in group:
                self.mates[member] = group
        self.limits = limits
        self._guarded = next(
            (level for level, limit in enumerate(limits or ()) if limit < len(seats)), len(board.steps)
        )
        self._at = [0] * len(board.steps)
        for person, room in enumerate(seats):
            self._enter(person, room)

    def may_shift(self, person: int, to: int) -> bool:
        """Sizes, apart pairs and the floor allow ``person`` (not in a group) to move to ``to``, which suits."""
        start = self.seats[person]
        if len(self.inside[to]) >= self.high[to] or len(self.inside[start]) <= self.low[start]:
            return False
        seats = self.seats
        for other in self.foes[person]:
            if seats[other] == to:
                return False
        return self._keeps_floor((person,), (to,))

    def may_swap(self, one: int, other: int) -> bool:
        """Apart pairs and the floor allow the two (not in groups) to change places, which suit both."""
        seats = self.seats
        here, there = seats[one], seats[other]
        for foe in self.foes[one]:
            if seats[foe] == there and foe != other:
                return False
        for foe in self.foes[other]:
            if seats[foe] == here and foe != one:
                return False
        return self._keeps_floor((one, other), (there, here))

    def shift_price(self, person: int, to: int) -> int:
        """What the score rises by when ``person`` moves to ``to``."""
        start = self.seats[person]
        price = self.wish[person][to] - self.wish[person][start]
        price += self.board.policy.uneven * (len(self.inside[to]) - len(self.inside[start]) + 1)
        for weight, trait, count in self._traits:
            value = trait[person]
            price += weight * (count[to][value] - count[start][value] + 1)
        if self._wanted and self._has_layer[person]:
            layer = self._layer[person]
            if self._layers[start][layer] == 1 and self._found[start] <= self._wanted:
                price += self.board.policy.few_layers
            if not self._layers[to][layer] and self._found[to] < self._wanted:
                price -= self.board.policy.few_layers
        return price

    def swap_price(self, one: int, other: int) -> int:
        """What the score rises by when the two change places."""
        here, there = self.seats[one], self.seats[other]
        price = (
            self.wish[one][there] - self.wish[one][here] + self.wish[other][here] - self.wish[other][there]
        )
        for weight, trait, count in self._traits:
            value, back = trait[one], trait[other]
            if value != back:
                near, far = count[here], count[there]
                price += weight * (far[value] - near[value] + near[back] - far[back] + 2)
        if self._wanted and self._layer[one] != self._layer[other]:
            price += self.board.policy.few_layers * (
                self._layers_lost(here, one, other) + self._layers_lost(there, other, one)
            )
        return price

    def move(self, person: int, to: int) -> None:
        """Move ``person``; checks nothing."""
        self._leave(person)
        self._enter(person, to)

    def swap(self, one: int, other: int) -> None:
        """Let the two change places; checks nothing."""
        here, there = self.seats[one], self.seats[other]
        self.move(one, there)
        self.move(other, here)

    def sound(self, moved: Sequence[int]) -> bool:
        """After moves of ``moved``: apart pairs, sizes of their rooms, and the floor hold."""
        for person in moved:
            room = self.seats[person]
            if any(self.seats[foe] == room for foe in self.foes[person]):
                return False
        if self.limits is None:
            return True
        worse = 0
        for level in range(len(self._at) - 1, -1, -1):
            worse += self._at[level]
            if worse > self.limits[level]:
                return False
        return True

    def _keeps_floor(self, people: tuple[int, ...], rooms: tuple[int, ...]) -> bool:
        if self.limits is None:
            return True
        levels = self.board.level
        moves = [
            (levels[person][self.seats[person]], levels[person][room])
            for person, room in zip(people, rooms, strict=True)
        ]
        # Nobody falls below what is guarded: nothing to count.
        if all(after <= before or after < self._guarded for before, after in moves):
            return True
        at = list(self._at)
        for before, after in moves:
            at[before] -= 1
            at[after] += 1
        worse = 0
        for level in range(len(at) - 1, -1, -1):
            worse += at[level]
            if worse > self.limits[level]:
                return False
        return True

    def _layers_lost(self, room: int, leaving: int, coming: int) -> int:
        """By how many layers ``room`` falls further short when ``leaving`` makes way for ``coming``."""
        layers, found = self._layers[room], self._found[room]
        after = found
        if self._has_layer[leaving] and layers[self._layer[leaving]] == 1:
            after -= 1
        if self._has_layer[coming] and not layers[self._layer[coming]]:
            after += 1
        return max(0, self._wanted - after) - max(0, self._wanted - found)

    def _enter(self, person: int, room: int) -> None:
        self._place[person] = len(self.inside[room])
        self.inside[room].append(person)
        self.seats[person] = room
        self._count(person, room, 1)

    def _leave(self, person: int) -> None:
        room = self.seats[person]
        members, place = self.inside[room], self._place[person]
        last = members.pop()
        if last != person:
            members[place] = last
            self._place[last] = place
        self._count(person, room, -1)

    def _count(self, person: int, room: int, step: int) -> None:
        for _, trait, count in self._traits:
            count[room][trait[person]] += step
        self._at[self.board.level[person][room]] += step
        if self._has_layer[person]:
            layers, layer = self._layers[room], self._layer[person]
            layers[layer] += step
            if layers[layer] == (step > 0):
                self._found[room] += step
