"""Why a command cannot be carried out, by name; the sentences stand per language in ``refusals.toml``."""

from __future__ import annotations

from weerklank.errors import Refusals

__all__ = ["because"]

because = Refusals("weerklank.cli")
