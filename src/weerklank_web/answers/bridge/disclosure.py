"""Counts of people on their way to a page: the library's gate, and nothing beside it (DOMAIN 7.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from weerklank.disclosure import AlreadyReleased, Release, Together, Within, at_least, explanation, release

__all__ = [
    "ROWS",
    "Tally",
    "about_that_many",
    "explained",
    "population_of",
    "release_stances",
    "tallies_in",
]

POPULATION = "present"

# The rows of one statement's table, in the order in which people read them. First «agree» is told apart from all the
# rest, then the rest is divided: so wide support can be told even when few disagree. In the rest the gate halves the
# sorted names: disagreeing and passing stand together, apart from those who were silent.
ROWS = ("agree", "disagree", "pass", "silent")
_PARENTS = {"agree": "agree", "disagree": "rest", "pass": "rest", "silent": "rest"}
_COARSE = "|"  # after the name of a statement: the table with only «agree» and the rest


@dataclass(frozen=True, slots=True)
class Tally:
    """What people thought of one statement, as released. A row is a number, or None when it is not shown by itself."""

    rows: Mapping[str, int | None]
    together: tuple[tuple[tuple[str, ...], int], ...]

    @property
    def withheld(self) -> bool:
        """Nothing of it tells anything: no row is shown, and all rows together are everybody."""
        alone = any(count is not None for count in self.rows.values())
        return not alone and all(len(rows) == len(ROWS) for rows, _count in self.together)

    def lines(self, labels: Mapping[str, str], *, language: str) -> list[str]:
        """Each shown number in words: «eens: 68», «oneens en weet niet: samen 6»."""
        alone = [f"{labels[row]}: {self.rows[row]}" for row in ROWS if self.rows[row] is not None]
        named = [Together(tuple(labels[row] for row in rows), count) for rows, count in self.together]
        return alone + [group.text(language) for group in named]


def population_of(kept: Iterable[Mapping[str, object]]) -> int | None:
    """How many people were there, if that was published before; then every later table has the same total.

    :returns: None when nothing was published yet; 0 when it was, and was too few to show.
    """
    for each in kept:
        found = Release.from_dict(each)
        if found.population == POPULATION:
            return found.total.value or 0
    return None


def release_stances(
    counts: Mapping[str, Mapping[str, int]],
    *,
    people: int,
    k: int,
    earlier: Iterable[Mapping[str, object]] = (),
) -> dict[str, object]:
    """Release what ``people`` thought of each statement, all at once; plain data to keep.

    Everybody who was there is in one row of each table: who did not react too. When more reacted than were there (a
    second link, a late erasure), or when what was published earlier would give this away, no honest table can be made,
    and none is: the words of objections still travel.
    """
    margins: dict[str, dict[str, int]] = {}
    within: dict[str, Within] = {}
    for name, row in counts.items():
        reacted = sum(row.values())
        if reacted > people:
            continue
        fine = {**dict.fromkeys(ROWS, 0), **row, "silent": people - reacted}
        margins[name] = fine
        margins[name + _COARSE] = {"agree": fine["agree"], "rest": people - fine["agree"]}
        within[name] = Within(name + _COARSE, _PARENTS)
    ledger = [Release.from_dict(each) for each in earlier]
    try:
        made = release(margins, total=people, k=k, population=POPULATION, within=within, earlier=ledger)
        return made.as_dict()
    except AlreadyReleased:
        return release({}, total=0, k=k, population=POPULATION).as_dict()


def tallies_in(kept: Mapping[str, object]) -> dict[str, Tally]:
    """What ``release_stances`` released, by statement."""
    found = Release.from_dict(kept)
    return {
        name: Tally(
            rows={row: table.cells[row].value if row in table.cells else None for row in ROWS},
            together=tuple((group.categories, group.count) for group in table.together),
        )
        for name, table in found.margins.items()
        if not name.endswith(_COARSE)
    }


def about_that_many(count: int, *, k: int, language: str) -> str:
    """«minstens 40»: a number of people that may still change, or that overlaps with others."""
    return at_least(count, k=k).text(language)


def explained(*, k: int, language: str) -> str:
    """Why some numbers are missing."""
    return explanation(k=k, language=language)
