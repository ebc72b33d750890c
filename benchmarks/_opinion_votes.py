"""Votes of any size for a measurement: a two-dimensional spectrum in the shape of real conversations, written as parquet.

Most people vote a little and a few a lot (log-normal), statements differ in how often they were seen, and about a fifth of
the votes is a pass, as in the published conversations. Rows stand in order of participant, or in order of time.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet as pq

__all__ = ["write_votes"]

BLOCK = 20_000
DECLARED = {b"vote-convention": b"agree=+1;disagree=-1;pass=0;format=polis-export/1"}
SCHEMA = pa.schema(
    [("participant", pa.int32()), ("statement", pa.int16()), ("vote", pa.int8())], metadata=DECLARED
)


def write_votes(
    path: Path, *, people: int, statements: int, mean: float, seed: int = 1, by_time: bool = False
) -> int:
    """Write votes of ``people``, about ``mean`` each (fewer where that is much of all statements), and say how many.

    :param by_time: in the order in which they might have come in, instead of by participant.
    """
    rng = np.random.default_rng(seed)
    slope, level = rng.normal(0, 0.9, (2, statements)).astype(np.float32), rng.normal(0.6, 0.8, statements)
    shown = np.cumsum(rng.gamma(4, 0.25, statements))
    blocks, total = [], 0
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as file:
        for first in range(0, people, BLOCK):
            size = min(BLOCK, people - first)
            often = np.clip(rng.lognormal(-0.32, 0.8, size) * mean, 1, statements).astype(np.int64)
            drawn = np.searchsorted(shown, rng.random(often.sum()) * shown[-1])
            cell = np.unique(
                np.repeat(np.arange(size) * statements, often) + drawn
            )  # seen twice is seen once
            row, column = np.divmod(cell, statements)
            place = rng.normal(0, 1, (2, size)).astype(np.float32)
            pull = place[0][row] * slope[0][column] + place[1][row] * slope[1][column] + level[column]
            vote = np.where(rng.random(len(row)) < 1 / (1 + np.exp(-pull)), 1, -1)
            vote[rng.random(len(row)) < 0.2] = 0
            block = (row + first).astype(np.int32), column.astype(np.int16), vote.astype(np.int8)
            total += len(vote)
            if by_time:
                blocks.append(block)
            else:
                file.write_table(pa.Table.from_arrays([pa.array(one) for one in block], schema=SCHEMA))
        if by_time:
            order = rng.permutation(total)
            columns = [pa.array(np.concatenate(one)[order]) for one in zip(*blocks, strict=True)]
            file.write_table(pa.Table.from_arrays(columns, schema=SCHEMA), row_group_size=1 << 20)
    return total
