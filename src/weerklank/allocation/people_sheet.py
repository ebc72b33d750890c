"""People from a spreadsheet, with wishes in one column, in several, or as ranks under the themes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from weerklank.allocation.event import Event, Person
from weerklank.allocation.grid import BadRows, Fault, Grid, Row, listed_in, plainly, read_grid, words_of
from weerklank.allocation.room_sheet import RoomSheet, read_rooms, spoken

__all__ = ["Roster", "names_in", "read_event"]

_WISH = re.compile(
    r"(?:keuze|voorkeur|wens|choice|preference|wish|thema) (\d+)|(\d+)(?:e|de|ste|st|nd|rd|th)? (?:keuze|voorkeur|wens|choice|preference|wish)"
)
_NUMBERS = re.compile(r"[\d\s,;.>/|-]+")


@dataclass(frozen=True, slots=True)
class Roster:
    """An event as a spreadsheet tells it, with what lists need beside it.

    :param names: person → name; ``emails`` and ``accounts`` alike. :param places: room → where it is.
    :param passed: what was wrong and left out, because the reader was asked to.
    """

    event: Event
    names: Mapping[str, str]
    emails: Mapping[str, str]
    accounts: Mapping[str, str]
    places: Mapping[str, str]
    passed: tuple[Fault, ...]


def read_event(people: Path, rooms: Path, *, rounds: int = 1, lenient: bool = False) -> Roster:
    """The event of two spreadsheets (CSV or Excel).

    :param lenient: leave out a wish, rule or fixed room that cannot be understood, and say so in ``passed``; a missing or
        double name stops the reading all the same.
    :raises BadRows: every fault in the people, or else in the rooms, at once.
    """
    sheet = read_rooms(rooms)
    grid = read_grid(people, "people")
    ids, faults = names_in(grid, "people")
    if faults:
        raise BadRows(faults)
    doubts: list[Fault] = []
    wishes = _wish_reader(grid, sheet, doubts)
    here = [row for row in grid.rows if row.line in ids]
    persons = tuple(_person(grid, row, ids[row.line], wishes) for row in here)
    together, apart = _rules(grid, ids, doubts)
    pins = _pins(grid, ids, sheet, doubts)
    if doubts and not lenient:
        raise BadRows(sorted(doubts, key=lambda fault: fault.line or 0))
    name = _name_reader(grid)
    event = Event(persons, sheet.rooms, apart=apart, together=together, pins=pins)
    return Roster(
        event=replace(event, rounds=rounds),
        names={ids[row.line]: name(row) for row in here},
        emails=_column(grid, "email", ids),
        accounts=_column(grid, "account", ids),
        places=sheet.places,
        passed=tuple(doubts),
    )


def names_in(grid: Grid, kind: str) -> tuple[dict[int, str], list[Fault]]:
    """Row → a name or number that is that person's alone, and what is wrong with the rest.

    The number when there is one, else the name; two people with one name and different addresses are told apart by those.
    """
    name = _name_reader(grid)
    number = grid.column("id")
    if not grid.rows:
        return {}, [grid.fault(None, None, "no-rows")]
    if not any(grid.column(meaning) for meaning in ("name", "first_name", "last_name", "id")):
        return {}, [grid.fault(None, None, "missing-column", column=words_of(kind, "name")[0])]
    shown = grid.column("name") or grid.column("last_name") or number
    mail = grid.column("email")
    often = Counter(plainly(name(row)) for row in grid.rows)
    ids: dict[int, str] = {}
    seen: dict[str, int] = {}
    faults: list[Fault] = []
    for row in grid.rows:
        who = row.get(number) or name(row)
        if not who:
            faults.append(grid.fault(row, shown, "no-name"))
            continue
        if not row.get(number) and often[plainly(who)] > 1 and row.get(mail):
            who = f"{who} ({row.get(mail).casefold()})"
        before = seen.setdefault(plainly(who), row.line)
        if before != row.line:
            faults.append(
                grid.fault(row, number if row.get(number) else shown, "same-name", name=who, other=before)
            )
            continue
        ids[row.line] = who
    return ids, faults


def _name_reader(grid: Grid) -> Callable[[Row], str]:
    whole, first, last = (grid.column(meaning) for meaning in ("name", "first_name", "last_name"))

    def name(row: Row) -> str:
        return row.get(whole) or f"{row.get(first)} {row.get(last)}".strip() or row.get(grid.column("id"))

    return name


def _person(grid: Grid, row: Row, who: str, wishes: Callable[[Row], tuple[str, ...]]) -> Person:
    return Person(
        id=who,
        wishes=wishes(row),
        layer=row.get(grid.column("layer")) or None,
        organisation=row.get(grid.column("organisation")) or None,
        role=row.get(grid.column("role")) or None,
        languages=frozenset(map(spoken, listed_in(row.get(grid.column("languages"))))),
        needs=frozenset(map(plainly, listed_in(row.get(grid.column("needs"))))),
    )


def _column(grid: Grid, meaning: str, ids: Mapping[int, str]) -> dict[str, str]:
    heading = grid.column(meaning)
    return {ids[row.line]: row.get(heading) for row in grid.rows if row.line in ids and row.get(heading)}


# --- wishes ---------------------------------------------------------------------------------------


def _wish_reader(grid: Grid, sheet: RoomSheet, doubts: list[Fault]) -> Callable[[Row], tuple[str, ...]]:
    """How this spreadsheet holds wishes: «Keuze 1», «Keuze 2» …; or a rank under each theme; or all in one cell."""
    numbered = {rank: heading for heading in grid.headings if (rank := _rank(heading)) is not None}
    ranked = {
        heading: sheet.themes[plainly(heading)]
        for heading in grid.headings
        if heading not in grid.meanings and plainly(heading) in sheet.themes
    }

    def read(row: Row) -> tuple[str, ...]:
        if numbered:
            cells = [(numbered[rank], row.get(numbered[rank])) for rank in sorted(numbered)]
            found = [
                theme for heading, text in cells for theme in _themes(grid, row, heading, text, sheet, doubts)
            ]
        elif ranked:
            found = _by_rank(grid, row, ranked, doubts)
        else:
            heading = grid.column("wishes")
            found = _themes(grid, row, heading, row.get(heading), sheet, doubts)
        return tuple(dict.fromkeys(found))

    return read


def _rank(heading: str) -> int | None:
    bare = plainly(heading)
    if found := _WISH.fullmatch(bare):
        return int(found[1] or found[2])
    first, _, rest = bare.partition(" ")
    if _WISH.fullmatch(f"{rest} 1"):
        return next((rank for rank in range(1, 6) if first in words_of("ranks", str(rank))), None)
    return None


def _themes(
    grid: Grid, row: Row, heading: str | None, text: str, sheet: RoomSheet, doubts: list[Fault]
) -> list[str]:
    """The themes of a cell: one by its name, or several by names or numbers."""
    if heading in row.dates:
        doubts.append(grid.fault(row, heading, "date-wish"))
        return []
    if plainly(text) in sheet.themes:
        return [sheet.themes[plainly(text)]]
    if _NUMBERS.fullmatch(text):
        parts = re.findall(r"\d+", text)
    else:
        parts = re.split(r"[;>|\n]", text)
        if len(parts) == 1:
            parts = listed_in(text)
    themes = []
    for part in parts:
        bare = re.sub(r"^\d+ (?=\D)", "", plainly(part))  # «1. Wonen; 2. Zorg»
        if bare in words_of("nothing", "nothing"):
            continue
        if (theme := sheet.themes.get(plainly(part)) or sheet.themes.get(bare)) is None:
            known = ", ".join(dict.fromkeys(sheet.themes.values()))
            doubts.append(grid.fault(row, heading, "unknown-wish", wish=part.strip(), known=known))
        else:
            themes.append(theme)
    return themes


def _by_rank(grid: Grid, row: Row, ranked: Mapping[str, str], doubts: list[Fault]) -> list[str]:
    ranks: dict[int, str] = {}
    for heading, theme in ranked.items():
        text = row.get(heading)
        if plainly(text) in words_of("nothing", "nothing"):
            continue
        if not (text.isascii() and text.isdigit()):
            doubts.append(grid.fault(row, heading, "no-number", text=text))
        elif int(text) in ranks:
            doubts.append(grid.fault(row, heading, "rank-twice", rank=text))
        else:
            ranks[int(text)] = theme
    return [ranks[rank] for rank in sorted(ranks)]


# --- rules ----------------------------------------------------------------------------------------


def _rules(
    grid: Grid, ids: Mapping[int, str], doubts: list[Fault]
) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, str], ...]]:
    """Who stays together and who is kept apart: by name, or together by a word that several rows share."""
    name = _name_reader(grid)
    known: dict[str, str] = {}
    for row in grid.rows:
        if row.line in ids:
            known.setdefault(plainly(name(row)), ids[row.line])
            known[plainly(ids[row.line])] = ids[row.line]
    heading = grid.column("together")
    labels = Counter(plainly(row.get(heading)) for row in grid.rows)
    groups: dict[str, set[str]] = {}
    for row in grid.rows:
        text = row.get(heading)
        if plainly(text) not in known and labels[plainly(text)] > 1 and text:
            groups.setdefault(plainly(text), set()).add(ids[row.line])
        else:
            for other in _others(grid, row, heading, known, doubts):
                groups.setdefault(f"{row.line} {other}", set()).update((ids[row.line], other))
    apart = {
        (min(ids[row.line], other), max(ids[row.line], other))
        for row in grid.rows
        for other in _others(grid, row, grid.column("apart"), known, doubts)
        if other != ids[row.line]
    }
    # «A with B» and «B with C» are one group of three.
    joined: list[set[str]] = []
    for group in groups.values():
        touching = [other for other in joined if other & group]
        joined = [other for other in joined if other not in touching] + [group.union(*touching)]
    return tuple(tuple(sorted(group)) for group in joined if len(group) > 1), tuple(sorted(apart))


def _others(
    grid: Grid, row: Row, heading: str | None, known: Mapping[str, str], doubts: list[Fault]
) -> list[str]:
    text = row.get(heading)
    whole = known.get(plainly(text))
    found = [] if whole is None else [whole]
    for part in listed_in(re.sub(r" (?:en|and|&) ", ";", text)) if whole is None else ():
        if (who := known.get(plainly(part))) is None:
            doubts.append(grid.fault(row, heading, "unknown-person", name=part))
        else:
            found.append(who)
    return found


def _pins(grid: Grid, ids: Mapping[int, str], sheet: RoomSheet, doubts: list[Fault]) -> dict[str, str]:
    heading = grid.column("room")
    pins = {}
    for row in grid.rows:
        text = row.get(heading)
        if row.line not in ids or plainly(text) in words_of("nothing", "nothing"):
            continue
        if (room := sheet.named.get(plainly(text))) is None:
            known = ", ".join(room.name for room in sheet.rooms)
            doubts.append(grid.fault(row, heading, "unknown-room", room=text, known=known))
        else:
            pins[ids[row.line]] = room
    return pins
