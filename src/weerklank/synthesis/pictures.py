"""The figures of a synthesis as plain numbers: heat maps, and which rooms spoke of the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from weerklank.synthesis.reading import Reading
from weerklank.synthesis.records import Concept, HeatMap, RoomGraph, RoomLink

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]

__all__ = ["rooms_of", "theme_concepts_of", "theme_levels_of"]

_COLUMNS = 12
_LINKING = 60
_MOST_LINKS = 400
_LEVELS = ("micro", "meso", "macro")


def theme_levels_of(reading: Reading) -> HeatMap:
    """Contributions per theme and level; those without a level in a column of their own, never guessed."""
    import numpy as np

    themes, known = reading.where.themes, reading.where.levels
    wide = len(known.names) + 1
    often = np.bincount(themes.at * wide + known.at + 1, minlength=len(themes.names) * wide)
    counted = often.reshape(len(themes.names), wide)
    column: dict[str | None, int] = {level: number + 1 for number, level in enumerate(known.names)}
    levels: list[str | None] = [level for level in _LEVELS if level in column]
    levels += [level for level in known.names if level not in _LEVELS]
    if counted[:, 0].any():
        levels.append(None)
    shown = counted[:, [column.get(level, 0) for level in levels]]
    return HeatMap(themes.names, tuple(levels), tuple(map(tuple, shown.tolist())))


def _best(concepts: Sequence[Concept], most: int) -> tuple[Concept, ...]:
    return tuple(one for one in concepts if not one.frame and one.coverage.places > 1)[:most]


def theme_concepts_of(reading: Reading, concepts: Sequence[Concept]) -> HeatMap:
    """Contributions per theme that hold each of the best concepts; columns are family keys."""
    shown = _best(concepts, _COLUMNS)
    counted = Counter(
        (reading.said[reading.place[identity]].theme, one.family)
        for one in shown
        for identity in one.coverage.contributions
    )
    themes = reading.where.themes.names
    return HeatMap(
        themes,
        tuple(one.family for one in shown),
        tuple(tuple(counted[theme, one.family] for one in shown) for theme in themes),
    )


def rooms_of(reading: Reading, concepts: Sequence[Concept]) -> RoomGraph:
    """Links between places that spoke of the same concepts, strongest first."""
    import numpy as np

    names = [name for _, name in reading.places]
    shared: dict[tuple[int, int], list[tuple[str, Numbers, Numbers]]] = defaultdict(list)
    for one in _best(concepts, _LINKING):
        rows = np.array([reading.place[identity] for identity in one.coverage.contributions], dtype=np.int64)
        rows = rows[np.argsort(reading.at_place[rows], kind="stable")]
        said_at, starts = np.unique(reading.at_place[rows], return_index=True)
        parts = dict(zip(said_at.tolist(), np.split(rows, starts[1:]), strict=True))
        for left, right in combinations(parts, 2):
            shared[left, right].append((one.family, parts[left], parts[right]))
    links = [
        RoomLink(
            left=names[left],
            right=names[right],
            concepts=tuple(family for family, *_ in found),
            contributions=reading.where.ids_of(
                np.unique(np.concatenate([rows for _, *both in found for rows in both]))
            ),
            weight=len(found),
        )
        for (left, right), found in shared.items()
    ]
    strongest = sorted(links, key=lambda link: (-link.weight, link.left, link.right))[:_MOST_LINKS]
    return RoomGraph(tuple(names), tuple(strongest))
