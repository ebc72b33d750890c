"""Sentences worded by somebody or something else, and whether they follow from what was said."""

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

__all__ = ["Doubt", "Facts", "Finding", "Sentence", "Similar", "Verdict", "Verifier", "verify"]
