"""Labelled texts for the measurements of synthesis, and how well a grouping fits their labels."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

import numpy as np

from weerklank.evidence import Contribution
from weerklank.synthesis import Synthesis

DUTCH = {
    "dekamer (21 themes)": "dekamer_short.dev.jsonl",
    "SIB-200 nl (7 topics)": "sib200_nl.dev.jsonl",
    "xSID nl (16 intents)": "xsid_nl.dev.jsonl",
}
NAME = "WEERKLANK_RESEARCH_DATA"


def data_argument(parser: argparse.ArgumentParser) -> None:
    """``--data``: the folder with the labelled sets; see SOURCES.md there."""
    parser.add_argument(
        "--data", type=Path, default=os.environ.get(NAME), help=f"folder with the sets ({NAME})"
    )


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    """The texts of a set."""
    found = Path(folder) / name
    if not found.exists():
        found = Path(folder) / "synthesis" / name
    return [json.loads(line) for line in found.read_text(encoding="utf-8").splitlines()]


def contributions_of(rows: list[dict[str, str]]) -> list[Contribution]:
    """A contribution per text, all of one theme: nothing but the words may tell the label."""
    return [Contribution(id=f"{place:07}", text=row["text"], theme="t") for place, row in enumerate(rows)]


def labels_of(found: Synthesis, count: int) -> np.ndarray:
    """The cluster of each text, -1 for none."""
    labels = np.full(count, -1)
    for number, cluster in enumerate(found.clusters):
        labels[[int(name) for name in cluster.members]] = number
    return labels
