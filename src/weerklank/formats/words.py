"""Labels, per language, of the closed vocabularies; and the Dutch words for the keys."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from importlib.resources import files

from weerklank.formats.texts import Text

__all__ = ["dutch_keys", "key_for", "label_of", "place_words"]


def label_of(member: StrEnum, /) -> Text:
    """What people read for this step kind, audience, name rule, … (``words.toml``)."""
    return Text(tuple(_words()[type(member).__name__][str(member)].items()))


def place_words(language: str) -> tuple[str, str]:
    """The words for «line» and «step»."""
    places = _words()["place"]
    line, step = Text(tuple(places["line"].items())), Text(tuple(places["step"].items()))
    return line.in_language(language), step.in_language(language)


def dutch_keys() -> dict[str, str]:
    """The Dutch word for each key of the file, as ``docs/glossary.md`` lists them."""
    return {key: words["nl"] for key, words in _words()["key"].items()}


def key_for(word: str, known: Iterable[str]) -> str:
    """The key among ``known`` that a Dutch word stands for (``duur`` → ``duration``), or nothing."""
    dutch = dutch_keys()
    return next((key for key in known if dutch.get(key) == word.lower()), "")


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    text = files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, dict[str, str]]] = tomllib.loads(text)
    return tables
