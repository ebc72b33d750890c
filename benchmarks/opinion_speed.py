"""How fast, and how large: opinion beside red-dwarf 0.4.0, beside reading the votes, and live.

    ./weerklank bench opinion_speed --data FOLDER            all; FOLDER holds Polis exports in folders of their own
    ./weerklank bench opinion_speed --only national          one part: real, largest, national, live

Each run has a process of its own, for its peak memory, and one thread; ratios are of processor time, the best of
``--repeat`` runs, so that a neighbour on the machine does not count. Both sides start from votes in memory in the form they ask for, and from parquet in the national case.

* **real**: american-assembly.bowling-green, 2,031 × 896 (needs ``--data`` or WEERKLANK_RESEARCH_DATA).
* **largest**: 33,422 × 783 with 2 million votes, simulated in the shape of the largest Polis conversation ever.
* **national**: 900,000 × 1,000 with 54 million votes, against reading the parquet file and building one sparse matrix.
* **live**: 1,000 new votes in a running gathering of 2,000 × 900.

"polis_compat" does what red-dwarf does; "analyse" counts with intervals and places people with their uncertainty; what
unites and divides and the cut are cross-fitted (red-dwarf has no such thing); "verdict" are the tests, without the power.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from _opinion_votes import write_votes
from pyarrow import parquet as pq
from scipy import sparse

from weerklank.opinion import (
    Convention,
    Honesty,
    Opinion,
    Votes,
    analyse,
    polis_compat,
    read_polis_export,
    update,
    write_parquet,
)

PLUS = Convention.AGREE_IS_POSITIVE
REAL = "american-assembly.bowling-green"
PARTS = ("real", "largest", "national", "live")


# --- one measurement, in a process of its own -------------------------------------------------------


def megabytes() -> float:
    """The most memory this process ever held. Not from getrusage, which inherits the peak of whoever started us."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def columns_of(path: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    table = pq.read_table(path)
    participant, statement, vote = (table.column(i).to_numpy() for i in range(3))
    return participant, statement, vote


def reading(path: Path) -> Callable[[], object]:
    """The physical limit: the three columns, and the plainest sparse matrix of them."""

    def run() -> object:
        participant, statement, vote = columns_of(path)
        starts = np.concatenate(([0], np.cumsum(np.bincount(participant))))
        if np.all(participant[1:] >= participant[:-1]):
            return sparse.csr_array((vote, statement.astype(np.int32), starts))
        return sparse.coo_array((vote, (participant, statement))).tocsr()

    return run


def shown(found: Opinion, *, cut: bool = False) -> object:
    """What unites and divides, and perhaps a cut in two: worked out when asked for, cross-fitted."""
    return found.bridging(), found.divisive(), found.segments(2) if cut else None


def ours(path: Path, what: str) -> Callable[[], object]:
    columns = columns_of(path) if what in ("polis", "map", "shown", "cut") else None

    def votes() -> Votes:
        return Votes.from_parquet(path) if columns is None else Votes.from_long(*columns, convention=PLUS)

    def whole() -> Opinion:
        return analyse(votes(), honesty=Honesty.OFF)

    if what == "verdict":
        read = votes()
        return lambda: analyse(read, honesty=Honesty.QUICK).verdict
    tasks: dict[str, Callable[[], object]] = {
        "rows": votes,
        "polis": lambda: polis_compat(votes()),
        "map": whole,
        "shown": lambda: shown(whole()),
        "cut": lambda: shown(whole(), cut=True),
        "file": lambda: shown(whole()),
    }
    return tasks[what]


def red_dwarf(path: Path) -> Callable[[], object]:
    from reddwarf.implementations.polis import run_pipeline

    rows = zip(*(one.tolist() for one in columns_of(path)), strict=True)
    votes = [{"participant_id": p, "statement_id": s, "vote": v, "modified": 0} for p, s, v in rows]
    return lambda: run_pipeline(votes=votes, random_state=0)


def live(path: Path) -> Callable[[], object]:
    votes = Votes.from_parquet(path)
    later = later_votes(votes)
    before = analyse(votes, honesty=Honesty.OFF)
    return lambda: update(before, before.votes.updated(*later, convention=PLUS))


