"""Why notes cannot be read, by name; the sentences stand per language in ``refusals.toml``."""

from __future__ import annotations

from weerklank.errors import Phrase

__all__ = ["because"]


def because(key: str, /, **values: object) -> Phrase:
    """The reason or remedy called ``key``, with what is filled in."""
    return Phrase("weerklank.notes", key, tuple(values.items()))
