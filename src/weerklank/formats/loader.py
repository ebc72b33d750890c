"""From a TOML file to a frozen format."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from weerklank.formats.builder import build_format
from weerklank.formats.findings import InvalidFormat, finding
from weerklank.formats.lines import lines_of_keys
from weerklank.formats.records import Format, FormatOrigin

__all__ = ["load_format", "parse_format"]


def load_format(path: Path | str) -> Format:
    """The format in the TOML file at ``path``.

    :raises InvalidFormat: (a ``BadInput``) with every problem in ``findings``, when the file cannot be read
        as a format. Whether the format makes *sense* is :func:`check_format`'s question.
    """
    source = str(path)
    try:
        content = Path(path).read_bytes()
    except OSError as fault:
        raise InvalidFormat(
            (finding("unreadable", source=source, reason=fault.strerror or fault),)
        ) from fault
    return parse_format(content, source=source)


def parse_format(text: str | bytes, *, source: str) -> Format:
    """The format in this TOML text, or in the content of a file; ``source`` is the name that findings use for it.

    :raises InvalidFormat: as :func:`load_format`.
    """
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            raise InvalidFormat((finding("not-utf8", source=source, byte=fault.start),)) from fault
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as fault:
        line = _line_of(str(fault), text)
        raise InvalidFormat((finding("not-toml", source=source, line=line, reason=fault),)) from fault
    return build_format(table, origin=FormatOrigin(source, lines_of_keys(text)))


def _line_of(message: str, text: str) -> int:
    """The line the TOML parser speaks of; it tells only in its sentence. Else the last line."""
    told = re.search(r"at line (\d+)", message)
    return int(told[1]) if told else max(1, text.count("\n"))
