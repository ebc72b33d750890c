"""Rooms beside a proven optimum or bound: the search in plain Python, CP-SAT, HiGHS through SciPy, and a greedy start.

    ./weerklank bench allocation_rooms [--only rooms,large,rounds,golf,groups] [--data FOLDER] [--limit 30] [--seeds 3] [--names 105x10_s1]

Rooms: the small instances lie with the tests; those of 500 and 1,000 people and the matrices of ``groups`` are read from
``--data`` (or the variable WEERKLANK_RESEARCH_DATA), a folder with ``allocation/``. ``large`` is generated here: 10,000 people, 1,000 rooms.
CP-SAT runs in a process of its own, as it may not share one with HiGHS. Both peers get ``--limit`` seconds and one
thread on the same whole-number question; the search gets no seconds but a number of proposals, and its seconds are of the processor.

Groups: maximally diverse grouping, n = 120, three seconds a run. The product counts people who are alike and has no use for a
matrix of arbitrary distances; so this is the same search (shifts and swaps, falling temperature) written for a matrix in this file,
compiled with numba, and beside it the library itself where it can be asked the question: distances as earlier meetings.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from weerklank.allocation import Event, Meetings, Person, Plan, Policy, Room, allocate
from weerklank.allocation.board import lay_out
from weerklank.allocation.crowd import start_at_once
from weerklank.allocation.programme import programme_of

# The instances that lie with the tests are read by what the tests read them with.
sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
from library.allocation_instances import FOLDER, PROVEN, WEIGHED, event_of

LARGER = {"500x50_s1": 1616, "1000x100_s1": 3039}  # a proven optimum; a bound of HiGHS


def event(name: str, data: Path | None) -> Event:
    """An instance by name."""
    if name in PROVEN:
        raw = json.loads(gzip.decompress((FOLDER / f"{name}.json.gz").read_bytes()))
    else:
        assert data is not None
        raw = json.loads((data / "allocation" / "instances" / f"wk_{name}.json").read_text())
    return event_of(raw)


def crowd(people: int = 10_000, rooms: int = 1_000, themes: int = 100) -> Event:
    """A large gathering, always the same one: popular themes, organisations of all sizes, languages and access."""
    draw = Random(1)
    popular = [1 / (1 + theme) ** 0.5 for theme in range(themes)]
    sizes = [1 / (1 + one) for one in range(people // 5)]
    layers = [draw.randrange(4) for _ in sizes]
    persons = []
    for number in range(people):
        wishes: list[int] = []
        while len(wishes) < 4:
            (theme,) = draw.choices(range(themes), popular)
            if theme not in wishes:
                wishes.append(theme)
        (organisation,) = draw.choices(range(len(sizes)), sizes)
        persons.append(
            Person(
                f"p{number:05}",
                tuple(f"t{theme:03}" for theme in wishes),
                organisation=f"o{organisation}",
                layer=f"l{layers[organisation]}",
                role=f"r{draw.choices((0, 1, 2), (6, 3, 2))[0]}",
                languages=frozenset(draw.choice((("nl",), ("fr",), ("nl", "fr"), ("nl",)))),
                needs=frozenset({"step-free"} if draw.random() < 0.05 else ()),
            )
        )
    places = [
        Room(
            f"z{number:04}",
            f"Zaal {number}",
            f"t{number % themes:03}",
            7,
            12,
            languages=frozenset(draw.choice((("nl", "fr"), ("nl", "fr"), ("nl",), ("fr",)))),
            features=frozenset({"step-free"} if draw.random() < 0.6 else ()),
        )
        for number in range(rooms)
    ]
    apart = [draw.sample([person.id for person in persons], 2) for _ in range(people // 17)]
    return Event(tuple(persons), tuple(places), apart=tuple((one, other) for one, other in apart))


def greedy(asked: Event) -> int | None:
    """The score of the greedy start."""
    board = lay_out(asked, policy=WEIGHED, seed=1)
    start = start_at_once(board)
    if start is None:
        return None
    return sum(getattr(WEIGHED, name) * amount for name, amount in board.amounts(start.seats).items())


def highs(asked: Event, limit: float) -> dict[str, Any]:
    """What HiGHS finds and proves in ``limit`` seconds on our own programme."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    made = programme_of(lay_out(asked, policy=WEIGHED, seed=1), None, merged=False)
    table = csr_array((made.values, (made.rows, made.columns)), shape=(len(made.low), len(made.cost)))
    started = time.process_time()
    answer = milp(
        made.cost,
        integrality=made.whole,
        bounds=Bounds([0.0] * len(made.cost), made.upper),
        constraints=LinearConstraint(table, made.low, made.high),
        options={"time_limit": limit, "mip_rel_gap": 0.0},
    )
    found = None if answer.x is None else round(answer.fun) + made.constant
    bound = None if answer.mip_dual_bound is None else answer.mip_dual_bound + made.constant
    return {"found": found, "bound": bound, "seconds": time.process_time() - started}


