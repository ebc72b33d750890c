"""From votes to an honest map, and to groups only when they are real.

Method, source and limits: ``docs/methods/opinion.md``.
"""

from weerklank.opinion.export_reading import read_polis_export
from weerklank.opinion.export_writing import write_polis_export
from weerklank.opinion.exports import Export, Moderation, Statement
from weerklank.opinion.parquet import write_parquet
from weerklank.opinion.votes import Canonical, Convention, Votes

__all__ = [
    "Canonical",
    "Convention",
    "Export",
    "Moderation",
    "Statement",
    "Votes",
    "read_polis_export",
    "write_parquet",
    "write_polis_export",
]
