"""Labels, per language, of the closed vocabularies."""

from __future__ import annotations

from enum import StrEnum

from weerklank.formats.texts import Text

__all__ = ["label_of"]


def label_of(member: StrEnum, /) -> Text:
    """What people read for this step kind, audience, name rule, … (``words.toml``)."""
    raise NotImplementedError
