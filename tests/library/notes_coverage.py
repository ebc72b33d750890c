"""Does everything that stood in a text arrive? Word by word, in order, per line (W12)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from weerklank.notes import Notes

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_ITEM = re.compile(r"(?<!\w)(\d{1,3}|[a-z])[*_\\]*[.)]")


def words(text: str) -> list[str]:
    """Words in lower case; markup, punctuation and the numbers of list items aside."""
    return _WORD.findall(_ITEM.sub(" ", text).casefold())


def words_that_arrived(notes: Notes) -> list[str]:
    """Contributions and markers in the order of the source. A line that holds both ("Micro: rust") counts once."""
    pieces: list[tuple[int, int, str]] = []
    for place, marker in enumerate(notes.markers):
        pieces.append((marker.origin.first_line, place, marker.text))
    whole_lines = {marker.origin.first_line: marker.text for marker in notes.markers}
    for place, said in enumerate(notes.contributions, start=10_000):
        assert said.origin is not None
        line = said.origin.first_line
        if line in whole_lines and said.text and said.text in whole_lines[line]:
            continue
        pieces.append((line, place, said.text))
    return words("\n".join(text for *_, text in sorted(pieces)))


def lines_covered(notes: Notes) -> set[int]:
    """Every line that some contribution or marker names as its origin."""

    def ranges() -> Iterator[range]:
        for marker in notes.markers:
            yield range(marker.origin.first_line, marker.origin.last_line + 1)
        for said in notes.contributions:
            assert said.origin is not None
            yield range(said.origin.first_line, said.origin.last_line + 1)

    return {line for covered in ranges() for line in covered}
