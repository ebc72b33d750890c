"""Whose words are in which language: what people said or wrote keeps its own, so that it is read aloud as it sounds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TypeVar

from weerklank.report.citable import Basis
from weerklank.report.document import Block, Document, Language, Paragraph, Point, Points, Quotation, Section

__all__ = ["spoken_in"]

# Given lines in a report are the house's own words (a promise, a verdict), except what organisers wrote themselves.
_HOUSE = "given:"
_THEIRS = ("given:purpose:", "given:recipient")

_Said = TypeVar("_Said", Paragraph, Point)


def spoken_in(document: Document, spoken: Language, *, written: Collection[str] = ()) -> Document:
    """The same document, with everything that people said or wrote marked as ``spoken``; nothing changes where that is its own.

    :param written: sources that somebody wrote although they stand among the words of the house.
    """
    if spoken is document.language:
        return document
    return replace(document, sections=tuple(_section(each, spoken, written) for each in document.sections))


def _section(section: Section, spoken: Language, written: Collection[str]) -> Section:
    return replace(
        section,
        blocks=tuple(_block(each, spoken, written) for each in section.blocks),
        sections=tuple(_section(each, spoken, written) for each in section.sections),
    )


def _block(block: Block, spoken: Language, written: Collection[str]) -> Block:
    match block:
        case Points():
            return Points(tuple(_marked(item, spoken, written) for item in block.items))
        case Paragraph():
            return _marked(block, spoken, written)
        case Quotation():
            return replace(block, lang=spoken.value)
    return block


def _marked(block: _Said, spoken: Language, written: Collection[str]) -> _Said:
    if not (block.basis in (Basis.LITERAL, Basis.WORDED) or _is_theirs(block, written)):
        return block
    return replace(block, text=tuple(replace(run, lang=run.lang or spoken.value) for run in block.text))


def _is_theirs(block: Paragraph | Point, written: Collection[str]) -> bool:
    if block.basis is not Basis.GIVEN:
        return False
    (source,) = block.sources
    return not source.startswith(_HOUSE) or source.startswith(_THEIRS) or source in written
