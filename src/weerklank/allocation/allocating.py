"""The front door: an event becomes a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

import weerklank
from weerklank.allocation.anneal import anneal
from weerklank.allocation.board import Board, lay_out
from weerklank.allocation.bounds import Bound, lower_bound
from weerklank.allocation.checking import BrokenPlan, Rule, breaches_over, check_plan
from weerklank.allocation.conflicts import Conflict, Demand, NoSeating
from weerklank.allocation.effort import Effort, effort_named
from weerklank.allocation.event import Event, Meetings, Policy
from weerklank.allocation.floors import Limits, guarded_from, limits_of, loosened
from weerklank.allocation.plan import Audit, Floor, Plan
from weerklank.allocation.reasons import Reason, reason_for
from weerklank.allocation.refusals import because
from weerklank.allocation.seating import Seating
from weerklank.allocation.start import Start
from weerklank.allocation.turns import start_in_turn
from weerklank.allocation.writing import written

__all__ = ["allocate", "explain", "plan_from_seats", "seat_around"]

_USUAL = Policy()
_BY_HAND = Policy(guard=None)
_ONLY_WISHES = Policy(guard=None, wish=1, organisation=0, layer=0, role=0, uneven=0, few_layers=0, repeat=0)
_ATTEMPTS, _FURTHER = 8, 1_000_003
_UNWIND = 300  # proposals per person to undo themes that came back


def allocate(
    event: Event,
    *,
    history: Meetings | None = None,
    policy: Policy = _USUAL,
    seed: int,
    effort: str = Effort.NORMAL,
) -> Plan:
    """Seat everybody of ``event`` in every round: hard rules, then the floor, then the best weighted sum found.

    The seats are the same for the same event in any order, on any machine, for one ``seed``; draw the seed in
    public, after the wishes are in, because it settles ties between people. ``plan.bound`` says how good any seating could be at
    best; where the exact extra is installed it is tighter (``plan.audit.bound_by``), and the seats are the same.

    :param history: who met whom before; meeting again is a term of the sum.
    :param effort: ``quick``, ``normal`` or ``thorough``. Quick computes the bound by counting alone.
    :raises NoSeating: a ``NoSolution`` that names the demands that contradict each other.
    :raises BadInput: the event is wrong in itself, or the effort is unknown.
    """
    tried = effort_named(effort)
    board = lay_out(event, policy=policy, seed=seed, history=history)
    start = _unwound(board, start_in_turn(board, budget=tried.branches), seed=seed)
    for attempt in range(1, _ATTEMPTS):
        if not _themes_back(board, start.seats):
            break
        # One round after the other can run aground; people in another order may not.
        board = lay_out(event, policy=policy, seed=seed + attempt * _FURTHER, history=history)
        start = _unwound(board, start_in_turn(board, budget=tried.branches), seed=seed)
    return _improved(_Task(event, board, seed, tried, history), start)


def explain(event: Event, plan: Plan, person: str, *, turn: int = 1) -> Reason:
    """Why ``person`` sits where they sit in round ``turn``: never anything about another person's needs or relations."""
    if event.rounds > 1:
        found = [reason for reason in plan.reasons if (reason.person, reason.round) == (person, turn)]
        if not found:
            raise because.bad_input("unseated-in-round", person=person, round=turn)
        return found[0]
    return reason_for(event, plan.rooms_of(turn), person)


def plan_from_seats(
    event: Event,
    seats: Mapping[str, str] | Sequence[Mapping[str, str]],
    *,
    policy: Policy = _BY_HAND,
    history: Meetings | None = None,
) -> Plan:
    """The plan of ``seats`` (person → room, one mapping per round) that were made by hand.

    :raises BrokenPlan: a hard rule is broken; ``breaches`` names which.
    """
    turns = [seats] if isinstance(seats, Mapping) else list(seats)
    if len(turns) != event.rounds:
        raise because.bad_input("rounds-differ", rounds=event.rounds, turns=len(turns))
    if broken := breaches_over(event, turns):
        raise BrokenPlan(broken)
    board = lay_out(event, policy=policy, seed=0, history=history)
    rooms = len(board.rooms) // board.rounds
    places = {room.id: place for place, room in enumerate(board.rooms[:rooms])}
    given = [
        places[where[person.id]] + turn * rooms
        for turn, where in enumerate(turns)
        for person in board.people[: board.count]
    ]
    limits = limits_of(board, given)
    return written(
        event,
        board,
        given,
        floor=_floor(limits, proven=False),
        bound=lower_bound(board, limits, tight=False).value,
        audit=Audit(
            event=event.fingerprint,
            policy=policy,
            seed=0,
            effort="by-hand",
            branches=0,
            proposals=0,
            version=weerklank.__version__,
            history=(history or Meetings()).fingerprint,
            engine="by-hand",
        ),
    )


def seat_around(
    event: Event, board: Board, start: Start, *, seed: int, effort: str, before: Mapping[str, str]
) -> Plan:
    """Improve ``start`` on a board whose pins hold, and note who moved from ``before``."""
    return _improved(_Task(event, board, seed, effort_named(effort), None), start, before=before)


