"""The formats that come with Weerklank, in the folder ``library``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from weerklank.formats.loader import parse_format
from weerklank.formats.records import Format

__all__ = ["shipped_format", "shipped_formats"]

_SHELF = files(__package__).joinpath("library")


def shipped_formats() -> tuple[str, ...]:
    """The ids of the shipped formats, sorted."""
    names = (each.name for each in _SHELF.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def shipped_format(id: str) -> Format:  # noqa: A002 - the word of the file
    """The shipped format with this id; ``KeyError`` when there is none."""
    if id not in shipped_formats():
        raise KeyError(id)
    name = f"{id}.toml"
    return parse_format(_SHELF.joinpath(name).read_text(encoding="utf-8"), source=name)
