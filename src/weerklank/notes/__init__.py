"""A session's notes, in whatever form → contributions with theme, level, prompt, key fragments and origin (W8–W13).

>>> notes = parse_notes("## Werkdruk\\n### Micro\\n- te veel **mail**\\n")
>>> [(one.theme, one.level, one.text) for one in notes.contributions]
[('Werkdruk', 'micro', 'te veel mail')]
"""

from weerklank.notes.phrasebook import LevelPhrases, Phrasebook, load_phrasebook
from weerklank.notes.reading import SUFFIXES, read_notes
from weerklank.notes.records import LogEntry, Marker, MarkerRole, Notes, Progress, Question
from weerklank.notes.text import parse_notes

__all__ = [
    "SUFFIXES",
    "LevelPhrases",
    "LogEntry",
    "Marker",
    "MarkerRole",
    "Notes",
    "Phrasebook",
    "Progress",
    "Question",
    "load_phrasebook",
    "parse_notes",
    "read_notes",
]
