"""The sentences about lotteries and teams, read once from ``lots_wording.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from weerklank.allocation.refusals import because
from weerklank.errors import BadInput

__all__ = ["lots_in_words", "spoken"]


@cache
def _languages() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(files(__package__).joinpath("lots_wording.toml").read_text(encoding="utf-8"))


def spoken(language: str) -> str:
    """``language`` where the sentences about lotteries and teams exist in it; else English."""
    return language if language in _languages() else "en"


def lots_in_words(family: str, key: str, *, language: str, **values: object) -> str:
    """The sentence ``key`` of ``family`` in ``language``."""
    known = _languages()
    if language not in known:
        raise BadInput(
            because("no-language", language=language),
            remedy=because("no-language-remedy", known=", ".join(known)),
        )
    return known[language][family][key].format(**values)
