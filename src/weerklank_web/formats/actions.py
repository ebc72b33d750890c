"""Taking a format: from now on this version, whatever happens to the file."""

from __future__ import annotations

from weerklank_web.formats.bridge import Format, frozen_text
from weerklank_web.formats.models import FormatVersion

__all__ = ["take_format"]


def take_format(format_: Format) -> FormatVersion:
    """The frozen version of this format; taking the same content twice gives the same row."""
    text, fingerprint = frozen_text(format_)
    version, _ = FormatVersion.objects.get_or_create(
        fingerprint=fingerprint, defaults={"key": format_.id, "title": str(format_.title), "text": text}
    )
    return version
