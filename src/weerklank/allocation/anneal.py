"""Simulated annealing over shifts and swaps, on whole numbers and a seeded stream.

Kirkpatrick, Gelatt and Vecchi (1983). The work is counted in proposals, never in seconds, and the chances come from
a rounded table, so that the same event and seed give the same seats on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from random import Random

from weerklank.allocation.seating import Seating

__all__ = ["anneal"]

_HOT, _COOL, _WARM, _COLD = 1.2, 0.2, 0.8, 0.15
_STAGES, _AGAIN = 40, 24
_TANGLED = 2000
_WIDE = 1 / 16
_TIED_TRIES, _TIED_SHARE = 20, 200
_WATCHED = (
    500  # up to so many people every best seating is kept; a copy of thousands costs more than a search
)
_TURNED = 1 / 40


def anneal(seating: Seating, *, proposals: int, stream: Random, enough: int | None = None) -> int:
    """Improve ``seating`` in place to the best it meets; returns the proposals spent. Hard rules hold throughout.

    :param enough: by how much the score must fall before it can fall no further; then the search ends.
    """
    board = seating.board
    grouped = {member for group in board.groups for member in group}
    free = [person for person, allowed in enumerate(board.allowed) if len(allowed) > 1]
    singles = [person for person in free if person not in grouped]
    # Groups, and people with somebody to avoid: moving them may take others along.
    # Among thousands of people a single move finds a way around those who must be apart.
    tangled = len(free) <= _TANGLED
    tied = sorted({seating.mates[one] for one in free if one in grouped or (tangled and seating.foes[one])})
    if not free:
        return 0
    best, lowest, score = list(seating.seats), 0, 0
    each = max(1, proposals // _STAGES)
    tries = max(1, min(_TIED_TRIES, each // (_TIED_SHARE * max(1, len(tied)))))
    for stage in range(_STAGES):
        chances = _chances(_heat(stage))
        for people in tied:
            for _ in range(tries):
                score += _try_tied(seating, people, grouped, chances, stream)
        if score < lowest:
            best, lowest = list(seating.seats), score
        if singles:
            run = _plain_stage if seating.plain else _stage
            score, best, lowest = run(seating, singles, grouped, chances, each, stream, (score, best, lowest))
        if score < lowest:
            best, lowest = list(seating.seats), score
        if enough is not None and -lowest >= enough:
            break
    for person, room in enumerate(best):
        if seating.seats[person] != room:
            seating.move(person, room)
    if len(singles) ** 2 <= proposals:
        _polish(seating, singles)
    return each * (stage + 1)


def _heat(stage: int) -> float:
    """Down once, and once more from halfway: the second time from a good seating."""
    if stage < _AGAIN:
        return _HOT * exp(log(_COOL / _HOT) * stage / (_AGAIN - 1))
    return _WARM * exp(log(_COLD / _WARM) * (stage - _AGAIN) / (_STAGES - _AGAIN - 1))


def _chances(temperature: float) -> list[float]:
    """The chance to accept each rise of the score. Rounded: the last bit of exp differs between machines."""
    chances = [1.0]
    while chances[-1] > 1e-6:
        chances.append(round(exp(-len(chances) / temperature), 9))
    return chances


def _stage(
    seating: Seating,
    singles: Sequence[int],
    grouped: set[int],
    chances: Sequence[float],
    proposals: int,
    stream: Random,
    sofar: tuple[int, list[int], int],
) -> tuple[int, list[int], int]:
    """Shifts and swaps inside a round, and now and then two rounds of one person changed about."""
    score, best, lowest = sofar
    draw = stream.random
    seats, inside = seating.seats, seating.inside
    near, likes = seating.near, seating.likes
    allowed, fits, theme = seating.board.allowed, seating.fits, seating.board.theme
    sat, count = seating.sat, seating.board.count
    once = seating.board.rounds > 1 and not seating.board.themes_again
    turned = seating.board.rounds > 1
    many, reach, watched = len(singles), len(chances), len(seats) <= _WATCHED
    for _ in range(proposals):
        person = singles[int(draw() * many)]
        wide = draw() < _WIDE
        if turned and draw() < _TURNED:
            price = _turn_about(seating, person, grouped, chances, stream)
            score += price
            if watched and score < lowest:
                best, lowest = list(seats), score
            continue
        options = allowed[person] if wide else near[person]
        if not options:
            continue
        start, to = seats[person], options[int(draw() * len(options))]
        # A theme that somebody has in another round is no way out; most proposals end here.
        if to == start or (once and theme[to] != theme[start] and sat[person % count][theme[to]]):
            continue
        members = inside[to]
        which = int(draw() * (len(members) + 1))
        if which == len(members):
            price = seating.shift_price(person, to)
            if (price <= 0 or (price < reach and draw() < chances[price])) and seating.may_shift(person, to):
                seating.move(person, to)
                score += price
        else:
            other = members[which]
            if (
                start not in (fits if wide else likes)[other]
                or other in grouped
                or (once and theme[to] != theme[start] and sat[other % count][theme[start]])
            ):
                continue
            price = seating.swap_price(person, other)
            if (price <= 0 or (price < reach and draw() < chances[price])) and seating.may_swap(
                person, other
            ):
                seating.swap(person, other)
                score += price
        if watched and score < lowest:
            best, lowest = list(seats), score
    return score, best, lowest


def _turn_about(
    seating: Seating, person: int, grouped: set[int], chances: Sequence[float], stream: Random
) -> int:
    """Somebody has two rounds the other way about, and with them, if anybody can, one who had them so already."""
    board, seats = seating.board, seating.seats
    count, rooms = board.count, len(board.rooms) // board.rounds
    apart = 1 + int(stream.random() * (board.rounds - 1))
    later = (person + apart * count) % len(seats)
    if later in grouped:
        return 0
    here, there = seats[person], seats[later]
    # The same rooms, each in the other round.
    over = there % rooms + here - here % rooms
    back = here % rooms + there - there % rooms
    if over == here or over not in seating.fits[person] or back not in seating.fits[later]:
        return 0
    moves = [(person, over), (later, back)]
    partners = [
        other
        for other in seating.inside[over]
        if seats[(other + apart * count) % len(seats)] == back
        and other not in grouped
        and (other + apart * count) % len(seats) not in grouped
        and here in seating.fits[other]
        and there in seating.fits[(other + apart * count) % len(seats)]
    ]
    if partners:
        other = partners[int(stream.random() * len(partners))]
        moves += [(other, here), ((other + apart * count) % len(seats), there)]
    elif not (
        len(seating.inside[over]) < seating.high[over]
        and len(seating.inside[back]) < seating.high[back]
        and len(seating.inside[here]) > seating.low[here]
        and len(seating.inside[there]) > seating.low[there]
    ):
        return 0
    undo: list[tuple[int, int]] = []
    price = _march(seating, moves, undo)
    accepted = price <= 0 or (price < len(chances) and stream.random() < chances[price])
    if accepted and seating.sound([one for one, _ in moves]):
        return price
    for one, room in reversed(undo):
        seating.move(one, room)
    return 0


def _plain_stage(
    seating: Seating,
    singles: Sequence[int],
    grouped: set[int],
    chances: Sequence[float],
    proposals: int,
    stream: Random,
    sofar: tuple[int, list[int], int],
) -> tuple[int, list[int], int]:
    """As :func:`_stage`, where nobody meets twice, and with the price of a swap written out: calls cost half the time."""
    score, best, lowest = sofar
    draw = stream.random
    seats, inside = seating.seats, seating.inside
    near, likes = seating.near, seating.likes
    allowed, fits, theme = seating.board.allowed, seating.fits, seating.board.theme
    wish, own, alike = seating.wish, seating.own, seating.alike
    org, kind, weight = seating.org, seating.kind, seating.org_weight
    org_cost, kind_cost = seating.org_cost, seating.kind_cost
    layer, found, wanted = seating.layer, seating.found, seating.wanted
    many, reach, watched = len(singles), len(chances), len(seats) <= _WATCHED
    for _ in range(proposals):
        person = singles[int(draw() * many)]
        wide = draw() < _WIDE
        options = allowed[person] if wide else near[person]
        if not options:
            continue
        start, to = seats[person], options[int(draw() * len(options))]
        if to == start:
            continue
        members = inside[to]
        which = int(draw() * (len(members) + 1))
        if which == len(members):
            price = seating.shift_price(person, to)
            if (price <= 0 or (price < reach and draw() < chances[price])) and seating.may_shift(person, to):
                seating.move(person, to)
                score += price
                if watched and score < lowest:
                    best, lowest = list(seats), score
            continue
        other = members[which]
        if start not in (fits if wide else likes)[other] or other in grouped:
            continue
        here, there = theme[start], theme[to]
        mine, theirs = wish[person], wish[other]
        a, b, x, y = org[person], org[other], kind[person], kind[other]
        price = (
            mine[there]
            - mine[here]
            + theirs[here]
            - theirs[there]
            + own[person]
            + own[other]
            - 2 * alike[x][y]
        )
        if a != b:
            near_cost, far_cost = org_cost[start], org_cost[to]
            price += far_cost[a] - near_cost[a] + near_cost[b] - far_cost[b]
        elif a >= 0:
            price -= 2 * weight
        if x != y:
            near_cost, far_cost = kind_cost[start], kind_cost[to]
            price += far_cost[x] - near_cost[x] + near_cost[y] - far_cost[y]
        # Layers that a room misses only play a part where there are hardly enough.
        if (
            wanted
            and (found[start] <= wanted or found[to] <= wanted)
            and price - 2 * seating.board.policy.few_layers < reach
            and layer[person] != layer[other]
        ):
            price += seating.layers_price(person, other)
        if (price <= 0 or (price < reach and draw() < chances[price])) and seating.may_swap(person, other):
            seating.swap(person, other)
            score += price
            if watched and score < lowest:
                best, lowest = list(seats), score
    return score, best, lowest


def _try_tied(
    seating: Seating,
    people: Sequence[int],
    grouped: set[int],
    chances: Sequence[float],
    stream: Random,
) -> int:
    """Move people with ties to another room, and as many others as that asks; the change of the score."""
    options = seating.board.allowed[people[0]]
    start, to = seating.seats[people[0]], options[int(stream.random() * len(options))]
    if to == start:
        return 0
    moves = _chain(seating, people, start, to)
    if moves is None:
        return 0
    undo: list[tuple[int, int]] = []
    price = _march(seating, moves, undo)
    back = [one for one in seating.inside[to] if one not in grouped and start in seating.fits[one]]
    if stream.random() < 0.5:  # change places with as many
        price += _march(seating, [(_drawn(back, stream), start) for _ in people if back], undo)
    price += _fit(seating, start, to, grouped, stream, undo)
    accepted = price <= 0 or (price < len(chances) and stream.random() < chances[price])
    sizes = seating.low[start] <= len(seating.inside[start]) <= seating.high[start]
    sizes = sizes and seating.low[to] <= len(seating.inside[to]) <= seating.high[to]
    if accepted and sizes and seating.sound([person for person, _ in undo]):
        return price
    for person, room in reversed(undo):
        seating.move(person, room)
    return 0


def _chain(seating: Seating, people: Sequence[int], start: int, to: int) -> list[tuple[int, int]] | None:
    """Who must change between the two rooms when ``people`` do, because of whom they avoid (a Kempe chain)."""
    goal = dict.fromkeys(people, to)
    queue = list(people)
    while queue:
        one = queue.pop()
        for foe in seating.foes[one]:
            if seating.seats[foe] != goal[one] or foe in goal:
                continue
            other = start if goal[one] == to else to
            for mate in seating.mates[foe]:
                if mate in goal or other not in seating.fits[mate]:
                    return None
                goal[mate] = other
                queue.append(mate)
    return list(goal.items())


def _fit(
    seating: Seating, start: int, to: int, grouped: set[int], stream: Random, undo: list[tuple[int, int]]
) -> int:
    """Send others on from ``to`` while it is too full, and fetch them to ``start`` while it is too empty."""
    price, rooms = 0, range(len(seating.low))
    while len(seating.inside[to]) > seating.high[to]:
        space = {room for room in rooms if len(seating.inside[room]) < seating.high[room]}
        free = [one for one in seating.inside[to] if one not in grouped and seating.fits[one] & space]
        if not free:
            break
        one = _drawn(free, stream)
        price += _march(seating, [(one, _drawn(sorted(seating.fits[one] & space), stream))], undo)
    while len(seating.inside[start]) < seating.low[start]:
        free = [
            one
            for room in rooms
            if room != start and len(seating.inside[room]) > seating.low[room]
            for one in seating.inside[room]
            if one not in grouped and start in seating.fits[one]
        ]
        if not free:
            break
        price += _march(seating, [(_drawn(free, stream), start)], undo)
    return price


def _march(seating: Seating, moves: Sequence[tuple[int, int]], undo: list[tuple[int, int]]) -> int:
    price = 0
    for person, room in moves:
        undo.append((person, seating.seats[person]))
        price += seating.shift_price(person, room)
        seating.move(person, room)
    return price


def _drawn(people: list[int], stream: Random) -> int:
    return people.pop(int(stream.random() * len(people)))


def _polish(seating: Seating, singles: Sequence[int]) -> None:
    """Take every shift and swap that still gains, until none does."""
    better = True
    while better:
        better = False
        for person in singles:
            for to in seating.board.allowed[person]:
                if (
                    to != seating.seats[person]
                    and seating.shift_price(person, to) < 0
                    and seating.may_shift(person, to)
                ):
                    seating.move(person, to)
                    better = True
        for place, person in enumerate(singles):
            for other in singles[place + 1 :]:
                here, there = seating.seats[person], seating.seats[other]
                if (
                    here != there
                    and there in seating.fits[person]
                    and here in seating.fits[other]
                    and seating.swap_price(person, other) < 0
                    and seating.may_swap(person, other)
                ):
                    seating.swap(person, other)
                    better = True
