"""The only file of this app that calls the library: formats in, formats out."""

from __future__ import annotations

from functools import lru_cache

from weerklank.formats import (
    Format,
    content_hash,
    dump_format,
    parse_format,
    require_sound,
    restore_format,
    shipped_format,
    shipped_formats,
)
from weerklank_web.formats.models import FormatVersion

__all__ = ["Format", "catalogue", "format_of", "frozen_text", "read_format"]


def catalogue() -> tuple[Format, ...]:
    """The formats that come with Weerklank, in order of their title."""
    found = (shipped_format(key) for key in shipped_formats())
    return tuple(sorted(found, key=lambda each: str(each.title)))


def read_format(text: str, *, source: str) -> Format:
    """A format that somebody wrote as TOML; raises ``InvalidFormat`` with every finding at once."""
    format_ = parse_format(text, source=source)
    require_sound(format_)
    return format_


def frozen_text(format_: Format) -> tuple[str, str]:
    """The text to keep and its fingerprint."""
    return dump_format(format_), content_hash(format_)


def format_of(version: FormatVersion) -> Format:
    """The format as this version froze it."""
    return _restored(version.fingerprint, version.text)


@lru_cache(maxsize=32)
def _restored(fingerprint: str, text: str) -> Format:  # noqa: ARG001 - the fingerprint is the cache's name for the text
    return restore_format(text)
