"""Inline Markdown → plain text with the marked fragments (W10). Only emphasis and escapes are markup here:
everything else, a link or a tag included, stays as its author typed it, so that no word can vanish."""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt

from weerklank.evidence import Span
from weerklank.notes.blocks import merge_spans

__all__ = ["plain"]


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("zero").enable(["emphasis", "escape", "newline"])


def plain(source: str) -> tuple[str, tuple[Span, ...]]:
    """The text without its emphasis signs, and where the emphasis was.

    A ``**`` that was never closed is dropped: it is a slip of the note-taker's hand, not a word.
    """
    children = _parser().parseInline(source)[0].children or []
    text, open_at, spans = "", [], []
    for token in children:
        if token.type in ("strong_open", "em_open"):
            open_at.append(len(text))
        elif token.type in ("strong_close", "em_close"):
            spans.append((open_at.pop(), len(text)))
        elif token.type in ("softbreak", "hardbreak"):
            text += " "
        else:
            text += token.content.replace("**", "")
    lead = len(text) - len(text.lstrip())
    body = text.strip()
    shifted = [(max(0, start - lead), min(len(body), end - lead)) for start, end in spans]
    return body, merge_spans(shifted, body)
