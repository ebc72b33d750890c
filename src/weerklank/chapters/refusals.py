"""Why chapters cannot be written, by name; the sentences stand per language in ``refusals.toml``."""

from __future__ import annotations

from weerklank.errors import Refusals

__all__ = ["because"]

because = Refusals("weerklank.chapters")
