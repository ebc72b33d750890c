"""Counts of one population, released together, once, and frozen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import cast

from weerklank.disclosure.figures import Figure, Shown, exact, hidden, whole
from weerklank.disclosure.refusals import because
from weerklank.disclosure.suppression import (
    Disclosed,
    Together,
    Within,
    check_counts,
    groups_of,
    table_of,
)
from weerklank.disclosure.turnout import Turnout
from weerklank.errors import WeerklankError

__all__ = ["AlreadyReleased", "Release", "release"]


class AlreadyReleased(WeerklankError):
    """This was released before, or beside it something was that would give it away: show that instead."""

    code = "already-released"


@dataclass(frozen=True, slots=True)
class Release:
    """What was released: only what may be shown, so that it may be stored, exported and published as it is.

    :param population: who was counted, as a stable key ("present").
    :param within: which margins refine which; public, needed by whoever audits.
    """

    population: str
    k: int
    total: Figure
    margins: Mapping[str, Disclosed]
    within: Mapping[str, Within]
    turnout: Turnout | None = None

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the published content. Never of the counts behind it: those could be guessed and tried."""
        return sha256(_canonical(_content(self))).hexdigest()

    def as_dict(self) -> dict[str, object]:
        """Plain JSON data, with the fingerprint."""
        return {**_content(self), "fingerprint": self.fingerprint}

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Release:
        """The release that ``as_dict`` wrote; ``BadInput`` when it was changed since."""
        try:
            release = _read(data)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise because.bad_input("no-release") from error
        if release.fingerprint != data.get("fingerprint"):
            raise because.bad_input("changed")
        return release


def release(
    margins: Mapping[str, Mapping[str, int]],
    *,
    total: int,
    k: int = 5,
    population: str = "present",
    within: Mapping[str, Within] | None = None,
    turnout: Turnout | None = None,
    earlier: Iterable[Release] = (),
) -> Release:
    """Release the ``margins`` of one population of ``total`` people, together.

    The promise is that of :func:`~weerklank.disclosure.disclose`, for everything released about this population at
    once. Margins of one population do not betray each other: whatever two margins with the same total
    are, there is a way to combine people so that both hold; and every shown group has k people or more, so
    that the overlap of two may always be k or more too. Margins of which one refines the other (room within
    theme) must be declared in ``within``; then they are one tree.

    :param earlier: everything released before about (some of) the same people: the ledger of the gathering.
        More margins of the same population may follow, but never the same one twice, never with another total,
        and never another population beside it: the difference between two populations is a count as well.
    :raises AlreadyReleased: the ledger forbids it; show the earlier release.
    :raises BadInput: the rows do not add up to ``total``, or ``within`` does not fit.
    """
    nesting = dict(within or {})
    _check_nesting(margins, nesting)
    for name, counts in margins.items():
        check_counts(counts, total=total, name=name)
    if turnout is not None and turnout.present != whole(total, k=k):
        raise because.bad_input("other-turnout")
    tables: dict[str, Disclosed] = {}
    for name in sorted(set(margins) - set(nesting)):
        finer = {fine: inside for fine, inside in nesting.items() if inside.coarser == name}
        groups = groups_of(
            margins[name], people=total, k=k, fineness=_fineness(margins[name], finer.values())
        )
        tables[name] = table_of(groups, people=total, k=k)
        for fine, inside in finer.items():
            tables[fine] = table_of(_refined(groups, margins[fine], inside, k=k), people=total, k=k)
    # A withheld table names no categories, and neither may its place in another one.
    shown = {name: inside for name, inside in sorted(nesting.items()) if not tables[name].withheld}
    made = Release(population, k, whole(total, k=k), dict(sorted(tables.items())), shown, turnout)
    for old in earlier:
        _check_beside(made, old)
    return made


