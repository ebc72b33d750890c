"""What can be wrong with votes, said in the reader's language; the sentences are in ``faults.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from weerklank.errors import BadInput

__all__ = ["fault", "sentence"]


@cache
def _sentences() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(files("weerklank.opinion").joinpath("faults.toml").read_text(encoding="utf-8"))


def fault(
    name: str, /, *, language: str = "nl", source: str | None = None, line: int | None = None, **words: object
) -> BadInput:
    """The error ``name`` with what is wrong and what to do; ``raise`` it.

    :param language: ``nl`` or ``en``; another language falls back to English.
    :param words: what to fill in; ``noun`` is ``participant`` or ``statement``.
    """
    known = _sentences().get(language) or _sentences()["en"]
    said = known[name]
    if "noun" in words:
        words["noun"] = known["nouns"][str(words["noun"])]
    return BadInput(
        said["what"].format(**words), source=source, line=line, remedy=said["remedy"].format(**words)
    )


def sentence(name: str, /, *, language: str = "nl") -> str:
    """What is wrong and what to do, for an error that is not about a file."""
    said = (_sentences().get(language) or _sentences()["en"])[name]
    return f"{said['what']} {said['remedy']}"
