"""The words around figures, read once from ``wording.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from weerklank.disclosure.refusals import because

__all__ = ["explanation", "number", "together", "words"]


@cache
def _languages() -> dict[str, dict[str, str]]:
    text = files("weerklank.disclosure").joinpath("wording.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def words(language: str) -> dict[str, str]:
    """The words of ``language`` (``nl`` or ``en``); ``BadInput`` for another."""
    known = _languages()
    if language not in known:
        raise because.bad_input("no-language", language=language, known=", ".join(sorted(known)))
    return known[language]


def number(value: int, *, language: str) -> str:
    """``1050`` as ``1.050`` (nl) or ``1,050`` (en)."""
    return f"{value:,}".replace(",", words(language)["thousands"])


def together(names: Sequence[str], value: int, *, language: str) -> str:
    """Categories that are only shown as one: ``gemeente en provincie: samen 30``."""
    said = words(language)
    joined = said["and"].join(part for part in (", ".join(names[:-1]), names[-1]) if part)
    return said["together"].format(names=joined, value=number(value, language=language))


def explanation(*, k: int = 5, language: str = "nl") -> str:
    """The sentence under a table that explains why some numbers are missing."""
    return words(language)["explanation"].format(k=k)
