"""Teams beside a proven optimum of CP-SAT and a plain swap search; lotteries beside their proven bound and a plain draw.

    ./weerklank bench allocation_teams_lots [--only teams|lots] [--lots 150/22,750/112] [--limit 60]

Teams: people with random mixes of three roles, organisations and layers. CP-SAT proves the optimum of the same whole-number
question in a process of its own (it must not share one with HiGHS); the swap search is ours without a solver.

Lots: pools are generated with the shapes of published ones (people, panel, values per feature). They are not the published pools, which
are private; where a generated question cannot be met, its nearest quotas that can are taken. The limit is the
certificate: no lottery has a higher lowest chance. The plain draw fills a panel person by person, with a random person of
the quota that is scarcest (the usual way before leximin), 400 tries; its lowest chance is over interchangeable people, so 0 % means that some kind never sat.
Seconds are of the processor, one thread.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import asdict
from itertools import pairwise

import numpy as np

from weerklank.allocation import (
    Candidate,
    Colleague,
    NoPanel,
    Quota,
    Shares,
    TeamPolicy,
    compose_team,
    draw_panel,
)
from weerklank.allocation.panel_kinds import kinds_of
from weerklank.allocation.pool import PanelRules
from weerklank.allocation.team import EVEN
from weerklank.allocation.team_board import TeamBoard
from weerklank.allocation.team_search import searched

TEAMS = ((30, 5), (105, 6), (300, 8))
#: Name → people, panel, values per feature, part of the pool that shares an address with one other.
LOTS = {
    "20/4": (20, 4, (2, 2), 0.0),
    "150/22": (150, 22, (2, 5, 4, 4, 3), 0.0),
    "150/22 homes": (150, 22, (2, 5, 4, 4, 3), 0.3),
    "750/112": (750, 112, (2, 5, 4, 4, 3), 0.0),
    "1727/110": (1727, 110, (2, 5, 4, 4), 0.0),
    "2000/200 few types": (2000, 200, (2, 3, 3), 0.0),
    "mass 70/24": (70, 24, (2, 3, 4, 3, 2), 0.0),
    "sf_b 250/20": (250, 20, (2, 4, 4, 3, 3, 2), 0.0),
    "sf_a 312/35": (312, 35, (2, 4, 4, 3, 3, 2), 0.0),
    "sf_c 161/44": (161, 44, (2, 4, 4, 3, 3, 2, 2), 0.0),
    "hd 239/30": (239, 30, (2, 4, 4, 3, 3, 2, 3), 0.0),
    "sf_d 404/40": (404, 40, (2, 4, 4, 3, 3, 4), 0.0),
    "nexus 342/170": (342, 170, (2, 4, 5, 4, 2), 0.0),
    "obf 321/30": (321, 30, (2, 4, 4, 3, 3, 2, 3, 2), 0.0),
    "cca 825/75": (825, 75, (2, 6, 5, 4), 0.0),
}


def colleagues(many: int, *, seed: int) -> list[Colleague]:
    """People with a mix, an organisation (one in eight) and one of four layers."""
    chance = random.Random(seed)
    made = []
    for number in range(many):
        parts = [chance.gammavariate(2, 1) for _ in range(3)]
        first, second = (round(1000 * part / sum(parts)) for part in parts[:2])
        shares = Shares(first, second, 1000 - first - second)
        organisation = f"o{chance.randrange(max(5, many // 8))}"
        made.append(Colleague(f"p{number:03}", shares, organisation, f"l{chance.randrange(4)}"))
    return made


def pool_of(name: str, *, seed: int = 1) -> tuple[list[Candidate], list[Quota], int]:
    """A pool whose people differ from the population that the quotas follow, with correlated features."""
    many, size, shape, homes = LOTS[name]
    chance = random.Random(f"{name} {seed}")
    rows: list[dict[str, str]] = [{} for _ in range(many)]
    leaning = [chance.random() for _ in range(many)]
    quotas = []
    for place, values in enumerate(shape):
        population = [chance.gammavariate(4, 1) for _ in range(values)]
        here = [part * chance.lognormvariate(0, 0.6) for part in population]
        for row, lean in zip(rows, leaning, strict=True):
            at = (lean if chance.random() < 0.3 else chance.random()) * sum(here)
            value = 0
            while value < values - 1 and at > here[value]:
                at -= here[value]
                value += 1
            row[f"f{place}"] = f"v{value}"
        for value, part in enumerate(population):
            wanted = size * part / sum(population)
            quotas.append(Quota(f"f{place}", f"v{value}", int(0.9 * wanted), int(1.1 * wanted) + 1))
    return (
        [
            Candidate(f"c{place:04}", row, f"h{place // 2}" if place < homes * many else None)
            for place, row in enumerate(rows)
        ],
        quotas,
        size,
    )


def proven_by_cp_sat(many: int, size: int, seed: int, limit: float) -> dict[str, float]:
    """Value, bound and seconds (of processor) of CP-SAT in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--cp-sat", f"{many},{size},{seed},{limit}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def cp_sat(many: int, size: int, seed: int, limit: float) -> None:
    """The same question as a constraint program: thresholds with the number above, and its product as a table of chords."""
    from ortools.sat.python import cp_model

    people, policy = colleagues(many, seed=seed), TeamPolicy()
    model = cp_model.CpModel()
    chosen = [model.new_bool_var(one.id) for one in people]
    model.add(sum(chosen) == size)
    total = []
    board = TeamBoard(tuple(people), size, EVEN, policy, frozenset(), ())
    for role in range(3):
        shares = [one.shares.all[role] for one in people]
        cover = model.new_int_var(0, board.enough[role], "")
        model.add(cover <= sum(share * one for share, one in zip(shares, chosen, strict=True)))
        total.append(2 * policy.cover * cover)
        values = sorted(set(shares))
        for lower, upper in pairwise(values):
            above = sum(one for share, one in zip(shares, chosen, strict=True) if share >= upper)
            product = model.new_int_var(0, size * size, "")
            for step in range(size):
                model.add(product <= (size - 2 * step - 1) * above + step * (step + 1))
            total.append(policy.difference * (upper - lower) * product)
    for weight, names in (
        (policy.organisation, [one.organisation for one in people]),
        (policy.layer, [one.layer for one in people]),
    ):
        total.append(weight * size * (size - 1))
        for name in sorted(set(names), key=str):
            alike = [one for other, one in zip(names, chosen, strict=True) if other == name]
            pairs = model.new_int_var(0, size * size, "")
            for step in range(size):
                model.add(2 * pairs >= 2 * step * sum(alike) - step * (step + 1))
            total.append(-2 * weight * pairs)
    model.maximize(sum(total))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit
    solver.parameters.num_workers = 1
    began = time.process_time()
    solver.solve(model)
    seconds = time.process_time() - began
    print(
        json.dumps(
            {
                "value": solver.objective_value / 2,
                "bound": solver.best_objective_bound / 2,
                "seconds": seconds,
            }
        )
    )


