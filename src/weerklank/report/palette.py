"""The colours that all formats share, as hexadecimal RGB; every text pair meets WCAG AA (4.5 : 1)."""

from __future__ import annotations

__all__ = [
    "AGREE",
    "DEEP",
    "DISAGREE",
    "INK",
    "LINE",
    "PALE",
    "QUIET",
    "SHADES",
    "SOFT",
    "TEAL",
    "UNDECIDED",
    "WARM",
    "WHITE",
]

INK = "1B2733"
DEEP = "12304F"
TEAL = "0B6470"
WARM = "A8481A"
SOFT = "EEF3F6"
LINE = "C9D5DD"
QUIET = "4F5F6D"
PALE = "BFE3E4"
WHITE = "FFFFFF"

# Blue, grey and orange stay apart with every common colour blindness, and in print without colour.
AGREE = "0B5C8A"
UNDECIDED = "C3CCD3"
DISAGREE = "D8762A"
SHADES = (DEEP, TEAL, "5AA7A7", WARM, "D9A25F", UNDECIDED)
