"""What was said, the room's own harvest, and what people voted. No column here leads to a person."""

from weerklank_web.dialogue.records.vote import Proposition, Snapshot, SnapshotState, Vote, VoteValue
from weerklank_web.dialogue.records.words import (
    Contribution,
    ContributionSource,
    ContributionState,
    Harvest,
    HarvestChange,
    HarvestReading,
)

__all__ = [
    "Contribution",
    "ContributionSource",
    "ContributionState",
    "Harvest",
    "HarvestChange",
    "HarvestReading",
    "Proposition",
    "Snapshot",
    "SnapshotState",
    "Vote",
    "VoteValue",
]
