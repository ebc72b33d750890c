"""The colours that all formats share, as hexadecimal RGB; every text pair meets WCAG AA (4.5 : 1)."""

from __future__ import annotations

__all__ = ["DEEP", "INK", "LINE", "PALE", "QUIET", "SOFT", "TEAL", "WARM", "WHITE"]

INK = "1B2733"
DEEP = "12304F"
TEAL = "0B6470"
WARM = "A8481A"
SOFT = "EEF3F6"
LINE = "C9D5DD"
QUIET = "4F5F6D"
PALE = "BFE3E4"
WHITE = "FFFFFF"
