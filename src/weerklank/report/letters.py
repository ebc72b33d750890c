"""Characters that cannot be printed, or that would turn the page around, made visible instead of dropped."""

from __future__ import annotations

import unicodedata

__all__ = ["printable"]

_REPLACEMENT = "\ufffd"
_KEPT = {"\t", "\n"}
# Overrides and isolates change the direction of what follows, which is how a text could disguise itself.
_TURNING = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def printable(text: str) -> str:
    """``text`` fit for XML, HTML and PDF: control characters, lone surrogates, private-use and direction-turning
    characters become U+FFFD; line breaks become one kind."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char if _fine(char) else _REPLACEMENT for char in text)


def _fine(char: str) -> bool:
    if char in _KEPT:
        return True
    if char in _TURNING or ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF:
        return False
    return unicodedata.category(char) not in {"Cc", "Cs", "Co"}
