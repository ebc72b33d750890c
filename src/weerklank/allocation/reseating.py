"""Re-seating while people come and go: how much better it gets for how many people who move (W4, W6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

from weerklank.allocation.allocating import plan_from_seats
from weerklank.allocation.board import lay_out
from weerklank.allocation.checking import check_plan
from weerklank.allocation.effects import Change, Step, weigh
from weerklank.allocation.effort import Effort, effort_named
from weerklank.allocation.event import Event, Person, Policy, Room, changed
from weerklank.allocation.plan import Move, Plan
from weerklank.allocation.refusals import because
from weerklank.allocation.trading import fewest_moves, trade
from weerklank.allocation.wording import rank_in_words, relocation_in_words

__all__ = ["BUDGETS", "Option", "Relocation", "WhyMove", "reallocate"]

BUDGETS = (0, 3, 10)
_WORK = {Effort.QUICK: 800, Effort.NORMAL: 3000, Effort.THOROUGH: 8000}  # proposals per person


class WhyMove(StrEnum):
    """What a move is for.

    ``NEEDED`` covers places, needs and rules about other people on purpose: a word of its own for each would tell
    the person who moves what somebody else needs.
    """

    CLOSED = "closed"
    NEEDED = "needed"
    WISH = "wish"
    MAKES_WAY = "makes-way"
    MIX = "mix"


@dataclass(frozen=True, slots=True)
class Relocation:
    """Somebody who had a room and gets another.

    :param gains: for ``MIX``: what improves by this move and those that belong with it.
    """

    step: Step
    start_name: str
    to_name: str
    why: WhyMove
    gains: tuple[Change, ...] = ()

    @property
    def person(self) -> str:
        """Who moves."""
        return self.step.person

    def text(self, language: str = "nl", *, names: Mapping[str, str] | None = None) -> str:
        """Who goes from where to where, which wish that becomes, and what for."""
        wishes = [
            rank_in_words(rank, self.step.wished, language=language)
            for rank in (self.step.before, self.step.after)
        ]
        return relocation_in_words(
            self.why,
            name=(names or {}).get(self.person, self.person),
            start=self.start_name,
            to=self.to_name,
            wish=wishes[0] if wishes[0] == wishes[1] else " → ".join(wishes),
            gains=[change.text(language) for change in self.gains],
            language=language,
        )


@dataclass(frozen=True, slots=True)
class Option:
    """One way to go on: how many people move, and what it is worth.

    :param plan: everybody's seat; ``plan.moves`` names who moves, ``plan.score`` says how good it is.
    :param least: no seating within the hard rules moves fewer people (proven).
    :param better: by how much the score is lower than that of the first option.
    """

    moves: int
    plan: Plan
    relocations: tuple[Relocation, ...]
    least: bool
    better: int


def reallocate(
    event: Event,
    plan: Plan | Mapping[str, str],
    *,
    arrivals: Iterable[Person] = (),
    departures: Iterable[str] = (),
    closed: Iterable[str] = (),
    pins: Mapping[str, str] | None = None,
    apart: Iterable[tuple[str, str]] = (),
    together: Iterable[Sequence[str]] = (),
    budgets: Sequence[int] = BUDGETS,
    policy: Policy | None = None,
    seed: int | None = None,
    effort: str = Effort.QUICK,
) -> tuple[Option, ...]:
    """Ways to go on after people came and went, rooms closed or rules changed: from fewest moves to best.

    The first option moves as few people as the hard rules allow: nobody, unless a room closed, somebody fits only where it is
    full, or a rule came that the seating breaks. Every next one moves more people and is strictly better; what
    moves nobody's seat for the better is not there. In no option are the worst-off worse off than in the first. People who stay
    together with others move only when they must.

    :param event: one round, as it was or already with whoever came; ``arrivals``, ``departures``, ``closed``, ``pins``,
        ``apart`` and ``together`` are worked into it. A facilitator who drops out closes a room, or takes a language from it.
    :param plan: who sat where (a plan, or person → room).
    :param budgets: how many people may move beyond those who must, one option at most for each.
    :param policy: what weighs how much, ``seed``: settles ties; by default those of the plan.
    :raises NoSeating: it cannot be done at all.
    """
    if not budgets or min(budgets) < 0:
        raise because.bad_input("reseat-budget")
    if event.rounds > 1:
        raise because.bad_input("reseat-rounds")
    now = changed(event, arrivals=arrivals, departures=departures, closed=closed)
    now = replace(
        now,
        apart=(*now.apart, *apart),
        together=(*now.together, *map(tuple, together)),
        pins={**now.pinned(), **(pins or {})},
        pins_in={},
    )
    here = {person.id for person in now.people}
    sat = plan.rooms_of() if isinstance(plan, Plan) else plan
    before = {who: room for who, room in sat.items() if who in here}
    used = policy or (plan.audit.policy if isinstance(plan, Plan) else Policy())
    drawn = seed if seed is not None else plan.audit.seed if isinstance(plan, Plan) else 0
    tried = effort_named(effort)
    board = lay_out(now, policy=used, seed=drawn)
    places = {room.id: place for place, room in enumerate(board.rooms)}
    kept = [places.get(before.get(person.id, "")) for person in board.people]
    start = fewest_moves(board, kept, budget=tried.branches)
    allowed = sorted({start.moved + budget for budget in (0, *budgets)})
    found = trade(
        board,
        start.seats,
        kept,
        budgets=allowed,
        proposals=_WORK[tried] * len(board.people),
        stream=Random(f"reallocate {drawn}"),
    )
    options: list[Option] = []
    first: dict[str, str] = {}
    for seats in found:
        where = {board.people[one].id: board.rooms[room].id for one, room in enumerate(seats)}
        if options and where == options[-1].plan.rooms_of():
            continue
        made = _option(now, before, where, policy=used, audit=(drawn, tried))
        first = first or where
        options.append(
            replace(
                made,
                relocations=_relocations(now, before, where, first, rooms=event.rooms, policy=used),
                least=start.proven and not options,
                better=options[0].plan.score - made.plan.score if options else 0,
            )
        )
    return tuple(options)


def _option(
    now: Event,
    before: Mapping[str, str],
    where: Mapping[str, str],
    *,
    policy: Policy,
    audit: tuple[int, Effort],
) -> Option:
    made = plan_from_seats(now, where, policy=policy)
    moves = tuple(Move(who, room, where[who]) for who, room in sorted(before.items()) if where[who] != room)
    seed, effort = audit
    plan = replace(
        made, moves=moves, audit=replace(made.audit, seed=seed, effort=str(effort), engine="annealing")
    )
    # Nothing leaves this door that the independent checker has not recomputed.
    check_plan(now, plan)
    return Option(len(moves), plan, relocations=(), least=False, better=0)


def _relocations(
    now: Event,
    before: Mapping[str, str],
    where: Mapping[str, str],
    first: Mapping[str, str],
    *,
    rooms: Sequence[Room],
    policy: Policy,
) -> tuple[Relocation, ...]:
    """Each move with what it is for. ``first``: the seating that moves only who must."""
    # Somebody may come from a room that the event does not know any more: it is closed, and called by its id.
    gone = {room: Room(room, room, "", 0, 0) for room in before.values()}
    known = gone | {room.id: room for room in rooms}
    people = {person.id: person for person in now.people}
    open_now = {room.id for room in now.rooms}
    steps = {
        who: _step(people[who], known[room], known[where[who]])
        for who, room in before.items()
        if where[who] != room
    }
    told = {}
    for chain in _chains(before, where, sorted(steps)):
        better = any(
            _better(people[who], known[first[who]], known[where[who]])
            for who in first
            if where[who] in {room for one in chain for room in (before[one], where[one])}
        )
        gains = _gains(now, where, {who: before[who] for who in chain}, first, policy=policy)
        for who in chain:
            step = steps[who]
            if before[who] not in open_now:
                why = WhyMove.CLOSED
            elif first[who] != before[who]:
                why = WhyMove.NEEDED
            elif _better(people[who], known[before[who]], known[where[who]]):
                why = WhyMove.WISH
            elif gains or not better:
                why = WhyMove.MIX
            else:
                why = WhyMove.MAKES_WAY
            told[who] = Relocation(
                step,
                known[before[who]].name,
                known[where[who]].name,
                why,
                gains if why is WhyMove.MIX else (),
            )
    return tuple(told[who] for who in sorted(told))


def _gains(
    now: Event,
    where: Mapping[str, str],
    back: Mapping[str, str],
    first: Mapping[str, str],
    *,
    policy: Policy,
) -> tuple[Change, ...]:
    """What the mix gains by these moves; of the whole option when they cannot be thought away by themselves."""
    homes = {who: room for who, room in back.items() if room in {one.id for one in now.rooms}}
    lost = weigh(now, where, homes, policy=policy)
    if homes != back or not lost.allowed:
        lost = weigh(now, where, first, policy=policy)
    return tuple(replace(change, by=-change.by) for change in lost.changes if change.by > 0)


def _step(person: Person, start: Room, to: Room) -> Step:
    ranks = [
        person.wishes.index(room.theme) + 1 if room.theme in person.wishes else None for room in (start, to)
    ]
    return Step(person.id, start.id, to.id, ranks[0], ranks[1], wished=bool(person.wishes))


def _better(person: Person, start: Room, to: Room) -> bool:
    step = _step(person, start, to)
    return step.wished and step.after is not None and (step.before is None or step.after < step.before)


def _chains(before: Mapping[str, str], where: Mapping[str, str], movers: Sequence[str]) -> list[list[str]]:
    """The moves that belong together: who leaves a room that another of them comes to."""
    chains: list[tuple[set[str], list[str]]] = []
    for who in movers:
        rooms, chain = {before[who], where[who]}, [who]
        for other in [other for other in chains if other[0] & rooms]:
            chains.remove(other)
            rooms, chain = rooms | other[0], [*other[1], *chain]
        chains.append((rooms, chain))
    return [sorted(chain) for _rooms, chain in chains]
