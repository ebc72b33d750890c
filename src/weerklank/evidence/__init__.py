"""What was said, and where: the records every other part points back to, and the gate before publication.

A :class:`Contribution` is never reworded. Whatever is published about it quotes a slice of
``text`` or names its ``id``; :func:`admit` refuses what does not.
"""

from weerklank.evidence.gate import (
    Ground,
    admit,
    check_insight,
    check_message,
    check_quote,
    check_wording,
    ground_of,
)
from weerklank.evidence.ledger import Finding, evidence_of, verify_evidence
from weerklank.evidence.records import Contribution, ContributionKind, Origin, Quote, Span

__all__ = [
    "Contribution",
    "ContributionKind",
    "Finding",
    "Ground",
    "Origin",
    "Quote",
    "Span",
    "admit",
    "check_insight",
    "check_message",
    "check_quote",
    "check_wording",
    "evidence_of",
    "ground_of",
    "verify_evidence",
]
