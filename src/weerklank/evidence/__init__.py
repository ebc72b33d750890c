"""What was said, and where: the records every other part points back to, and the gate before publication.

A :class:`Contribution` is never reworded. Whatever is published about it quotes a slice of
``text`` or names its ``id``; :func:`admit` refuses what does not.
"""

from weerklank.evidence.directions import Votes, check_claims
from weerklank.evidence.figures import percent_of
from weerklank.evidence.gate import admit
from weerklank.evidence.ground import Ground, ground_of
from weerklank.evidence.ledger import evidence_of
from weerklank.evidence.rechecking import Finding, verify_evidence
from weerklank.evidence.records import Contribution, ContributionKind, Origin, Quote, Span
from weerklank.evidence.wording import check_insight, check_message, check_quote, check_wording

__all__ = [
    "Contribution",
    "ContributionKind",
    "Finding",
    "Ground",
    "Origin",
    "Quote",
    "Span",
    "Votes",
    "admit",
    "check_claims",
    "check_insight",
    "check_message",
    "check_quote",
    "check_wording",
    "evidence_of",
    "ground_of",
    "percent_of",
    "verify_evidence",
]
