"""Proof after the fact: an exact solver says whether anybody could have done better, and does so itself if it can."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from weerklank.allocation.board import Board, lay_out
from weerklank.allocation.checking import check_plan
from weerklank.allocation.event import Event, Meetings
from weerklank.allocation.floors import Limits
from weerklank.allocation.plan import Plan
from weerklank.allocation.programme import Programme, programme_bound, programme_of, solver_there
from weerklank.allocation.refusals import because
from weerklank.allocation.writing import written
from weerklank.errors import MissingExtra

__all__ = ["prove"]

_CELLS = 25_000  # people × rooms: 500 people in 50 rooms
_NODES = 5_000
_SAFE = 1e-6


def prove(event: Event, plan: Plan, *, history: Meetings | None = None, nodes: int = _NODES) -> Plan:
    """``plan`` with the tightest bound there is, or a better plan where integer programming finds one.

    Within the same hard rules and the same floor. The work is bounded by ``nodes`` of the search tree, never by seconds, so
    the answer is the same every time with the same version of the solver; ``audit.engine`` and ``audit.bound_by`` say who
    made the seats and who proved the bound.

    :raises BadInput: more than one round, earlier meetings that count, or more than 25,000 people × rooms.
    :raises MissingExtra: the extra ``exact`` is not installed.
    """
    board = lay_out(event, policy=plan.audit.policy, seed=plan.audit.seed, history=history)
    if board.rounds > 1 or (board.met and board.policy.repeat):
        raise because.bad_input("proof-rounds")
    if len(board.people) * len(board.rooms) > _CELLS:
        raise because.bad_input("proof-size", most=_CELLS)
    if not solver_there():
        raise MissingExtra("exact", needed_for=because("needs-proof"))
    limits: Limits = tuple(zip(plan.floor.steps, plan.floor.limits, strict=True))
    bound = max(plan.bound, programme_bound(board, limits) or 0)
    if bound == plan.score:
        found = replace(plan, bound=bound, audit=replace(plan.audit, bound_by="linear programming"))
    else:
        found = _solved(event, board, plan, limits, bound, nodes)
    check_plan(event, found, history=history)
    return found


def _solved(event: Event, board: Board, plan: Plan, limits: Limits, bound: int, nodes: int) -> Plan:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    made = programme_of(board, limits, merged=False)
    table = csr_array((made.values, (made.rows, made.columns)), shape=(len(made.low), len(made.cost)))
    answer = milp(
        made.cost,
        integrality=made.whole,
        bounds=Bounds([0.0] * len(made.cost), made.upper),
        constraints=LinearConstraint(table, made.low, made.high),
        options={"node_limit": nodes, "mip_rel_gap": 0.0},
    )
    dual = answer.mip_dual_bound
    if dual is not None:
        bound = max(bound, made.constant + ceil(dual - _SAFE * max(1.0, abs(dual))))
    audit = replace(plan.audit, bound_by="integer programming")
    if answer.x is None:
        return replace(plan, bound=bound, audit=audit)
    seats = _seats(board, made, list(answer.x))
    better = written(
        event,
        board,
        seats,
        floor=plan.floor,
        bound=bound,
        audit=replace(audit, engine="integer programming"),
        before={move.person: move.start for move in plan.moves} | _unmoved(plan),
    )
    return better if better.score < plan.score else replace(plan, bound=bound, audit=audit)


def _unmoved(plan: Plan) -> dict[str, str]:
    """Where people sat before, if the plan was about people who sat."""
    if not plan.moves:
        return {}
    moved = {move.person for move in plan.moves}
    return {seat.person: seat.room for seat in plan.seats if seat.person not in moved}


def _seats(board: Board, made: Programme, x: list[float]) -> list[int]:
    seats = [-1] * len(board.people)
    for (person, kind), column in made.seats.items():
        if x[column] > 0.5:
            seats[person] = made.kinds[kind][0]
    return seats
