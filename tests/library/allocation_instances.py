"""Instances of allocation whose optimum is proven; see ``data/allocation/SOURCE.md``."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from weerklank.allocation import Event, Person, Policy, Room

FOLDER = Path(__file__).parent / "data" / "allocation"
PROVEN = {"105x10_s1": 470, "105x10_s2": 403, "105x10_s3": 422, "200x20_s1": 787}
WEIGHED = Policy(
    guard=None, wish=1, organisation=5, layer=1, role=1, uneven=0, few_layers=0, repeat=4
)  # the cost of the instances, no floor


def instance(name: str, *, rounds: int = 1) -> Event:
    """The instance as an event; what a person may not enter is a feature that the room lacks."""
    data = json.loads(gzip.decompress((FOLDER / f"{name}.json.gz").read_bytes()))
    return event_of(data, rounds=rounds)


def event_of(data: dict[str, list], *, rounds: int = 1) -> Event:  # type: ignore[type-arg]
    patterns = sorted({row for row in data["elig"] if "0" in row})
    return Event(
        people=tuple(
            Person(
                f"p{who:05}",
                wishes=tuple(
                    f"t{theme:03}" for _, theme in sorted((k, t) for t, k in enumerate(ranks) if k < 4)
                ),
                organisation=f"o{data['org'][who]}",
                layer=f"l{data['level'][who]}",
                role=f"r{data['role'][who]}",
                needs=frozenset({f"n{patterns.index(row)}"} if "0" in row else ()),
            )
            for who, (ranks, row) in enumerate(zip(data["rank"], data["elig"], strict=True))
        ),
        rooms=tuple(
            Room(
                f"z{room:04}",
                f"Zaal {room}",
                f"t{theme:03}",
                data["lb"][room],
                data["ub"][room],
                features=frozenset(f"n{number}" for number, row in enumerate(patterns) if row[room] == "1"),
            )
            for room, theme in enumerate(data["theme"])
        ),
        apart=tuple((f"p{one:05}", f"p{other:05}") for one, other in data["conf"]),
        rounds=rounds,
    )
