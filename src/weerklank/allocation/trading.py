"""The trade between moving people and quality: the best seating found for each number of people who move.

Simulated annealing with a price per move (a Lagrangian penalty), one walk per price,
and for every number of moves the best seating that any walk passed. Then every single shift and swap that still gains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp
from random import Random

from weerklank.allocation.board import Board
from weerklank.allocation.floors import limits_of
from weerklank.allocation.seating import Seating
from weerklank.allocation.start import Start, find_start

__all__ = ["fewest_moves", "trade"]

_PRICES = (3, 2, 1, 0)  # of one move, in points of the score
_HOT, _COLD, _STAGES = 2.0, 0.25, 20
_WIDE = 1 / 16


def fewest_moves(board: Board, kept: Sequence[int | None], *, budget: int) -> Start:
    """A seating within the hard rules in which as few people as possible leave the room they had.

    It repairs what ``kept`` breaks (rooms too full or too empty, people who may not be together), so that a search can start
    from it: the moves of a search test only the sizes that they change.

    :param kept: per person the room they have (None: none).
    :raises NoSeating: there is no seating, or none was found within ``budget`` branches.
    """
    return find_start(board, budget=budget, kept=kept)


def trade(
    board: Board,
    seats: Sequence[int],
    kept: Sequence[int | None],
    *,
    budgets: Sequence[int],
    proposals: int,
    stream: Random,
) -> list[tuple[int, ...]]:
    """For each budget the best seating found in which at most so many people leave the room they had (``kept``).

    :param seats: where to begin: keeps every hard rule, and no budget is below the moves in it.
    """
    walk = _Walk(board, seats, kept)
    for budget in sorted(budgets):
        loose = walk.loose(budget)
        # Where nobody can move, walks of the same length would only tread the same ground.
        work = proposals * len(loose) // max(1, len(seats)) // len(_PRICES)
        for price in _PRICES if loose else ():
            walk.anneal(price, loose, budget=budget, proposals=work, stream=stream)
        if len(loose) * len(seats) <= proposals:
            walk.polish(loose, budget)
    return [walk.within(budget) for budget in budgets]


class _Walk:
    def __init__(self, board: Board, seats: Sequence[int], kept: Sequence[int | None]) -> None:
        self.board, self.kept = board, kept
        self.limits = limits_of(board, seats)
        self.first = self._moved(seats)
        self.best: dict[int, tuple[int, list[int]]] = {self.first: (0, list(seats))}
        self.grouped = {member for group in board.groups for member in group}

    def loose(self, budget: int) -> list[int]:
        """Whom to choose for: with no move to spare, only who has no room yet or had to move."""
        seats = self.best[self.first][1]
        return [
            person
            for person, allowed in enumerate(self.board.allowed)
            if len(allowed) > 1
            and person not in self.grouped
            and (budget > self.first or self.kept[person] != seats[person])
        ]

    def anneal(
        self, price: int, loose: Sequence[int], *, budget: int, proposals: int, stream: Random
    ) -> None:
        """One walk with this price per move; notes the best seating for every number of moves it passes."""
        seats = self.within(budget)
        seating = Seating(self.board, seats, limits=self.limits)
        draw, moved = stream.random, self._moved(seats)
        score = self.best[moved][0]
        for stage in range(_STAGES):
            chances = _chances(_HOT * (_COLD / _HOT) ** (stage / (_STAGES - 1)))
            for _ in range(proposals // _STAGES):
                person = loose[int(draw() * len(loose))]
                wide = draw() < _WIDE
                options = self.board.allowed[person] if wide else seating.near[person]
                if not options:
                    continue
                start, to = seating.seats[person], options[int(draw() * len(options))]
                if start == to:
                    continue
                members = seating.inside[to]
                which = int(draw() * (len(members) + 1))
                other = members[which] if which < len(members) else None
                more = self._more(person, start, to) + (0 if other is None else self._more(other, to, start))
                if moved + more > budget or not self._fit(seating, person, other, start):
                    continue
                gain = seating.shift_price(person, to) if other is None else seating.swap_price(person, other)
                pays = gain + price * more
                if pays > 0 and (pays >= len(chances) or draw() >= chances[pays]):
                    continue
                if self._done(seating, person, other, to):
                    score, moved = score + gain, moved + more
                    self._note(moved, score, seating)

    def polish(self, loose: Sequence[int], budget: int) -> None:
        """Every shift, swap and turn that still gains, from the best within ``budget``, until there is none."""
        seating = Seating(self.board, self.within(budget), limits=self.limits)
        score = min(score for moved, (score, _seats) in self.best.items() if moved <= budget)
        moved = self._moved(seating.seats)
        better = True
        while better:
            better = False
            for person in loose:
                spare = budget - moved
                step = self._step(seating, person, spare=spare) or self._turn(seating, person, spare=spare)
                if step is not None:
                    score, moved, better = score + step[0], moved + step[1], True
                    self._note(moved, score, seating)

    def _step(self, seating: Seating, person: int, *, spare: int) -> tuple[int, int] | None:
        """The first shift or swap that gains, done: the gain and how many more people have moved; None: nobody moved."""
        start = seating.seats[person]
        for other, to in self._ways(seating, person):
            more = self._more(person, start, to) + (0 if other is None else self._more(other, to, start))
            gain = seating.shift_price(person, to) if other is None else seating.swap_price(person, other)
            if gain < 0 and more <= spare and self._done(seating, person, other, to):
                return gain, more
        return None

    def _turn(self, seating: Seating, person: int, *, spare: int) -> tuple[int, int] | None:
        """Somebody enters a room at its smallest or largest size while another leaves it for a third room, and together
        their wishes gain: one after the other may not be allowed, or lie behind a worse seating.

        The whole gain and how many more people have moved; None: nothing gained and nobody moved.
        """
        start = seating.seats[person]
        for to in self.board.allowed[person]:
            many = len(seating.inside[to])
            if to == start or seating.low[to] < many < seating.high[to]:
                continue
            wish = seating.wish_price(person, to)
            for other in [one for one in seating.inside[to] if one not in self.grouped]:
                for third in self.board.allowed[other]:
                    more = self._more(person, start, to) + self._more(other, to, third)
                    if third in (start, to) or more > spare or wish + seating.wish_price(other, third) >= 0:
                        continue
                    gain = self._turned(seating, person, to, other, third)
                    if gain < 0:
                        return gain, more
        return None

    @staticmethod
    def _turned(seating: Seating, person: int, to: int, other: int, third: int) -> int:
        """What this turn gains, when it gains and is allowed, and then it is done; else 0, and nothing has changed."""
        seating.low[to] -= 1
        gain = 0
        if seating.may_shift(other, third):
            first = seating.shift_price(other, third)
            seating.move(other, third)
            both = first + seating.shift_price(person, to)
            if both < 0 and seating.may_shift(person, to):
                seating.move(person, to)
                gain = both
            else:
                seating.move(other, to)
        seating.low[to] += 1
        return gain

    def within(self, budget: int) -> tuple[int, ...]:
        """The best seating with at most so many moves; of equals the one with fewest."""
        affordable = [(score, moved) for moved, (score, _seats) in self.best.items() if moved <= budget]
        return tuple(self.best[min(affordable)[1]][1])

    def _ways(self, seating: Seating, person: int) -> Iterator[tuple[int | None, int]]:
        """Where somebody could go: to an empty chair, or changing with somebody."""
        start = seating.seats[person]
        for to in self.board.allowed[person]:
            if to != start:
                yield None, to
        for other, to in enumerate(seating.seats):
            if to != start and to in seating.fits[person] and self._fit(seating, person, other, start):
                yield other, to

    def _moved(self, seats: Sequence[int]) -> int:
        return sum(home is not None and home != room for home, room in zip(self.kept, seats, strict=True))

    def _more(self, person: int, start: int, to: int) -> int:
        """How many more people have moved when this one goes: 1, 0, or -1 for who comes home."""
        home = self.kept[person]
        return 0 if home is None else (to != home) - (start != home)

    def _fit(self, seating: Seating, person: int, other: int | None, start: int) -> bool:
        return other is None or (
            other != person and other not in self.grouped and start in seating.fits[other]
        )

    def _done(self, seating: Seating, person: int, other: int | None, to: int) -> bool:
        if other is None:
            if seating.may_shift(person, to):
                seating.move(person, to)
                return True
        elif seating.may_swap(person, other):
            seating.swap(person, other)
            return True
        return False

    def _note(self, moved: int, score: int, seating: Seating) -> None:
        known = self.best.get(moved)
        if known is None or score < known[0]:
            self.best[moved] = (score, list(seating.seats))


def _chances(temperature: float) -> list[float]:
    """The chance to accept each rise. Rounded: the last bit of exp differs between machines."""
    chances = [1.0]
    while chances[-1] > 1e-6:
        chances.append(round(exp(-len(chances) / temperature), 9))
    return chances
