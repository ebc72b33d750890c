"""The figures of a synthesis as plain numbers: heat maps, and which rooms spoke of the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

from weerklank.synthesis.reading import Reading
from weerklank.synthesis.records import Concept, HeatMap, RoomGraph, RoomLink

__all__ = ["rooms_of", "theme_concepts_of", "theme_levels_of"]

_COLUMNS = 12
_LINKING = 60
_MOST_LINKS = 400
_LEVELS = ("micro", "meso", "macro")


def theme_levels_of(reading: Reading) -> HeatMap:
    """Contributions per theme and level; those without a level in a column of their own, never guessed."""
    counted = Counter((one.theme, one.level) for one in reading.said)
    themes = tuple(sorted({theme for theme, _ in counted}))
    known = {level for _, level in counted if level is not None}
    levels: list[str | None] = [level for level in _LEVELS if level in known]
    levels += sorted(known - set(_LEVELS))
    if any(level is None for _, level in counted):
        levels.append(None)
    return HeatMap(
        themes, tuple(levels), tuple(tuple(counted[theme, level] for level in levels) for theme in themes)
    )


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
    themes = tuple(sorted({one.theme for one in reading.said}))
    return HeatMap(
        themes,
        tuple(one.family for one in shown),
        tuple(tuple(counted[theme, one.family] for one in shown) for theme in themes),
    )


def rooms_of(reading: Reading, concepts: Sequence[Concept]) -> RoomGraph:
    """Links between places that spoke of the same concepts, strongest first."""
    names = [name for _, name in reading.places]
    shared: dict[tuple[int, int], list[tuple[str, list[str]]]] = defaultdict(list)
    for one in _best(concepts, _LINKING):
        said_at: dict[int, list[str]] = defaultdict(list)
        for identity in one.coverage.contributions:
            said_at[int(reading.at_place[reading.place[identity]])].append(identity)
        for left, right in combinations(sorted(said_at), 2):
            shared[left, right].append((one.family, said_at[left] + said_at[right]))
    links = [
        RoomLink(
            left=names[left],
            right=names[right],
            concepts=tuple(family for family, _ in found),
            contributions=tuple(sorted({identity for _, ids in found for identity in ids})),
            weight=len(found),
        )
        for (left, right), found in shared.items()
    ]
    strongest = sorted(links, key=lambda link: (-link.weight, link.left, link.right))[:_MOST_LINKS]
    return RoomGraph(tuple(names), tuple(strongest))
