"""What may be shown of votes: shares of many together, and a map as fields with many people each (W8)."""

from __future__ import annotations

import numpy as np
import pytest

from weerklank.opinion.density import density_of
from weerklank.opinion.shown import share_of


@pytest.mark.parametrize("of", [10, 17, 24, 50, 61, 99, 250])
def test_a_share_never_pins_a_number_between_one_and_k(of: int) -> None:
    """Whatever is shown, some count of 0 or of k and more would have been shown the same, for a group of as many people."""
    k = 5
    shown: dict[object, set[int]] = {}
    for count in range(of + 1):
        shown.setdefault(share_of(count, of, k=k), set()).add(count)
    for counts in shown.values():
        assert not counts <= set(range(1, k))
        assert not {of - count for count in counts} <= set(range(1, k))
    assert share_of(3, 2 * k - 1, k=k) is None


def test_a_map_shows_fields_of_many_or_no_map() -> None:
    spread = np.random.default_rng(1).uniform(-2, 2, (30, 2))
    found = density_of(spread, k=5, flat=False)
    assert found is None or all(cell is None or cell >= 5 for row in found.rows for cell in row)
    assert density_of(np.random.default_rng(1).normal(size=(400, 2)), k=5, flat=False) is not None
