"""Pure: how many steps one sheet holds."""

from __future__ import annotations

__all__ = ["MOST_STEPS"]

# Four first steps (T9). More is a list of good intentions, and those are not kept.
MOST_STEPS = 4