@dataclass(frozen=True, slots=True)
class _Task:
    """What is asked, and how hard to try."""

    event: Event
    board: Board
    seed: int
    effort: Effort
    history: Meetings | None


def _improved(task: _Task, start: Start, *, before: Mapping[str, str] | None = None) -> Plan:
    event, board = task.event, task.board
    work = min(task.effort.proposals * len(board.people), task.effort.most)
    stream = Random(f"anneal {task.seed}")
    seats, proven = start.seats, start.proven
    if not proven:
        seats = _lifted(board, seats, proposals=work, stream=stream)
        proven = proven or _nobody_worse_off(board, seats)
    limits = loosened(board, limits_of(board, seats))
    seating = Seating(board, seats, limits=limits)
    # Only what plain counting proves may end the search: else the seats would depend on what is installed.
    enough = _score(board, seats) - lower_bound(board, limits, tight=False).value
    proposals = anneal(seating, proposals=work, stream=stream, enough=enough)
    _refuse_themes_again(event, board, seating.seats)
    bound: Bound = lower_bound(board, limits, tight=task.effort is not Effort.QUICK)
    plan = written(
        event,
        board,
        seating.seats,
        floor=_floor(limits, proven=proven),
        bound=bound.value,
        before=before,
        audit=Audit(
            event=event.fingerprint,
            policy=board.policy,
            seed=task.seed,
            effort=str(task.effort),
            branches=start.branches,
            proposals=proposals,
            version=weerklank.__version__,
            history=(task.history or Meetings()).fingerprint,
            bound_by=bound.by,
        ),
    )
    # Nothing leaves this door that the independent checker has not recomputed.
    check_plan(event, plan, history=task.history)
    return plan


def _score(board: Board, seats: Sequence[int]) -> int:
    return sum(getattr(board.policy, name) * amount for name, amount in board.amounts(seats).items())


def _lifted(board: Board, seats: Sequence[int], *, proposals: int, stream: Random) -> tuple[int, ...]:
    """Seats after a search that looks at the worst-off only, and at themes that came back; never worse."""
    least = guarded_from(board)
    if least is None or _worst_first(board, seats) == (0, []):
        return tuple(seats)
    heaviest = board.steps[-1] * board.rounds + 1
    worth = [
        0 if steps < least else 4 * 3 ** ((steps - least) // 4) + steps - least for steps in range(heaviest)
    ]
    search = Seating(replace(board, policy=_ONLY_WISHES), seats, limits=None, worth=worth)
    anneal(search, proposals=proposals, stream=stream)
    after = _worst_first(board, search.seats)
    return tuple(search.seats) if after < _worst_first(board, seats) else tuple(seats)


def _worst_first(board: Board, seats: Sequence[int]) -> tuple[int, list[int]]:
    """What to compare: themes that came back, then the heaviest burdens one by one."""
    least = guarded_from(board) or 0
    return _themes_back(board, seats), sorted(
        (burden for burden in board.burdens(seats) if burden >= least), reverse=True
    )


def _themes_back(board: Board, seats: Sequence[int]) -> int:
    """How often somebody who could go elsewhere has a theme again."""
    if board.rounds == 1 or board.themes_again:
        return 0
    sat: dict[tuple[int, int], list[bool]] = {}
    for slot, room in enumerate(seats):
        sat.setdefault((slot % board.count, board.theme[room]), []).append(len(board.allowed[slot]) == 1)
    return sum(len(held) - 1 for held in sat.values() if len(held) > 1 and not all(held))


def _unwound(board: Board, start: Start, *, seed: int) -> Start:
    """After a short search for a way out of themes that came back."""
    if not _themes_back(board, start.seats):
        return start
    search = Seating(replace(board, policy=_ONLY_WISHES), start.seats, limits=None)
    anneal(search, proposals=_UNWIND * len(board.people), stream=Random(f"unwind {seed}"))
    return replace(start, seats=tuple(search.seats))


def _nobody_worse_off(board: Board, seats: Sequence[int]) -> bool:
    """Nobody carries a guarded burden at all: no floor can be lower."""
    return board.policy.guard is None or not _worst_first(board, seats)[1]


def _floor(limits: Limits | None, *, proven: bool) -> Floor:
    pairs = limits or ()
    return Floor(tuple(most for _, most in pairs), proven, tuple(steps for steps, _ in pairs))


def _refuse_themes_again(event: Event, board: Board, seats: Sequence[int]) -> None:
    if board.rounds == 1 or board.themes_again:
        return
    many = board.count
    turns = [
        {board.people[own].id: board.rooms[seats[own + turn * many]].id for own in range(many)}
        for turn in range(board.rounds)
    ]
    twice = {breach.people for breach in breaches_over(event, turns) if breach.rule is Rule.THEME}
    if twice:
        people = tuple(sorted({who for people in twice for who in people}))
        raise NoSeating((Conflict(Demand.THEMES_AGAIN, asked=board.rounds, people=people),))
