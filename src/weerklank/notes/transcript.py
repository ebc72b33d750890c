"""WebVTT (Teams, Zoom and others) → notes: a turn is one contribution, and no speaker's name is kept.

Read by our own hand because the errors must name a line, and because a reader that passes over a broken cue
would lose words in silence. Format: https://www.w3.org/TR/webvtt1/ (cues, NOTE, STYLE, voice spans).
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from weerklank.errors import BadInput
from weerklank.evidence import Contribution, ContributionKind, Origin
from weerklank.notes.blocks import first_words
from weerklank.notes.findings import Findings
from weerklank.notes.lines import LineReading, ends_closed, read_line
from weerklank.notes.phrasebook import Phrasebook, fold
from weerklank.notes.records import Marker, MarkerRole, Notes, Progress
from weerklank.notes.refusals import because

__all__ = ["notes_of_transcript"]

_STAMP = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)[.,](\d{3})"
_TIMING = re.compile(rf"^\s*{_STAMP}\s+-->\s+{_STAMP}(\s.*)?$")
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?\s+([^>]*)>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:v|c|i|b|u|ruby|rt|lang)\b[^>]*>|<\d[\d:.]*>", re.IGNORECASE)
_NAME_COLON = re.compile(r"^([^\W\d_][\w.'’-]*(?: [\w.'’()-]+){0,4}):\s+(?=\S)")
_LONGEST_TURN = 90
_SHORTEST_NAME = 3
_TELL_EVERY = 200


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something one speaker says within a cue; ``speaker`` is forgotten after the turns are made."""

    speaker: str
    text: str
    first_line: int
    last_line: int


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _groups(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Runs of non-blank lines, each with the number of its first line."""
    start, run = 0, list[str]()
    for number, line in enumerate(lines, start=1):
        if line.strip():
            start = start or number
            run.append(line)
        elif run:
            yield start, run
            start, run = 0, []
    if run:
        yield start, run


def _check_timing(line: str, number: int, *, source: str) -> None:
    timing = _TIMING.match(line)
    remedy = because("timing-remedy")
    if timing is None:
        raise BadInput(because("timing"), source=source, line=number, remedy=remedy)
    if _seconds(timing.groups()[4:8]) < _seconds(timing.groups()[:4]):
        raise BadInput(because("timing-back"), source=source, line=number, remedy=remedy)


def _payload(start: int, run: list[str], *, source: str) -> tuple[int, list[str]]:
    """The spoken lines of a cue, with the number of the first one."""
    at = next((i for i, line in enumerate(run[:2]) if "-->" in line), None)
    if at is None:
        raise because.bad_input("no-timing", source=source, line=start)
    _check_timing(run[at], start + at, source=source)
    stray = next((i for i, line in enumerate(run[at + 1 :], start=at + 1) if "-->" in line), None)
    if stray is not None:
        raise because.bad_input("stray-timing", source=source, line=start + stray)
    return start + at + 1, run[at + 1 :]


def _pieces(first_line: int, payload: Sequence[str], speaker: str) -> Iterator[_Piece]:
    for number, line in enumerate(payload, start=first_line):
        parts = _VOICE.split(line)
        for place in range(0, len(parts), 2):
            if place:
                speaker = html.unescape(parts[place - 1]).strip()
            text = " ".join(html.unescape(_TAG.sub("", parts[place])).split())
            if text:
                yield _Piece(speaker, text, number, number)
            if "</v>" in parts[place]:
                speaker = ""


def _named(pieces: list[_Piece]) -> list[_Piece]:
    """Speakers written as "Name: …" in front of the words, when that is the habit of the file."""
    if any(piece.speaker for piece in pieces):
        return pieces
    starts = [_NAME_COLON.match(piece.text) for piece in pieces]
    names = Counter(match.group(1) for match in starts if match)
    if sum(names.values()) * 2 < len(pieces) or not names:
        return pieces
    found: list[_Piece] = []
    for piece, match in zip(pieces, starts, strict=True):
        if match:
            found.append(_Piece(match.group(1), piece.text[match.end() :], piece.first_line, piece.last_line))
        else:
            speaker = found[-1].speaker if found else ""
            found.append(_Piece(speaker, piece.text, piece.first_line, piece.last_line))
    return found


def _turns(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Pieces of the same speaker in a row are one turn; a long turn is cut where a sentence ends."""
    turn: _Piece | None = None
    for piece in pieces:
        full = turn is not None and len(turn.text.split()) >= _LONGEST_TURN and ends_closed(turn.text)
        if turn is not None and turn.speaker == piece.speaker and not full:
            turn = _Piece(turn.speaker, f"{turn.text} {piece.text}", turn.first_line, piece.last_line)
            continue
        if turn is not None:
            yield turn
        turn = piece
    if turn is not None:
        yield turn


def _speaks_of(text: str, names: frozenset[str]) -> bool:
    return any(name in fold(text).split() for name in names)


def notes_of_transcript(
    text: str,
    *,
    source: str,
    agenda: Sequence[str],
    book: Phrasebook,
    findings: Findings,
    progress: Progress | None = None,
) -> Notes:
    """Notes from a transcript. A ``NOTE Thema: …`` or ``NOTE Kamer 3`` in the file sets theme or room.

    :raises BadInput: no WEBVTT header, a broken time, text without a time, or nothing said.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.match(r"WEBVTT(\s|$)", lines[0]):
        raise because.bad_input("no-header", source=source, line=1)
    groups = list(_groups(lines))
    markers: list[Marker] = []
    pieces: list[_Piece] = []
    settings: list[tuple[int, LineReading]] = []
    for done, (start, run) in enumerate(groups, start=1):
        if start == 1 or run[0].split()[0] in ("NOTE", "STYLE", "REGION"):
            markers.append(
                Marker(MarkerRole.META, "\n".join(run), Origin(source, start, start + len(run) - 1))
            )
            note = " ".join(run).removeprefix("NOTE").strip()
            if start > 1 and (reading := read_line(note, heading=True, book=book)):
                settings.append((start, reading))
        else:
            first_line, payload = _payload(start, run, source=source)
            pieces.extend(_pieces(first_line, payload, ""))
        if progress is not None and (done % _TELL_EVERY == 0 or done == len(groups)):
            progress(done, len(groups))
    said = _contributions(
        list(_turns(_named(pieces))), settings, source=source, agenda=agenda, book=book, findings=findings
    )
    if not said:
        raise because.bad_input("silent", source=source, line=len(lines))
    themes = tuple(dict.fromkeys(one.theme for one in said))
    return Notes(source, source, said, themes, tuple(markers), findings.questions, findings.log)


def _contributions(
    turns: Sequence[_Piece],
    settings: Sequence[tuple[int, LineReading]],
    *,
    source: str,
    agenda: Sequence[str],
    book: Phrasebook,
    findings: Findings,
) -> tuple[Contribution, ...]:
    speakers = {turn.speaker for turn in turns if turn.speaker}
    names = frozenset(
        word for speaker in speakers for word in fold(speaker).split() if len(word) >= _SHORTEST_NAME
    )
    if speakers:
        findings.tell("speakers-dropped", count=len(speakers))
    theme, room = (agenda[0] if len(agenda) == 1 else ""), None
    waiting = list(settings)
    said: list[Contribution] = []
    for turn in turns:
        while waiting and waiting[0][0] <= turn.first_line:
            reading = waiting.pop(0)[1]
            if reading.role is MarkerRole.ROOM:
                room, theme = reading.key, reading.rest or theme
            elif reading.role is MarkerRole.THEME:
                theme = next((item for item in agenda if fold(item) == fold(reading.key)), reading.key)
        if not theme and not any(one.code == "no-theme" for one in findings.questions):
            findings.ask("no-theme", line=turn.first_line, subject=first_words(turn.text))
        if _speaks_of(turn.text, names):
            findings.ask("speaker-in-text", line=turn.first_line)
        last = turn is turns[-1] and not ends_closed(turn.text)
        said.append(
            Contribution(
                id=f"c{len(said) + 1:03d}",
                text=turn.text,
                theme=theme or book.no_theme,
                room=room,
                kind=ContributionKind.PROSE,
                origin=Origin(source, turn.first_line, turn.last_line),
                unfinished=last,
            )
        )
    return tuple(said)
