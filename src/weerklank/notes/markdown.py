"""Markdown as people really write it → blocks.

Line by line instead of by the CommonMark grammar, because notes break that grammar and nothing may get
lost: a link definition, a tag or a code fence is somebody's words here. Emphasis alone is left to a parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from weerklank.notes.blocks import Block, BlockKind, words_in
from weerklank.notes.markup import plain
from weerklank.notes.records import Progress

__all__ = ["blocks_of_markdown"]

_ATX = re.compile(r"^ {0,3}(#{1,6}(?=[ \t]|$)|#{2,6}(?!#))[ \t]*(.*?)(?:[ \t]+#+)?[ \t]*$")
_BULLET = re.compile(r"^([ \t]*)([-*+•●▪◦·]|\d{1,3}[.)]|[a-z]\))[ \t]+(\S.*)$")
_DASH = re.compile(r"^([ \t]*)([–—→])[ \t]+(\S.*)$")
_RULE = re.compile(r"^[ \t]*([-*_=~])([ \t]*\1){2,}[ \t]*$")
_FENCE = re.compile(r"^[ \t]*(```+|~~~+)[ \t]*[\w-]*[ \t]*$")
_QUOTE = re.compile(r"^[ \t]*>+[ \t]?")
_TABLE = re.compile(r"^[ \t]*\|.*\|[ \t]*$")
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t:|-]+\|?[ \t]*$")
_HARD_BREAK = re.compile(r"( {2,}|\\)$")
_BOLD_LINE = re.compile(r"^(\*\*|__)(?!\s)((?:(?!\1).)+)\1[ \t]*:?$")
_LONGEST_BOLD_HEADING = 12
#: Signs that begin a clause as often as a bullet: only a bullet after a blank line or another bullet.
_SHY = frozenset("+–—→")
_COMMENT = re.compile(r"^[ \t]*<!--.*-->[ \t]*$")
_FIELD = re.compile(r"^[A-Za-z][\w -]*:(\s.*)?$")
_TELL_EVERY = 400


@dataclass
class _Open:
    """The piece being collected: its kind and its source lines so far."""

    kind: BlockKind = BlockKind.PARAGRAPH
    depth: int = 0
    bullet: str = ""
    first_line: int = 0
    lines: list[str] = field(default_factory=list)


def _width(indent: str) -> int:
    return len(indent.expandtabs(4))


class _Reader:
    """Turns numbered lines into blocks. ``is_marker`` tells which lines stand on their own."""

    def __init__(self, is_marker: Callable[[str], bool]) -> None:
        self._is_marker = is_marker
        self._open = _Open()
        self._indents: list[int] = []
        self._after_blank = True
        self._quoted = False
        self._header: int | None = None
        self._last_line = 0
        self.blocks: list[Block] = []

    def close(self) -> None:
        """Finish the piece being collected."""
        piece, self._open = self._open, _Open()
        if not piece.lines:
            return
        text, emphasis = plain("\n".join(piece.lines))
        if not text:
            return
        kind, depth = piece.kind, piece.depth
        if self._acts_as_heading(piece):
            kind, depth = BlockKind.HEADING, 7
        self.blocks.append(
            Block(kind, text, piece.first_line, self._last_line, depth, piece.bullet, emphasis)
        )

    @staticmethod
    def _acts_as_heading(piece: _Open) -> bool:
        bold = _BOLD_LINE.match(piece.lines[0].strip()) if len(piece.lines) == 1 else None
        if bold is None or piece.kind is not BlockKind.PARAGRAPH or piece.depth:
            return False
        title = bold.group(2).rstrip()
        return 0 < words_in(title) <= _LONGEST_BOLD_HEADING and not title.endswith((".", "!", ",", ";"))

    def _begin(self, number: int, text: str, *, kind: BlockKind, depth: int = 0, bullet: str = "") -> None:
        self.close()
        self._open = _Open(kind, depth, bullet, number, [])
        self._extend(number, text)

    def _extend(self, number: int, text: str) -> None:
        if not self._open.lines:
            self._open.first_line = number
        self._open.lines.append(_HARD_BREAK.sub("", text.strip("\t\n")).strip())
        self._last_line = number
        alone = len(self._open.lines) == 1 and (
            self._is_marker(plain(self._open.lines[0])[0]) or self._acts_as_heading(self._open)
        )
        if _HARD_BREAK.search(text) or alone:
            inside = self._open.depth if self._open.kind is BlockKind.BULLET or self._open.depth else 0
            self.close()
            self._open.depth = inside

    def blank(self) -> None:
        """A blank line ends a piece."""
        self.close()
        self._open = _Open()
        self._after_blank, self._quoted, self._header = True, False, None

    def meta(self, number: int, text: str) -> None:
        """A line about the notes themselves: front matter, a comment."""
        self._begin(number, text.strip(), kind=BlockKind.META)
        self.blank()

    def line(self, number: int, text: str) -> None:
        """One line that is not blank."""
        if _QUOTE.match(text) and (self._after_blank or self._quoted):
            self._quoted, text = True, _QUOTE.sub("", text)
        after_blank, self._after_blank = self._after_blank, False
        if _COMMENT.match(text):
            self.meta(number, text)
            return
        if heading := _ATX.match(text):
            self._indents.clear()
            if heading.group(2):
                self._begin(number, heading.group(2), kind=BlockKind.HEADING, depth=len(heading.group(1)))
            self.blank()
            return
        if _RULE.match(text) or _FENCE.match(text):
            self._underline(text)
            return
        if _TABLE.match(text):
            self._row(number, text)
            return
        bullet = _BULLET.match(text) or _DASH.match(text)
        shy = bullet is not None and (
            bullet.group(2) in _SHY or (bullet.group(2)[0].isalnum() and bullet.group(2) not in ("1.", "1)"))
        )
        if bullet and not (shy and not after_blank and not self._indents):
            depth = self._depth_of(_width(bullet.group(1)))
            self._begin(number, bullet.group(3), kind=BlockKind.BULLET, depth=depth, bullet=bullet.group(2))
            return
        self._words(number, text, after_blank=after_blank)

    def _words(self, number: int, text: str, *, after_blank: bool) -> None:
        indent = _width(text[: len(text) - len(text.lstrip(" \t"))])
        if after_blank:
            inside = [known for known in self._indents if known < indent]
            self._indents = inside if indent else []
            self._open.depth = len(inside) if indent else 0
        if self._open.lines and self._is_marker(plain(text.strip())[0]):
            self.close()
        self._extend(number, text)

    def _underline(self, text: str) -> None:
        """``===`` or ``---`` under a single line makes it a heading; elsewhere it is a mere line."""
        piece = self._open
        sign = text.strip()[0]
        single = len(piece.lines) == 1 and piece.kind is BlockKind.PARAGRAPH and piece.depth == 0
        if sign in "=-" and single and not piece.lines[0].endswith((".", "!", ",", ";")):
            piece.kind, piece.depth = BlockKind.HEADING, 1 if sign == "=" else 2
        self.blank()

    def _row(self, number: int, text: str) -> None:
        """A table row; a first cell that is a marker ("micro") stands apart from what is said next to it."""
        if _TABLE_RULE.match(text):
            if self._header is not None:
                self.blocks[self._header] = replace(self.blocks[self._header], kind=BlockKind.META)
            self.blank()
            return
        cells = [cell for cell in (part.strip() for part in text.strip().strip("|").split("|")) if cell]
        if cells and self._is_marker(plain(cells[0])[0]):
            pieces = cells
        else:
            pieces = [" | ".join(cells)] if cells else []
        for piece in pieces:
            self._begin(number, piece, kind=BlockKind.PARAGRAPH)
        before = len(self.blocks)
        self.blank()
        self._header = before if len(pieces) == 1 and len(self.blocks) == before + 1 else None

    def _depth_of(self, width: int) -> int:
        while self._indents and self._indents[-1] > width:
            self._indents.pop()
        if not self._indents or self._indents[-1] < width:
            self._indents.append(width)
        return len(self._indents)


def _front_matter(lines: list[tuple[int, str]]) -> int:
    """How many lines at the top are front matter (``---``, fields, ``---``); 0 for none."""
    if not lines or lines[0][1].strip() != "---":
        return 0
    for index, (_, line) in enumerate(lines[1:], start=1):
        if line.strip() == "---":
            return index + 1
        if line.strip() and not _FIELD.match(line) and not line.startswith((" ", "-")):
            return 0
    return 0


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their number; a form feed is a page break, never a word."""
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        yield number, line.replace("\f", "").replace("\u00a0", " ").replace("\u200b", "")


def blocks_of_markdown(
    text: str, *, is_marker: Callable[[str], bool], progress: Progress | None = None
) -> tuple[Block, ...]:
    """The blocks of a Markdown or plain text, in order.

    :param is_marker: whether a line by itself is a prompt or level: such a line never flows into the next.
    """
    lines = list(_numbered(text))
    reader = _Reader(is_marker)
    front = _front_matter(lines)
    for number, line in lines:
        if number <= front and line.strip() not in ("", "---"):
            reader.meta(number, line)
        elif line.strip():
            reader.line(number, line)
        else:
            reader.blank()
        if progress is not None and (number % _TELL_EVERY == 0 or number == len(lines)):
            progress(number, len(lines))
    reader.close()
    return tuple(reader.blocks)
