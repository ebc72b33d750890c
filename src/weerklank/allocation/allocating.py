"""The front door: an event becomes a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from random import Random

import weerklank
from weerklank.allocation.anneal import anneal
from weerklank.allocation.board import Board, lay_out
from weerklank.allocation.checking import BrokenPlan, breaches, check_plan
from weerklank.allocation.event import Event, Policy
from weerklank.allocation.plan import Audit, Choices, Floor, Move, Plan, Seat, Term, Unit
from weerklank.allocation.reasons import Reason, reason_for
from weerklank.allocation.seating import Seating
from weerklank.allocation.start import Start, find_start, frozen_from
from weerklank.errors import BadInput

__all__ = ["Effort", "allocate", "explain", "plan_from_seats", "seat_around"]

_USUAL = Policy()
_BY_HAND = Policy(guard=None)
_UNITS = {
    "wish": Unit.STEPS,
    "organisation": Unit.PAIRS,
    "layer": Unit.PAIRS,
    "role": Unit.PAIRS,
    "uneven": Unit.PAIRS,
    "few_layers": Unit.LAYERS,
}


class Effort(StrEnum):
    """How long to look, in work and not in seconds."""

    QUICK = "quick"
    NORMAL = "normal"
    THOROUGH = "thorough"

    @property
    def proposals(self) -> int:
        """Moves to consider, per person."""
        return {"quick": 500, "normal": 6000, "thorough": 30000}[self.value]

    @property
    def branches(self) -> int:
        """Ways to settle groups and apart pairs to try."""
        return {"quick": 500, "normal": 1500, "thorough": 30000}[self.value]


def allocate(event: Event, *, policy: Policy = _USUAL, seed: int, effort: str = Effort.NORMAL) -> Plan:
    """Seat everybody of ``event``: hard rules, then the floor, then the best weighted sum found.

    The plan is the same for the same event in any order, on any machine, for one ``seed``; draw the seed in
    public, after the wishes are in, because it settles ties between people.

    :param effort: ``quick``, ``normal`` or ``thorough``.
    :raises NoSeating: a ``NoSolution`` that names the demands that contradict each other.
    :raises BadInput: the event is wrong in itself, or the effort is unknown.
    """
    board = lay_out(event, policy=policy, seed=seed)
    tried = _effort(effort)
    start = find_start(board, budget=tried.branches)
    return _improved(event, board, start, seed=seed, effort=tried)


def explain(event: Event, plan: Plan, person: str) -> Reason:
    """Why ``person`` sits where they sit: never anything about another person's needs or relations."""
    return reason_for(event, {seat.person: seat.room for seat in plan.seats}, person)


def plan_from_seats(event: Event, seats: Mapping[str, str], *, policy: Policy = _BY_HAND) -> Plan:
    """The plan of ``seats`` (person → room) that were made by hand.

    :raises BrokenPlan: a hard rule is broken; ``breaches`` names which.
    """
    if broken := breaches(event, seats):
        raise BrokenPlan(broken)
    board = lay_out(event, policy=policy, seed=0)
    places = {room.id: place for place, room in enumerate(board.rooms)}
    given = tuple(places[seats[person.id]] for person in board.people)
    start = Start(given, proven=False, branches=0)
    return _written(event, board, given, start, seed=0, effort="by-hand", proposals=0)


def seat_around(
    event: Event, board: Board, start: Start, *, seed: int, effort: str, before: Mapping[str, str]
) -> Plan:
    """Improve ``start`` on a board whose pins hold, and note who moved from ``before``."""
    return _improved(event, board, start, seed=seed, effort=_effort(effort), before=before)


def _effort(effort: str) -> Effort:
    try:
        return Effort(effort)
    except ValueError as error:
        raise BadInput(
            f"De inspanning «{effort}» bestaat niet.", remedy=f"Kies uit: {', '.join(Effort)}."
        ) from error


