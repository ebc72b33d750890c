"""How honest is the verdict? Simulated noise, continua and groups in the cells where people really voted.

    ./weerklank bench opinion_honesty --data FOLDER --repetitions 200

FOLDER (or WEERKLANK_RESEARCH_DATA) holds Polis exports in folders of their own; without it the pattern is simulated as well.
Every repetition becomes a line in ``--results``; what is there already is not done again, so that a run may be cut into pieces
(``--minutes``) and only ``--table`` read. Measured per repetition: the verdict; on noise the share of statements that two forced
groups would call typical, and how often intervals cover the truth; with groups the adjusted Rand index beside PCA + k-means
(as Polis projects) with the number of groups given to both, and how often intervals of the difference and of the bridging figure cover, where the
groups were found (ARI above 0.9) and, for the difference, whether they were or not.
"""

from __future__ import annotations

import argparse
import csv
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from itertools import product
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from scipy.cluster.vq import kmeans2
from scipy.sparse.linalg import svds

from weerklank.opinion import Honesty, Opinion, Parts, Votes, analyse, read_polis_export
from weerklank.opinion.bridging import bridges_over_groups
from weerklank.opinion.grouping import groups_of
from weerklank.opinion.simulating import Simulated, Spread, continuum, noise, two_or_more_groups

Draw = Callable[[Votes, np.random.Generator], Simulated]

CELLS: dict[str, tuple[Draw, int]] = {"noise": (noise, 2)}
for _spread, _dimensions in product(Spread, (1, 2)):
    CELLS[f"{_spread.value}-{_dimensions}d"] = (partial(continuum, spread=_spread, dimensions=_dimensions), 0)
CELLS["weak-1d"] = (partial(continuum, spread=Spread.GAUSSIAN, strength=0.5), 0)
CELLS["strong-1d"] = (partial(continuum, spread=Spread.GAUSSIAN, strength=3.0), 0)
CELLS["gaussian-3d"] = (partial(continuum, spread=Spread.GAUSSIAN, dimensions=3), 0)
CELLS["groups-50/50"] = (partial(two_or_more_groups, sizes=(0.5, 0.5)), 2)
CELLS["groups-80/20"] = (partial(two_or_more_groups, sizes=(0.8, 0.2)), 2)
CELLS["groups-3"] = (partial(two_or_more_groups, sizes=(1.0, 1.0, 1.0), apart=1.2), 3)

# Which export, one in how many of its people, and at most how many votes each.
PATTERNS: dict[str, tuple[str, int, int | None]] = {
    "brexit": ("brexit-consensus", 1, None),
    "bg2050": ("bg2050-volunteers", 1, None),
    "biodiversity": ("scoop-hivemind.biodiversity", 1, None),
    "biodiversity, thin": ("scoop-hivemind.biodiversity", 3, 15),
    "bowling-green, 1 in 8": ("american-assembly.bowling-green", 8, None),
    "bowling-green": ("american-assembly.bowling-green", 1, None),
}
COLUMNS = (
    "pattern",
    "cell",
    "repetition",
    "kind",
    "seconds",
    "typical",
    "cover",
    "of",
    "cover_diff",
    "of_diff",
    "cover_any",
    "of_any",
    "ari",
    "ari_kmeans",
)


@cache
def pattern(name: str, data: str) -> Votes:
    """The cleaned votes of a real conversation, or a simulated one."""
    if name == "simulated":
        rng = np.random.default_rng(1)
        saw = rng.random((200, 60)) < np.clip(rng.beta(1.2, 2.5, size=(200, 1)), 0.05, 1)
        row, column = np.nonzero(saw)
        starts = np.concatenate([[0], np.cumsum(saw.sum(axis=1))])
        value = np.clip(np.rint(rng.normal(0.3, 0.9, size=len(row))), -1, 1).astype(np.int8)
        drawn = Votes(tuple(range(200)), tuple(range(60)), starts, column.astype(np.uint16), value)
        return drawn.active().canonical().votes
    folder, part, most = PATTERNS[name]
    votes = read_polis_export(Path(data) / folder).votes.active()
    rng = np.random.default_rng(2)
    votes = votes.at(participants=rng.permutation(len(votes.participants)) % part == 0)
    if most is not None:
        lot = votes.rows + rng.random(votes.n_votes)
        place = np.argsort(np.argsort(lot)) - votes.starts[votes.rows]
        kept = place < most
        starts = np.concatenate([[0], np.cumsum(kept)])[votes.starts]
        votes = Votes(votes.participants, votes.statements, starts, votes.columns[kept], votes.values[kept])
    return votes.active().canonical().votes


