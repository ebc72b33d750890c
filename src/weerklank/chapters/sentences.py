"""The standing sentences of a report, per language, from ``texts/*.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from weerklank.report.document import Language

__all__ = ["Sentences", "sentences_for"]

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences by dotted name (``attendance.both``); slots are filled by :meth:`say`."""

    templates: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]

    def has(self, name: str) -> bool:
        """Whether there is a sentence of this name."""
        return name in self.templates

    def say(self, name: str, slots: Mapping[str, str] | None = None, *, count: int | None = None) -> str:
        """The sentence with its slots filled. ``count`` chooses between ``.one`` and ``.other`` where they exist."""
        if name not in self.templates:
            name = f"{name}.one" if count == 1 else f"{name}.other"
        return _SLOT.sub(lambda match: (slots or {})[match.group(1)], self.templates[name])


@cache
def sentences_for(language: Language) -> Sentences:
    """The sentences of ``language``."""
    text = files("weerklank.chapters.texts").joinpath(f"{language.value}.toml").read_text(encoding="utf-8")
    templates: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for section, entries in tomllib.loads(text).items():
        for name, value in entries.items():
            if isinstance(value, dict):
                templates |= {f"{section}.{name}.{form}": sentence for form, sentence in value.items()}
            elif isinstance(value, list):
                lists[f"{section}.{name}"] = tuple(value)
            else:
                templates[f"{section}.{name}"] = value
    return Sentences(templates, lists)
