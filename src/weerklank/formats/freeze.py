"""A format as text that can be kept: canonical JSON, back, and its fingerprint."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass

from weerklank.formats.builder import build_format
from weerklank.formats.findings import InvalidFormat, finding
from weerklank.formats.records import Format, FormatOrigin
from weerklank.formats.texts import Text

__all__ = ["content_hash", "dump_format", "restore_format"]


def dump_format(format_: Format, /) -> str:
    """Canonical JSON: the same for equal formats, with every default written out. Keep it as text.

    Defaults are written out so that a later version of the library cannot change what people were promised.
    """
    plain = _plain(format_)
    plain["texts"] = {name: _plain(text) for name, text in format_.texts}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def restore_format(text: str, /, *, source: str = "") -> Format:
    """The format that :func:`dump_format` wrote.

    :raises InvalidFormat: when the text is not such a format.
    """
    try:
        table = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise InvalidFormat((finding("not-frozen", source=source, line=1, reason=fault),)) from fault
    if not isinstance(table, dict):
        raise InvalidFormat((finding("not-frozen", source=source, line=1, reason=type(table).__name__),))
    return build_format(table, origin=FormatOrigin(source))


def content_hash(format_: Format, /) -> str:
    """SHA-256 of :func:`dump_format`, in hexadecimal."""
    return hashlib.sha256(dump_format(format_).encode()).hexdigest()


def _plain(value: object) -> dict[str, object]:
    """A record as a table, without what is absent or does not count for equality."""
    if isinstance(value, Text):
        return dict(value.translations)
    assert is_dataclass(value)
    pairs = ((each.name, getattr(value, each.name)) for each in fields(value) if each.compare)
    return {name: _item(inner) for name, inner in pairs if inner is not None}


def _item(value: object) -> object:
    if is_dataclass(value):
        return _plain(value)
    if isinstance(value, tuple):
        return [_item(each) for each in value]
    return value