def one(task: tuple[str, str, int, str]) -> dict[str, object]:
    """One repetition."""
    name, cell, repetition, data = task
    draw, k = CELLS[cell]
    rng = np.random.default_rng([repetition, *cell.encode()])
    made = draw(pattern(name, data), rng=rng)
    began = time.perf_counter()
    opinion = analyse(made.votes, seed=repetition, honesty=Honesty.QUICK)
    found: dict[str, object] = {
        "pattern": name,
        "cell": cell,
        "repetition": repetition,
        "kind": opinion.verdict.kind.value,
        "seconds": f"{time.perf_counter() - began:.3f}",
    }
    if k:
        found |= _parted(made, cell, k, opinion)
    return found


def _parted(made: Simulated, cell: str, k: int, opinion: Opinion) -> dict[str, object]:
    votes = made.votes
    parts = groups_of(votes, k=k, level=0.95, seed=0, min_votes=7)
    if cell == "noise":
        truth = np.zeros(len(votes.statements))
        truth[votes.columns] = made.agreement
        figures = opinion.statements
        inside = (figures.low[:, 0] <= truth) & (truth <= figures.high[:, 0])
        zero = ((parts.low <= 0) & (parts.high >= 0))[0]
        return {
            "typical": f"{(parts.q <= 0.1).any(axis=(0, 2)).mean():.4f}",
            "cover": int(inside.sum()),
            "of": len(inside),
            "cover_diff": int(zero.sum()),
            "of_diff": zero.size,
        }
    found = {
        "ari": f"{adjusted_rand(parts.label, made.group):.4f}",
        "ari_kmeans": f"{adjusted_rand(kmeans(votes, k), made.group):.4f}",
    }
    if k == 2:
        covered = _coverage(made, parts, opinion)
        found |= {"cover_any": covered["cover_diff"], "of_any": covered["of_diff"]}
        if adjusted_rand(parts.label, made.group) > 0.9:
            found |= covered
    return found


def _coverage(made: Simulated, parts: Parts, opinion: Opinion) -> dict[str, object]:
    """Whether the difference of the first group and the bridging figure cover what was put in."""
    votes = made.votes
    truth = np.zeros((2, len(votes.statements)))
    for group in (0, 1):
        member = made.group[votes.rows] == group
        truth[group, votes.columns[member]] = made.agreement[member]
    both = np.zeros((2, len(votes.statements)), bool)
    for group in (0, 1):
        both[group, votes.columns[made.group[votes.rows] == group]] = True
    known = both.all(axis=0)
    same = (parts.label == made.group)[parts.label >= 0].mean()
    first = 0 if same >= 0.5 else 1
    difference = truth[first] - truth[1 - first]
    low, high = parts.low[0, :, 0], parts.high[0, :, 0]
    united = np.sqrt(truth[0] * truth[1])
    bridges = bridges_over_groups(opinion.statements, parts, level=0.95, seed=0)
    held = [b.agreement.low <= united[b.index] <= b.agreement.high for b in bridges if known[b.index]]
    return {
        "cover": int(np.sum(held)),
        "of": len(held),
        "cover_diff": int(((low <= difference) & (difference <= high))[known].sum()),
        "of_diff": int(known.sum()),
    }


def kmeans(votes: Votes, k: int) -> np.ndarray:
    """What PCA + k-means makes of it: two components of the votes with means for what is missing, scaled as Polis does."""
    matrix = votes.matrix("signed")
    matrix.data -= ((votes.agrees - votes.disagrees) / np.maximum(votes.seen, 1))[matrix.indices]
    _, _, axes = svds(matrix, k=2, random_state=0)
    scaled = (matrix @ axes.T) * np.sqrt(votes.shape[1] / np.maximum(votes.per_participant, 1))[:, None]
    fits = [kmeans2(scaled, k, minit="++", rng=seed) for seed in range(10)]
    best = min(fits, key=lambda fit: ((scaled - fit[0][fit[1]]) ** 2).sum())
    return np.asarray(best[1])


