"""The reader's language, asked in one place."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language

__all__ = ["language_now"]


def language_now() -> str:
    """The reader's language without its region (``nl``), as formats and the library know it."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]
