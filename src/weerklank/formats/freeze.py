"""A format as text that can be kept: canonical JSON, back, and its fingerprint."""

from __future__ import annotations

from weerklank.formats.records import Format

__all__ = ["content_hash", "dump_format", "restore_format"]


def dump_format(format_: Format, /) -> str:
    """Canonical JSON: the same for equal formats, with every default written out. Keep it as text."""
    raise NotImplementedError


def restore_format(text: str, /, *, source: str = "") -> Format:
    """The format that :func:`dump_format` wrote.

    :raises InvalidFormat: when the text is not such a format.
    """
    raise NotImplementedError


def content_hash(format_: Format, /) -> str:
    """SHA-256 of :func:`dump_format`, in hexadecimal."""
    raise NotImplementedError
