"""Many short texts → what they say together: concepts, connections, suggestions with evidence, other voices.

Promise of the front door :func:`synthesise`: offline, deterministic, independent of the order of the
input, literal counts, and every contribution visible somewhere.
"""

from weerklank.synthesis.records import (
    Cluster,
    Concept,
    Connection,
    Coverage,
    Duplicate,
    DuplicateTier,
    Edit,
    HeatMap,
    Insight,
    Related,
    RoomGraph,
    RoomLink,
    ScoreParts,
    Segment,
    SentenceOrigin,
    Summary,
    SummarySentence,
    Synthesis,
    Voice,
    VoiceReason,
)
from weerklank.synthesis.settings import Run, Settings
from weerklank.synthesis.synthesising import suggestion_sentence, synthesise, voice_sentence

__all__ = [
    "Cluster",
    "Concept",
    "Connection",
    "Coverage",
    "Duplicate",
    "DuplicateTier",
    "Edit",
    "HeatMap",
    "Insight",
    "Related",
    "RoomGraph",
    "RoomLink",
    "Run",
    "ScoreParts",
    "Segment",
    "SentenceOrigin",
    "Settings",
    "Summary",
    "SummarySentence",
    "Synthesis",
    "Voice",
    "VoiceReason",
    "suggestion_sentence",
    "synthesise",
    "voice_sentence",
]
