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
from weerklank.synthesis.wording.selecting import selection_of
from weerklank.synthesis.wording.verdicts import Doubt, Facts, Finding, Sentence, Similar, Verdict
from weerklank.synthesis.wording.verifying import Verifier, verify

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
    "selection_of",
    "verify",
    "word",
]
