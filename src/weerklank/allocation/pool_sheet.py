"""A pool with quotas, and colleagues with their shares, from spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from weerklank.allocation.grid import BadRows, Fault, Grid, Row, plainly, read_grid, words_of
from weerklank.allocation.people_sheet import names_in
from weerklank.allocation.pool import Candidate, Quota
from weerklank.allocation.team import Colleague, Role, Shares

__all__ = ["PoolSheet", "read_colleagues", "read_pool"]

_OFF = 0.021


@dataclass(frozen=True, slots=True)
class PoolSheet:
    """Who can be drawn, and what a panel must look like."""

    pool: tuple[Candidate, ...]
    quotas: tuple[Quota, ...]


def read_pool(pool: Path, quotas: Path) -> PoolSheet:
    """Two spreadsheets: people with a column per feature, and a row per feature and value with the limits.

    :raises BadRows: every fault in the quotas, or else in the pool, at once.
    """
    asked = _quotas(read_grid(quotas, "quotas"))
    grid = read_grid(pool, "pool")
    values: dict[str, dict[str, str]] = {}
    for quota in asked:
        values.setdefault(quota.feature, {})[plainly(quota.value)] = quota.value
    headings = {plainly(heading): heading for heading in grid.headings}
    faults = [
        grid.fault(None, None, "missing-column", column=feature)
        for feature in values
        if plainly(feature) not in headings
    ]
    ids, unnamed = names_in(grid, "pool") if not faults else ({}, [])
    faults += unnamed
    people = []
    for row in grid.rows:
        if row.line in ids:
            features = _features(grid, row, values, headings, faults)
            people.append(Candidate(ids[row.line], features, _address(grid, row)))
    if faults:
        raise BadRows(faults)
    return PoolSheet(tuple(people), asked)


def read_colleagues(path: Path) -> tuple[Colleague, ...]:
    """People with their shares of the three roles (parts, per cent or thousandths), organisation and layer.

    :raises BadRows: every row that cannot be read, at once.
    """
    grid = read_grid(path, "people")
    faults = [
        grid.fault(None, None, "missing-column", column=words_of("people", role)[0])
        for role in Role
        if grid.column(role) is None
    ]
    ids, unnamed = names_in(grid, "people") if not faults else ({}, [])
    faults += unnamed
    people = []
    for row in grid.rows:
        if row.line in ids and (shares := _shares(grid, row, faults)) is not None:
            organisation, layer = row.get(grid.column("organisation")), row.get(grid.column("layer"))
            people.append(Colleague(ids[row.line], shares, organisation or None, layer or None))
    if faults:
        raise BadRows(faults)
    return tuple(people)


def _quotas(grid: Grid) -> tuple[Quota, ...]:
    faults: list[Fault] = [
        grid.fault(None, None, "missing-column", column=words_of("quotas", meaning)[0])
        for meaning in ("feature", "value", "low", "high")
        if grid.column(meaning) is None
    ]
    quotas = []
    seen: dict[tuple[str, str], int] = {}
    for row in grid.rows if not faults else ():
        feature, value, low, high = (
            row.get(grid.column(name)) for name in ("feature", "value", "low", "high")
        )
        numbers = [text for text in (low, high) if not (text.isascii() and text.isdigit())]
        before = seen.setdefault((plainly(feature), plainly(value)), row.line)
        if not feature or not value:
            faults.append(
                grid.fault(row, None, "no-value", feature=grid.column("value" if feature else "feature"))
            )
        elif numbers:
            column = grid.column("low" if numbers[0] == low else "high")
            faults.append(grid.fault(row, column, "no-number", text=numbers[0]))
        elif int(low) > int(high):
            faults.append(grid.fault(row, grid.column("low"), "min-max", low=low, high=high))
        elif before != row.line:
            faults.append(grid.fault(row, None, "same-name", name=f"{feature}: {value}", other=before))
        else:
            quotas.append(Quota(feature, value, int(low), int(high)))
    if not grid.rows:
        faults.append(grid.fault(None, None, "no-rows"))
    if faults:
        raise BadRows(faults)
    return tuple(quotas)


def _features(
    grid: Grid,
    row: Row,
    values: Mapping[str, Mapping[str, str]],
    headings: Mapping[str, str],
    faults: list[Fault],
) -> dict[str, str]:
    features = {}
    for feature, known in values.items():
        heading = headings[plainly(feature)]
        text = row.get(heading)
        if plainly(text) in known:
            features[feature] = known[plainly(text)]
        elif not text:
            faults.append(grid.fault(row, heading, "no-value", feature=feature))
        else:
            shown = ", ".join(known.values())
            faults.append(grid.fault(row, heading, "odd-value", feature=feature, value=text, known=shown))
    return features


def _address(grid: Grid, row: Row) -> str | None:
    """The address in one form: whole, or postcode or street with house number."""
    if text := row.get(grid.column("address")):
        return plainly(text)
    house = row.get(grid.column("house"))
    where = row.get(grid.column("postcode")) or row.get(grid.column("street"))
    return plainly(f"{where.replace(' ', '')} {house}") if where and house else None


def _shares(grid: Grid, row: Row, faults: list[Fault]) -> Shares | None:
    """Three numbers that are one whole but for rounding, as thousandths that sum to a thousand."""
    texts = [row.get(grid.column(role)) for role in Role]
    try:
        parts = [float(text.replace("%", "").replace(",", ".").strip()) for text in texts]
    except ValueError:
        parts = []
    whole = next((one for one in (1, 100, 1000) if abs(sum(parts) - one) <= _OFF * one), None)
    if len(parts) != len(Role) or whole is None or min(parts) < 0:
        shown = " / ".join(text or "–" for text in texts)
        faults.append(grid.fault(row, grid.column(Role.BUREAUCRAT), "no-shares", shares=shown))
        return None
    exact = [1000 * part / sum(parts) for part in parts]
    rounded = [int(part) for part in exact]
    # The largest remainders take what rounding down left.
    for place in sorted(range(3), key=lambda place: rounded[place] - exact[place])[: 1000 - sum(rounded)]:
        rounded[place] += 1
    return Shares(*rounded)
