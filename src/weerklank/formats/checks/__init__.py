"""Does a format make sense? The static checks of DOMAIN 6.2, one file per noun."""

from __future__ import annotations

from weerklank.formats.checks.closing import check_closing
from weerklank.formats.checks.objects import check_objects
from weerklank.formats.checks.people import check_people
from weerklank.formats.checks.sight import check_sight
from weerklank.formats.checks.timing import check_timing
from weerklank.formats.checks.translations import check_translations
from weerklank.formats.findings import Finding, InvalidFormat
from weerklank.formats.kinds import Severity
from weerklank.formats.records import Format

__all__ = ["check_format", "require_sound"]

_CHECKS = (check_people, check_timing, check_objects, check_sight, check_closing, check_translations)


def check_format(format_: Format, /) -> tuple[Finding, ...]:
    """Everything that is wrong or doubtful, in the order of the file; empty when all is well."""
    found = [finding for check in _CHECKS for finding in check(format_)]
    return tuple(sorted(found, key=lambda each: each.line or 0))


def require_sound(format_: Format, /) -> Format:
    """The same format, when no check finds an error; warnings pass.

    :raises InvalidFormat: with every error.
    """
    errors = tuple(each for each in check_format(format_) if each.severity is Severity.ERROR)
    if errors:
        raise InvalidFormat(errors)
    return format_
