"""Intervals and tests for counted shares, for whole arrays at once.

A share has the central interval of its posterior under Jeffreys' prior Beta(½, ½), closed at 0 and 1 where
nothing or everything was counted (Brown, Cai & DasGupta 2001). A difference of two shares has Newcombe's
hybrid score interval (1998, method 10), any other weighted sum of shares its generalisation (Zou & Donner
2008). A difference is tested by the score test with the factor (N − 1)/N (Campbell
2007). Many tests together are corrected by Benjamini & Hochberg (1995).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtri
from scipy.stats import norm

__all__ = ["combined_interval", "difference_interval", "difference_p", "share_interval", "with_fewest_false"]

Floats = NDArray[np.float64]
Counts = NDArray[Any]

_LEAST_EXPECTED = 1.0  # below this expected count the score test is not to be trusted


def share_interval(count: Counts, total: Counts, level: float) -> tuple[Floats, Floats]:
    """The lower and upper bound of ``count / total``; 0 and 1 where ``total`` is 0."""
    half = (1 - level) / 2
    count, total = np.asarray(count, dtype=float), np.asarray(total, dtype=float)
    low = betaincinv(count + 0.5, total - count + 0.5, half)
    high = betaincinv(count + 0.5, total - count + 0.5, 1 - half)
    return np.where(count <= 0, 0.0, low), np.where(count >= total, 1.0, high)


def difference_interval(
    count: Counts, total: Counts, other: Counts, rest: Counts, level: float
) -> tuple[Floats, Floats]:
    """Bounds of ``count/total − other/rest``; −1 and 1 where either total is 0."""
    counts, totals = np.stack([count, other]), np.stack([total, rest])
    weights = np.array([1.0, -1.0]).reshape(2, *[1] * (counts.ndim - 1))
    low, high = combined_interval(weights, counts, totals, level)
    empty = (totals <= 0).any(axis=0)
    return np.where(empty, -1.0, low), np.where(empty, 1.0, high)


def combined_interval(weights: Floats, count: Counts, total: Counts, level: float) -> tuple[Floats, Floats]:
    """Bounds of the sum over the first axis of ``weights * count / total``; a share of nothing may be anything
    from 0 to 1.
    """
    share = np.where(total > 0, count / np.maximum(total, 1), 0.5)
    low, high = _wilson(share, np.maximum(total, 1), level)
    low, high = np.where(total > 0, low, 0.0), np.where(total > 0, high, 1.0)
    value, least, most = weights * share, weights * low, weights * high
    least, most = np.minimum(least, most), np.maximum(least, most)
    middle = value.sum(axis=0)
    below, above = (np.sqrt(((value - end) ** 2).sum(axis=0)) for end in (least, most))
    return middle - below, middle + above


def difference_p(count: Counts, total: Counts, other: Counts, rest: Counts) -> Floats:
    """Two-sided p of ``count/total = other/rest``; 1 where too few were counted to tell."""
    first, second = np.maximum(total, 1.0), np.maximum(rest, 1.0)
    everybody = first + second
    pooled = (count + other) / everybody
    variance = pooled * (1 - pooled) * (1 / first + 1 / second) * everybody / np.maximum(everybody - 1, 1)
    fewest = np.minimum(first, second) * np.minimum(pooled, 1 - pooled)
    trusted = (fewest >= _LEAST_EXPECTED) & (np.asarray(total) > 0) & (np.asarray(rest) > 0)
    distance = np.abs(count / first - other / second) / np.sqrt(np.where(trusted, variance, 1.0))
    return np.where(trusted, 2 * norm.sf(distance), 1.0)


def with_fewest_false(p: Floats) -> Floats:
    """The q-values of ``p`` (any shape): the smallest share of false discoveries at which each is still
    called one.
    """
    flat = p.ravel()
    order = np.argsort(flat)[::-1]
    rank = np.arange(len(flat), 0, -1)
    q = np.empty(len(flat))
    q[order] = np.minimum.accumulate(np.minimum(flat[order] * len(flat) / rank, 1.0))
    return q.reshape(p.shape)


def _wilson(share: Floats, total: Counts, level: float) -> tuple[Floats, Floats]:
    z2 = float(ndtri((1 + level) / 2)) ** 2
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = np.sqrt(z2) * np.sqrt(share * (1 - share) / total + z2 / (4 * total**2)) / (1 + z2 / total)
    return middle - half, middle + half
