"""Which cells of a table may be shown, decided so that the decision itself tells nothing.

Method: *nested halves*. Sort the categories by name (never by size), halve the list, halve the halves,
down to single categories. Starting from the total, a half and its sibling are told apart only when
**both** are large enough; otherwise everything below stays together as one hidden group, of which only the
sum is known. A category is shown when it ended up alone.

Why not the usual "hide what is small, then hide the next smallest" (primary and complementary suppression,
Cox 1980; Hundepool et al., *Statistical Disclosure Control*, 2012)? Because its choice depends on the hidden
numbers, and whoever knows the rule can reckon back (the minimality attack, Wong et al., VLDB 2007): from 5, 5 and
1 with total 11 it hides the 1 and one of the fives, and then only 1..4 fits the first. Here a group with sum S that was not
split could have been split S and 0 either way, so each hidden count may be anything from 0 to S, S ≥ k,
also for whoever has read this file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from weerklank.disclosure.figures import Figure, Shown, exact, hidden, valid_k, whole
from weerklank.disclosure.refusals import because
from weerklank.disclosure.wording import together as together_in_words

__all__ = ["Disclosed", "Together", "Within", "check_counts", "disclose", "table_of"]


@dataclass(frozen=True, slots=True)
class Together:
    """Hidden categories of which only the sum may be shown."""

    categories: tuple[str, ...]
    count: int

    def text(self, language: str = "nl") -> str:
        """``gemeente en provincie: samen 30``."""
        return together_in_words(self.categories, self.count, language=language)


@dataclass(frozen=True, slots=True)
class Within:
    """This margin refines margin ``coarser``: ``parent`` names, for each category, the coarser one it lies in."""

    coarser: str
    parent: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Disclosed:
    """One table as it may be shown. Categories stand in the order of their names: another order could tell.

    ``cells`` is empty when the table is withheld; then there is too little to show even its categories.
    """

    total: Figure
    cells: Mapping[str, Figure]
    together: tuple[Together, ...]

    @property
    def withheld(self) -> bool:
        """Nothing of this table may be shown."""
        return not self.cells

    def figure(self, category: str) -> Figure:
        """The figure for ``category``; withheld when the table is."""
        if self.withheld:
            return Figure(None, Shown.WITHHELD, self.total.k)
        if category not in self.cells:
            raise because.bad_input("no-row", category=category)
        return self.cells[category]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A category, its count, and how many of the finest categories lie in it (1 if nothing refines it)."""

    name: str
    count: int
    fineness: int


def disclose(counts: Mapping[str, int], *, k: int = 5, total: int | None) -> Disclosed:
    """``counts`` (people per category, each person in one) as they may be shown.

    The promise: no hidden count, and no rest of hidden counts, can be reasoned to lie in ``1..k-1``; not by
    subtraction, not by knowing this method, and not by knowing that every listed category has somebody in it.

    :param total: the number of people; must be the sum of ``counts``. None: the total is not shown, nor
        the sum of a hidden group. Shown cells may still add up to it, and that is safe too.
    :raises BadInput: a negative count, or a total that is not the sum (give those without an answer
        a category of their own).
    """
    people = sum(counts.values()) if total is None else total
    check_counts(counts, total=people, name="tabel")
    table = table_of(groups_of(counts, people=people, k=k), people=people, k=k)
    return table if total is not None else Disclosed(Figure(None, Shown.WITHHELD, k), table.cells, ())


def check_counts(counts: Mapping[str, int], *, total: int, name: str) -> None:
    """Raise ``BadInput`` unless ``counts`` divide ``total`` people over categories."""
    for category, count in counts.items():
        if count < 0:
            raise because.bad_input("row-count", source=name, category=category, count=count)
    if (added := sum(counts.values())) != total:
        raise because.bad_input("row-sum", source=name, added=added, total=total)


def groups_of(
    counts: Mapping[str, int], *, people: int, k: int, fineness: Mapping[str, int] | None = None
) -> tuple[Together, ...]:
    """The finest groups of categories whose sums may be known; () when not even the total may be beside them."""
    finer = fineness or {}
    cells = [_Cell(name, counts[name], finer.get(name, 1)) for name in sorted(counts)]
    if people < valid_k(k) or not _large_enough(cells, k=k):
        return ()
    return tuple(_split(cells, k=k))


def table_of(groups: Sequence[Together], *, people: int, k: int) -> Disclosed:
    """Groups as a table: a group of one is a shown cell."""
    cells = {
        name: exact(group.count, k=k) if len(group.categories) == 1 else hidden(k=k)
        for group in groups
        for name in group.categories
    }
    several = tuple(group for group in groups if len(group.categories) > 1)
    return Disclosed(whole(people, k=k), dict(sorted(cells.items())), several)


def _split(cells: Sequence[_Cell], *, k: int) -> list[Together]:
    middle = (len(cells) + 1) // 2
    first, second = cells[:middle], cells[middle:]
    if not second or not (_large_enough(first, k=k) and _large_enough(second, k=k)):
        return [Together(tuple(cell.name for cell in cells), sum(cell.count for cell in cells))]
    return [*_split(first, k=k), *_split(second, k=k)]


def _large_enough(cells: Sequence[_Cell], *, k: int) -> bool:
    # k, plus one person for each other category: with every category known to be occupied, one of
    # them may still hold k.
    return sum(cell.count for cell in cells) >= k - 1 + sum(cell.fineness for cell in cells)
