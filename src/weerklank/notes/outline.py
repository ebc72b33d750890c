"""Which line opens a theme, which one only orders, and which one is something somebody said.

Heading depth is a poor guide in real notes (themes stood at three depths in the sample this was measured on,
and under each other), so several weak signs are weighed: the words, the end mark, whether the sentence
runs on below, whether a round of prompts starts there. Whatever is doubtful is asked (W12).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from weerklank.notes.agenda import match_agenda
from weerklank.notes.blocks import Block, BlockKind, words_in
from weerklank.notes.findings import Findings
from weerklank.notes.lines import LineReading, ends_closed, opens_with, read_line
from weerklank.notes.phrasebook import Phrasebook, fold
from weerklank.notes.records import MarkerRole

__all__ = ["outline", "runs_on"]

_LONGEST_RECURRING = 12
_LONGEST_THEME_LINE = 12
_SURE_MATCH = 0.8
_DOUBTFUL_MATCH = 0.55
_SENTENCE_HEADING = 6
_ROUND = frozenset({MarkerRole.LEVEL, MarkerRole.PROMPT})
_MARKS_ROUND = _ROUND | {MarkerRole.TONE}
_LABELLED = frozenset({MarkerRole.THEME, MarkerRole.ROOM})
_NUMBERING = re.compile(r"^(\d{1,2}([.)]\d{0,2})*[.):]?|[A-Z][.)])\s+")

Readings = tuple[LineReading | None, ...]


def runs_on(text: str, following: str) -> bool:
    """Whether ``following`` continues the sentence of ``text``: no end mark, then a small letter."""
    return bool(following) and following[0].islower() and not ends_closed(text) and not text.endswith(":")


def _title(text: str) -> str:
    return _NUMBERING.sub("", text.strip()).rstrip(" :") or text.strip()


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading that might be a theme, and what stands under it up to the next such heading."""

    index: int
    depth: int
    body: int
    roles: frozenset[MarkerRole]


