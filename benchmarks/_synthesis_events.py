"""Gatherings to take contributions away from: our demonstration, and made-up ones of labelled texts.

Stability is measured on more than one text, and by two things: how many of the first three suggestions stay when a
fifth of the contributions is taken away at random, and in how many places those three are heard in the fifth that was
taken away. A ranking by the alphabet is stable too; it is not heard of by those who were not there.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from _synthesis_sets import DUTCH, rows_of

from weerklank.evidence import Contribution
from weerklank.synthesis import Insight, Settings
from weerklank.synthesis.concepts import concepts_of
from weerklank.synthesis.duplicates import copies_of
from weerklank.synthesis.insights import insights_of
from weerklank.synthesis.reading import read

DEMO = Path(__file__).parents[1] / "src" / "weerklank_web" / "demo" / "content"
KEPT = 0.8
FIRST = 3


@dataclass(frozen=True)
class Event:
    """What was said at a gathering."""

    said: Sequence[Contribution]
    settings: Settings


def suggestions(said: Sequence[Contribution], settings: Settings) -> tuple[Insight, ...]:
    """What ``synthesise`` suggests, without its other steps."""
    reading = read(said, settings)
    copies = copies_of(reading, settings)
    return insights_of(reading, concepts_of(reading, copies, settings), copies, settings)


def demonstration() -> Event:
    """The ten rooms of the gathering that ``manage demo`` plays."""
    about = tomllib.loads((DEMO / "gathering.toml").read_text(encoding="utf-8"))
    title_of = {theme["key"]: theme["title"] for theme in about["themes"]}
    said = []
    for file in sorted((DEMO / "rooms").glob("*.toml")):
        room = tomllib.loads(file.read_text(encoding="utf-8"))
        said += [
            Contribution(
                id=one["key"],
                text=one["text"],
                theme=title_of[room["theme"]],
                room=room["name"],
                level=one.get("level"),
            )
            for one in room["contributions"]
        ]
    return Event(said, Settings(title=about["title"]))


def of_labels(folder: Path, file: str, *, rooms: int, each: int, seed: int) -> Event:
    """A hundred or so texts of a set, each label a room."""
    chance = random.Random(f"{file}{seed}")
    texts: dict[str, list[str]] = {}
    for row in rows_of(folder, file):
        texts.setdefault(row["label"], []).append(row["text"])
    labels = chance.sample([label for label in sorted(texts) if len(texts[label]) >= each], rooms)
    return Event(
        [
            Contribution(id=f"{room}-{number}", text=text, theme=f"Thema {room}")
            for room, label in enumerate(labels)
            for number, text in enumerate(chance.sample(texts[label], each))
        ],
        Settings(),
    )


def draws(said: Sequence[Contribution], runs: int, first: int) -> Iterator[list[Contribution]]:
    """``runs`` times four fifths of it."""
    for seed in range(first, first + runs):
        yield random.Random(seed).sample(said, round(KEPT * len(said)))


def steadiness(event: Event, runs: int, first: int) -> tuple[float, float, float]:
    """Of the first three: the share that stays, how often the first stays among them, places that hear it in the rest."""
    before = [one.id for one in suggestions(event.said, event.settings)[:FIRST]]
    reading = read(event.said, event.settings)
    number = {family: column for column, family in enumerate(reading.families)}
    holds = (reading.said_families > 0).toarray()
    stayed, led, heard = [], [], []
    for kept in draws(event.said, runs, first):
        now = [one.id for one in suggestions(kept, event.settings)[:FIRST]]
        there = {one.id for one in kept}
        away = np.array([one.id not in there for one in reading.said])
        stayed.append(len(set(now) & set(before)) / max(1, len(before)))
        led.append(before[:1] == [] or before[0] in now)
        heard += [len(set(reading.at_place[away & holds[:, number[one]]])) for one in now if one in number]
    return float(np.mean(stayed)), float(np.mean(led)), float(np.mean(heard))


def print_steadiness(folder: Path, first: int) -> None:
    """A table: the demonstration, and a dozen made-up gatherings of each set."""
    print(
        "\n| a fifth taken away | of the first three stay | the first stays | places that hear them in that fifth |"
    )
    print("|---|---|---|---|")
    shown = demonstration()
    stays, led, heard = steadiness(shown, 100, first)
    print(
        f"| demonstration ({len(shown.said)} contributions, 100 draws) | {stays:.2f} | {led:.2f} | {heard:.2f} |"
    )
    for name, rooms, each in (("dekamer (21 themes)", 8, 14), ("SIB-200 nl (7 topics)", 7, 16)):
        events = [
            of_labels(folder, DUTCH[name], rooms=rooms, each=each, seed=first + seed) for seed in range(12)
        ]
        found = np.mean([steadiness(event, 15, first) for event in events], axis=0)
        label = f"{name}, 12 × {rooms} rooms of {each}, 15 draws each"
        print(f"| {label} | {found[0]:.2f} | {found[1]:.2f} | {found[2]:.2f} |", flush=True)
