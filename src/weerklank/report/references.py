"""Cross-references, resolved once: where a block's sources are printed, and what it points to."""

from __future__ import annotations

from dataclasses import dataclass

from weerklank.report.document import Citable, Document, Paragraph, Point

__all__ = ["Reference", "see_of", "sources_of"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A paragraph number and its anchor."""

    label: str
    anchor: str


def see_of(document: Document, block: Citable) -> tuple[Reference, ...]:
    """The blocks it points to, in the order given."""
    return tuple(_reference(document, target) for target in block.see)


def sources_of(document: Document, block: Citable) -> tuple[Reference, ...]:
    """Where its sources are printed literally; empty unless the block shows its sources."""
    if not isinstance(block, Paragraph | Point) or not block.show_sources:
        return ()
    homes = (document.numbering.where_printed(source) for source in block.sources)
    return tuple(_reference(document, home) for home in homes if home is not None)


def _reference(document: Document, block_id: str) -> Reference:
    return Reference(document.numbering.of(block_id), document.numbering.anchor(block_id))
