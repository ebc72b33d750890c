"""The common form of every format: a flat run of headings, bullets and paragraphs with their lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from weerklank.evidence import Span

__all__ = ["Block", "BlockKind", "first_words", "last_words", "merge_spans", "words_in"]

_WORDS = re.compile(r"[^\W_]+", re.UNICODE)


class BlockKind(StrEnum):
    """What a piece of the source looks like, before asking what it means."""

    HEADING = "heading"
    BULLET = "bullet"
    PARAGRAPH = "paragraph"
    META = "meta"


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the source.

    :param text: plain text, markup gone, one space where a soft line break stood.
    :param first_line: first line in the source, from 1 (a paragraph number for DOCX).
    :param depth: heading level 1–6 (7 for a bold line that acts as one); nesting from 1 for bullets and
        for paragraphs that belong to a bullet; 0 for ordinary paragraphs.
    :param bullet: the sign before a bullet, or "".
    :param emphasis: marked fragments, in order, not overlapping.
    """

    kind: BlockKind
    text: str
    first_line: int
    last_line: int
    depth: int = 0
    bullet: str = ""
    emphasis: tuple[Span, ...] = ()


def words_in(text: str) -> int:
    """How many words ``text`` has."""
    return len(_WORDS.findall(text))


def first_words(text: str, count: int = 10) -> str:
    """The opening of ``text``, for a question to a person."""
    parts = text.split()
    return " ".join(parts[:count]) + (" …" if len(parts) > count else "")


def last_words(text: str, count: int = 6) -> str:
    """The end of ``text``, for a question to a person."""
    parts = text.split()
    return ("… " if len(parts) > count else "") + " ".join(parts[-count:])


def merge_spans(spans: list[tuple[int, int]], text: str) -> tuple[Span, ...]:
    """Spans in order, without overlap, without white space at their ends, none empty."""
    merged: list[tuple[int, int]] = []
    for left, right in sorted(spans):
        marked = text[left:right]
        start = left + len(marked) - len(marked.lstrip())
        end = start + len(marked.strip())
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(Span(start, end) for start, end in merged)
