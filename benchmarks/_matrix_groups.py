"""Maximally diverse groups from a matrix of distances: the search of the library, written for a matrix and compiled.

Shifts and swaps under a falling temperature, as in ``weerklank.allocation.anneal``; what each person would add to each group is kept in
a table, so that a proposal is a few look-ups and an accepted one a pass over all people.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numba import njit

__all__ = ["divide", "read"]

_WALKS = 3
_HOT, _COLD = 2.0, 0.1  # in standard deviations of the distances
_SURE = 12  # a loss of so many degrees is never accepted: not worth an exponential


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
    for walk in range(_WALKS):
        seats = _walk(matrix, low, high, seed * 1000 + walk, proposals // _WALKS)
        sizes = np.bincount(seats, minlength=len(low))
        assert (sizes >= low).all()
        assert (sizes <= high).all()
        best = max(best, float((matrix * (seats[:, None] == seats[None, :])).sum() / 2))
    return best


@njit(cache=True)  # type: ignore[untyped-decorator]
def _start(low, high, people):  # type: ignore[no-untyped-def]
    seats = np.empty(people, np.int64)
    sizes = np.zeros(len(low), np.int64)
    order = np.random.permutation(people)
    at = 0
    for group in range(len(low)):
        for _ in range(low[group]):
            seats[order[at]] = group
            sizes[group] += 1
            at += 1
    while at < people:
        group = np.random.randint(len(low))
        if sizes[group] < high[group]:
            seats[order[at]] = group
            sizes[group] += 1
            at += 1
    return seats, sizes


@njit(cache=True)  # type: ignore[untyped-decorator]
def _walk(matrix, low, high, seed, proposals):  # type: ignore[no-untyped-def]
    np.random.seed(seed)
    people, groups = len(matrix), len(low)
    seats, sizes = _start(low, high, people)
    near = np.zeros((groups, people))  # what each person would add to each group
    for one in range(people):
        for other in range(people):
            near[seats[other], one] += matrix[one, other]
    hot, cold = matrix.std() * _HOT, matrix.std() * _COLD
    best, score, top, heat = seats.copy(), 0.0, 0.0, hot
    # One draw of 64 bits (xorshift, Marsaglia 2003) names the person, the partner or group, and the chance.
    bits = np.uint64(seed * 2654435761 + 88172645463325252)
    shifts = people // 4 if (high > low).any() else 0
    low20 = np.uint64(0xFFFFF)
    for step in range(proposals):
        if step % 1000 == 0:
            heat = hot * (cold / hot) ** (step / proposals)
        bits ^= bits << np.uint64(13)
        bits ^= bits >> np.uint64(7)
        bits ^= bits << np.uint64(17)
        one = np.int64((bits & low20) * np.uint64(people) >> np.uint64(20))
        pick = np.int64((bits >> np.uint64(20) & low20) * np.uint64(people + shifts) >> np.uint64(20))
        chance = np.float64(bits >> np.uint64(40)) / (1 << 24)
        start = seats[one]
        to = seats[pick] if pick < people else pick % groups
        if to == start:
            continue
        gain = near[to, one] - near[start, one]
        if pick < people:
            gain += near[start, pick] - near[to, pick] - 2 * matrix[one, pick]
        elif sizes[to] >= high[to] or sizes[start] <= low[start]:
            continue
        if gain < 0 and (gain < -_SURE * heat or chance >= np.exp(gain / heat)):
            continue
        out, into, gone = near[start], near[to], matrix[one]
        if pick < people:
            come = matrix[pick]
            for each in range(people):
                change = come[each] - gone[each]
                out[each] += change
                into[each] -= change
            seats[one], seats[pick] = to, start
        else:
            for each in range(people):
                out[each] -= gone[each]
                into[each] += gone[each]
            seats[one] = to
            sizes[start] -= 1
            sizes[to] += 1
        score += gain
        if score > top + 1e-9:
            top = score
            best[:] = seats
    return best
