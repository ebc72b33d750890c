"""Does a format make sense? The static checks of DOMAIN 6.2."""

from __future__ import annotations

from weerklank.formats.findings import Finding
from weerklank.formats.records import Format

__all__ = ["check_format", "require_sound"]


def check_format(format_: Format, /) -> tuple[Finding, ...]:
    """Everything that is wrong or doubtful, in the order of the file; empty when all is well."""
    raise NotImplementedError


def require_sound(format_: Format, /) -> Format:
    """The same format, when no check finds an error; warnings pass.

    :raises InvalidFormat: with every error.
    """
    raise NotImplementedError
