"""A day written out, the same in every format: 3 maart 2026."""

from __future__ import annotations

import datetime as dt

from weerklank.report.document import Language
from weerklank.report.words import words_for

__all__ = ["day_in_words"]


def day_in_words(day: dt.date, *, language: Language) -> str:
    """The day in the words of ``language``, without depending on the machine's locale."""
    words = words_for(language)
    number = words.first_day if day.day == 1 else str(day.day)
    return f"{number} {words.months[day.month - 1]} {day.year}"
