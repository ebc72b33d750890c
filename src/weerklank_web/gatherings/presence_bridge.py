"""Counts of people who came, through the one gate (``weerklank.disclosure``).

Released once, together, as margins of one population, «present»: layers of government, themes, and rooms within
themes; with the turnout. What was released can be read again for ever; nothing is ever counted a second time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from weerklank.disclosure import (
    AlreadyReleased,
    Figure,
    Release,
    Within,
    at_least,
    explanation,
    release,
    share,
    turnout,
)

__all__ = [
    "POPULATION",
    "TEXTS",
    "AlreadyReleased",
    "AttendanceFacts",
    "AttendanceRow",
    "AttendanceTable",
    "Attendee",
    "Figure",
    "Group",
    "Words",
    "about",
    "facts_from",
    "percentage",
    "released",
]

POPULATION = "present"

_LAYER, _THEME, _ROOM = "layer", "theme", "room"
_NONE = "none"
TEXTS = ("nl", "en", "fr")
_UNKNOWN = {
    _LAYER: {"nl": "niet gezegd", "en": "not said", "fr": "non précisé"},
    _THEME: {"nl": "zonder kamer", "en": "without a room", "fr": "sans groupe"},
    _ROOM: {"nl": "zonder kamer", "en": "without a room", "fr": "sans groupe"},
}

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Attendee:
    """One person who came: only what is counted."""

    layer: str
    room: UUID | None


@dataclass(frozen=True, slots=True)
class Group:
    """A room with its theme; rooms come in the order in which people see them, themes have a place of their own."""

    room: UUID
    name: str
    theme: int
    theme_title: str
    theme_place: int


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """One category. ``subject`` is the id of the room or theme it stood for when it was counted."""

    label: str
    figure: Figure
    subject: str = ""


@dataclass(frozen=True, slots=True)
class AttendanceTable:
    """One margin. ``together`` are categories of which only the sum may be known."""

    rows: tuple[AttendanceRow, ...]
    together: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class AttendanceFacts:
    """Who came, as it was released: registered and present apart, the share unclamped (W4)."""

    registered: Figure
    present: Figure
    percent: int | None
    came: Figure
    stayed_away: Figure
    walked_in: Figure
    tables: Mapping[str, AttendanceTable]
    explanation: str
    on: date

    @property
    def layers(self) -> AttendanceTable | None:
        """By layer of government."""
        return self.tables.get(_LAYER)

    @property
    def themes(self) -> AttendanceTable | None:
        """By theme."""
        return self.tables.get(_THEME)

    @property
    def rooms(self) -> AttendanceTable | None:
        """By room."""
        return self.tables.get(_ROOM)


def about(count: int, *, k: int) -> Figure:
    """A number that grows while people watch, in steps of k: for whoever is not an organiser."""
    return at_least(count, k=k)


def percentage(part: int, of: int) -> int | None:
    """Whole per cents, not clamped: 105 of 99 is 106."""
    return share(part, of)


def released(
    people: Iterable[Attendee],
    *,
    registered: int,
    came: int,
    k: int,
    layers: Mapping[str, Words],
    groups: Sequence[Group],
    earlier: Iterable[Mapping[str, object]] = (),
) -> tuple[dict[str, object], dict[str, object]]:
    """What may be known, and the words for its keys; both ready for JSON.

    :param registered: who had a place in advance; ``came``: how many of them came.
    :param layers: key → words per language; empty when the format does not ask.
    :raises AlreadyReleased: something was released before that forbids it.
    """
    everybody = list(people)
    margins: dict[str, dict[str, int]] = {}
    words: dict[str, dict[str, dict[str, str]]] = {}
    within: dict[str, Within] = {}
    if layers:
        counted = Counter(one.layer if one.layer in layers else _NONE for one in everybody)
        margins[_LAYER] = dict(counted)
        words[_LAYER] = {key: dict(layers.get(key, _UNKNOWN[_LAYER])) for key in counted}
    if groups:
        by_theme_place = sorted(groups, key=lambda each: each.theme_place)
        themes = {
            theme: f"t{place:03d}"
            for place, theme in enumerate(dict.fromkeys(each.theme for each in by_theme_place))
        }
        keys = {each.room: f"r{place:03d}" for place, each in enumerate(groups)}
        by_room = Counter(keys.get(one.room, _NONE) if one.room else _NONE for one in everybody)
        parents = {keys[each.room]: themes[each.theme] for each in groups} | {_NONE: _NONE}
        by_theme: Counter[str] = Counter()
        for key, count in by_room.items():
            by_theme[parents[key]] += count
        margins |= {_ROOM: dict(by_room), _THEME: dict(by_theme)}
        within[_ROOM] = Within(_THEME, {key: parents[key] for key in by_room})
        words[_ROOM] = {
            keys[each.room]: {**dict.fromkeys(TEXTS, each.name), "id": str(each.room)}
            for each in groups
            if keys[each.room] in by_room
        }
        words[_THEME] = {
            themes[each.theme]: {**dict.fromkeys(TEXTS, each.theme_title), "id": str(each.theme)}
            for each in groups
            if themes[each.theme] in by_theme
        }
        for margin, counts in ((_ROOM, by_room), (_THEME, by_theme)):
            if _NONE in counts:
                words[margin][_NONE] = dict(_UNKNOWN[margin])
    made = release(
        margins,
        total=len(everybody),
        k=k,
        population=POPULATION,
        within=within,
        turnout=turnout(registered=registered, came=came, walked_in=len(everybody) - came, k=k),
        earlier=[Release.from_dict(old) for old in earlier],
    )
    # A table that is withheld names no categories, and neither may its words.
    shown = {margin: words[margin] for margin, table in made.margins.items() if not table.withheld}
    return made.as_dict(), dict(shown)


def facts_from(
    stored: Mapping[str, object], labels: Mapping[str, Mapping[str, Words]], *, on: date, language: str
) -> AttendanceFacts:
    """The released figures with their words."""
    read = Release.from_dict(stored)
    short = language.split("-", maxsplit=1)[0]
    spoken = short if short in TEXTS else TEXTS[0]
    tables = {}
    for margin, table in read.margins.items():
        names = {
            key: words.get(spoken) or words.get(TEXTS[0], key)
            for key, words in labels.get(margin, {}).items()
        }
        subjects = {key: words.get("id", "") for key, words in labels.get(margin, {}).items()}
        tables[margin] = AttendanceTable(
            rows=tuple(
                AttendanceRow(label=names.get(key, key), figure=figure, subject=subjects.get(key, ""))
                for key, figure in table.cells.items()
            ),
            together=tuple(
                (", ".join(names.get(key, key) for key in group.categories), group.count)
                for group in table.together
            ),
        )
    counted = read.turnout
    assert counted is not None, "attendance is always released with its turnout"
    return AttendanceFacts(
        registered=counted.registered,
        present=counted.present,
        percent=counted.percent,
        came=counted.came,
        stayed_away=counted.stayed_away,
        walked_in=counted.walked_in,
        tables=tables,
        explanation=explanation(k=read.k, language=spoken),
        on=on,
    )
