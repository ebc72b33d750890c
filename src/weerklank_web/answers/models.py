"""From insight to message to answer to commitment (W13–W19)."""

from weerklank_web.answers.records.answer import (
    Answer,
    AnswerKind,
    Commitment,
    CommitmentReport,
    CommitmentState,
    EarlierAnswer,
)
from weerklank_web.answers.records.desk import DeskLink, Draft, Reception
from weerklank_web.answers.records.insight import (
    Insight,
    InsightSource,
    Message,
    MessageSource,
    Source,
    Statement,
)
from weerklank_web.answers.records.milestone import MilestoneKind, MilestoneLetter
from weerklank_web.answers.records.stance import Stance, StanceKind
from weerklank_web.answers.records.step import BenchStep, FrameWord
from weerklank_web.answers.records.suggestion import RunState, SuggestionRun

__all__ = [
    "Answer",
    "AnswerKind",
    "BenchStep",
    "Commitment",
    "CommitmentReport",
    "CommitmentState",
    "DeskLink",
    "Draft",
    "EarlierAnswer",
    "FrameWord",
    "Insight",
    "InsightSource",
    "Message",
    "MessageSource",
    "MilestoneKind",
    "MilestoneLetter",
    "Reception",
    "RunState",
    "Source",
    "Stance",
    "StanceKind",
    "Statement",
    "SuggestionRun",
]
