"""Cross-references, resolved once: where a block's sources are printed, and what it points to."""

from __future__ import annotations

from dataclasses import dataclass

from weerklank.report.citable import Citable
from weerklank.report.document import Document, Paragraph, Point

__all__ = ["Reference", "see_of", "sources_of"]


_RANGE = 3


@dataclass(frozen=True, slots=True)
class Reference:
    """A paragraph number, or a range of them, and the anchor of the first."""

    label: str
    anchor: str


def see_of(document: Document, block: Citable) -> tuple[Reference, ...]:
    """The blocks it points to, in order of number."""
    return _ranges(document, block.see)


def sources_of(document: Document, block: Citable) -> tuple[Reference, ...]:
    """Where its sources are printed literally; empty unless the block shows its sources."""
    if not isinstance(block, Paragraph | Point) or not block.show_sources:
        return ()
    homes = (document.numbering.where_printed(source) for source in block.sources)
    return _ranges(document, tuple(home for home in homes if home is not None))


def _ranges(document: Document, targets: tuple[str, ...]) -> tuple[Reference, ...]:
    """One reference per target, in order of number; three or more in a row become a range (§ 8.2–8.6)."""
    numbering = document.numbering
    placed = sorted(
        (tuple(int(part) for part in numbering.paragraphs[target].split(".")), target)
        for target in dict.fromkeys(targets)
    )
    rows: list[list[tuple[tuple[int, ...], str]]] = []
    for number, target in placed:
        follows = rows and rows[-1][-1][0] == (number[0], number[1] - 1)
        if follows:
            rows[-1].append((number, target))
        else:
            rows.append([(number, target)])
    references: list[Reference] = []
    for row in rows:
        first, last = row[0][1], row[-1][1]
        if len(row) >= _RANGE:
            label = f"{numbering.of(first)}–{numbering.paragraphs[last]}"
            references.append(Reference(label, numbering.anchor(first)))
        else:
            references += [Reference(numbering.of(target), numbering.anchor(target)) for _, target in row]
    return tuple(references)
