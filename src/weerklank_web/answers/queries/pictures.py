"""The bench in pictures, each drawn from the table beside it: themes by level, and which rooms spoke of the same (W13)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from weerklank_web.answers.bridge.suggestions import Found, FoundLink
from weerklank_web.answers.queries.bench import NO_LEVEL
from weerklank_web.dialogue.bridge.format import values_of
from weerklank_web.dialogue.models import Contribution
from weerklank_web.gatherings.models import Gathering, Theme
from weerklank_web.gatherings.stage import stage_of

__all__ = ["Cell", "Heat", "HeatRow", "Link", "Place", "Ring", "heat_of", "related_to", "ring_of"]

SHADES = 5
# Where everything is tied to everything, a picture shows nothing.
_DRAWN = 12
_MIDDLE, _REACH, _LABEL = 200.0, 132.0, 150.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A count of contributions, how dark its field is (0 to 5), and the level: its key to look there, and its name."""

    count: int
    shade: int
    level: str
    label: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One theme: what was said at each level."""

    title: str
    key: str
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Heat:
    """Themes by level, literally counted. Contributions are counted here, never people."""

    levels: tuple[str, ...]
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A room on the ring, with where its dot and its name stand."""

    name: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Link:
    """Two rooms that spoke of the same. ``path`` and ``width`` draw it; ``words`` are what they share."""

    left: str
    right: str
    words: tuple[str, ...]
    contributions: int
    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Ring:
    """Rooms around a circle, and the links between them, strongest first; ``others`` are too weak to draw."""

    places: tuple[Place, ...]
    links: tuple[Link, ...]
    others: tuple[Link, ...] = ()


def heat_of(gathering: Gathering, rows: Sequence[Contribution], *, language: str) -> Heat:
    """Count ``rows`` by theme and level; a column without a level only where something has none."""
    levels = [
        (value.key, value.label.partition(":")[0])
        for value in values_of(stage_of(gathering), "level", language)
    ]
    known = {key for key, _label in levels}
    counts = Counter((row.theme_id, row.level if row.level in known else "") for row in rows)
    if any(level == "" for _theme, level in counts):
        levels.append(("", ""))
    most = max(counts.values(), default=0)
    themes: list[tuple[int | None, str]] = [
        (theme.pk, theme.title)
        for theme in Theme.objects.filter(gathering=gathering).order_by("position", "id")
    ]
    if any(theme is None for theme, _level in counts):
        themes.append((None, ""))
    return Heat(
        tuple(label for _key, label in levels),
        tuple(
            HeatRow(
                title,
                str(key or ""),
                tuple(_cell(counts[key, level], most, level, label) for level, label in levels),
                sum(counts[key, level] for level, _label in levels),
            )
            for key, title in themes
        ),
    )


def _cell(count: int, most: int, level: str, label: str) -> Cell:
    shade = 0 if not count else max(1, round(SHADES * count / most))
    return Cell(count, shade, level or NO_LEVEL, label)


def ring_of(found: Found, rows: Mapping[str, Contribution]) -> Ring:
    """Lay the rooms on a circle in their order, with what still may be used of what they share."""
    places = {name: _place(name, at, len(found.places)) for at, name in enumerate(found.places)}
    links = [_link(each, places, rows) for each in found.links]
    kept = [each for each in links if each is not None]
    kept.sort(key=lambda each: (-each.width, -each.contributions, each.left, each.right))
    return Ring(tuple(places.values()), tuple(kept[:_DRAWN]), tuple(kept[_DRAWN:]))


def related_to(
    found: Found, contribution: Contribution, rows: Mapping[str, Contribution]
) -> list[Contribution]:
    """What is nearest to a contribution and may still be used, nearest first: to read along, never counted."""
    return [rows[each] for each in found.related.get(str(contribution.id), ()) if each in rows]


def _place(name: str, at: int, count: int) -> Place:
    turn = 2 * pi * at / max(1, count) - pi / 2
    across, down = cos(turn), sin(turn)
    anchor = "middle" if abs(across) < 0.2 else "start" if across > 0 else "end"
    return Place(
        name,
        round(_MIDDLE + _REACH * across, 1),
        round(_MIDDLE + _REACH * down, 1),
        round(_MIDDLE + _LABEL * across, 1),
        round(_MIDDLE + _LABEL * down + 4, 1),
        anchor,
    )


def _link(found: FoundLink, places: Mapping[str, Place], rows: Mapping[str, Contribution]) -> Link | None:
    left, right = places.get(found.left), places.get(found.right)
    members = [each for each in found.members if each in rows]
    if left is None or right is None or len(members) < 2:
        return None
    return Link(
        found.left,
        found.right,
        found.words,
        len(members),
        f"M{left.x} {left.y}Q{_MIDDLE} {_MIDDLE} {right.x} {right.y}",
        round(min(9.0, 1.0 + 1.2 * found.weight), 1),
    )
