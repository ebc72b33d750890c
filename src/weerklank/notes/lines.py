"""What a single line does: name a theme, a room, a level or a tone, ask a question, or just say something."""

from __future__ import annotations

import re
from dataclasses import dataclass

from weerklank.notes.phrasebook import Phrasebook, fold
from weerklank.notes.records import MarkerRole

__all__ = ["END_MARKS", "LineReading", "opens_with", "read_line"]

END_MARKS = ".!?…"
_CLOSERS = "\"'”’)]»*_ "
_LONGEST_PROMPT = 16
_TAG = re.compile(r"[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*[?:.]*$")
_LABEL = re.compile(r"^([^\W\d_]+(?:[ -][^\W\d_]+)??)\s*(\d{1,3}|\b[A-Z])?(?:\s*[:.]|\s+[–—-])(?:\s+(.*))?$")
_NUMBERED = re.compile(r"^([^\W\d_]+(?:[ -][^\W\d_]+)?)\s+(\d{1,3}|[A-Z])$")
_BARE_PAGE = re.compile(r"^[-–—\s]*\d{1,4}(\s*(/|van|of|sur)\s*\d{1,4})?[-–—\s]*$")


@dataclass(frozen=True, slots=True)
class LineReading:
    """What a line does.

    :param role: its part in the order of the notes.
    :param key: the level, tone, room or theme it names; "" for other roles.
    :param rest: what is said after the marker on the same line ("Micro: rust").
    :param sure: False when the reading leans on the words alone and the place should agree.
    """

    role: MarkerRole
    key: str = ""
    rest: str = ""
    sure: bool = True


def ends_closed(text: str) -> bool:
    """Whether ``text`` ends with an end mark, closing quotes and brackets aside."""
    return text.rstrip(_CLOSERS)[-1:] in tuple(END_MARKS)


def opens_with(folded: str, phrases: tuple[str, ...] | frozenset[str]) -> str | None:
    """The longest of ``phrases`` that ``folded`` begins with, on a word boundary, or None."""
    found = [phrase for phrase in phrases if folded == phrase or folded.startswith(phrase + " ")]
    return max(found, key=len, default=None)


def _level(text: str, folded: str, *, heading: bool, book: Phrasebook) -> LineReading | None:
    tag = _TAG.search(text)
    if tag and (key := book.level_named(tag.group(1))):
        return LineReading(MarkerRole.LEVEL, key)
    if folded in book.level_prompts:
        return LineReading(MarkerRole.LEVEL, book.level_prompts[folded])
    if key := book.level_named(text):
        return LineReading(MarkerRole.LEVEL, key)
    name, sign, rest = re.match(r"^([^:–—-]*)([:–—-]?)\s*(.*)$", text, re.S).groups()  # type: ignore[union-attr]
    bare = re.sub(r"[(\[].*?[)\]]", "", name)
    if sign and (key := book.level_named(bare)):
        asks = rest.endswith("?") or (heading and sign != ":")
        return LineReading(MarkerRole.LEVEL, key, "" if asks else rest)
    return _level_question(text, folded, heading=heading, book=book)


def _level_question(text: str, folded: str, *, heading: bool, book: Phrasebook) -> LineReading | None:
    asks = text.rstrip(_CLOSERS).endswith(("?", ":"))
    words = folded.split()
    if not (asks or heading) or len(words) > _LONGEST_PROMPT:
        return None
    for key, phrases in book.levels.items():
        opening = opens_with(folded, phrases.openings)
        if opening is None:
            continue
        after = words[len(opening.split()) :]
        if not any(word in phrases.cues for word in after):
            continue
        known = all(word in phrases.cues or word in book.fillers for word in after)
        if known:
            return LineReading(MarkerRole.LEVEL, key, sure=asks)
        if asks and after and (after[0] in phrases.cues or after[0] in book.fillers):
            return LineReading(MarkerRole.LEVEL, key, sure=False)
    return None


def _labelled(text: str, *, heading: bool, book: Phrasebook) -> LineReading | None:
    """ "Thema 3: Werkdruk", "Kamer B", "Aanwezig: …"."""
    number = _NUMBERED.match(text)
    if number and fold(number.group(1)) in book.room_labels:
        return LineReading(MarkerRole.ROOM, text.strip())
    label = _LABEL.match(text)
    if not label:
        return None
    name, nth, rest = fold(label.group(1)), label.group(2), (label.group(3) or "").strip()
    if name in book.theme_labels and rest:
        return LineReading(MarkerRole.THEME, rest)
    if name in book.room_labels and (nth or heading):
        room = f"{label.group(1)} {nth}" if nth else rest
        return LineReading(MarkerRole.ROOM, room, rest if nth else "")
    if name in book.meta and ":" in text and rest and not heading:
        capitals = [word for word in rest.split() if word[0].isupper()]
        return LineReading(
            MarkerRole.META, sure=name in book.people and len(capitals) * 2 >= len(rest.split())
        )
    return None


def _tone(text: str, folded: str, *, heading: bool, book: Phrasebook) -> LineReading | None:
    if key := book.tone_named(text):
        return LineReading(MarkerRole.TONE, key)
    if not (heading or text.rstrip().endswith(":")) or len(folded.split()) > _LONGEST_PROMPT:
        return None
    for key, names in book.tones.items():
        opening = opens_with(folded, names)
        if opening is not None:
            return LineReading(MarkerRole.TONE, key, sure=text.rstrip().endswith(":"))
    return None


def _prompt(text: str, folded: str, *, heading: bool, book: Phrasebook) -> LineReading | None:
    stem = opens_with(folded, book.stems)
    if stem is None or len(folded.split()) > _LONGEST_PROMPT or ends_closed(text.replace("?", "")):
        return None
    asks = text.rstrip(_CLOSERS).endswith(("?", ":"))
    return LineReading(
        MarkerRole.PROMPT,
        sure=heading or asks or folded == stem or folded.split(maxsplit=1)[0] in book.interrogatives,
    )


def read_line(text: str, *, heading: bool, book: Phrasebook) -> LineReading | None:
    """What the line does, or None when it just says something. ``heading`` is how it looks."""
    folded = fold(text)
    if not folded:
        return None
    if _BARE_PAGE.match(text) or (
        opens_with(folded, book.pages) and _BARE_PAGE.match(text.split(None, 1)[-1])
    ):
        return LineReading(MarkerRole.META)
    if reading := _labelled(text, heading=heading, book=book):
        return reading
    if reading := _level(text, folded, heading=heading, book=book):
        return reading
    if reading := _prompt(text, folded, heading=heading, book=book):
        return reading
    if reading := _tone(text, folded, heading=heading, book=book):
        return reading
    bare = re.sub(r"^\d+\s+", "", folded)
    if heading or text.rstrip().endswith(":"):
        if bare in book.structure or folded in book.structure:
            return LineReading(MarkerRole.STRUCTURE)
        if bare in book.rest:
            return LineReading(MarkerRole.SUBHEADING)
    if heading and opens_with(folded, book.structure_openings):
        return LineReading(MarkerRole.STRUCTURE, sure=False)
    return None
