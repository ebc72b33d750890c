"""Why the gate refuses, by name; the sentences stand per language in ``refusals.toml``."""

from __future__ import annotations

from weerklank.errors import Phrase

__all__ = ["because"]


def because(key: str, /, **values: object) -> Phrase:
    """The reason called ``key``, with what is filled in."""
    return Phrase("weerklank.evidence", key, tuple(values.items()))
