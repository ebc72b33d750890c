"""The linear latent trait behind the map: what an answer adds to what is known of somebody's place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Trait", "posterior"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Trait:
    """The linear latent trait: an answer to statement j is about ``centres[j] + vectors[j] · position``."""

    vectors: Floats
    centres: Floats
    noise: float
    variance: float

    def weights(self) -> Floats:
        """(3 m, 5) what each answer adds to the precision (xx, xy, yy) and to the pull (x, y) of who gives
        it.
        """
        m = len(self.vectors)
        x, y = self.vectors.T
        square = np.stack([x * x, x * y, y * y], axis=1) / self.noise
        table = np.empty((m, 3, 5))
        table[:, :, :3] = square[:, None, :]
        for answer, vote in enumerate((-1.0, 0.0, 1.0)):
            table[:, answer, 3:] = self.vectors * ((vote - self.centres) / self.noise)[:, None]
        return table.reshape(3 * m, 5)


def posterior(sums: Floats) -> tuple[Floats, Floats]:
    """Mean (n, 2) and covariance (n, 3: xx, xy, yy) from summed precision and pull, under the prior N(0, 1)."""
    xx, xy, yy = 1 + sums[:, 0], sums[:, 1], 1 + sums[:, 2]
    determinant = xx * yy - xy * xy
    spread = np.stack([yy, -xy, xx], axis=1) / determinant[:, None]
    mean = np.stack(
        [
            spread[:, 0] * sums[:, 3] + spread[:, 1] * sums[:, 4],
            spread[:, 1] * sums[:, 3] + spread[:, 2] * sums[:, 4],
        ],
        axis=1,
    )
    return mean, spread
