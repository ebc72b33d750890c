"""Maximally diverse groups from a matrix of distances: the search of the library, written for a matrix and compiled.

Shifts and swaps under a falling temperature, as in ``weerklank.allocation.anneal``; what each person would add to each group is kept in
a table, so that a proposal is a few look-ups and an accepted one a pass over all people.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numba import njit

__all__ = ["divide", "read"]

# Hottest and coldest of each walk, in standard deviations of the distances: random distances freeze early, those of points late.
_WALKS = ((3.0, 0.35), (0.6, 0.02))


def read(path: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A file of MDGPLIB: distances, smallest and largest size of each group."""
    head, *rows = path.read_text().splitlines()
    words = head.split()
    people, count = int(words[0]), int(words[1])
    sizes = np.array([int(word) for word in words[3 : 3 + 2 * count]])
    matrix = np.zeros((people, people))
    for row in rows:
        if row.strip():
            one, other, distance = row.split()
            matrix[int(one), int(other)] = matrix[int(other), int(one)] = float(distance)
    return matrix, sizes[0::2].copy(), sizes[1::2].copy()


def divide(matrix: np.ndarray, low: np.ndarray, high: np.ndarray, *, seed: int, proposals: int) -> float:
    """The sum of distances inside groups of the best of a few walks; checked against the sizes and counted anew."""
    best = 0.0
    for walk, (hot, cold) in enumerate(_WALKS):
        seats = _walk(matrix, low, high, seed * 1000 + walk, proposals // len(_WALKS), hot, cold)
        sizes = np.bincount(seats, minlength=len(low))
        assert (sizes >= low).all()
        assert (sizes <= high).all()
        best = max(best, float((matrix * (seats[:, None] == seats[None, :])).sum() / 2))
    return best


@njit(cache=True)  # type: ignore[untyped-decorator]
def _walk(matrix, low, high, seed, proposals, hot, cold):  # type: ignore[no-untyped-def]
    np.random.seed(seed)
    people, groups = len(matrix), len(low)
    seats = np.empty(people, np.int64)
    sizes = np.zeros(groups, np.int64)
    order = np.random.permutation(people)
    at = 0
    for group in range(groups):
        for _ in range(low[group]):
            seats[order[at]] = group
            sizes[group] += 1
            at += 1
    while at < people:
        group = np.random.randint(groups)
        if sizes[group] < high[group]:
            seats[order[at]] = group
            sizes[group] += 1
            at += 1
    near = np.zeros((people, groups))
    for one in range(people):
        for other in range(people):
            near[one, seats[other]] += matrix[one, other]
    spread = matrix.std()
    hot, cold = spread * hot, spread * cold
    best, score, top = seats.copy(), 0.0, 0.0
    heat = hot
    for step in range(proposals):
        if step % 1000 == 0:
            heat = hot * (cold / hot) ** (step / proposals)
        one = np.random.randint(people)
        start = seats[one]
        if np.random.random() < 0.25:
            to = np.random.randint(groups)
            if to == start or sizes[to] >= high[to] or sizes[start] <= low[start]:
                continue
            gain = near[one, to] - near[one, start]
            if gain < 0 and np.random.random() >= np.exp(gain / heat):
                continue
            for other in range(people):
                near[other, start] -= matrix[other, one]
                near[other, to] += matrix[other, one]
            seats[one] = to
            sizes[start] -= 1
            sizes[to] += 1
        else:
            other = np.random.randint(people)
            to = seats[other]
            if to == start:
                continue
            gain = (
                near[one, to]
                - near[one, start]
                + near[other, start]
                - near[other, to]
                - 2 * matrix[one, other]
            )
            if gain < 0 and np.random.random() >= np.exp(gain / heat):
                continue
            for each in range(people):
                change = matrix[each, other] - matrix[each, one]
                near[each, start] += change
                near[each, to] -= change
            seats[one], seats[other] = to, start
        score += gain
        if score > top + 1e-9:
            top = score
            best[:] = seats
    return best
