"""The front door of teams: people and a task become a team that complements itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict
from random import Random

import weerklank
from weerklank.allocation.effort import Effort, effort_named
from weerklank.allocation.refusals import because
from weerklank.allocation.team import (
    EVEN,
    SHOWN_FROM,
    Colleague,
    NoTeam,
    Role,
    Shares,
    Team,
    TeamAudit,
    TeamCover,
    TeamPolicy,
    question_print,
)
from weerklank.allocation.team_board import TeamBoard, most_possible, terms_of
from weerklank.allocation.team_search import improved, searched

__all__ = ["compose_team"]

_USUAL = TeamPolicy()
#: Above this many people the program is too large to be worth its time; the search and a plain bound remain.
_PROGRAM_UP_TO = 500
_STARTS = {Effort.QUICK: 2, Effort.NORMAL: 10, Effort.THOROUGH: 50}
_NODES = {Effort.QUICK: 20, Effort.NORMAL: 1000, Effort.THOROUGH: 50000}


def compose_team(
    people: Sequence[Colleague],
    k: int,
    profile: Shares = EVEN,
    policy: TeamPolicy = _USUAL,
    *,
    must: Iterable[str] = (),
    without: Iterable[str] = (),
    apart: Iterable[tuple[str, str]] = (),
    seed: int = 0,
    effort: str = Effort.NORMAL,
) -> Team:
    """The team of ``k`` that covers the task best and differs most among itself (P7, P13).

    The best by an exact solver where numpy and scipy are installed and there are not too many people; else the best found by
    exchanging people, with a bound that is true but wide. ``team.bound`` and ``team.proven`` tell how good it is.
    The same people in any order give the same team; between equal teams ``seed`` decides.

    :param profile: what the task asks of the three roles.
    :param must: people who are in it (whoever asks, say); ``without``: people who are not; ``apart``: pairs never together.
    :raises NoTeam: the rules leave no team. :raises BadInput: the people or rules are wrong in themselves.
    """
    board, left_out, pairs = _laid_out(people, k, profile, policy, must, without, apart, seed)
    tried = effort_named(effort)
    found, bound = _best(board, effort=tried, stream=Random(f"exchange {seed}"))
    members = sorted((board.people[place] for place in found), key=lambda one: one.id)
    terms = terms_of(board, members)
    together = [sum(one.shares.all[place] for one in members) for place in range(len(Role))]
    covers = tuple(
        TeamCover(role, asked, there // k)
        for role, asked, there in zip(Role, profile.all, together, strict=True)
    )
    settings = {
        "size": k,
        "profile": list(profile.all),
        "policy": asdict(policy),
        "must": sorted(board.people[place].id for place in board.must),
        "without": sorted(left_out),
        "apart": sorted(pairs),
    }
    return Team(
        members=tuple(one.id for one in members),
        covers=covers if k >= SHOWN_FROM else (),
        organisations=len({one.organisation for one in members} - {None}),
        layers=len({one.layer for one in members} - {None}),
        terms=terms if k >= SHOWN_FROM else (),
        score=board.worth(found),
        bound=bound,
        audit=TeamAudit(question_print(people, settings), seed, str(effort), weerklank.__version__),
    )


def _laid_out(
    people: Sequence[Colleague],
    k: int,
    profile: Shares,
    policy: TeamPolicy,
    must: Iterable[str],
    without: Iterable[str],
    apart: Iterable[tuple[str, str]],
    seed: int,
) -> tuple[TeamBoard, set[str], set[tuple[str, ...]]]:
    if k < 2:
        raise because.bad_input("team-size", size=k)
    known: set[str] = set()
    for one in people:
        if one.id in known:
            raise because.bad_input("twice", name=one.id)
        known.add(one.id)
    wanted, unwanted = set(must), set(without)
    pairs = {tuple(sorted(pair)) for pair in apart}
    for name in sorted({*wanted, *unwanted, *(name for pair in pairs for name in pair)} - known):
        raise because.bad_input("team-stranger", name=name)
    if both := sorted(wanted & unwanted):
        raise NoTeam(because("team-both", name=both[0]))
    asked = sorted((one for one in people if one.id not in unwanted), key=lambda one: one.id)
    Random(f"team {seed}").shuffle(asked)
    if len(wanted) > k or len(asked) < k:
        raise NoTeam(because("team-number", size=k, must=len(wanted), people=len(asked)))
    place = {one.id: number for number, one in enumerate(asked)}
    for first, second in sorted(pairs):
        if first == second or (first in wanted and second in wanted):
            raise NoTeam(because("team-apart-must", one=first, other=second))
    ties = tuple((place[a], place[b]) for a, b in sorted(pairs) if a in place and b in place)
    return (
        TeamBoard(tuple(asked), k, profile, policy, frozenset(place[name] for name in wanted), ties),
        unwanted,
        pairs,
    )


def _best(board: TeamBoard, *, effort: Effort, stream: Random) -> tuple[list[int], int]:
    """The best team known, and a proven bound."""
    bound = most_possible(board)
    team = None
    if len(board.people) <= _PROGRAM_UP_TO:
        with suppress(ImportError):
            from weerklank.allocation.team_program import solve_team

            answer = solve_team(board, nodes=_NODES[effort])
            if answer.impossible:
                raise NoTeam(because("team-apart", size=board.size))
            bound = min(bound, answer.bound)
            team = None if answer.team is None else improved(board, answer.team)
    if team is None or board.worth(team) < bound:
        other = searched(board, starts=_STARTS[effort], stream=stream)
        team = max((one for one in (team, other) if one is not None), key=board.worth, default=None)
    if team is None:
        raise NoTeam(because("team-search", size=board.size))
    return team, bound
