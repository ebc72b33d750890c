"""The seating as a linear or integer programme, for bounds and proof; needs the exact extra (SciPy with HiGHS).

Fractions of people go to *kinds* of rooms: rooms of one theme, size, language and features, over all rounds. For a kind of
m rooms the pairs of a value with n people there cost at least those of an even spread, a convex function whose
tangents are rows of the programme. With m = 1 and whole people it is the seating itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING

from weerklank.allocation.board import Board
from weerklank.allocation.floors import Limits

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Programme", "programme_bound", "programme_of", "solver_there"]

# People × kinds of rooms. Above the first, whoever is somewhere they did not ask for is just elsewhere, outside every room;
# above the second, rooms are merged by theme alone. Each leaves demands out, so the bound stays one.
_FULL, _KINDS = 60_000, 400_000
_SAFE = 1e-6  # relative: what the solver's tolerances could make of a bound


@dataclass(slots=True)
class Programme:
    """Rows and columns in sparse form: minimise ``cost``·x, ``low`` ≤ Ax ≤ ``high``, 0 ≤ x ≤ ``upper``.

    :param seats: column of a person in a kind of rooms; ``elsewhere``: of a person where they asked for nothing.
    :param constant: what is in the score and not in the columns.
    """

    kinds: list[list[int]]
    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    seats: dict[tuple[int, int], int] = field(default_factory=dict)
    elsewhere: dict[int, int] = field(default_factory=dict)
    constant: int = 0

    def column(self, cost: float, upper: float, *, whole: bool = False) -> int:
        """A new variable; its number."""
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(int(whole))
        return len(self.cost) - 1

    def row(self, entries: Sequence[tuple[int, float]], low: float, high: float) -> None:
        """A new constraint."""
        place = len(self.low)
        for column, value in entries:
            self.rows.append(place)
            self.columns.append(column)
            self.values.append(value)
        self.low.append(low)
        self.high.append(high)


def solver_there() -> bool:
    """The exact extra is installed."""
    try:
        import scipy.optimize  # noqa: F401
    except ImportError:
        return False
    return True


def programme_bound(board: Board, limits: Limits | None) -> int | None:
    """The optimum in fractions, rounded up: a bound, meetings aside. None without the extra, or if it gave no answer."""
    if not board.people or not solver_there():
        return None
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, vstack

    made = programme_of(board, limits, merged=True)
    table = csr_array((made.values, (made.rows, made.columns)), shape=(len(made.low), len(made.cost)))
    finite_low = [place for place, low in enumerate(made.low) if low > -1e18]
    finite_high = [place for place, high in enumerate(made.high) if high < 1e18]
    answer = linprog(
        made.cost,
        A_ub=vstack([table[finite_high], -table[finite_low]]),
        b_ub=[*(made.high[place] for place in finite_high), *(-made.low[place] for place in finite_low)],
        bounds=[(0.0, upper) for upper in made.upper],
        method="highs",
    )
    if answer.status != 0:
        return None
    optimum = float(answer.fun)
    return made.constant + ceil(optimum - _SAFE * max(1.0, abs(optimum)))


def programme_of(board: Board, limits: Limits | None, *, merged: bool) -> Programme:
    """The programme of ``board``; ``merged``: rooms that are alike as one, over all rounds, in fractions."""
    kinds = _kinds(board) if merged else [[room] for room in range(len(board.rooms))]
    made = Programme(kinds)
    _seat_everybody(board, made, merged=merged)
    _sizes(board, made)
    _pairs(board, made)
    if not merged:
        _layers(board, made)
    _ties(board, made)
    _floor(board, made, limits)
    made.constant -= board.policy.uneven * board.rounds * board.fewest_pairs()
    return made


def _kinds(board: Board) -> list[list[int]]:
    """Rooms that are alike for everybody; when that is too many, rooms of one theme."""
    rooms = len(board.rooms) // board.rounds
    # Whoever may only go to some of the rooms of a kind, as with a fixed place, splits it.
    marks: list[set[int]] = [set() for _ in range(rooms)]
    for mark, row in enumerate(sorted(set(board.allowed))):
        for room in {room % rooms for room in row}:
            marks[room].add(mark)
    alike: dict[tuple[object, ...], list[int]] = {}
    for place, one in enumerate(board.rooms):
        key = (board.theme[place], one.min, one.max, tuple(sorted(marks[place % rooms])))
        alike.setdefault(key, []).append(place)
    if len(alike) * board.count > _KINDS:
        alike = {}
        for place, theme in enumerate(board.theme):
            alike.setdefault((theme,), []).append(place)
    return list(alike.values())


def _seat_everybody(board: Board, made: Programme, *, merged: bool) -> None:
    """One column per person and kind that suits; everybody sits once in each round, and once at a theme."""
    kind_of = {room: place for place, kind in enumerate(made.kinds) for room in kind}
    theme = [board.theme[kind[0]] for kind in made.kinds]
    once = board.rounds > 1 and not board.themes_again
    brief = merged and board.count * len(made.kinds) > _FULL
    for own in range(board.count):
        slots = range(own, len(board.people), board.count)
        reach = Counter(kind for slot in slots for kind in {kind_of[room] for room in board.allowed[slot]})
        fixed = any(len(board.allowed[slot]) == 1 for slot in slots)
        at: dict[int, list[tuple[int, float]]] = {}
        for kind, often in sorted(reach.items()):
            level = board.level[own][theme[kind]]
            steps = board.steps[level]
            if brief and (level == board.unwished or not board.people[own].wishes):
                if own not in made.elsewhere:
                    made.elsewhere[own] = made.column(board.policy.wish * steps, float(board.rounds))
                continue
            column = made.column(board.policy.wish * steps, float(often), whole=not merged)
            made.seats[own, kind] = column
            at.setdefault(theme[kind], []).append((column, 1.0))
        columns = [entry for entries in at.values() for entry in entries]
        if own in made.elsewhere:
            columns.append((made.elsewhere[own], 1.0))
        made.row(columns, board.rounds, board.rounds)
        if once and not fixed:
            for entries in at.values():
                made.row(entries, -1e20, 1)


def _sizes(board: Board, made: Programme) -> None:
    """Sizes of rooms, and what uneven ones cost."""
    inside: list[list[tuple[int, float]]] = [[] for _ in made.kinds]
    for (_, kind), column in made.seats.items():
        inside[kind].append((column, 1.0))
    for kind, entries in enumerate(inside):
        rooms = [board.rooms[room] for room in made.kinds[kind]]
        low, high = sum(room.min for room in rooms), sum(room.max for room in rooms)
        made.row(entries, 0 if made.elsewhere else low, high)
        if board.policy.uneven:
            _convex(made, entries, len(rooms), high, board.policy.uneven)


def _pairs(board: Board, made: Programme) -> None:
    policy = board.policy
    weights = (policy.organisation, policy.layer, policy.role)
    for weight, trait in zip(weights, board.traits, strict=True):
        if not weight:
            continue
        inside: dict[tuple[int, int], list[tuple[int, float]]] = {}
        for (own, kind), column in made.seats.items():
            if trait[own] >= 0:
                inside.setdefault((kind, trait[own]), []).append((column, 1.0))
        for (kind, _), entries in inside.items():
            most = min(
                sum(made.upper[column] for column, _ in entries),
                sum(board.rooms[room].max for room in made.kinds[kind]),
            )
            _convex(made, entries, len(made.kinds[kind]), int(most), weight)
    if board.organisation_max is not None:
        crowds: dict[tuple[int, int], list[tuple[int, float]]] = {}
        for (own, kind), column in made.seats.items():
            if board.traits[0][own] >= 0:
                crowds.setdefault((kind, board.traits[0][own]), []).append((column, 1.0))
        for (kind, _), entries in crowds.items():
            made.row(entries, -1e20, board.organisation_max * len(made.kinds[kind]))


def _convex(
    made: Programme, entries: Sequence[tuple[int, float]], rooms: int, most: int, weight: int
) -> None:
    """A column for the pairs among n people spread evenly over ``rooms``, from its tangents: slope q from n = q·rooms."""
    steepest = (most - 1) // rooms
    if steepest < 1:
        return
    pairs = made.column(weight, float("inf"))
    for slope in range(1, steepest + 1):
        # pairs ≥ slope·n − rooms·slope(slope+1)/2
        row = [(pairs, 1.0), *((column, -slope * value) for column, value in entries)]
        made.row(row, -rooms * slope * (slope + 1) / 2, 1e20)


def _layers(board: Board, made: Programme) -> None:
    """Layers that a room misses; only exact with whole people."""
    wanted = board.layers_within_reach
    if not board.policy.few_layers or not wanted:
        return
    inside: dict[tuple[int, int], list[tuple[int, float]]] = {}
    for (own, kind), column in made.seats.items():
        if board.traits[1][own] >= 0:
            inside.setdefault((kind, board.traits[1][own]), []).append((column, 1.0))
    there: list[list[tuple[int, float]]] = [[] for _ in made.kinds]
    for (kind, _), entries in inside.items():
        found = made.column(0.0, 1.0)
        made.row([*entries, (found, -1.0)], 0.0, 1e20)
        there[kind].append((found, 1.0))
    for found_here in there:
        missing = made.column(board.policy.few_layers, float(wanted))
        made.row([(missing, 1.0), *found_here], wanted, 1e20)


def _ties(board: Board, made: Programme) -> None:
    """Groups go together; apart pairs only bind where a kind is one room in one round."""
    for group in board.groups:
        if group[0] >= board.count or made.elsewhere:
            break
        for kind in range(len(made.kinds)):
            columns = [made.seats[member, kind] for member in group if (member, kind) in made.seats]
            for other in columns[1:]:
                made.row([(columns[0], 1.0), (other, -1.0)], 0.0, 0.0)
    for one, other in board.apart:
        if one >= board.count:
            break
        for kind, rooms in enumerate(made.kinds):
            if (one, kind) in made.seats and (other, kind) in made.seats:
                pair = [(made.seats[one, kind], 1.0), (made.seats[other, kind], 1.0)]
                made.row(pair, -1e20, len(rooms))


def _floor(board: Board, made: Programme, limits: Limits | None) -> None:
    """In one round: no more people at a choice or worse than the floor allows. Over several rounds it is left out."""
    if board.rounds > 1 or not limits:
        return
    kinds = [board.theme[kind[0]] for kind in made.kinds]
    for steps, most in limits:
        worse = [
            (column, 1.0)
            for (own, kind), column in made.seats.items()
            if board.steps[board.level[own][kinds[kind]]] >= steps
        ]
        worse += [(column, 1.0) for own, column in made.elsewhere.items() if board.people[own].wishes]
        if worse:
            made.row(worse, -1e20, float(most))
