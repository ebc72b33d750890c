"""The formats that come with Weerklank, in the folder ``library``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from weerklank.formats.loader import parse_format
from weerklank.formats.records import Format

__all__ = ["shipped_format", "shipped_formats", "shipped_text"]

_SHELF = files(__package__).joinpath("library")


def shipped_formats() -> tuple[str, ...]:
    """The ids of the shipped formats, sorted."""
    names = (each.name for each in _SHELF.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def shipped_format(id: str) -> Format:  # noqa: A002 - the word of the file
    """The shipped format with this id; ``KeyError`` when there is none."""
    return parse_format(shipped_text(id), source=f"{id}.toml")


def shipped_text(id: str) -> str:  # noqa: A002 - the word of the file
    """The TOML file of the shipped format with this id, to begin one's own with; ``KeyError`` when there is none."""
    if id not in shipped_formats():
        raise KeyError(id)
    return _SHELF.joinpath(f"{id}.toml").read_text(encoding="utf-8")
