"""The floor: how many people may carry which burden at most, so that nobody's mixing is worth somebody else's day."""

from __future__ import annotations

from collections.abc import Sequence

from weerklank.allocation.board import Board

__all__ = ["Limits", "guarded_from", "limits_of", "loosened"]

Limits = tuple[tuple[int, int], ...]
"""Burdens in steps, lightest first, each with the number of people who may carry that much or more."""


def limits_of(board: Board, seats: Sequence[int]) -> Limits | None:
    """The floor that ``seats`` keep: from the mildest guarded burden on, as many people as now (None: no floor)."""
    least = guarded_from(board)
    if least is None:
        return None
    carried = board.burdens(seats)
    if board.rounds == 1:
        burdens = [steps for steps in board.steps if steps >= least]
    else:
        burdens = sorted(
            {least, *(burden for burden in carried if burden > least), max(carried, default=0) + 1}
        )
        burdens = [steps for steps in burdens if steps >= least]
    return tuple((steps, sum(burden >= steps for burden in carried)) for steps in burdens)


def guarded_from(board: Board) -> int | None:
    """The mildest burden that the floor guards: in one round the choice after the guarded one; over several rounds that once,
    and the choice before it in every other round (None: no floor)."""
    guard = board.policy.guard
    if guard is None:
        return None
    level = min(guard, board.unwished)
    return board.steps[level] + (board.rounds - 1) * board.steps[level - 1]


def loosened(board: Board, limits: Limits | None) -> Limits | None:
    """With the slack of the policy on the mildest guarded burden."""
    if not limits or limits[0][0] == board.steps[-1]:  # to get no wish at all is never traded
        return limits
    (steps, most), *rest = limits
    return ((steps, most + board.policy.slack * board.count // 100), *rest)