def _check_nesting(margins: Mapping[str, Mapping[str, int]], nesting: Mapping[str, Within]) -> None:
    for fine, inside in nesting.items():
        if fine not in margins or inside.coarser not in margins or inside.coarser in nesting:
            raise because.bad_input("nesting", fine=fine, coarse=inside.coarser)
        added = dict.fromkeys(margins[inside.coarser], 0)
        for category, count in margins[fine].items():
            parent = inside.parent.get(category)
            if parent not in added:
                raise because.bad_input("no-parent", source=fine, category=category, coarse=inside.coarser)
            added[parent] += count
        if added != dict(margins[inside.coarser]):
            raise because.bad_input("nested-sum", source=fine, coarse=inside.coarser)


def _fineness(counts: Mapping[str, int], finer: Iterable[Within]) -> dict[str, int]:
    finest = dict.fromkeys(counts, 1)
    for inside in finer:
        parents = list(inside.parent.values())
        for name in finest:
            finest[name] = max(finest[name], parents.count(name))
    return finest


def _refined(
    groups: Iterable[Together], counts: Mapping[str, int], inside: Within, *, k: int
) -> tuple[Together, ...]:
    refined: list[Together] = []
    for group in groups:
        below = {name: count for name, count in counts.items() if inside.parent[name] in group.categories}
        if not below:
            continue
        if len(group.categories) == 1:
            refined.extend(groups_of(below, people=group.count, k=k))
        else:
            refined.append(Together(tuple(sorted(below)), group.count))
    return tuple(refined)


def _check_beside(new: Release, old: Release) -> None:
    if old.population != new.population:
        raise AlreadyReleased(because("released-other", old=old.population, new=new.population))
    if (old.k, old.total) != (new.k, new.total):
        raise AlreadyReleased(because("released-total", old=old.population))
    if twice := sorted(set(old.margins) & set(new.margins)):
        raise AlreadyReleased(because("released-twice", names=", ".join(twice)))
    if old.turnout is not None and new.turnout is not None and old.turnout != new.turnout:
        raise AlreadyReleased(because("released-turnout"))


# --- stored form ----------------------------------------------------------------------------------


def _canonical(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _content(release: Release) -> dict[str, object]:
    return {
        "population": release.population,
        "k": release.k,
        "total": release.total.value,
        "margins": {
            name: {
                "cells": {category: figure.value for category, figure in table.cells.items()},
                "together": [
                    {"categories": list(group.categories), "count": group.count} for group in table.together
                ],
            }
            for name, table in release.margins.items()
        },
        "within": {
            name: {"coarser": inside.coarser, "parent": dict(inside.parent)}
            for name, inside in release.within.items()
        },
        "turnout": None
        if release.turnout is None
        else {name: _number(getattr(release.turnout, name)) for name in Turnout.__dataclass_fields__},
    }


def _number(value: Figure | int | None) -> int | None:
    return value.value if isinstance(value, Figure) else value


def _read(data: Mapping[str, object]) -> Release:
    k = cast(int, data["k"])

    def size(count: int | None) -> Figure:
        return Figure(None, Shown.WITHHELD, k) if count is None else exact(count, k=k)

    def cell(count: int | None) -> Figure:
        return hidden(k=k) if count is None else exact(count, k=k)

    total = size(cast("int | None", data["total"]))
    tables = {
        name: Disclosed(
            total,
            {category: cell(count) for category, count in sorted(table["cells"].items())},
            tuple(Together(tuple(group["categories"]), group["count"]) for group in table["together"]),
        )
        for name, table in sorted(cast("dict[str, dict[str, dict]]", data["margins"]).items())  # type: ignore[type-arg]
    }
    within = {
        name: Within(inside["coarser"], dict(inside["parent"]))
        for name, inside in cast("dict[str, dict]", data["within"]).items()  # type: ignore[type-arg]
    }
    stored = cast("dict[str, int | None] | None", data["turnout"])
    counted = None
    if stored is not None:
        counted = Turnout(
            registered=size(stored["registered"]),
            present=size(stored["present"]),
            percent=stored["percent"],
            came=cell(stored["came"]),
            stayed_away=cell(stored["stayed_away"]),
            walked_in=cell(stored["walked_in"]),
        )
    return Release(cast(str, data["population"]), k, total, tables, within, counted)
