"""A first seating for thousands: one person after the other, the hardest to place first, then rooms filled to their minimum.

The cheapest flow is exact, but its work grows with the square of the rooms. Here everybody takes the best wish that still
has a chair; the search that follows does the rest. Nothing is proven about the worst-off, and where this finds no
seating the flow is tried after all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from weerklank.allocation.board import Board
from weerklank.allocation.start import Start

__all__ = ["start_at_once"]


def start_at_once(board: Board) -> Start | None:
    """Seats within all hard rules of one round, or None when this simple way finds none."""
    crowd = _Crowd(board)
    if not all(crowd.seat(unit) for unit in crowd.units()) or not crowd.fill():
        return None
    return Start(tuple(crowd.seats), proven=False, branches=0)


class _Crowd:
    def __init__(self, board: Board) -> None:
        self.board = board
        self.seats = [-1] * len(board.people)
        self.inside: list[list[int]] = [[] for _ in board.rooms]
        self.organisations: Counter[tuple[int, int]] = Counter()
        self.foes: dict[int, list[int]] = {}
        for one, other in board.apart:
            self.foes.setdefault(one, []).append(other)
            self.foes.setdefault(other, []).append(one)
        self.grouped = {member for group in board.groups for member in group}
        # Per set of rooms that suits somebody: its rooms by theme.
        self.by_theme: dict[tuple[int, ...], dict[int, list[int]]] = {}
        for row in set(board.allowed):
            themes: dict[int, list[int]] = {}
            for room in row:
                themes.setdefault(board.theme[room], []).append(room)
            self.by_theme[row] = themes

    def units(self) -> list[tuple[int, ...]]:
        """Groups and single people, those with the fewest rooms and the most company first."""
        singles = [(person,) for person in range(len(self.seats)) if person not in self.grouped]
        units = [*self.board.groups, *singles]
        return sorted(units, key=lambda unit: (len(self.board.allowed[unit[0]]), -len(unit), unit))

    def seat(self, unit: tuple[int, ...]) -> bool:
        """The emptiest room of the best theme that has a chair for all of ``unit``; False when there is none."""
        themes = self.by_theme[self.board.allowed[unit[0]]]
        levels = [self.board.level[member] for member in unit]
        for theme in sorted(themes, key=lambda one: (sum(level[one] for level in levels), one)):
            for room in sorted(themes[theme], key=lambda one: (len(self.inside[one]), one)):
                if self._may(unit, room):
                    for member in unit:
                        self._put(member, room)
                    return True
        return False

    def fill(self) -> bool:
        """Bring every room to its minimum with those who lose least by it; False when nobody is left to bring."""
        for room, wanted in enumerate(self.board.rooms):
            while len(self.inside[room]) < wanted.min:
                _, person = min(self._willing(room), default=(0, -1))
                if person < 0:
                    return False
                self._leave(person)
                self._put(person, room)
        return True

    def _willing(self, room: int) -> Iterator[tuple[int, int]]:
        board, theme = self.board, self.board.theme[room]
        for start, members in enumerate(self.inside):
            if start == room or len(members) <= board.rooms[start].min:
                continue
            for person in members:
                if (
                    person not in self.grouped
                    and theme in self.by_theme[board.allowed[person]]
                    and room in self.by_theme[board.allowed[person]][theme]
                    and self._may((person,), room)
                ):
                    here = board.steps[board.level[person][board.theme[start]]]
                    yield board.steps[board.level[person][theme]] - here, person

    def _may(self, unit: tuple[int, ...], room: int) -> bool:
        board = self.board
        if len(self.inside[room]) + len(unit) > board.rooms[room].max:
            return False
        if any(self.seats[foe] == room for member in unit for foe in self.foes.get(member, ())):
            return False
        if board.organisation_max is None:
            return True
        coming = Counter(board.traits[0][member] for member in unit)
        return all(
            value < 0 or self.organisations[room, value] + count <= board.organisation_max
            for value, count in coming.items()
        )

    def _put(self, person: int, room: int) -> None:
        self.seats[person] = room
        self.inside[room].append(person)
        self.organisations[room, self.board.traits[0][person]] += 1

    def _leave(self, person: int) -> None:
        room = self.seats[person]
        self.inside[room].remove(person)
        self.organisations[room, self.board.traits[0][person]] -= 1
