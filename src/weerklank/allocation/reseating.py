"""Re-seating at the door: seat who comes, leave who sits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from weerklank.allocation.allocating import Effort, seat_around
from weerklank.allocation.board import lay_out
from weerklank.allocation.conflicts import Conflict, Demand, NoSeating
from weerklank.allocation.event import Event, Person, changed
from weerklank.allocation.plan import Plan
from weerklank.allocation.start import find_start

__all__ = ["reseat"]


def reseat(
    event: Event,
    plan: Plan,
    *,
    arrivals: Iterable[Person] = (),
    departures: Iterable[str] = (),
    closed: Iterable[str] = (),
    max_moves: int = 0,
    effort: str = Effort.NORMAL,
) -> Plan:
    """A plan for ``changed(event, arrivals=…, departures=…, closed=…)`` in which as few people move as can be.

    People who sat keep their room unless a hard rule makes them move (a closed room, an arrival who fits
    nowhere else); those whose room closed count as moves. Only arrivals and movers are chosen for: best
    wishes first, then the same terms as the plan. Policy and seed are those of ``plan``; its ``moves`` name who moved.

    :param max_moves: how many people who sat may get another room. Moves that only would be nicer are not made.
    :raises NoSeating: it takes more moves than that (demand ``moves``, with the number), or cannot be done at all.
    """
    now = changed(event, arrivals=arrivals, departures=departures, closed=closed)
    before = {seat.person: seat.room for seat in plan.seats}
    seed, policy = plan.audit.seed, plan.audit.policy
    board = lay_out(now, policy=policy, seed=seed)
    places = {room.id: place for place, room in enumerate(board.rooms)}
    kept = [places.get(before.get(person.id, "")) for person in board.people]
    found = find_start(board, budget=Effort(effort).branches, kept=kept)
    homeless = sum(
        person.id in before and here is None for person, here in zip(board.people, kept, strict=True)
    )
    if (needed := found.moved + homeless) > max_moves:
        raise NoSeating((Conflict(Demand.MOVES, asked=needed, there=max_moves),))
    # Whoever stays put is pinned: only newcomers and movers are free for the search.
    held = replace(
        board,
        allowed=tuple(
            (here,) if here is not None and found.seats[person] == here else board.allowed[person]
            for person, here in enumerate(kept)
        ),
    )
    return seat_around(now, held, found, seed=seed, effort=effort, before=before)
