"""Many short texts → what they say together: concepts, connections, suggestions with evidence, other voices.

Promise of the front door :func:`synthesise`: offline, deterministic, independent of the order of the
input, literal counts, and every contribution visible somewhere.
"""

from weerklank.synthesis.editing import merge_insights, related_to, split_insight, with_frame_words
from weerklank.synthesis.encoders import sentence_encoder
from weerklank.synthesis.evaluating import Evaluation, evaluate
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
from weerklank.synthesis.space import Encoder
from weerklank.synthesis.synthesising import suggestion_sentence, synthesise, voice_sentence
from weerklank.synthesis.vectors import WordVectors, load_vectors, shipped_vectors
from weerklank.synthesis.vectors_training import Training, read_corpus, train_vectors

__all__ = [
    "Cluster",
    "Concept",
    "Connection",
    "Coverage",
    "Duplicate",
    "DuplicateTier",
    "Edit",
    "Encoder",
    "Evaluation",
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
    "Training",
    "Voice",
    "VoiceReason",
    "WordVectors",
    "evaluate",
    "load_vectors",
    "merge_insights",
    "read_corpus",
    "related_to",
    "sentence_encoder",
    "shipped_vectors",
    "split_insight",
    "suggestion_sentence",
    "synthesise",
    "train_vectors",
    "voice_sentence",
    "with_frame_words",
]