def teams(limit: float) -> None:
    print("| team | ours | bound | s | CP-SAT | bound | s | ours / CP-SAT | swap | s | swap / ours |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for many, size in TEAMS:
        for seed in (1, 2):
            people = colleagues(many, seed=seed)
            began = time.process_time()
            team = compose_team(people, size)
            ours = time.process_time() - began
            board = TeamBoard(tuple(people), size, EVEN, TeamPolicy(), frozenset(), ())
            began = time.process_time()
            swapped = board.worth(searched(board, starts=3, stream=random.Random(1)) or [])
            swap = time.process_time() - began
            peer = proven_by_cp_sat(many, size, seed, limit)
            print(
                f"| {many} choose {size}, {seed} | {team.score} | {team.bound} | {ours:.1f} | {peer['value']:.0f} | "
                f"{peer['bound']:.0f} | {peer['seconds']:.1f} | {_ratio(team.score, peer['value'])} | "
                f"{swapped} | {swap:.1f} | {swapped / team.score:.4f} |",
                flush=True,
            )


def _ratio(ours: float, theirs: float) -> str:
    return f"{ours / theirs:.4f}" if theirs else "nothing found"


def plain_draws(
    pool: list[Candidate], quotas: list[Quota], size: int, *, draws: int
) -> tuple[Counter[str], int]:
    """Panels made person by person from the scarcest quota, thrown away when they fail; how often each person sat."""
    chance = np.random.default_rng(1)
    rules = PanelRules(pool, quotas, size)
    holds = np.array([[quota.holds(one) for one in pool] for quota in quotas])
    low, high = (np.array([getattr(quota, side) for quota in quotas]) for side in ("low", "high"))
    homes = np.array([one.address or one.id for one in pool])
    sat: Counter[str] = Counter()
    made = 0
    for _ in range(draws):
        counts, free = np.zeros(len(quotas), dtype=int), np.ones(len(pool), dtype=bool)
        panel: list[str] = []
        while len(panel) < size and free.any():
            there = (holds & free).sum(axis=1)
            need = low - counts
            if (need > there).any():
                break
            scarce = np.where(need > 0, need / np.maximum(there, 1), 0)
            among = free & holds[int(np.argmax(scarce))] if scarce.any() else free
            place = int(chance.choice(np.flatnonzero(among)))
            panel.append(pool[place].id)
            counts += holds[:, place]
            free &= homes != homes[place]
            free &= ~holds[counts >= high].any(axis=0)
        if rules.broken(panel) is None:
            made += 1
            sat.update(panel)
    return sat, made


def lots(names: list[str]) -> None:
    print(
        "| pool | kinds | lowest | highest possible | proven | rounding | s | rounds | cuts | plain draw lowest | plain / ours |"
    )
    print("|---|---:|---:|---:|---|---:|---:|---:|---:|---:|---:|")
    for name in names:
        pool, quotas, size = pool_of(name)
        began = time.process_time()
        try:
            lottery = draw_panel(pool, quotas, size, seed=1)
        except NoPanel as refused:
            quotas = list(refused.nearest)
            began = time.process_time()
            lottery = draw_panel(pool, quotas, size, seed=1)
        seconds = time.process_time() - began
        kinds = kinds_of(pool, quotas, size)
        sat, made = plain_draws(pool, quotas, size, draws=400)
        plain = (
            min(
                (
                    sum(sat[who] for home in kind.homes for who in home) / kind.size / made
                    for kind in kinds.kinds
                ),
                default=0.0,
            )
            if made
            else 0.0
        )
        lowest = lottery.lowest / 1e6
        print(
            f"| {name} | {len(kinds.kinds)} | {lowest:.2%} | {lottery.certificate.bound / 1e6:.2%} | "
            f"{'yes' if lottery.proven else 'no'} | {lottery.rounding / 1e6:.2%} | {seconds:.1f} | "
            f"{lottery.audit.rounds} | {len(lottery.certificate.cuts)} | {plain:.2%} | "
            f"{plain / lowest if lowest else float('nan'):.2f} |",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=("teams", "lots"))
    parser.add_argument("--lots", help="names of pools, with commas")
    parser.add_argument("--limit", type=float, default=60, help="seconds that CP-SAT may take per team")
    parser.add_argument("--cp-sat", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.cp_sat:
        many, size, seed, limit = arguments.cp_sat.split(",")
        cp_sat(int(many), int(size), int(seed), float(limit))
        return
    print("Weights of teams:", asdict(TeamPolicy()), "\n")
    if arguments.only != "lots":
        teams(arguments.limit)
        print()
    if arguments.only != "teams":
        lots(arguments.lots.split(",") if arguments.lots else list(LOTS))


if __name__ == "__main__":
    main()