def later_votes(votes: Votes, count: int = 1_000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(7)
    n, m = votes.shape
    return rng.integers(0, n, count), rng.integers(0, m, count), rng.integers(-1, 2, count)


def worker(task: str, path: Path, repeat: int) -> None:
    """Do one task ``repeat`` times and print the seconds of each, and the memory before and at its peak."""
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    kind, _, what = task.partition(":")
    makers: dict[str, Callable[[], Callable[[], object]]] = {
        "limit": lambda: reading(path),
        "ours": lambda: ours(path, what),
        "peer": lambda: red_dwarf(path),
        "live": lambda: live(path),
    }
    run = makers[kind]()
    before, seconds = megabytes(), []
    for _ in range(repeat):
        begun = time.process_time()
        run()
        seconds.append(time.process_time() - begun)
    print(json.dumps({"seconds": seconds, "before": before, "peak": megabytes()}))


def measured(task: str, path: Path, repeat: int) -> dict[str, Any]:
    command = [sys.executable, __file__, "--worker", task, "--file", str(path), "--repeat", str(repeat)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{task}: {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


# --- the parts --------------------------------------------------------------------------------------


def generated(path: Path, **shape: Any) -> int:
    """How many votes there are in the file, which is made when it is not there."""
    if not path.exists():
        write_votes(path, **shape)
    return int(pq.read_metadata(path).num_rows)


def row(name: str, found: dict[str, Any], beside: dict[str, Any]) -> None:
    best, limit = min(found["seconds"]), min(beside["seconds"])
    ratio = limit / best if best < limit else best / limit
    word = "× faster" if best < limit else "× as long"
    told = "" if found is beside else f"{ratio:.1f}{word}"
    print(f"| {name} | {best:.3f} | {told} | {found['peak']:.0f} | {found['before']:.0f} |")


def heading(title: str, beside: str) -> None:
    print(
        f"\n**{title}**\n\n| | CPU seconds | beside {beside} | peak MB | of which before |\n|---|---|---|---|---|"
    )
    sys.stdout.flush()


def beside_red_dwarf(title: str, path: Path, repeat: int) -> None:
    heading(title, "red-dwarf")
    peer = measured("peer", path, 1 if "33,422" in title else repeat)
    row("red-dwarf 0.4.0", peer, peer)
    row("polis_compat (the same task)", measured("ours:polis", path, repeat), peer)
    row("analyse: counts, intervals, map with uncertainty", measured("ours:map", path, repeat), peer)
    row("the same, and what unites and divides", measured("ours:shown", path, repeat), peer)
    row("the same, and a cut in two", measured("ours:cut", path, repeat), peer)
    row("verdict alone (its tests)", measured("ours:verdict", path, 1), peer)


def national(folder: Path, repeat: int) -> None:
    for by_time in (False, True):
        path = folder / ("national-by-time.parquet" if by_time else "national.parquet")
        count = generated(path, people=900_000, statements=1_000, mean=66, by_time=by_time)
        size = path.stat().st_size / 2**20
        order = "in order of time" if by_time else "by participant"
        heading(f"900,000 × 1,000, {count:,} votes, parquet {size:.0f} MB {order}", "reading")
        limit = measured("limit", path, repeat)
        row("read parquet, build a sparse matrix", limit, limit)
        row("Votes.from_parquet", measured("ours:rows", path, repeat), limit)
        row(
            "Votes.from_parquet, analyse, what unites and divides", measured("ours:file", path, repeat), limit
        )
        if not by_time:
            row("verdict alone (its tests, on a sample)", measured("ours:verdict", path, 1), limit)


def running(folder: Path, repeat: int) -> None:
    path = folder / "live.parquet"
    count = generated(path, people=2_000, statements=900, mean=127)
    heading(f"1,000 new votes in 2,000 × 900 with {count:,} votes", "from scratch")
    scratch = measured("ours:map", path, 3 * repeat)
    row("analyse from scratch, without the tests", scratch, scratch)
    row("update: the new votes, counts and map", measured("live", path, 3 * repeat), scratch)
    votes = Votes.from_parquet(path)
    before = analyse(votes, honesty=Honesty.OFF)
    after = before.votes.updated(*later_votes(votes), convention=PLUS)
    warm, cold = update(before, after).map, analyse(after, honesty=Honesty.OFF, previous=before).map
    if warm is not None and cold is not None:
        off = np.abs(warm.position - cold.position).max() / cold.position.std()
        print(f"\nLargest difference of a position between the two: {off:.1e} of the spread.")


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--data", type=Path, default=os.environ.get("WEERKLANK_RESEARCH_DATA"))
    options.add_argument("--only", choices=PARTS)
    options.add_argument("--keep", type=Path, help="a folder in which simulated votes stay for the next time")
    options.add_argument("--repeat", type=int, default=3)
    options.add_argument("--worker", help=argparse.SUPPRESS)
    options.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.worker:
        worker(given.worker, given.file, given.repeat)
        return
    wanted = (given.only,) if given.only else PARTS
    with tempfile.TemporaryDirectory() as name:
        folder = given.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        if "real" in wanted:
            if given.data is None:
                print(f"Without --data the real conversation ({REAL}) is not measured.")
            else:
                path = folder / "real.parquet"
                write_parquet(read_polis_export(Path(given.data) / REAL).votes, path)
                beside_red_dwarf(f"{REAL}, 2,031 × 607 after moderation", path, given.repeat)
        if "largest" in wanted:
            path = folder / "largest.parquet"
            count = generated(path, people=33_422, statements=783, mean=67.5)
            beside_red_dwarf(f"33,422 × 783, {count:,} votes", path, given.repeat)
        if "national" in wanted:
            national(folder, given.repeat)
        if "live" in wanted:
            running(folder, given.repeat)


if __name__ == "__main__":
    main()
