"""What clashes when it cannot be done, in words with names, and the ways out that a button can carry out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from weerklank.allocation import Conflict, Demand, Part, PartKind, Repair, RepairKind
from weerklank_web.gatherings.seating_bridge import known_language, needs_in_words

__all__ = ["Told", "Way", "conflicts_in_words", "repair_of", "told"]


@dataclass(frozen=True, slots=True)
class Way:
    """One way out. ``number``: its place in what was stored; ``by_button``: it can be carried out here."""

    number: int
    words: str
    enough: bool
    by_button: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One conflict for organisers: the numbers, what contradicts what at the least, and what would help."""

    words: str
    parts: str
    ways: tuple[Way, ...]


def told(
    conflicts: Iterable[Mapping[str, Any]], names: Mapping[str, str], *, language: str
) -> tuple[Told, ...]:
    """Stored conflicts as an organiser reads them."""
    found = []
    for stored in conflicts:
        conflict = _named(_read(stored), names)
        short = known_language(language)
        ways = tuple(
            Way(number, repair.text(short), repair.enough, repair.kind not in _NOT_BY_BUTTON)
            for number, repair in enumerate(conflict.repairs)
        )
        found.append(Told(conflict.text(short), conflict.parts_text(short), ways))
    return tuple(found)


def conflicts_in_words(
    conflicts: Iterable[Mapping[str, Any]], names: Mapping[str, str], *, language: str
) -> list[str]:
    """Stored conflicts as sentences, with people's names; for organisers."""
    return [one.words for one in told(conflicts, names, language=language)]


def repair_of(stored: Mapping[str, Any], number: int) -> Repair | None:
    """The stored way out with this number, if it is one that can be carried out here."""
    repairs = _read(stored).repairs
    if not 0 <= number < len(repairs) or repairs[number].kind in _NOT_BY_BUTTON:
        return None
    return repairs[number]


# A new room needs a name and a theme, and «at most so many of one organisation» is no rule of this app.
_NOT_BY_BUTTON = (RepairKind.NEW_ROOM, RepairKind.CAP)


def _read(stored: Mapping[str, Any]) -> Conflict:
    fields: dict[str, Any] = _tuples(stored)
    fields["demand"] = Demand(str(stored["demand"]))
    fields["minimal"] = tuple(
        Part(**{**_tuples(part), "kind": PartKind(part["kind"])}) for part in stored.get("minimal", ())
    )
    fields["repairs"] = tuple(
        Repair(**{**_tuples(repair), "kind": RepairKind(repair["kind"])})
        for repair in stored.get("repairs", ())
    )
    return Conflict(**fields)


def _tuples(stored: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in stored.items()}


def _named(conflict: Conflict, names: Mapping[str, str]) -> Conflict:
    def people(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(names.get(who, "?") for who in ids)

    def needs(keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(needs_in_words(keys))

    return replace(
        conflict,
        people=people(conflict.people),
        needs=needs(conflict.needs),
        minimal=tuple(
            replace(part, people=people(part.people), needs=needs(part.needs)) for part in conflict.minimal
        ),
        repairs=tuple(
            replace(repair, people=people(repair.people), needs=needs(repair.needs))
            for repair in conflict.repairs
        ),
    )