def adjusted_rand(one_: np.ndarray, other: np.ndarray) -> float:
    """Hubert & Arabie 1985, over whoever has a label."""
    known = one_ >= 0
    table = np.zeros((int(one_.max()) + 1, int(other.max()) + 1))
    np.add.at(table, (one_[known], other[known]), 1)
    pairs = lambda x: (x * (x - 1) / 2).sum()  # noqa: E731
    together, rows, columns, total = (
        pairs(table),
        pairs(table.sum(1)),
        pairs(table.sum(0)),
        pairs(table.sum()),
    )
    expected = rows * columns / total
    return float((together - expected) / ((rows + columns) / 2 - expected))


def table(lines: Iterable[dict[str, str]]) -> Iterator[str]:
    """The Markdown table of all repetitions so far."""
    cells: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for line in lines:
        cells[line["pattern"], line["cell"]].append(line)
    yield "| pattern | cell | repetitions | groups | spectrum | none | undetermined | typical on noise | intervals cover (share or bridge / difference / difference, found or not) | ARI ours / PCA + k-means | s |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for (name, cell), found in sorted(
        cells.items(), key=lambda item: (item[0][0], list(CELLS).index(item[0][1]))
    ):
        n = len(found)
        kinds = [
            f"{sum(line['kind'] == kind for line in found) / n:.1%}"
            for kind in ("groups", "spectrum", "none", "undetermined")
        ]
        sums = {key: sum(float(line[key] or 0) for line in found) for key in COLUMNS[4:]}
        typical = f"{sums['typical'] / n:.2%}" if cell == "noise" else ""
        cover = (
            f"{sums['cover'] / sums['of']:.1%} / {sums['cover_diff'] / sums['of_diff']:.1%}"
            if sums["of"]
            else ""
        )
        cover += f" / {sums['cover_any'] / sums['of_any']:.1%}" if sums["of_any"] else ""
        ari = f"{sums['ari'] / n:.3f} / {sums['ari_kmeans'] / n:.3f}" if cell.startswith("groups") else ""
        yield f"| {name} | {cell} | {n} | {' | '.join(kinds)} | {typical} | {cover} | {ari} | {sums['seconds'] / n:.2f} |"


def main() -> None:
    """Do what is not done yet, then print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", default=os.environ.get("WEERKLANK_RESEARCH_DATA", ""), help="folder with Polis exports"
    )
    parser.add_argument("--repetitions", type=int, default=200)
    parser.add_argument("--cells", nargs="*", default=list(CELLS), choices=list(CELLS))
    parser.add_argument("--patterns", nargs="*", choices=[*PATTERNS, "simulated"])
    parser.add_argument("--results", type=Path, default=Path("opinion_honesty.csv"))
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument(
        "--minutes", type=float, default=8.0, help="stop beginning new repetitions after this"
    )
    parser.add_argument("--table", action="store_true", help="only print what there is")
    asked = parser.parse_args()
    names = asked.patterns or (list(PATTERNS) if asked.data else ["simulated"])
    lines = list(csv.DictReader(asked.results.open())) if asked.results.exists() else []
    done = {(line["pattern"], line["cell"], int(line["repetition"])) for line in lines}
    tasks = [
        (name, cell, repetition, asked.data)
        for repetition, name, cell in product(range(asked.repetitions), names, asked.cells)
        if (name, cell, repetition) not in done
    ]
    if tasks and not asked.table:
        _run(tasks, asked.results, asked.processes, time.monotonic() + 60 * asked.minutes)
    print("\n".join(table(csv.DictReader(asked.results.open()))))


def _run(tasks: list[tuple[str, str, int, str]], results: Path, processes: int, until: float) -> None:
    new = not results.exists()
    with results.open("a", newline="") as file, Pool(processes) as pool:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        if new:
            writer.writeheader()
        for found in pool.imap_unordered(one, tasks):
            writer.writerow(found)
            file.flush()
            if time.monotonic() > until:
                pool.terminate()
                break


if __name__ == "__main__":
    main()
