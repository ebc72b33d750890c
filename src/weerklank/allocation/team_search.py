"""A good team by exchanging people, from many starts: needs nothing but the standard library."""

from __future__ import annotations

from random import Random

from weerklank.allocation.team_board import TeamBoard

__all__ = ["improved", "searched"]

_TRIES = 200


def searched(board: TeamBoard, *, starts: int, stream: Random) -> list[int] | None:
    """The best team of ``starts`` random ones that were each improved; None when no start kept the rules."""
    best: list[int] | None = None
    for _ in range(starts):
        start = _start(board, stream)
        if start is not None:
            team = improved(board, start)
            if best is None or board.worth(team) > board.worth(best):
                best = team
    return best


def improved(board: TeamBoard, team: list[int]) -> list[int]:
    """``team`` after every exchange of one member that still gains."""
    team, worth = list(team), board.worth(team)
    again = True
    while again:
        again = False
        for place, member in enumerate(team):
            if member in board.must:
                continue
            for other in range(len(board.people)):
                changed = [*team[:place], other, *team[place + 1 :]]
                if other in team or not board.allows(changed):
                    continue
                better = board.worth(changed)
                if better > worth:
                    team, worth, again = changed, better, True
    return team


def _start(board: TeamBoard, stream: Random) -> list[int] | None:
    others = [place for place in range(len(board.people)) if place not in board.must]
    foes: dict[int, set[int]] = {}
    for one, other in board.apart:
        foes.setdefault(one, set()).add(other)
        foes.setdefault(other, set()).add(one)
    for _ in range(_TRIES):
        team = sorted(board.must)
        stream.shuffle(others)
        for place in others:
            if len(team) < board.size and foes.get(place, set()).isdisjoint(team):
                team.append(place)
        if board.allows(team):
            return team
    return None
