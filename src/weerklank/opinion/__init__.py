"""From votes to an honest map, and to groups only when they are real.

Method, source and limits: ``docs/methods/opinion.md``.
"""

from weerklank.opinion.analysis import Opinion, analyse, routing, update
from weerklank.opinion.export_reading import read_polis_export
from weerklank.opinion.export_writing import write_polis_export
from weerklank.opinion.exports import Export, Moderation, Statement
from weerklank.opinion.parquet import write_parquet
from weerklank.opinion.polis import PolisResult, polis_compat
from weerklank.opinion.records import (
    Answer,
    Bridge,
    BridgeMethod,
    Divider,
    Estimate,
    OpinionMap,
    Parts,
    Route,
    StatementFigures,
    Statements,
    Typical,
)
from weerklank.opinion.verdicts import Evidence, Honesty, Power, Reason, Verdict, VerdictKind
from weerklank.opinion.votes import Canonical, Convention, Votes

__all__ = [
    "Answer",
    "Bridge",
    "BridgeMethod",
    "Canonical",
    "Convention",
    "Divider",
    "Estimate",
    "Evidence",
    "Export",
    "Honesty",
    "Moderation",
    "Opinion",
    "OpinionMap",
    "Parts",
    "PolisResult",
    "Power",
    "Reason",
    "Route",
    "Statement",
    "StatementFigures",
    "Statements",
    "Typical",
    "Verdict",
    "VerdictKind",
    "Votes",
    "analyse",
    "polis_compat",
    "read_polis_export",
    "routing",
    "update",
    "write_parquet",
    "write_polis_export",
]