def cp_sat(asked: Event, limit: float) -> dict[str, Any]:
    """The same programme, every coefficient a whole number, in CP-SAT; to be run in a process of its own."""
    from ortools.sat.python import cp_model

    made = programme_of(lay_out(asked, policy=WEIGHED, seed=1), None, merged=False)
    model = cp_model.CpModel()
    columns = [
        model.new_bool_var("")
        if whole
        else model.new_int_var(0, 100_000 if upper == float("inf") else int(upper), "")
        for whole, upper in zip(made.whole, made.upper, strict=True)
    ]
    rows: list[list[Any]] = [[] for _ in made.low]
    for row, column, value in zip(made.rows, made.columns, made.values, strict=True):
        rows[row].append(int(value) * columns[column])
    for terms, low, high in zip(rows, made.low, made.high, strict=True):
        if low == high:
            model.add(sum(terms) == int(low))
        elif low > -1e18 and high < 1e18:
            model.add_linear_constraint(sum(terms), int(low), int(high))
        elif low > -1e18:
            model.add(sum(terms) >= int(low))
        else:
            model.add(sum(terms) <= int(high))
    model.minimize(sum(int(cost) * column for cost, column in zip(made.cost, columns, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit
    solver.parameters.num_workers = 1
    started = time.process_time()
    status = solver.solve(model)
    there = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return {
        "found": round(solver.objective_value) + made.constant if there else None,
        "bound": solver.best_objective_bound + made.constant,
        "seconds": time.process_time() - started,
    }


def apart_process(name: str, options: argparse.Namespace) -> dict[str, Any]:
    """CP-SAT, kept out of this process."""
    asked = [sys.executable, __file__, "--cp-sat", name, "--limit", str(options.limit)]
    if options.data:
        asked += ["--data", str(options.data)]
    return dict(json.loads(subprocess.run(asked, check=True, capture_output=True, text=True).stdout))


def searched(asked: Event, seeds: int, **settings: Any) -> Iterator[tuple[Plan, float]]:
    """Plans of several seeds, with the seconds each took."""
    for seed in range(1, seeds + 1):
        started = time.process_time()
        yield allocate(asked, seed=seed, **settings), time.process_time() - started


def rooms(options: argparse.Namespace) -> None:
    known = PROVEN | (LARGER if options.data else {})
    print(
        "| people × rooms | optimum or bound | greedy | search, seeds | above | s | own bound | CP-SAT (s) | HiGHS (s) |"
    )
    print("|---|---:|---:|---|---:|---:|---:|---:|---:|")
    for name, best in known.items():
        if options.names and name not in options.names.split(","):
            continue
        asked = event(name, options.data)
        allocate(asked, policy=WEIGHED, seed=0, effort="quick")  # loads what is loaded once
        plans = list(searched(asked, options.seeds, policy=WEIGHED))
        scores = [plan.score for plan, _ in plans]
        took = sum(seconds for _, seconds in plans) / len(plans)
        peers = []
        for answer in (apart_process(name, options), highs(asked, options.limit)):
            proven = answer["found"] is not None and answer["bound"] > answer["found"] - 0.999
            found = "none" if answer["found"] is None else str(answer["found"])
            peers.append(f"{found}{' proven' if proven else ''} ({answer['seconds']:.1f})")
        print(
            f"| {name} | {best} | {greedy(asked)} | {', '.join(map(str, scores))} | "
            f"{100 * (sum(scores) / len(scores) / best - 1):.2f} % | {took:.1f} | {plans[0][0].bound} | "
            f"{' | '.join(peers)} |",
            flush=True,
        )


def large(_options: argparse.Namespace) -> None:
    asked = crowd()
    ((plan, seconds),) = searched(asked, 1, policy=WEIGHED)
    print("| people × rooms | own bound | greedy | search | above | s |\n|---|---:|---:|---:|---:|---:|")
    print(
        f"| 10000x1000 | {plan.bound} | {greedy(asked)} | {plan.score} | "
        f"{100 * (plan.score / plan.bound - 1):.2f} % | {seconds:.0f} |"
    )


def rounds(options: argparse.Namespace) -> None:
    from dataclasses import replace

    print("| 105 × 10 × 3 rounds | search, seeds | bound | repeated meetings | heaviest burdens | s |")
    print("|---|---|---:|---|---|---:|")
    for name in ("105x10_s1", "105x10_s2", "105x10_s3"):
        for label, policy in (("no floor", WEIGHED), ("floor", replace(WEIGHED, guard=2))):
            plans = list(searched(replace(event(name, None), rounds=3), options.seeds, policy=policy))
            again = [next(t.amount for t in plan.terms if t.name == "repeat") for plan, _ in plans]
            heavy = [sum(b.people for b in plan.burdens if b.steps >= 5) for plan, _ in plans]
            print(
                f"| {name}, {label} | {', '.join(str(plan.score) for plan, _ in plans)} | {plans[0][0].bound} | "
                f"{', '.join(map(str, again))} | {', '.join(map(str, heavy))} | "
                f"{sum(s for _, s in plans) / len(plans):.1f} |",
                flush=True,
            )


def golf(_options: argparse.Namespace) -> None:
    print("| people, tables, rounds | repeats | bound by pigeonholes | s |\n|---|---:|---:|---:|")
    for people, tables, turns in ((9, 3, 4), (16, 4, 5), (40, 5, 3), (100, 10, 3), (100, 20, 5)):
        size = people // tables
        asked = Event(
            tuple(Person(f"p{one:03}") for one in range(people)),
            tuple(Room(f"t{one}", f"Tafel {one}", "praten", size, size) for one in range(tables)),
            rounds=turns,
            themes_again=True,
        )
        ((plan, seconds),) = searched(asked, 1)
        again = next(term.amount for term in plan.terms if term.name == "repeat")
        print(f"| {people}, {tables}, {turns} | {again} | {plan.bound // 4} | {seconds:.1f} |", flush=True)


# --- groups from a matrix ----------------------------------------------------------------------------


def groups(options: argparse.Namespace) -> None:
    import csv

    import _matrix_groups

    assert options.data is not None, "groups need --data"
    folder = options.data / "allocation" / "mdgp"
    with (folder / "best_known_TPSDP2022.csv").open() as lines:
        best = {row["instance"]: float(row["tpsdp_best_of_20"]) for row in csv.DictReader(lines)}
    print("| instance | published best of 20 | numba, seeds | below | s | library as it is | below | s |")
    print("|---|---:|---|---:|---:|---:|---:|---:|")
    for path in sorted(folder.glob("*.txt")):
        matrix, low, high = _matrix_groups.read(path)
        _matrix_groups.divide(matrix, low, high, seed=0, proposals=1000)
        found, took = [], 0.0
        for seed in range(1, options.seeds + 1):
            started = time.process_time()
            found.append(_matrix_groups.divide(matrix, low, high, seed=seed, proposals=options.proposals))
            took += time.process_time() - started
        known = best[path.stem]
        mean = sum(found) / len(found)
        own = ["–", "–", "–"]
        if path.stem.startswith("RanInt") and (low == high).all():
            started = time.process_time()
            value = library_groups(matrix, low)
            own = [
                f"{value:.0f}",
                f"{100 * (1 - value / known):.2f} %",
                f"{time.process_time() - started:.1f}",
            ]
        print(
            f"| {path.stem} | {known:.1f} | {', '.join(f'{one:.1f}' for one in found)} | "
            f"{100 * (1 - mean / known):.2f} % | {took / len(found):.1f} | {' | '.join(own)} |",
            flush=True,
        )


def library_groups(matrix: Any, sizes: Any) -> float:
    """Groups of fixed sizes by ``allocate``: the nearer two are, the oftener they are said to have met."""
    people, top = len(matrix), int(matrix.max())
    near = {
        (f"p{one:03}", f"p{other:03}"): top - int(matrix[one, other])
        for one in range(people)
        for other in range(one)
    }
    asked = Event(
        tuple(Person(f"p{one:03}") for one in range(people)),
        tuple(Room(f"r{one}", f"R{one}", "t", int(size), int(size)) for one, size in enumerate(sizes)),
    )
    plan = allocate(
        asked, history=Meetings(near), policy=Policy(guard=None, repeat=1), seed=1, effort="normal"
    )
    return float(sum(matrix[int(a[1:]), int(b[1:])] for a, b in plan.meetings().counts))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="rooms,large,rounds,golf,groups")
    data = os.environ.get("WEERKLANK_RESEARCH_DATA")
    parser.add_argument("--data", type=Path, default=Path(data) if data else None)
    parser.add_argument("--limit", type=float, default=30.0, help="seconds for each exact peer")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--proposals", type=int, default=120_000_000, help="of the compiled search in groups")
    parser.add_argument("--names", help="of the instances in rooms; all if not given")
    parser.add_argument("--cp-sat", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.cp_sat:
        print(json.dumps(cp_sat(event(options.cp_sat, options.data), options.limit)))
        return
    parts = {"rooms": rooms, "large": large, "rounds": rounds, "golf": golf, "groups": groups}
    for name in options.only.split(","):
        print(f"\n{name}\n")
        if name == "groups" and options.data is None:
            print("left out: no --data")
            continue
        parts[name](options)


if __name__ == "__main__":
    main()
