"""What the library writes it can write in Dutch, English and French, and French is set as French is printed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from house.repository import ROOT, files

LIBRARY = ROOT / "src" / "weerklank"
LANGUAGES = {"nl", "en", "fr"}
# Formats are what organisers write: each says itself in which languages it is. Prompts are read by no person.
OWN_LANGUAGES = {LIBRARY / "formats" / "words.toml", LIBRARY / "synthesis" / "wording" / "prompts.toml"}
TEXTS = [
    path
    for path in files()
    if path.suffix == ".toml"
    and path.is_relative_to(LIBRARY)
    and path not in OWN_LANGUAGES
    and not path.is_relative_to(LIBRARY / "formats" / "library")
]
GAP = re.compile(r"\{(\w+)\}")
# A no-break space before ; : ? ! % » and after «, and a curved apostrophe.
LOOSE_IN_FRENCH = re.compile(r" [:;?!»%]|\w[:;?!](?=\s|$)|«[^\u00a0]|[^\u00a0]»|(?<=\w)'(?=\w)")


def strings(value: object, where: str = "") -> Iterator[tuple[str, str]]:
    """Every string with its place."""
    match value:
        case str():
            yield where, value
        case list():
            for place, each in enumerate(value):
                yield from strings(each, f"{where}[{place}]")
        case dict():
            for key, each in value.items():
                yield from strings(each, f"{where}.{key}")


def by_language(value: object) -> Iterator[dict[str, object]]:
    """Every table whose keys are languages."""
    if isinstance(value, dict):
        if LANGUAGES & value.keys():
            yield value
        for each in value.values():
            yield from by_language(each)


def french(path: Path) -> Iterator[tuple[str, str]]:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    if path.stem == "fr":
        yield from strings(table)
    for each in by_language(table):
        yield from strings(each.get("fr"))


def gaps(said: object) -> dict[str, set[str]]:
    """What is filled in, per sentence that has gaps."""
    return {where: set(GAP.findall(text)) for where, text in strings(said) if GAP.search(text)}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(LIBRARY)))
def test_what_is_there_in_one_language_is_there_in_three_with_the_same_gaps(path: Path) -> None:
    for said in by_language(tomllib.loads(path.read_text(encoding="utf-8"))):
        assert said.keys() >= LANGUAGES
        assert gaps(said["nl"]) == gaps(said["en"]) == gaps(said["fr"])


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(LIBRARY)))
def test_french_is_set_as_french_is_printed(path: Path) -> None:
    assert [where for where, text in french(path) if LOOSE_IN_FRENCH.search(text)] == []


def test_loose_french_is_seen() -> None:
    for wrong in ("Oui !", "Oui!", "Ligne 3: rien", "« oui\u00a0»", "«\u00a0oui »", "l'avis", "12 %"):
        assert LOOSE_IN_FRENCH.search(wrong), wrong
    assert not LOOSE_IN_FRENCH.search(
        "Est-ce l’avis de «\u00a0tous\u00a0»\u00a0? À 12\u00a0%\u00a0: oui, à 10:30."
    )