class _Outline:
    def __init__(self, blocks: Sequence[Block], book: Phrasebook, findings: Findings) -> None:
        self.blocks, self.book, self.findings = blocks, book, findings
        self.headings = [i for i, block in enumerate(blocks) if block.kind is BlockKind.HEADING]
        self.readings: list[LineReading | None] = [None] * len(blocks)
        self.candidates: list[int] = []

    # -- what the words say

    def read_lines(self) -> None:
        """Prompts, levels, tones, rooms and meta lines among the text."""
        plain = [
            fold(block.text) for block in self.blocks if block.kind is BlockKind.PARAGRAPH and not block.depth
        ]
        often = {text for text, count in Counter(plain).items() if count > 1}
        for index, block in enumerate(self.blocks):
            if block.kind is BlockKind.HEADING:
                self.readings[index] = read_line(block.text, heading=True, book=self.book)
            elif block.kind is BlockKind.META:
                self.readings[index] = LineReading(MarkerRole.META)
            else:
                self.readings[index] = self._read_text(index, block, often)

    def _read_text(self, index: int, block: Block, often: set[str]) -> LineReading | None:
        reading = read_line(block.text, heading=False, book=self.book)
        asks = block.text.rstrip().endswith(("?", ":"))
        if block.kind is BlockKind.BULLET:
            wanted = reading is not None and (
                reading.role is MarkerRole.LEVEL or (asks and reading.sure and reading.role in _MARKS_ROUND)
            )
            return reading if wanted else None
        if reading is not None and reading.role is MarkerRole.META and not reading.sure:
            return reading if self._at_top(index) else None
        if reading is not None and (reading.sure or reading.role is MarkerRole.LEVEL):
            return reading
        recurs = fold(block.text) in often and not block.depth and words_in(block.text) <= _LONGEST_RECURRING
        if recurs and not ends_closed(block.text.replace("?", "")) and self._said_after(index):
            self.findings.tell("repeated-prompt", line=block.first_line, subject=block.text)
            return LineReading(MarkerRole.PROMPT)
        if (
            block.text.endswith("?")
            and not block.depth
            and fold(block.text).split(" ")[0] in self.book.interrogatives
        ):
            following = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
            if following is not None and following.kind is BlockKind.BULLET:
                return LineReading(MarkerRole.PROMPT)
        return None

    def _at_top(self, index: int) -> bool:
        """Directly under a heading or at the very start: where "Datum: …" is about the notes."""
        before = self.readings[index - 1] if index else None
        return (
            index == 0
            or self.blocks[index - 1].kind is BlockKind.HEADING
            or (before is not None and before.role is MarkerRole.META)
        )

    def _said_after(self, index: int) -> bool:
        following = self.blocks[index + 1 : index + 2]
        return bool(following) and following[0].kind in (BlockKind.PARAGRAPH, BlockKind.BULLET)

    def find_candidates(self) -> None:
        """Headings that could be a theme; the rest turn out to be prompts, or content."""
        unread = [self.blocks[i].text for i in self.headings if self.readings[i] is None]
        colons = sum(text.endswith(":") for text in unread)
        colon_style = len(unread) > 2 and colons * 2 >= len(unread)
        prose = [b.text for b in self.blocks if b.kind is BlockKind.PARAGRAPH and not b.depth]
        small_style = sum(text[0].islower() for text in prose) * 2 > len(prose)
        for index in self.headings:
            reading, text = self.readings[index], self.blocks[index].text
            if reading is not None and reading.sure:
                if reading.role in _LABELLED:
                    self.candidates.append(index)
                continue
            if ends_closed(text.replace("?", "")) or (
                text.endswith(":") and not colon_style and reading is None
            ):
                continue
            if not small_style and self._continues(index):
                self.findings.ask("heading-continues", line=self.blocks[index].first_line, subject=text)
                self.readings[index] = None
                continue
            self.candidates.append(index)

    def _continues(self, index: int) -> bool:
        following = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
        return (
            following is not None
            and following.kind is BlockKind.PARAGRAPH
            and self.readings[index + 1] is None
            and runs_on(self.blocks[index].text, following.text)
        )

    def _is_remark(self, section: _Section) -> bool:
        """ "Ook ruimte laten voor …": it adds to what came before, and no round of prompts follows."""
        if section.roles & _ROUND:
            return False
        words = fold(self.blocks[section.index].text)
        if opens_with(words, self.book.remark_openings):
            return True
        verbs = self.book.finite_verbs & set(words.split())
        asks = words.split(" ")[0] in self.book.interrogatives
        return bool(verbs) and not asks and section.body <= 1 and len(words.split()) >= _SENTENCE_HEADING

    # -- what the place says

    def section(self, index: int) -> _Section:
        """The heading at ``index`` with what stands under it."""
        after = next((c for c in self.candidates if c > index), len(self.blocks))
        roles = {reading.role for reading in self.readings[index + 1 : after] if reading is not None}
        body = sum(
            1
            for block, reading in zip(
                self.blocks[index + 1 : after], self.readings[index + 1 : after], strict=True
            )
            if reading is None and block.kind is not BlockKind.META
        )
        return _Section(index, self.blocks[index].depth, body, frozenset(roles))

    def settle(self, agenda: Sequence[str]) -> None:
        """Decide for every candidate: theme, title, subheading or content."""
        sections = [self.section(index) for index in self.candidates]
        matched = self._match(agenda, sections)
        theme: _Section | None = None
        for place, section in enumerate(sections):
            deeper = self._deeper(sections, place)
            role = self._role(
                section, deeper, theme=theme, first=place == 0, on_agenda=section.index in matched
            )
            reading, block = self.readings[section.index], self.blocks[section.index]
            if role is MarkerRole.ROOM and reading is not None:
                theme = self._in_room(section, reading, theme, matched)
            elif role is MarkerRole.THEME:
                titled = reading.key if reading and reading.role is MarkerRole.THEME else block.text
                key = matched.get(section.index, (_title(titled), 1.0))[0]
                self.readings[section.index] = LineReading(MarkerRole.THEME, key)
                theme = section
                if agenda and section.index not in matched:
                    self.findings.ask("agenda-extra", line=block.first_line, subject=block.text)
            elif role is None:
                self.readings[section.index] = None
            elif reading is None or reading.role is not role:
                self.readings[section.index] = LineReading(role)

    def _in_room(
        self,
        section: _Section,
        reading: LineReading,
        theme: _Section | None,
        matched: Mapping[int, tuple[str, float]],
    ) -> _Section | None:
        """The theme in force after a room's heading: its own, the one it stands under, or none yet."""
        if reading.rest:
            title = matched.get(section.index, (_title(reading.rest), 1.0))[0]
            self.readings[section.index] = replace(reading, rest=title)
            return section
        return theme if theme is not None and section.depth > theme.depth else None

    @staticmethod
    def _deeper(sections: Sequence[_Section], place: int) -> list[_Section]:
        below: list[_Section] = []
        for other in sections[place + 1 :]:
            if other.depth <= sections[place].depth:
                break
            below.append(other)
        return below

    def _role(
        self,
        section: _Section,
        deeper: list[_Section],
        *,
        theme: _Section | None,
        first: bool,
        on_agenda: bool,
    ) -> MarkerRole | None:
        block, reading = self.blocks[section.index], self.readings[section.index]
        if reading is not None and reading.role in _LABELLED:
            return reading.role
        if on_agenda:
            return MarkerRole.THEME
        nested = theme is not None and section.depth > theme.depth
        if reading is not None and (nested or reading.role is MarkerRole.STRUCTURE):
            return reading.role
        if self._is_remark(section):
            self.findings.ask("heading-remark", line=block.first_line, subject=block.text)
            return None
        if self._is_container(section, deeper, first=first):
            return MarkerRole.TITLE if first else MarkerRole.STRUCTURE
        if not nested:
            return MarkerRole.THEME
        if theme is not None and section.roles & _ROUND and theme.roles & _ROUND and block.depth < 7:
            self.findings.ask("theme-nested", line=block.first_line, subject=block.text)
            return MarkerRole.THEME
        self.findings.ask("heading-subheading", line=block.first_line, subject=block.text)
        return MarkerRole.SUBHEADING

    def _is_container(self, section: _Section, deeper: list[_Section], *, first: bool) -> bool:
        if not deeper or section.roles & _MARKS_ROUND:
            return False
        if section.body == 0 and (first or sum(bool(one.roles & _ROUND) for one in deeper) > 1):
            return True
        alone = sum(self.blocks[i].depth <= section.depth for i in self.candidates) == 1
        if first and alone and sum(one.depth == deeper[0].depth for one in deeper) > 1:
            block = self.blocks[section.index]
            self.findings.ask("title-or-theme", line=block.first_line, subject=block.text)
            return True
        return False

    def _match(self, agenda: Sequence[str], sections: Sequence[_Section]) -> dict[int, tuple[str, float]]:
        if not agenda:
            return {}
        titles = {section.index: self.blocks[section.index].text for section in sections}
        for index, reading in enumerate(self.readings):
            if reading is not None and reading.role is MarkerRole.THEME:
                titles[index] = reading.key
            elif reading is not None and reading.role is MarkerRole.ROOM:
                titles.pop(index, None)
                titles |= {index: reading.rest} if reading.rest else {}
        matched = match_agenda(agenda, titles, fillers=self.book.fillers)
        left = [title for title in agenda if title not in {found for found, _ in matched.values()}]
        matched |= self._plain_lines(left)
        for index, (title, score) in sorted(matched.items()):
            if score < _DOUBTFUL_MATCH:
                self.findings.ask(
                    "agenda-close",
                    line=self.blocks[index].first_line,
                    subject=self.blocks[index].text,
                    other=title,
                )
            reading = self.readings[index]
            if index not in self.candidates and (reading is None or reading.role is not MarkerRole.ROOM):
                self.readings[index] = LineReading(MarkerRole.THEME, title)
        found = {title for title, _ in matched.values()}
        for title in agenda:
            if title not in found:
                self.findings.ask("agenda-missing", line=None, subject=title)
        return matched

    def _plain_lines(self, titles: Sequence[str]) -> dict[int, tuple[str, float]]:
        """Agenda items that stand in the notes as a mere line, without any heading sign."""
        short = {
            i: block.text
            for i, block in enumerate(self.blocks)
            if block.kind is BlockKind.PARAGRAPH
            and self.readings[i] is None
            and words_in(block.text) <= _LONGEST_THEME_LINE
            and not ends_closed(block.text)
        }
        found = match_agenda(titles, short, fillers=self.book.fillers) if titles and short else {}
        return {index: pair for index, pair in found.items() if pair[1] >= _SURE_MATCH}


def outline(
    blocks: Sequence[Block], *, agenda: Sequence[str], book: Phrasebook, findings: Findings
) -> Readings:
    """For each block what it does in the order of the notes; None for what somebody said."""
    work = _Outline(blocks, book, findings)
    work.read_lines()
    work.find_candidates()
    work.settle(agenda)
    return tuple(
        replace(reading, key=_title(reading.key)) if reading and reading.role is MarkerRole.THEME else reading
        for reading in work.readings
    )
