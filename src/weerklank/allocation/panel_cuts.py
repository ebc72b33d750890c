"""A cut of a published lottery, proven once more: an integer program over people, one by one, as they stand in the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from weerklank.allocation.pool import Candidate, Quota

__all__ = ["most_of"]


def most_of(weights: Mapping[str, int], pool: Sequence[Candidate], quotas: Sequence[Quota], k: int) -> int:
    """The most that the weights of a panel can come to, as proven (never too low)."""
    people = sorted(pool, key=lambda one: one.id)
    homes = Counter(one.address for one in people if one.address is not None)
    shared = sorted(address for address, many in homes.items() if many > 1)
    rows = [
        *([float(quota.holds(one)) for one in people] for quota in quotas),
        *([float(one.address == address) for one in people] for address in shared),
        [1.0] * len(people),
    ]
    worth = np.array([weights.get(one.id, 0) for one in people], dtype=float)
    # The solver's tolerances are absolute: the weights come to it in one size.
    size = float(np.abs(worth).max()) or 1.0
    solved = milp(
        -1000 * worth / size,
        integrality=np.ones(len(people)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(
            csr_matrix(np.array(rows)),
            np.r_[[quota.low for quota in quotas], np.zeros(len(shared)), k],
            np.r_[[quota.high for quota in quotas], np.ones(len(shared)), k],
        ),
        options={"mip_rel_gap": 0.0},
    )
    return int(np.floor(-float(solved.mip_dual_bound) * size / 1000 + 0.5))