def _improved(
    event: Event,
    board: Board,
    start: Start,
    *,
    seed: int,
    effort: Effort,
    before: Mapping[str, str] | None = None,
) -> Plan:
    work = effort.proposals * len(board.people)
    stream = Random(f"anneal {seed}")
    if not start.proven:
        start = _lifted(board, start, proposals=work, stream=stream)
    seating = Seating(board, start.seats, limits=_limits(board, start.seats))
    proposals = anneal(seating, proposals=work, stream=stream)
    plan = _written(
        event, board, seating.seats, start, seed=seed, effort=effort, proposals=proposals, before=before
    )
    # Nothing leaves this door that the independent checker has not recomputed.
    check_plan(event, plan)
    return plan


def _lifted(board: Board, start: Start, *, proposals: int, stream: Random) -> Start:
    """A start whose floor was not proven, after a search that looks at the worst-off only; never worse."""
    frozen = frozen_from(board)
    if frozen is None:
        return start
    steep = tuple(3 ** (level - frozen + 1) if level >= frozen else 0 for level in range(len(board.steps)))
    only_wishes = Policy(guard=None, wish=1, organisation=0, layer=0, role=0, uneven=0, few_layers=0)
    search = Seating(replace(board, policy=only_wishes, steps=steep), start.seats, limits=None)
    anneal(search, proposals=proposals, stream=stream)
    before, after = (_limits(board, seats) or [] for seats in (start.seats, search.seats))
    return replace(start, seats=tuple(search.seats)) if after[::-1] < before[::-1] else start


def _limits(board: Board, seats: Sequence[int]) -> list[int] | None:
    """Per level how many people may be there or worse: no limit down to the guarded one, then as in ``seats``."""
    frozen = frozen_from(board)
    if frozen is None:
        return None
    at = Counter(board.level[person][room] for person, room in enumerate(seats))
    levels = range(len(board.steps))
    limits = [
        sum(at[worse] for worse in levels if worse >= level) if level >= frozen else len(seats)
        for level in levels
    ]
    if frozen < board.unwished:  # to get no wish at all is never traded
        limits[frozen] += board.policy.slack * len(seats) // 100
    return limits


def _written(
    event: Event,
    board: Board,
    rooms: Sequence[int],
    start: Start,
    *,
    seed: int,
    effort: str,
    proposals: int,
    before: Mapping[str, str] | None = None,
) -> Plan:
    where = {board.people[person].id: board.rooms[room].id for person, room in enumerate(rooms)}
    wishes = {person.id: person.wishes for person in event.people}
    themes = {room.id: room.theme for room in event.rooms}
    seats = []
    for who in sorted(where):
        theme = themes[where[who]]
        seats.append(Seat(who, where[who], wishes[who].index(theme) + 1 if theme in wishes[who] else None))
    got = Counter(seat.rank for seat in seats if wishes[seat.person])
    limits = _limits(board, start.seats)
    frozen = frozen_from(board) or 0
    amounts = board.amounts(rooms)
    return Plan(
        seats=tuple(seats),
        choices=Choices(
            by_rank=tuple(got[rank] for rank in range(1, board.unwished + 1)),
            unwished=got[None],
            no_wish=sum(not wished for wished in wishes.values()),
        ),
        terms=tuple(
            Term(name, amounts[name], unit, getattr(board.policy, name)) for name, unit in _UNITS.items()
        ),
        floor=Floor(tuple(limits[frozen:]) if limits else (), start.proven),
        reasons=tuple(reason_for(event, where, who) for who in sorted(where)),
        moves=tuple(
            Move(who, room, where[who])
            for who, room in sorted((before or {}).items())
            if who in where and where[who] != room
        ),
        audit=Audit(
            event=event.fingerprint,
            policy=board.policy,
            seed=seed,
            effort=str(effort),
            branches=start.branches,
            proposals=proposals,
            version=weerklank.__version__,
        ),
    )
