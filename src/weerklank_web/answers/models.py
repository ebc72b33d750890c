"""From insight to message to answer to commitment (W13–W19)."""

from weerklank_web.answers.records.answer import (
    Answer,
    AnswerKind,
    Commitment,
    CommitmentReport,
    CommitmentState,
    DeskLink,
)
from weerklank_web.answers.records.insight import (
    Insight,
    InsightSource,
    Message,
    MessageSource,
    Stance,
    StanceKind,
)

__all__ = [
    "Answer",
    "AnswerKind",
    "Commitment",
    "CommitmentReport",
    "CommitmentState",
    "DeskLink",
    "Insight",
    "InsightSource",
    "Message",
    "MessageSource",
    "Stance",
    "StanceKind",
]
