"""Rows of counts: square tables while they are small, above that only what is not 0."""

from __future__ import annotations

__all__ = ["FULL_TABLE", "WIDE_TABLE", "Row", "Sparse"]

#: Kinds of people, or people who met: up to here a square table is faster than it is large.
FULL_TABLE = 400
WIDE_TABLE = 2000


class Sparse(dict[int, int]):
    """A row of numbers of which most are 0."""

    def __missing__(self, key: int) -> int:
        return 0


Row = list[int] | Sparse
