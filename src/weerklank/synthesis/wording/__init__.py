"""Sentences worded by somebody or something else, and whether they follow from what was said."""

from weerklank.synthesis.wording.asking import (
    Attempt,
    ChatClient,
    ChatFailed,
    ChatMessage,
    ChatRequest,
    Selection,
    Trouble,
    Worded,
    WordedBy,
    word,
)
from weerklank.synthesis.wording.verifying import (
    Doubt,
    Facts,
    Finding,
    Sentence,
    Similar,
    Verdict,
    Verifier,
    verify,
)

__all__ = [
    "Attempt",
    "ChatClient",
    "ChatFailed",
    "ChatMessage",
    "ChatRequest",
    "Doubt",
    "Facts",
    "Finding",
    "Selection",
    "Sentence",
    "Similar",
    "Trouble",
    "Verdict",
    "Verifier",
    "Worded",
    "WordedBy",
    "verify",
    "word",
]
