"""The best team, proven, as a mixed integer program.

The sum of absolute differences over pairs is, per role and per threshold between two neighbouring shares, the number of members above
times the number below. That product is concave in the number above, so its chords between whole numbers bound it and are exact there:
no product of two unknowns is needed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from weerklank.allocation.team_board import TeamBoard

__all__ = ["Answer", "solve_team"]


@dataclass(frozen=True, slots=True)
class Answer:
    """The best team that the solver found (None: none yet), and a proven bound; ``impossible`` when there is no team."""

    team: list[int] | None
    bound: int
    impossible: bool = False


@dataclass(slots=True)
class _Program:
    """Unknowns and rows, one by one."""

    price: list[float]
    top: list[float]
    rows: list[tuple[list[tuple[int, float]], float, float]] = field(default_factory=list)

    def unknown(self, price: float, top: float) -> int:
        self.price.append(price)
        self.top.append(top)
        return len(self.price) - 1

    def row(self, terms: list[tuple[int, float]], low: float, high: float) -> None:
        self.rows.append((terms, low, high))


def solve_team(board: TeamBoard, *, nodes: int) -> Answer:
    """The best team and a bound after at most ``nodes`` branches (counted, never timed: so it can be repeated)."""
    people = range(len(board.people))
    program = _Program([0.0] * len(people), [1.0] * len(people))
    program.row([(place, 1) for place in people], board.size, board.size)
    for pair in board.apart:
        program.row([(place, 1) for place in pair], -np.inf, 1)
    for role in range(3):
        _add_role(program, board, role)
    pairs = board.size * (board.size - 1) // 2
    _add_mixing(program, [one.organisation for one in board.people], board.policy.organisation, board.size)
    _add_mixing(program, [one.layer for one in board.people], board.policy.layer, board.size)
    low = np.zeros(len(program.price))
    low[sorted(board.must)] = 1
    integral = np.zeros(len(program.price))
    integral[: len(people)] = 1
    places = [(row, place, part) for row, (terms, _, _) in enumerate(program.rows) for place, part in terms]
    at, of, parts = zip(*places, strict=True)
    matrix = csr_matrix((parts, (at, of)), shape=(len(program.rows), len(program.price)))
    solved = milp(
        np.array(program.price),
        integrality=integral,
        bounds=Bounds(low, np.array(program.top)),
        constraints=LinearConstraint(
            matrix, [row[1] for row in program.rows], [row[2] for row in program.rows]
        ),
        options={"mip_rel_gap": 0.0, "node_limit": nodes},
    )
    if solved.status == 2:
        return Answer(None, 0, impossible=True)
    mixed = pairs * (board.policy.organisation + board.policy.layer)
    # Scores are whole numbers, so the bound may be rounded down; the solver's own slack is allowed for first.
    bound = int(np.floor(mixed - solved.mip_dual_bound + 1e-4))
    if solved.x is None:
        return Answer(None, bound)
    return Answer([place for place in people if solved.x[place] > 0.5], bound)


def _add_role(program: _Program, board: TeamBoard, role: int) -> None:
    """What the team has of a role, up to what is asked; and how its members differ in it."""
    size = board.size
    shares = [one.shares.all[role] for one in board.people]
    covered = program.unknown(-board.policy.cover, board.enough[role])
    program.row([(covered, 1), *((place, -share) for place, share in enumerate(shares))], -np.inf, 0)
    values = sorted(set(shares))
    above = None
    for lower, upper in pairwise(values):
        product = program.unknown(-board.policy.difference * (upper - lower) / 2, size * size / 4)
        next_ = program.unknown(0, size)
        if above is None:
            there = [(place, -1.0) for place, share in enumerate(shares) if share >= upper]
            program.row([(next_, 1), *there], 0, 0)
        else:
            here = [(place, 1.0) for place, share in enumerate(shares) if share == lower]
            program.row([(next_, 1), (above, -1), *here], 0, 0)
        above = next_
        for many in range(size):
            program.row([(product, 1), (next_, -(size - 2 * many - 1))], -np.inf, many * (many + 1))


def _add_mixing(program: _Program, values: list[str | None], weight: int, size: int) -> None:
    """Pairs of one value, as a price."""
    for value in sorted({value for value in values if value is not None}):
        alike = [place for place, other in enumerate(values) if other == value]
        if len(alike) > 1:
            pairs = program.unknown(weight, size * size)
            for many in range(1, min(size, len(alike))):
                terms = [(pairs, -1.0), *((place, float(many)) for place in alike)]
                program.row(terms, -np.inf, many * (many + 1) / 2)
