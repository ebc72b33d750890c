"""The attacker: what can be reasoned out from what was published?

Every published number is a fact about unknown whole numbers: the cells, their sums, the rest that is hidden,
and, between two releases, the difference if one group of people is part of the other. Bounds are narrowed until nothing
moves (bounds consistency of linear equations over the integers). For the tables that the gate makes, sums within
sums, this finds the exact bounds; for a tangle of other tables it may overlook something, so silence about tables
made elsewhere is no proof.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from weerklank.disclosure.figures import Figure, Shown
from weerklank.disclosure.release import Release
from weerklank.disclosure.suppression import Disclosed

__all__ = ["Leak", "reveals"]


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """A count that nobody may know, and the bounds between which it must lie.

    :param release: place in the sequence, from 0; for a difference the later of the two.
    :param margin: the table, or None for a population as a whole.
    :param about: a category, ``rest`` (all hidden cells), ``total``, or ``difference: …``.
    """

    release: int
    margin: str
    about: str
    low: int
    high: int


def reveals(releases: Sequence[Release], *, k: int = 5, occupied: bool = False) -> tuple[Leak, ...]:
    """Every count that the published ``releases`` pin to a range inside ``1..k-1``; () when there is none.

    :param occupied: the attacker knows that every listed category has at least one person.
    """
    facts = _Facts(k)
    for place, release in enumerate(releases):
        _read(facts, place, release, occupied=occupied)
    leaks = set(facts.leaks())
    for (early, first), (late, second) in combinations(enumerate(releases), 2):
        for small, large in ((early, late), (late, early)):
            leaks.update(_differences(facts, (first, second), early, small=small, large=large, late=late))
    return tuple(sorted(leaks))


@dataclass(slots=True)
class _Facts:
    """Unknown whole numbers with bounds, and sums that they obey."""

    k: int
    names: list[tuple[int, str, str]] = field(default_factory=list)
    low: list[int] = field(default_factory=list)
    high: list[int | None] = field(default_factory=list)
    sums: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    index: dict[tuple[int, str, str], int] = field(default_factory=dict)

    def copy(self) -> _Facts:
        return _Facts(
            self.k,
            list(self.names),
            list(self.low),
            list(self.high),
            list(self.sums),
            dict(self.index),
        )

    def unknown(self, name: tuple[int, str, str], *, low: int = 0, high: int | None = None) -> int:
        if name not in self.index:
            self.index[name] = len(self.names)
            self.names.append(name)
            self.low.append(low)
            self.high.append(high)
        return self.index[name]

    def figure(self, name: tuple[int, str, str], figure: Figure, *, occupied: bool = False) -> int:
        if figure.value is None:
            top = self.k - 1 if figure.shown is Shown.WITHHELD else None
            return self.unknown(name, low=int(occupied), high=top)
        exactly = figure.shown is Shown.EXACT
        return self.unknown(
            name, low=figure.value, high=figure.value if exactly else figure.value + figure.k - 1
        )

    def add_up(self, whole: int, parts: Sequence[int]) -> None:
        self.sums.append((whole, tuple(parts)))

    def leaks(self) -> list[Leak]:
        """Narrow all bounds, then list what lies inside 1..k-1; none when the facts contradict each other."""
        moved = True
        while moved:
            moved = False
            for whole, parts in self.sums:
                moved |= self._narrow(whole, parts)
            if any(high is not None and low > high for low, high in zip(self.low, self.high, strict=True)):
                return []
        return [
            Leak(*name, low, high)
            for name, low, high in zip(self.names, self.low, self.high, strict=True)
            if high is not None and low >= 1 and high <= self.k - 1
        ]

    def _narrow(self, whole: int, parts: tuple[int, ...]) -> bool:
        floor = sum(self.low[part] for part in parts)
        tops = [self.high[part] for part in parts]
        unbounded = tops.count(None)
        ceiling = sum(top for top in tops if top is not None)
        moved = self._raise(whole, floor)
        if not unbounded:
            moved |= self._lower(whole, ceiling)
        limit = self.high[whole]
        for part, top in zip(parts, tops, strict=True):
            if limit is not None:
                moved |= self._lower(part, limit - (floor - self.low[part]))
                floor = sum(self.low[other] for other in parts)
            if not unbounded or (unbounded == 1 and top is None):
                others = ceiling - (top or 0)
                moved |= self._raise(part, self.low[whole] - others)
                floor = sum(self.low[other] for other in parts)
        return moved

    def _raise(self, what: int, low: int) -> bool:
        if low <= self.low[what]:
            return False
        self.low[what] = low
        return True

    def _lower(self, what: int, high: int) -> bool:
        top = self.high[what]
        if top is not None and top <= high:
            return False
        # Below -1 nothing new is learnt: the facts contradict each other already.
        self.high[what] = max(high, -1)
        return True


def _read(facts: _Facts, place: int, release: Release, *, occupied: bool) -> None:
    total = facts.figure((place, "", "total"), release.total)
    for margin, table in release.margins.items():
        if not table.withheld:
            _read_table(facts, place, margin, table, total, occupied=occupied)
    for fine, inside in release.within.items():
        for coarse in release.margins[inside.coarser].cells:
            parts = [
                facts.index[place, fine, name]
                for name, parent in inside.parent.items()
                if parent == coarse and name in release.margins[fine].cells
            ]
            facts.add_up(facts.index[place, inside.coarser, coarse], parts)
    if release.turnout is not None:
        signed = facts.figure((place, "", "registered"), release.turnout.registered)
        came = facts.figure((place, "", "came"), release.turnout.came)
        away = facts.figure((place, "", "stayed away"), release.turnout.stayed_away)
        walked_in = facts.figure((place, "", "walked in"), release.turnout.walked_in)
        facts.add_up(signed, [came, away])
        facts.add_up(total, [came, walked_in])


def _read_table(
    facts: _Facts, place: int, margin: str, table: Disclosed, total: int, *, occupied: bool
) -> None:
    cells = {
        category: facts.figure((place, margin, category), figure, occupied=occupied)
        for category, figure in table.cells.items()
    }
    facts.add_up(total, list(cells.values()))
    unseen = [cells[category] for category, figure in table.cells.items() if figure.value is None]
    if unseen:
        rest = facts.unknown((place, margin, "rest"))
        facts.add_up(rest, unseen)
        facts.add_up(total, [rest, *(cell for cell in cells.values() if cell not in unseen)])
    for group in table.together:
        whole = facts.unknown(
            (place, margin, " + ".join(group.categories)), low=group.count, high=group.count
        )
        facts.add_up(whole, [cells[category] for category in group.categories])


def _differences(
    facts: _Facts, pair: tuple[Release, Release], early: int, *, small: int, large: int, late: int
) -> list[Leak]:
    """Suppose the people of ``small`` are all among those of ``large``: what do the differences tell?"""
    supposed = facts.copy()
    first, second = pair
    shared: list[tuple[str, str]] = [("", "total")]
    for margin in sorted(set(first.margins) & set(second.margins)):
        cells = set(first.margins[margin].cells) & set(second.margins[margin].cells)
        shared.extend((margin, category) for category in sorted(cells))
    for margin, about in shared:
        less, more = supposed.index[small, margin, about], supposed.index[large, margin, about]
        gap = supposed.unknown((late, margin, f"difference: {about} ({early})"))
        supposed.add_up(more, [less, gap])
    return supposed.leaks()
