"""The only file of this app that calls the library: formats in, formats out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from weerklank.formats import (
    Finding,
    Format,
    InvalidFormat,
    Severity,
    check_format,
    content_hash,
    dump_format,
    parse_format,
    restore_format,
    shipped_format,
    shipped_formats,
    shipped_text,
)
from weerklank_web.formats.models import FormatVersion

__all__ = [
    "Format",
    "Reading",
    "Remark",
    "catalogue",
    "file_of_shipped",
    "format_of",
    "frozen_text",
    "read_format",
]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that the checker found, in its reader's language."""

    line: int | None
    step: str
    what: str
    remedy: str
    stops: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read: the format when it can be used, and everything that was found, in order of lines."""

    format: Format | None
    remarks: tuple[Remark, ...]


def catalogue() -> tuple[Format, ...]:
    """The formats that come with Weerklank, in order of their title."""
    found = (shipped_format(key) for key in shipped_formats())
    return tuple(sorted(found, key=lambda each: str(each.title)))


def file_of_shipped(key: str) -> str | None:
    """The file of a format that comes with Weerklank, or None when there is none."""
    try:
        return shipped_text(key)
    except KeyError:
        return None


def read_format(content: bytes, *, source: str, language: str) -> Reading:
    """What somebody wrote, read and checked. Nothing is half used: with one fault there is no format."""
    try:
        format_: Format | None = parse_format(content, source=source)
        assert format_ is not None
        findings = tuple(check_format(format_))
    except InvalidFormat as fault:
        format_, findings = None, fault.findings
    remarks = tuple(
        sorted(
            (_remark(each, language) for each in findings), key=lambda each: (not each.stops, each.line or 0)
        )
    )
    return Reading(None if any(each.stops for each in remarks) else format_, remarks)


def frozen_text(format_: Format) -> tuple[str, str]:
    """The text to keep and its fingerprint."""
    return dump_format(format_), content_hash(format_)


def format_of(version: FormatVersion) -> Format:
    """The format as this version froze it."""
    return _restored(version.fingerprint, version.text)


@lru_cache(maxsize=32)
def _restored(fingerprint: str, text: str) -> Format:  # noqa: ARG001 - the fingerprint is the cache's name for the text
    return restore_format(text)


def _remark(found: Finding, language: str) -> Remark:
    return Remark(
        line=found.line,
        step=found.step or "",
        what=found.what.in_language(language),
        remedy=found.remedy.in_language(language),
        stops=found.severity is Severity.ERROR,
    )
