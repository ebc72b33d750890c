"""The formats that come with Weerklank."""

from __future__ import annotations

from weerklank.formats.records import Format

__all__ = ["shipped_format", "shipped_formats"]


def shipped_formats() -> tuple[str, ...]:
    """The ids of the shipped formats, sorted."""
    raise NotImplementedError


def shipped_format(id: str) -> Format:  # noqa: A002 - the word of the file
    """The shipped format with this id; ``KeyError`` when there is none."""
    raise NotImplementedError
