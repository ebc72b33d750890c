"""Why an input or a published file of this package is refused, as a sentence of ``refusals.toml``."""

from __future__ import annotations

from weerklank.errors import Phrase

__all__ = ["because"]


def because(key: str, /, **values: object) -> Phrase:
    """The sentence ``key``, with ``values`` filled in."""
    return Phrase("weerklank.allocation", key, tuple(values.items()))
