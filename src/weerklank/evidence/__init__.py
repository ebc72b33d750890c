"""What was said, and where: the records every other part points back to.

A :class:`Contribution` is never reworded. Whatever is published about it quotes a slice of
``text`` or names its ``id``.
"""

from weerklank.evidence.records import Contribution, ContributionKind, Origin, Quote, Span

__all__ = ["Contribution", "ContributionKind", "Origin", "Quote", "Span"]
