"""Blocks and what they do → contributions with theme, level, prompt, context and origin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from weerklank.evidence import Contribution, ContributionKind, Origin, Span
from weerklank.notes.blocks import Block, BlockKind, first_words, last_words, words_in
from weerklank.notes.findings import Findings
from weerklank.notes.lines import LineReading, ends_closed
from weerklank.notes.outline import Readings, runs_on
from weerklank.notes.phrasebook import Phrasebook, fold
from weerklank.notes.records import Marker, MarkerRole

__all__ = ["harvest"]

_LONGEST_CROSS_REFERENCE = 20
_SHORTEST_LAST_SENTENCE = 6
#: Deeper than any heading: what a mere line sets, every heading ends.
_LINE_DEPTH = 99


@dataclass(frozen=True, slots=True)
class _Setting:
    """A level, tone or prompt in force, and how deep the line stood that set it."""

    value: str
    depth: int


@dataclass
class _Draft:
    contribution: Contribution
    block: Block


class _Harvest:
    def __init__(self, source: str, book: Phrasebook, findings: Findings) -> None:
        self.source, self.book, self.findings = source, book, findings
        self.drafts: list[_Draft] = []
        self.markers: list[Marker] = []
        self.themes: list[str] = []
        self._theme = ""
        self._room: str | None = None
        self._room_depth = 0
        self._room_spoke = False
        self._settings: dict[MarkerRole, _Setting] = {}
        self._parents: list[tuple[int, str]] = []
        self._adjacent = False
        self._signs: tuple[str, ...] = ()

    # -- lines that order

    def mark(self, block: Block, reading: LineReading) -> None:
        """Let a marker take effect."""
        origin = Origin(self.source, block.first_line, block.last_line)
        self.markers.append(Marker(reading.role, block.text, origin))
        if reading.role is MarkerRole.META:
            label = fold(block.text.split(":")[0])
            if label in self.book.people:
                self.findings.ask("people-named", line=block.first_line, subject=block.text.split(":")[0])
            return
        self._adjacent, self._parents = False, []
        depth = block.depth if block.kind is BlockKind.HEADING else _LINE_DEPTH
        if block.kind is BlockKind.HEADING:
            self._end_deeper_than(depth)
        self._apply(reading, block, depth)
        if reading.rest and reading.role is not MarkerRole.ROOM:
            self._say_rest(block, reading.rest)

    def _apply(self, reading: LineReading, block: Block, depth: int) -> None:
        role = reading.role
        if role is MarkerRole.THEME:
            if self._room_spoke and depth <= self._room_depth:
                self._room = None
            self._open_theme(reading.key)
        elif role is MarkerRole.ROOM:
            self._room, self._room_depth, self._room_spoke = reading.key, depth, False
            if reading.rest:
                self._open_theme(reading.rest)
        elif role is MarkerRole.LEVEL:
            self._settings[MarkerRole.LEVEL] = _Setting(reading.key, depth)
            self._settings.pop(MarkerRole.TONE, None)
            if not reading.rest:
                self._settings[MarkerRole.PROMPT] = _Setting(block.text, depth)
        elif role is MarkerRole.TONE:
            self._settings[MarkerRole.TONE] = _Setting(reading.key, depth)
            self._settings[MarkerRole.PROMPT] = _Setting(block.text, depth)
        elif role in (MarkerRole.PROMPT, MarkerRole.SUBHEADING):
            self._settings = {MarkerRole.PROMPT: _Setting(block.text, depth)}

    def _open_theme(self, title: str) -> None:
        self._theme, self._settings = title, {}
        if title not in self.themes:
            self.themes.append(title)

    def _end_deeper_than(self, depth: int) -> None:
        """A heading ends what was set at its own depth or deeper."""
        self._settings = {role: one for role, one in self._settings.items() if one.depth < depth}

    def _say_rest(self, block: Block, rest: str) -> None:
        start = block.text.rfind(rest)
        spans = tuple(
            Span(max(span.start - start, 0), span.end - start) for span in block.emphasis if span.end > start
        )
        self.say(replace(block, text=rest, emphasis=spans))

    # -- what was said

    def say(self, block: Block) -> None:
        """Add what a block says, or join it to the sentence it continues."""
        if self._continues(block):
            self._join(block)
            return
        if block.kind is BlockKind.HEADING:
            self._end_deeper_than(block.depth)
            self._parents = []
        context = self._context(block)
        identity = f"c{len(self.drafts) + 1:03d}"
        self._ask_theme(block)
        contribution = Contribution(
            id=identity,
            text=block.text,
            theme=self._theme or self.book.no_theme,
            room=self._room,
            level=self._value(MarkerRole.LEVEL),
            tone=self._value(MarkerRole.TONE),
            prompt=self._value(MarkerRole.PROMPT),
            kind=self._kind(block),
            emphasis=block.emphasis,
            origin=Origin(self.source, block.first_line, block.last_line),
            context=context,
        )
        self.drafts.append(_Draft(contribution, block))
        self._room_spoke = True
        if block.kind is BlockKind.BULLET:
            self._parents.append((block.depth, identity))
        self._adjacent = True

    def _value(self, role: MarkerRole) -> str | None:
        setting = self._settings.get(role)
        return setting.value if setting else None

    def _ask_theme(self, block: Block) -> None:
        if self._theme:
            return
        if self.book.no_theme not in self.themes:
            self.themes.append(self.book.no_theme)
            self.findings.ask("no-theme", line=block.first_line, subject=first_words(block.text))

    def _kind(self, block: Block) -> ContributionKind:
        folded = f" {fold(block.text)} "
        if words_in(block.text) <= _LONGEST_CROSS_REFERENCE and any(
            f" {phrase} " in folded for phrase in self.book.cross_references
        ):
            return ContributionKind.CROSS_REFERENCE
        return ContributionKind.POINT if block.kind is BlockKind.BULLET else ContributionKind.PROSE

    def _context(self, block: Block) -> str | None:
        """The point or lead-in this one hangs under, made a lead-in when that is what it turns out to be."""
        if block.kind is BlockKind.HEADING:
            return None
        if block.kind is BlockKind.PARAGRAPH:
            self._parents = [parent for parent in self._parents if parent[0] <= block.depth and parent[0] > 0]
            return self._parents[-1][1] if self._parents and block.depth else None
        while self._parents and self._parents[-1][0] >= block.depth:
            self._parents.pop()
        if not self._parents and self._adjacent and self.drafts:
            last = self.drafts[-1]
            opens = last.block.kind is BlockKind.HEADING or not last.block.depth
            if opens and not ends_closed(last.contribution.text):
                last.contribution = replace(last.contribution, kind=ContributionKind.LEAD_IN)
                self._parents.append((0, last.contribution.id))
        return self._parents[-1][1] if self._parents else None

    def _continues(self, block: Block) -> bool:
        if not (self._adjacent and self.drafts) or block.kind is not BlockKind.PARAGRAPH:
            return False
        return runs_on(self.drafts[-1].contribution.text, block.text)

    def _join(self, block: Block) -> None:
        last = self.drafts[-1]
        before = last.contribution
        shift = len(before.text) + 1
        moved = tuple(Span(span.start + shift, span.end + shift) for span in block.emphasis)
        assert before.origin is not None
        last.contribution = replace(
            before,
            text=f"{before.text} {block.text}",
            emphasis=before.emphasis + moved,
            origin=Origin(self.source, before.origin.first_line, block.last_line),
        )
        if block.first_line > before.origin.last_line + 1:
            self.findings.tell("merged", line=block.first_line)


def _with_tones(drafts: list[_Draft], findings: Findings) -> None:
    """A list that mixes + and - means pluses and minuses (W11)."""
    runs: list[list[_Draft]] = []
    for draft in drafts:
        if draft.block.kind is not BlockKind.BULLET or draft.block.bullet not in "+-":
            runs.append([])
            continue
        if not runs or (runs[-1] and draft.block.depth != runs[-1][-1].block.depth):
            runs.append([])
        runs[-1].append(draft)
    for run in runs:
        if len({draft.block.bullet for draft in run}) > 1:
            findings.tell("plus-and-min", line=run[0].block.first_line)
            for draft in run:
                tone = "plus" if draft.block.bullet == "+" else "min"
                draft.contribution = replace(draft.contribution, tone=draft.contribution.tone or tone)


def _flag_unfinished(drafts: list[_Draft], book: Phrasebook, findings: Findings) -> None:
    """Flag a text that stops in mid-sentence: on a word that needs another, or as the very last words."""
    for place, draft in enumerate(drafts):
        one = draft.contribution
        if one.kind is ContributionKind.LEAD_IN or ends_closed(one.text) or one.text.endswith((":", ")")):
            continue
        words = fold(one.text).split()
        last = place == len(drafts) - 1
        broken = bool(words) and len(words) > 1 and (words[-1] in book.dangling) and one.text[-1].isalnum()
        open_end = last and draft.block.kind is BlockKind.PARAGRAPH and len(words) >= _SHORTEST_LAST_SENTENCE
        if broken or open_end or (last and one.text.endswith((",", ";", "-", "–"))):
            draft.contribution = replace(one, unfinished=True)
            line = one.origin.last_line if one.origin else None
            findings.ask("unfinished", line=line, subject=last_words(one.text))


def harvest(
    blocks: Sequence[Block], readings: Readings, *, source: str, book: Phrasebook, findings: Findings
) -> tuple[tuple[Contribution, ...], tuple[str, ...], tuple[Marker, ...]]:
    """Contributions, themes in order of appearance, and the lines that order them."""
    work = _Harvest(source, book, findings)
    for block, reading in zip(blocks, readings, strict=True):
        if reading is None:
            work.say(block)
        else:
            work.mark(block, reading)
    _with_tones(work.drafts, findings)
    _flag_unfinished(work.drafts, book, findings)
    said = tuple(draft.contribution for draft in work.drafts)
    spoken = {one.theme for one in said}
    themes = [theme for theme in work.themes if theme in spoken or theme != book.no_theme]
    return said, tuple(themes), tuple(work.markers)
