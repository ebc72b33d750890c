"""From a TOML file to a frozen format."""

from __future__ import annotations

from pathlib import Path

from weerklank.formats.records import Format

__all__ = ["load_format", "parse_format"]


def load_format(path: Path | str) -> Format:
    """The format in the TOML file at ``path``.

    :raises InvalidFormat: (a ``BadInput``) with every problem in ``findings``, when the file cannot be read
        as a format. Whether the format makes *sense* is :func:`check_format`'s question.
    """
    raise NotImplementedError


def parse_format(text: str, *, source: str) -> Format:
    """The format in this TOML text; ``source`` is the name that findings use for it.

    :raises InvalidFormat: as :func:`load_format`.
    """
    raise NotImplementedError
